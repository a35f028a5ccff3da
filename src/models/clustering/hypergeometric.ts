import { logBeta } from "../uncertainty/incomplete-beta.ts";

/**
 * Log of the two-sided mid-p value of a hypergeometric count: `both` people have two traits, where `one` and `other` have each, among `all`. As FactoMineR 2.7:
 * the lesser of 2 P(X < both) + P(X = both) and 2 P(X > both) + P(X = both). In logs: it does not underflow. O(length of the smaller tail).
 * @example
 * ```ts
 * Math.exp(logMidP(3, 4, 5, 10)).toFixed(12) // "0.285714285714"
 * ```
 */
export function logMidP(both: number, one: number, other: number, all: number): number {
  // Only one count is possible.
  if (Math.max(0, one + other - all) === Math.min(one, other)) return 0;
  const mean = (one * other) / all;
  const deviation = Math.sqrt(all > 1 ? (mean * (1 - one / all) * (all - other)) / (all - 1) : 0);
  const atBoth = logProbability(both, one, other, all);
  // The median is within one deviation of the mean: beyond, the lesser tail is known.
  const sides = [];
  if (both <= mean + deviation) sides.push(tailRatio(both, one, other, all, -1));
  if (both >= mean - deviation) sides.push(tailRatio(both, one, other, all, 1));
  return Math.min(0, atBoth + Math.log1p(2 * Math.min(...sides)));
}

/** P(X beyond `both`) / P(X = both), on the side of lower counts (-1) or of higher ones (1), by the ratios of neighbouring terms. */
function tailRatio(both: number, one: number, other: number, all: number, side: 1 | -1): number {
  let [sum, term, count] = [0, 1, both];
  while (term > 0 && term > 1e-18 * sum) {
    const lower = side < 0 ? count - 1 : count;
    const up = ((one - lower) * (other - lower)) / ((lower + 1) * (all - one - other + lower + 1));
    term *= side < 0 ? 1 / up : up;
    // Below 0 or past the last possible count there is no term: 1 / up is then 0 or negative, or up is 0.
    if (!(term > 0 && term < Number.POSITIVE_INFINITY)) break;
    sum += term;
    count += side;
  }
  return sum;
}

/** Log of P(X = both). */
function logProbability(both: number, one: number, other: number, all: number): number {
  return logChoose(one, both) + logChoose(all - one, other - both) - logChoose(all, other);
}

/** Log of the number of ways to choose k among n. */
function logChoose(n: number, k: number): number {
  return -Math.log(n + 1) - logBeta(k + 1, n - k + 1);
}
