import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import { refuseCollinear } from "./collinear-columns.ts";
import { familyWithLink } from "./family.ts";
import type { ModelMatrix } from "./model-term.ts";
import { type ScoringPasses, type ScoringPoint, type ScoringProblem, scoringPasses } from "./scoring-pass.ts";
import { moved, movingColumns, separated, separatedLevels, separatingColumns } from "./separation.ts";

export interface ScoringOptions {
  readonly maxIterations?: number;
  /** How the cross products are made; both give the same bits. */
  readonly engine?: "simd" | "plain" | "best";
}

export interface ScoringSolution {
  readonly coefficients: Float64Array;
  readonly point: ScoringPoint;
  /** Steps until R's rule: the deviance changes by less than 1e-8 of itself. Further steps only polish. */
  readonly iterations: number;
}

/** A climb on its way: where it is, and its last step. */
interface Climb extends ScoringSolution {
  readonly move: Float64Array;
  readonly converged: boolean;
  readonly passes: ScoringPasses;
}

/**
 * Maximum likelihood by Fisher's scoring, that is iteratively reweighted least squares (Nelder and Wedderburn 1972), from R's start and with R's rule of
 * convergence, then polished until a step is lost in rounding. A proportion whose climb fails starts again from the constant alone, by Newton's steps. Refuses collinear columns and separation,
 * naming them. O(rows x columns^2) a step.
 */
export function fisherScoring(
  matrix: ModelMatrix,
  problem: ScoringProblem,
  { maxIterations = 50, engine = "best" }: ScoringOptions = {},
): ScoringSolution {
  const { columns, weights, family } = problem;
  const levels = separatedLevels(matrix, problem);
  const passes = scoringPasses(problem, { engine });
  const start = passes.start();
  if (!cholesky(start.information, columns, 1e-9)) refuseCollinear(matrix, weights);
  if (levels.length > 0) throw separated(levels);
  const none = new Float64Array(columns);
  let climb = climbFrom(passes, none, start, { maxIterations, halvingAt: 2 });
  if (!climb.converged && family.kind === "proportion") {
    const newton = scoringPasses(problem, { engine, information: "observed" });
    const constant = constantAlone(problem);
    climb = climbFrom(newton, constant, newton.at(constant), { maxIterations: 4 * maxIterations, halvingAt: 1 });
  }
  refuseSeparation(matrix, problem, climb);
  const { coefficients, point } = polished(climb);
  return {
    coefficients,
    point: climb.passes === passes ? point : passes.at(coefficients),
    iterations: climb.iterations,
  };
}

function climbFrom(
  passes: ScoringPasses,
  from: Float64Array,
  start: ScoringPoint,
  { maxIterations, halvingAt }: { readonly maxIterations: number; readonly halvingAt: number },
): Climb {
  let [coefficients, point, move] = [from, start, new Float64Array(from.length)];
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const before = point.deviance;
    const full = stepAt(point);
    if (!full) return { coefficients, point, move, iterations, converged: false, passes };
    let part = 1;
    let tried: Float64Array;
    do {
      const by = part;
      move = full.map((value) => value * by);
      tried = coefficients.map((value, column) => value + move[column]);
      point = passes.at(tried);
      part /= 2;
    } while (iterations >= halvingAt && part > 1e-9 && !(point.deviance <= before + 1e-9 * (Math.abs(before) + 0.1)));
    coefficients = tried;
    if (Math.abs(point.deviance - before) / (Math.abs(point.deviance) + 0.1) < 1e-8)
      return { coefficients, point, move, iterations, converged: true, passes };
  }
  return { coefficients, point, move, iterations: maxIterations, converged: false, passes };
}

/** Steps until a step is lost in rounding; a link that is not canonical gains a constant factor at each. */
function polished({ passes, coefficients: from, point: start }: Climb): Pick<Climb, "coefficients" | "point"> {
  let [coefficients, point] = [from, start];
  let gain = Number.POSITIVE_INFINITY;
  for (let polish = 0; polish < 25; polish++) {
    const step = stepAt(point);
    const next = step ? step.reduce((sum, value, column) => sum + value * point.score[column], 0) : 0;
    if (!step || next <= 1e-22 * (point.deviance + 0.1) || next >= gain) break;
    gain = next;
    coefficients = coefficients.map((value, column) => value + step[column]);
    point = passes.at(coefficients);
  }
  return { coefficients, point };
}

/**
 * Refuses a climb that runs away. That of a logit still moves the predictor of somebody by a tenth or more when its deviance has settled; its steps are then
 * followed until their direction proves a separation. Separation does not depend on the link, so other links are judged by the logit of the same rows.
 */
function refuseSeparation(matrix: ModelMatrix, problem: ScoringProblem, climb: Climb): void {
  const { weights, family } = problem;
  const { passes } = climb;
  if (family.kind === "proportion" && family.link.name !== "logit") {
    const near = (mean: number, row: number): boolean => weights[row] > 0 && Math.min(mean, 1 - mean) < 1e-3;
    if (!climb.converged || climb.point.mean.some(near))
      fisherScoring(matrix, { ...problem, offset: null, family: familyWithLink("binomial") });
    if (!climb.converged) throw notConverged(matrix, problem, climb.move);
    return;
  }
  const restless = (move: Float64Array): boolean =>
    moved(problem, move).some((value, row) => weights[row] > 0 && Math.abs(value) > 0.1);
  let { coefficients, point, move } = climb;
  for (let extra = 0; extra < 100; extra++) {
    if (!restless(move)) {
      if (climb.converged) return;
      break;
    }
    const names = separatingColumns(matrix, problem, move);
    if (names) throw separated(names);
    const step = stepAt(point);
    if (!step) break;
    move = step;
    coefficients = coefficients.map((value, column) => value + step[column]);
    point = passes.at(coefficients);
  }
  throw notConverged(matrix, problem, move);
}

const stepAt = ({ information, score }: ScoringPoint): Float64Array | null => {
  const factor = cholesky(information, score.length);
  return factor ? choleskySolve(factor, score) : null;
};

/** The constant that gives the overall mean, and nothing else. */
function constantAlone({ columns, outcome, weights, family }: ScoringProblem): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = weights.reduce((sum, weight, row) => sum + weight * outcome[row], 0) / total;
  const coefficients = new Float64Array(columns);
  coefficients[0] = family.link.predictor(mean);
  return coefficients;
}

const notConverged = (matrix: ModelMatrix, problem: ScoringProblem, move: Float64Array): QuartiersError =>
  new QuartiersError({
    what: "Le modèle ne converge pas\u00a0: des coefficients s'éloignent encore",
    value: movingColumns(matrix, problem, move).join(", "),
    where: `lien ${problem.family.link.name}`,
    expected: "une vraisemblance dont le maximum s'atteint",
    remedy: "retirer ces variables, réunir des modalités, essayer le lien logit, ou la pénalité de Firth",
  });
