import type { HomePoints } from "../../tables/home-points.ts";

/** What the people of one place have near them, of one kind. */
export interface NearSupply {
  /** Mean over the home points of the minutes to the nearest; Infinity when some of them reach none. */
  readonly minutes: number;
  /** Median of the minutes to the nearest over the people of the place; Infinity when half of them reach none. */
  readonly median: number;
  /** Share (0 to 1) of the people with one within each threshold, in their order. */
  readonly within: readonly number[];
}

/**
 * Nearest facility of a kind for the people of each place. `minutes` is dense, row-major (home points x facilities); `rows` are the facilities of the
 * kind. Weighted by where people live, never taken from the centre of a perimeter. O(home points x facilities of the kind).
 */
export function nearSupply(
  places: readonly HomePoints[],
  minutes: Float64Array,
  columns: number,
  rows: Int32Array,
  thresholds: readonly number[],
): readonly NearSupply[] {
  return places.map(({ rows: homes, shares }) => {
    const nearest = Float64Array.from(homes, (home) => {
      let least = Number.POSITIVE_INFINITY;
      for (const facility of rows) least = Math.min(least, minutes[home * columns + facility]);
      return least;
    });
    return {
      minutes: nearest.reduce((sum, value, k) => sum + value * (shares[k] ?? 0), 0),
      median: weightedMedian(nearest, shares),
      within: thresholds.map((limit) =>
        nearest.reduce((sum, value, k) => sum + (value <= limit ? (shares[k] ?? 0) : 0), 0),
      ),
    };
  });
}

/** The first value, in increasing order, at which half of the people are reached. */
function weightedMedian(values: Float64Array, shares: Float64Array): number {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const total = shares.reduce((sum, share) => sum + share, 0);
  let reached = 0;
  for (const at of order) {
    reached += shares[at] ?? 0;
    if (reached >= total / 2 - 1e-12) return values[at];
  }
  return Number.NaN;
}
