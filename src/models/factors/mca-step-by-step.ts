import { QuartiersError } from "../../codes/errors.ts";
import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import { mca } from "./mca.ts";
import type { McaOptions, NamedCategory } from "./mca-options.ts";
import type { Mca } from "./mca-result.ts";
import type { AxisSteps, CategorySteps, CellSteps, IdentitySteps, McaSteps } from "./mca-steps.ts";

export type { AxisSteps, CategorySteps, CellSteps, IdentitySteps, McaSteps } from "./mca-steps.ts";

export interface StepByStepOptions extends Pick<McaOptions, "weights" | "missingName"> {
  /** The axis to follow, from 0: the first by default. */
  readonly axis?: number;
  /** The category to follow. */
  readonly category: NamedCategory;
  readonly missing?: "own-level" | "drop-rows";
}

/**
 * Redoes an MCA by hand for one axis and one category, from counts, with every number on the way named; only the eigenvector is asked of the solver, and S v = λ v is shown. For plain analyses of the indicator
 * table, weighted or not. For students: equal to `mca` to 1e-12. Refuses an unknown category or axis. O(n Q² + J³).
 * @example
 * ```ts
 * const yesNo = (name, codes) => ({ name, levels: ["non", "oui"], codes: Int32Array.from(codes) });
 * const questions = [yesNo("cinéma", [0, 0, 1, 1]), yesNo("musée", [0, 0, 0, 1])];
 * const { burt, category } = mcaStepByStep(questions, { category: { question: "musée", level: "oui" } });
 * [burt[7], category.count, category.share, category.squaredDistance] // [ 1, 1, 0.25, 3 ]
 * ```
 */
export function mcaStepByStep(
  variables: readonly CategoricalVariable[],
  { axis = 0, category, ...rules }: StepByStepOptions,
): McaSteps {
  const analysis = mca(variables, { ...rules, axes: Math.max(1, axis + 1) });
  const k = categoryIndex(analysis, category);
  if (!(axis >= 0 && axis < analysis.axes.kept))
    throw new QuartiersError({
      what: "L'analyse n'a pas cet axe",
      value: String(axis + 1),
      expected: `un rang de 1 à ${analysis.axes.rowVariances.length}`,
    });
  const counts: Counts = {
    labels: analysis.categories.labels,
    people: analysis.report.sumOfWeights,
    questions: analysis.questions.names.length,
    burt: burtTable(analysis, rules.weights),
  };
  const categories = counts.labels.length;
  const standardised = counts.burt.map(
    (_, at) => cellSteps(counts, Math.floor(at / categories), at % categories).value,
  );
  const axisSteps = followAxis(counts, standardised, analysis, axis, k);
  const other = (l: number): number => (l === k ? -1 : Math.abs(axisSteps.terms[l]?.product ?? 0));
  const heaviest = [...counts.labels.keys()].reduce((best, l) => (other(l) > other(best) ? l : best));
  const at = k * analysis.axes.kept + axis;
  return {
    labels: counts.labels,
    people: counts.people,
    questions: counts.questions,
    categories,
    burt: counts.burt,
    standardised,
    cell: cellSteps(counts, k, heaviest),
    axis: axisSteps,
    category: followCategory(counts, analysis, axisSteps, k),
    identities: identities(counts, analysis, standardised, axisSteps),
    library: {
      eigenvalue: analysis.axes.eigenvalues[axis],
      coordinate: analysis.categories.coordinates[at],
      contribution: analysis.categories.contributions[at],
      cos2: analysis.categories.cos2[at],
      test: analysis.categories.tests[at],
    },
  };
}

interface Counts {
  readonly labels: readonly string[];
  readonly people: number;
  readonly questions: number;
  readonly burt: Float64Array;
}

function categoryIndex({ categories }: Mca, { question, level }: NamedCategory): number {
  const { levels, questionNames } = categories;
  const k = levels.findIndex((name, at) => name === level && questionNames[categories.question[at]] === question);
  if (k >= 0) return k;
  throw new QuartiersError({
    what: "L'analyse n'a pas cette modalité",
    value: `${question}, ${level}`,
    expected: categories.labels.join(", "),
  });
}

/** Row by row: each person adds their weight to all the pairs of their answers. */
function burtTable({ rows, categories }: Mca, weights?: Float64Array): Float64Array {
  const size = categories.levels.length;
  const burt = new Float64Array(size * size);
  for (let row = 0; row < rows.count; row++) {
    if (rows.status[row] !== 1) continue;
    const weight = weights?.[row] ?? 1;
    for (const one of rows.answers) for (const other of rows.answers) burt[one[row] * size + other[row]] += weight;
  }
  return burt;
}

function cellSteps({ labels, people, questions, burt }: Counts, k: number, l: number): CellSteps {
  const size = labels.length;
  const [pairCount, count, otherCount] = [burt[k * size + l], burt[k * size + k], burt[l * size + l]];
  const numerator = pairCount / people - (count / people) * (otherCount / people);
  const denominator = questions * Math.sqrt((count / people) * (otherCount / people));
  return {
    labels: [labels[k] ?? "", labels[l] ?? ""],
    pairCount,
    counts: [count, otherCount],
    expectedCount: (count * otherCount) / people,
    numerator,
    denominator,
    value: numerator / denominator,
  };
}

function followAxis({ labels }: Counts, table: Float64Array, analysis: Mca, axis: number, k: number): AxisSteps {
  const size = labels.length;
  const { values, vectors } = symmetricEigen(table, size);
  const found = vectors.slice(axis * size, (axis + 1) * size);
  // The sign of an eigenvector is a convention: that of the analysis.
  const vector = found[analysis.axes.positiveCategory[axis]] < 0 ? found.map((component) => -component) : found;
  const eigenvalue = values[axis];
  const product = vector.map((_, row) => {
    let sum = 0;
    for (let l = 0; l < size; l++) sum += table[row * size + l] * vector[l];
    return sum;
  });
  const terms = labels.map((label, l) => {
    const cell = table[k * size + l];
    return { label, cell, component: vector[l], product: cell * vector[l] };
  });
  return {
    number: axis + 1,
    eigenvalue,
    vector,
    terms,
    sumOfTerms: terms.reduce((sum, term) => sum + term.product, 0),
    eigenvalueTimesComponent: eigenvalue * vector[k],
    largestGap: product.reduce((most, sum, row) => Math.max(most, Math.abs(sum - eigenvalue * vector[row])), 0),
  };
}

function coordinateOf(counts: Counts, { eigenvalue, vector }: AxisSteps, k: number): number {
  const share = counts.burt[k * counts.labels.length + k] / counts.people;
  return vector[k] * Math.sqrt(eigenvalue) * Math.sqrt(counts.questions / share);
}

function followCategory(counts: Counts, analysis: Mca, axis: AxisSteps, k: number): CategorySteps {
  const count = counts.burt[k * counts.labels.length + k];
  const share = count / counts.people;
  const coordinate = coordinateOf(counts, axis, k);
  const inertia = (share * coordinate ** 2) / counts.questions;
  const squaredDistance = (1 - share) / share;
  const meanOfPeople = meanPerson(counts, analysis, axis, k);
  const { testedPeople } = analysis.report;
  return {
    label: counts.labels[k] ?? "",
    count,
    share,
    component: axis.vector[k],
    rootOfEigenvalue: Math.sqrt(axis.eigenvalue),
    rootOfQuestionsOverShare: Math.sqrt(counts.questions / share),
    coordinate,
    inertia,
    contribution: (100 * inertia) / axis.eigenvalue,
    squaredDistance,
    cos2: coordinate ** 2 / squaredDistance,
    meanOfPeople,
    meanOverRoot: meanOfPeople / Math.sqrt(axis.eigenvalue),
    testedPeople,
    test: coordinate * Math.sqrt(((testedPeople - 1) * share) / (1 - share)),
  };
}

/** Mean over the category's people of F_i = Σ g / (Q sqrt(λ)) over their answers (the centre cancels in a plain analysis). */
function meanPerson(counts: Counts, { rows }: Mca, axis: AxisSteps, k: number): number {
  const coordinates = counts.labels.map((_, l) => coordinateOf(counts, axis, l));
  let [sum, mass] = [0, 0];
  for (let row = 0; row < rows.count; row++) {
    if (rows.masses[row] === 0 || !rows.answers.some((column) => column[row] === k)) continue;
    const person = rows.answers.reduce((total, column) => total + (coordinates[column[row]] ?? 0), 0);
    mass += rows.masses[row];
    sum += (rows.masses[row] * person) / (counts.questions * Math.sqrt(axis.eigenvalue));
  }
  return sum / mass;
}

function identities(counts: Counts, analysis: Mca, table: Float64Array, axis: AxisSteps): IdentitySteps {
  const size = counts.labels.length;
  const [diagonal, inertias] = [new Float64Array(size), new Float64Array(size)];
  for (let k = 0; k < size; k++) {
    const share = counts.burt[k * size + k] / counts.people;
    diagonal[k] = table[k * size + k];
    inertias[k] = (share * coordinateOf(counts, axis, k) ** 2) / counts.questions;
  }
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  // η² of a question is Σ f g² over its categories: the mean of the Q of them is the sum of all over Q.
  return {
    categoriesOverQuestionsLessOne: size / counts.questions - 1,
    diagonalSum: total(diagonal),
    sumOfEigenvalues: total(analysis.axes.eigenvalues),
    sumOfContributions: (100 * total(inertias)) / axis.eigenvalue,
    meanOfEta2: total(inertias),
  };
}
