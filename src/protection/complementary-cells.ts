import { type Column, numbers, reasonAt } from "../codes/table.ts";
import { attack } from "./attacker.ts";
import type { ContributedColumn } from "./contributed-column.ts";
import { type Draft, hide, hideableColumns, show } from "./draft.ts";
import { promises } from "./promises.ts";
import { contradiction, irreparable } from "./refusal.ts";
import { type Cell, cellKey, type Relation } from "./relations.ts";
import type { ReleaseOptions } from "./release-options.ts";
import { Suppressor } from "./suppress.ts";

/** A table, what ties its cells, and what is behind its amounts. */
export interface Protected {
  readonly draft: Draft;
  readonly relations: readonly Relation[];
  readonly contributed: readonly ContributedColumn[];
  /** Columns of numerators of rates, with the column of their base. */
  readonly wholes: ReadonlyMap<string, string>;
  readonly name: string;
}

/** What the attack found, and how many hidden cells it tried. */
export interface Audit {
  /** Hidden cells that a reader or a contributor finds, or knows too closely. */
  readonly unsafe: readonly Cell[];
  readonly attacked: number;
}

/**
 * Attacks the table as it stands, from its visible cells: as a reader, then as each contributor who is alone in a cell and knows its amount; then
 * judges what the hidden cells of each line make together, since a reader has their sum.
 * @throws Refusal when the visible cells contradict the relations
 */
export function audit({ draft, contributed, wholes, name }: Protected, among: readonly Relation[]): Audit {
  const promiseOf = promises(draft, amountsOf(contributed), wholes);
  const found = attack(draft.columns, among, promiseOf);
  if (found === null) throw contradiction(name);
  const unsafe = found.filter(({ verdict }) => verdict !== "safe").map(({ cell }) => cell);
  for (const { column, alone } of contributed) {
    for (const row of alone) {
      const own = { column, row };
      if (!isHidden(draft, own)) continue;
      const touching = among.filter(({ total, parts }) => [total, ...parts].some((cell) => same(cell, own)));
      if (touching.length === 0) continue;
      const insider = attack(knowing(draft, own), among, promiseOf) ?? [];
      for (const { cell, verdict } of insider)
        if (verdict !== "safe" && !unsafe.some((known) => same(known, cell))) unsafe.push(cell);
    }
  }
  for (const { column, unionBreaks } of contributed) {
    for (const { total, parts } of among) {
      const hidden = parts.filter((cell) => isHidden(draft, cell));
      if (total.column !== column || hidden.length < 2 || isHidden(draft, total)) continue;
      if (unionBreaks(hidden.map(({ row }) => row))) unsafe.push(...hidden.slice(0, 1));
    }
  }
  return { unsafe, attacked: found.length };
}

/** Hides further cells until the attacker finds nothing, then shows again those that were not needed. */
export function protectRelations(whole: Protected): void {
  const { draft, relations, contributed, wholes, name } = whole;
  if (relations.length === 0) return;
  const promiseOf = promises(draft, amountsOf(contributed), wholes);
  const suppressor = new Suppressor(
    relations,
    (cell) => {
      const hidden = isHidden(draft, cell);
      const value = numbers(draft.table, cell.column).values[cell.row];
      const { least, reach, kind } = hidden ? promiseOf(cell) : { least: 0, reach: 0, kind: "other" };
      return {
        value,
        hidden,
        candidate: !hidden && value > 0 && !draft.open.has(cell.column),
        least,
        reach: kind === "free" ? 0 : reach,
      };
    },
    (cell) => hide(draft, cell, draft.complementary),
  );
  suppressor.settle();
  for (;;) {
    const { unsafe } = audit(whole, relations);
    if (unsafe.length === 0) break;
    if (!suppressor.widen(unsafe)) throw irreparable(name);
    suppressor.settle();
  }
  showAgain(whole, suppressor);
}

/** Work allowed to showing cells again, in products of unknowns and relations: about half a second. */
const reductionWork = 4e6;

/** Tries each complementary cell, the greatest loss first: it is shown again when the attacker still finds nothing. */
function showAgain(whole: Protected, suppressor: Suppressor): void {
  const { draft, relations } = whole;
  const cells = relations.flatMap(({ total, parts }) => [total, ...parts]);
  const chosen = [...new Map(cells.map((cell) => [cellKey(cell), cell])).values()].filter((cell) =>
    draft.complementary.has(cellKey(cell)),
  );
  const loss = ({ column, row }: Cell): number => numbers(draft.table, column).values[row];
  let work = 0;
  for (const cell of chosen.sort((a, b) => loss(b) - loss(a))) {
    const around = suppressor.component(cell).flatMap((index) => relations[index] ?? []);
    const size = around.reduce((sum, { parts }) => sum + parts.length, 0);
    work += size * around.length;
    if (work > reductionWork) return;
    show(draft, cell);
    if (audit(whole, around).unsafe.length > 0) hide(draft, cell, draft.complementary);
  }
}

/**
 * A row whose count was hidden to protect another loses its other numbers too: if they stayed, the reader would know which hidden counts are
 * the small ones, and that one of them is under the threshold and the other is not.
 */
export function alignRows(draft: Draft, { protects, columnSums = [] }: ReleaseOptions): void {
  const parts = new Set(columnSums.flatMap((sum) => [sum.total, ...sum.parts]));
  const others = hideableColumns(draft, protects).filter((name) => !draft.countNames.includes(name));
  for (const name of draft.countNames) {
    if (parts.has(name)) continue;
    for (let row = 0; row < draft.table.numRows; row++) {
      if (!draft.complementary.has(cellKey({ column: name, row }))) continue;
      for (const column of others) hide(draft, { column, row }, draft.complementary);
    }
  }
}

const amountsOf = (contributed: readonly ContributedColumn[]): ReadonlySet<string> =>
  new Set(contributed.map(({ column }) => column));

function isHidden(draft: Draft, { column, row }: Cell): boolean {
  const now = draft.columns[column];
  return now !== undefined && reasonAt(now, row) !== null;
}

/** The columns as a contributor sees them, who knows the amount of the cell where he is alone. */
function knowing(draft: Draft, { column, row }: Cell): Readonly<Record<string, Column>> {
  const seen = draft.columns[column];
  if (seen?.type !== "number") return draft.columns;
  const values = Float64Array.from(seen.values);
  const missing = Uint8Array.from(seen.missing ?? new Uint8Array(values.length));
  values[row] = numbers(draft.table, column).values[row];
  missing[row] = 0;
  return { ...draft.columns, [column]: { ...seen, values, missing } };
}

const same = (a: Cell, b: Cell): boolean => a.column === b.column && a.row === b.row;
