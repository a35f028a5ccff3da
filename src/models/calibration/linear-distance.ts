import type { CalibrationDistance } from "./distance.ts";

/**
 * Linear distance (w - d)^2 / 2d: w = d (1 + u), the weights of the generalised regression estimator (GREG; Cassel, Särndal and Wretman 1976).
 * One step solves it, and weights may be negative: the report counts them.
 * @example
 * ```ts
 * const ratios = new Float64Array(2);
 * linearDistance.apply(Float64Array.of(0.5, -2), Float64Array.of(1, 1), ratios, new Float64Array(2));
 * [...ratios] // [ 1.5, -1 ]
 * ```
 */
export const linearDistance: CalibrationDistance = {
  name: "linear",
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
  apply: (predictor, start, ratios, slopes) => {
    let sum = 0;
    for (let p = 0; p < predictor.length; p++) {
      const u = predictor[p];
      ratios[p] = 1 + u;
      slopes[p] = 1;
      sum += start[p] * (u + (u * u) / 2);
    }
    return sum;
  },
};
