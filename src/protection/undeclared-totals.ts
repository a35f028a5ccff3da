import { numbers } from "../codes/table.ts";
import type { Draft } from "./draft.ts";
import type { Cell, Relation } from "./relations.ts";

/** Words that a reader takes for a total. */
const totalWord = /(^|[^\p{L}])(ensemble|total|totaux|tous|toutes)($|[^\p{L}])/iu;

/**
 * Totals that any reader sees although nobody declared them: in a column of counts, a row named « Ensemble » or « Total » that is the sum of all other rows;
 * among columns of counts, one so named that is everywhere the sum of the others. They are attacked like declared ones. Only whole counts are looked at;
 * totals of some of the rows (by group, by dimension), or that bear another name, must be declared. O(rows x columns).
 */
export function undeclaredTotals(draft: Draft, declared: readonly Relation[]): readonly Relation[] {
  const { table, countNames } = draft;
  const tied = new Set(declared.flatMap(({ total, parts }) => [total, ...parts].map(({ column }) => column)));
  const free = countNames.filter((name) => !tied.has(name));
  const numberAt = ({ column, row }: Cell): number => numbers(table, column).values[row];
  const adds = ({ total, parts }: Relation): boolean =>
    parts.length > 1 &&
    [total, ...parts].every((cell) => Number.isInteger(numberAt(cell))) &&
    parts.reduce((sum, part) => sum + numberAt(part), 0) === numberAt(total);
  const split = (cells: readonly Cell[], at: number): Relation[] => {
    const total = cells[at];
    return total === undefined ? [] : [{ total, parts: cells.filter((_, i) => i !== at) }];
  };
  const rows = Array.from({ length: table.numRows }, (_, row) => row);
  const wordsOf = Object.values(table.columns).flatMap((column) => (column.type === "text" ? [column.values] : []));
  const named = rows.filter((row) => wordsOf.some((values) => totalWord.test(values[row] ?? "")));
  const down = free.flatMap((column) =>
    named.flatMap((row) =>
      split(
        rows.map((each) => ({ column, row: each })),
        row,
      ).filter(adds),
    ),
  );
  const across = free.flatMap((name, at) => {
    if (![name, numbers(table, name).label].some((word) => totalWord.test(word))) return [];
    const lines = rows.flatMap((row) =>
      split(
        free.map((column) => ({ column, row })),
        at,
      ),
    );
    return lines.every(adds) ? lines : [];
  });
  return [...down, ...across];
}
