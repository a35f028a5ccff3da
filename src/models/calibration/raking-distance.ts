import type { CalibrationDistance } from "./distance.ts";

/**
 * Raking ratio: w = d exp(u), the least relative entropy w log(w/d) - w + d (Deming and Stephan 1940; Deville, Särndal and Sautory 1993). Weights are positive; ratios
 * have no upper bound.
 * @example
 * ```ts
 * const ratios = new Float64Array(2);
 * rakingDistance.apply(Float64Array.of(0, Math.log(3)), Float64Array.of(1, 1), ratios, new Float64Array(2));
 * [...ratios].map((ratio) => ratio.toFixed(6)) // [ '1.000000', '3.000000' ]
 * ```
 */
export const rakingDistance: CalibrationDistance = {
  name: "raking",
  low: 0,
  high: Number.POSITIVE_INFINITY,
  apply: (predictor, start, ratios, slopes) => {
    let sum = 0;
    for (let p = 0; p < predictor.length; p++) {
      const ratio = Math.exp(predictor[p]);
      ratios[p] = ratio;
      slopes[p] = ratio;
      if (start[p] > 0) sum += start[p] * Math.expm1(predictor[p]);
    }
    return sum;
  },
};
