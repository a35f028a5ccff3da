import { QuartiersError } from "../../codes/errors.ts";
import type { SurveyDesign } from "./design.ts";
import { totalCovariance } from "./design-variance.ts";
import { type Domains, domainRows } from "./estimate-domains.ts";
import { domainSums, meanStatistic, ratioStatistic, type Statistic, totalStatistic } from "./estimate-statistic.ts";

/** An estimate with its linearised variable: all that a variance, or a covariance with another estimate of the same survey, needs. */
export interface LinearisedEstimate {
  readonly domain: string;
  readonly estimate: number;
  /** Rows where the linearised variable is not 0, and its values there. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

const statistics: Readonly<Record<Statistic["name"], Statistic>> = {
  total: totalStatistic,
  mean: meanStatistic,
  ratio: ratioStatistic,
};

/**
 * Totals, means or ratios by domain as `totals`, `means` and `ratios` give them, with their linearised variables: one list can hold those of several variables, for
 * `estimateCovariance` and `smoothEstimate`. `denominator` for ratios only. O(n).
 * @example
 * ```ts
 * linearisedEstimates({ weights: Float64Array.of(1, 3) }, "mean", Float64Array.of(8, 4))[0].values // Float64Array(2) [ 0.75, -0.25 ]
 * ```
 */
export function linearisedEstimates(
  design: Pick<SurveyDesign, "weights">,
  statistic: Statistic["name"],
  values: Float64Array,
  { domains, denominator }: { readonly domains?: Domains; readonly denominator?: Float64Array } = {},
): readonly LinearisedEstimate[] {
  if ((statistic === "ratio") !== (denominator !== undefined))
    throw new QuartiersError({
      what: "Dénominateur absent d'un ratio, ou donné pour autre chose",
      value: statistic,
      expected: "denominator avec ratio, et lui seul",
    });
  const { estimate, linearised } = statistics[statistic];
  const x = denominator ?? null;
  return domainRows(design.weights, x ? [values, x] : [values], domains).map(({ name, rows }) => {
    const sums = domainSums(design.weights, rows, values, x);
    const point = rows.length > 0 ? estimate(sums) : Number.NaN;
    return {
      domain: name,
      estimate: point,
      rows,
      values: Float64Array.from(rows, (row) => linearised(values[row], x ? x[row] : 0, point, sums)),
    };
  });
}

/**
 * Covariance matrix (p x p, row by row) of estimates of one survey: domains that share primary units are not independent, and their covariance says how much.
 * NaN in the row and the column of an empty domain. O(n x p + units x p^2).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * const parts = linearisedEstimates(design, "total", Float64Array.of(1, 1, 1), { domains: ["a", "a", "b"] });
 * estimateCovariance(design, parts).map(Math.round) // Float64Array(4) [ 700, -200, -200, 100 ]
 * ```
 */
export function estimateCovariance(design: SurveyDesign, estimates: readonly LinearisedEstimate[]): Float64Array {
  const columns = estimates.map(({ rows, values }) => wholeColumn(design.weights.length, rows, values));
  const covariance = totalCovariance(design, columns);
  const p = estimates.length;
  estimates.forEach(({ rows }, a) => {
    if (rows.length > 0) return;
    for (let b = 0; b < p; b++) {
      covariance[a * p + b] = Number.NaN;
      covariance[b * p + a] = Number.NaN;
    }
  });
  return covariance;
}

/** A column of n rows, 0 outside those given. */
export function wholeColumn(n: number, rows: Int32Array, values: Float64Array): Float64Array {
  const column = new Float64Array(n);
  for (let k = 0; k < rows.length; k++) column[rows[k]] = values[k];
  return column;
}
