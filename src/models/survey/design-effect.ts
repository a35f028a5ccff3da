/** How many times the design multiplies the variance of simple random samples of as many respondents (Kish 1965). */
export interface DesignEffects {
  /** Beside a sample without replacement in the estimated population (R survey, deff = TRUE); NaN when the weights add up to less than the respondents. */
  readonly designEffect: number;
  /** Beside a sample with replacement (R survey, deff = "replace"). */
  readonly designEffectReplace: number;
}

/**
 * Design effects of an estimate from its variance and its linearised variable on the rows of its domain: the variance under simple random sampling is N^2 s^2 / n, times 1 - n/N
 * without replacement, with N the sum of weights and s^2 the weighted variance x n/(n - 1). NaN for fewer than two respondents, or when the variable does not vary. O(rows).
 * @example
 * ```ts
 * designEffects(8, Float64Array.of(10, 10, 10, 10), Int32Array.of(0, 1), Float64Array.of(1, -1)) // { designEffect: 0.022222222222222223, designEffectReplace: 0.02 }
 * ```
 */
export function designEffects(
  variance: number,
  weights: Float64Array,
  rows: Int32Array,
  linearised: Float64Array,
): DesignEffects {
  const n = rows.length;
  let population = 0;
  let sum = 0;
  for (let k = 0; k < n; k++) {
    population += weights[rows[k]];
    sum += weights[rows[k]] * linearised[k];
  }
  const mean = sum / population;
  let squares = 0;
  for (let k = 0; k < n; k++) squares += weights[rows[k]] * (linearised[k] - mean) ** 2;
  const spread = n > 1 ? (squares / population) * (n / (n - 1)) : 0;
  const random = (spread * population ** 2) / n;
  const effect = (reference: number): number => (reference > 0 ? variance / reference : Number.NaN);
  return {
    designEffect: effect((random * (population - n)) / population),
    designEffectReplace: effect(random),
  };
}
