/**
 * Sum that keeps what each addition loses (Neumaier 1974): exact to the last digit unless terms cancel beyond 1e15. NaN as soon as a term is.
 * @example
 * ```ts
 * compensatedSum([1, 1e100, 1, -1e100]) // 2
 * ```
 */
export function compensatedSum(terms: ArrayLike<number>): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < terms.length; i++) {
    const term = terms[i];
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}
