import type { CalibrationDistance } from "./distance.ts";
import { crossProducts } from "./margin-dependencies.ts";
import { factorPositive, solveFactored } from "./positive-solve.ts";
import type { SeedColumns } from "./seed-columns.ts";

export interface DualProblem {
  readonly columns: SeedColumns;
  /** Start weights, summed by profile; 0 takes a profile out. */
  readonly start: Float64Array;
  readonly targets: Float64Array;
  /** Margins with a multiplier of their own. */
  readonly free: Int32Array;
  /** Margins whose gap is to be closed: the free ones, and those that follow from them. */
  readonly watched: Int32Array;
  /** Softness of each margin; 0 is exact. */
  readonly ridge: Float64Array;
  readonly distance: CalibrationDistance;
  /** Largest gap to be left, relative to each target. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Multipliers to begin with. */
  readonly first?: Float64Array;
}

export interface DualSolution {
  readonly multipliers: Float64Array;
  /** Ratio of weights of each profile. */
  readonly ratios: Float64Array;
  readonly iterations: number;
  /** Largest gap of a watched margin (softness deducted), relative to its target. */
  readonly gap: number;
  readonly converged: boolean;
}

/** The state of one point of the dual. */
interface Point {
  readonly multipliers: Float64Array;
  readonly ratios: Float64Array;
  readonly slopes: Float64Array;
  readonly gradient: Float64Array;
  readonly objective: number;
  readonly gap: number;
}

/**
 * Minimises the dual sum of d Phi(x'lambda) - t'lambda + sum of ridge lambda^2 / 2, whose gradient is the gaps of the margins: Newton's steps, halved until they go
 * down enough (Armijo), with a growing diagonal where the curvature vanishes (weights at their bounds). The dual is convex: what it finds is the
 * one solution. O(iterations x (cells x cells of a row + margins^3)).
 * @example
 * ```ts
 * const distance = { name: "linear", low: -Infinity, high: Infinity, apply: (u, start, ratios, slopes) => {
 *   u.forEach((x, p) => { ratios[p] = 1 + x; slopes[p] = 1; });
 *   return u.reduce((sum, x, p) => sum + start[p] * (x + x * x / 2), 0); } };
 * const columns = { households: 1, profiles: 1, profileOf: Int32Array.of(0), profileSize: Int32Array.of(1), margins: [{ variable: "a", category: "1", of: "households" }],
 *   rowStart: Int32Array.of(0, 1), column: Int32Array.of(0), value: Float64Array.of(1) };
 * const { ratios, iterations, converged } = dualNewton({ columns, start: Float64Array.of(10), targets: Float64Array.of(25), free: Int32Array.of(0),
 *   watched: Int32Array.of(0), ridge: Float64Array.of(0), distance, tolerance: 1e-10, maxIterations: 9 });
 * [ratios[0], iterations, converged] // [ 2.5, 1, true ]
 * ```
 */
export function dualNewton(problem: DualProblem): DualSolution {
  const { columns, start, tolerance, maxIterations } = problem;
  const size = columns.margins.length;
  const mass = massOf(problem);
  let point = evaluate(problem, mass, problem.first?.slice() ?? new Float64Array(size));
  let iterations = 0;
  let damping = 0;
  while (point.gap > tolerance && iterations < maxIterations) {
    iterations++;
    const curvature = crossProducts(
      columns,
      point.slopes.map((slope, p) => slope * start[p]),
      size,
    );
    const next = step(problem, point, curvature, mass, damping);
    if (next === null) {
      if (damping > 1e3) break;
      damping = Math.max(1e-8, damping * 100);
      continue;
    }
    damping = damping < 1e-9 ? 0 : damping / 10;
    point = next;
  }
  return {
    multipliers: point.multipliers,
    ratios: point.ratios,
    iterations,
    gap: point.gap,
    converged: point.gap <= tolerance,
  };
}

/** What each margin weighs under the start weights: the scale of its gap when its target is 0, and of its curvature. */
interface Mass {
  readonly sizes: Float64Array;
  readonly squares: Float64Array;
}

function massOf({ columns, start, ridge }: DualProblem): Mass {
  const { rowStart, column, value, profiles } = columns;
  const mass = { sizes: new Float64Array(ridge.length), squares: ridge.slice() };
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) {
      mass.sizes[column[k]] += start[p] * Math.abs(value[k]);
      mass.squares[column[k]] += start[p] * value[k] * value[k];
    }
  return mass;
}

/** One safeguarded step, or null when the curvature cannot be used as it is or no step goes down. */
function step(problem: DualProblem, point: Point, curvature: Float64Array, mass: Mass, damping: number): Point | null {
  const { columns, free, ridge } = problem;
  const size = columns.margins.length;
  const n = free.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = curvature[free[i] * size + free[j]];
    matrix[i * n + i] += ridge[free[i]] + damping * mass.squares[free[i]];
  }
  if (factorPositive(matrix, n) >= 0) return null;
  const direction = Float64Array.from(free, (margin) => -point.gradient[margin]);
  solveFactored(matrix, n, direction);
  let slope = 0;
  for (let i = 0; i < n; i++) slope += direction[i] * point.gradient[free[i]];
  const flat = -slope <= 1e-9 * Math.max(1, Math.abs(point.objective));
  for (let length = 1; length > 1e-9; length /= 2) {
    const multipliers = point.multipliers.slice();
    for (let i = 0; i < n; i++) multipliers[free[i]] += length * direction[i];
    const trial = evaluate(problem, mass, multipliers);
    if (trial.objective <= point.objective + 1e-4 * length * slope && Number.isFinite(trial.gap)) return trial;
    // Where the objective no longer tells two points apart, the gaps do.
    if (flat && trial.gap < point.gap) return trial;
  }
  return null;
}

function evaluate(problem: DualProblem, { sizes }: Mass, multipliers: Float64Array): Point {
  const { columns, start, targets, watched, ridge, distance } = problem;
  const { rowStart, column, value, profiles } = columns;
  const predictor = new Float64Array(profiles);
  for (let p = 0; p < profiles; p++) {
    let sum = 0;
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) sum += value[k] * multipliers[column[k]];
    predictor[p] = sum;
  }
  const ratios = new Float64Array(profiles);
  const slopes = new Float64Array(profiles);
  let objective = distance.apply(predictor, start, ratios, slopes);
  const gradient = new Float64Array(targets.length);
  for (let p = 0; p < profiles; p++) {
    if (start[p] === 0) continue;
    const weight = start[p] * ratios[p];
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) gradient[column[k]] += weight * value[k];
  }
  let gap = 0;
  for (const margin of watched) {
    gradient[margin] += ridge[margin] * multipliers[margin] - targets[margin];
    objective += (ridge[margin] * multipliers[margin] ** 2) / 2 - targets[margin] * multipliers[margin];
    gap = Math.max(gap, Math.abs(gradient[margin]) / (Math.abs(targets[margin]) || sizes[margin]));
  }
  return { multipliers, ratios, slopes, gradient, objective, gap: Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap };
}
