import { QuartiersError } from "../../codes/errors.ts";
import { seededRandom } from "../../codes/random.ts";
import { gaussHermite } from "../areas/gauss-hermite.ts";
import { type MixedLogit, type MixedLogitOptions, mixedLogit } from "./mixed-logit.ts";
import { type MixedLogitInput, mixedLogitColumns } from "./mixed-logit-input.ts";

/** How a mixed logit tells the rate of areas it has not seen. One value an area of the sample, errors in shares (0.05 is 5 points). */
export interface LeaveAreasOut {
  /** Areas with persons, as indexes of the group's levels. */
  readonly areas: Int32Array;
  readonly persons: Float64Array;
  /** Share of yes among the persons of the area. */
  readonly observed: Float64Array;
  /** Mean probability of the same persons by a model fitted without the area, its effect drawn from the law of the group. */
  readonly predicted: Float64Array;
  /** Root mean square of predicted - observed. It holds the chance of the few persons of each area. */
  readonly error: number;
  /** What that chance alone makes, by the predicted probabilities. */
  readonly samplingError: number;
  /** What is left, √(error² - samplingError²): the error on the true rates; 0 when chance explains all. */
  readonly modelError: number;
  /** The error of giving every area the rate of all the others. */
  readonly baselineError: number;
  /** Mean of predicted - observed. */
  readonly bias: number;
}

/**
 * Cross-validation by whole areas: areas are dealt at random into folds, the model is fitted without each fold and asked for the rates of its persons.
 * Refuses fewer areas than folds. O(folds x fit).
 */
export function leaveAreasOut(
  input: MixedLogitInput,
  {
    group,
    folds = 10,
    seed,
    ...options
  }: MixedLogitOptions & {
    /** Name of the group of areas. */
    readonly group: string;
    readonly folds?: number;
    readonly seed: number;
  },
): LeaveAreasOut {
  const { successes, trials, groups } = mixedLogitColumns(input, options.counts !== "weighted");
  const place = groups.findIndex(({ name }) => name === group);
  const areaOf = groups[place]?.codes;
  const met = areaOf ? [...new Set(areaOf.filter((_, row) => trials[row] > 0))].sort((a, b) => a - b) : [];
  if (!areaOf || !Number.isInteger(folds) || folds < 2 || folds > met.length)
    throw new QuartiersError({
      what: "Validation croisée impossible",
      value: areaOf ? `${folds} parts pour ${met.length} niveaux de « ${group} »` : `groupe « ${group} » absent`,
      expected: "un groupe du modèle, et de 2 parts à autant que de niveaux observés",
    });
  const foldOf = dealt(met, folds, seed);
  const rowsOf = input.fixed.keptRows;
  const predictions = new Float64Array(successes.length);
  for (let fold = 0; fold < folds; fold++) {
    const left = new Uint8Array(input.successes.length);
    rowsOf.forEach((source, row) => {
      left[source] = Number(foldOf.get(areaOf[row]) === fold);
    });
    const whole = input.trials ?? new Float64Array(input.successes.length).fill(1);
    const fit = mixedLogit(
      {
        ...input,
        trials: whole.map((count, source) => (left[source] ? 0 : count)),
        successes: input.successes.map((count, source) => (left[source] ? 0 : count)),
      },
      options,
    );
    rowsOf.forEach((source, row) => {
      if (left[source]) predictions[row] = meanProbability(fit, input, row, source, place);
    });
  }
  return errorsOf(met, areaOf, successes, trials, predictions);
}

/** Deals the areas at random into folds of equal size to one area. */
function dealt(areas: readonly number[], folds: number, seed: number): ReadonlyMap<number, number> {
  const random = seededRandom(seed);
  const keyed = areas.map((area) => ({ area, key: random() })).sort((a, b) => a.key - b.key);
  return new Map(keyed.map(({ area }, index) => [area, index % folds]));
}

const rule = gaussHermite(15);

/** Probability of a row, the effect of its area integrated over the law of the group, other effects at their modes. */
function meanProbability(
  fit: MixedLogit,
  { fixed, groups }: MixedLogitInput,
  row: number,
  source: number,
  place: number,
): number {
  let logit = 0;
  for (let k = 0; k < fixed.columns; k++) logit += fit.coefficients[k] * fixed.values[k * fixed.rows + row];
  fit.groups.forEach(({ effects }, group) => {
    if (group !== place) logit += effects[groups[group]?.codes[source] ?? -1] ?? 0;
  });
  const deviation = Math.SQRT2 * (fit.groups[place]?.deviation ?? 0);
  let mean = 0;
  rule.nodes.forEach((node, index) => {
    mean += Math.exp(rule.logWeights[index]) / Math.sqrt(Math.PI) / (1 + Math.exp(-logit - deviation * node));
  });
  return mean;
}

function errorsOf(
  met: readonly number[],
  areaOf: Int32Array,
  successes: Float64Array,
  trials: Float64Array,
  predictions: Float64Array,
): LeaveAreasOut {
  const indexOf = new Map(met.map((area, index) => [area, index]));
  const column = (): Float64Array => new Float64Array(met.length);
  const [persons, yes, expected, noise] = [column(), column(), column(), column()];
  areaOf.forEach((area, row) => {
    const index = indexOf.get(area);
    if (index === undefined) return;
    persons[index] += trials[row];
    yes[index] += successes[row];
    expected[index] += trials[row] * predictions[row];
    noise[index] += trials[row] * predictions[row] * (1 - predictions[row]);
  });
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const [allPersons, allYes] = [sum(persons), sum(yes)];
  const observed = yes.map((count, index) => count / persons[index]);
  const predicted = expected.map((count, index) => count / persons[index]);
  const mean = (of: (index: number) => number): number => sum(column().map((_, index) => of(index))) / met.length;
  const square = mean((index) => (predicted[index] - observed[index]) ** 2);
  const chance = mean((index) => noise[index] / persons[index] ** 2);
  return {
    areas: Int32Array.from(met),
    persons,
    observed,
    predicted,
    error: Math.sqrt(square),
    samplingError: Math.sqrt(chance),
    modelError: Math.sqrt(Math.max(0, square - chance)),
    baselineError: Math.sqrt(
      mean((index) => ((allYes - yes[index]) / (allPersons - persons[index]) - observed[index]) ** 2),
    ),
    bias: mean((index) => predicted[index] - observed[index]),
  };
}
