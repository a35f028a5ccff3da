import type { SurveyDesign } from "./design.ts";
import { stratumScales, totalVariance } from "./design-variance.ts";
import type { DesignStage } from "./sampling-stage.ts";

/**
 * The variance of `totalVariance` for variables that are 0 outside some rows: `(rows, values) => variance`. Strata and units that no row touches keep their place in the
 * design and cost nothing, so that thousands of domains cost one pass over the survey: O(rows) a call (O(n) for a calibrated design, whose residuals are everywhere).
 */
export function domainVariance(design: SurveyDesign): (rows: Int32Array, values: Float64Array) => number {
  if (design.calibration) {
    const whole = new Float64Array(design.weights.length);
    return (rows, values) => {
      rows.forEach((row, k) => {
        whole[row] = values[k];
      });
      const variance = totalVariance(design, whole);
      for (const row of rows) whole[row] = 0;
      return variance;
    };
  }
  const parts = design.stages.map((stage) => stageVariance(stage, design));
  return (rows, values) => parts.reduce((sum, part) => sum + part(rows, values), 0);
}

function stageVariance(
  stage: DesignStage,
  { weights, lonelyUnit }: SurveyDesign,
): (rows: Int32Array, values: Float64Array) => number {
  const { unitOf, stratumOfUnit, unitsInStratum } = stage;
  const scales = stratumScales(stage, lonelyUnit);
  const unitTotal = new Float64Array(stratumOfUnit.length);
  const unitSeen = new Uint8Array(stratumOfUnit.length);
  const stratumTotal = new Float64Array(unitsInStratum.length);
  const unitsSeen = new Int32Array(unitsInStratum.length);
  return (rows, values) => {
    const units: number[] = [];
    const strata: number[] = [];
    for (let k = 0; k < rows.length; k++) {
      const unit = unitOf[rows[k]];
      if (unitSeen[unit] === 0) {
        unitSeen[unit] = 1;
        units.push(unit);
        const stratum = stratumOfUnit[unit];
        if (unitsSeen[stratum] === 0) strata.push(stratum);
        unitsSeen[stratum]++;
      }
      unitTotal[unit] += weights[rows[k]] * values[k];
    }
    for (const unit of units) stratumTotal[stratumOfUnit[unit]] += unitTotal[unit];
    let variance = 0;
    for (const unit of units) {
      const stratum = stratumOfUnit[unit];
      const count = unitsInStratum[stratum];
      // Only the rule "centred" gives a scale to a lonely unit, and takes it from 0.
      const centre = count === 1 ? 0 : stratumTotal[stratum] / count;
      variance += scales[stratum] * (unitTotal[unit] - centre) ** 2;
    }
    for (const stratum of strata) {
      const unseen = unitsInStratum[stratum] - unitsSeen[stratum];
      variance += scales[stratum] * unseen * (stratumTotal[stratum] / unitsInStratum[stratum]) ** 2;
    }
    for (const unit of units) {
      unitTotal[unit] = 0;
      unitSeen[unit] = 0;
    }
    for (const stratum of strata) {
      stratumTotal[stratum] = 0;
      unitsSeen[stratum] = 0;
    }
    return variance;
  };
}
