import { QuartiersError } from "../../codes/errors.ts";
import { countingSort } from "../access/counting-sort.ts";
import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { type GroupedRows, groupVariances } from "./group-variances.ts";
import {
  clopperPearsonInterval,
  type ProportionMethod,
  proportionInterval,
  wilsonInterval,
} from "./proportion-interval.ts";
import type { SurveyWeighting } from "./replicate-design.ts";

/** One row a group, in the order of the codes. */
export interface GroupProportions {
  /** Shares (0 to 1); NaN where nobody answered. */
  readonly estimate: Float64Array;
  /** 0 where everybody, or nobody, answers yes. */
  readonly standardError: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** 1 where Clopper and Pearson's interval stands in, at 0 and 1. */
  readonly exact: Uint8Array;
  /** Respondents who answered and stand for somebody. */
  readonly respondents: Int32Array;
  /** Persons they stand for. */
  readonly weightSum: Float64Array;
  /** Respondents / Kish effect. */
  readonly effectiveSize: Float64Array;
  readonly degreesOfFreedom: Int32Array;
  /** Replicates that gave no number for the group, and are left out; 0 for a linearised variance. */
  readonly failedReplicates: Int32Array;
}

/**
 * Weighted proportions of a yes/no answer in many groups at once: those of `proportions` (same rules, same bounds), as columns. `answers` holds 1, 0, or NaN for no answer;
 * `groups` the group of each row, from 0, or -1 for none. Strata and units that a group never meets keep their place in its variance and cost nothing.
 * O(rows + groups) for a design; O(rows x replicates) for replicate weights, O(rows x groups) for a calibrated design.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3), stratumOfUnit: new Int32Array(4), unitsInStratum: Int32Array.of(4), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: Float64Array.of(1, 2, 1, 4), stratumOf: new Int32Array(4), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null };
 * groupProportions(design, Float64Array.of(1, 0, 0, 1), Int32Array.of(1, 0, 1, 0), 2).estimate // Float64Array(2) [ 0.6666666666666666, 0.5 ]
 * ```
 */
export function groupProportions(
  survey: SurveyWeighting,
  answers: Float64Array,
  groups: Int32Array,
  count: number,
  { method = "logit", confidence = 0.95 }: { readonly method?: ProportionMethod; readonly confidence?: number } = {},
): GroupProportions {
  checkConfidence(confidence);
  checkColumns(survey.weights.length, answers, groups, count);
  const grouped = answeredRows(survey.weights, answers, groups, count);
  const sums = groupSums(survey.weights, answers, grouped);
  const { respondents, yes, weightSum, effectiveSize } = sums;
  const { variance, degreesOfFreedom, failedReplicates } = groupVariances(
    survey,
    grouped,
    answers,
    sums.weightedShare,
    weightSum,
  );
  const wilson = method === "wilson";
  const estimate = wilson ? sums.weightedShare.map((_, group) => yes[group] / respondents[group]) : sums.weightedShare;
  const standardError = new Float64Array(count).fill(Number.NaN);
  const low = new Float64Array(count).fill(Number.NaN);
  const high = new Float64Array(count).fill(Number.NaN);
  const exact = new Uint8Array(count);
  const student = studentCache(confidence);
  for (let group = 0; group < count; group++) {
    const p = estimate[group];
    const n = respondents[group];
    if (n === 0) continue;
    if (wilson) {
      standardError[group] = Math.sqrt((p * (1 - p)) / n);
      [low[group], high[group]] = wilsonInterval(yes[group], n, confidence);
    } else if (p === 0 || p === 1) {
      exact[group] = 1;
      standardError[group] = 0;
      [low[group], high[group]] = clopperPearsonInterval(p * effectiveSize[group], effectiveSize[group], confidence);
    } else {
      standardError[group] = Math.sqrt(variance[group]);
      const proportion = {
        estimate: p,
        standardError: standardError[group],
        degreesOfFreedom: degreesOfFreedom[group],
        respondents: n,
      };
      [low[group], high[group]] = proportionInterval(proportion, method, confidence, student);
    }
  }
  return {
    estimate,
    standardError,
    low,
    high,
    exact,
    respondents,
    weightSum,
    effectiveSize,
    degreesOfFreedom,
    failedReplicates,
  };
}

/** The rows that answered and stand for somebody, sorted by group. */
function answeredRows(weights: Float64Array, answers: Float64Array, groups: Int32Array, count: number): GroupedRows {
  const bins = groups.map((group, row) =>
    group < 0 || Number.isNaN(answers[row]) || weights[row] === 0 ? count : group,
  );
  const start = new Int32Array(count + 2);
  for (let row = 0; row < bins.length; row++) start[bins[row] + 1]++;
  for (let group = 0; group <= count; group++) start[group + 1] += start[group];
  return { rows: countingSort(bins, count + 1, null), start };
}

interface GroupSums {
  readonly respondents: Int32Array;
  /** Respondents who say yes. */
  readonly yes: Int32Array;
  readonly weightSum: Float64Array;
  readonly effectiveSize: Float64Array;
  /** Exactly 1 when everybody says yes; NaN when nobody answers. */
  readonly weightedShare: Float64Array;
}

function groupSums(weights: Float64Array, answers: Float64Array, { rows, start }: GroupedRows): GroupSums {
  const count = start.length - 2;
  const respondents = new Int32Array(count);
  const yes = new Int32Array(count);
  const weightSum = new Float64Array(count);
  const effectiveSize = new Float64Array(count);
  const weightedShare = new Float64Array(count).fill(Number.NaN);
  for (let group = 0; group < count; group++) {
    respondents[group] = start[group + 1] - start[group];
    if (respondents[group] === 0) continue;
    let [sum, squares, yesSum] = [0, 0, 0];
    for (let k = start[group]; k < start[group + 1]; k++) {
      const weight = weights[rows[k]];
      sum += weight;
      squares += weight * weight;
      if (answers[rows[k]] === 1) {
        yes[group]++;
        yesSum += weight;
      }
    }
    weightSum[group] = sum;
    effectiveSize[group] = (sum * sum) / squares;
    weightedShare[group] = yes[group] === respondents[group] ? 1 : yesSum / sum;
  }
  return { respondents, yes, weightSum, effectiveSize, weightedShare };
}

/** Student's quantile by degrees of freedom, computed once each: thousands of groups share a few. */
function studentCache(confidence: number): (degreesOfFreedom: number) => number {
  const known = new Map<number, number>();
  return (degreesOfFreedom) => {
    let t = known.get(degreesOfFreedom);
    if (t === undefined) {
      t = studentQuantile((1 + confidence) / 2, degreesOfFreedom);
      known.set(degreesOfFreedom, t);
    }
    return t;
  };
}

function checkColumns(n: number, answers: Float64Array, groups: Int32Array, count: number): void {
  if (answers.length !== n || groups.length !== n)
    throw new QuartiersError({
      what: "Réponses, domaines et poids de longueurs différentes",
      value: `${answers.length}, ${groups.length}`,
      expected: `${n} lignes`,
    });
  const odd = answers.findIndex((answer) => answer !== 0 && answer !== 1 && !Number.isNaN(answer));
  if (odd >= 0)
    throw new QuartiersError({
      what: `Réponse inattendue à la ligne ${odd + 1}`,
      value: String(answers[odd]),
      expected: "1 (oui), 0 (non) ou NaN (sans réponse)",
    });
  const stray = groups.findIndex((group) => !(group >= -1 && group < count));
  if (stray >= 0)
    throw new QuartiersError({
      what: `Groupe inconnu à la ligne ${stray + 1}`,
      value: String(groups[stray]),
      expected: `un code de 0 à ${count - 1}, ou -1 pour aucun groupe`,
    });
}
