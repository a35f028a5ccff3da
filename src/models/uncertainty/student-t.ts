import { incompleteBeta, logBeta } from "./incomplete-beta.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/**
 * Student's t distribution function. Degrees of freedom may be fractional or infinite (normal). NaN when they are not positive.
 * @example
 * ```ts
 * studentCdf(2.228138851986274, 10).toFixed(12) // "0.975000000000"
 * ```
 */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t) || !(degreesOfFreedom > 0)) return Number.NaN;
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalCdf(t);
  if (t > 0) return 1 - lowerTail(-t, degreesOfFreedom);
  return lowerTail(t, degreesOfFreedom);
}

/**
 * Student's t quantile, by Newton's steps on the distribution function inside a bracket. -Infinity at 0, Infinity at 1, NaN outside.
 * @example
 * ```ts
 * studentQuantile(0.975, 10).toFixed(12) // "2.228138851986"
 * ```
 */
export function studentQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1) || !(degreesOfFreedom > 0)) return Number.NaN;
  if (degreesOfFreedom === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p > 0.5) return -studentQuantile(1 - p, degreesOfFreedom);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;
  let high = 0;
  let low = -1;
  while (lowerTail(low, degreesOfFreedom) > p) low *= 2;
  let t = Math.max(low, normalQuantile(p));
  for (let step = 0; step < 400; step++) {
    const value = lowerTail(t, degreesOfFreedom);
    if (value === p) return t;
    if (value > p) high = t;
    else low = t;
    // Newton on log(P): the tail of t is nearly a power, so its logarithm is nearly straight.
    const newton = t - (Math.log(value / p) * value) / density(t, degreesOfFreedom);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 2e-16 * Math.abs(t)) return next;
    t = next;
  }
  return t;
}

/** P(T < t) for t <= 0. */
function lowerTail(t: number, degreesOfFreedom: number): number {
  const squared = t * t;
  if (squared === Number.POSITIVE_INFINITY) return 0;
  const sum = degreesOfFreedom + squared;
  return incompleteBeta(degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5, squared / sum) / 2;
}

function density(t: number, degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  return Math.exp(
    -logBeta(half, 0.5) - 0.5 * Math.log(degreesOfFreedom) - (half + 0.5) * Math.log1p((t * t) / degreesOfFreedom),
  );
}
