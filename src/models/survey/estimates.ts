import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { type DesignVariance, degreesOfFreedomOfRows } from "./design.ts";
import { type DesignEffects, designEffects } from "./design-effect.ts";
import { domainVariance } from "./domain-variance.ts";
import { type DomainRows, type Domains, domainRows } from "./estimate-domains.ts";
import {
  type DomainSums,
  domainSums,
  meanStatistic,
  ratioStatistic,
  type Statistic,
  totalStatistic,
} from "./estimate-statistic.ts";
import { replicateDegreesOfFreedom } from "./replicate-degrees.ts";
import { isReplicated, type ReplicateMethod, type SurveyWeighting } from "./replicate-design.ts";
import { replicateCovariance } from "./replicate-variance.ts";

/** What is said of a domain beside any estimate. */
export interface DomainCounts {
  readonly domain: string;
  /** Respondents who answered and whose weight is not 0: always printed beside the rest. */
  readonly respondents: number;
  /** Respondents of the domain without an answer (NaN): in no number above or below. */
  readonly missing: number;
  /** Persons they stand for. */
  readonly weightSum: number;
  /** Respondents / Kish effect. */
  readonly effectiveSize: number;
  readonly degreesOfFreedom: number;
}

/** An estimate of a domain. Everything is NaN when nobody in the domain answered (respondents 0). */
export interface SurveyEstimate extends DomainCounts, DesignEffects {
  readonly estimate: number;
  readonly standardError: number;
  /** Student's interval; NaN without a degree of freedom. */
  readonly low: number;
  readonly high: number;
  /** Respondents / designEffectReplace: the simple random sample, with replacement, that would be as precise. */
  readonly equivalentSize: number;
  /** The formula of the variance. */
  readonly variance: DesignVariance | ReplicateMethod;
  /** Replicates that gave no number for this domain, and are left out. 0 for a linearised variance. */
  readonly failedReplicates: number;
}

export interface EstimateOptions {
  readonly domains?: Domains;
  readonly confidence?: number;
}

/**
 * Weighted totals by domain, sum of w y, with linearised variance on the whole design, or from replicates. O(n) for a design, O(n x replicates) otherwise.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1), stratumOfUnit: Int32Array.of(0, 0), unitsInStratum: Int32Array.of(2), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: Float64Array.of(10, 30), unitOf: stage.unitOf, stratumOf: Int32Array.of(0, 0), stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * totals(design, Float64Array.of(1, 2)).map(({ estimate, standardError }) => [estimate, standardError]) // [ [ 70, 50 ] ]
 * ```
 */
export function totals(
  survey: SurveyWeighting,
  values: Float64Array,
  options: EstimateOptions = {},
): readonly SurveyEstimate[] {
  return estimateByDomain(survey, totalStatistic, values, null, options);
}

/**
 * Weighted means by domain, sum of w y / sum of w. A missing value (NaN) leaves the domain and is counted. O(n), or O(n x replicates).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * means(design, Float64Array.of(4, 4, 8)).map(({ estimate, standardError }) => [estimate, standardError.toFixed(3)]) // [ [ 4.8, "0.999" ] ]
 * ```
 */
export function means(
  survey: SurveyWeighting,
  values: Float64Array,
  options: EstimateOptions = {},
): readonly SurveyEstimate[] {
  return estimateByDomain(survey, meanStatistic, values, null, options);
}

/**
 * Ratios of two totals by domain, sum of w y / sum of w x. A row that misses either leaves the domain. NaN when the denominator is 0. O(n), or O(n x replicates).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * ratios(design, Float64Array.of(4, 4, 8), Float64Array.of(2, 4, 4)).map(({ estimate, degreesOfFreedom }) => [estimate.toFixed(3), degreesOfFreedom]) // [ [ "1.333", 2 ] ]
 * ```
 */
export function ratios(
  survey: SurveyWeighting,
  numerator: Float64Array,
  denominator: Float64Array,
  options: EstimateOptions = {},
): readonly SurveyEstimate[] {
  return estimateByDomain(survey, ratioStatistic, numerator, denominator, options);
}

function estimateByDomain(
  survey: SurveyWeighting,
  statistic: Statistic,
  y: Float64Array,
  x: Float64Array | null,
  { domains, confidence = 0.95 }: EstimateOptions,
): readonly SurveyEstimate[] {
  checkConfidence(confidence);
  const groups = domainRows(survey.weights, x ? [y, x] : [y], domains);
  const sums = groups.map(({ rows }) => domainSums(survey.weights, rows, y, x));
  const points = sums.map((sum, g) => (groups[g].rows.length > 0 ? statistic.estimate(sum) : Number.NaN));
  const linearised = groups.map(({ rows }, g) =>
    Float64Array.from(rows, (row) => statistic.linearised(y[row], x ? x[row] : 0, points[g], sums[g])),
  );
  const found = isReplicated(survey)
    ? replicateVariances(survey, statistic, groups, points, y, x)
    : linearisedVariances(survey, groups, linearised);
  return groups.map((group, g) => {
    const counts = domainCounts(survey, group);
    const variance = group.rows.length > 0 ? found[g].variance : Number.NaN;
    const standardError = Math.sqrt(variance);
    const half = studentQuantile((1 + confidence) / 2, counts.degreesOfFreedom) * standardError;
    const effects = designEffects(variance, survey.weights, group.rows, linearised[g]);
    return {
      ...counts,
      estimate: points[g],
      standardError,
      low: points[g] - half,
      high: points[g] + half,
      ...effects,
      equivalentSize: counts.respondents / effects.designEffectReplace,
      variance: isReplicated(survey) ? survey.method : survey.variance,
      failedReplicates: found[g].failed,
    };
  });
}

/** Counts of a domain: respondents, missing answers, weights, degrees of freedom. O(rows). */
export function domainCounts(survey: SurveyWeighting, { name, rows, missing }: DomainRows): DomainCounts {
  let [weightSum, squares] = [0, 0];
  for (const row of rows) {
    weightSum += survey.weights[row];
    squares += survey.weights[row] ** 2;
  }
  return {
    domain: name,
    respondents: rows.length,
    missing,
    weightSum,
    effectiveSize: rows.length > 0 ? weightSum ** 2 / squares : 0,
    degreesOfFreedom: isReplicated(survey)
      ? replicateDegreesOfFreedom(survey, rows)
      : degreesOfFreedomOfRows(survey, rows),
  };
}

interface DomainVariance {
  readonly variance: number;
  readonly failed: number;
}

function linearisedVariances(
  design: Parameters<typeof domainVariance>[0],
  groups: readonly DomainRows[],
  linearised: readonly Float64Array[],
): readonly DomainVariance[] {
  const varianceOf = domainVariance(design);
  return groups.map(({ rows }, g) => ({ variance: varianceOf(rows, linearised[g]), failed: 0 }));
}

function replicateVariances(
  survey: Extract<SurveyWeighting, { readonly replicates: number }>,
  statistic: Statistic,
  groups: readonly DomainRows[],
  points: readonly number[],
  y: Float64Array,
  x: Float64Array | null,
): readonly DomainVariance[] {
  const weights = new Float64Array(survey.weights.length);
  const values = groups.map(() => new Float64Array(survey.replicates));
  for (let r = 0; r < survey.replicates; r++) {
    survey.fill(r, weights);
    groups.forEach(({ rows }, g) => {
      const sums: DomainSums = domainSums(weights, rows, y, x);
      values[g][r] = statistic.estimate(sums);
    });
  }
  return values.map((column, g) => {
    const { covariance, failed } = replicateCovariance(
      survey,
      [points[g]],
      Array.from(column, (value) => [value]),
    );
    return { variance: covariance[0], failed };
  });
}
