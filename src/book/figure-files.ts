import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { canonicalJson, sha256 } from "../engine/hash.ts";
import { CHART_FAMILY } from "../notebook/vega-svg.ts";
import { figureCsv, figureDictionary } from "./csv.ts";
import { type Drawing, drawInBook, standAlone } from "./figure-svg.ts";
import type { RegisteredFigure } from "./registry.ts";
import { frenchSpaces } from "./typography.ts";
import { type PdfMaker, typstString } from "./typst-pdf.ts";

const require = createRequire(import.meta.url);
const fontFiles = ["400Regular", "400Regular_Italic", "600SemiBold", "700Bold"].map((face) =>
  require.resolve(`@expo-google-fonts/source-sans-3/${face}/SourceSans3_${face}.ttf`),
);

/** What the provenance of a figure says beside its sources. */
export interface Provenance {
  readonly territory: string;
  readonly seed: number;
  /** Hash of the sources reached by the figure's notebook. */
  readonly code: string;
}

export interface RenderOptions {
  /** Folder that receives `<id>/`. */
  readonly folder: string;
  readonly cache: string;
  /** Hash of the rendering code: a new renderer draws everything again. */
  readonly renderer: string;
  readonly pdfMaker: PdfMaker;
  /** Folder of the PDF maker, where the drawing is put for it. */
  readonly workspace: string;
}

/** Writes the folder of a figure (SVG, PNG at twice the size, PDF, CSV, dictionary, specification, metadata) and returns the drawing for the book. */
export async function writeFigureFiles(
  registered: RegisteredFigure,
  provenance: Provenance,
  options: RenderOptions,
): Promise<Drawing & { readonly cached: boolean }> {
  const { figure } = registered;
  const folder = join(options.folder, figure.id);
  mkdirSync(folder, { recursive: true });
  const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content);
  const key = sha256(`${options.renderer} ${canonicalJson(figure)}`);
  const { drawing, alone, png, pdf, cached } = await rendered(registered, key, options);
  put(`${figure.id}.svg`, alone);
  put(`${figure.id}.png`, png);
  put(`${figure.id}.pdf`, pdf);
  put(`${figure.id}.csv`, figureCsv(figure));
  put("dictionnaire.csv", figureDictionary(figure));
  if (figure.spec) put(`${figure.id}.vl.json`, `${JSON.stringify(figure.spec, null, 1)}\n`);
  put("meta.json", `${JSON.stringify(metadata(registered, provenance), null, 2)}\n`);
  writeFileSync(join(options.workspace, `${figure.id}.svg`), drawing.svg);
  return { ...drawing, cached };
}

interface Rendered {
  readonly drawing: Drawing;
  readonly alone: string;
  readonly png: Uint8Array;
  readonly pdf: Uint8Array;
  readonly cached: boolean;
}

async function rendered(
  { figure }: RegisteredFigure,
  key: string,
  { cache, pdfMaker, workspace }: RenderOptions,
): Promise<Rendered> {
  const kept = join(cache, key);
  if (existsSync(kept)) {
    return {
      drawing: JSON.parse(readFileSync(join(kept, "drawing.json"), "utf8")) as Drawing,
      alone: readFileSync(join(kept, "alone.svg"), "utf8"),
      png: readFileSync(join(kept, "alone.png")),
      pdf: readFileSync(join(kept, "alone.pdf")),
      cached: true,
    };
  }
  const drawing = await drawInBook(figure);
  const alone = standAlone(figure, drawing);
  const png = new Resvg(alone, {
    fitTo: { mode: "zoom", value: 2 },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: CHART_FAMILY },
  })
    .render()
    .asPng();
  writeFileSync(join(workspace, `${figure.id}-seule.svg`), alone);
  const source = `#set document(title: ${typstString(frenchSpaces(figure.title))}, date: none)
#set text(lang: "fr", region: "FR", font: "Source Sans 3")
#set page(width: auto, height: auto, margin: 0pt)
#image("${figure.id}-seule.svg", alt: ${typstString(frenchSpaces(figure.alt))})`;
  const pdf = pdfMaker.pdf(source, `la figure « ${figure.id} »`).bytes;
  const temporary = `${kept}.tmp-${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  writeFileSync(join(temporary, "drawing.json"), JSON.stringify(drawing));
  writeFileSync(join(temporary, "alone.svg"), alone);
  writeFileSync(join(temporary, "alone.png"), png);
  writeFileSync(join(temporary, "alone.pdf"), pdf);
  renameSync(temporary, kept);
  return { drawing, alone, png, pdf, cached: false };
}

function metadata(
  { figure, place }: RegisteredFigure,
  { territory, seed, code }: Provenance,
): Readonly<Record<string, unknown>> {
  const {
    id,
    kind,
    title,
    subtitle,
    alt,
    champ,
    lecture,
    source,
    licence,
    vintage,
    synthetic,
    sources,
    release,
    parameters,
    numRows,
    columns,
  } = figure;
  return {
    id,
    kind,
    title,
    subtitle,
    alt,
    champ,
    lecture,
    source,
    licence,
    vintage,
    synthetic,
    rows: numRows,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, { label, unit, type }]) => [name, { label, unit, type }]),
    ),
    provenance: { territory, seed, parameters, code, notebook: place.notebook, cell: place.cell, sources, release },
  };
}
