import { normal, type Random } from "../../codes/random.ts";

/**
 * A count with a Poisson law: Knuth's product below a mean of 60, its normal approximation above.
 * @example
 * ```ts
 * poisson(seededRandom(7), 0) // 0
 * ```
 */
export function poisson(random: Random, mean: number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let product = random();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count++) product *= random();
  return count;
}
