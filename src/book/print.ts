import { readFileSync } from "node:fs";
import { join } from "node:path";
import { roughWidth } from "../figures/text-room.ts";
import type { BundledFigure } from "../notebook/bundle.ts";
import { cellTexts, columnHeading } from "./cell-text.ts";
import type { BookSettings, Chapter } from "./chapters.ts";
import { captionNotes, type Drawing } from "./figure-svg.ts";
import { filterTree } from "./filter.ts";
import { writeTypst } from "./pandoc.ts";
import type { RegisteredFigure, RegisteredViewer } from "./registry.ts";
import { frenchSpaces } from "./typography.ts";
import { typstString } from "./typst-pdf.ts";
import { viewerFile } from "./viewer/viewer-page.ts";

/** Everything that the two editions, print and site, show. */
export interface BookContent {
  readonly settings: BookSettings;
  readonly territory: string;
  readonly chapters: readonly Chapter[];
  readonly figures: ReadonlyMap<string, RegisteredFigure>;
  readonly viewers: ReadonlyMap<string, RegisteredViewer>;
  readonly drawings: ReadonlyMap<string, Drawing>;
  /** "figure 3" or "tableau 1": the same in every format. */
  readonly numberOf: ReadonlyMap<string, number>;
  readonly synthetic: boolean;
  /** Code version by notebook. */
  readonly codeVersions: ReadonlyMap<string, string>;
  readonly seed: number;
}

export const figureWord = ({ kind }: BundledFigure): string => (kind === "table" ? "tableau" : "figure");

/** Text block: 152 mm wide in portrait, 239 mm in landscape, in points. */
const rooms = { portrait: { width: 430, height: 500 }, paysage: { width: 677, height: 300 } };

/** Rows above which a table may be cut by the end of a page; shorter ones are moved whole. */
const longTable = 10;

/** The whole book as one Typst source. Drawings are read from the compiler's folder as `<id>.svg`. */
export async function printSource(book: BookContent): Promise<string> {
  const { settings, chapters, synthetic } = book;
  const text = (value: string): string => typstString(frenchSpaces(value));
  const bodies: string[] = [];
  for (const chapter of chapters) {
    const tree = filterTree(chapter.tree, {
      format: "typst",
      prefix: chapter.slug,
      code: null,
      figure: (id) => figureTypst(id, book),
      viewer: (id) => viewerTypst(id, book),
      reference: (kind, id) => ({
        words: `${kind === "tab" ? "tableau" : "figure"}\u00a0${book.numberOf.get(id)}`,
        target: `#figure-${id}`,
      }),
    });
    // An author's own table has no number of ours: Typst must not count or list it.
    bodies.push(
      (await writeTypst(tree, chapter.file)).replace(
        /, kind: table(?=\s*\))/g,
        ", kind: table, numbering: none, outlined: false",
      ),
    );
  }
  const hasCharts = [...book.figures.values()].some(({ figure }) => figure.kind === "chart");
  const hasTables = [...book.figures.values()].some(({ figure }) => figure.kind === "table");
  return [
    `#set document(title: ${text(`${settings.title} – ${book.territory}`)}, author: (${settings.authors.map((author) => `${text(author)},`).join("")}), description: ${text(settings.subtitle)}, date: none)`,
    `#let book-title = ${text(settings.title)}`,
    `#let book-territory = ${text(`${book.territory}${synthetic ? " – données synthétiques" : ""}`)}`,
    readFileSync(join(import.meta.dirname, "template.typ"), "utf8"),
    `#cover(${text(settings.title)}, ${text(settings.subtitle)}, ${text(book.territory)}, ${text(settings.authors.join(", "))}, ${text(settings.edition)}, ${synthetic})`,
    '#{ set heading(numbering: none); { show outline.entry.where(level: 1): set text(weight: "semibold"); show outline.entry.where(level: 1): set block(above: 1.1em); outline(title: [Sommaire], depth: 2, target: heading) }',
    hasCharts
      ? "heading(level: 2, outlined: false)[Liste des figures]; outline(title: none, target: figure.where(kind: image))"
      : "",
    hasTables
      ? "heading(level: 2, outlined: false)[Liste des tableaux]; outline(title: none, target: figure.where(kind: table)) }"
      : "}",
    ...bodies,
    provenanceTypst(book),
  ].join("\n\n");
}

/** A column's part of the width: the points that its longest word takes with its margins, so that headings of neighbours do not touch. */
function shareOf(type: string, heading: string, cells: readonly string[]): string {
  const words = [heading, ...cells].flatMap((text) => text.split(/[ -]/));
  const longest = Math.max(...words.map((word) => roughWidth(word, 9.3))) + 10;
  return `${Math.round(Math.max(type === "text" ? 62 : 38, longest))}fr`;
}

const isFloating = (figure: BundledFigure | undefined): boolean =>
  figure?.kind === "chart" && figure.orientation === "portrait";

function figureTypst(id: string, book: BookContent): string {
  const registered = book.figures.get(id);
  if (!registered) return "";
  const { figure } = registered;
  const text = (value: string): string => typstString(frenchSpaces(value));
  const notes = `(${captionNotes(figure)
    .map((note) => `${emphasised(note)},`)
    .join("")})`;
  const room = rooms[figure.orientation];
  const label = `#metadata(none)<figure-${id}>`;
  let block: string;
  if (figure.kind === "table") {
    const columns = Object.values(figure.columns);
    const cells = columns.map(cellTexts);
    const rows = Array.from({ length: figure.numRows }, (_, row) =>
      cells.map((texts) => `${typstString(texts[row] ?? "")},`).join(""),
    ).join("\n");
    const widths = columns.map(({ type, values }) =>
      type === "text" && Math.max(...values.map((value) => String(value).length)) > 28 ? "1fr" : "auto",
    );
    const fitted =
      columns.length > 3
        ? columns.map((column, i) => shareOf(column.type, columnHeading(column), cells[i] ?? []))
        : widths;
    block = `#table-figure(${book.numberOf.get(id)}, ${text(figure.title)}, ${text(figure.subtitle)}, (${fitted.join(", ")},), (${columns.map(({ type }) => (type === "number" ? "right" : "left")).join(", ")},), (${columns.map((column) => `${typstString(columnHeading(column))},`).join("")}), (${rows}), ${figure.numRows > longTable}, ${figure.synthetic}, ${notes})`;
  } else {
    const floating = [...book.numberOf.keys()].filter((other) => isFloating(book.figures.get(other)?.figure));
    const order = isFloating(figure) ? floating.indexOf(id) : "none";
    const drawing = book.drawings.get(id) ?? { width: 1, height: 1 };
    const scale = Math.min(0.75, room.width / drawing.width, room.height / drawing.height);
    block = `#chart-figure(${order}, ${book.numberOf.get(id)}, "${id}.svg", ${text(figure.alt)}, ${text(figure.title)}, ${text(figure.subtitle)}, ${(drawing.width * scale).toFixed(2)}pt, ${figure.synthetic}, ${notes})`;
  }
  return figure.orientation === "paysage" ? `#page(flipped: true)[${label}\n${block}]` : `${label}\n${block}`;
}

/** Paper has no slider: a paragraph says what the page shows and where it is. */
function viewerTypst(id: string, book: BookContent): string {
  const viewer = book.viewers.get(id)?.viewer;
  if (!viewer) return "";
  const text = (value: string): string => `#${typstString(frenchSpaces(value))}`;
  return `#block(above: 1.2em, below: 1.2em, inset: (left: 10pt), stroke: (left: 2pt + rgb("#12355B")))[#text(weight: "semibold")[${text(`Visionneuse : ${viewer.title}.`)}] ${text(`${viewer.subtitle}. Page du site livré avec ce livre, qui s’ouvre sans connexion :`)} #box(raw(${typstString(`site/${viewerFile(id)}`)}))]`;
}

/** "Lecture : …" with its first word in semibold. */
function emphasised(note: string): string {
  const at = note.indexOf("\u00a0:");
  return at < 0
    ? `[#${typstString(note)}]`
    : `[#text(weight: "semibold", ${typstString(note.slice(0, at + 2))})#${typstString(note.slice(at + 2))}]`;
}

/** The last chapter: for each figure its data, its code and its place of making. */
function provenanceTypst(book: BookContent): string {
  const sources = new Map(
    [
      ...[...book.figures.values()].map(({ figure }) => figure),
      ...[...book.viewers.values()].map(({ viewer }) => viewer),
    ].flatMap(({ sources }) => sources.map((source) => [`${source.id} ${source.sha256}`, source] as const)),
  );
  const listed = [...sources.values()].map((source, index) => ({ ...source, index: index + 1 }));
  const numberOfSource = (id: string, sha256: string): number =>
    listed.find((source) => source.id === id && source.sha256 === sha256)?.index ?? 0;
  const text = (value: string): string => `#${typstString(frenchSpaces(value))}`;
  const sourceLines = listed.map(
    ({ publisher, title, vintage, licence, url, file, sha256, secrecy }) =>
      `+ *${text(`${publisher}, ${title}`)}*${vintage ? text(` (${vintage})`) : ""}. ${text(`${licence}. Fichier ${file}, empreinte SHA-256 ${sha256.slice(0, 16)}…`)} ${text(`Seuil : ${secrecy.minUnits} (${secrecy.unit}), ${secrecy.statedBy}.`)} ${url ? text(url) : ""}`,
  );
  const ordered = [...book.figures.values()].filter(({ figure }) => book.numberOf.has(figure.id));
  const figureLines = ordered.map(({ figure, place }) => {
    const used = [...new Set(figure.sources.map(({ id, sha256 }) => numberOfSource(id, sha256)))].join(", ");
    const parameters = Object.entries(figure.parameters)
      .map(([name, value]) => `${name} = ${value}`)
      .join(", ");
    return `- #link(<figure-${figure.id}>)[${capital(figureWord(figure))}~${book.numberOf.get(figure.id)}], #raw(${typstString(figure.id)}) ${text(` : ${used.includes(",") ? "sources" : "source"} ${used} ; carnet ${place.notebook}, cellule ${place.cell} ; code ${book.codeVersions.get(place.notebook) ?? ""} ; graine ${book.seed}${parameters ? ` ; ${parameters}` : ""}.`)}`;
  });
  const viewerLines = [...book.viewers.values()].map(({ viewer, place }) => {
    const used = viewer.sources.map(({ id, sha256 }) => numberOfSource(id, sha256));
    const parameters = Object.entries(viewer.parameters)
      .map(([name, value]) => `${name} = ${value}`)
      .join(", ");
    return `- Visionneuse, #raw(${typstString(viewer.id)}) ${text(` : ${used.length > 1 ? "sources" : "source"} ${used.join(", ")} ; carnet ${place.notebook}, cellule ${place.cell} ; code ${book.codeVersions.get(place.notebook) ?? ""} ; graine ${book.seed}${parameters ? ` ; ${parameters}` : ""}.`)}`;
  });
  return `#heading(level: 1)[Provenance des figures]
#set text(font: "Source Sans 3", size: 8.8pt, hyphenate: false)
#set par(justify: false, leading: 0.5em)
${text("Chaque figure peut être refaite : voici ses données, la version de son code et le carnet qui la calcule.")}

#heading(level: 2)[Fichiers de données]
${sourceLines.join("\n")}

#heading(level: 2)[Figures et tableaux]
${[...figureLines, ...viewerLines].join("\n")}
`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
