/**
 * Weighted shares of the rows that are in both categories, for all pairs: the Burt table over the sum of the weights. `answers[q][i]` is the category of row i for question q (each category belongs to one
 * question), -1 for none; `masses` has sum 1. Symmetric, `categories` x `categories`; its diagonal holds the shares of the categories. One pass over the rows: O(n Q²).
 * @example
 * ```ts
 * pairShares([Int32Array.of(0, 1), Int32Array.of(2, 2)], Float64Array.of(0.25, 0.75), 3) // Float64Array(9) [ 0.25, 0, 0.25, 0, 0.75, 0.75, 0.25, 0.75, 1 ]
 * ```
 */
export function pairShares(answers: readonly Int32Array[], masses: Float64Array, categories: number): Float64Array {
  const questions = answers.length;
  // One more category, thrown away at the end, takes the rows without an answer.
  const width = categories + 1;
  const sums = new Float64Array(width * width);
  const codes = new Int32Array(questions);
  for (let row = 0; row < masses.length; row++) {
    const mass = masses[row];
    if (mass === 0) continue;
    for (let q = 0; q < questions; q++) codes[q] = answers[q][row] < 0 ? categories : answers[q][row];
    // Row by row, so that an addition never waits for the one before: they fall in different cells.
    for (let q = 0; q < questions; q++) {
      const start = codes[q] * width;
      for (let other = 0; other <= q; other++) sums[start + codes[other]] += mass;
    }
  }
  const table = new Float64Array(categories * categories);
  for (let k = 0; k < categories; k++)
    for (let l = 0; l <= k; l++) {
      // A pair of questions was counted one way only: the other cell is zero.
      const share = k === l ? sums[k * width + k] : sums[k * width + l] + sums[l * width + k];
      table[k * categories + l] = share;
      table[l * categories + k] = share;
    }
  return table;
}
