import { type Column, numbers, reasonAt, SECRET } from "../codes/table.ts";
import { attack, type Guarantee } from "./attacker.ts";
import { type Draft, hide } from "./draft.ts";
import type { RateRelation } from "./rates.ts";
import type { Cell, Relation } from "./relations.ts";

/** Columns of numerators, with the column of the counts that they are parts of. */
export function wholesOf(rates: readonly RateRelation[]): ReadonlyMap<string, string> {
  return new Map(rates.flatMap(({ part, base }) => (part === undefined ? [] : [[part, base] as const])));
}

/** The others of a row: what a visible part and its visible whole leave by subtraction; NaN when one is missing. */
export function othersAt({ table }: Draft, part: string, base: string, row: number): number {
  return numbers(table, base).values[row] - numbers(table, part).values[row];
}

/** Hides a numerator that counts too few units, or leaves too few others of its base: a reader of both has them by subtraction. */
export function hideFewBehindRates(draft: Draft, rates: readonly RateRelation[]): void {
  const few = (count: number): boolean => count > 0 && count < draft.rule.minUnits;
  for (const [part, base] of wholesOf(rates)) {
    if (draft.open.has(part)) continue;
    const { values } = numbers(draft.table, part);
    values.forEach((value, row) => {
      if (few(value) || few(othersAt(draft, part, base, row))) hide(draft, { column: part, row }, draft.primary);
    });
  }
}

/** Hides a numerator that is nobody or everybody of its base, where the rate must not say it: the two counts would. */
export function hideWholeClasses(draft: Draft, rates: readonly RateRelation[]): void {
  for (const { part, base, sensitive } of rates) {
    if (!sensitive || part === undefined) continue;
    const all = numbers(draft.table, base).values;
    numbers(draft.table, part).values.forEach((value, row) => {
      if (all[row] > 0 && (value === 0 || value === all[row])) hide(draft, { column: part, row }, draft.primary);
    });
  }
}

/** The whole of a numerator where it is visible: no reader thinks the part greater. */
export function visibleWhole({ columns }: Draft, base: string, row: number): number {
  const whole = columns[base];
  return whole?.type === "number" && reasonAt(whole, row) === null ? whole.values[row] : Number.POSITIVE_INFINITY;
}

/** A name that no column of the table has. */
const othersColumn = "\u0000autres";

/**
 * Whether a reader who ties bases, parts and others row by row, besides the declared relations, finds more than is promised. The others of a base are
 * never written, but they are hidden counts like any other.
 */
export function othersDisclosed(
  draft: Draft,
  relations: readonly Relation[],
  [part, base]: readonly [part: string, base: string],
  promiseOf: (cell: Cell) => Guarantee,
): boolean {
  const [low, reach] = draft.rule.interval ?? [0, draft.rule.minUnits];
  const own = numbers(draft.table, part);
  const values = Float64Array.from(own.values, (_, row) => othersAt(draft, part, base, row));
  if (values.some((value) => value < 0)) return false;
  const seen = (name: string, row: number): boolean => {
    const column = draft.columns[name];
    return column !== undefined && reasonAt(column, row) === null;
  };
  const missing = Uint8Array.from(values, (_, row) => (seen(part, row) && seen(base, row) ? 0 : SECRET));
  const others: Column = { ...own, values: values.map((value, row) => (missing[row] ? Number.NaN : value)), missing };
  const tied = Array.from(
    values,
    (_, row): Relation => ({
      total: { column: base, row },
      parts: [part, othersColumn].map((column) => ({ column, row })),
    }),
  );
  const promised = (cell: Cell): Guarantee => {
    if (cell.column !== othersColumn) return promiseOf(cell);
    const value = values[cell.row];
    if (Number.isNaN(value)) return { kind: "free", least: 0, reach: 0 };
    const few = value > 0 && value < draft.rule.minUnits;
    return few ? { kind: "count", least: 0, reach, low } : { kind: "other", least: 0, reach: 0 };
  };
  const found = attack({ ...draft.columns, [othersColumn]: others }, [...relations, ...tied], promised);
  return found === null || found.some(({ verdict }) => verdict !== "safe");
}
