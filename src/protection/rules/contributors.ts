import { column, numbers, reasonAt, type Table } from "../../codes/table.ts";
import { Refusal } from "../refusal.ts";
import { exactNumbers } from "./exact.ts";

/** Where a table of records says who contributes what to which cell. */
export interface ContributionColumns {
  /** Columns whose values together name the cell; none for one cell of the whole table. */
  readonly cells: readonly string[];
  /** The magnitude contributed; absent when only units are counted. */
  readonly value?: string;
  /** Who contributes: the rows of one contributor in a cell are summed first. Without it each row is one contributor. */
  readonly contributor?: string;
  /** Sampling weight of the row: how many units it stands for. */
  readonly weight?: string;
}

/** What is behind one cell of a table. Protected: for rules only, never printed. */
export interface CellContributions {
  /** Values of the cell's columns, in their order. */
  readonly cell: readonly string[];
  /** Rows of the table, from 0. */
  readonly rows: readonly number[];
  /** Distinct contributors. */
  readonly units: number;
  /** Sum of the weights of the contributors as an exact fraction of `10^weightDecimals`; the units themselves without weights. */
  readonly weighted: bigint;
  readonly weightDecimals: number;
  /** Sum of each contributor's rows in a common whole unit; empty without `value`. */
  readonly contributions: readonly bigint[];
  /** Rows of the cell whose value is missing, or whose contributor is unknown. */
  readonly missing: readonly number[];
}

/**
 * Groups the records of a table by cell and by contributor. A missing value of a cell's column is a category of its own (« s », « ns », « nd »
 * after a null character, so that it is never taken for a text). A contributor of several rows in a cell must have one weight there. O(rows).
 * @throws Refusal when a weight is missing, negative, or differs between two rows of one contributor
 * @example
 * ```ts
 * const records = table({
 *   zone: textColumn(["A", "A", "B"], { label: "Zone" }),
 *   siren: textColumn(["1", "1", "2"], { label: "Entreprise" }),
 *   sales: numberColumn([4, 6, 5], { label: "Ventes", unit: "EUR" }),
 * });
 * contributionsByCell(records, { cells: ["zone"], value: "sales", contributor: "siren" }).map(({ contributions }) => contributions.map(String)) // [["10"], ["5"]]
 * ```
 */
export function contributionsByCell(records: Table, columns: ContributionColumns): readonly CellContributions[] {
  const value = columns.value === undefined ? null : numbers(records, columns.value);
  const weight = columns.weight === undefined ? null : numbers(records, columns.weight);
  const who = columns.contributor === undefined ? null : column(records, columns.contributor);
  const keys = columns.cells.map((name) => column(records, name));
  const groups = new Map<string, { cell: string[]; rows: number[] }>();
  for (let row = 0; row < records.numRows; row++) {
    const cell = keys.map((key) => {
      const reason = reasonAt(key, row);
      return reason === null ? String(key.values[row]) : `\u0000${reason}`;
    });
    const name = JSON.stringify(cell);
    const group = groups.get(name);
    if (group) group.rows.push(row);
    else groups.set(name, { cell, rows: [row] });
  }
  const amounts =
    value && exactNumbers(value.values.map((amount, row) => (reasonAt(value, row) === null ? amount : 0)));
  const weights = weight && exactNumbers(weight.values.map((each, row) => checkedWeight(each, row)));
  return [...groups.values()].map(({ cell, rows }) => {
    const sums = new Map<string | number, { amount: bigint; weight: bigint }>();
    const missing: number[] = [];
    for (const row of rows) {
      const unknown = who !== null && reasonAt(who, row) !== null;
      if (unknown || (value && reasonAt(value, row) !== null)) missing.push(row);
      const id = who === null || unknown ? row : `id ${who.values[row]}`;
      const rowWeight = weights?.integers[row] ?? 1n;
      const known = sums.get(id);
      if (known && known.weight !== rowWeight) {
        throw new Refusal({
          what: "Un même contributeur porte deux poids dans une cellule",
          where: `ligne ${row + 1}`,
          expected: "un poids par contributeur",
        });
      }
      sums.set(id, { amount: (known?.amount ?? 0n) + (amounts?.integers[row] ?? 0n), weight: rowWeight });
    }
    const all = [...sums.values()];
    return {
      cell,
      rows,
      units: all.length,
      weighted: all.reduce((total, each) => total + each.weight, 0n),
      weightDecimals: weights?.decimals ?? 0,
      contributions: amounts ? all.map(({ amount }) => amount) : [],
      missing,
    };
  });
}

function checkedWeight(weight: number, row: number): number {
  if (weight >= 0 && weight < Number.POSITIVE_INFINITY) return weight;
  throw new Refusal({
    what: "Un poids de sondage est négatif, manquant ou infini",
    where: `ligne ${row + 1}`,
    expected: "un poids positif ou nul à chaque ligne",
  });
}
