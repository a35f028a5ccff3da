import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../engine/hash.ts";
import type { BundledFigure } from "../../notebook/bundle.ts";
import { listFiles } from "../keys.ts";
import type { BookContent } from "../print.ts";
import { ownAssets } from "./own-assets.ts";
import { readPngChunks } from "./read-png.ts";
import { type ScanContext, type ScanOptions, scanContext } from "./scan-context.ts";
import { scanDrawing } from "./scan-drawing.ts";
import { figureMetadata, scanCsv, scanDictionary, scanMetadata, scanSpec } from "./scan-figure.ts";
import { type ScanFinding, scanFinding } from "./scan-finding.ts";
import { scanLedger } from "./scan-ledger.ts";
import { scanNotebook } from "./scan-notebook.ts";
import { scanPage } from "./scan-page.ts";
import { scanPdf } from "./scan-print.ts";

/** What a build writes into a folder. */
const bookEntries: readonly string[] = ["livre-blanc.pdf", "site", "figures", "registre", "transparence"];

const LEDGER_LINES = /^registre\/[^/]+\/publications\.jsonl$/;

/** What is scanned, and what other writers of the book vouch for. */
export interface ReportsOptions extends ScanOptions {
  /** Entries of the folder that are the book. */
  readonly entries?: readonly string[];
  /** SHA-256 of files that other parts of the book write (ledger, cards, register), by path in the folder: they are compared, and read for traces only. */
  readonly admitted?: ReadonlyMap<string, string>;
}

/**
 * Reads every file of a built book in its own format and confronts it with what was released: rows with rows, drawings with drawings, texts with texts, numbers between their
 * words. A small number cannot be searched for as bytes; in the wrong place it can be seen. Empty when nobody finds anything that was not released. Findings come in the order of the files.
 * Not read: pixels, glyphs, coordinates one by one, and the code of the two scripts of the site beyond the words of the tables.
 * @param folder what a build made, before or after it is published
 * @param book what was released: figures, viewers, texts, drawings
 */
export async function scanReports(
  folder: string,
  book: BookContent,
  { entries = bookEntries, admitted = new Map(), ...options }: ReportsOptions = {},
): Promise<readonly ScanFinding[]> {
  const context = scanContext(book, options);
  const assets = ownAssets();
  const clean = new Map<string, string>();
  const findings: ScanFinding[] = [];
  const files = listFiles(folder).filter((file) =>
    entries.some((entry) => file === entry || file.startsWith(`${entry}/`)),
  );
  for (const file of files) {
    const bytes = readFileSync(join(folder, file));
    // The site copies the folder of each figure: the same bytes are read once.
    const twin = file.startsWith("site/figures/") ? file.slice(5) : file;
    const digest = sha256(bytes);
    if (clean.get(twin) === digest) continue;
    const own = admitted.get(file) ?? assets.get(file);
    const found =
      own === undefined
        ? scanFile(bytes, file, twin, context)
        : own === digest
          ? scanAdmitted(bytes, file, context)
          : [scanFinding("fichier-inattendu", file, "autres octets")];
    if (found.length === 0) clean.set(twin, digest);
    findings.push(...found);
  }
  return findings;
}

/** A file that another part of the book vouches for byte by byte: text, without a trace of a machine or of a person. */
function scanAdmitted(bytes: Uint8Array, file: string, context: ScanContext): readonly ScanFinding[] {
  const { everywhere } = context;
  const text = /\.(?:json|jsonl|md|html|txt|csv)$/.test(file) ? Buffer.from(bytes).toString("utf8") : "";
  if (LEDGER_LINES.test(file)) return scanLedger(text, file, context);
  return everywhere(text).map((code) => scanFinding(code, file, "texte"));
}

function scanFile(bytes: Uint8Array, file: string, twin: string, context: ScanContext): readonly ScanFinding[] {
  const { book } = context;
  const text = (): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const inFigure = /^figures\/([^/]+)\/([^/]+)$/.exec(twin);
  const inViewer = /^site\/visionneuses\/([^/]+)\/([^/]+)$/.exec(file);
  if (file === "livre-blanc.pdf") return scanPdf(bytes, file, context);
  if (inFigure) return scanFigureFile(bytes, file, inFigure, context);
  if (inViewer) return scanViewerFile(text(), file, inViewer, context);
  if (/^site\/[^/]+\.html$/.test(file)) return scanPage(text(), file, context);
  if (LEDGER_LINES.test(file)) return scanLedger(text(), file, context);
  if (/^registre\/[^/]+\/tete\.txt$/.test(file))
    return /^[0-9a-f]{0,64}\n$/.test(text()) ? [] : [scanFinding("fichier-illisible", file, "ligne 1")];
  if (/\.ipynb$/.test(file)) return scanNotebook(text(), file, context);
  if (/^site\/assets\/(?:charts|visionneuse)\.js$/.test(file)) return scanProgram(text(), file, book);
  return unexpected(file);
}

/** A file that the book does not write. Digits of its name are not told: a name can carry a value too. */
const unexpected = (file: string): readonly ScanFinding[] => [
  scanFinding(
    "fichier-inattendu",
    file.replace(/[^/]*$/, (name) => name.replace(/\d+/g, "#")),
    "dossier",
  ),
];

function scanFigureFile(
  bytes: Uint8Array,
  file: string,
  [, id = "", name = ""]: readonly string[],
  context: ScanContext,
): readonly ScanFinding[] {
  const { book, everywhere } = context;
  const registered = book.figures.get(id);
  if (!registered) return unexpected(file);
  const { figure, place } = registered;
  if (name === `${id}.png`) return scanPng(bytes, file);
  if (name === `${id}.pdf`) return scanPdf(bytes, file, context);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const traced = everywhere(text).map((code) => scanFinding(code, file, "texte"));
  const script = /^quartiersSpecs\["[\w-]+"\] = ([\s\S]*);\n$/;
  const readers: Readonly<Record<string, () => readonly ScanFinding[]>> = {
    [`${id}.csv`]: () => scanCsv(text, file, figure),
    "dictionnaire.csv": () => scanDictionary(text, file, figure.columns),
    [`${id}.vl.json`]: () => scanSpec(text, file, figure),
    [`${id}.spec.js`]: () => scanSpec(script.exec(text)?.[1] ?? "", file, figure),
    [`${id}.svg`]: () => scanDrawing(text, { file, figure, drawing: book.drawings.get(id) }),
    "meta.json": () => scanMetadata(text, file, figureMetadata(figure), buildContext(book, place.notebook, place.cell)),
  };
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  return read ? [...traced, ...read()] : unexpected(file);
}

function scanViewerFile(
  text: string,
  file: string,
  [, id = "", name = ""]: readonly string[],
  { book, everywhere }: ScanContext,
): readonly ScanFinding[] {
  const registered = book.viewers.get(id);
  if (!registered) return unexpected(file);
  const { viewer, place } = registered;
  const { areas, estimates, explanation } = viewer;
  const columns = { ...areas.columns, ...explanation?.data.columns, ...estimates.columns };
  const traced = everywhere(text).map((code) => scanFinding(code, file, "texte"));
  if (name === "quartiers.csv") return [...traced, ...scanCsv(text, file, areas)];
  if (name === "estimations.csv") return [...traced, ...scanCsv(text, file, estimates)];
  if (name === "explications.csv" && explanation) return [...traced, ...scanCsv(text, file, explanation.data)];
  if (name === "dictionnaire.csv") return [...traced, ...scanDictionary(text, file, columns)];
  if (name !== "meta.json") return unexpected(file);
  const { areas: _areas, estimates: _estimates, explanation: _explanation, panels: _panels, ...said } = viewer;
  return [
    ...traced,
    ...scanMetadata(text, file, { ...said, kind: "viewer" }, buildContext(book, place.notebook, place.cell)),
  ];
}

/** What the build adds to the metadata of what a cell released. The territory is named by its word or by its label. */
const buildContext = (
  { codeVersions, seed, settings, territory }: BookContent,
  notebook: string,
  cell: number,
): Readonly<Record<string, unknown>> => ({
  territory: [
    territory,
    ...Object.entries(settings.territories).flatMap(([word, { label }]) => (label === territory ? [word] : [])),
  ],
  seed,
  code: codeVersions.get(notebook) ?? "",
  notebook,
  cell,
});

const drawnChunks: ReadonlySet<string> = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "pHYs", "IDAT", "IEND"]);

/** Reads the chunks of a picture: only those that draw it, and nothing after the last. */
function scanPng(bytes: Uint8Array, file: string): readonly ScanFinding[] {
  const read = readPngChunks(bytes);
  if (!read) return [scanFinding("fichier-illisible", file, "blocs")];
  return [
    ...read.chunks.flatMap(({ name, offset }, rank) =>
      drawnChunks.has(name) ? [] : [scanFinding("piece-cachee", file, `bloc ${rank + 1}, octet ${offset}`)],
    ),
    ...(read.trailing > 0 ? [scanFinding("piece-cachee", file, "après le dernier bloc")] : []),
  ];
}

/** A script of the site is code: no code or name of a row of the released tables has a place in it. */
function scanProgram(text: string, file: string, { figures, viewers }: BookContent): readonly ScanFinding[] {
  const tables: readonly Pick<BundledFigure, "columns">[] = [
    ...[...figures.values()].map(({ figure }) => figure),
    ...[...viewers.values()].map(({ viewer }) => viewer.areas),
  ];
  const names = new Set(
    tables.flatMap(({ columns }) => Object.values(columns).flatMap(({ values }) => values.filter(isRowName))),
  );
  return [...names].some((name) => text.includes(name)) ? [scanFinding("champ-non-diffuse", file, "texte")] : [];
}

/** A code (letters and digits) or a name of several words: long enough not to be a word of a program. */
const isRowName = (value: string | number): value is string =>
  typeof value === "string" &&
  value.length >= 8 &&
  (/\d/.test(value) ? /^[A-Z0-9]+$/.test(value) : /\p{L}-\p{Lu}|\p{Lu}.* .*\p{Lu}/u.test(value));
