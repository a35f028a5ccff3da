import { incompleteBeta, logGamma } from "./incomplete-beta.ts";

/**
 * P(X > x) for a chi-squared law: the upper incomplete gamma function at (df / 2, x / 2), by its series under a + 1 and by a continued fraction beyond
 * (Press et al. 2007, 6.2). NaN when the degrees of freedom are not positive.
 * @example
 * ```ts
 * chiSquaredTail(3.841458820694124, 1).toFixed(12) // "0.050000000000"
 * ```
 */
export function chiSquaredTail(x: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  const [a, half] = [degreesOfFreedom / 2, x / 2];
  if (half === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(a * Math.log(half) - half - logGamma(a));
  return half < a + 1 ? 1 - front * lowerSeries(a, half) : front * upperFraction(a, half);
}

/**
 * P(F > f) for Fisher's law; the second degrees of freedom may be infinite. NaN when a degree is not positive.
 * @example
 * ```ts
 * fisherTail(4.964602743730711, 1, 10).toFixed(12) // "0.050000000000"
 * ```
 */
export function fisherTail(f: number, numerator: number, denominator: number): number {
  if (!(numerator > 0 && denominator > 0) || Number.isNaN(f)) return Number.NaN;
  if (denominator === Number.POSITIVE_INFINITY) return chiSquaredTail(f * numerator, numerator);
  if (f <= 0) return 1;
  const sum = denominator + numerator * f;
  return incompleteBeta(denominator / sum, denominator / 2, numerator / 2, (numerator * f) / sum);
}

/** 1/a + x/(a(a+1)) + x^2/(a(a+1)(a+2)) + ... */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** 1/(x+1-a - 1(1-a)/(x+3-a - 2(2-a)/(x+5-a - ...))), by Lentz's method. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n <= 100_000; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return fraction;
}
