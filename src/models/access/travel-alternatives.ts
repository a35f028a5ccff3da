import { QuartiersError } from "../../codes/errors.ts";
import type { NamedColumns } from "./access-measure.ts";
import { type CumulativeAccess, cumulativeCutoff } from "./cumulative-cutoff.ts";
import { codeIds } from "./id-column.ts";
import {
  costColumn,
  mapColumns,
  type TravelMatrix,
  type TravelMatrixOptions,
  type TravelRows,
  travelMatrix,
} from "./travel-matrix.ts";

/**
 * Several ways of making each trip, none better on all costs (a Pareto front: faster and dearer, slower and cheaper). Not a matrix: a sum over its rows would count
 * a destination as many times as there are ways to it.
 */
export interface TravelAlternatives {
  readonly rows: TravelRows;
  readonly options: TravelMatrixOptions;
}

export type TravelAlternativesOptions = TravelMatrixOptions & {
  /** Said by the author: pairs given several times are other ways of the same trip, not an error. */
  readonly alternatives: "pareto";
};

/**
 * Rows in which a pair may come several times with other costs. Refuses what `travelMatrix` refuses, but repeated pairs; two rows of one pair with the same costs
 * are refused and named. O(rows).
 */
export function travelAlternatives(rows: TravelRows, options: TravelAlternativesOptions): TravelAlternatives {
  const { alternatives, ...matrixOptions } = options;
  if (alternatives !== "pareto")
    throw new QuartiersError({
      what: "Règle inconnue pour les couples répétés",
      value: String(alternatives),
      expected: 'alternatives: "pareto"',
    });
  const coded = {
    ...rows,
    from_id: codeIds(rows.from_id, "from_id"),
    to_id: codeIds(rows.to_id, "to_id"),
  };
  // Each group of the nth ways is a matrix: building them holds every row to the same promises.
  for (const part of byRank(coded)) travelMatrix(part, matrixOptions);
  return { rows: coded, options: { ...matrixOptions, ...placesOf(coded, matrixOptions) } };
}

/** All places on both sides, so that a pair out of every limit keeps its places. */
function placesOf(
  rows: TravelRows,
  options: TravelMatrixOptions,
): Pick<TravelMatrixOptions, "originIds" | "destinationIds"> {
  const [home, work] = options.direction === "outward" ? [rows.from_id, rows.to_id] : [rows.to_id, rows.from_id];
  const ids = (column: TravelRows["from_id"]): readonly string[] => ("codes" in column ? column.ids : column);
  return { originIds: options.originIds ?? ids(home), destinationIds: options.destinationIds ?? ids(work) };
}

/** The first way of each pair, then the second... Refuses a way that repeats another. */
function byRank(rows: TravelRows): TravelRows[] {
  const { from_id: from, to_id: to } = rows;
  if (!("codes" in from && "codes" in to)) return [rows];
  const before = new Map<number, number[]>();
  const ranks: number[][] = [];
  const columns = Object.values(rows.costs);
  for (let row = 0; row < from.codes.length; row++) {
    const key = from.codes[row] * to.ids.length + to.codes[row];
    const ways = before.get(key) ?? [];
    const twin = ways.find((other) => columns.every((column) => Object.is(column[other], column[row])));
    if (twin !== undefined)
      throw new QuartiersError({
        what: "Un couple donné deux fois avec les mêmes coûts",
        value: `${from.ids[from.codes[row]]} – ${to.ids[to.codes[row]]}, lignes ${lineOf(rows, twin)} et ${lineOf(rows, row)}`,
        expected: "des façons différentes de faire le trajet",
        remedy: "retirer l'une des deux lignes",
      });
    const rank = ways.push(row) - 1;
    before.set(key, ways);
    const group = ranks[rank];
    if (group) group.push(row);
    else ranks.push([row]);
  }
  return ranks.map((members) => pick(rows, members));
}

const lineOf = (rows: TravelRows, row: number): number => rows.rowNumbers?.[row] ?? row + 1;

function pick(rows: TravelRows, members: readonly number[]): TravelRows {
  const { from_id: from, to_id: to } = rows;
  const coded = (column: TravelRows["from_id"]): TravelRows["from_id"] =>
    "codes" in column
      ? { codes: Int32Array.from(members, (row) => column.codes[row]), ids: column.ids }
      : members.map((row) => column[row] ?? "");
  return {
    from_id: coded(from),
    to_id: coded(to),
    costs: mapColumns(rows.costs, (column) => Float64Array.from(members, (row) => column[row])),
    rowNumbers: Int32Array.from(members, (row) => lineOf(rows, row)),
  };
}

export interface LeastCostInput {
  /** The cost to make as small as possible. */
  readonly cost: string;
  /** What the way taken may cost otherwise, bound included: `{ fareEuros: 2 }`. */
  readonly limits?: Readonly<Record<string, number>>;
}

/**
 * One way a pair: the one of least cost among those within the limits, the others out of reach. The matrix has this cost only and is for any measure: times of
 * those who can pay 2 euros, for instance. O(rows).
 * @example
 * ```ts
 * const ways = travelAlternatives(
 *   { from_id: ["a", "a"], to_id: ["x", "x"], costs: { timeMinutes: Float64Array.of(20, 50), fareEuros: Float64Array.of(4, 1) } },
 *   { direction: "outward", alternatives: "pareto" },
 * );
 * leastCostMatrix(ways, { cost: "timeMinutes", limits: { fareEuros: 2 } }).costs.timeMinutes // Float64Array(1) [ 50 ]
 * ```
 */
export function leastCostMatrix(alternatives: TravelAlternatives, input: LeastCostInput): TravelMatrix {
  const { rows, options } = alternatives;
  const { cost, limits = {} } = input;
  const values = named(rows, cost);
  const bounds = Object.entries(limits).map(([name, limit]) => ({ column: named(rows, name), limit }));
  const { from_id: from, to_id: to } = rows;
  if (!("codes" in from && "codes" in to)) throw new TypeError("des identifiants codés sont attendus");
  const best = new Map<number, number>();
  for (let row = 0; row < values.length; row++) {
    if (!bounds.every(({ column, limit }) => column[row] <= limit)) continue;
    const key = from.codes[row] * to.ids.length + to.codes[row];
    const other = best.get(key);
    if (other === undefined || values[row] < values[other]) best.set(key, row);
  }
  const kept = pick(rows, [...best.values()]);
  return travelMatrix({ ...kept, costs: { [cost]: kept.costs[cost] ?? new Float64Array(0) } }, options);
}

function named(rows: TravelRows, name: string): Float64Array {
  const column = rows.costs[name];
  if (!column)
    throw new QuartiersError({
      what: "Coût absent des trajets",
      value: name,
      expected: Object.keys(rows.costs).join(", "),
    });
  return column;
}

/**
 * Cumulative opportunities under several limits at once (time and fare), when a pair has several ways: a destination counts once, as soon as one way is within all the
 * limits. One result a combination of cut-offs, first cost slowest, as `cumulativeCutoff`; with one way a pair it is the same. O(rows × combinations of the costs but one).
 */
export function cumulativeAlternatives<Name extends string>(
  alternatives: TravelAlternatives,
  input: {
    readonly limits: Readonly<Record<string, readonly number[]>>;
    readonly opportunities: NamedColumns<Name>;
    readonly active?: boolean;
  },
): CumulativeAccess<Name>[] {
  const { limits, opportunities, active = true } = input;
  const names = Object.keys(limits);
  const [minimised, ...others] = names.toReversed();
  if (minimised === undefined)
    throw new QuartiersError({ what: "Aucune limite de coût", expected: "au moins un coût et ses seuils" });
  const combinations = others
    .toReversed()
    .reduce<Record<string, number>[]>(
      (made, name) => made.flatMap((start) => (limits[name] ?? []).map((limit) => ({ ...start, [name]: limit }))),
      [{}],
    );
  return combinations.flatMap((fixed) => {
    const matrix = leastCostMatrix(alternatives, { cost: minimised, limits: fixed });
    const cutoffs = limits[minimised] ?? [];
    return cumulativeCutoff(matrix, {
      limits: { [minimised]: { cost: costColumn(matrix, minimised), cutoffs } },
      opportunities,
      active,
    }).map(({ cutoffs: own, access }) => ({ cutoffs: { ...fixed, ...own }, access }));
  });
}
