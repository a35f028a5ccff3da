import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { NumberVariable } from "../factors/mca-options.ts";
import type { ClassDescription } from "./class-description.ts";
import { describeCategories } from "./describe-categories.ts";
import { describeNumbers } from "./describe-numbers.ts";

export interface CatdesOptions {
  /** People represented by each row: weighted shares are then shown beside the counts; tests keep counting people. */
  readonly weights?: Float64Array;
  /** What a missing answer is: an answer of its own, named `missingLevel` (FactoMineR's "NA"), or nothing (its row leaves the counts of that question). */
  readonly missing?: "level" | "drop";
  readonly missingLevel?: string;
}

/**
 * Describes classes by questions and numbers, as `catdes` of FactoMineR 2.7: for each class and answer Cla/Mod, Mod/Cla, Global and the v-test of the hypergeometric count (two-sided mid-p, in logs:
 * no v-test is infinite for want of digits); for each number the v-test of its mean; for each question its chi-square, for each number its eta². Every answer is given, not only the
 * significant ones. Where classes were made from the questions that describe them, v-tests rank, they do not test. A number that is NaN leaves the counts of its column (FactoMineR keeps
 * its row in n). Answers that nobody gave are left out. O(n (questions + numbers)) plus the tails of the tests.
 * @example
 * ```ts
 * const cinema = { name: "cinéma", levels: ["non", "oui"], codes: Int32Array.of(0, 0, 0, 1, 1, 1, 1, 0) };
 * const { classes } = catdes(Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1), [cinema]);
 * const [first] = classes[1].categories;
 * [first.level, first.classInLevel, first.levelInClass, first.levelOverall, first.vTest.toFixed(6)] // [ 'oui', 1, 0.8, 0.5, '1.802743' ]
 * ```
 */
export function catdes(
  classOf: Int32Array,
  variables: readonly CategoricalVariable[],
  numbers: readonly NumberVariable[] = [],
  { weights, missing = "level", missingLevel = "sans réponse" }: CatdesOptions = {},
): ClassDescription {
  const people = classOf.length;
  checkColumns(classOf, variables, numbers, weights);
  const count = classOf.reduce((most, label) => Math.max(most, label), -1) + 1;
  const sizes = new Float64Array(count);
  const weighted = new Float64Array(count);
  classOf.forEach((label, row) => {
    sizes[label]++;
    weighted[label] += weights?.[row] ?? 0;
  });
  const total = weighted.reduce((sum, weight) => sum + weight, 0);
  const answers = variables.map((variable) =>
    describeCategories(classOf, count, variable, weights ?? null, missing === "level" ? missingLevel : null),
  );
  const means = numbers.map((column) => describeNumbers(classOf, count, column, weights ?? null));
  return {
    people,
    classes: Array.from({ length: count }, (_, label) => ({
      label,
      people: sizes[label],
      share: sizes[label] / people,
      weightedShare: weights ? weighted[label] / total : null,
      categories: answers.flatMap(({ traits }) => traits[label] ?? []).sort((a, b) => b.vTest - a.vTest),
      numbers: means.flatMap(({ traits }) => traits[label] ?? []).sort((a, b) => b.vTest - a.vTest),
    })),
    variables: answers
      .map(({ link }) => link)
      .sort((a, b) => (Number.isNaN(a.logP) ? 1 : Number.isNaN(b.logP) ? -1 : a.logP - b.logP)),
    numbers: means.map(({ link }) => link).sort((a, b) => b.etaSquared - a.etaSquared),
  };
}

function checkColumns(
  classOf: Int32Array,
  variables: readonly CategoricalVariable[],
  numbers: readonly NumberVariable[],
  weights: Float64Array | undefined,
): void {
  const lengths = [
    ...variables.map(({ name, codes }) => [name, codes.length] as const),
    ...numbers.map(({ name, values }) => [name, values.length] as const),
    ...(weights ? [["poids", weights.length] as const] : []),
  ];
  const [wrong] = lengths.filter(([, length]) => length !== classOf.length);
  if (classOf.length === 0 || wrong || classOf.some((label) => label < 0))
    throw new QuartiersError({
      what: "Les classes ne se décrivent pas",
      value: wrong ? `${wrong[0]}, ${wrong[1]} lignes` : `${classOf.length} classes`,
      expected: `une classe, numérotée depuis 0, et une réponse à chaque question pour chacune des ${classOf.length} lignes`,
      remedy: "retirer partout les mêmes lignes",
    });
  const light = weights?.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) ?? -1;
  if (light >= 0)
    throw new QuartiersError({
      what: `Poids impossible à la ligne ${light + 1}`,
      value: String(weights?.[light]),
      expected: "des nombres finis, positifs ou nuls",
    });
}
