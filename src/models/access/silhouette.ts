import type { Rows } from "./ward-clustering.ts";
import { squaredDistances } from "./ward-clustering.ts";

/** How well each row stands in its class, from -1 (in the wrong one) to 1; 0 for a class of one. */
export interface Silhouette {
  readonly values: Float64Array;
  /** Mean over rows: under 0.25 there is no class to speak of, over 0.5 they are plain (Kaufman and Rousseeuw 1990). */
  readonly mean: number;
}

/**
 * Silhouette (Rousseeuw 1987): (b - a) / max(a, b), a the mean distance to the others of the class, b the smallest mean distance to another class. 0 everywhere with a
 * single class. O(n²).
 * @example
 * ```ts
 * silhouette({ values: Float64Array.of(0, 1, 9, 10), width: 1 }, Int32Array.of(0, 0, 1, 1)).mean.toFixed(4) // "0.8885"
 * ```
 */
export function silhouette(rows: Rows, classOf: Int32Array): Silhouette {
  const size = classOf.length;
  const classes = classOf.reduce((most, label) => Math.max(most, label + 1), 0);
  const counts = new Float64Array(classes);
  for (const label of classOf) counts[label]++;
  const squared = squaredDistances(rows, size);
  const values = new Float64Array(size);
  const sums = new Float64Array(classes);
  for (let row = 0; row < size; row++) {
    sums.fill(0);
    for (let other = 0; other < size; other++) sums[classOf[other]] += Math.sqrt(squared[row * size + other]);
    const own = classOf[row];
    if (counts[own] < 2) continue;
    const within = sums[own] / (counts[own] - 1);
    let beside = Number.POSITIVE_INFINITY;
    for (let label = 0; label < classes; label++)
      if (label !== own && counts[label] > 0) beside = Math.min(beside, sums[label] / counts[label]);
    const larger = Math.max(within, beside);
    if (larger > 0 && beside < Number.POSITIVE_INFINITY) values[row] = (beside - within) / larger;
  }
  return { values, mean: size > 0 ? values.reduce((sum, value) => sum + value, 0) / size : 0 };
}
