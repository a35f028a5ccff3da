import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { categoryLabels } from "./category-labels.ts";
import { categoryMeasures } from "./category-measures.ts";
import type { Mca, SupplementaryCategories } from "./mca-result.ts";
import { missingAsLevel, type SupplementaryOptions } from "./missing-level.ts";

/**
 * Places the categories of other questions (age, diploma, place) on the axes of an analysis, at the mean of their people; they have no part in the axes. Answers are those of the same rows, in the same
 * order; only active rows count. In a class-specific analysis g is f/F times the mean over sqrt(λ), so that an active question placed again keeps its place. Levels that no active row has are dropped, and named in `emptyLevels`. The same as the option `supplementary` of `mca`. O(n axes) a question, and O(n Q) for a Burt table.
 * @example
 * ```ts
 * // What supplementaryCategories reads of an analysis: here four rows on one axis of variance 1.
 * const masses = new Float64Array(4).fill(0.25);
 * const analysis = {
 *   rows: { count: 4, status: Uint8Array.of(1, 1, 1, 1), masses, referenceMasses: masses, coordinates: Float64Array.of(-1, -1, 1, 1) },
 *   axes: { kept: 1, rowVariances: Float64Array.of(1) }, table: "indicator", categories: { levels: ["non", "oui"] },
 *   report: { testedPeople: 4, supplementaryMissing: "own-level" },
 * };
 * const age = { name: "âge", levels: ["jeune", "âgé"], codes: Int32Array.of(0, 1, 0, 0) };
 * supplementaryCategories(analysis, [age]).coordinates // Float64Array(2) [ 0.3333333333333333, -1 ]
 * ```
 */
export function supplementaryCategories(
  analysis: Mca,
  variables: readonly CategoricalVariable[],
  { missing = analysis.report.supplementaryMissing, missingName = "sans réponse" }: SupplementaryOptions = {},
): SupplementaryCategories {
  const { kept, rowVariances } = analysis.axes;
  const placed = variables.map((variable) =>
    placeQuestion(analysis, variable, missingAsLevel(variable, missing, missingName)),
  );
  const join = (pick: (one: PlacedQuestion) => Float64Array): Float64Array =>
    Float64Array.from(placed.flatMap((one) => [...pick(one)]));
  const means = join(({ means }) => means);
  const shares = join(({ shares }) => shares);
  const question = Int32Array.from(placed.flatMap(({ levels }, at) => levels.map(() => at)));
  const levels = placed.flatMap(({ levels }) => levels);
  const questionNames = variables.map(({ name }) => name);
  return {
    questionNames,
    question,
    levels,
    labels: categoryLabels(questionNames, question, levels, analysis.categories.levels),
    people: join(({ people }) => people),
    shares,
    means,
    ...categoryMeasures({
      means,
      shares,
      referenceShares: join(({ referenceShares }) => referenceShares),
      variances: rowVariances.subarray(0, kept),
      people: analysis.report.testedPeople,
      burtDistances: analysis.table === "burt" ? join(({ burtDistances }) => burtDistances) : null,
    }),
    eta2: join(({ eta2 }) => eta2),
    missing: Int32Array.from(placed, ({ missing }) => missing),
    emptyLevels: placed.flatMap(({ emptyLevels }, at) =>
      emptyLevels.map((level) => ({ question: questionNames[at] ?? "", level })),
    ),
  };
}

interface PlacedQuestion {
  readonly levels: string[];
  readonly emptyLevels: string[];
  readonly people: Float64Array;
  readonly shares: Float64Array;
  readonly referenceShares: Float64Array;
  readonly means: Float64Array;
  readonly burtDistances: Float64Array;
  readonly eta2: Float64Array;
  readonly missing: number;
}

/** `coded` is the question with the rule of missing answers applied. */
function placeQuestion(analysis: Mca, variable: CategoricalVariable, coded: CategoricalVariable): PlacedQuestion {
  const { rows, axes } = analysis;
  const { levels, codes } = coded;
  if (codes.length !== rows.count)
    throw new QuartiersError({
      what: `La question supplémentaire « ${variable.name} » n'a pas le nombre de lignes de l'analyse`,
      value: String(codes.length),
      expected: `${rows.count} lignes`,
    });
  const { kept } = axes;
  const empty = (): Float64Array => new Float64Array(levels.length);
  const [people, shares, referenceShares] = [empty(), empty(), empty()];
  const sums = new Float64Array(levels.length * kept);
  const squares = new Float64Array(kept);
  let missing = 0;
  for (let row = 0; row < rows.count; row++) {
    if (variable.codes[row] < 0 && rows.status[row] === 1) missing++;
    const level = codes[row];
    if (level < 0) continue;
    referenceShares[level] += rows.referenceMasses[row];
    if (rows.status[row] !== 1) continue;
    const mass = rows.masses[row];
    people[level]++;
    shares[level] += mass;
    for (let s = 0; s < kept; s++) {
      const coordinate = rows.coordinates[row * kept + s];
      sums[level * kept + s] += mass * coordinate;
      squares[s] += mass * coordinate * coordinate;
    }
  }
  const present = [...levels.keys()].filter((level) => shares[level] > 0);
  const take = (values: Float64Array): Float64Array => Float64Array.from(present, (level) => values[level]);
  const distances = analysis.table === "burt" ? burtDistances(analysis, coded, shares, referenceShares) : empty();
  return {
    levels: present.map((level) => levels[level] ?? ""),
    emptyLevels: variable.levels.filter((_, level) => !(shares[level] > 0)),
    people: take(people),
    shares: take(shares),
    referenceShares: take(referenceShares),
    means: Float64Array.from(
      present.flatMap((level) => Array.from({ length: kept }, (_, s) => sums[level * kept + s] / shares[level])),
    ),
    burtDistances: take(distances),
    eta2: correlationRatios(sums, shares, squares),
    missing,
  };
}

/** Squared distances in the Burt table: Σ_l (f_ml - f_m f_l)² / (Q F_l F_m²) over the active categories l. */
function burtDistances(
  { rows, categories, questions }: Mca,
  { levels, codes }: CategoricalVariable,
  shares: Float64Array,
  referenceShares: Float64Array,
): Float64Array {
  const width = categories.levels.length;
  const pairs = new Float64Array(levels.length * width);
  for (let row = 0; row < rows.count; row++)
    if (codes[row] >= 0 && rows.status[row] === 1)
      for (const answers of rows.answers) pairs[codes[row] * width + answers[row]] += rows.masses[row];
  return shares.map((share, level) => {
    let sum = 0;
    for (let l = 0; l < width; l++)
      if (categories.passive[l] === 0)
        sum += (pairs[level * width + l] - share * categories.shares[l]) ** 2 / categories.referenceShares[l];
    return sum / (questions.names.length * referenceShares[level] ** 2);
  });
}

/** Between variance over total variance on each axis, over the rows that have an answer. NaN when they do not vary. */
function correlationRatios(sums: Float64Array, shares: Float64Array, squares: Float64Array): Float64Array {
  const kept = squares.length;
  const total = shares.reduce((sum, share) => sum + share, 0);
  return squares.map((square, s) => {
    let [sum, between] = [0, 0];
    for (let level = 0; level < shares.length; level++) {
      if (!(shares[level] > 0)) continue;
      sum += sums[level * kept + s];
      between += sums[level * kept + s] ** 2 / shares[level];
    }
    return (between - sum ** 2 / total) / (square - sum ** 2 / total);
  });
}
