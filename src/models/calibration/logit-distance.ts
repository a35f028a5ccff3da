import { type CalibrationDistance, checkBounds, type RatioBounds } from "./distance.ts";

/**
 * Bounded logit (Deville and Särndal 1992, case 6): with A = (U - L) / ((1 - L)(U - 1)),
 * w = d [L (U - 1) + U (1 - L) exp(A u)] / [(U - 1) + (1 - L) exp(A u)]. Ratios stay strictly between the bounds.
 * @example
 * ```ts
 * const ratios = new Float64Array(3);
 * logitDistance([0.5, 2]).apply(Float64Array.of(-99, 0, 99), Float64Array.of(1, 1, 1), ratios, new Float64Array(3));
 * [...ratios].map((ratio) => ratio.toFixed(6)) // [ '0.500000', '1.000000', '2.000000' ]
 * ```
 */
export function logitDistance(bounds: RatioBounds): CalibrationDistance {
  checkBounds(bounds);
  const [low, high] = bounds;
  const range = high - low;
  const steepness = range / ((1 - low) * (high - 1));
  // F(u) = low + range x logistic(steepness u + shift), whose value at 0 is (1 - low) / range.
  const shift = Math.log((1 - low) / (high - 1));
  const atZero = softplus(shift);
  return {
    name: "logit",
    low,
    high,
    apply: (predictor, start, ratios, slopes) => {
      let sum = 0;
      for (let p = 0; p < predictor.length; p++) {
        const x = steepness * predictor[p] + shift;
        const small = Math.exp(-Math.abs(x));
        const [near, far] = [1 / (1 + small), small / (1 + small)];
        ratios[p] = x >= 0 ? high - range * far : low + range * far;
        slopes[p] = range * steepness * near * far;
        sum += start[p] * (low * predictor[p] + (range / steepness) * (Math.max(0, x) + Math.log1p(small) - atZero));
      }
      return sum;
    },
  };
}

const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
