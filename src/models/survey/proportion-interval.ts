import { QuartiersError } from "../../codes/errors.ts";
import { betaQuantile } from "../uncertainty/incomplete-beta.ts";
import { normalQuantile } from "../uncertainty/normal.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";

/**
 * Intervals of R survey's svyciprop, and Wilson's:
 * - "logit" (default): symmetric on the log-odds, stays between 0 and 1. "xlogit" is the same interval: R reaches the first by a fit (again on each replicate, if the
 *   survey has some: a slightly different one), the second by this formula.
 * - "mean" (Wald): symmetric around the estimate, can leave 0 to 1.
 * - "beta": Korn and Graubard (1998), for rare practices.
 * - "likelihood": the shares whose log-likelihood ratio, divided by the design effect of the log-odds, is under Student's squared quantile (Rao and Scott 1984).
 * - "asin": symmetric on the arcsine of the root, cut at 0 and 1 (R folds it back there).
 * - "wilson": UNWEIGHTED sample only, the design is ignored and the estimate is the plain proportion.
 */
export type ProportionMethod = "logit" | "mean" | "beta" | "likelihood" | "asin" | "xlogit" | "wilson";

/** A proportion strictly between 0 and 1, and what its design says of it. */
export interface EstimatedProportion {
  readonly estimate: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** Persons who answered, not weighted. */
  readonly respondents: number;
}

/**
 * Interval of a weighted proportion. NaN bounds without a degree of freedom; the estimate itself when its standard error is 0. At 0 and 1 none of these methods
 * works, and `proportions` gives `clopperPearsonInterval` instead. `student` gives the quantile for given degrees of freedom, to a caller who keeps them.
 * @example
 * ```ts
 * const cinema = { estimate: 0.1, standardError: 0.03, degreesOfFreedom: 40, respondents: 200 };
 * proportionInterval(cinema, "logit").map((bound) => bound.toFixed(4)) // [ '0.0536', '0.1789' ]
 * ```
 */
export function proportionInterval(
  proportion: EstimatedProportion,
  method: Exclude<ProportionMethod, "wilson"> = "logit",
  confidence: number = 0.95,
  student: (degreesOfFreedom: number) => number = (df) => studentQuantile((1 + confidence) / 2, df),
): readonly [number, number] {
  const { estimate: p, standardError, degreesOfFreedom, respondents } = proportion;
  const t = student(degreesOfFreedom);
  if (Number.isNaN(t) || Number.isNaN(standardError)) return [Number.NaN, Number.NaN];
  if (standardError === 0) return [p, p];
  const half = t * standardError;
  switch (method) {
    case "mean":
      return [p - half, p + half];
    case "logit":
    case "xlogit": {
      const logOdds = Math.log(p / (1 - p));
      const halfOdds = half / (p * (1 - p));
      return [1 / (1 + Math.exp(halfOdds - logOdds)), 1 / (1 + Math.exp(-halfOdds - logOdds))];
    }
    case "asin": {
      const angle = Math.asin(Math.sqrt(p));
      const halfAngle = half / (2 * Math.sqrt(p * (1 - p)));
      return [Math.sin(Math.max(0, angle - halfAngle)) ** 2, Math.sin(Math.min(Math.PI / 2, angle + halfAngle)) ** 2];
    }
    case "beta": {
      const ratio = student(respondents - 1) / t;
      const size = ((p * (1 - p)) / standardError ** 2) * ratio ** 2;
      return clopperPearsonInterval(size * p, size, confidence);
    }
    case "likelihood": {
      // R divides the deviance by the variance of Pearson's residuals, which is n / (n - 1) without a covariate.
      const divergence = ((half * half) / (2 * p * (1 - p))) * (respondents / (respondents - 1));
      return [divergenceBound(p, divergence, -1), divergenceBound(p, divergence, 1)];
    }
    default:
      throw new QuartiersError({
        what: "Méthode d'intervalle inconnue",
        value: method,
        expected: "logit, mean, beta, likelihood, asin ou xlogit",
      });
  }
}

/** The share q below (side -1) or above (1) p where p log(p/q) + (1-p) log((1-p)/(1-q)) reaches `divergence`. Newton on the log-odds, inside a bracket. */
function divergenceBound(p: number, divergence: number, side: -1 | 1): number {
  const centre = Math.log(p / (1 - p));
  // Divergence at log-odds x: A(x) - A(centre) - p (x - centre), with A(x) = log(1 + e^x); its slope is q - p.
  const excess = (x: number): number => softplus(x) - softplus(centre) - p * (x - centre) - divergence;
  let step = Math.max(Math.sqrt((2 * divergence) / (p * (1 - p))), 1e-12);
  while (excess(centre + side * step) < 0) step *= 2;
  let near = 0;
  let far = step;
  for (let turn = 0; turn < 200; turn++) {
    const x = centre + side * step;
    const value = excess(x);
    if (value > 0) far = step;
    else near = step;
    const newton = step - value / (side * (1 / (1 + Math.exp(-x)) - p));
    const next = newton > near && newton < far ? newton : (near + far) / 2;
    if (Math.abs(next - step) <= 1e-15 * step) break;
    step = next;
  }
  return 1 / (1 + Math.exp(-(centre + side * step)));
}

/** log(1 + e^x), without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/**
 * Wilson's interval (1927) of `successes` in `n` independent answers of equal weight.
 * @example
 * ```ts
 * wilsonInterval(1, 10).map((bound) => bound.toFixed(6)) // [ '0.017876', '0.404150' ]
 * ```
 */
export function wilsonInterval(successes: number, n: number, confidence: number = 0.95): readonly [number, number] {
  if (!(n > 0)) return [Number.NaN, Number.NaN];
  const z = normalQuantile((1 + confidence) / 2);
  const p = successes / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [successes === 0 ? 0 : centre - half, successes === n ? 1 : centre + half];
}

/**
 * Clopper and Pearson's exact interval (1934); n may be an effective, fractional size. At 0 successes it goes from 0 to 1 - tail^(1/n), and the mirror at n.
 * @example
 * ```ts
 * clopperPearsonInterval(0, 10).map((bound) => bound.toFixed(6)) // [ '0.000000', '0.308497' ]
 * ```
 */
export function clopperPearsonInterval(
  successes: number,
  n: number,
  confidence: number = 0.95,
): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  if (successes <= 0) return [0, -Math.expm1(Math.log(tail) / n)];
  if (successes >= n) return [Math.exp(Math.log(tail) / n), 1];
  return [betaQuantile(tail, successes, n - successes + 1), betaQuantile(1 - tail, successes + 1, n - successes)];
}
