import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { WeightedStatistic } from "../survey/statistic-variance.ts";
import type { CommonSupport } from "./common-support.ts";
import type { GroupPair } from "./group-pair.ts";
import { columnsOfRow, dummyColumns, groupRegression } from "./group-regression.ts";

/**
 * Whose rates value a difference of composition: those of the "first" group, of the "second", or the mean of the two ("average", Kitagawa 1955 and Reimers 1983).
 * The three shares differ: which one is used is always said.
 */
export type ReferenceRates = "first" | "second" | "average";

const weightOfFirst: Readonly<Record<ReferenceRates, number>> = { first: 1, second: 0, average: 0.5 };

/**
 * Raw gap, part outside the common support, composition, remaining, then the composition part of each question, with their linearised variables. Without names of groups (a
 * replicate), a regression without a solution gives NaN; with them, an error that names the question.
 */
export function compositionParts(
  weights: Float64Array,
  answers: Float64Array,
  { sideOf, rows }: GroupPair,
  support: CommonSupport,
  questions: readonly CategoricalVariable[],
  reference: ReferenceRates,
  groupNames: readonly [string, string] | null,
): WeightedStatistic {
  const count = 4 + questions.length;
  const columns = dummyColumns(questions, support);
  const columnsOf = (row: number): readonly number[] => columnsOfRow(row, questions, columns);
  const [one, two] = [0, 1].map((side) =>
    groupRegression(
      weights,
      answers,
      support.rows.filter((row) => sideOf[row] === side),
      columnsOf,
      columns.names,
      groupNames?.[side] ?? null,
    ),
  );
  if (!one || !two) return { values: new Float64Array(count).fill(Number.NaN), linearised: () => [] };
  const groups = [one, two];
  const everywhere = groupMeans(weights, answers, sideOf, rows);
  const share = weightOfFirst[reference];
  const shift = one.means.map((mean, k) => mean - two.means[k]);
  const rates = one.coefficients.map((value, k) => share * value + (1 - share) * two.coefficients[k]);
  // All the columns, then those of each question alone.
  const shifts = [shift, ...columns.columnOf.map((own) => only(own, shift))];
  const ratesOf = [rates, ...columns.columnOf.map((own) => only(own, rates))];
  const [composition, ...byQuestion] = shifts.map((own) => dot(own, rates));
  const balance = one.means.map((mean, k) => (1 - share) * mean + share * two.means[k]);
  const rateGap = one.coefficients.map((value, k) => value - two.coefficients[k]);
  const raw = everywhere[0].mean - everywhere[1].mean;
  const outside = raw - (one.meanAnswer - two.meanAnswer);
  const values = Float64Array.of(raw, outside, composition, dot(balance, rateGap), ...byQuestion);

  const linearised = (): readonly Float64Array[] => {
    const variables = Array.from({ length: count }, () => new Float64Array(weights.length));
    const [ofRaw, ofOutside, ofComposition, ofRemaining, ...ofQuestions] = variables;
    for (const row of rows) {
      const { mean, weightSum } = everywhere[sideOf[row]];
      ofRaw[row] = ((sideOf[row] === 0 ? 1 : -1) * (answers[row] - mean)) / weightSum;
      ofOutside[row] = ofRaw[row];
    }
    // One more unit of weight moves the composition of its group (at the reference rates) and the rates of its group (times the difference of composition).
    const pulls = groups.map(({ solve }) => shifts.map(solve));
    const centres = groups.map(({ means }) => ratesOf.map((own) => dot(own, means)));
    for (const row of support.rows) {
      const side = sideOf[row];
      const { meanAnswer, weightSum, coefficients } = groups[side];
      const sign = side === 0 ? 1 : -1;
      const held = columnsOf(row);
      const ownShare = side === 0 ? share : 1 - share;
      const residual = answers[row] - sumAt(coefficients, held);
      const move = (k: number): number =>
        (sign * (sumAt(ratesOf[k], held) - centres[side][k])) / weightSum +
        ownShare * residual * sumAt(pulls[side][k], held);
      const inSupport = (sign * (answers[row] - meanAnswer)) / weightSum;
      ofOutside[row] -= inSupport;
      ofComposition[row] = move(0);
      ofRemaining[row] = inSupport - ofComposition[row];
      for (let q = 0; q < ofQuestions.length; q++) ofQuestions[q][row] = move(q + 1);
    }
    return variables;
  };
  return { values, linearised };
}

/** The values at some places, 0 elsewhere. */
function only(places: Int32Array, values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length);
  for (const place of places) if (place >= 0) kept[place] = values[place];
  return kept;
}

function groupMeans(
  weights: Float64Array,
  answers: Float64Array,
  sideOf: Int8Array,
  rows: Int32Array,
): readonly { readonly mean: number; readonly weightSum: number }[] {
  const sums = [0, 0];
  const weightSums = [0, 0];
  for (const row of rows) {
    sums[sideOf[row]] += weights[row] * answers[row];
    weightSums[sideOf[row]] += weights[row];
  }
  return sums.map((sum, side) => ({ mean: sum / weightSums[side], weightSum: weightSums[side] }));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

function sumAt(values: Float64Array, places: readonly number[]): number {
  return places.reduce((sum, place) => sum + values[place], 0);
}
