/**
 * Share of the variance of a logit's latent variable that each group makes: deviation² / (sum of the deviations² + π²/3), π²/3 being the variance of the
 * logistic law (Snijders and Bosker 2012, 17.2). For one group, the correlation of two persons of one level (ICC). 0 when the deviation is 0.
 * @example
 * ```ts
 * intraclassCorrelation([0.9]).map((share) => Number(share.toFixed(4))) // [ 0.1976 ]
 * ```
 */
export function intraclassCorrelation(deviations: readonly number[]): readonly number[] {
  const total = deviations.reduce((sum, deviation) => sum + deviation ** 2, Math.PI ** 2 / 3);
  return deviations.map((deviation) => deviation ** 2 / total);
}
