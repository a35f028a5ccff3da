import { QuartiersError } from "../codes/errors.ts";
import type { CodedColumn, MatrixTable } from "./travel-matrix-table.ts";

/** Bits of one table of pairs met: 128 MB. Beyond, pairs are sorted. */
const MOST_BITS = 2 ** 30;

/** "ligne 7" of a table read from a file. */
const line = ({ rowNumbers }: MatrixTable, row: number): string => `ligne ${rowNumbers[row]}`;

/** The pair of a row as it is printed. */
export const pairText = (table: MatrixTable, row: number): string =>
  `${table.from.ids[table.from.codes[row]]} – ${table.to.ids[table.to.codes[row]]}, ${line(table, row)}`;

/** Refuses what no cost can be: negative, and empty where the producer writes all its pairs. Names the first rows. O(rows × costs). */
export function refuseBadCosts(table: MatrixTable, file: string): void {
  for (const [name, values] of Object.entries(table.costs)) {
    const mayBeEmpty = emptyRows(table, name);
    const bad: string[] = [];
    let [negative, empty] = [0, 0];
    for (let row = 0; row < values.length; row++) {
      const value = values[row];
      if (value >= 0 || (Number.isNaN(value) && mayBeEmpty(row))) continue;
      if (value < 0) negative++;
      else empty++;
      if (bad.length < 3) bad.push(`${pairText(table, row)}\u00a0: ${Number.isNaN(value) ? "(vide)" : value}`);
    }
    if (bad.length > 0)
      throw new QuartiersError({
        what: `Coûts impossibles dans ${table.columns.costs[name]?.column ?? name} (${negative} négatifs, ${empty} vides)`,
        value: bad.join(" ; "),
        where: file,
        expected: "un nombre positif ou nul par couple",
        remedy:
          empty > 0 && negative === 0
            ? "demander au producteur ce qu'un vide veut dire\u00a0; emptyCosts: \"unreachable\" s'il veut dire hors d'atteinte"
            : "reprendre ces lignes chez leur producteur",
      });
  }
}

/**
 * Where a cost may be empty: everywhere for a time, when the producer leaves out what cannot be travelled; for a length or a fare, there only, or in the whole
 * column. A trip that can be made has a length: an empty one is not infinite.
 */
function emptyRows({ columns, costs }: MatrixTable, name: string): (row: number) => boolean {
  if (columns.emptyCosts !== "unreachable") return () => false;
  const times = Object.entries(costs).filter(([other]) => other.endsWith("Minutes"));
  if (name.endsWith("Minutes") || times.length === 0 || costs[name]?.every(Number.isNaN)) return () => true;
  return (row) => times.every(([, values]) => !(values[row] < Number.POSITIVE_INFINITY));
}

/** Refuses ids that the list of places does not have. null accepts all. O(ids). */
export function refuseUnknownIds(
  table: MatrixTable,
  side: "from" | "to",
  known: readonly string[] | null,
  file: string,
): void {
  const { codes, ids } = table[side];
  const list = known === null ? null : new Set(known);
  const unknown = new Set<number>();
  for (const [code, id] of ids.entries()) if (id === "" || (list && !list.has(id))) unknown.add(code);
  if (unknown.size === 0) return;
  const rows: string[] = [];
  let count = 0;
  for (let row = 0; row < codes.length; row++)
    if (unknown.has(codes[row]) && count++ < 3) rows.push(`${ids[codes[row]] || "(vide)"}, ${line(table, row)}`);
  if (count === 0) return;
  throw new QuartiersError({
    what: `Identifiants de ${table.columns[side]} absents de la liste des lieux (${unknown.size} identifiants, ${count} lignes)`,
    value: rows.join(" ; "),
    where: file,
    expected: "des identifiants présents dans la matrice et dans la liste des lieux",
    remedy: "vérifier que la matrice et les lieux sont du même millésime et du même découpage",
  });
}

/**
 * Refuses a pair given twice in one group of the table, naming both rows. `alternatives` lets pairs repeat whose costs differ (routes of another time and another
 * fare), and refuses those that repeat the same costs. One bit a possible pair up to 2^30, else a sort. O(rows), O(rows log rows).
 */
export function refuseDuplicatePairs(table: MatrixTable, file: string, alternatives: boolean): void {
  const twins = repeatedRows(table);
  if (twins.length === 0) return;
  const first = firstRows(table, twins);
  const found: string[] = [];
  let count = 0;
  for (const row of twins) {
    const same = (first.get(keyOf(table, row)) ?? []).find(
      (other) => other < row && (!alternatives || sameCosts(table, other, row)),
    );
    if (same === undefined) continue;
    if (count++ < 3) found.push(`${pairText(table, same)} et ${line(table, row)}`);
  }
  if (count === 0) return;
  throw new QuartiersError({
    what: `Couples donnés deux fois${alternatives ? " avec les mêmes coûts" : ""} (${count})`,
    value: found.join(" ; "),
    where: file,
    expected: "une ligne par origine, destination et groupe",
    remedy: alternatives
      ? "retirer les lignes répétées"
      : 'nommer les colonnes qui distinguent ces lignes (groups: mode, départ, centile), ou alternatives: "pareto" si ce sont plusieurs itinéraires',
  });
}

/** Rows whose pair came before, in order. */
function repeatedRows(table: MatrixTable): number[] {
  const { from, to } = table;
  const width = to.ids.length;
  const size = groupCount(table) * from.ids.length * width;
  const repeated: number[] = [];
  if (size > MOST_BITS) return repeatedBySort(table);
  const seen = new Uint8Array(Math.ceil(size / 8));
  const groups = groupCodes(table);
  for (let row = 0; row < from.codes.length; row++) {
    const key = ((groups ? groups[row] : 0) * from.ids.length + from.codes[row]) * width + to.codes[row];
    const bit = 1 << (key & 7);
    if ((seen[key >>> 3] & bit) !== 0) repeated.push(row);
    seen[key >>> 3] |= bit;
  }
  return repeated;
}

function repeatedBySort(table: MatrixTable): number[] {
  const keys = Float64Array.from(table.from.codes, (_, row) => keyOf(table, row));
  const sorted = keys.slice().sort();
  const twice = new Set<number>();
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) twice.add(sorted[i]);
  if (twice.size === 0) return [];
  const met = new Set<number>();
  const repeated: number[] = [];
  for (let row = 0; row < keys.length; row++) {
    if (!twice.has(keys[row])) continue;
    if (met.has(keys[row])) repeated.push(row);
    met.add(keys[row]);
  }
  return repeated;
}

/** All rows of the pairs of some rows. */
function firstRows(table: MatrixTable, twins: readonly number[]): Map<number, number[]> {
  const rows = new Map<number, number[]>(twins.map((row) => [keyOf(table, row), []]));
  for (let row = 0; row < table.from.codes.length; row++) rows.get(keyOf(table, row))?.push(row);
  return rows;
}

const sameCosts = (table: MatrixTable, a: number, b: number): boolean =>
  Object.values(table.costs).every((values) => Object.is(values[a], values[b]));

function keyOf(table: MatrixTable, row: number): number {
  const { from, to, groups } = table;
  let group = 0;
  for (const { codes, ids } of Object.values(groups)) group = group * ids.length + codes[row];
  return (group * from.ids.length + from.codes[row]) * to.ids.length + to.codes[row];
}

const groupCount = ({ groups }: MatrixTable): number =>
  Object.values(groups).reduce((product, { ids }) => product * ids.length, 1);

function groupCodes({ groups, from }: MatrixTable): Int32Array | null {
  const columns: readonly CodedColumn[] = Object.values(groups).filter(({ ids }) => ids.length > 1);
  if (columns.length === 0) return null;
  const combined = new Int32Array(from.codes.length);
  for (const { codes, ids } of columns)
    for (let row = 0; row < combined.length; row++) combined[row] = combined[row] * ids.length + codes[row];
  return combined;
}
