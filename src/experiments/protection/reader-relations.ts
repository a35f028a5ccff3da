import { QuartiersError } from "../../codes/errors.ts";
import { type NumberColumn, numbers, reasonAt, type Table } from "../../codes/table.ts";
import { type Cell, type ColumnSum, type Margin, type Relation, relationsOf } from "../../protection/relations.ts";

/** How a reader names the totals of a table. */
export interface ReaderOptions {
  /** Label of the totals, in the lines and at the head of columns. "Ensemble" by default. */
  readonly total?: string;
}

/**
 * The additions that any reader of a small table knows: where a column of text holds the label of a total, that line is the sum of the others; where a column of
 * numbers is headed by it, that column is the sum of those of the same unit.
 * @throws QuartiersError when the table has no total: there is then nothing to subtract
 */
export function readerRelations(t: Table, { total = "Ensemble" }: ReaderOptions = {}): readonly Relation[] {
  const dimensions = Object.keys(t.columns).filter((name) => t.columns[name]?.type === "text");
  const measures = Object.keys(t.columns).filter((name) => t.columns[name]?.type === "number");
  const crossed = dimensions.some((name) => t.columns[name]?.values.includes(total as never));
  const sums = columnSums(t, measures, total);
  if (!crossed && sums.length === 0) {
    throw new QuartiersError({
      what: "Cette table n'a pas de total : un lecteur n'a rien à soustraire",
      expected: `une ligne ou une colonne nommée « ${total} »`,
      remedy: 'nommer autrement les totaux, par exemple attack(table, { total: "Total" })',
    });
  }
  const margins: readonly Margin[] = crossed
    ? measures.map((column) => ({ column, by: dimensions, totalLabel: total }))
    : [];
  return relationsOf(t, "table de la leçon", margins, sums);
}

function columnSums(t: Table, measures: readonly string[], total: string): readonly ColumnSum[] {
  return measures.flatMap((name) => {
    const whole = numbers(t, name);
    if (whole.label !== total && name !== total) return [];
    const parts = measures.filter((other) => other !== name && numbers(t, other).unit === whole.unit);
    return parts.length > 0 ? [{ total: name, parts }] : [];
  });
}

/** The value that a reader sees in a cell, or null. */
export function seenValue(t: Table, { column, row }: Cell): number | null {
  const found: NumberColumn = numbers(t, column);
  return reasonAt(found, row) === null ? found.values[row] : null;
}

/** How a sentence names a cell: the labels of its line, then its column when there are several. */
export function cellName(t: Table, { column, row }: Cell): string {
  const labels = Object.values(t.columns).flatMap((one) => (one.type === "text" ? [one.values[row] ?? ""] : []));
  const measures = Object.values(t.columns).filter((one) => one.type === "number").length;
  return [...labels, ...(measures > 1 ? [numbers(t, column).label] : [])].join(", ");
}
