import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskyLogDeterminant, choleskySolve } from "../linear-algebra/cholesky.ts";
import { refuseCollinear } from "./collinear-columns.ts";
import type { ScoringSolution } from "./fisher-scoring.ts";
import type { ModelMatrix } from "./model-term.ts";
import { type ScoringPoint, type ScoringProblem, scoringPasses } from "./scoring-pass.ts";

/**
 * Penalised likelihood of a logit: log-likelihood plus half the log determinant of the information (Firth 1993; Heinze and Schemper 2002), finite even when the
 * practice is separated. Score X'(m (y - p) + h (1/2 - p)), h the leverages; steps are halved when the penalised likelihood falls.
 * O(rows x columns^2) a step.
 */
export function firthScoring(
  matrix: ModelMatrix,
  problem: ScoringProblem,
  { maxIterations = 200 }: { readonly maxIterations?: number } = {},
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
  let iterations = 0;
  for (; iterations < maxIterations; iterations++) {
    const factor = factorOf(point, columns);
    const score = penalisedScore(problem, point, factor);
    const step = choleskySolve(factor, score);
    const gain = step.reduce((sum, value, column) => sum + value * score[column], 0);
    if (gain < 1e-22 * (point.deviance + 1)) break;
    const before = penalised(point, factor, columns);
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let part = Math.min(1, 5 / largest);
    let tried: Float64Array;
    do {
      const by = part;
      tried = coefficients.map((value, column) => value + by * step[column]);
      point = passes.at(tried);
      part /= 2;
    } while (part > 1e-9 && penalised(point, null, columns) < before - 1e-10 * Math.abs(before));
    coefficients = tried;
  }
  if (iterations === maxIterations)
    throw new QuartiersError({
      what: "La vraisemblance pénalisée ne converge pas",
      expected: `au plus ${maxIterations} pas`,
      remedy: "retirer des variables, ou réunir des modalités",
    });
  return { coefficients, point, iterations };
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

function penalised(point: ScoringPoint, factor: Float64Array | null, columns: number): number {
  const known = factor ?? cholesky(point.information, columns);
  return known ? -point.deviance / 2 + choleskyLogDeterminant(known, columns) / 2 : Number.NEGATIVE_INFINITY;
}

function penalisedScore(problem: ScoringProblem, { score, mean }: ScoringPoint, factor: Float64Array): Float64Array {
  const { rows, columns, values, weights } = problem;
  const total = Float64Array.from(score);
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
    const pull = weights[row] * mean[row] * (1 - mean[row]) * leverage * (0.5 - mean[row]);
    for (let k = 0; k < columns; k++) total[k] += pull * values[k * rows + row];
  }
  return total;
}
