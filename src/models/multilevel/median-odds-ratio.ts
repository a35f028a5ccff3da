/** The third quartile of the standard normal law. */
const upperQuartile = 0.6744897501960817;

/**
 * Median odds ratio of a group: two persons alike are taken in two levels at random, and the odds of the one in the level of higher odds divided by
 * the other's have this median, exp(√2 Φ⁻¹(3/4) deviation) (Larsen and Merlo 2005). 1 when the levels do not differ.
 * @example
 * ```ts
 * medianOddsRatio(0.5).toFixed(3) // "1.611"
 * ```
 */
export function medianOddsRatio(deviation: number): number {
  return Math.exp(Math.SQRT2 * upperQuartile * deviation);
}
