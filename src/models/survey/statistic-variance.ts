import { studentQuantile } from "../uncertainty/student-t.ts";
import { type DesignVariance, degreesOfFreedomOfRows } from "./design.ts";
import { totalVariance } from "./design-variance.ts";
import { replicateDegreesOfFreedom } from "./replicate-degrees.ts";
import { isReplicated, type ReplicateMethod, type SurveyWeighting } from "./replicate-design.ts";
import { replicateCovariance } from "./replicate-variance.ts";

/** An estimate with its standard error and Student's interval (of 95 % when nothing else is said). */
export interface PartEstimate {
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

export interface StatisticVariance {
  readonly parts: readonly PartEstimate[];
  readonly degreesOfFreedom: number;
  /** The formula of the variance. */
  readonly variance: DesignVariance | ReplicateMethod;
  /** Replicates that gave no number, and are left out; 0 for a linearised variance. */
  readonly failedReplicates: number;
}

/** Several numbers computed together from the weights, with the linearised variable of each (one value a respondent, 0 outside the rows). */
export interface WeightedStatistic {
  readonly values: Float64Array;
  readonly linearised: () => readonly Float64Array[];
}

/**
 * Standard errors of a statistic of the weights: linearised for a design; for replicate weights, from the statistic done again on each, all its rules with it.
 * `rows` are the respondents whose units give the degrees of freedom.
 */
export function statisticVariance(
  survey: SurveyWeighting,
  rows: Int32Array,
  statistic: (weights: Float64Array) => WeightedStatistic,
  confidence: number = 0.95,
): StatisticVariance {
  const { values, linearised } = statistic(survey.weights);
  let variances: readonly number[];
  let failedReplicates = 0;
  if (isReplicated(survey)) {
    const weights = new Float64Array(survey.weights.length);
    const replicates = Array.from({ length: survey.replicates }, (_, replicate) => {
      survey.fill(replicate, weights);
      return statistic(weights).values;
    });
    const { covariance, failed } = replicateCovariance(survey, values, replicates);
    variances = Array.from(values, (_, k) => covariance[k * values.length + k]);
    failedReplicates = failed;
  } else variances = linearised().map((variable) => totalVariance(survey, variable));
  const degreesOfFreedom = isReplicated(survey)
    ? replicateDegreesOfFreedom(survey, rows)
    : degreesOfFreedomOfRows(survey, rows);
  const t = studentQuantile((1 + confidence) / 2, degreesOfFreedom);
  const parts = Array.from(values, (estimate, k) => {
    const standardError = Number.isNaN(estimate) ? Number.NaN : Math.sqrt(variances[k]);
    return { estimate, standardError, low: estimate - t * standardError, high: estimate + t * standardError };
  });
  return {
    parts,
    degreesOfFreedom,
    variance: isReplicated(survey) ? survey.method : survey.variance,
    failedReplicates,
  };
}
