import type { BundledFigure, BundledTable } from "../../notebook/bundle.ts";
import { jsonDifferences } from "./json-differences.ts";
import { readCsvLines } from "./read-csv.ts";
import { type ScanFinding, scanFinding } from "./scan-finding.ts";
import { strangeInSpec } from "./spec-rows.ts";

/** Reads a CSV file against the released table that it writes: the same columns, and each line the row of its rank, holes included. O(cells). */
export function scanCsv(text: string, file: string, { columns, numRows }: BundledTable): readonly ScanFinding[] {
  const [head = [], ...lines] = readCsvLines(text);
  const names = Object.keys(columns);
  if (head.length !== names.length || names.some((name, i) => head[i] !== name))
    return [scanFinding("champ-non-diffuse", file, "ligne 1")];
  const found: ScanFinding[] = [];
  for (const [row, cells] of lines.entries()) {
    if (row >= numRows || cells.length !== names.length) {
      found.push(scanFinding("ligne-non-diffusee", file, `ligne ${row + 2}`));
      continue;
    }
    for (const [i, name] of names.entries())
      if (cells[i] !== String(columns[name]?.values[row] ?? ""))
        found.push(scanFinding("ligne-non-diffusee", file, `ligne ${row + 2}, colonne ${name}`));
  }
  return found;
}

/** Reads a dictionary: one line a column, in the words of the released columns. */
export function scanDictionary(text: string, file: string, columns: BundledTable["columns"]): readonly ScanFinding[] {
  const [head, ...lines] = readCsvLines(text);
  const expected = Object.entries(columns).map(([name, { label, type, unit }]) =>
    [name, label, type === "number" ? "nombre" : "texte", unit].join("\n"),
  );
  return [
    head?.join() === "colonne,libelle,type,unite,valeurs_manquantes" ? -1 : 0,
    ...lines.map((line, at) => {
      const told =
        line.length === 5 && line[4] === "s = secret statistique ; ns = non significatif ; nd = non disponible";
      return told && expected.includes(line.slice(0, 4).join("\n")) ? -1 : at + 1;
    }),
  ]
    .filter((at) => at >= 0)
    .map((at) => scanFinding("texte-sans-origine", file, `ligne ${at + 1}`));
}

/** Reads a written specification as data, then beside the one that was judged: nothing more, nothing less. */
export function scanSpec(text: string, file: string, figure: BundledFigure): readonly ScanFinding[] {
  const spec = parsed(text);
  if (spec === undefined || !figure.spec) return [scanFinding("fichier-illisible", file, "document")];
  const codes = { ligne: "ligne-non-diffusee", champ: "champ-non-diffuse", membre: "metadonnee-inconnue" } as const;
  const strange = strangeInSpec(spec, figure).map(({ address, what }) => scanFinding(codes[what], file, address));
  if (strange.length > 0 || JSON.stringify(spec) === JSON.stringify(figure.spec)) return strange;
  return jsonDifferences(figure.spec, spec).map((address) => scanFinding("champ-non-diffuse", file, address));
}

/**
 * Reads the metadata of a figure or of a viewer: each member is one of what was released, and says the same. `context` holds what the build adds: territory, seed,
 * version of the code, notebook and cell.
 */
export function scanMetadata(
  text: string,
  file: string,
  released: Readonly<Record<string, unknown>>,
  context: Readonly<Record<string, unknown>>,
): readonly ScanFinding[] {
  const written = parsed(text);
  if (typeof written !== "object" || written === null) return [scanFinding("fichier-illisible", file, "document")];
  const found: ScanFinding[] = [];
  const confront = (members: object, known: Readonly<Record<string, unknown>>, address: string): void => {
    const extra = Object.keys(members).filter((key) => !(key in known)).length;
    if (extra > 0)
      found.push(scanFinding("metadonnee-inconnue", file, `${address || "/"}, ${extra} membre(s) en trop`));
    for (const [key, value] of Object.entries(members))
      if (key in known && key !== "provenance")
        for (const at of key === "territory" && isOneOf(known[key], value)
          ? []
          : jsonDifferences(known[key], value, `${address}/${key}`))
          found.push(scanFinding("metadonnee-inconnue", file, at));
  };
  confront(written, { ...released, provenance: null }, "");
  const { provenance } = written as { readonly provenance?: unknown };
  if (typeof provenance === "object" && provenance !== null)
    confront(provenance, { ...released, ...context }, "/provenance");
  else if (provenance !== undefined) found.push(scanFinding("metadonnee-inconnue", file, "/provenance"));
  return found;
}

const isOneOf = (allowed: unknown, value: unknown): boolean => Array.isArray(allowed) && allowed.includes(value);

/** What the metadata of a figure may tell: its members, its size, and its columns without their values. */
export const figureMetadata = (figure: BundledFigure): Readonly<Record<string, unknown>> => {
  const { columns, spec, numRows, ...told } = figure;
  return {
    ...told,
    rows: numRows,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, { label, unit, type }]) => [name, { label, unit, type }]),
    ),
  };
};

/** A document, or undefined when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
