import { QuartiersError } from "../../codes/errors.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { type Domains, domainRows } from "./estimate-domains.ts";
import { type DomainCounts, means, type SurveyEstimate } from "./estimates.ts";
import { proportionInterval } from "./proportion-interval.ts";
import { type QuantileRule, sortedWeights, weightedQuantile } from "./quantile-rules.ts";
import type { SurveyWeighting } from "./replicate-design.ts";

/** A quantile of a domain. Everything is NaN when nobody in the domain answered. */
export interface QuantileEstimate extends DomainCounts, Pick<SurveyEstimate, "variance" | "failedReplicates"> {
  readonly probability: number;
  readonly estimate: number;
  /** Width of the interval over twice Student's quantile, as R survey does; NaN when a bound is. */
  readonly standardError: number;
  /**
   * NaN when the interval of the share leaves 0 to 1 (only with "mean"), or when the quantile is the largest answer, of which the sample says nothing (R survey gives an interval of no
   * width there with "mean").
   */
  readonly low: number;
  readonly high: number;
  readonly rule: QuantileRule;
  readonly interval: QuantileInterval;
}

/** Interval of the share under the quantile, of which the bounds are read back (R survey's interval.type; "logit" is its "xlogit"). */
export type QuantileInterval = "mean" | "logit" | "beta" | "asin";

export interface QuantileOptions {
  /** Orders between 0 and 1; the median when absent. */
  readonly probabilities?: readonly number[];
  readonly rule?: QuantileRule;
  readonly interval?: QuantileInterval;
  readonly domains?: Domains;
  readonly confidence?: number;
}

/**
 * Weighted quantiles by domain with Woodruff's interval (1952): the share of the domain under the quantile has a standard error on the whole design, its interval is read back on the
 * distribution. As R survey's svyquantile, "mean" interval on the domain's degrees of freedom by default. In order of domains, then of probabilities. With replicates the share's error
 * is theirs. O(n log n x probabilities).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * quantiles(design, Float64Array.of(12, 20, 31), { probabilities: [0.1, 0.5] }).map(({ estimate }) => estimate) // [ 12, 20 ]
 * ```
 */
export function quantiles(
  survey: SurveyWeighting,
  values: Float64Array,
  options: QuantileOptions = {},
): readonly QuantileEstimate[] {
  const { probabilities = [0.5], rule = "math", interval = "mean", domains, confidence = 0.95 } = options;
  const odd = probabilities.find((p) => !(p >= 0 && p <= 1));
  if (odd !== undefined)
    throw new QuartiersError({
      what: "Ordre de quantile impossible",
      value: String(odd),
      expected: "un nombre de 0 à 1",
    });
  const groups = domainRows(survey.weights, [values], domains);
  const sorted = groups.map(({ rows }) => sortedWeights(values, survey.weights, rows));
  const byProbability = probabilities.map((probability) => {
    const points = sorted.map((group) => weightedQuantile(group, probability, rule));
    const under = Float64Array.from(values);
    groups.forEach(({ rows }, g) => {
      for (const row of rows) under[row] = values[row] <= points[g] ? 1 : 0;
    });
    const shares = means(survey, under, { confidence, ...(domains ? { domains } : {}) });
    return shares.map((share, g): QuantileEstimate => {
      const [from, to] =
        share.estimate === 1 ? [Number.NaN, Number.NaN] : proportionInterval(share, interval, confidence);
      const low = weightedQuantile(sorted[g], from, rule);
      const high = weightedQuantile(sorted[g], to, rule);
      const t = studentQuantile((1 + confidence) / 2, share.degreesOfFreedom);
      return {
        domain: share.domain,
        probability,
        estimate: points[g],
        standardError: (high - low) / (2 * t),
        low,
        high,
        respondents: share.respondents,
        missing: share.missing,
        weightSum: share.weightSum,
        effectiveSize: share.effectiveSize,
        degreesOfFreedom: share.degreesOfFreedom,
        variance: share.variance,
        failedReplicates: share.failedReplicates,
        rule,
        interval,
      };
    });
  });
  return groups.flatMap((_, g) => byProbability.map((list) => list[g]));
}
