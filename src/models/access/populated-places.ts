import { QuartiersError } from "../../codes/errors.ts";

/** Places that count in an inequality: those where people live. */
export interface PopulatedPlaces {
  readonly access: Float64Array;
  /** Share of each place in the population; their sum is 1. */
  readonly shares: Float64Array;
  /** Row of each place in the columns given. */
  readonly rows: Int32Array;
  /** Weighted mean of access. */
  readonly mean: number;
  /** Places left out because nobody lives there. */
  readonly empty: number;
}

/**
 * Leaves out the places without people and weighs the others. Refuses columns of different lengths, negative or missing values, and an access of Infinity
 * (a cost to reach nothing): an inequality is not defined there. null when nobody lives anywhere. O(places).
 */
export function populatedPlaces(access: Float64Array, population: Float64Array): PopulatedPlaces | null {
  if (access.length !== population.length)
    throw new QuartiersError({
      what: "Accès et population de longueurs différentes",
      value: `${access.length} et ${population.length}`,
      expected: "une valeur par lieu",
    });
  const rows: number[] = [];
  let people = 0;
  for (let row = 0; row < access.length; row++) {
    if (!(population[row] >= 0 && population[row] < Number.POSITIVE_INFINITY))
      refuse("Population", row, population[row]);
    if (population[row] === 0) continue;
    if (!(access[row] >= 0 && access[row] < Number.POSITIVE_INFINITY)) refuse("Accès", row, access[row]);
    rows.push(row);
    people += population[row];
  }
  if (rows.length === 0) return null;
  const shares = Float64Array.from(rows, (row) => population[row] / people);
  const values = Float64Array.from(rows, (row) => access[row]);
  return {
    access: values,
    shares,
    rows: Int32Array.from(rows),
    mean: values.reduce((sum, value, i) => sum + value * shares[i], 0),
    empty: access.length - rows.length,
  };
}

/** Places of `values` in increasing order; equal ones keep theirs. */
export const increasing = (values: Float64Array): Int32Array =>
  Int32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);

function refuse(what: string, row: number, value: number): never {
  throw new QuartiersError({
    what: `${what} impossible ou manquant pour une inégalité, ligne ${row + 1}`,
    value: String(value),
    expected: "un nombre fini, positif ou nul",
    remedy: "retirer ces lieux et dire combien ils sont",
  });
}
