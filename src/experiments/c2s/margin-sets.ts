import type { AreaCalibration } from "../../models/calibration/calibrate-areas.ts";
import { areaWeights, calibrateAreas } from "../../models/calibration/calibrate-areas.ts";
import { marginName, type SeedColumns } from "../../models/calibration/seed-columns.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";

/** Areas that have the same margins, in the shape that `calibrateAreas` asks for. */
export interface AreaMarginSet {
  /** Rows of the areas in the table of places. */
  readonly rows: readonly number[];
  readonly areas: readonly string[];
  readonly columns: SeedColumns;
  /** Areas x margins. */
  readonly targets: Float64Array;
  /** Softness (areas x margins): 0 exact, `NO_INFORMATION` where the area lacks the margin. */
  readonly ridge: Float64Array;
  /** Standard error of each target, in its own unit (areas x margins), for the replicates. */
  readonly targetSd: Float64Array;
}

/** A softness that no total can weigh against: the area lacks the margin. */
export const NO_INFORMATION = 1e18;

/** What a kind of margin is, how many areas have it, and how it is held. */
export interface MarginKind {
  readonly name: string;
  /** Areas that have it. */
  readonly areas: number;
  /** 0: exact. s: a gap of a share s of the target multiplies weights by e, whatever the size of the area. */
  readonly softness: number;
  /** Mean over the areas of the standard error of the target, relative to what is counted. */
  readonly relativeSd: number;
  /** Why that error, and that softness. In French. */
  readonly reason: string;
}

export interface AreaMargins {
  readonly sets: readonly AreaMarginSet[];
  readonly kinds: readonly MarginKind[];
  /** By row of the places: margins that the published file does not allow, with the reason. In French. */
  readonly leftOut: readonly (readonly string[])[];
  readonly notes: readonly string[];
}

/** How the calibration of one area went. */
export interface AreaFit {
  readonly row: number;
  readonly area: string;
  /** Null when the area is calibrated; else the French message. */
  readonly failure: string | null;
  /** One weight a seed household; null after a failure. */
  readonly weights: Float64Array | null;
  readonly iterations: number;
  /** Kish's effective number of seed households, before and after. */
  readonly effectiveBefore: number;
  readonly effectiveAfter: number;
  /** Largest ratio of a weight after to the weight before, over the median ratio. */
  readonly largestRatio: number;
  /** Soft margins that end further than one standard error from their target. */
  readonly unmet: readonly string[];
}

/** Calibrates all sets, and tells for each area what came of it, in the order of the rows of places. */
export function calibrateMarginSets(sets: readonly AreaMarginSet[], seed: SeedHouseholds): readonly AreaFit[] {
  return sets
    .flatMap((set) =>
      calibrateAreas(set.columns, { ...set, weights: seed.weight }).map((found, a) => fitOf(set, a, found, seed)),
    )
    .sort((a, b) => a.row - b.row);
}

/** Household of each person of the seed. */
export function householdOfPerson({ households, start, age }: SeedHouseholds): Int32Array {
  const found = new Int32Array(age.length);
  for (let h = 0; h < households; h++) found.fill(h, start[h], start[h + 1]);
  return found;
}

function fitOf(set: AreaMarginSet, place: number, found: AreaCalibration, seed: SeedHouseholds): AreaFit {
  const { columns, rows, ridge, targetSd } = set;
  const [row, area] = [rows[place] ?? -1, found.area];
  if (!found.ok) {
    const unknown = { effectiveBefore: Number.NaN, effectiveAfter: Number.NaN, largestRatio: Number.NaN };
    return { row, area, failure: found.message, weights: null, iterations: 0, unmet: [], ...unknown };
  }
  const { report, iterations } = found;
  const first = place * columns.margins.length;
  return {
    row,
    area,
    failure: null,
    weights: areaWeights(columns, seed.weight, found.ratios),
    iterations,
    effectiveBefore: report.effectiveBefore,
    effectiveAfter: report.effectiveAfter,
    largestRatio: report.ratios.max / report.ratios.median,
    unmet: columns.margins.flatMap((margin, k) => {
      const { target, after } = report.margins[k] ?? { target: 0, after: 0 };
      const soft = ridge[first + k] > 0 && ridge[first + k] < NO_INFORMATION;
      return soft && Math.abs(after - target) > targetSd[first + k] ? [marginName(margin)] : [];
    }),
  };
}
