/**
 * Weighted shares of the rows that are in both categories, for all pairs: the Burt table over the sum of weights times nothing else. `answers[q][i]` is the category of row i for question q
 * (each category belongs to one question), -1 for none; `masses` has sum 1. Symmetric, `categories` x `categories`; its diagonal holds the shares of the categories. One pass per pair of
 * questions: O(n Q²).
 * @example
 * ```ts
 * pairShares([Int32Array.of(0, 1), Int32Array.of(2, 2)], Float64Array.of(0.25, 0.75), 3) // Float64Array(9) [ 0.25, 0, 0.25, 0, 0.75, 0.75, 0.25, 0.75, 1 ]
 * ```
 */
export function pairShares(answers: readonly Int32Array[], masses: Float64Array, categories: number): Float64Array {
  const table = new Float64Array(categories * categories);
  const rows = Int32Array.from(masses.keys()).filter((row) => masses[row] > 0);
  const weights = Float64Array.from(rows, (row) => masses[row]);
  const columns = answers.map((column) => Int32Array.from(rows, (row) => column[row]));
  columns.forEach((column, question) => {
    for (let other = 0; other <= question; other++) addPairs(table, column, columns[other], weights, categories);
  });
  for (let k = 0; k < categories; k++)
    for (let l = 0; l < k; l++) {
      // A pair of questions was counted one way only: one of the two cells is still zero.
      const share = table[k * categories + l] + table[l * categories + k];
      table[k * categories + l] = share;
      table[l * categories + k] = share;
    }
  return table;
}

function addPairs(
  table: Float64Array,
  first: Int32Array,
  second: Int32Array,
  weights: Float64Array,
  categories: number,
): void {
  for (let row = 0; row < weights.length; row++)
    if (first[row] >= 0 && second[row] >= 0) table[first[row] * categories + second[row]] += weights[row];
}
