import { QuartiersError } from "../../codes/errors.ts";
import { type AllDependencies, allDependencies, calibrateProfiles, type ProfileCalibration } from "./calibrate.ts";
import {
  type CalibrationConflict,
  ConflictingMarginsError,
  type InfeasibilityProof,
  InfeasibleCalibrationError,
  type NearestTotal,
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
import type { SeedColumns } from "./seed-columns.ts";
import { startSums } from "./weight-report.ts";

export interface AreasInput extends Omit<CalibrationOptions, "ridge"> {
  readonly areas: readonly string[];
  /** Start weight of each household, the same in every area; positive. */
  readonly weights: Float64Array;
  /** Targets of all areas, one row of margins an area (areas x margins). */
  readonly targets: Float64Array;
  /** Softness: one number, one a margin, or one an area and margin (areas x margins): a margin that an area lacks is given a softness so large that it says nothing. */
  readonly ridge?: number | Float64Array;
  /** As in `calibrate`; here the default is true: bounds and ratios mean "within the area". */
  readonly scaleStart?: boolean;
}

/** Why an area has no weights, as plain values that threads can send. */
export interface AreaFailure {
  readonly area: string;
  readonly ok: false;
  /** "refused": a margin that is absent, negative, 0 or empty. "conflict": margins that contradict each other. "infeasible": out of reach. "unsolved": no convergence. */
  readonly kind: "refused" | "conflict" | "infeasible" | "unsolved";
  /** The French message of the error. */
  readonly message: string;
  readonly conflicts: readonly CalibrationConflict[];
  readonly proof: InfeasibilityProof | null;
  /** Margins that would not be met, and the nearest totals. */
  readonly nearest: readonly NearestTotal[];
}

/** The calibration of one area, or why there is none: a failed area stops no other, and is never given weights. */
export type AreaCalibration = ({ readonly area: string; readonly ok: true } & ProfileCalibration) | AreaFailure;

/**
 * Calibrates the same seed households on the margins of many areas. What does not depend on the area (profiles, sums, dependencies of the margins) is found once. The
 * weights of an area are read by `areaWeights`. Areas are independent: threads may share them out. O(households + areas x iterations x cells).
 * @example
 * ```ts
 * const columns = { households: 2, profiles: 2, profileOf: Int32Array.of(0, 1), profileSize: Int32Array.of(1, 1),
 *   margins: [{ variable: "taille", category: "1", of: "households" }, { variable: "taille", category: "2+", of: "households" }],
 *   rowStart: Int32Array.of(0, 1, 2), column: Int32Array.of(0, 1), value: Float64Array.of(1, 1) };
 * const found = calibrateAreas(columns, { areas: ["a", "b"], weights: Float64Array.of(1, 1), targets: Float64Array.of(30, 10, 5, -1) });
 * found.map((area) => (area.ok ? [...area.ratios].map(Math.round) : area.kind)) // [ [ 30, 10 ], "refused" ]
 * ```
 */
export function calibrateAreas(columns: SeedColumns, input: AreasInput): readonly AreaCalibration[] {
  const { areas, weights, targets, multipliers, ridge = 0, scaleStart = true, ...options } = input;
  const size = columns.margins.length;
  checkWeights(columns, weights);
  distanceOf(options);
  if (targets.length !== areas.length * size)
    throw new QuartiersError({
      what: "Marges des zones trop courtes ou trop longues",
      value: String(targets.length),
      expected: `${areas.length} zones x ${size} marges`,
    });
  checkMultipliers(multipliers, targets.length);
  const start = startSums(columns, weights);
  const byArea = typeof ridge !== "number" && ridge.length === areas.length * size && areas.length > 1;
  const ridgeOf = (a: number): Float64Array =>
    ridgeColumn(columns, byArea ? ridge.slice(a * size, (a + 1) * size) : ridge);
  const known = new Map<string, AllDependencies>();
  /** Dependencies rest on which margins are exact, not on how soft the others are. */
  const sharedOf = (own: Float64Array): AllDependencies => {
    const pattern = hardMargins(own).join(" ");
    const found = known.get(pattern) ?? allDependencies(columns, own, start.weights);
    known.set(pattern, found);
    return found;
  };
  return areas.map((area, a) => {
    const own = targets.slice(a * size, (a + 1) * size);
    const softness = ridgeOf(a);
    try {
      const first = multipliers ? { multipliers: multipliers.slice(a * size, (a + 1) * size) } : {};
      const more = { ...options, ...first, ridge: softness, scaleStart, targets: own, where: area };
      const found = calibrateProfiles(columns, start, more, sharedOf(softness));
      return { area, ok: true as const, ...found };
    } catch (error) {
      if (error instanceof QuartiersError) return failureOf(area, error);
      throw error;
    }
  });
}

function failureOf(area: string, error: QuartiersError): AreaFailure {
  const plain = { area, ok: false as const, message: error.message, conflicts: [], proof: null, nearest: [] };
  if (error instanceof ConflictingMarginsError) return { ...plain, kind: "conflict", conflicts: error.conflicts };
  if (error instanceof InfeasibleCalibrationError)
    return { ...plain, kind: "infeasible", proof: error.proof, nearest: error.nearest };
  return { ...plain, kind: error instanceof UnsolvedCalibrationError ? "unsolved" : "refused" };
}

/**
 * Weight of each household in an area, from the start weights and the ratios of profiles. O(households).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 1, 1), profileSize: Int32Array.of(1, 2), margins: [],
 *   rowStart: Int32Array.of(0, 0, 0), column: new Int32Array(0), value: new Float64Array(0) };
 * [...areaWeights(columns, Float64Array.of(2, 3, 5), Float64Array.of(10, 0.5))] // [ 20, 1.5, 2.5 ]
 * ```
 */
export const areaWeights = (columns: SeedColumns, weights: Float64Array, ratios: Float64Array): Float64Array =>
  weights.map((weight, i) => weight * ratios[columns.profileOf[i]]);
