import type { GlmFit } from "./glm.ts";
import { columnOf, type ScenarioColumns, scenarioPredictor } from "./scenario.ts";

/** An average over the rows of a fit: what each row gives, the average, and its derivatives with respect to the coefficients. */
export interface RowAverage {
  readonly rows: Float64Array;
  readonly average: number;
  readonly gradient: Float64Array;
}

/** Average of the means predicted in a scenario, by weights of the rows. O(rows x columns). */
export function averageMean(fit: GlmFit, weights: Float64Array, columns: ScenarioColumns): RowAverage {
  const predictor = scenarioPredictor(fit, columns);
  const slopes = predictor.map(fit.link.slope);
  const rows = predictor.map(fit.link.mean);
  const gradient = Float64Array.from({ length: fit.matrix.columns }, (_, k) =>
    weightedMean(weights, columns.get(k) ?? columnOf(fit.matrix, k), slopes),
  );
  return { rows, average: weightedMean(weights, rows), gradient };
}

/** Average of the derivative of the mean with respect to a number, whose derivatives of the columns are given. O(rows x columns). */
export function averageSlope(fit: GlmFit, weights: Float64Array, derivatives: ScenarioColumns): RowAverage {
  const { matrix, coefficients, predictor, link } = fit;
  const rate = new Float64Array(matrix.rows);
  for (const [column, values] of derivatives)
    for (let row = 0; row < matrix.rows; row++) rate[row] += coefficients[column] * values[row];
  const slopes = predictor.map(link.slope);
  const bends = predictor.map((eta, row) => link.curvature(eta) * rate[row]);
  const rows = slopes.map((slope, row) => slope * rate[row]);
  const gradient = Float64Array.from({ length: matrix.columns }, (_, k) => {
    const derivative = derivatives.get(k);
    const through = weightedMean(weights, columnOf(matrix, k), bends);
    return derivative ? through + weightedMean(weights, derivative, slopes) : through;
  });
  return { rows, average: weightedMean(weights, rows), gradient };
}

/** The difference of two averages over the same rows. */
export const difference = (to: RowAverage, from: RowAverage): RowAverage => ({
  rows: to.rows.map((value, row) => value - from.rows[row]),
  average: to.average - from.average,
  gradient: to.gradient.map((value, k) => value - from.gradient[k]),
});

function weightedMean(weights: Float64Array, values: Float64Array, times?: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < weights.length; row++) {
    if (weights[row] === 0) continue;
    sum += weights[row] * values[row] * (times ? times[row] : 1);
    total += weights[row];
  }
  return sum / total;
}
