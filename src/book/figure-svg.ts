import type { BundledFigure } from "../notebook/bundle.ts";
import { CHART_FAMILY, renderSvg, textWidth } from "../notebook/vega-svg.ts";
import { cellTexts, columnHeading, missingLegend } from "./cell-text.ts";
import { frenchSpaces } from "./typography.ts";

/** Cuts a text into lines that fit a width, by measured words; non-breaking spaces hold. */
export function wrapText(
  text: string,
  font: { readonly size: number; readonly weight?: number },
  width: number,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, font) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  return lines;
}

/** A drawing and its size in pixels. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/** The drawing as the book shows it: without title, texts and roles of screen readers left to the page around it. */
export async function drawInBook(figure: BundledFigure): Promise<Drawing> {
  const svg = figure.spec ? await renderSvg(figure.spec, { prefix: figure.id }) : drawTable(figure);
  const [, width = "0", height = "0"] = /<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { svg: svg.replace(/ (?:role|aria-[a-z]+)="[^"]*"/g, ""), width: Number(width), height: Number(height) };
}

const margin = 24;

/** The drawing that travels alone: title and subtitle above, reading note, scope, source, licence and the synthetic stamp below. */
export function standAlone(figure: BundledFigure, drawing: Drawing): string {
  const width = Math.max(drawing.width + 2 * margin, 520);
  const room = width - 2 * margin;
  const texts: string[] = [];
  let y = margin;
  const write = (
    text: string,
    { size, weight = 400, fill = "#1B1B1B" }: { size: number; weight?: number; fill?: string },
  ): void => {
    for (const line of wrapText(frenchSpaces(text), { size, weight }, room)) {
      y += Math.round(size * 1.32);
      texts.push(
        `<text x="${margin}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(line)}</text>`,
      );
    }
  };
  write(figure.title, { size: 18, weight: 700 });
  y += 3;
  write(figure.subtitle, { size: 13.5, fill: "#444444" });
  y += 16;
  const chart = drawing.svg.replace(
    /<svg([^>]*?)>/,
    (_, attributes: string) => `<svg${attributes} x="${margin}" y="${y}">`,
  );
  y += Math.ceil(drawing.height) + 14;
  texts.push(`<line x1="${margin}" x2="${width - margin}" y1="${y}" y2="${y}" stroke="#BBBBBB" stroke-width="0.8"/>`);
  y += 4;
  const small = { size: 11.5, fill: "#333333" };
  for (const note of captionNotes(figure)) {
    write(note, small);
    y += 2;
  }
  if (figure.synthetic)
    write("SYNTHÉTIQUE : données inventées, territoire imaginaire.", { size: 11.5, weight: 700, fill: "#A33B00" });
  const height = y + margin;
  const title = `<title>${escapeXml(frenchSpaces(figure.title))}</title><desc>${escapeXml(frenchSpaces(figure.alt))}</desc>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'${CHART_FAMILY}'" xml:lang="fr">${title}<rect width="${width}" height="${height}" fill="white"/>${texts.join("")}${chart}</svg>\n`;
}

/** The usual note of French public statistics, one sentence group a line. */
export function captionNotes(figure: BundledFigure): readonly string[] {
  const legend = figure.kind === "table" ? missingLegend(figure) : "";
  const stop = (text: string): string => (/[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
  return [
    `Lecture : ${stop(figure.lecture)}`,
    ...(legend ? [`Signes : ${stop(legend)}`] : []),
    `Champ : ${stop(figure.champ)}`,
    `Source : ${stop(figure.source)}`,
    `Licence : ${stop(figure.licence)}`,
  ].map(frenchSpaces);
}

/** A table drawn as a picture, for those who need one: measured columns, numbers to the right. */
function drawTable(figure: BundledFigure): string {
  const columns = Object.values(figure.columns).map((column) => ({
    heading: columnHeading(column),
    texts: cellTexts(column),
    right: column.type === "number",
  }));
  const size = 12;
  const gap = 18;
  const headings = columns.map(({ heading, texts }) =>
    wrapText(
      heading,
      { size, weight: 600 },
      Math.max(110, ...texts.map((text) => Math.min(320, textWidth(text, { size })))),
    ),
  );
  const widths = columns.map(({ texts }, i) =>
    Math.ceil(
      Math.max(
        ...(headings[i] ?? []).map((line) => textWidth(line, { size, weight: 600 })),
        ...texts.map((text) => textWidth(text, { size })),
      ),
    ),
  );
  const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, width) => sum + width + gap, 0));
  const headLines = Math.max(1, ...headings.map(({ length }) => length));
  const headHeight = headLines * 16 + 8;
  const width = (starts.at(-1) ?? 0) + (widths.at(-1) ?? 0) + 2;
  const height = headHeight + figure.numRows * 20 + 4;
  const place = (i: number, y: number, text: string, weight: number): string => {
    const right = columns[i]?.right ?? false;
    return `<text x="${(starts[i] ?? 0) + (right ? (widths[i] ?? 0) : 0)}" y="${y}"${right ? ' text-anchor="end"' : ""} font-weight="${weight}">${escapeXml(text)}</text>`;
  };
  const parts: string[] = [];
  for (const [i, lines] of headings.entries()) {
    for (const [k, line] of lines.entries())
      parts.push(place(i, headHeight - 10 - (lines.length - 1 - k) * 16, line, 600));
  }
  parts.push(`<line x1="0" x2="${width}" y1="${headHeight}" y2="${headHeight}" stroke="#12355B" stroke-width="1.2"/>`);
  for (let row = 0; row < figure.numRows; row++) {
    const y = headHeight + row * 20;
    for (const [i, { texts }] of columns.entries()) parts.push(place(i, y + 15, texts[row] ?? "", 400));
    parts.push(`<line x1="0" x2="${width}" y1="${y + 20}" y2="${y + 20}" stroke="#DDDDDD" stroke-width="0.6"/>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="'${CHART_FAMILY}'" font-size="${size}" fill="#1B1B1B">${parts.join("")}</svg>`;
}

export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
