import { QuartiersError } from "../../codes/errors.ts";
import { betaQuantile } from "../uncertainty/incomplete-beta.ts";
import { normalQuantile } from "../uncertainty/normal.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { degreesOfFreedom, effectiveSampleSize, type SurveyDesign, totalVariance } from "./design.ts";

/**
 * "logit" (default): symmetric on the log-odds, stays between 0 and 1. "mean" (Wald): can leave 0 to 1. "beta": Korn and Graubard (1998), for rare
 * practices. "wilson": UNWEIGHTED sample only, the design is ignored and the estimate is the plain proportion.
 */
export type ProportionMethod = "logit" | "mean" | "beta" | "wilson";

/** A proportion of a domain. */
export interface Proportion {
  /** Name of the domain. */
  readonly domain: string;
  /** Share (0 to 1); NaN when nobody in the domain answered. */
  readonly estimate: number;
  /** 0 when everybody, or nobody, answers yes. */
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  /** The interval in use: "clopper-pearson" takes over at 0 and 1, where no variance can be seen. */
  readonly method: ProportionMethod | "clopper-pearson";
  /** Respondents of the domain who answered: always printed beside the rest. */
  readonly respondents: number;
  /** Persons they stand for. */
  readonly weightSum: number;
  /** Respondents / Kish effect. */
  readonly effectiveSize: number;
  readonly degreesOfFreedom: number;
}

export interface ProportionOptions {
  /** Domain of each respondent, "" when it has none; one domain (« Ensemble ») when absent. */
  readonly domains?: readonly string[];
  readonly method?: ProportionMethod;
  readonly confidence?: number;
}

/**
 * Weighted proportion of a yes/no answer by domain, with linearised variance on the whole design and an interval (Särndal, Swensson and Wretman 1992;
 * Lumley 2010, R survey svyciprop). `answers` holds 1, 0, or NaN for no answer, which leaves the domain and the count. Domains in order of first row.
 *
 * At p = 0 or 1 the variance is 0 and no interval above works: Clopper and Pearson on the effective size (n / Kish effect), and said.
 * When the domain has no degree of freedom, the bounds are NaN. O(n x domains).
 */
export function proportions(
  design: SurveyDesign,
  answers: Float64Array,
  options: ProportionOptions = {},
): readonly Proportion[] {
  const { domains, method = "logit", confidence = 0.95 } = options;
  checkAnswers(design, answers, domains);
  if (!domains) return [proportionOf(design, answers, answeredIn(answers), "Ensemble", method, confidence)];
  const names = [...new Set(domains)].filter((name) => name !== "");
  return names.map((name) =>
    proportionOf(
      design,
      answers,
      answeredIn(answers, (i) => domains[i] === name),
      name,
      method,
      confidence,
    ),
  );
}

/** The difference of two proportions, first less second, in points of share (0 to 1). */
export interface ProportionGap {
  readonly first: Proportion;
  readonly second: Proportion;
  readonly estimate: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
  readonly degreesOfFreedom: number;
}

/**
 * Gap between two domains of one survey. Both are linearised on the same design, so that the covariance due to shared clusters counts. Interval of
 * Student on the degrees of freedom of the two domains together. A domain of nobody gives NaN.
 */
export function proportionGap(
  design: SurveyDesign,
  answers: Float64Array,
  {
    domains,
    first,
    second,
    confidence = 0.95,
    method = "logit",
  }: {
    readonly domains: readonly string[];
    readonly first: string;
    readonly second: string;
    readonly confidence?: number;
    readonly method?: ProportionMethod;
  },
): ProportionGap {
  checkAnswers(design, answers, domains);
  if (method === "wilson")
    throw new QuartiersError({
      what: "La méthode de Wilson ignore le plan de sondage",
      value: method,
      expected: "logit, mean ou beta pour un écart pondéré",
    });
  const inFirst = answeredIn(answers, (i) => domains[i] === first);
  const inSecond = answeredIn(answers, (i) => domains[i] === second);
  const one = proportionOf(design, answers, inFirst, first, method, confidence);
  const two = proportionOf(design, answers, inSecond, second, method, confidence);
  const difference = linearised(answers, inFirst, one);
  const other = linearised(answers, inSecond, two);
  for (let i = 0; i < difference.length; i++) difference[i] -= other[i];
  const either = inFirst.map((yes, i) => (yes === 1 || inSecond[i] === 1 ? 1 : 0));
  const df = degreesOfFreedom(design, either);
  const estimate = one.estimate - two.estimate;
  const standardError = Math.sqrt(totalVariance(design, difference));
  const half = studentQuantile((1 + confidence) / 2, df) * standardError;
  return {
    first: one,
    second: two,
    estimate,
    standardError,
    low: estimate - half,
    high: estimate + half,
    degreesOfFreedom: df,
  };
}

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

/** Clopper and Pearson's exact interval (1934); n may be an effective, fractional size. */
export function clopperPearsonInterval(
  successes: number,
  n: number,
  confidence: number = 0.95,
): readonly [number, number] {
  const tail = (1 - confidence) / 2;
  return [
    successes <= 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    successes >= n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  ];
}

function checkAnswers(design: SurveyDesign, answers: Float64Array, domains: readonly string[] | undefined): void {
  const n = design.weights.length;
  if (answers.length !== n || (domains && domains.length !== n)) {
    throw new QuartiersError({
      what: "Réponses, domaines et poids de longueurs différentes",
      value: `${answers.length}, ${domains?.length ?? "aucun"}`,
      expected: `${n} lignes`,
    });
  }
  const odd = answers.findIndex((answer) => answer !== 0 && answer !== 1 && !Number.isNaN(answer));
  if (odd >= 0)
    throw new QuartiersError({
      what: `Réponse inattendue à la ligne ${odd + 1}`,
      value: String(answers[odd]),
      expected: "1 (oui), 0 (non) ou NaN (sans réponse)",
    });
}

/** 1 for the rows of the domain that answered. */
function answeredIn(answers: Float64Array, belongs: (row: number) => boolean = () => true): Uint8Array {
  return Uint8Array.from(answers, (answer, i) => (!Number.isNaN(answer) && belongs(i) ? 1 : 0));
}

/** (y - p) / sum of weights inside the domain, 0 outside: the linearised ratio. */
function linearised(
  answers: Float64Array,
  inDomain: Uint8Array,
  { estimate, weightSum }: { readonly estimate: number; readonly weightSum: number },
): Float64Array {
  return answers.map((answer, i) => (inDomain[i] === 1 ? (answer - estimate) / weightSum : 0));
}

function proportionOf(
  design: SurveyDesign,
  answers: Float64Array,
  inDomain: Uint8Array,
  domain: string,
  method: ProportionMethod,
  confidence: number,
): Proportion {
  const weights = design.weights.filter((_, i) => inDomain[i] === 1);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const respondents = weights.length;
  const df = degreesOfFreedom(design, inDomain);
  let yes = 0;
  let yesCount = 0;
  for (let i = 0; i < answers.length; i++) {
    if (inDomain[i] !== 1 || answers[i] !== 1) continue;
    yes += design.weights[i];
    yesCount++;
  }
  const counts = {
    domain,
    respondents,
    weightSum,
    effectiveSize: respondents > 0 ? effectiveSampleSize(weights) : 0,
    degreesOfFreedom: df,
  };
  if (respondents === 0)
    return { ...counts, estimate: Number.NaN, standardError: Number.NaN, low: Number.NaN, high: Number.NaN, method };
  if (method === "wilson") {
    const estimate = yesCount / respondents;
    const [low, high] = wilsonInterval(yesCount, respondents, confidence);
    return {
      ...counts,
      estimate,
      standardError: Math.sqrt((estimate * (1 - estimate)) / respondents),
      low,
      high,
      method,
    };
  }
  if (yesCount === 0 || yesCount === respondents) {
    const estimate = yesCount === 0 ? 0 : 1;
    const [low, high] = clopperPearsonInterval(estimate * counts.effectiveSize, counts.effectiveSize, confidence);
    return { ...counts, estimate, standardError: 0, low, high, method: "clopper-pearson" };
  }
  const estimate = yes / weightSum;
  const standardError = Math.sqrt(totalVariance(design, linearised(answers, inDomain, { estimate, weightSum })));
  const [low, high] = interval(estimate, standardError, df, respondents, method, confidence);
  return { ...counts, estimate, standardError, low, high, method };
}

function interval(
  p: number,
  standardError: number,
  df: number,
  respondents: number,
  method: "logit" | "mean" | "beta",
  confidence: number,
): readonly [number, number] {
  const t = studentQuantile((1 + confidence) / 2, df);
  if (method === "mean") return [p - t * standardError, p + t * standardError];
  if (method === "logit") {
    const logOdds = Math.log(p / (1 - p));
    const half = (t * standardError) / (p * (1 - p));
    return [1 / (1 + Math.exp(half - logOdds)), 1 / (1 + Math.exp(-half - logOdds))];
  }
  const size = ((p * (1 - p)) / standardError ** 2) * (studentQuantile((1 + confidence) / 2, respondents - 1) / t) ** 2;
  return clopperPearsonInterval(size * p, size, confidence);
}
