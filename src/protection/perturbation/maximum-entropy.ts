/** Probabilities of whole deviations. */
export interface NoiseLaw {
  readonly deviations: readonly number[];
  readonly probabilities: Float64Array;
  readonly variance: number;
  /** Whether the variance asked for is reached. */
  readonly reached: boolean;
}

/** Least and greatest variance of a law of mean 0 on that support; null when none has mean 0. */
export function varianceRange(
  support: readonly number[],
): { readonly least: number; readonly greatest: number } | null {
  const below = support.filter((v) => v <= 0);
  const above = support.filter((v) => v >= 0);
  if (below.length === 0 || above.length === 0) return null;
  const least = -Math.max(...below) * Math.min(...above);
  const greatest = -Math.min(...below) * Math.max(...above);
  return { least: least + 0, greatest: greatest + 0 };
}

/**
 * The law of greatest entropy on a support, of mean 0 and of a given variance: p(v) proportional to exp(alpha v + beta v²). Its two numbers
 * minimise the convex function log(sum exp(alpha v + beta v²)) - beta V, by Newton's method with halved steps; moments hold to 1e-12.
 * Where the support cannot reach V, the law of mean 0 and greatest entropy (beta = 0) is returned, with `reached` false.
 * Null when every law of mean 0 has a variance above V, or when there is none.
 * Source: Fraser and Wooton (2006); Giessing (2016).
 */
export function maximumEntropy(support: readonly number[], variance: number): NoiseLaw | null {
  const range = varianceRange(support);
  if (range === null || variance < range.least) return null;
  if (variance === range.least || variance === range.greatest) return twoPoints(support, variance);
  const reached = variance < range.greatest;
  if (range.greatest === 0) return { ...twoPoints(support, 0), reached: false };
  const probabilities = newton(support, reached ? variance : null);
  return { deviations: support, probabilities, variance: moment(support, probabilities, 2), reached };
}

/** At either end of the range of variances, the law stands on the two nearest or the two farthest deviations. */
function twoPoints(support: readonly number[], variance: number): NoiseLaw {
  const range = varianceRange(support);
  const below = support.filter((v) => v <= 0);
  const above = support.filter((v) => v >= 0);
  const nearest = variance === range?.least;
  const left = nearest ? Math.max(...below) : Math.min(...below);
  const right = nearest ? Math.min(...above) : Math.max(...above);
  const probabilities = Float64Array.from(support, (v) => {
    if (left === right) return v === left ? 1 : 0;
    return v === left ? right / (right - left) : v === right ? -left / (right - left) : 0;
  });
  return { deviations: support, probabilities, variance, reached: true };
}

const moment = (support: readonly number[], p: Float64Array, order: number): number =>
  support.reduce((sum, v, i) => sum + p[i] * v ** order, 0);

function newton(support: readonly number[], variance: number | null): Float64Array {
  const scale = Math.max(...support.map(Math.abs));
  const unit = support.map((v) => v / scale);
  const target = variance === null ? 0 : variance / scale ** 2;
  const at = (alpha: number, beta: number): { readonly p: Float64Array; readonly value: number } => {
    const exponents = unit.map((u) => alpha * u + beta * u * u);
    const top = Math.max(...exponents);
    const weights = Float64Array.from(exponents, (exponent) => Math.exp(exponent - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { p: weights.map((weight) => weight / total), value: top + Math.log(total) - beta * target };
  };
  let alpha = 0;
  let beta = 0;
  let here = at(alpha, beta);
  for (let step = 0; step < 200; step++) {
    const [m1, m2, m3, m4] = [1, 2, 3, 4].map((order) => moment(unit, here.p, order));
    const gradientBeta = variance === null ? 0 : m2 - target;
    if (Math.abs(m1) < 1e-15 && Math.abs(gradientBeta) < 1e-15) break;
    const aa = m2 - m1 * m1;
    const ab = m3 - m1 * m2;
    const bb = m4 - m2 * m2;
    const determinant = aa * bb - ab * ab;
    const plane = variance === null || determinant <= 1e-300;
    const moveAlpha = plane ? -m1 / aa : -(bb * m1 - ab * gradientBeta) / determinant;
    const moveBeta = plane ? 0 : -(aa * gradientBeta - ab * m1) / determinant;
    const slope = m1 * moveAlpha + gradientBeta * moveBeta;
    let length = 1;
    let next = at(alpha + moveAlpha, beta + moveBeta);
    // Near the end the function is flat to the last digit, and Newton's own step is the better guide.
    while (slope < -1e-9 && next.value > here.value + 1e-4 * length * slope && length > 1e-12) {
      length /= 2;
      next = at(alpha + length * moveAlpha, beta + length * moveBeta);
    }
    alpha += length * moveAlpha;
    beta += length * moveBeta;
    here = next;
  }
  return here.p;
}
