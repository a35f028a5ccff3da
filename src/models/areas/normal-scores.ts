import { betaQuantile } from "../uncertainty/incomplete-beta.ts";
import { normalQuantile } from "../uncertainty/normal.ts";
import { checkConfidence } from "../uncertainty/replicate-interval.ts";

/** What each value would be in a normal sample of their number. NaN where the value is missing. In the order of the values. */
export interface NormalScores {
  /** Median of the order statistic of that rank, standard normal. */
  readonly expected: Float64Array;
  /** Interval of that order statistic alone: about a tenth of the points of a normal sample leave a band of 90 %. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Normal scores for a quantile-quantile plot (Wilk and Gnanadesikan 1968): the k-th of n uniform values is Beta(k, n + 1 - k), so that its normal
 * median and bounds are exact. Ties take places in their order. Missing values are left out. O(n log n).
 * @example
 * ```ts
 * Array.from(normalScores(Float64Array.of(2, -1, 0.3)).expected, (score) => score.toFixed(3).replace("-0.000", "0.000")) // [ "0.819", "-0.819", "0.000" ]
 * ```
 */
export function normalScores(values: Float64Array, confidence = 0.9): NormalScores {
  checkConfidence(confidence);
  const empty = (): Float64Array => new Float64Array(values.length).fill(Number.NaN);
  const scores = { expected: empty(), low: empty(), high: empty() };
  const order = [...values.keys()]
    .filter((i) => Number.isFinite(values[i]))
    .sort((a, b) => values[a] - values[b] || a - b);
  const n = order.length;
  for (const [place, i] of order.entries()) {
    const at = (p: number): number => normalQuantile(betaQuantile(p, place + 1, n - place)) + 0;
    scores.expected[i] = at(0.5);
    scores.low[i] = at((1 - confidence) / 2);
    scores.high[i] = at((1 + confidence) / 2);
  }
  return scores;
}
