import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import type { ReplicateDesign, ReplicateMethod } from "./replicate-design.ts";
import { replicateCovariance } from "./replicate-variance.ts";

/** Estimates of any statistic, with the covariance that the replicates give. */
export interface ReplicateEstimates {
  readonly estimates: Float64Array;
  readonly standardErrors: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** p x p, row by row. */
  readonly covariance: Float64Array;
  readonly degreesOfFreedom: number;
  readonly replicates: number;
  /** Replicates whose statistic was not finite: left out, and said. */
  readonly failed: number;
  readonly variance: ReplicateMethod;
}

/**
 * Any statistic of the weights (a median, a coefficient, a calibrated mean), with its variance by replicates and Student's interval. The statistic receives a buffer of weights that
 * is used again: read it, do not keep it. O(replicates x (n + statistic)).
 * @example
 * ```ts
 * const km = Float64Array.of(2, 4);
 * const survey = { weights: Float64Array.of(1, 1), replicates: 2, fill: (r, into) => into.set([2 * r, 2 - 2 * r]), scale: 0.5,
 *   replicateScales: Float64Array.of(1, 1), mse: false, method: "jk1", source: null, degreesOfFreedom: 1 };
 * const mean = (weights) => [(weights[0] * km[0] + weights[1] * km[1]) / (weights[0] + weights[1])];
 * replicateEstimates(survey, mean).standardErrors // Float64Array(1) [ 1 ]
 * ```
 */
export function replicateEstimates(
  survey: ReplicateDesign,
  statistic: (weights: Float64Array) => ArrayLike<number>,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): ReplicateEstimates {
  checkConfidence(confidence);
  const buffer = Float64Array.from(survey.weights);
  const estimates = Float64Array.from(statistic(buffer));
  const values: Float64Array[] = [];
  for (let replicate = 0; replicate < survey.replicates; replicate++) {
    survey.fill(replicate, buffer);
    values.push(Float64Array.from(statistic(buffer)));
  }
  const { covariance, failed } = replicateCovariance(survey, estimates, values);
  const p = estimates.length;
  const standardErrors = estimates.map((_, a) => Math.sqrt(covariance[a * p + a]));
  const t = studentQuantile((1 + confidence) / 2, survey.degreesOfFreedom);
  return {
    estimates,
    standardErrors,
    low: estimates.map((estimate, a) => estimate - t * standardErrors[a]),
    high: estimates.map((estimate, a) => estimate + t * standardErrors[a]),
    covariance,
    degreesOfFreedom: survey.degreesOfFreedom,
    replicates: survey.replicates,
    failed,
    variance: survey.method,
  };
}
