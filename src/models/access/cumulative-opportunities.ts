import { QuartiersError } from "../../codes/errors.ts";

/** Opportunities within each threshold, thresholds in the order given. */
export interface CumulativeOpportunities {
  /** Weight of the destinations at or under each threshold. */
  readonly within: Float64Array;
  /** Same, as a share (0 to 1) of the total; NaN when there is nothing to reach. */
  readonly shareWithin: Float64Array;
  /** Weight of all destinations, reachable or not. */
  readonly total: number;
}

/**
 * How many opportunities, and which share of them, lie within each threshold (Ingram 1971; « cumulative opportunities »). A distance equal to the
 * threshold is within. Infinity is out of reach and counts in the total; NaN (unknown place) does not count at all. O(n x thresholds).
 * @example
 * ```ts
 * const posts = Float64Array.of(10, 5, 5);
 * cumulativeOpportunities(Float64Array.of(2, 8, Infinity), posts, [5, 10]).shareWithin // Float64Array(2) [ 0.5, 0.75 ]
 * ```
 */
export function cumulativeOpportunities(
  distances: Float64Array,
  weights: Float64Array | null,
  thresholds: readonly number[],
): CumulativeOpportunities {
  if (weights && weights.length !== distances.length) {
    throw new QuartiersError({
      what: "Poids et distances de longueurs différentes",
      value: String(weights.length),
      expected: `${distances.length} poids`,
    });
  }
  const within = new Float64Array(thresholds.length);
  let total = 0;
  for (let i = 0; i < distances.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (!(weight > 0) || Number.isNaN(distances[i])) continue;
    total += weight;
    for (let t = 0; t < within.length; t++) if (distances[i] <= (thresholds[t] ?? Number.NaN)) within[t] += weight;
  }
  return { within, shareWithin: within.map((weight) => (total > 0 ? weight / total : Number.NaN)), total };
}
