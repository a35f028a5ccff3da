import { PRESENT } from "../codes/table.ts";
import type { Grouping } from "./grouping.ts";

/**
 * The median of each group's known values. With weights, the least value that half of the weight does not exceed, or the middle of two when the half
 * falls exactly between them. NaN for a group without a value. O(rows log rows).
 */
export function mediansOf(
  values: Float64Array,
  weights: Float64Array | null,
  absent: Uint8Array | null,
  { groupOf, count }: Grouping,
): Float64Array {
  const start = new Int32Array(count + 1);
  const isUsed = (row: number): boolean => (!absent || absent[row] === PRESENT) && (!weights || weights[row] > 0);
  for (let row = 0; row < groupOf.length; row++) if (isUsed(row)) start[groupOf[row] + 1]++;
  for (let group = 0; group < count; group++) start[group + 1] += start[group];
  const rows = new Int32Array(start[count]);
  const next = start.slice(0, count);
  for (let row = 0; row < groupOf.length; row++) if (isUsed(row)) rows[next[groupOf[row]]++] = row;
  return Float64Array.from({ length: count }, (_, group) => {
    const members = rows.subarray(start[group], start[group + 1]);
    return weights ? weightedMedian(values, weights, members) : plainMedian(values, members);
  });
}

function plainMedian(values: Float64Array, members: Int32Array): number {
  const sorted = Float64Array.from(members, (row) => values[row]).sort();
  const half = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function weightedMedian(values: Float64Array, weights: Float64Array, members: Int32Array): number {
  const sorted = Array.from(members).sort((a, b) => values[a] - values[b]);
  const half = sorted.reduce((total, row) => total + weights[row], 0) / 2;
  let below = 0;
  for (let i = 0; i < sorted.length; i++) {
    below += weights[sorted[i]];
    if (below > half) return values[sorted[i]];
    if (below === half && i + 1 < sorted.length) return (values[sorted[i]] + values[sorted[i + 1]]) / 2;
  }
  return sorted.length > 0 ? values[sorted[sorted.length - 1]] : Number.NaN;
}
