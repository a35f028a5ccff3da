import { reasonAt, type Table, texts } from "../codes/table.ts";
import { Refusal } from "./refusal.ts";

/** Rows of a column that add up to another row of the same column. */
export type Margin =
  | { readonly column: string; readonly total: number; readonly parts: readonly number[] }
  /** The cells of a crossed table: along each dimension, the row labelled `totalLabel` is the sum of the others. */
  | { readonly column: string; readonly by: readonly string[]; readonly totalLabel: string };

/** Columns that add up, row by row, to another column. */
export interface ColumnSum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** One cell of a table. */
export interface Cell {
  readonly column: string;
  readonly row: number;
}

/** One text for one cell. */
export const cellKey = ({ column, row }: Cell): string => `${row} ${column}`;

/** total = sum of parts, as every reader of the table knows. */
export interface Relation {
  readonly total: Cell;
  readonly parts: readonly Cell[];
}

/** Every additive relation that the options declare, written out cell by cell. */
export function relationsOf(
  table: Table,
  name: string,
  margins: readonly Margin[],
  columnSums: readonly ColumnSum[],
): readonly Relation[] {
  const relations: Relation[] = [];
  for (const margin of margins) {
    if ("total" in margin) relations.push(rowRelation(table, name, margin.column, margin.total, margin.parts));
    else {
      const crossed = crossedRelations(table, name, margin);
      if (crossed.length === 0) {
        throw new Refusal({
          what: `La table « ${name} » déclare une marge croisée qu'aucune ligne ne porte`,
          value: margin.totalLabel,
          expected: `une valeur présente dans ${margin.by.join(", ")}`,
        });
      }
      relations.push(...crossed);
    }
  }
  for (const { total, parts } of columnSums) {
    for (let row = 0; row < table.numRows; row++) {
      relations.push({ total: { column: total, row }, parts: parts.map((column) => ({ column, row })) });
    }
  }
  return relations;
}

function rowRelation(table: Table, name: string, column: string, total: number, parts: readonly number[]): Relation {
  const rows = [total, ...parts];
  const valid = rows.every((row) => Number.isInteger(row) && row >= 0 && row < table.numRows);
  if (!valid || new Set(rows).size !== rows.length) {
    throw new Refusal({
      what: `La table « ${name} » déclare une marge sur des lignes absentes ou répétées, colonne ${column}`,
      expected: `des numéros de ligne distincts, de 0 à ${table.numRows - 1}`,
    });
  }
  return { total: { column, row: total }, parts: parts.map((row) => ({ column, row })) };
}

function crossedRelations(
  table: Table,
  name: string,
  { column, by, totalLabel }: Extract<Margin, { readonly by: readonly string[] }>,
): readonly Relation[] {
  const dimensions = by.map((dimension) => texts(table, dimension));
  const relations: Relation[] = [];
  dimensions.forEach((along, position) => {
    const others = dimensions.filter((_, other) => other !== position);
    const totals = new Map<string, number>();
    const parts = new Map<string, Map<string, number>>();
    for (let row = 0; row < table.numRows; row++) {
      if (dimensions.some((dimension) => reasonAt(dimension, row) !== null)) continue;
      const line = JSON.stringify(others.map(({ values }) => values[row]));
      const label = along.values[row] ?? "";
      const inLine = parts.get(line) ?? new Map<string, number>();
      parts.set(line, inLine);
      if (label === totalLabel ? totals.has(line) : inLine.has(label)) {
        throw new Refusal({
          what: `La table « ${name} » croise ${by.join(" et ")} avec des lignes en double`,
          expected: "une ligne par croisement",
        });
      }
      if (label === totalLabel) totals.set(line, row);
      else inLine.set(label, row);
    }
    for (const [line, total] of totals) {
      const rows = [...(parts.get(line) ?? new Map<string, number>()).values()];
      if (rows.length > 0) {
        relations.push({ total: { column, row: total }, parts: rows.map((row) => ({ column, row })) });
      }
    }
  });
  return relations;
}
