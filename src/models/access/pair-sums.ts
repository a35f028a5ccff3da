import { QuartiersError } from "../../codes/errors.ts";
import { pairCount, type TravelMatrix } from "./travel-matrix.ts";

/**
 * For each origin, the sum over its destinations of weight × value: the kernel of every accessibility measure. `weights` has one value a pair.
 * O(pairs).
 */
export function sumByOrigin(
  matrix: TravelMatrix,
  weights: Float64Array,
  destinationValues: Float64Array,
): Float64Array {
  const { starts, destinations } = matrix;
  const sums = new Float64Array(matrix.originIds.length);
  for (let origin = 0; origin < sums.length; origin++) {
    const [start, end] = [starts[origin], starts[origin + 1]];
    let sum = 0;
    if (destinations)
      for (let pair = start; pair < end; pair++) sum += weights[pair] * destinationValues[destinations[pair]];
    else for (let pair = start; pair < end; pair++) sum += weights[pair] * destinationValues[pair - start];
    sums[origin] = sum;
  }
  return sums;
}

/** The same for several columns of values at once: the matrix is read once. */
export function sumsByOrigin(
  matrix: TravelMatrix,
  weights: Float64Array,
  destinationValues: readonly Float64Array[],
): Float64Array[] {
  const [only] = destinationValues;
  if (only && destinationValues.length === 1) return [sumByOrigin(matrix, weights, only)];
  const { starts, destinations } = matrix;
  const width = destinationValues.length;
  const rows = new Float64Array(matrix.destinationIds.length * width);
  for (const [k, values] of destinationValues.entries())
    for (let destination = 0; destination < values.length; destination++)
      rows[destination * width + k] = values[destination];
  const sums = destinationValues.map(() => new Float64Array(matrix.originIds.length));
  const row = new Float64Array(width);
  for (let origin = 0; origin < matrix.originIds.length; origin++) {
    row.fill(0);
    const start = starts[origin];
    for (let pair = start; pair < starts[origin + 1]; pair++) {
      const weight = weights[pair];
      if (weight === 0) continue;
      const from = (destinations ? destinations[pair] : pair - start) * width;
      for (let k = 0; k < width; k++) row[k] += weight * rows[from + k];
    }
    for (const [k, column] of sums.entries()) column[origin] = row[k];
  }
  return sums;
}

/** For each destination, the sum over the origins that have it of weight × value: who can reach it. O(pairs). */
export function sumByDestination(
  matrix: TravelMatrix,
  weights: Float64Array,
  originValues: Float64Array,
): Float64Array {
  const { starts, destinations } = matrix;
  const sums = new Float64Array(matrix.destinationIds.length);
  for (let origin = 0; origin < matrix.originIds.length; origin++) {
    const value = originValues[origin];
    if (value === 0) continue;
    const [start, end] = [starts[origin], starts[origin + 1]];
    if (destinations) for (let pair = start; pair < end; pair++) sums[destinations[pair]] += weights[pair] * value;
    else for (let pair = start; pair < end; pair++) sums[pair - start] += weights[pair] * value;
  }
  return sums;
}

/** Refuses columns that are not of the matrix, and values that are negative or missing. O(columns). */
export function checkColumns(
  matrix: TravelMatrix,
  columns: {
    readonly weights?: Float64Array;
    readonly byOrigin?: Readonly<Record<string, Float64Array>>;
    readonly byDestination?: Readonly<Record<string, Float64Array>>;
  },
): void {
  const { weights, byOrigin = {}, byDestination = {} } = columns;
  if (weights) checkLength("weights", weights, pairCount(matrix), "un poids par couple");
  for (const [name, column] of Object.entries(byOrigin)) checkCounts(name, column, matrix.originIds, "origine");
  for (const [name, column] of Object.entries(byDestination))
    checkCounts(name, column, matrix.destinationIds, "destination");
}

function checkCounts(name: string, column: Float64Array, ids: readonly string[], place: string): void {
  checkLength(name, column, ids.length, `une valeur par ${place}, dans l'ordre de la matrice (alignLandUse)`);
  const row = column.findIndex((value) => !(value >= 0 && value < Number.POSITIVE_INFINITY));
  if (row >= 0)
    throw new QuartiersError({
      what: `Valeur impossible ou manquante dans ${name} (${place} ${ids[row]})`,
      value: String(column[row]),
      expected: "un nombre fini, positif ou nul",
    });
}

function checkLength(name: string, column: Float64Array, length: number, expected: string): void {
  if (column.length !== length)
    throw new QuartiersError({
      what: `Colonne ${name} d'une autre longueur`,
      value: String(column.length),
      expected: `${length}\u00a0: ${expected}`,
    });
}
