import type { SourceRef } from "../../codes/lineage.ts";
import { type NumberColumn, numberColumn, PRESENT, SECRET, type Table, table, textColumn } from "../../codes/table.ts";
import { canonicalJson, sha256 } from "../../engine/hash.ts";

/** The threshold of the invented tables of this chapter: the strictest known. */
export const lessonThreshold = 11;

/**
 * A source for numbers that were invented and are printed as they are: every figure made from them carries the SYNTHÉTIQUE stamp.
 * @param content what was invented, whose hash stands for the file
 */
export function inventedRef(id: string, title: string, content: unknown): SourceRef {
  return {
    id,
    title,
    publisher: "Le laboratoire Quartiers",
    licence: "CC0 1.0",
    vintage: "inventé pour la leçon",
    url: "",
    file: `lecon/${id}`,
    sha256: sha256(canonicalJson(content)),
    synthetic: true,
    published: true,
    secrecy: { unit: "personne", minUnits: lessonThreshold, statedBy: "la leçon (11, le plus strict connu)" },
  };
}

/** A crossed table to type by hand. */
export interface InventedCrossing {
  /** Stable word: "margesdeux". */
  readonly id: string;
  readonly title: string;
  /** What the lines are, and their labels; the last may be the total. */
  readonly rows: { readonly label: string; readonly values: readonly string[] };
  readonly columns: { readonly label: string; readonly values: readonly string[] };
  /** Line by line; null for a hidden cell. */
  readonly cells: readonly (readonly (number | null)[])[];
  readonly unit?: string;
}

/**
 * A small invented table as a reader sees it, one number column a column: null is a hidden cell. For lessons: every figure made from it says SYNTHÉTIQUE.
 * @example
 * ```ts
 * inventedTable({
 *   id: "essai", title: "Un essai",
 *   rows: { label: "Quartier", values: ["A", "B", "Ensemble"] }, columns: { label: "Sexe", values: ["F", "H", "Ensemble"] },
 *   cells: [[null, 20, 24], [15, 30, 45], [19, 50, 69]],
 * }).numRows // 3
 * ```
 */
export function inventedTable({ id, title, rows, columns, cells, unit = "personnes" }: InventedCrossing): Table {
  const numberColumns = columns.values.map((label, at): [string, NumberColumn] => {
    const values = rows.values.map((_, row) => cells[row]?.[at] ?? null);
    return [
      `c${at + 1}`,
      numberColumn(
        values.map((value) => value ?? Number.NaN),
        {
          label,
          unit,
          summable: true,
          missing: Uint8Array.from(values, (value) => (value === null ? SECRET : PRESENT)),
        },
      ),
    ];
  });
  return table({ ligne: textColumn(rows.values, { label: rows.label }), ...Object.fromEntries(numberColumns) }, [
    inventedRef(id, title, { rows, columns, cells }),
  ]);
}
