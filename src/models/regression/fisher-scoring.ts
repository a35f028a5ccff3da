import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import { refuseCollinear } from "./collinear-columns.ts";
import type { ModelMatrix } from "./model-term.ts";
import { type ScoringPoint, type ScoringProblem, scoringPasses } from "./scoring-pass.ts";
import { moved, separated, separatedLevels, separatingColumns } from "./separation.ts";

export interface ScoringSolution {
  readonly coefficients: Float64Array;
  readonly point: ScoringPoint;
  /** Steps until R's rule: the deviance changes by less than 1e-8 of itself. Further steps only polish. */
  readonly iterations: number;
}

export interface ScoringOptions {
  readonly maxIterations?: number;
  /** How the cross products are made; both give the same bits. */
  readonly engine?: "simd" | "plain" | "best";
}

/**
 * Maximum likelihood by Fisher's scoring, that is iteratively reweighted least squares (Nelder and Wedderburn 1972), from R's start and with R's rule of
 * convergence, then polished until a step is lost in rounding. Refuses collinear columns and separation, naming them. O(rows x columns^2) a step.
 */
export function fisherScoring(
  matrix: ModelMatrix,
  problem: ScoringProblem,
  { maxIterations = 50, engine = "best" }: ScoringOptions = {},
): ScoringSolution {
  const { columns, weights } = problem;
  const levels = separatedLevels(matrix, problem);
  const passes = scoringPasses(problem, engine);
  let point = passes.start();
  if (!cholesky(point.information, columns, 1e-9)) refuseCollinear(matrix, weights);
  if (levels.length > 0) throw separated(levels);
  let coefficients: Float64Array = new Float64Array(columns);
  let move = coefficients;
  let iterations = 0;
  for (let change = Number.POSITIVE_INFINITY; !(change < 1e-8); ) {
    if (iterations++ === maxIterations) throw runaway(matrix, problem, move);
    const before = point.deviance;
    const full = stepAt(matrix, problem, point, move);
    let part = 1;
    do {
      move = full.map((value) => value * part);
      point = passes.at(coefficients.map((value, column) => value + move[column]));
      part /= 2;
    } while (iterations > 1 && part > 1e-6 && !(point.deviance <= before + 1e-6 * (Math.abs(before) + 0.1)));
    coefficients = coefficients.map((value, column) => value + move[column]);
    change = Math.abs(point.deviance - before) / (Math.abs(point.deviance) + 0.1);
  }
  if (moved(problem, move).some((value, row) => weights[row] > 0 && Math.abs(value) > 0.1)) {
    const names = separatingColumns(matrix, problem, move);
    if (names) throw separated(names);
  }
  let gain = Number.POSITIVE_INFINITY;
  for (let polish = 0; polish < 25; polish++) {
    const step = stepAt(matrix, problem, point, move);
    const next = step.reduce((sum, value, column) => sum + value * point.score[column], 0);
    if (next <= 1e-22 * (point.deviance + 0.1) || next >= gain) break;
    gain = next;
    coefficients = coefficients.map((value, column) => value + step[column]);
    point = passes.at(coefficients);
  }
  return { coefficients, point, iterations };
}

function stepAt(matrix: ModelMatrix, problem: ScoringProblem, point: ScoringPoint, last: Float64Array): Float64Array {
  const factor = cholesky(point.information, problem.columns);
  if (factor) return choleskySolve(factor, point.score);
  refuseCollinear(matrix, problem.weights);
  throw runaway(matrix, problem, last);
}

function runaway(matrix: ModelMatrix, problem: ScoringProblem, move: Float64Array): QuartiersError {
  const names = move.some((value) => value !== 0) ? separatingColumns(matrix, problem, move) : null;
  if (names) return separated(names);
  return new QuartiersError({
    what: "Le modèle ne converge pas",
    expected: "une vraisemblance dont le maximum s'atteint",
    remedy: "retirer des variables, réunir des modalités, ou ramener les nombres à une échelle proche de 1",
  });
}
