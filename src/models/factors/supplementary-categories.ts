import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { categoryLabels } from "./category-labels.ts";
import { categoryMeasures } from "./category-measures.ts";
import type { Mca, SupplementaryCategories } from "./mca-result.ts";

export interface SupplementaryOptions {
  /** A missing answer: a level of its own (default), or set aside for its question. */
  readonly missing?: "own-level" | "set-aside";
  readonly missingName?: string;
}

/**
 * Places the categories of other questions (age, diploma, place) on the axes of an analysis, at the mean of their people; they have no part in the axes. Answers are those of the same rows, in the same
 * order; only active rows count. Levels that no active row has are dropped, and named in `emptyLevels`. The same as the option `supplementary` of `mca`. O(n axes) a question, and O(n Q) for a Burt table.
 * @example
 * ```ts
 * const { mca } = await import("./mca.ts");
 * const question = (name, levels, codes) => ({ name, levels, codes: Int32Array.from(codes) });
 * const analysis = mca([question("cinéma", ["non", "oui"], [0, 0, 1, 1]), question("musée", ["non", "oui"], [0, 0, 0, 1])]);
 * const age = supplementaryCategories(analysis, [question("âge", ["jeune", "âgé"], [1, 1, 0, 0])]);
 * age.coordinates[0] > 0 === analysis.categories.coordinates[2] > 0 // false
 * ```
 */
export function supplementaryCategories(
  analysis: Mca,
  variables: readonly CategoricalVariable[],
  { missing = "own-level", missingName = "sans réponse" }: SupplementaryOptions = {},
): SupplementaryCategories {
  const { kept, rowVariances } = analysis.axes;
  const placed = variables.map((variable) => placeQuestion(analysis, variable, missing, missingName));
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

function placeQuestion(
  { rows, axes, categories, table, questions }: Mca,
  { name, levels, codes }: CategoricalVariable,
  rule: "own-level" | "set-aside",
  missingName: string,
): PlacedQuestion {
  if (codes.length !== rows.count)
    throw new QuartiersError({
      what: `La question supplémentaire « ${name} » n'a pas le nombre de lignes de l'analyse`,
      value: String(codes.length),
      expected: `${rows.count} lignes`,
    });
  const { kept } = axes;
  const names = rule === "own-level" ? [...levels, missingName] : levels;
  const [people, shares, reference] = [0, 1, 2].map(() => new Float64Array(names.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const sums = new Float64Array(names.length * kept);
  const squares = new Float64Array(kept);
  let missing = 0;
  for (let row = 0; row < rows.count; row++) {
    if (codes[row] < 0 && rows.status[row] === 1) missing++;
    const level = codes[row] < 0 ? (rule === "own-level" ? levels.length : -1) : codes[row];
    if (level < 0) continue;
    reference[level] += rows.referenceMasses[row];
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
  const present = [...names.keys()].filter((level) => shares[level] > 0);
  const take = (values: Float64Array): Float64Array => Float64Array.from(present, (level) => values[level]);
  const means = Float64Array.from(
    present.flatMap((level) => Array.from({ length: kept }, (_, s) => sums[level * kept + s] / shares[level])),
  );
  return {
    levels: present.map((level) => names[level] ?? ""),
    emptyLevels: levels.filter((_, level) => !(shares[level] > 0)),
    people: take(people),
    shares: take(shares),
    referenceShares: take(reference),
    means,
    burtDistances: table === "burt" ? burtDistances() : new Float64Array(0),
    eta2: correlationRatios(sums, shares, squares),
    missing,
  };

  /** Squared distances in the Burt table: Σ_l (f_ml - f_m f_l)² / (Q F_l F_m²) over the active categories l. */
  function burtDistances(): Float64Array {
    const width = categories.levels.length;
    const pairs = new Float64Array(names.length * width);
    for (let row = 0; row < rows.count; row++) {
      const level = codes[row] < 0 ? (rule === "own-level" ? levels.length : -1) : codes[row];
      if (level < 0 || rows.status[row] !== 1) continue;
      for (const answers of rows.answers) pairs[level * width + answers[row]] += rows.masses[row];
    }
    return Float64Array.from(present, (level) => {
      let sum = 0;
      for (let l = 0; l < width; l++)
        if (categories.passive[l] === 0)
          sum += (pairs[level * width + l] - shares[level] * categories.shares[l]) ** 2 / categories.referenceShares[l];
      return sum / (questions.names.length * reference[level] ** 2);
    });
  }
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
