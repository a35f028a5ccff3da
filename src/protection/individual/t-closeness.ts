import type { SensitiveCounts } from "./sensitive-counts.ts";

/**
 * The distance of each class from the whole file. Numbers: ordered earth mover's distance, the sum of absolute cumulated differences divided by the number
 * of distinct values less one (missing values, which have no rank, are put after the greatest). Categories: total variation, half the sum of absolute
 * differences. From 0 to 1. Time O(classes x values) for numbers, O(values met) for categories.
 */
export function classDistances({ starts, values, counts, totals, ordered }: SensitiveCounts): Float64Array {
  const rows = totals.reduce((sum, count) => sum + count, 0);
  const share = Float64Array.from(totals, (count) => count / rows);
  const cumulated = new Float64Array(totals.length + 1);
  for (let i = 0, sum = 0; i < totals.length; i++) {
    sum += totals[i];
    cumulated[i + 1] = sum / rows;
  }
  return Float64Array.from({ length: starts.length - 1 }, (_, own) => {
    let size = 0;
    for (let i = starts[own]; i < starts[own + 1]; i++) size += counts[i];
    if (!ordered) {
      let excess = 0;
      for (let i = starts[own]; i < starts[own + 1]; i++) excess += Math.max(0, counts[i] / size - share[values[i]]);
      return excess;
    }
    if (totals.length < 2) return 0;
    let distance = 0;
    let met = 0;
    let i = starts[own];
    for (let rank = 0; rank < totals.length; rank++) {
      if (i < starts[own + 1] && values[i] === rank) met += counts[i++];
      distance += Math.abs(met / size - cumulated[rank + 1]);
    }
    return distance / (totals.length - 1);
  });
}

/**
 * t-closeness: the greatest distance of a class from the whole file (Li, Li & Venkatasubramanian 2007). 0 without classes.
 * @example
 * ```ts
 * tCloseness({ starts: Int32Array.of(0, 1, 2), values: Int32Array.of(0, 1), counts: Int32Array.of(2, 2), totals: Int32Array.of(2, 2), ordered: false }) // 0.5
 * ```
 */
export function tCloseness(counts: SensitiveCounts): number {
  return classDistances(counts).reduce((a, b) => Math.max(a, b), 0);
}
