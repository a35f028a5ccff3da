import { QuartiersError } from "../../codes/errors.ts";
import { weightedQuantiles } from "../access/weighted-quantile.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A statistic with the intervals that its bootstrap replicates give. */
export interface ReplicateInterval {
  /** The statistic on the rows themselves. */
  readonly estimate: number;
  /** From the quantiles of the replicates (Efron 1979): it stays within the values that the statistic can take. null when no replicate has a value. */
  readonly percentile: Interval | null;
  /** Reflected around the estimate, 2 x estimate - quantile (Davison and Hinkley 1997, basic): it corrects the bias of the replicates, and may leave the possible values. null when the estimate or a quantile is infinite. */
  readonly basic: Interval | null;
  /** Standard deviation of the replicates; null with fewer than two, or with an infinite one. */
  readonly standardError: number | null;
  readonly draws: number;
  /** Replicates without a value (NaN): left out, and said. */
  readonly failed: number;
}

/**
 * Percentile and basic intervals from replicates. Neither is accelerated (BCa): that needs one more pass a row. O(replicates).
 * @example
 * ```ts
 * replicateInterval(2, Float64Array.of(1, 2, 3, 4), 0.5).basic // { low: 0.5, high: 2.5 }
 * ```
 */
export function replicateInterval(estimate: number, replicates: Float64Array, confidence = 0.95): ReplicateInterval {
  checkConfidence(confidence);
  const valid = replicates.filter((value) => !Number.isNaN(value));
  const draws = replicates.length;
  const failed = draws - valid.length;
  if (valid.length === 0) return { estimate, percentile: null, basic: null, standardError: null, draws, failed };
  const [low = 0, high = 0] = weightedQuantiles(valid, null, [(1 - confidence) / 2, (1 + confidence) / 2]);
  const deviation = standardDeviation(valid);
  return {
    estimate,
    percentile: { low, high },
    basic: Number.isFinite(estimate + low + high) ? { low: 2 * estimate - high, high: 2 * estimate - low } : null,
    standardError: Number.isFinite(deviation) ? deviation : null,
    draws,
    failed,
  };
}

/** Refuses a level of confidence that is not strictly between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1))
    throw new QuartiersError({
      what: "Niveau de confiance impossible",
      value: String(confidence),
      expected: "un nombre entre 0 et 1, comme 0,95",
    });
}

/** Refuses a number of draws that is not a whole number of at least 1. */
export function checkDraws(draws: number): void {
  if (!Number.isInteger(draws) || draws < 1)
    throw new QuartiersError({
      what: "Nombre de tirages impossible",
      value: String(draws),
      expected: "un entier d'au moins 1",
    });
}

/** With n - 1; NaN with fewer than two values. */
export function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
