import type { BundledFigure } from "../../notebook/bundle.ts";
import { cellTexts, columnHeading } from "../cell-text.ts";
import { captionNotes, type Drawing } from "../figure-svg.ts";
import { frenchSpaces } from "../typography.ts";
import { drawnWords } from "./drawn-numbers.ts";
import { drawingElements, shapingAttributes, stateAttributes } from "./markup-words.ts";
import { bareText } from "./number-contexts.ts";
import { type MarkupPart, placeIn, readMarkup } from "./read-markup.ts";
import { figureSayings } from "./sayings.ts";
import { type ScanCode, type ScanFinding, scanFinding } from "./scan-finding.ts";

/**
 * Reads the SVG file of a figure: only elements and attributes that draw, its title and alternative, the words around it, the very drawing that was
 * made of the specification, and on it no number nor mark that the released rows do not explain. Coordinates are not read one by one.
 */
export function scanDrawing(
  source: string,
  {
    file,
    figure,
    drawing,
  }: { readonly file: string; readonly figure: BundledFigure; readonly drawing: Drawing | undefined },
): readonly ScanFinding[] {
  const parts = readMarkup(source);
  if (!parts) return [scanFinding("fichier-illisible", file, "balises")];
  const found: ScanFinding[] = [];
  const add = (code: ScanCode, at: number): number => found.push(scanFinding(code, file, placeIn(source, at)));
  for (const part of parts) {
    if (part.kind === "aside") add("commentaire", part.at);
    if (part.kind !== "open") continue;
    if (!drawingElements.has(part.name)) add("element-inconnu", part.at);
    if (part.attributes.some(([name]) => !shapingAttributes.has(name) && !stateAttributes.has(name)))
      add("element-inconnu", part.at);
  }
  const { own, texts, labels, marks } = readDrawing(parts);
  const said = (name: string): string => own.find((text) => text.name === name)?.text ?? "";
  if (said("title") !== frenchSpaces(figure.title)) add("texte-sans-origine", 0);
  if (said("desc") !== frenchSpaces(figure.alt))
    add("texte-sans-origine", own.find(({ name }) => name === "desc")?.at ?? 0);
  const around = own.filter(({ name }) => name === "text");
  if (bareText(around.map(({ text }) => text).join(" ")) !== bareText(wordsAround(figure))) {
    const expected = bareText(wordsAround(figure));
    add("texte-sans-origine", around.find(({ text }) => !expected.includes(bareText(text)))?.at ?? 0);
  }
  if (drawing && innerDrawing(source) !== drawing.svg) add("dessin-different", source.indexOf("<svg", 4));
  const words = drawnWords(figure, figureSayings(figure));
  if (figure.spec) {
    for (const { text, at } of texts) if (!words.says(text)) add("nombre-sans-origine", at);
  } else if (bareText(texts.map(({ text }) => text).join(" ")) !== bareText(tableWords(figure)))
    add("ligne-non-diffusee", texts[0]?.at ?? 0);
  for (const group of labels)
    if (!words.saysLabels(group.map(({ text }) => text))) add("nombre-sans-origine", group[0]?.at ?? 0);
  const most = mostMarks(figure);
  for (const { count, at } of marks) if (count > most) add("marque-en-trop", at);
  return found;
}

interface PlacedText {
  readonly name: string;
  readonly text: string;
  readonly at: number;
}

/** Sorts the texts of a drawing: its own (title, words around), those of axes and legends by group, all others; and counts the marks of each group. */
export function readDrawing(parts: readonly MarkupPart[]): {
  readonly own: readonly PlacedText[];
  readonly texts: readonly PlacedText[];
  readonly labels: readonly (readonly PlacedText[])[];
  readonly marks: readonly { readonly count: number; readonly at: number }[];
} {
  const own: PlacedText[] = [];
  const texts: PlacedText[] = [];
  const labels: PlacedText[][] = [];
  const marks: { count: number; at: number }[] = [];
  const open: { name: string; role: string; at: number; items: number }[] = [];
  let text: { name: string; text: string; at: number } | null = null;
  for (const part of parts) {
    if (part.kind === "open") {
      const parent = open.at(-1);
      if (parent) parent.items++;
      const role = part.attributes.find(([name]) => name === "class")?.[1] ?? "";
      if (/\brole-(?:axis|legend)-label\b/.test(role)) labels.push([]);
      if (["text", "title", "desc"].includes(part.name)) text = { name: part.name, text: "", at: part.at };
      else if (part.name === "tspan" && text?.text) text.text += " ";
      if (!part.alone) open.push({ name: part.name, role, at: part.at, items: 0 });
    } else if (part.kind === "text" && text) text.text += part.text;
    else if (part.kind === "close") {
      const closed = open.pop();
      if (closed?.name === "g" && /\brole-mark\b/.test(closed.role)) marks.push({ count: closed.items, at: closed.at });
      if (text && part.name === text.name) {
        const inside = open.filter(({ name }) => name === "svg").length;
        const label = open.some(({ role }) => /\brole-(?:axis|legend)-label\b/.test(role));
        if (text.name !== "text" || inside < 2) own.push(text);
        else if (label) labels.at(-1)?.push(text);
        else texts.push(text);
        text = null;
      }
    }
  }
  return { own, texts, labels, marks };
}

/** All that is written around the drawing of a figure that travels alone. */
const wordsAround = (figure: BundledFigure): string =>
  [
    figure.title,
    figure.subtitle,
    ...captionNotes(figure),
    figure.synthetic ? "SYNTHÉTIQUE : données inventées, territoire imaginaire." : "",
  ].join(" ");

/** A table drawn as a picture: its heads, then its rows. */
function tableWords({ columns, numRows }: BundledFigure): string {
  const cells = Object.values(columns).map(cellTexts);
  const rows = Array.from({ length: numRows }, (_, row) => cells.map((texts) => texts[row] ?? "").join(" "));
  return [...Object.values(columns).map(columnHeading), ...rows].join(" ");
}

/** The drawing inside the file, as it was before it was placed. */
const innerDrawing = (source: string): string =>
  source
    .slice(source.indexOf("<svg", 4), source.lastIndexOf("</svg>"))
    .replace(/^(<svg[^>]*?) x="[\d.]+" y="[\d.]+">/, "$1>");

/** No group of marks has more of them than the longest list of rows of the specification; a table draws its own rows. */
function mostMarks({ spec, numRows }: BundledFigure): number {
  let most = numRows;
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      if (value.some((item) => typeof item === "object")) most = Math.max(most, value.length);
      for (const item of value) visit(item);
    } else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) if (key !== "geometry") visit(inner);
  };
  visit(spec?.datasets);
  visit(spec);
  return most;
}
