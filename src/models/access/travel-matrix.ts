import { QuartiersError } from "../../codes/errors.ts";
import { countingSort } from "./counting-sort.ts";
import { type CodedIds, codeIds, type IdColumn } from "./id-column.ts";

/** Columns of numbers by name. */
export type Columns = Readonly<Record<string, Float64Array>>;

/** A travel matrix as it is published: one row a pair. */
export interface TravelRows {
  readonly from_id: IdColumn;
  readonly to_id: IdColumn;
  /** Costs by name, each with its unit in its name: `travelTimeMinutes`, `distance_km`, `fareEuros`. */
  readonly costs: Columns;
  /** Number of each row in its file, for messages, when these rows are a part of a table; from 1 on by default. */
  readonly rowNumbers?: Int32Array;
}

/**
 * Costs between origins, where people are, and destinations, where opportunities are, in compressed rows. The pairs of origin i are
 * `starts[i]` to `starts[i + 1]` (excluded). A pair that is not there, or costs Infinity, cannot be travelled.
 */
export interface TravelMatrix {
  readonly originIds: readonly string[];
  readonly destinationIds: readonly string[];
  readonly starts: Int32Array;
  /** Destination of each pair, increasing within an origin; null when dense: every origin then has every destination, in order. */
  readonly destinations: Int32Array | null;
  /** One value a pair. */
  readonly costs: Columns;
  /** "outward": costs of the trip from home to the opportunity; "return": of the trip back home. */
  readonly direction: "outward" | "return";
}

export interface TravelMatrixOptions {
  /**
   * Which trip the rows describe. "outward": people leave from `from_id`. "return": people live at `to_id` and come back from `from_id`; the matrix
   * is turned over, so that origins are always where people are. Never guessed: a morning matrix is not an evening one.
   */
  readonly direction: "outward" | "return";
  /** All places where people are, reachable or not, in the order wanted; by default those of the rows, in order of first appearance. */
  readonly originIds?: readonly string[];
  readonly destinationIds?: readonly string[];
  /** "dense" writes absent pairs as Infinity and spares the index of destinations. */
  readonly storage?: "sparse" | "dense";
  /** What a cost of NaN means: an error, or a pair that cannot be travelled (OSRM and Valhalla write null). */
  readonly missingCosts?: "refuse" | "unreachable";
}

/** A unit at the end of a name: Minutes, _min, Km, _km, Metres, Euros... */
const unitAtEnd =
  /(?:minutes?|seconds?|secondes?|hours?|heures?|metres?|kilometres?|euros?|_(?:min|s|sec|h|m|km|eur))$|(?:Km|Min|Eur)$/i;

/**
 * Reads a travel matrix in long columns. A pair absent from the rows is out of reach; an origin without any pair stays, with nothing to reach.
 * Refuses a cost without unit in its name, negative or missing costs, pairs given twice and ids not announced, naming the first rows.
 * O(rows + origins + destinations).
 * @example
 * ```ts
 * const rows = { from_id: ["a", "a", "b"], to_id: ["x", "y", "y"], costs: { timeMinutes: Float64Array.of(5, 20, 10) } };
 * travelMatrix(rows, { direction: "outward" }).starts // Int32Array(3) [ 0, 2, 3 ]
 * ```
 */
export function travelMatrix(rows: TravelRows, options: TravelMatrixOptions): TravelMatrix {
  const { direction, storage = "sparse", missingCosts = "refuse" } = options;
  const [homeColumn, workColumn] =
    direction === "outward" ? (["from_id", "to_id"] as const) : (["to_id", "from_id"] as const);
  const origins = codeIds(rows[homeColumn], homeColumn, options.originIds);
  const destinations = codeIds(rows[workColumn], workColumn, options.destinationIds);
  const length = origins.codes.length;
  if (destinations.codes.length !== length)
    throw new QuartiersError({
      what: "Colonnes from_id et to_id de longueurs différentes",
      value: `${length} et ${destinations.codes.length}`,
      expected: "une ligne par couple",
    });
  const lineOf = (row: number): number => rows.rowNumbers?.[row] ?? row + 1;
  checkCosts(rows.costs, length, missingCosts, lineOf);
  const order = sortedPairs(origins, destinations);
  refuseDuplicates(origins, destinations, order, lineOf);
  return storage === "dense"
    ? spread(rows.costs, origins, destinations, direction)
    : compress(rows.costs, origins, destinations, order, direction);
}

/** The number of pairs. */
export const pairCount = (matrix: TravelMatrix): number => matrix.starts[matrix.starts.length - 1];

/** A cost of the matrix by its name. Refuses a name that is not there. */
export function costColumn(matrix: TravelMatrix, name: string): Float64Array {
  const column = matrix.costs[name];
  if (!column)
    throw new QuartiersError({
      what: "Coût absent de la matrice",
      value: name,
      expected: Object.keys(matrix.costs).join(", "),
    });
  return column;
}

/** Origins from which no destination can be reached at any cost: they keep their row, with an access of 0. O(pairs). */
export function unreachedOrigins(matrix: TravelMatrix, cost: string): string[] {
  const column = costColumn(matrix, cost);
  return matrix.originIds.filter((_, origin) => {
    for (let pair = matrix.starts[origin]; pair < matrix.starts[origin + 1]; pair++)
      if (column[pair] < Number.POSITIVE_INFINITY) return false;
    return true;
  });
}

function checkCosts(
  costs: Columns,
  length: number,
  missingCosts: "refuse" | "unreachable",
  lineOf: (row: number) => number,
): void {
  if (Object.keys(costs).length === 0)
    throw new QuartiersError({
      what: "Matrice sans coût",
      expected: "au moins une colonne, travelTimeMinutes par exemple",
    });
  for (const [name, column] of Object.entries(costs)) {
    if (!unitAtEnd.test(name))
      throw new QuartiersError({
        what: "Coût sans unité",
        value: name,
        expected: "un nom qui finit par l'unité\u00a0: travelTimeMinutes, distance_km, fareEuros",
        remedy: "renommer la colonne après avoir vérifié son unité chez le producteur",
      });
    if (column.length !== length)
      throw new QuartiersError({
        what: `Coût ${name} d'une autre longueur`,
        value: String(column.length),
        expected: `${length} lignes`,
      });
    const bad: number[] = [];
    let count = 0;
    for (let row = 0; row < length; row++) {
      const cost = column[row];
      if (cost >= 0 || (missingCosts === "unreachable" && Number.isNaN(cost))) continue;
      if (count++ < 3) bad.push(row);
    }
    if (count > 0)
      throw new QuartiersError({
        what: `Coût ${name} négatif ou manquant (${count} ligne${count > 1 ? "s" : ""})`,
        value: bad.map((row) => `ligne ${lineOf(row)}\u00a0: ${column[row]}`).join(" ; "),
        expected: "un nombre positif ou nul, ou Infinity quand le trajet est impossible",
        remedy: 'corriger ces lignes, ou missingCosts: "unreachable" si un vide veut dire hors d\'atteinte',
      });
  }
}

/** Rows in order of origin then destination; null when they already are. */
function sortedPairs(origins: CodedIds, destinations: CodedIds): Int32Array | null {
  const length = origins.codes.length;
  let sorted = true;
  for (let row = 1; sorted && row < length; row++) {
    const step = origins.codes[row] - origins.codes[row - 1];
    sorted = step > 0 || (step === 0 && destinations.codes[row] >= destinations.codes[row - 1]);
  }
  if (sorted) return null;
  const byDestination = countingSort(destinations.codes, destinations.ids.length, null);
  return countingSort(origins.codes, origins.ids.length, byDestination);
}

function refuseDuplicates(
  origins: CodedIds,
  destinations: CodedIds,
  order: Int32Array | null,
  lineOf: (row: number) => number,
): void {
  const pairs: string[] = [];
  let count = 0;
  for (let i = 1; i < origins.codes.length; i++) {
    const [row, previous] = order ? [order[i], order[i - 1]] : [i, i - 1];
    if (origins.codes[row] !== origins.codes[previous] || destinations.codes[row] !== destinations.codes[previous])
      continue;
    if (count++ < 3)
      pairs.push(
        `${origins.ids[origins.codes[row]]} – ${destinations.ids[destinations.codes[row]]}, lignes ${lineOf(previous)} et ${lineOf(row)}`,
      );
  }
  if (count > 0)
    throw new QuartiersError({
      what: `Couples donnés deux fois (${count})`,
      value: pairs.join(" ; "),
      expected: "une ligne par origine et destination",
      remedy: "séparer les groupes (mode, heure, centile) avec travelMatrices, ou garder le moindre coût",
    });
}

function compress(
  costs: Columns,
  origins: CodedIds,
  destinations: CodedIds,
  order: Int32Array | null,
  direction: "outward" | "return",
): TravelMatrix {
  const length = origins.codes.length;
  const starts = new Int32Array(origins.ids.length + 1);
  for (let row = 0; row < length; row++) starts[origins.codes[row] + 1]++;
  for (let origin = 0; origin < origins.ids.length; origin++) starts[origin + 1] += starts[origin];
  const heads = new Int32Array(length);
  for (let pair = 0; pair < length; pair++) heads[pair] = destinations.codes[order ? order[pair] : pair];
  const byPair = (column: Float64Array): Float64Array => {
    const values = new Float64Array(length);
    for (let pair = 0; pair < length; pair++) values[pair] = orUnreachable(column[order ? order[pair] : pair]);
    return values;
  };
  return {
    originIds: origins.ids,
    destinationIds: destinations.ids,
    starts,
    destinations: heads,
    costs: mapColumns(costs, byPair),
    direction,
  };
}

function spread(
  costs: Columns,
  origins: CodedIds,
  destinations: CodedIds,
  direction: "outward" | "return",
): TravelMatrix {
  const width = destinations.ids.length;
  return {
    originIds: origins.ids,
    destinationIds: destinations.ids,
    starts: Int32Array.from({ length: origins.ids.length + 1 }, (_, origin) => origin * width),
    destinations: null,
    costs: mapColumns(costs, (column) => {
      const values = new Float64Array(origins.ids.length * width).fill(Number.POSITIVE_INFINITY);
      for (let row = 0; row < column.length; row++)
        values[origins.codes[row] * width + destinations.codes[row]] = orUnreachable(column[row]);
      return values;
    }),
    direction,
  };
}

const orUnreachable = (cost: number): number => (Number.isNaN(cost) ? Number.POSITIVE_INFINITY : cost);

/** The same function of each column. */
export const mapColumns = <Value>(
  columns: Columns,
  change: (column: Float64Array, name: string) => Value,
): Record<string, Value> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column, name)]));
