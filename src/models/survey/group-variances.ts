import type { SurveyDesign } from "./design.ts";
import { domainVariance } from "./domain-variance.ts";
import { replicateDegreesOfFreedom } from "./replicate-degrees.ts";
import { isReplicated, type ReplicateDesign, type SurveyWeighting } from "./replicate-design.ts";
import { replicateCovariance } from "./replicate-variance.ts";

/** Rows sorted by group: those of group g stand in `rows` from `start[g]` to `start[g + 1]`. */
export interface GroupedRows {
  readonly rows: Int32Array;
  readonly start: Int32Array;
}

export interface GroupVariances {
  readonly variance: Float64Array;
  readonly degreesOfFreedom: Int32Array;
  /** Replicates without a number for the group, left out; 0 for a design. */
  readonly failedReplicates: Int32Array;
}

/**
 * Variances of the weighted means of `values` in many groups, whose means and sums of weights are given. O(rows + groups) for a design, O(rows x replicates) for replicate
 * weights.
 */
export function groupVariances(
  survey: SurveyWeighting,
  { rows, start }: GroupedRows,
  values: Float64Array,
  means: Float64Array,
  weightSums: Float64Array,
): GroupVariances {
  const count = means.length;
  if (isReplicated(survey)) {
    const degreesOfFreedom = Int32Array.from(means, (_, group) =>
      replicateDegreesOfFreedom(survey, rows.subarray(start[group], start[group + 1])),
    );
    return { degreesOfFreedom, ...replicateVariances(survey, { rows, start }, values, means) };
  }
  const variance = new Float64Array(count);
  const varianceOf = domainVariance(survey);
  const linearised = new Float64Array(rows.length);
  for (let group = 0; group < count; group++) {
    for (let k = start[group]; k < start[group + 1]; k++)
      linearised[k] = (values[rows[k]] - means[group]) / weightSums[group];
    const own = rows.subarray(start[group], start[group + 1]);
    variance[group] = varianceOf(own, linearised.subarray(start[group], start[group + 1]));
  }
  return {
    variance,
    degreesOfFreedom: groupDegrees(survey, { rows, start }, count),
    failedReplicates: new Int32Array(count),
  };
}

/** Primary units less strata of each group: those of the last group met are marked, rather than a set made for each. */
function groupDegrees(
  { unitOf, stratumOf, stratumOfUnit, unitsInStratum }: SurveyDesign,
  grouped: GroupedRows,
  count: number,
): Int32Array {
  const { rows, start } = grouped;
  const unitMetBy = new Int32Array(stratumOfUnit.length).fill(-1);
  const stratumMetBy = new Int32Array(unitsInStratum.length).fill(-1);
  const degrees = new Int32Array(count);
  for (let group = 0; group < count; group++) {
    for (let k = start[group]; k < start[group + 1]; k++) {
      const unit = unitOf[rows[k]];
      const stratum = stratumOf[rows[k]];
      if (unitMetBy[unit] !== group) {
        unitMetBy[unit] = group;
        degrees[group]++;
      }
      if (stratumMetBy[stratum] !== group) {
        stratumMetBy[stratum] = group;
        degrees[group]--;
      }
    }
  }
  return degrees;
}

function replicateVariances(
  survey: ReplicateDesign,
  { rows, start }: GroupedRows,
  values: Float64Array,
  means: Float64Array,
): Pick<GroupVariances, "variance" | "failedReplicates"> {
  const count = means.length;
  const weights = new Float64Array(survey.weights.length);
  const replicates: Float64Array[] = [];
  for (let replicate = 0; replicate < survey.replicates; replicate++) {
    survey.fill(replicate, weights);
    const found = new Float64Array(count);
    for (let group = 0; group < count; group++) {
      let [sum, weightSum] = [0, 0];
      for (let k = start[group]; k < start[group + 1]; k++) {
        sum += weights[rows[k]] * values[rows[k]];
        weightSum += weights[rows[k]];
      }
      found[group] = sum / weightSum;
    }
    replicates.push(found);
  }
  const failedReplicates = new Int32Array(count);
  const variance = means.map((mean, group) => {
    const { covariance, failed } = replicateCovariance(
      survey,
      [mean],
      replicates.map((found) => [found[group]]),
    );
    if (start[group] < start[group + 1]) failedReplicates[group] = failed;
    return covariance[0];
  });
  return { variance, failedReplicates };
}
