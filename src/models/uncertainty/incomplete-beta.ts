import { QuartiersError } from "../../codes/errors.ts";

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** log of the gamma function for a positive number: Stirling's series from 15 up, the recurrence below. */
export function logGamma(x: number): number {
  let shift = 0;
  let product = 1;
  while (x + shift < 15) {
    product *= x + shift;
    shift++;
  }
  const y = x + shift;
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + stirlingError(y) - Math.log(product);
}

/** What Stirling's formula leaves out, for x >= 10 (Abramowitz and Stegun 6.1.40). */
function stirlingError(x: number): number {
  const s = 1 / (x * x);
  return (
    (1 / 12 +
      s * (-1 / 360 + s * (1 / 1260 + s * (-1 / 1680 + s * (1 / 1188 + s * (-691 / 360_360 + s * (1 / 156))))))) /
    x
  );
}

/** log of the beta function. Large arguments cancel by hand rather than between two large log-gammas (Didonato and Morris 1992). */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  const sum = a + b;
  if (small >= 15) {
    return (
      -0.5 * Math.log(large) +
      halfLogTwoPi +
      stirlingError(small) +
      stirlingError(large) -
      stirlingError(sum) +
      (small - 0.5) * Math.log(small / sum) +
      large * Math.log1p(-small / sum)
    );
  }
  if (large >= 15) {
    return (
      logGamma(small) +
      stirlingError(large) -
      stirlingError(sum) +
      small -
      small * Math.log(sum) +
      (large - 0.5) * Math.log1p(-small / sum)
    );
  }
  return logGamma(small) + logGamma(large) - logGamma(sum);
}

/**
 * Regularised incomplete beta function I_x(a, b), the distribution function of Beta(a, b). Continued fraction evaluated by Lentz's method
 * (Didonato and Morris 1992; Lentz 1976). `complement` is 1 - x, given by a caller who knows it more exactly. NaN when a or b is not positive.
 * @example
 * ```ts
 * incompleteBeta(0.5, 2, 3).toFixed(12) // "0.687500000000"
 * ```
 */
export function incompleteBeta(x: number, a: number, b: number, complement: number = 1 - x): number {
  if (!(a > 0 && b > 0) || Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(complement) - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a;
  return 1 - (front * continuedFraction(complement, b, a)) / b;
}

function continuedFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) return fraction;
  }
  throw new QuartiersError({
    what: "La fonction bêta incomplète ne converge pas",
    value: `x = ${x}, a = ${a}, b = ${b}`,
    expected: "des paramètres moins extrêmes",
  });
}

/**
 * Quantile of Beta(a, b): the x whose `incompleteBeta` is p. Newton's steps kept inside a bracket that halves when they fail. 0 and 1 at the ends.
 * @example
 * ```ts
 * betaQuantile(0.6875, 2, 3).toFixed(12) // "0.500000000000"
 * ```
 */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1) || !(a > 0 && b > 0)) return Number.NaN;
  if (p === 0 || p === 1) return p;
  const logNorm = logBeta(a, b);
  let low = 0;
  let high = 1;
  let x = a / (a + b);
  for (let step = 0; step < 400; step++) {
    const error = incompleteBeta(x, a, b) - p;
    if (error === 0) return x;
    if (error > 0) high = x;
    else low = x;
    const slope = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logNorm);
    const newton = x - error / slope;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-16 * x) return next;
    x = next;
  }
  return x;
}
