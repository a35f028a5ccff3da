import { marginName, marginTotals, type SeedColumns } from "./seed-columns.ts";

/** What a margin was, should be and is. */
export interface MarginReport {
  readonly margin: string;
  readonly target: number;
  /** Under the start weights. */
  readonly before: number;
  readonly after: number;
  /** (after - target) / target; the difference itself when the target is 0. */
  readonly gap: number;
}

/** The ratios of weight after to weight before, over households. */
export interface RatioReport {
  readonly min: number;
  readonly p10: number;
  readonly median: number;
  readonly p90: number;
  readonly max: number;
  /** Households at (within a millionth of) the low and the high bound. */
  readonly atLow: number;
  readonly atHigh: number;
  /** Households whose weight is negative (linear distance only). */
  readonly negative: number;
  /** Households whose ratio is under a millionth of the median: margins that almost exclude them. */
  readonly vanishing: number;
}

/** Printed beside every calibration: what it did to the weights, and how much information is left. */
export interface WeightReport {
  readonly margins: readonly MarginReport[];
  readonly largestGap: number;
  readonly ratios: RatioReport;
  /** Kish's effective number of households, (sum of w)^2 / sum of w^2, before and after (Kish 1965), excluded households left out. */
  readonly effectiveBefore: number;
  readonly effectiveAfter: number;
  /** Households taken out because a margin of theirs is 0. */
  readonly excluded: number;
}

/** Sums over the households of each profile. */
export interface StartSums {
  readonly weights: Float64Array;
  readonly squares: Float64Array;
}

/** Start weights by profile: their sum and the sum of their squares. O(households). */
export function startSums({ profiles, profileOf }: SeedColumns, weights: Float64Array): StartSums {
  const sums = { weights: new Float64Array(profiles), squares: new Float64Array(profiles) };
  for (let i = 0; i < profileOf.length; i++) {
    sums.weights[profileOf[i]] += weights[i];
    sums.squares[profileOf[i]] += weights[i] * weights[i];
  }
  return sums;
}

/**
 * Describes a weighting by its ratios of profiles. Quantiles are the smallest ratio that at least such a share of the households (of those not excluded) does not
 * exceed. O(households log households + cells).
 * @example
 * ```ts
 * const columns = { households: 3, profiles: 2, profileOf: Int32Array.of(0, 1, 1), profileSize: Int32Array.of(1, 2), margins: [{ variable: "taille", category: "2+", of: "households" }],
 *   rowStart: Int32Array.of(0, 0, 1), column: Int32Array.of(0), value: Float64Array.of(1) };
 * const report = weightReport(columns, startSums(columns, Float64Array.of(1, 1, 1)), Float64Array.of(2, 1), Float64Array.of(2), [0, Infinity]);
 * [report.ratios.median, report.ratios.max, report.effectiveBefore, report.effectiveAfter.toFixed(3), report.largestGap] // [ 1, 2, 3, "2.667", 0 ]
 * ```
 */
export function weightReport(
  columns: SeedColumns,
  start: StartSums,
  ratios: Float64Array,
  targets: Float64Array,
  bounds: readonly [number, number],
): WeightReport {
  const before = marginTotals(columns, start.weights);
  const after = marginTotals(
    columns,
    start.weights.map((weight, p) => weight * ratios[p]),
  );
  let largestGap = 0;
  const margins = columns.margins.map((margin, k) => {
    const difference = after[k] - targets[k];
    const gap = targets[k] === 0 ? difference : difference / Math.abs(targets[k]);
    largestGap = Math.max(largestGap, Math.abs(gap));
    return { margin: marginName(margin), target: targets[k], before: before[k], after: after[k], gap };
  });
  let [sumBefore, squaresBefore, sumAfter, squaresAfter] = [0, 0, 0, 0];
  let excluded = 0;
  for (let p = 0; p < ratios.length; p++) {
    if (start.weights[p] === 0) excluded += columns.profileSize[p];
    sumBefore += start.weights[p];
    squaresBefore += start.squares[p];
    sumAfter += ratios[p] * start.weights[p];
    squaresAfter += ratios[p] ** 2 * start.squares[p];
  }
  return {
    margins,
    largestGap,
    ratios: ratioReport(columns, start.weights, ratios, bounds),
    effectiveBefore: sumBefore ** 2 / squaresBefore,
    effectiveAfter: sumAfter ** 2 / squaresAfter,
    excluded,
  };
}

function ratioReport(
  { profileOf }: SeedColumns,
  start: Float64Array,
  ratios: Float64Array,
  [low, high]: readonly [number, number],
): RatioReport {
  // One ratio a household: the plain sort of numbers is faster than one of profiles by a comparison.
  const sorted = new Float64Array(profileOf.length);
  let households = 0;
  for (let i = 0; i < profileOf.length; i++) if (start[profileOf[i]] > 0) sorted[households++] = ratios[profileOf[i]];
  const kept = sorted.subarray(0, households).sort();
  const quantile = (share: number): number => kept[Math.max(0, Math.ceil(share * households) - 1)] ?? Number.NaN;
  const median = quantile(0.5);
  const report = { atLow: 0, atHigh: 0, negative: 0, vanishing: 0 };
  const lowest = low > 0 ? low * (1 + 1e-6) : low;
  const highest = high * (1 - 1e-6);
  for (let i = 0; i < households; i++) {
    const ratio = kept[i];
    if (ratio <= lowest) report.atLow++;
    if (ratio >= highest) report.atHigh++;
    if (ratio < 0) report.negative++;
    else if (ratio < 1e-6 * median) report.vanishing++;
  }
  return { min: quantile(0), p10: quantile(0.1), median, p90: quantile(0.9), max: quantile(1), ...report };
}
