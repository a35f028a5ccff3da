import { seededRandom } from "../../codes/random.ts";
import { checkConfidence, checkDraws, replicateInterval, standardDeviation } from "./replicate-interval.ts";

/** A percentile interval. */
export interface BootstrapInterval {
  /** The statistic on the rows themselves. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Standard deviation of the draws. */
  readonly standardError: number;
  readonly draws: number;
  /** Draws whose statistic was NaN: left out of the interval, and said. */
  readonly failed: number;
}

/**
 * Percentile bootstrap (Efron 1979): rows are drawn with replacement, the interval is that of the draws' quantiles (`weightedQuantiles`). For
 * independent rows; draw primary units, not persons, when the survey has clusters. Same seed, same interval. O(draws x (n + statistic)).
 * The statistic receives the drawn row numbers, a buffer that is reused: read it, do not keep it.
 * @example
 * ```ts
 * const km = Float64Array.of(1, 2, 3, 4);
 * const mean = (rows) => rows.reduce((sum, row) => sum + km[row], 0) / rows.length;
 * bootstrapInterval(km.length, mean, { seed: 1, draws: 200 }).estimate // 2.5
 * ```
 */
export function bootstrapInterval(
  numRows: number,
  statistic: (rows: Int32Array) => number,
  {
    seed,
    draws = 1000,
    confidence = 0.95,
  }: { readonly seed: number; readonly draws?: number; readonly confidence?: number },
): BootstrapInterval {
  checkConfidence(confidence);
  checkDraws(draws);
  const random = seededRandom(seed);
  const rows = Int32Array.from({ length: numRows }, (_, row) => row);
  const estimate = numRows === 0 ? Number.NaN : statistic(rows);
  const replicates = new Float64Array(draws).fill(Number.NaN);
  if (numRows > 0) {
    for (let draw = 0; draw < draws; draw++) {
      for (let i = 0; i < numRows; i++) rows[i] = Math.floor(random() * numRows);
      replicates[draw] = statistic(rows);
    }
  }
  const { percentile, failed } = replicateInterval(estimate, replicates, confidence);
  const { low, high } = percentile ?? { low: Number.NaN, high: Number.NaN };
  const valid = replicates.filter((value) => !Number.isNaN(value));
  return { estimate, low, high, standardError: standardDeviation(valid), draws, failed };
}
