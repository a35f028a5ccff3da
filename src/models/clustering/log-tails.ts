import { logGamma } from "../uncertainty/incomplete-beta.ts";
import { normalCdf, normalQuantile } from "../uncertainty/normal.ts";

const logRootTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * Log of P(Z > z) for a standard normal: it does not underflow. Beyond 5 by the continued fraction of Laplace.
 * @example
 * ```ts
 * logNormalTail(100).toFixed(6) // "-5005.524209"
 * ```
 */
export function logNormalTail(z: number): number {
  return z < 5 ? Math.log(normalCdf(-z)) : (-z * z) / 2 - logRootTwoPi - Math.log(millsInverse(z));
}

/**
 * The z whose P(Z > z) has this log: a v-test from the log of a p-value too small to be a number. Newton's steps in logs.
 * @example
 * ```ts
 * normalQuantileOfLogTail(logNormalTail(80)).toFixed(9) // "80.000000000"
 * ```
 */
export function normalQuantileOfLogTail(logTail: number): number {
  if (logTail > -20) return -normalQuantile(Math.exp(logTail));
  if (logTail === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  let z = Math.sqrt(-2 * logTail - Math.log(-4 * Math.PI * logTail));
  for (let step = 0; step < 50; step++) {
    const change = (logNormalTail(z) - logTail) / millsInverse(z);
    z += change;
    if (Math.abs(change) <= 1e-15 * z) break;
  }
  return z;
}

/** Density over P(Z > z): z + 1/(z + 2/(z + 3/...)). */
function millsInverse(z: number): number {
  let fraction = z;
  for (let n = 160; n >= 1; n--) fraction = z + n / fraction;
  return fraction;
}

/**
 * Log of P(X > x) for a chi-square with `degrees` degrees of freedom: it does not underflow. By the series of the incomplete gamma function below its mean, by the continued fraction above
 * (Lentz 1976).
 * @example
 * ```ts
 * Math.exp(logChiSquareTail(3.841458820694124, 1)).toFixed(12) // "0.050000000000"
 * ```
 */
export function logChiSquareTail(x: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  const a = degrees / 2;
  const y = x / 2;
  const front = a * Math.log(y) - y - logGamma(a);
  if (y < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= y / (a + n);
      sum += term;
    }
    return Math.log1p(-Math.exp(front) * sum);
  }
  const tiny = 1e-300;
  let b = y + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 100_000; n++) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (Math.abs(step * d + b) < tiny ? tiny : step * d + b);
    c = Math.abs(b + step / c) < tiny ? tiny : b + step / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front + Math.log(fraction);
}
