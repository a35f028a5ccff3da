import { QuartiersError } from "../codes/errors.ts";
import { type Column, reasonAt } from "../codes/table.ts";
import { assertReleased, type Released } from "./released.ts";

/** A row about to be written: plain values by column. */
export type ExportRow = Readonly<Record<string, unknown>>;

/**
 * Confirms that each row about to be written is a row of a released table: same text, same numbers, and a hole where the gate made one.
 * A row may hold some of the columns only, and rows may be in another order. A number may be written as text, with a point or a comma;
 * a hole is null, undefined, "" or its reason. Anything else is refused, and the message names the line and column, never the value.
 * @throws QuartiersError at the first row that no released row matches
 */
export function assertRowsReleased(released: Released | readonly Released[], rows: readonly ExportRow[]): void {
  const tables: readonly Released[] = "columns" in released ? [released] : released;
  for (const table of tables) assertReleased(table, "Un export");
  rows.forEach((row, line) => {
    const names = Object.keys(row);
    const candidates = tables.filter(({ columns }) => names.every((name) => Object.hasOwn(columns, name)));
    if (candidates.length === 0)
      refuse(
        line,
        names.find((name) => !tables.some(({ columns }) => Object.hasOwn(columns, name))),
      );
    const found = candidates.some((table) => matches(table, row, line) || anyRow(table, row));
    if (!found) {
      const [table] = candidates;
      refuse(line, table && names.find((name) => !sameCell(table.columns[name], line, row[name])));
    }
  });
}

function anyRow(table: Released, row: ExportRow): boolean {
  for (let at = 0; at < table.numRows; at++) if (matches(table, row, at)) return true;
  return false;
}

function matches(table: Released, row: ExportRow, at: number): boolean {
  if (at >= table.numRows) return false;
  return Object.entries(row).every(([name, value]) => sameCell(table.columns[name], at, value));
}

function sameCell(column: Column | undefined, row: number, value: unknown): boolean {
  if (!column || row >= column.values.length) return false;
  const reason = reasonAt(column, row);
  if (reason !== null) return value === null || value === undefined || value === "" || value === reason;
  if (column.type === "text") return value === column.values[row];
  const written = typeof value === "string" && value.trim() !== "" ? Number(value.replace(",", ".")) : value;
  return written === column.values[row] || (value === "Infinity" && column.values[row] === Number.POSITIVE_INFINITY);
}

function refuse(line: number, name: string | undefined): never {
  throw new QuartiersError({
    what: `L'export contient une ligne absente des tables contrôlées`,
    where: `ligne ${line + 1}${name === undefined ? "" : `, colonne ${name}`}`,
    expected: "les seules cellules passées par release(), un trou là où elle en a fait un",
    remedy: "écrire la table rendue par release(), sans la compléter",
  });
}
