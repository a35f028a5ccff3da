import { reasonAt, type Table } from "../../codes/table.ts";
import type { DrawingContext } from "./drawing-context.ts";
import type { DrawnData, DrawnRow, SpecParts } from "./read-spec.ts";

/** Fields that the context knows: declared, counting units, or released. */
export function knownFields({ columns, counts, released, dimensions = [] }: DrawingContext): ReadonlySet<string> {
  return new Set([
    ...Object.keys(columns),
    ...counts,
    ...dimensions.map(({ column }) => column),
    ...(released ? Object.keys(released.columns) : []),
  ]);
}

/** Whether a field is of the page (a place, a word) or says why a value is missing. */
export function isLayout(field: string, context: DrawingContext): boolean {
  if (context.layout?.includes(field)) return true;
  return field.endsWith("_manque") && knownFields(context).has(field.slice(0, -7));
}

/** A dataset with its rows that speak of units: those that hold at least one known field. */
export interface MeasuredData {
  readonly place: string;
  readonly rows: readonly DrawnRow[];
}

/** The datasets that hold measures, without the rows that only place things on the page. */
export function measuredData({ data }: SpecParts, context: DrawingContext): readonly MeasuredData[] {
  const known = knownFields(context);
  return data.flatMap(({ place, rows }: DrawnData) => {
    const measured = (rows ?? []).filter((row) => Object.keys(row).some((field) => known.has(field)));
    return measured.length > 0 ? [{ place, rows: measured }] : [];
  });
}

/** A cell written as a number; null when it is missing or is text. */
export const numberIn = (row: DrawnRow, field: string): number | null => {
  const value = row[field];
  return typeof value === "number" ? value : null;
};

/** Rows of a released table as a drawing writes them: null where a value is missing. */
export function releasedRows({ columns, numRows }: Table): readonly DrawnRow[] {
  return Array.from({ length: numRows }, (_, row) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        reasonAt(column, row) === null ? (column.values[row] ?? null) : null,
      ]),
    ),
  );
}

/** Tells whether a drawn row says what some released row says, in the released columns that it holds. */
export function releasedRowTest(released: Table): (row: DrawnRow) => boolean {
  const rows = releasedRows(released);
  const seen = new Map<string, ReadonlySet<string>>();
  return (row) => {
    const own = Object.keys(row).filter((field) => field in released.columns);
    const names = JSON.stringify(own);
    const known = seen.get(names) ?? new Set(rows.map((candidate) => textOf(candidate, own)));
    seen.set(names, known);
    return known.has(textOf(row, own));
  };
}

const textOf = (row: DrawnRow, fields: readonly string[]): string =>
  JSON.stringify(fields.map((field) => (missingMarks.has(row[field]) ? null : row[field])));

/** A missing value is drawn as null, as nothing or as its reason; a place out of reach as null or its word. */
const missingMarks: ReadonlySet<unknown> = new Set([null, "", "s", "ns", "nd", Number.POSITIVE_INFINITY, "Infinity"]);
