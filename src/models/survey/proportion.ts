import { QuartiersError } from "../../codes/errors.ts";
import { groupProportions } from "./group-proportions.ts";
import type { ProportionMethod } from "./proportion-interval.ts";
import type { SurveyWeighting } from "./replicate-design.ts";
import {
  type PartEstimate,
  type StatisticVariance,
  statisticVariance,
  type WeightedStatistic,
} from "./statistic-variance.ts";

export { clopperPearsonInterval, type ProportionMethod, wilsonInterval } from "./proportion-interval.ts";

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
  /** Replicates that gave no number, and are left out; 0 for a linearised variance. */
  readonly failedReplicates: number;
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
 * At p = 0 or 1 the variance is 0 and no interval of `ProportionMethod` works, Wilson's aside: Clopper and Pearson on the effective size (n / Kish effect), and said.
 * When the domain has no degree of freedom, the bounds are NaN. O(n + domains), times the replicates if the survey has some.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), stratumOfUnit: new Int32Array(8), unitsInStratum: Int32Array.of(8), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: new Float64Array(8).fill(1), stratumOf: new Int32Array(8), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * proportions(design, Float64Array.of(1, 1, 0, 0, 1, 0, 0, 0), { domains: [..."aaaabbbb"] }).map(({ domain, estimate }) => [domain, estimate]) // [["a", 0.5], ["b", 0.25]]
 * ```
 */
export function proportions(
  survey: SurveyWeighting,
  answers: Float64Array,
  { domains, method = "logit", confidence = 0.95 }: ProportionOptions = {},
): readonly Proportion[] {
  checkDomains(survey, domains);
  const names = domains ? [...new Set(domains)].filter((name) => name !== "") : ["Ensemble"];
  return namedProportions(survey, answers, names, domainCodes(survey, names, domains), { method, confidence });
}

/** The difference of two proportions, first less second, in points of share (0 to 1). */
export interface ProportionGap extends PartEstimate, Omit<StatisticVariance, "parts"> {
  readonly first: Proportion;
  readonly second: Proportion;
}

/**
 * Gap between two domains of one survey. Both are linearised on the same design (or taken on the same replicates), so that the covariance due to shared clusters counts.
 * Interval of Student on the degrees of freedom of the two domains together. A domain of nobody gives NaN.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), stratumOfUnit: new Int32Array(8), unitsInStratum: Int32Array.of(8), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: new Float64Array(8).fill(1), stratumOf: new Int32Array(8), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * proportionGap(design, Float64Array.of(1, 1, 0, 0, 1, 0, 0, 0), { domains: [..."aaaabbbb"], first: "a", second: "b" }).estimate // 0.25
 * ```
 */
export function proportionGap(
  survey: SurveyWeighting,
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
  if (method === "wilson")
    throw new QuartiersError({
      what: "La méthode de Wilson ignore le plan de sondage",
      value: method,
      expected: "logit, mean, beta, likelihood, asin ou xlogit pour un écart pondéré",
    });
  if (first === second)
    throw new QuartiersError({
      what: "Un écart compare deux domaines différents",
      value: first,
      expected: "deux noms distincts",
    });
  checkDomains(survey, domains);
  const codes = domainCodes(survey, [first, second], domains);
  const [one, two] = namedProportions(survey, answers, [first, second], codes, { method, confidence });
  const rows = Int32Array.from(codes.keys()).filter(
    (row) => codes[row] >= 0 && !Number.isNaN(answers[row]) && survey.weights[row] !== 0,
  );
  const { parts, degreesOfFreedom, variance, failedReplicates } = statisticVariance(
    survey,
    rows,
    (weights) => shareGap(weights, answers, codes, rows),
    confidence,
  );
  return { first: one, second: two, ...parts[0], degreesOfFreedom, variance, failedReplicates };
}

/** Weighted share of the rows of code 0 less that of code 1. */
function shareGap(
  weights: Float64Array,
  answers: Float64Array,
  codes: Int32Array,
  rows: Int32Array,
): WeightedStatistic {
  const yes = [0, 0];
  const total = [0, 0];
  for (const row of rows) {
    total[codes[row]] += weights[row];
    yes[codes[row]] += weights[row] * answers[row];
  }
  const shares = yes.map((sum, side) => sum / total[side]);
  const linearised = (): readonly Float64Array[] => {
    const variable = new Float64Array(weights.length);
    for (const row of rows) {
      const side = codes[row];
      variable[row] = ((side === 0 ? 1 : -1) * (answers[row] - shares[side])) / total[side];
    }
    return [variable];
  };
  return { values: Float64Array.of(shares[0] - shares[1]), linearised };
}

function namedProportions(
  survey: SurveyWeighting,
  answers: Float64Array,
  names: readonly string[],
  codes: Int32Array,
  { method, confidence }: { readonly method: ProportionMethod; readonly confidence: number },
): readonly Proportion[] {
  const found = groupProportions(survey, answers, codes, names.length, { method, confidence });
  return names.map((domain, code) => ({
    domain,
    estimate: found.estimate[code],
    standardError: found.standardError[code],
    low: found.low[code],
    high: found.high[code],
    method: found.exact[code] === 1 ? "clopper-pearson" : method,
    respondents: found.respondents[code],
    weightSum: found.weightSum[code],
    effectiveSize: found.effectiveSize[code],
    degreesOfFreedom: found.degreesOfFreedom[code],
    failedReplicates: found.failedReplicates[code],
  }));
}

/** Place of each row's domain in `names`, -1 for another one; everybody is in the first when there is no domain. */
function domainCodes(
  survey: SurveyWeighting,
  names: readonly string[],
  domains: readonly string[] | undefined,
): Int32Array {
  if (!domains) return new Int32Array(survey.weights.length);
  const codeOf = new Map(names.map((name, code) => [name, code]));
  return Int32Array.from(domains, (name) => codeOf.get(name) ?? -1);
}

function checkDomains(survey: SurveyWeighting, domains: readonly string[] | undefined): void {
  const n = survey.weights.length;
  if (domains && domains.length !== n)
    throw new QuartiersError({
      what: "Domaines et poids de longueurs différentes",
      value: String(domains.length),
      expected: `${n} lignes`,
    });
}
