/**
 * Rows in order of their code (a whole number under `size`), equal ones in the order `before`, or in their own. Stable, so that two calls sort by two
 * columns, the last one first. O(rows + size).
 * @example
 * ```ts
 * countingSort(Int32Array.of(2, 0, 1, 0), 3, null) // Int32Array(4) [ 1, 3, 2, 0 ]
 * ```
 */
export function countingSort(codes: Int32Array, size: number, before: Int32Array | null): Int32Array {
  const next = new Int32Array(size + 1);
  for (let row = 0; row < codes.length; row++) next[codes[row] + 1]++;
  for (let code = 0; code < size; code++) next[code + 1] += next[code];
  const order = new Int32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const row = before ? before[i] : i;
    order[next[codes[row]]++] = row;
  }
  return order;
}
