import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { SurveyWeighting } from "../survey/replicate-design.ts";
import { type PartEstimate, type StatisticVariance, statisticVariance } from "../survey/statistic-variance.ts";
import { type CommonSupport, commonSupport } from "./common-support.ts";
import { compositionParts, type ReferenceRates } from "./composition-parts.ts";
import { type GroupPair, groupPair } from "./group-pair.ts";

export type { ReferenceRates } from "./composition-parts.ts";

/** An answer that one group only gives: those who give it cannot be compared. */
export interface UnmatchedLevel {
  readonly variable: string;
  readonly level: string;
  /** Share of each group's weight, 0 to 1. */
  readonly shares: readonly [number, number];
}

export interface CompositionGap extends Omit<StatisticVariance, "parts"> {
  /** First less second, everybody who answered: outside + composition + remaining, exactly. */
  readonly raw: PartEstimate;
  /** What those without a counterpart in the other group add to the gap; 0 when there are none. */
  readonly outside: PartEstimate;
  /** What different compositions explain, at the reference rates. */
  readonly composition: PartEstimate;
  /** What remains at equal composition. */
  readonly remaining: PartEstimate;
  /** The composition part of each question; they sum to it. */
  readonly byVariable: readonly ({ readonly variable: string } & PartEstimate)[];
  /** composition / raw; null when the interval of `raw` holds 0, since a share of nothing means nothing. May be under 0 or over 1. */
  readonly explainedShare: number | null;
  readonly reference: ReferenceRates;
  readonly respondents: readonly [number, number];
  /** Respondents of the two groups without one of the answers. */
  readonly missing: number;
  readonly unmatched: readonly UnmatchedLevel[];
  /** Share of each group's weight without a counterpart: never silent. */
  readonly unmatchedShares: readonly [number, number];
}

/**
 * Oaxaca and Blinder's (1973) decomposition of the gap between two groups, the answer being a linear function of coded questions in each: how much of the gap goes with a
 * different composition, how much remains. With one question (`crossCells` of several) it is Kitagawa's decomposition of rates by cell, without a model. Those whose answer
 * nobody of the other group gives are set apart, as Ñopo (2008) does. Variances by linearisation, regressions included, or from replicates.
 * It describes: what "explains" a gap here need not cause it. O(rows x questions^2 + levels^3).
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), stratumOfUnit: new Int32Array(8), unitsInStratum: Int32Array.of(8), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: new Float64Array(8).fill(1), stratumOf: new Int32Array(8), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * const groups = { name: "lieu", levels: ["QPV", "ailleurs"], codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
 * const diploma = { name: "diplôme", levels: ["aucun", "bac"], codes: Int32Array.of(0, 0, 0, 1, 0, 1, 1, 1) };
 * const { raw, composition } = compositionGap(design, Float64Array.of(0, 0, 0, 1, 0, 1, 1, 1), { groups, first: "QPV", second: "ailleurs", variables: [diploma] });
 * [raw.estimate, composition.estimate.toFixed(6)] // [-0.5, "-0.500000"]
 * ```
 */
export function compositionGap(
  survey: SurveyWeighting,
  answers: Float64Array,
  comparison: {
    readonly groups: CategoricalVariable;
    readonly first: string;
    readonly second: string;
    readonly variables: readonly CategoricalVariable[];
    readonly reference?: ReferenceRates;
  },
): CompositionGap {
  const { variables, reference = "average", first, second } = comparison;
  if (variables.length === 0)
    throw new QuartiersError({ what: "Aucune question pour la composition", expected: "au moins une question codée" });
  const pair = groupPair(survey.weights, answers, comparison, variables);
  const support = commonSupport(survey.weights, pair.sideOf, pair.rows, variables);
  if (support.rows.length === 0)
    throw new QuartiersError({
      what: "Aucune réponse commune aux deux groupes\u00a0: l'écart ne se décompose pas",
      value: `${first}, ${second}`,
      expected: "des réponses que donnent des personnes des deux groupes",
      remedy: "regrouper les modalités",
    });
  const { parts, ...found } = statisticVariance(survey, pair.rows, (weights) => {
    const whole = weights === survey.weights;
    const common = whole ? support : commonSupport(weights, pair.sideOf, pair.rows, variables);
    return compositionParts(weights, answers, pair, common, variables, reference, whole ? [first, second] : null);
  });
  const [raw, outside, composition, remaining, ...details] = parts;
  const { unmatched, unmatchedShares } = unmatchedLevels(survey.weights, pair, support, variables);
  return {
    raw,
    outside,
    composition,
    remaining,
    byVariable: variables.map(({ name }, q) => ({ variable: name, ...details[q] })),
    explainedShare: raw.low > 0 || raw.high < 0 ? composition.estimate / raw.estimate : null,
    reference,
    ...found,
    respondents: [0, 1].map((side) => pair.sideOf.filter((of) => of === side).length) as [number, number],
    missing: pair.missing,
    unmatched,
    unmatchedShares,
  };
}

/** The levels that one group only gives, and the share of each group that leaves with them. */
function unmatchedLevels(
  weights: Float64Array,
  { sideOf, rows }: GroupPair,
  support: CommonSupport,
  variables: readonly CategoricalVariable[],
): { readonly unmatched: readonly UnmatchedLevel[]; readonly unmatchedShares: readonly [number, number] } {
  const total = [0, 0];
  const within = [0, 0];
  for (const row of rows) total[sideOf[row]] += weights[row];
  for (const row of support.rows) within[sideOf[row]] += weights[row];
  const unmatched = variables.flatMap(({ name, levels, codes }, q) => {
    const held = levels.map((): [number, number] => [0, 0]);
    for (const row of rows) held[codes[row]][sideOf[row]] += weights[row] / total[sideOf[row]];
    return levels
      .map((level, code) => ({ variable: name, level, shares: held[code], code }))
      .filter(({ code, shares }) => !support.levels[q].includes(code) && shares[0] + shares[1] > 0)
      .map(({ code: _, ...level }) => level);
  });
  return { unmatched, unmatchedShares: [1 - within[0] / total[0], 1 - within[1] / total[1]] };
}
