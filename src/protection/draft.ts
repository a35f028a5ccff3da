import type { SecrecyRule } from "../codes/lineage.ts";
import {
  type Column,
  column as columnOf,
  type NumberColumn,
  numbers,
  PRESENT,
  reasonAt,
  SECRET,
  type Table,
} from "../codes/table.ts";
import { Refusal } from "./refusal.ts";
import { type Cell, cellKey } from "./relations.ts";
import type { ReleaseOptions } from "./release-options.ts";

/** A table while the gate works on it: columns that may be hidden, and who hid each cell. */
export interface Draft {
  readonly table: Table;
  readonly columns: Record<string, Column>;
  readonly counts: readonly NumberColumn[];
  readonly countNames: readonly string[];
  readonly open: ReadonlySet<string>;
  readonly rule: SecrecyRule;
  /** Numerators of sensitive rates: a 0 among them is not told either. */
  readonly sensitive: ReadonlySet<string>;
  /** Cells hidden because of what they hold. */
  readonly primary: Set<string>;
  /** Cells hidden so that the primary ones cannot be found. */
  readonly complementary: Set<string>;
}

/** A copy of the table that the gate may change. Whatever number was left under a mask does not pass. */
export function draftOf(
  table: Table,
  { counts = [], open = [], rates = [], name }: ReleaseOptions,
  rule: SecrecyRule,
): Draft {
  const countNames = typeof counts === "string" ? [counts] : [...counts];
  for (const opened of open) columnOf(table, opened);
  const both = countNames.find((count) => open.includes(count));
  if (both !== undefined) {
    throw new Refusal({
      what: `La table « ${name} » déclare une colonne d'effectifs publique en elle-même`,
      value: both,
      expected: "une colonne jugée par le seuil (counts), ou publique ailleurs (open), pas les deux",
      remedy: "la retirer de open ; si elle est vraiment publique, compter par une autre colonne",
    });
  }
  const countColumns = countNames.map((count) => numbers(table, count));
  countColumns.forEach((count, i) => {
    if (count.values.some((value) => value < 0 || value === Number.POSITIVE_INFINITY)) {
      throw new Refusal({
        what: `La colonne ${countNames[i]} de la table « ${name} » ne compte pas des unités`,
        expected: "des effectifs finis, jamais négatifs",
      });
    }
  });
  const columns = Object.fromEntries(
    Object.entries(table.columns).map(([key, source]): [string, Column] => {
      const missing = source.missing ? Uint8Array.from(source.missing) : null;
      return [
        key,
        source.type === "number"
          ? { ...source, values: Float64Array.from(source.values), missing }
          : { ...source, values: [...source.values], missing },
      ];
    }),
  );
  for (const source of Object.values(columns)) blankHoles(source);
  return {
    table,
    columns,
    counts: countColumns,
    countNames,
    open: new Set(open),
    rule,
    sensitive: new Set(rates.flatMap(({ sensitive, part }) => (sensitive && part !== undefined ? [part] : []))),
    primary: new Set(),
    complementary: new Set(),
  };
}

function blankHoles(source: Column): void {
  for (let row = 0; row < source.values.length; row++) {
    if (reasonAt(source, row) === null) continue;
    if (source.type === "number") source.values[row] = Number.NaN;
    else (source.values as string[])[row] = "";
  }
}

/** Hides a visible number; a hole stays what it is. */
export function hide(draft: Draft, { column, row }: Cell, into: Set<string>): void {
  const target = draft.columns[column];
  if (target?.type !== "number" || reasonAt(target, row) !== null) return;
  const missing = target.missing ?? new Uint8Array(target.values.length);
  missing[row] = SECRET;
  target.values[row] = Number.NaN;
  draft.columns[column] = { ...target, missing };
  into.add(cellKey({ column, row }));
}

/** Shows again a number that was hidden to protect others. */
export function show(draft: Draft, { column, row }: Cell): void {
  const target = draft.columns[column];
  const source = draft.table.columns[column];
  if (target?.type !== "number" || source?.type !== "number" || !target.missing) return;
  target.missing[row] = PRESENT;
  target.values[row] = source.values[row];
  draft.complementary.delete(cellKey({ column, row }));
}

/** Number columns that go with a row when it is hidden: those named, or all of them, less those that are public in themselves. */
export function hideableColumns({ table, countNames, open }: Draft, protects: readonly string[] | undefined): string[] {
  for (const name of protects ?? []) numbers(table, name);
  const named = protects ?? Object.keys(table.columns).filter((name) => table.columns[name]?.type === "number");
  return [...new Set([...named, ...countNames])].filter((name) => !open.has(name));
}
