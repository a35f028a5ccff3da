import { seededRandom } from "../../codes/random.ts";
import { weightedQuantiles } from "../access/weighted-quantile.ts";
import { normalQuantile } from "../uncertainty/normal.ts";
import type { PlannableArea } from "./outreach-areas.ts";
import type { OutreachYield } from "./outreach-yield.ts";

/** Rights that contacts open, as they may turn out: `values[draw * areas + area]`, whole numbers. */
export interface OpenedDraws {
  readonly areas: number;
  readonly draws: number;
  readonly values: Float64Array;
}

/**
 * Simulates what a plan opens: non-takers of the replicate, yield of the replicate (one for all areas: a trial that misleads, misleads everywhere), and the chance
 * of each contact (binomial). The uniforms depend on the seed, the area and the replicate only, so that plans are compared in the same worlds, and more
 * contacts never open fewer rights. O(areas x replicates x expected rights).
 */
export function openedDraws(
  planned: readonly PlannableArea[],
  contacts: ArrayLike<number>,
  { yields, seed }: { readonly yields: Pick<OutreachYield, "draws">; readonly seed: number },
): OpenedDraws {
  const [areas, draws] = [planned.length, yields.draws.length];
  const random = seededRandom(seed + 2 ** 31);
  const values = new Float64Array(areas * draws);
  for (let draw = 0; draw < draws; draw++)
    for (const [area, { draws: nonTakers, persons }] of planned.entries()) {
      const uniform = random();
      const met = Math.min(1, Math.max(0, nonTakers[draw] / persons));
      values[draw * areas + area] = binomialQuantile(uniform, contacts[area] ?? 0, met * yields.draws[draw]);
    }
  return { areas, draws, values };
}

/**
 * The smallest count whose cumulated probability reaches u, in `n` independent trials (Kachitvichyanukul and Schmeiser 1988, inversion); beyond 400 expected,
 * the normal approximation with its corrections of skewness (Cornish and Fisher 1938) and continuity.
 * @example
 * ```ts
 * binomialQuantile(0.5, 10, 0.5) // 5
 * ```
 */
export function binomialQuantile(u: number, n: number, p: number): number {
  if (n <= 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomialQuantile(1 - u, n, 1 - p);
  if (n * p > 400) {
    const z = normalQuantile(u);
    const skewness = ((1 - 2 * p) * (z * z - 1)) / 6;
    return Math.min(n, Math.max(0, Math.round(n * p + z * Math.sqrt(n * p * (1 - p)) + skewness)));
  }
  const odds = p / (1 - p);
  let probability = Math.exp(n * Math.log1p(-p));
  let sum = probability;
  let count = 0;
  while (sum < u && count < n && probability > 0) {
    probability *= (odds * (n - count)) / (count + 1);
    count++;
    sum += probability;
  }
  return count;
}

/** Mean and interval of each area, and of their total (in its own draws: areas move together). */
export interface OpenedIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly totalLow: number;
  readonly totalHigh: number;
}

export function openedIntervals({ areas, draws, values }: OpenedDraws, confidence: number): OpenedIntervals {
  const tails = [(1 - confidence) / 2, (1 + confidence) / 2];
  const bounds = Array.from({ length: areas }, (_, area) =>
    weightedQuantiles(
      Float64Array.from({ length: draws }, (__, draw) => values[draw * areas + area]),
      null,
      tails,
    ),
  );
  const totals = Float64Array.from({ length: draws }, (_, draw) =>
    values.subarray(draw * areas, (draw + 1) * areas).reduce((sum, value) => sum + value, 0),
  );
  const [totalLow, totalHigh] = weightedQuantiles(totals, null, tails);
  return {
    low: Float64Array.from(bounds, ([low]) => low),
    high: Float64Array.from(bounds, ([, high]) => high),
    totalLow,
    totalHigh,
  };
}
