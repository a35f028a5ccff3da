import { quadraticForm } from "../linear-algebra/cholesky.ts";
import type { DesignMatrix } from "./design-matrix.ts";
import type { FayHerriotInput, VarianceMethod } from "./fay-herriot-likelihood.ts";

/** Mean squared errors to the second order: Prasad and Rao (1990), Datta and Lahiri (2000), Datta, Rao and Smith (2005), by method. */
export function meanSquaredErrors(
  { samplingVariance }: FayHerriotInput,
  { rows, columns, values }: DesignMatrix,
  sampled: Int32Array,
  {
    areaVariance,
    covariance,
    shrinkage,
    method,
  }: {
    readonly areaVariance: number;
    readonly covariance: Float64Array;
    readonly shrinkage: Float64Array;
    readonly method: VarianceMethod;
  },
): Float64Array {
  let [inverse, inverseSquares, squares, leverages] = [0, 0, 0, 0];
  for (const area of sampled) {
    const total = areaVariance + samplingVariance[area];
    inverse += 1 / total;
    inverseSquares += 1 / (total * total);
    squares += total * total;
    leverages += quadraticForm(covariance, values, area * columns, columns) / (total * total);
  }
  const n = sampled.length;
  const known = new Uint8Array(rows);
  for (const area of sampled) known[area] = 1;
  const varianceOfVariance =
    method === "prasad-rao"
      ? (2 * squares) / (n * n)
      : method === "fay-herriot"
        ? (2 * n) / (inverse * inverse)
        : 2 / inverseSquares;
  const bias =
    method === "ml"
      ? -leverages / inverseSquares
      : method === "fay-herriot"
        ? (2 * (n * inverseSquares - inverse * inverse)) / inverse ** 3
        : 0;
  return Float64Array.from({ length: rows }, (_, area) => {
    const synthetic = 1 - shrinkage[area];
    const ofCoefficients = synthetic * synthetic * quadraticForm(covariance, values, area * columns, columns);
    const ofEffect = known[area] ? samplingVariance[area] * shrinkage[area] : areaVariance;
    const ofVariance = known[area]
      ? (synthetic * synthetic * varianceOfVariance) / (areaVariance + samplingVariance[area])
      : 0;
    return ofEffect + ofCoefficients + 2 * ofVariance - bias * synthetic * synthetic;
  });
}
