/** Ranks from 1, equal values at the mean of theirs. */
function ranksOf(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let end = first + 1;
    while (end < order.length && values[order[end]] === values[order[first]]) end++;
    for (let i = first; i < end; i++) ranks[order[i]] = (first + end + 1) / 2;
    first = end;
  }
  return ranks;
}

/**
 * Rank correlation of Spearman (1904): the correlation of ranks, ties at their mean. Pairs with a missing value are left out; NaN with fewer than three pairs, or when all
 * values of one side are equal. O(n log n).
 * @example
 * ```ts
 * rankCorrelation(Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 30, 20, 40)).toFixed(3) // "0.800"
 * ```
 */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const pairs = [...a.keys()].filter((i) => !Number.isNaN(a[i]) && !Number.isNaN(b[i]));
  if (pairs.length < 3) return Number.NaN;
  const [x, y] = [a, b].map((values) => ranksOf(Float64Array.from(pairs, (i) => values[i])));
  if (!x || !y) return Number.NaN;
  const mean = (pairs.length + 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < pairs.length; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) ** 2;
    yy += (y[i] - mean) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Number.NaN;
}
