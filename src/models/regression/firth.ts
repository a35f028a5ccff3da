import { QuartiersError } from "../../codes/errors.ts";
import { ascend } from "../areas/newton-ascent.ts";
import { cholesky, choleskyLogDeterminant, choleskySolve } from "../linear-algebra/cholesky.ts";
import { refuseCollinear } from "./collinear-columns.ts";
import type { ScoringSolution } from "./fisher-scoring.ts";
import type { ModelMatrix } from "./model-term.ts";
import { type ScoringPasses, type ScoringPoint, type ScoringProblem, scoringPasses } from "./scoring-pass.ts";

/**
 * Penalised likelihood of a logit: log-likelihood plus half the log determinant of the information (Firth 1993; Heinze and Schemper 2002), finite even when the
 * practice is separated. Score X'(m (y - p) + h (1/2 - p)), h the leverages; steps hold the leverages and are halved when the penalised likelihood falls;
 * Newton's whole steps follow when thirty of them are not enough.
 * O(rows x columns^2) a step.
 */
export function firthScoring(
  matrix: ModelMatrix,
  problem: ScoringProblem,
  { maxIterations = 30 }: { readonly maxIterations?: number } = {},
): ScoringSolution {
  const { columns, weights, family } = problem;
  if (family.link.name !== "logit" || family.dispersed)
    throw new QuartiersError({
      what: "La pénalité de Firth n'est écrite que pour le logit",
      value: `${family.name}, ${family.link.name}`,
      expected: "la famille binomial avec le lien logit",
    });
  const passes = scoringPasses(problem);
  let coefficients: Float64Array = new Float64Array(columns);
  let point = passes.at(coefficients);
  if (!cholesky(point.information, columns, 1e-9)) refuseCollinear(matrix, weights);
  for (let iterations = 0; iterations < maxIterations; iterations++) {
    const factor = factorOf(point, columns);
    const { score, information } = penalisedScore(problem, point, factor);
    const step = choleskySolve(cholesky(information, columns) ?? factor, score);
    const gain = step.reduce((sum, value, column) => sum + value * score[column], 0);
    if (gain < 1e-22 * (point.deviance + 1)) return { coefficients, point, iterations };
    const before = penalised(point, factor);
    let part = 1;
    let tried: Float64Array;
    do {
      const by = part;
      tried = coefficients.map((value, column) => value + by * step[column]);
      point = passes.at(tried);
      part /= 2;
    } while (part > 1e-9 && !(penalised(point, null) >= before - 1e-10 * Math.abs(before)));
    coefficients = tried;
  }
  return climbByNewton(problem, passes, coefficients, maxIterations);
}

/** Newton's steps with the whole second derivatives, for few people and many columns, where the leverages move too much to be held. */
function climbByNewton(
  problem: ScoringProblem,
  passes: ScoringPasses,
  start: Float64Array,
  iterations: number,
): ScoringSolution {
  const { rows, columns, values } = problem;
  // On columns of unit size, since the second derivatives are finite differences.
  const size = Float64Array.from(start, (_, k) => {
    let squares = 0;
    for (let at = k * rows; at < (k + 1) * rows; at++) squares += values[at] * values[at];
    return Math.sqrt(squares / rows);
  });
  const at = (scaled: Float64Array) => {
    const point = passes.at(scaled.map((value, k) => value / size[k]));
    const factor = factorOf(point, columns);
    const { score } = penalisedScore(problem, point, factor);
    return { logLikelihood: penalised(point, factor), gradient: score.map((value, k) => value / size[k]) };
  };
  const { parameters } = ascend(
    at,
    start.map((value, k) => value * size[k]),
    columns,
  );
  const coefficients = parameters.map((value, k) => value / size[k]);
  return { coefficients, point: passes.at(coefficients), iterations };
}

function factorOf({ information }: ScoringPoint, columns: number): Float64Array {
  const factor = cholesky(information, columns);
  if (factor) return factor;
  throw new QuartiersError({
    what: "L'information du modèle pénalisé est singulière",
    expected: "des colonnes qui disent chacune quelque chose",
    remedy: "retirer des variables, ou réunir des modalités",
  });
}

function penalised({ information, deviance, score }: ScoringPoint, factor: Float64Array | null): number {
  const known = factor ?? cholesky(information, score.length);
  return known ? -deviance / 2 + choleskyLogDeterminant(known, score.length) / 2 : Number.NEGATIVE_INFINITY;
}

/**
 * Score of the penalised likelihood, and its derivative with the leverages h held: that of data to which each row adds h/2 successes among h trials
 * (Heinze and Schemper 2002).
 */
function penalisedScore(
  { rows, columns, values, weights }: ScoringProblem,
  { score, mean }: ScoringPoint,
  factor: Float64Array,
): { readonly score: Float64Array; readonly information: Float64Array } {
  const total = Float64Array.from(score);
  const information = new Float64Array(columns * columns);
  const solved = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    if (weights[row] === 0) continue;
    let leverage = 0;
    for (let k = 0; k < columns; k++) {
      let left = values[k * rows + row];
      for (let j = 0; j < k; j++) left -= factor[k * columns + j] * solved[j];
      solved[k] = left / factor[k * columns + k];
      leverage += solved[k] * solved[k];
    }
    const spread = mean[row] * (1 - mean[row]);
    const trials = weights[row] * spread * leverage;
    const pull = trials * (0.5 - mean[row]);
    for (let k = 0; k < columns; k++) {
      const value = values[k * rows + row];
      total[k] += pull * value;
      const scaled = (weights[row] + trials) * spread * value;
      for (let j = 0; j <= k; j++) information[k * columns + j] += scaled * values[j * rows + row];
    }
  }
  return { score: total, information };
}
