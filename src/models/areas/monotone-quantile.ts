import { QuartiersError } from "../../codes/errors.ts";

/** Two ways to bend a monotone cubic through the published quantiles. */
export type MonotoneMethod = "hyman" | "fritsch-carlson";
/** Under the lowest published quantile: a straight line from 0 EUR ("linear-to-zero"), everybody at 0 ("zero"), or everybody at that quantile ("flat"). */
export type LowerTail = "linear-to-zero" | "zero" | "flat";
/** Over the highest: a Pareto tail through the last two quantiles ("pareto"), or everybody at that quantile ("flat"). */
export type UpperTail = "pareto" | "flat";

export interface QuantileKnots {
  /** Increasing, strictly between 0 and 1: 0.1, 0.5, 0.9 for D1, the median and D9. */
  readonly probabilities: readonly number[];
  /** The quantiles, never decreasing, 0 or more, in the unit of the ceiling (EUR a year and a consumption unit). */
  readonly values: readonly number[];
}

export interface QuantileOptions {
  readonly method?: MonotoneMethod;
  readonly lowerTail?: LowerTail;
  readonly upperTail?: UpperTail;
}

/** A quantile function made from published quantiles. */
export interface MonotoneQuantile {
  /** The value under which a share p (0 to 1) of persons lies. */
  readonly quantile: (p: number) => number;
  /** The share (0 to 1) of persons strictly below a value. */
  readonly shareBelow: (value: number) => number;
}

/**
 * A monotone quantile function through published quantiles, any two or more of them: cubic Hermite pieces whose slopes are limited by Hyman (1983,
 * from the spline of Forsythe, Malcolm and Moler) or by Fritsch and Carlson (1980), as R's `splinefun(method = "hyman" | "monoH.FC")` does.
 * Beyond the published quantiles nothing is known: the tails are assumptions, named in the options.
 * @example
 * ```ts
 * const income = monotoneQuantile({ probabilities: [0.1, 0.5, 0.9], values: [6000, 12000, 24000] });
 * [income.quantile(0.5), income.shareBelow(12000), income.shareBelow(3000)] // [ 12000, 0.5, 0.05 ]
 * ```
 */
export function monotoneQuantile(knots: QuantileKnots, options: QuantileOptions = {}): MonotoneQuantile {
  const { method = "hyman", lowerTail = "linear-to-zero", upperTail = "pareto" } = options;
  checkKnots(knots);
  const x = Float64Array.from(knots.probabilities);
  const y = Float64Array.from(knots.values);
  const slopes = method === "hyman" ? hymanSlopes(x, y) : fritschCarlsonSlopes(x, y);
  const last = x.length - 1;
  const paretoIndex = upperTail === "pareto" ? paretoIndexOf(x, y) : Number.POSITIVE_INFINITY;

  const quantile = (p: number): number => {
    if (!(p >= 0 && p <= 1)) return Number.NaN;
    if (p < x[0]) return lowerTail === "flat" ? y[0] : lowerTail === "zero" ? 0 : (y[0] * p) / x[0];
    if (p > x[last]) return y[last] * ((1 - x[last]) / (1 - p)) ** (1 / paretoIndex);
    return hermite(x, y, slopes, pieceOf(x, p), p);
  };
  const shareBelow = (value: number): number => {
    if (Number.isNaN(value)) return Number.NaN;
    if (value <= 0) return 0;
    if (value <= y[0]) return lowerTail === "flat" ? 0 : lowerTail === "zero" ? x[0] : (x[0] * value) / y[0];
    if (value > y[last]) return 1 - (1 - x[last]) * (y[last] / value) ** paretoIndex;
    return inverse(value);
  };
  /** Bisection inside the only piece where the value can be. */
  const inverse = (value: number): number => {
    let piece = 0;
    while (y[piece + 1] < value) piece++;
    if (y[piece + 1] === value) return x[piece + 1];
    let [low, high] = [x[piece], x[piece + 1]];
    while (true) {
      const middle = (low + high) / 2;
      if (middle <= low || middle >= high) return low;
      if (hermite(x, y, slopes, piece, middle) < value) low = middle;
      else high = middle;
    }
  };
  return { quantile, shareBelow };
}

function checkKnots({ probabilities, values }: QuantileKnots): void {
  const listed = probabilities.map((p, i) => `${p}: ${values[i]}`).join(", ");
  if (probabilities.length !== values.length || probabilities.length < 2) {
    throw new QuartiersError({
      what: "Il faut au moins deux quantiles publiés pour interpoler",
      value: listed,
      expected: "autant de probabilités que de valeurs",
    });
  }
  for (let i = 0; i < probabilities.length; i++) {
    const [p, value] = [probabilities[i] ?? Number.NaN, values[i] ?? Number.NaN];
    const [before, valueBefore] = i === 0 ? [0, 0] : [probabilities[i - 1] ?? 0, values[i - 1] ?? 0];
    if (!(p > before && p < 1))
      throw new QuartiersError({
        what: "Les probabilités doivent croître entre 0 et 1",
        value: listed,
        expected: "0,1 puis 0,5 puis 0,9",
      });
    if (!(value >= valueBefore && value < Number.POSITIVE_INFINITY)) {
      throw new QuartiersError({
        what: "Les quantiles publiés ne croissent pas, ou sont négatifs",
        value: listed,
        expected: "des valeurs finies, positives, qui ne baissent jamais",
        remedy: "vérifier l'ordre des colonnes (D1, médiane, D9) et les valeurs masquées",
      });
    }
  }
}

/** Pareto index so that the tail leaves the last quantile as the last two do: ln((1 - a)/(1 - b)) / ln(Qb/Qa). Flat quantiles make a flat tail. */
function paretoIndexOf(x: Float64Array, y: Float64Array): number {
  const last = x.length - 1;
  if (!(y[last - 1] > 0)) return Number.POSITIVE_INFINITY;
  const index = Math.log((1 - x[last - 1]) / (1 - x[last])) / Math.log(y[last] / y[last - 1]);
  return index > 0 ? index : Number.POSITIVE_INFINITY;
}

function pieceOf(x: Float64Array, p: number): number {
  let piece = 0;
  while (piece < x.length - 2 && x[piece + 1] <= p) piece++;
  return piece;
}

function hermite(x: Float64Array, y: Float64Array, slopes: Float64Array, piece: number, at: number): number {
  const width = x[piece + 1] - x[piece];
  const t = (at - x[piece]) / width;
  const rise = y[piece + 1] - y[piece];
  const [start, end] = [slopes[piece] * width, slopes[piece + 1] * width];
  return y[piece] + t * (start + t * (3 * rise - 2 * start - end + t * (start + end - 2 * rise)));
}

function secants(x: Float64Array, y: Float64Array): Float64Array {
  return Float64Array.from({ length: x.length - 1 }, (_, i) => (y[i + 1] - y[i]) / (x[i + 1] - x[i]));
}

/** Fritsch and Carlson (1980), with the circle of radius 3 as region of monotonicity. */
export function fritschCarlsonSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const secant = secants(x, y);
  const last = x.length - 1;
  const slopes = Float64Array.from(x, (_, i) =>
    i === 0 ? secant[0] : i === last ? secant[last - 1] : (secant[i - 1] + secant[i]) / 2,
  );
  for (let i = 0; i < last; i++) {
    if (secant[i] === 0) {
      slopes[i] = 0;
      slopes[i + 1] = 0;
      continue;
    }
    const alpha = slopes[i] / secant[i];
    const beta = slopes[i + 1] / secant[i];
    const [nearStart, nearEnd] = [2 * alpha + beta - 3, alpha + 2 * beta - 3];
    if (nearStart > 0 && nearEnd > 0 && alpha * (nearStart + nearEnd) < nearStart * nearStart) {
      const shrink = (3 * secant[i]) / Math.hypot(alpha, beta);
      slopes[i] = shrink * alpha;
      slopes[i + 1] = shrink * beta;
    }
  }
  return slopes;
}

/** Hyman (1983, SIAM J. Sci. Stat. Comput. 4): the slopes of the cubic spline, cut so that each piece stays monotone. */
export function hymanSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const secant = secants(x, y);
  const last = x.length - 1;
  return splineSlopes(x, y).map((slope, i) => {
    const before = secant[Math.max(i - 1, 0)];
    const after = secant[Math.min(i, last - 1)];
    const sign = before * after > 0 ? after : slope;
    const bound = 3 * Math.min(Math.abs(before), Math.abs(after));
    return sign >= 0 ? Math.min(Math.max(0, slope), bound) : Math.max(Math.min(0, slope), -bound);
  });
}

/** Slopes of the cubic spline whose ends take the third derivative of the cubic through the four nearest points (Forsythe, Malcolm, Moler 1977). */
function splineSlopes(x: Float64Array, y: Float64Array): Float64Array {
  const n = x.length;
  const last = n - 1;
  const secant = secants(x, y);
  if (n === 2) return Float64Array.of(secant[0], secant[0]);
  const width = Float64Array.from(secant, (_, i) => x[i + 1] - x[i]);
  const diagonal = new Float64Array(n);
  const sigma = new Float64Array(n);
  for (let i = 1; i < last; i++) {
    diagonal[i] = 2 * (width[i - 1] + width[i]);
    sigma[i] = secant[i] - secant[i - 1];
  }
  diagonal[0] = -width[0];
  diagonal[last] = -width[last - 1];
  if (n > 3) {
    const startBend = sigma[2] / (x[3] - x[1]) - sigma[1] / (x[2] - x[0]);
    const endBend = sigma[last - 1] / (x[last] - x[last - 2]) - sigma[last - 2] / (x[last - 1] - x[last - 3]);
    sigma[0] = (startBend * width[0] * width[0]) / (x[3] - x[0]);
    sigma[last] = (-endBend * width[last - 1] * width[last - 1]) / (x[last] - x[last - 3]);
  }
  for (let i = 1; i < n; i++) {
    const factor = width[i - 1] / diagonal[i - 1];
    diagonal[i] -= factor * width[i - 1];
    sigma[i] -= factor * sigma[i - 1];
  }
  sigma[last] /= diagonal[last];
  for (let i = last - 1; i >= 0; i--) sigma[i] = (sigma[i] - width[i] * sigma[i + 1]) / diagonal[i];
  return Float64Array.from(x, (_, i) =>
    i < last
      ? secant[i] - width[i] * (sigma[i + 1] + 2 * sigma[i])
      : secant[last - 1] + width[last - 1] * (sigma[last - 1] + 2 * sigma[last]),
  );
}
