/**
 * Kish's effect of unequal weights, n x sum of w^2 / (sum of w)^2 (Kish 1965): how many times unequal weights multiply the variance. NaN without a row.
 * @example
 * ```ts
 * kishEffect(Float64Array.of(1, 1, 2)) // 1.125
 * ```
 */
export function kishEffect(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  return (weights.length * squares) / (sum * sum);
}

/** Effective sample size n / Kish effect = (sum of w)^2 / sum of w^2. */
export const effectiveSampleSize = (weights: Float64Array): number => weights.length / kishEffect(weights);
