import { checkConfidence } from "../uncertainty/replicate-interval.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { type DesignVariance, degreesOfFreedomOfRows, type SurveyDesign } from "./design.ts";
import { totalVariance } from "./design-variance.ts";
import type { LinearisedEstimate } from "./linearised-estimate.ts";

/** A number computed from estimates, itself linearised: it can enter another function. */
export interface SmoothEstimate extends LinearisedEstimate {
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly degreesOfFreedom: number;
  readonly variance: DesignVariance;
}

/**
 * Any smooth function of estimates of one survey (a difference, a product, a logarithm of a ratio) with its variance by linearisation: the linearised variable is the sum of gradient x those
 * of the parts (Woodruff 1971; Deville 1999), on the whole design, so that the covariance of the parts counts. `gradient` gives the derivatives; without it they are taken by central differences
 * at two steps (relative error about 1e-11). Student's interval on the degrees of freedom of all rows together. O(n x parts).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...stage, weights: Float64Array.of(10, 30, 10), stratumOf: Int32Array.of(0, 0, 0), stages: [stage], lonelyUnit: "fail", lonelyStrata: 0, calibration: null };
 * const rows = Int32Array.of(0, 1, 2);
 * const total = { domain: "Ensemble", estimate: 60, rows, values: Float64Array.of(2, 1, 1) };
 * const doubled = smoothEstimate(design, [total], ([value]) => 2 * value);
 * [doubled.estimate, doubled.standardError.toFixed(6), doubled.degreesOfFreedom] // [ 120, "34.641016", 2 ]
 * ```
 */
export function smoothEstimate(
  design: SurveyDesign,
  parts: readonly LinearisedEstimate[],
  value: (estimates: readonly number[]) => number,
  {
    gradient = (estimates) => numericalGradient(value, estimates),
    confidence = 0.95,
    domain = "Ensemble",
  }: {
    readonly gradient?: (estimates: readonly number[]) => readonly number[];
    readonly confidence?: number;
    readonly domain?: string;
  } = {},
): SmoothEstimate {
  checkConfidence(confidence);
  const n = design.weights.length;
  const points = parts.map(({ estimate }) => estimate);
  const slopes = gradient(points);
  const whole = new Float64Array(n);
  const touched = new Uint8Array(n);
  parts.forEach(({ rows, values }, part) => {
    for (let k = 0; k < rows.length; k++) {
      whole[rows[k]] += slopes[part] * values[k];
      touched[rows[k]] = 1;
    }
  });
  const rows = Int32Array.from(touched.keys()).filter((row) => touched[row] === 1);
  const values = Float64Array.from(rows, (row) => whole[row]);
  const estimate = value(points);
  const degreesOfFreedom = degreesOfFreedomOfRows(design, rows);
  const standardError = Number.isFinite(estimate) ? Math.sqrt(totalVariance(design, whole)) : Number.NaN;
  const half = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
  return {
    domain,
    estimate,
    rows,
    values,
    standardError,
    low: estimate - half,
    high: estimate + half,
    degreesOfFreedom,
    variance: design.variance,
  };
}

/**
 * Derivatives by central differences at a thousandth and half of it of each value, extrapolated (Richardson). O(2 parts) values.
 * @example
 * ```ts
 * numericalGradient(([a, b]) => a / b, [6, 3]).map((slope) => slope.toFixed(9)) // [ "0.333333333", "-0.666666667" ]
 * ```
 */
export function numericalGradient(value: (at: readonly number[]) => number, at: readonly number[]): readonly number[] {
  return at.map((point, part) => {
    const step = 1e-3 * (Math.abs(point) || 1);
    const slope = (h: number): number => {
      const above = at.with(part, point + h);
      const below = at.with(part, point - h);
      return (value(above) - value(below)) / (above[part] - below[part]);
    };
    return (4 * slope(step / 2) - slope(step)) / 3;
  });
}
