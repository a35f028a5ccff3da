import type { Interval } from "../../models/areas/non-take-up.ts";
import { replicateInterval } from "../../models/uncertainty/replicate-interval.ts";

/** The rights of the law, each a subset of the next: RSA, free C2S, C2S free or with participation. */
export const rights = ["rsa", "free", "participation"] as const;
export type Right = (typeof rights)[number];

/** Persons in a foyer that has a right, by area: the value, and the replicates of the whole chain. NaN where the chain has no answer. */
export interface EligibleAreas {
  readonly codes: readonly string[];
  /** Inhabitants. */
  readonly persons: Float64Array;
  /** Persons eligible, one a column of right; participation includes the free ones. */
  readonly value: Readonly<Record<Right, Float64Array>>;
  readonly draws: number;
  /** The same by replicate: draw x areas + area. */
  readonly replicates: Readonly<Record<Right, Float64Array>>;
  /** Why an area has no answer, in French; null when it has one. */
  readonly failures: readonly (string | null)[];
}

/** Level of all the intervals of the chapter. */
export const CONFIDENCE = 0.9;

/** Replicates of an area, or of a sum of areas. */
export function areaDraws(
  { codes, draws, replicates }: EligibleAreas,
  right: Right,
  areas: readonly number[],
): Float64Array {
  const all = replicates[right];
  return Float64Array.from({ length: draws }, (_, draw) =>
    areas.reduce((sum, area) => sum + all[draw * codes.length + area], 0),
  );
}

/** Persons eligible in areas taken together, with their interval. */
export function eligibleInterval(eligible: EligibleAreas, right: Right, areas: readonly number[]): Interval {
  const value = areas.reduce((sum, area) => sum + eligible.value[right][area], 0);
  return intervalOf(value, areaDraws(eligible, right, areas));
}

/** The interval of replicates, widened where needed to hold the value itself. */
export function intervalOf(value: number, replicates: Float64Array): Interval {
  const found = replicateInterval(value, replicates, CONFIDENCE).percentile;
  if (!found || Number.isNaN(value)) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  return { value, low: Math.min(found.low, value), high: Math.max(found.high, value) };
}

/** Areas that have an answer. */
export const answered = ({ failures }: EligibleAreas): number[] =>
  failures.flatMap((failure, area) => (failure === null ? [area] : []));
