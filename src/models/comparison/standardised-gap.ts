import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { SurveyWeighting } from "../survey/replicate-design.ts";
import {
  type PartEstimate,
  type StatisticVariance,
  statisticVariance,
  type WeightedStatistic,
} from "../survey/statistic-variance.ts";
import { type CellSums, cellSums } from "./cell-sums.ts";
import { type GroupPair, groupPair } from "./group-pair.ts";

/**
 * The population whose cells both groups are given: "pooled", the two groups together; "first" or "second", one of them; or a known count of people a cell, in the order
 * of the cells' levels (a census: it has no sampling error).
 */
export type StandardPopulation = "pooled" | "first" | "second" | Float64Array;

/** A cell that only one of the two groups has, or neither: nothing can be compared in it. */
export interface UnmatchedCell {
  readonly cell: string;
  readonly respondents: readonly [number, number];
  /** Share of each group's weight, and of a known population, 0 to 1. */
  readonly shares: readonly [number, number];
  readonly standardShare: number;
}

export interface StandardisedGap extends Omit<StatisticVariance, "parts"> {
  /** First less second, everybody who answered and has a cell (`proportionGap` gives that of everybody who answered). */
  readonly raw: PartEstimate;
  /** The same in the cells that both groups have. */
  readonly matched: PartEstimate;
  /** First less second when both have the cells of the standard population. */
  readonly standardised: PartEstimate;
  /** Rates of the two groups, standardised. */
  readonly first: PartEstimate;
  readonly second: PartEstimate;
  readonly respondents: readonly [number, number];
  /** Respondents of the two groups without an answer or a cell. */
  readonly missing: number;
  /** Cells left out of `matched` and `standardised`, with their weight: never silent. */
  readonly unmatched: readonly UnmatchedCell[];
  /** Share of each group's weight, and of a known population, in unmatched cells. */
  readonly unmatchedShares: readonly [number, number];
  readonly unmatchedStandardShare: number;
  /** Share of the standard population in cells where a group has one respondent, whose variance cannot be seen. */
  readonly singleShare: number;
}

/**
 * Direct standardisation of the gap between two groups (Kitagawa 1955; R survey's svystandardize): each has the rates of its own cells (age x diploma x occupation, say, by
 * `crossCells`) and the cells of one population. Cells that one group does not have cannot be compared: they leave both groups and the population, and are
 * listed with their share (svystandardize drops them from one group only). The variance counts the cells of a sample as estimated, those of a known population as
 * given. O(rows + cells) and two totals' variances, or that times the replicates.
 * @example
 * ```ts
 * const stage = { unitOf: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7), stratumOfUnit: new Int32Array(8), unitsInStratum: Int32Array.of(8), populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { weights: new Float64Array(8).fill(1), stratumOf: new Int32Array(8), ...stage, stages: [stage], lonelyUnit: "fail", calibration: null, variance: "ultimate-cluster" };
 * const groups = { name: "lieu", levels: ["QPV", "ailleurs"], codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1) };
 * const cells = { name: "diplôme", levels: ["aucun", "bac"], codes: Int32Array.of(0, 0, 0, 1, 0, 1, 1, 1) };
 * const { raw, standardised } = standardisedGap(design, Float64Array.of(0, 0, 0, 1, 0, 1, 1, 1), { groups, first: "QPV", second: "ailleurs", cells });
 * [raw.estimate, standardised.estimate] // [-0.5, 0]
 * ```
 */
export function standardisedGap(
  survey: SurveyWeighting,
  answers: Float64Array,
  comparison: {
    readonly groups: CategoricalVariable;
    readonly first: string;
    readonly second: string;
    readonly cells: CategoricalVariable;
    readonly standard?: StandardPopulation;
  },
): StandardisedGap {
  const { cells, standard = "pooled" } = comparison;
  if (typeof standard !== "string") checkPopulation(standard, cells);
  const pair = groupPair(survey.weights, answers, comparison, [cells]);
  const sumsOf = (weights: Float64Array): CellSums =>
    cellSums(weights, answers, pair.sideOf, pair.rows, cells.codes, cells.levels.length);
  const sums = sumsOf(survey.weights);
  const shares = standardShares(sums, standard);
  if (!shares.some((share) => share > 0))
    throw new QuartiersError({
      what: "Aucune case commune aux deux groupes\u00a0: l'écart ne se standardise pas",
      value: `${comparison.first}, ${comparison.second}`,
      expected: `au moins une case de « ${cells.name} » où les deux, et la population de référence, ont quelqu'un`,
      remedy: "prendre des cases plus larges",
    });
  const { parts, ...found } = statisticVariance(survey, pair.rows, (weights) =>
    gapStatistic(weights, sumsOf(weights), answers, pair, cells.codes, standard),
  );
  const [raw, matched, first, second, standardised] = parts;
  const single = sums.common.map((common, cell) =>
    Number(common === 1 && (sums.respondents[0][cell] === 1 || sums.respondents[1][cell] === 1)),
  );
  const known = typeof standard === "string" ? new Float64Array(cells.levels.length) : wholeShares(standard);
  const unmatched = unmatchedCells(cells, sums, known);
  const sumOf = (value: (cell: UnmatchedCell) => number): number =>
    unmatched.reduce((sum, cell) => sum + value(cell), 0);
  return {
    raw,
    matched,
    standardised,
    first,
    second,
    ...found,
    respondents: [0, 1].map((side) => pair.sideOf.filter((of) => of === side).length) as [number, number],
    missing: pair.missing,
    unmatched,
    unmatchedShares: [sumOf(({ shares: [share] }) => share), sumOf(({ shares: [, share] }) => share)],
    unmatchedStandardShare: sumOf(({ standardShare }) => standardShare),
    singleShare: shares.reduce((sum, share, cell) => sum + share * single[cell], 0),
  };
}

/** Shares of the standard population over the common cells, which sum to 1. */
function standardShares({ weight, common }: CellSums, standard: StandardPopulation): Float64Array {
  const held = Float64Array.from(common, (yes, cell) => {
    if (yes === 0) return 0;
    if (typeof standard !== "string") return standard[cell];
    const [first, second] = [weight[0][cell], weight[1][cell]];
    return standard === "pooled" ? first + second : standard === "first" ? first : second;
  });
  return wholeShares(held);
}

function wholeShares(counts: Float64Array): Float64Array {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
}

function weightedMean(shares: Float64Array, means: Float64Array): number {
  return shares.reduce((sum, share, cell) => sum + (share > 0 ? share * means[cell] : 0), 0);
}

/** Raw gap, gap in the common cells, standardised rates and their gap. */
function gapStatistic(
  weights: Float64Array,
  sums: CellSums,
  answers: Float64Array,
  { sideOf, rows }: GroupPair,
  cellOf: Int32Array,
  standard: StandardPopulation,
): WeightedStatistic {
  const { weight, mean, total, common } = sums;
  const shares = standardShares(sums, standard);
  const everywhere = weight.map((own, side) =>
    weightedMean(
      own.map((w) => w / total[side]),
      mean[side],
    ),
  );
  const commonTotal = weight.map((own) => own.reduce((sum, w, cell) => sum + w * common[cell], 0));
  const matched = weight.map((own, side) =>
    weightedMean(
      own.map((w, cell) => (w * common[cell]) / commonTotal[side]),
      mean[side],
    ),
  );
  const rates = mean.map((own) => weightedMean(shares, own));
  const poolTotal =
    (standard === "pooled" || standard === "first" ? commonTotal[0] : 0) +
    (standard === "pooled" || standard === "second" ? commonTotal[1] : 0);
  const inPool = [standard === "pooled" || standard === "first", standard === "pooled" || standard === "second"];
  const linearised = (): readonly Float64Array[] => {
    const variables = Array.from({ length: 5 }, () => new Float64Array(weights.length));
    const [ofRaw, ofMatched, ofFirst, ofSecond, ofGap] = variables;
    for (const row of rows) {
      const side = sideOf[row];
      const cell = cellOf[row];
      const sign = side === 0 ? 1 : -1;
      ofRaw[row] = (sign * (answers[row] - everywhere[side])) / total[side];
      if (common[cell] === 0) continue;
      ofMatched[row] = (sign * (answers[row] - matched[side])) / commonTotal[side];
      const own = (shares[cell] * (answers[row] - mean[side][cell])) / weight[side][cell];
      const moved = inPool[side] ? 1 / poolTotal : 0;
      ofFirst[row] = (side === 0 ? own : 0) + moved * (mean[0][cell] - rates[0]);
      ofSecond[row] = (side === 1 ? own : 0) + moved * (mean[1][cell] - rates[1]);
      ofGap[row] = ofFirst[row] - ofSecond[row];
    }
    return variables;
  };
  const values = Float64Array.of(
    everywhere[0] - everywhere[1],
    matched[0] - matched[1],
    rates[0],
    rates[1],
    rates[0] - rates[1],
  );
  return { values, linearised };
}

function unmatchedCells(
  { levels }: CategoricalVariable,
  { respondents, weight, total, common }: CellSums,
  known: Float64Array,
): readonly UnmatchedCell[] {
  return levels
    .map((cell, code) => ({
      cell,
      respondents: [respondents[0][code], respondents[1][code]] as const,
      shares: [weight[0][code] / total[0], weight[1][code] / total[1]] as const,
      standardShare: known[code],
      common: common[code],
    }))
    .filter((cell) => cell.common === 0 && (cell.standardShare > 0 || cell.respondents[0] + cell.respondents[1] > 0))
    .map(({ common: _, ...cell }) => cell);
}

function checkPopulation(standard: Float64Array, { name, levels }: CategoricalVariable): void {
  const odd = standard.findIndex((count) => !(count >= 0 && count < Number.POSITIVE_INFINITY));
  if (standard.length !== levels.length || odd >= 0 || !standard.some((count) => count > 0))
    throw new QuartiersError({
      what: `Population de référence impossible pour « ${name} »`,
      value: odd >= 0 ? String(standard[odd]) : `${standard.length} effectifs`,
      expected: `${levels.length} effectifs positifs ou nuls, un par case`,
    });
}
