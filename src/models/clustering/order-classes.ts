import type { Cloud } from "./cloud.ts";

/**
 * Numbers classes again from 0 by their mean on the first axis, lowest first, so that a class keeps its number from one run to the next; equal means by first row. Classes without a row vanish. O(n).
 * @example
 * ```ts
 * const cloud = { coordinates: Float64Array.of(5, 1, 6), dimensions: 1, masses: Float64Array.of(1, 1, 1) };
 * orderClasses(cloud, Int32Array.of(0, 2, 0)) // Int32Array(3) [ 1, 0, 1 ]
 * ```
 */
export function orderClasses({ coordinates, dimensions, masses }: Cloud, classOf: Int32Array): Int32Array {
  const classes = classOf.reduce((most, label) => Math.max(most, label), -1) + 1;
  const [sums, weights] = [new Float64Array(classes), new Float64Array(classes)];
  const firstRow = new Int32Array(classes).fill(-1);
  classOf.forEach((label, row) => {
    if (firstRow[label] < 0) firstRow[label] = row;
    sums[label] += masses[row] * coordinates[row * dimensions];
    weights[label] += masses[row];
  });
  const order = Array.from(weights.keys())
    .filter((label) => firstRow[label] >= 0)
    .sort((a, b) => sums[a] / weights[a] - sums[b] / weights[b] || firstRow[a] - firstRow[b]);
  const rank = new Int32Array(classes);
  order.forEach((label, at) => {
    rank[label] = at;
  });
  return classOf.map((label) => rank[label]);
}
