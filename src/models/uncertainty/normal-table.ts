import { normalCdf } from "./normal.ts";

const step = 1 / 32;
const last = 8.5;
const cdf: Float64Array = Float64Array.from({ length: 2 * last * 32 + 1 }, (_, i) => normalCdf(i * step - last));
const pdf: Float64Array = Float64Array.from(
  cdf,
  (_, i) => Math.exp(-((i * step - last) ** 2) / 2) / Math.sqrt(2 * Math.PI),
);

/**
 * Standard normal distribution function from a table of step 1/32 and six terms of Taylor's series at the nearest place: absolute error under 1e-15 to `normalCdf`, ten
 * times faster. For the millions of values of a microsimulation; in the tails its relative error is not kept (0 under -8.5).
 * @example
 * ```ts
 * tabledCdf(1.959963984540054).toFixed(12) // "0.975000000000"
 * ```
 */
export function tabledCdf(z: number): number {
  if (!(z > -last)) return Number.isNaN(z) ? Number.NaN : 0;
  if (z >= last) return 1;
  const place = Math.round((z + last) * 32);
  const x = place * step - last;
  const h = z - x;
  // Derivatives of the density are (-1)^n He_n(x) times it.
  const x2 = x * x;
  const series =
    1 -
    (h / 2) *
      (x -
        (h / 3) *
          (x2 - 1 - (h / 4) * (x * (x2 - 3) - (h / 5) * (x2 * (x2 - 6) + 3 - (h / 6) * x * (x2 * (x2 - 10) + 15)))));
  return cdf[place] + pdf[place] * h * series;
}
