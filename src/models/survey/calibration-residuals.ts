import type { SeedColumns } from "../calibration/seed-columns.ts";
import { choleskySolve } from "../linear-algebra/cholesky.ts";

/** What the variance of a calibrated design needs: the margins, and the regression on them under the weights before. */
export interface CalibrationResiduals {
  readonly columns: SeedColumns;
  /** Weight of each respondent before the calibration. */
  readonly startWeights: Float64Array;
  /** Margins that do not follow from others. */
  readonly free: Int32Array;
  /** Cholesky factor of X'DX on the free margins, D the weights before. */
  readonly factor: Float64Array;
}

/**
 * Residuals u - x'B of a linearised variable on the margins, B its regression under the weights before (Deville and Särndal 1992): with the calibrated weights g x d they give
 * the variance of the calibrated estimate, whatever the distance. O(n + cells + margins^2).
 */
export function calibrationResiduals(
  { columns, startWeights, free, factor }: CalibrationResiduals,
  linearised: Float64Array,
): Float64Array {
  const { profileOf, profiles, rowStart, column, value } = columns;
  const sums = new Float64Array(profiles);
  for (let i = 0; i < linearised.length; i++) sums[profileOf[i]] += startWeights[i] * linearised[i];
  const products = new Float64Array(columns.margins.length);
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) products[column[k]] += sums[p] * value[k];
  const solved = choleskySolve(
    factor,
    Float64Array.from(free, (margin) => products[margin]),
  );
  const slopes = new Float64Array(columns.margins.length);
  free.forEach((margin, j) => {
    slopes[margin] = solved[j];
  });
  const fitted = new Float64Array(profiles);
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) fitted[p] += slopes[column[k]] * value[k];
  return linearised.map((u, i) => u - fitted[profileOf[i]]);
}
