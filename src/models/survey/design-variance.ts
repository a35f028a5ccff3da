import { calibrationResiduals } from "./calibration-residuals.ts";
import type { SurveyDesign } from "./design.ts";
import type { LonelyUnitRule } from "./lonely-units.ts";
import { type DesignStage, isLonely, unseenShare } from "./sampling-stage.ts";

/**
 * Variance of the total of a linearised variable, one value a respondent (0 outside the domain, weights applied here): over the stages that the design counts,
 * V = sum over strata of share x (1 - n/N) x n/(n-1) x sum over units of (z - mean z)^2, share being the sampling fraction of the units above
 * (Woodruff 1971; Särndal, Swensson and Wretman 1992, result 4.3.1). A calibrated design takes the residuals on its margins first. O(n x stages).
 */
export function totalVariance(design: SurveyDesign, linearised: Float64Array): number {
  return totalCovariance(design, [linearised])[0];
}

/**
 * Covariance matrix (p x p, row by row) of the totals of p linearised variables, by the formula of `totalVariance`. O(n x p x stages + units x p^2).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2), stratumOfUnit: Int32Array.of(0, 0, 0), unitsInStratum: Int32Array.of(3),
 *   populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: Float64Array.of(2, 2, 2), stages: [stage], lonelyUnit: "fail", calibration: null };
 * totalCovariance(design, [Float64Array.of(1, 2, 3), Float64Array.of(0, 1, 0)]) // Float64Array(4) [ 12, 0, 0, 4 ]
 * ```
 */
export function totalCovariance(design: SurveyDesign, linearised: readonly Float64Array[]): Float64Array {
  const p = linearised.length;
  const covariance = new Float64Array(p * p);
  const columns = design.calibration
    ? linearised.map((column) => calibrationResiduals(design.calibration as never, column))
    : linearised;
  for (const stage of design.stages) {
    const totals = columns.map((column) => unitTotals(stage, design.weights, column));
    const scales = stratumScales(stage, design.lonelyUnit);
    const deviations = totals.map((total) => fromStratumMean(stage, total, design.lonelyUnit));
    for (let a = 0; a < p; a++) {
      for (let b = a; b < p; b++) {
        let sum = 0;
        for (let unit = 0; unit < stage.stratumOfUnit.length; unit++)
          sum += scales[stage.stratumOfUnit[unit]] * deviations[a][unit] * deviations[b][unit];
        covariance[a * p + b] += sum;
        if (a !== b) covariance[b * p + a] += sum;
      }
    }
  }
  return covariance;
}

/** What the squared deviations of each stratum are multiplied by; under "average", the strata that are seen also count for those that are not. */
export function stratumScales(stage: DesignStage, rule: LonelyUnitRule): Float64Array {
  const { unitsInStratum, shareOfStratum } = stage;
  let lonely = 0;
  for (let stratum = 0; stratum < unitsInStratum.length; stratum++) if (isLonely(stage, stratum)) lonely++;
  const seen = unitsInStratum.length - lonely;
  const average = rule === "average" && lonely > 0 ? unitsInStratum.length / seen : 1;
  return shareOfStratum.map((share, stratum) => {
    const units = unitsInStratum[stratum];
    const base = share * unseenShare(stage, stratum);
    if (units > 1) return ((base * units) / (units - 1)) * average;
    return rule === "centred" ? base : 0;
  });
}

function unitTotals({ unitOf, stratumOfUnit }: DesignStage, weights: Float64Array, values: Float64Array): Float64Array {
  const totals = new Float64Array(stratumOfUnit.length);
  for (let i = 0; i < values.length; i++) totals[unitOf[i]] += weights[i] * values[i];
  return totals;
}

/** Unit totals less the mean of their stratum; a lonely unit stays as it is under "centred". */
function fromStratumMean(
  { stratumOfUnit, unitsInStratum }: DesignStage,
  totals: Float64Array,
  rule: LonelyUnitRule,
): Float64Array {
  const means = new Float64Array(unitsInStratum.length);
  for (let unit = 0; unit < totals.length; unit++)
    means[stratumOfUnit[unit]] += totals[unit] / unitsInStratum[stratumOfUnit[unit]];
  return totals.map((total, unit) => {
    const stratum = stratumOfUnit[unit];
    return unitsInStratum[stratum] === 1 && rule === "centred" ? total : total - means[stratum];
  });
}
