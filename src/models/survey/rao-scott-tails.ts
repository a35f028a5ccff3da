import { incompleteBeta } from "../uncertainty/incomplete-beta.ts";
import { normalCdf } from "../uncertainty/normal.ts";

/**
 * P(X > x) for a chi-square variable with a whole number of degrees of freedom: the finite sums of Abramowitz and Stegun 26.4.4 and 26.4.5, whose terms are all positive.
 * 1 at and under 0. O(degrees of freedom).
 * @example
 * ```ts
 * chiSquareUpperTail(3.841458820694124, 1).toFixed(12) // "0.050000000000"
 * ```
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  if (Number.isNaN(x) || !(Number.isInteger(degreesOfFreedom) && degreesOfFreedom > 0)) return Number.NaN;
  if (x <= 0) return 1;
  const half = x / 2;
  const odd = degreesOfFreedom % 2 === 1;
  // Each term is the last one times x/2 over the next whole number (or number and a half); logarithms keep the first one above 0.
  let sum = odd ? 2 * normalCdf(-Math.sqrt(x)) : 0;
  let logTerm = odd ? Math.log(half) / 2 - Math.log(Math.sqrt(Math.PI) / 2) - half : -half;
  for (let k = odd ? 3 : 2; k <= degreesOfFreedom; k += 2) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(half) - Math.log(k / 2);
  }
  return Math.min(sum, 1);
}

/**
 * P(F > f) for Fisher's F; degrees of freedom may be fractional. 1 at and under 0, NaN when a number of degrees is not positive.
 * @example
 * ```ts
 * fisherUpperTail(4.964602743730711, 1, 10).toFixed(12) // "0.050000000000"
 * ```
 */
export function fisherUpperTail(f: number, numerator: number, denominator: number): number {
  if (Number.isNaN(f) || !(numerator > 0 && denominator > 0)) return Number.NaN;
  if (f <= 0) return 1;
  if (f === Number.POSITIVE_INFINITY) return 0;
  const sum = denominator + numerator * f;
  return incompleteBeta(denominator / sum, denominator / 2, numerator / 2, (numerator * f) / sum);
}
