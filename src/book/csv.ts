import type { BundledFigure } from "../notebook/bundle.ts";

/**
 * A field of a CSV file (RFC 4180): quoted when it must be.
 * @example
 * ```ts
 * csvField('a"b') // '"a""b"'
 * ```
 */
export const csvField = (value: string | number): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const lines = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.map(csvField).join(",")).join("\n")}\n`;

/** What is drawn, in machine form: UTF-8, decimal point, no separator of thousands; a missing value is its reason (s, ns, nd), never empty, never zero. */
export function figureCsv({ columns, numRows }: Pick<BundledFigure, "columns" | "numRows">): string {
  const entries = Object.entries(columns);
  return lines([
    entries.map(([name]) => name),
    ...Array.from({ length: numRows }, (_, row) => entries.map(([, { values }]) => values[row] ?? "")),
  ]);
}

/** The dictionary of that file: one line a column. */
export function figureDictionary({ columns }: Pick<BundledFigure, "columns">): string {
  const missing = "s = secret statistique ; ns = non significatif ; nd = non disponible";
  return lines([
    ["colonne", "libelle", "type", "unite", "valeurs_manquantes"],
    ...Object.entries(columns).map(([name, { label, type, unit }]) => [
      name,
      label,
      type === "number" ? "nombre" : "texte",
      unit,
      missing,
    ]),
  ]);
}
