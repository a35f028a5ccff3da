import { type CalibrationDistance, checkBounds, type RatioBounds } from "./distance.ts";

/**
 * Linear distance truncated to bounds: w = d min(high, max(low, 1 + u)) (Deville and Särndal 1992, case 7). Many ratios may stand at a bound.
 * @example
 * ```ts
 * const ratios = new Float64Array(3);
 * truncatedDistance([0.5, 2]).apply(Float64Array.of(-4, 0.25, 9), Float64Array.of(1, 1, 1), ratios, new Float64Array(3));
 * [...ratios] // [ 0.5, 1.25, 2 ]
 * ```
 */
export function truncatedDistance(bounds: RatioBounds): CalibrationDistance {
  checkBounds(bounds);
  const [low, high] = bounds;
  const [from, to] = [low - 1, high - 1];
  return {
    name: "truncated",
    low,
    high,
    apply: (predictor, start, ratios, slopes) => {
      let sum = 0;
      for (let p = 0; p < predictor.length; p++) {
        const u = predictor[p];
        const inside = Math.max(from, Math.min(u, to));
        ratios[p] = 1 + inside;
        slopes[p] = inside === u ? 1 : 0;
        sum += start[p] * (inside + (inside * inside) / 2 + (1 + inside) * (u - inside));
      }
      return sum;
    },
  };
}
