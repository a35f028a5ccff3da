import { QuartiersError } from "../../codes/errors.ts";
import { type Cloud, checkCloud } from "./cloud.ts";
import { distinctRows } from "./distinct-rows.ts";
import { reallocate, type Seats, transfer } from "./k-means.ts";
import { orderClasses } from "./order-classes.ts";

export interface Consolidation {
  /** Class of each row, numbered from 0 by mean on the first axis. */
  readonly classOf: Int32Array;
  /** Classes that still have a row. */
  readonly classes: number;
  /** Numbers, in the classes given, of those that lost all their rows. */
  readonly emptied: readonly number[];
  /** Rows that changed class. */
  readonly moved: number;
  /** Means of the classes, row-major. */
  readonly centres: Float64Array;
  readonly totalInertia: number;
  /** Inertia between the classes, before and after. */
  readonly betweenBefore: number;
  readonly between: number;
  /** Passes over the rows. */
  readonly passes: number;
  /** False when `maxPasses` came first. */
  readonly converged: boolean;
}

/**
 * Consolidates classes by k-means: rows go to the nearest mean until none moves (Lloyd), then one set of identical rows at a time moves wherever it lowers the inertia within (Hartigan and Wong 1979),
 * until no single move does. Masses count throughout, where R's HCPC consolidates without them. The inertia between never falls. A class that Lloyd's passes empty is dropped, and named in
 * `emptied`. O(passes n k d).
 * @example
 * ```ts
 * const cloud = { coordinates: Float64Array.of(0, 1, 4, 9, 10), dimensions: 1, masses: new Float64Array(5).fill(1) };
 * const { classOf, moved } = consolidate(cloud, Int32Array.of(0, 0, 1, 1, 1));
 * [[...classOf], moved] // [ [ 0, 0, 0, 1, 1 ], 1 ]
 * ```
 */
export function consolidate(
  cloud: Cloud,
  classOf: Int32Array,
  { maxPasses = 200 }: { readonly maxPasses?: number } = {},
): Consolidation {
  const size = checkCloud(cloud);
  const { dimensions } = cloud;
  if (classOf.length !== size || classOf.some((label) => label < 0))
    throw new QuartiersError({
      what: "Classes et lignes ne vont pas ensemble",
      value: `${classOf.length} classes données, dont ${classOf.filter((label) => label < 0).length} manquantes`,
      expected: `une classe, numérotée depuis 0, pour chacune des ${size} lignes`,
    });
  const { pointOf, firstRow, masses, coordinates } = distinctRows(cloud.coordinates, dimensions, cloud.masses);
  const classes = classOf.reduce((most, label) => Math.max(most, label), 0) + 1;
  const before = inertiaBetween(cloud, classOf, classes);
  const seats: Seats = {
    coordinates,
    dimensions,
    masses,
    classOf: Int32Array.from(firstRow, (row) => classOf[row]),
    centres: new Float64Array(classes * dimensions),
    weights: new Float64Array(classes),
  };
  const given = new Set(classOf);
  let passes = 0;
  let changed = true;
  while (changed && passes++ < maxPasses) changed = reallocate(seats);
  let converged = !changed;
  for (changed = true; changed && passes < maxPasses; passes++) changed = transfer(seats);
  converged &&= !changed;
  const left = new Set(seats.classOf);
  const after = Int32Array.from(pointOf, (point) => seats.classOf[point]);
  const ordered = orderClasses(cloud, after);
  const { between, total, centres } = inertiaBetween(cloud, ordered, left.size);
  return {
    classOf: ordered,
    classes: left.size,
    emptied: [...given].filter((label) => !left.has(label)).sort((a, b) => a - b),
    moved: after.reduce((count, label, row) => count + (label === classOf[row] ? 0 : 1), 0),
    centres,
    totalInertia: total,
    betweenBefore: before.between,
    between,
    passes,
    converged,
  };
}

/** Inertia between classes and in all, divided by the sum of the masses, and the means of the classes. */
function inertiaBetween(
  { coordinates, dimensions, masses }: Cloud,
  classOf: Int32Array,
  classes: number,
): { readonly between: number; readonly total: number; readonly centres: Float64Array } {
  const centres = new Float64Array(classes * dimensions);
  const weights = new Float64Array(classes);
  const mean = new Float64Array(dimensions);
  const sum = masses.reduce((all, mass) => all + mass, 0);
  classOf.forEach((label, row) => {
    weights[label] += masses[row];
    for (let k = 0; k < dimensions; k++) {
      centres[label * dimensions + k] += masses[row] * coordinates[row * dimensions + k];
      mean[k] += (masses[row] * coordinates[row * dimensions + k]) / sum;
    }
  });
  let [between, total] = [0, 0];
  for (let label = 0; label < classes; label++)
    for (let k = 0; k < dimensions && weights[label] > 0; k++) {
      centres[label * dimensions + k] /= weights[label];
      between += (weights[label] / sum) * (centres[label * dimensions + k] - mean[k]) ** 2;
    }
  for (let at = 0; at < coordinates.length; at++)
    total += (masses[Math.floor(at / dimensions)] / sum) * (coordinates[at] - mean[at % dimensions]) ** 2;
  return { between, total, centres };
}
