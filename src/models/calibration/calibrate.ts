import {
  type CalibrationConflict,
  ConflictingMarginsError,
  conflictsOf,
  infeasible,
  UnsolvedCalibrationError,
} from "./calibration-errors.ts";
import {
  type CalibrationOptions,
  checkMultipliers,
  checkWeights,
  distanceOf,
  hardMargins,
  ridgeColumn,
} from "./calibration-options.ts";
import type { CalibrationDistance } from "./distance.ts";
import { dualNewton } from "./dual-newton.ts";
import { checkEmpty, withoutZeroMargins } from "./empty-margins.ts";
import { type MarginDependencies, marginDependencies } from "./margin-dependencies.ts";
import { checkTargets } from "./margin-targets.ts";
import { reachableMargins } from "./reachable-margins.ts";
import type { SeedColumns } from "./seed-columns.ts";
import { rakingStart, startScale } from "./start-scale.ts";
import { type StartSums, startSums, type WeightReport, weightReport } from "./weight-report.ts";

export interface CalibrationInput extends CalibrationOptions {
  /** Weight of each household before; positive. */
  readonly weights: Float64Array;
  /** One total a margin, in the order of the columns (`marginTargets`). */
  readonly targets: Float64Array;
  /** Name of the area, for messages. */
  readonly where?: string;
}

/** A weighting by profile: what every household of a profile is multiplied by. */
export interface ProfileCalibration {
  /** Ratio to the start weights, whole (scale included); 0 for an excluded profile. */
  readonly ratios: Float64Array;
  /** Multiplier of each margin (lambda). With a ridge, the gap of a margin is - ridge x multiplier. */
  readonly multipliers: Float64Array;
  readonly iterations: number;
  /** What the start weights were multiplied by first; 1 unless `scaleStart`. Ratios of the report are relative to the scaled weights. */
  readonly scale: number;
  /** Soft margins that contradict each other: no weights meet them all. Empty when all are exact, since that is an error. */
  readonly conflicts: readonly CalibrationConflict[];
  readonly report: WeightReport;
}

export interface Calibration extends ProfileCalibration {
  /** Weight of each household after. */
  readonly weights: Float64Array;
}

/**
 * Calibrates the weights of seed households on margins of households, persons and quantities together: the weights nearest to the start weights that
 * meet every margin (Deville and Särndal 1992), by Newton on the dual. Margins that follow from others are checked, not solved twice.
 *
 * Errors: absent or negative margins, a margin with no household in the seed, a margin of 0 (see `zeroMargins`), margins that contradict each other
 * (`ConflictingMarginsError`), margins that no admitted weights meet (`InfeasibleCalibrationError`, with its proof). What is returned has converged.
 * O(households + iterations x (cells + margins^3)).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 1, 1), profileSize: Int32Array.of(1, 2),
 *   margins: [{ variable: "taille", category: "1", of: "households" }, { variable: "taille", category: "2+", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * const { weights, report } = calibrate(columns, { weights: Float64Array.of(10, 10, 10), targets: Float64Array.of(30, 30) });
 * [[...weights].map(Math.round), report.effectiveAfter.toFixed(2)] // [ [ 30, 15, 15 ], "2.67" ]
 * ```
 */
export function calibrate(columns: SeedColumns, input: CalibrationInput): Calibration {
  checkWeights(columns, input.weights);
  const found = calibrateProfiles(columns, startSums(columns, input.weights), input);
  const weights = input.weights.map((weight, i) => weight * found.ratios[columns.profileOf[i]]);
  return { ...found, weights };
}

/** Dependencies among the exact margins, and among all of them. */
export interface AllDependencies {
  readonly exact: MarginDependencies;
  readonly all: MarginDependencies;
}

/** Finds the dependencies once for many areas; `start` 0 takes a profile out. */
export function allDependencies(columns: SeedColumns, ridge: Float64Array, start: Float64Array): AllDependencies {
  const hard = hardMargins(ridge);
  const exact = marginDependencies(columns, start, hard);
  if (hard.length === ridge.length) return { exact, all: exact };
  return { exact, all: marginDependencies(columns, start, Int32Array.from(ridge.keys())) };
}

/** `calibrate` on the sums of the start weights by profile; what many areas share. */
export function calibrateProfiles(
  columns: SeedColumns,
  given: StartSums,
  input: Omit<CalibrationInput, "weights">,
  shared?: AllDependencies,
): ProfileCalibration {
  const { targets, where, zeroMargins = "refuse", scaleStart = false, tolerance = 1e-10, maxIterations = 200 } = input;
  checkTargets(columns, targets, where);
  checkMultipliers(input.multipliers, targets.length);
  const distance = distanceOf(input);
  const ridge = ridgeColumn(columns, input.ridge);
  const kept = withoutZeroMargins(columns, given, targets, ridge, distance, zeroMargins, where);
  const scale = scaleStart ? startScale(columns, kept.weights, targets) : 1;
  const start: StartSums = {
    weights: kept.weights.map((weight) => scale * weight),
    squares: kept.squares.map((square) => scale * scale * square),
  };
  const { exact, all } = kept === given && shared ? shared : allDependencies(columns, ridge, start.weights);
  checkEmpty(columns, exact, targets, where);
  const agreement = Math.max(tolerance, 1e-12);
  const conflicts = conflictsOf(columns, targets, exact.ties, agreement);
  if (conflicts.length > 0) throw new ConflictingMarginsError(conflicts, where);
  const soft = Int32Array.from(ridge.keys()).filter((margin) => ridge[margin] > 0);
  const free = Int32Array.from([...exact.free, ...soft]).sort();
  const watched = Int32Array.from([...free, ...exact.ties.map(({ margin }) => margin)]);
  const agreed = agreedTargets(targets, exact);
  const problem = { columns, start: start.weights, targets: agreed, free, watched, ridge, distance, tolerance };
  const first =
    input.multipliers ?? (distance.name === "raking" ? rakingStart(columns, start.weights, targets, free) : undefined);
  let solution = dualNewton({ ...problem, maxIterations: Math.min(25, maxIterations), ...(first ? { first } : {}) });
  if (!solution.converged) {
    checkReachable(columns, start.weights, targets, hardMargins(ridge), distance, solution.ratios, where);
    const { iterations, multipliers } = solution;
    solution = dualNewton({ ...problem, maxIterations: maxIterations - iterations, first: multipliers });
    solution = { ...solution, iterations: solution.iterations + iterations };
  }
  if (!solution.converged) throw new UnsolvedCalibrationError(solution, where);
  const ratios = solution.ratios.map((ratio, p) => (start.weights[p] > 0 ? ratio : 0));
  const report = weightReport(columns, start, ratios, targets, [distance.low, distance.high]);
  return {
    ratios: scale === 1 ? ratios : ratios.map((ratio) => scale * ratio),
    multipliers: solution.multipliers,
    iterations: solution.iterations,
    scale,
    conflicts: all === exact ? [] : conflictsOf(columns, targets, all.ties, agreement),
    report,
  };
}

/** Tied targets without their rounding: exactly what the free ones imply. */
function agreedTargets(targets: Float64Array, { ties }: MarginDependencies): Float64Array {
  const agreed = targets.slice();
  for (const { margin, coefficients } of ties) {
    if (targets[margin] === 0) continue;
    agreed[margin] = 0;
    for (let k = 0; k < targets.length; k++) if (coefficients[k] !== 0) agreed[margin] += coefficients[k] * targets[k];
  }
  return agreed;
}

function checkReachable(
  columns: SeedColumns,
  start: Float64Array,
  targets: Float64Array,
  margins: Int32Array,
  { low, high }: CalibrationDistance,
  guess: Float64Array,
  where: string | undefined,
): void {
  if (low === Number.NEGATIVE_INFINITY) return;
  const found = reachableMargins(columns, { start, targets, margins, low, high, guess });
  const scale = targets.reduce((sum, target) => sum + Math.abs(target), 0);
  if (!found || found.gap <= 1e-9 * scale) return;
  const bounds = high === Number.POSITIVE_INFINITY ? "positif ou nul" : `entre ${low} et ${high}`.replaceAll(".", ",");
  throw infeasible(columns, targets, found, bounds, where);
}
