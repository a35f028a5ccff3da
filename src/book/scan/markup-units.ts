import { blockElements, readAttributes } from "./markup-words.ts";
import type { MarkupPart } from "./read-markup.ts";
import { CELLS } from "./tree-units.ts";

/** A text that is read in one go: a paragraph, a line of a table, an attribute that is heard. */
export interface MarkupUnit {
  readonly text: string;
  readonly at: number;
  /** "attribut" for alternatives and labels, "formule" for the signs of a formula. */
  readonly kind: "texte" | "ligne" | "attribut" | "formule";
  /** Cells of a line of a figure's own table, and which figure. */
  readonly cells?: readonly string[];
  readonly figure?: string;
}

/** Marks that the page adds by itself to a text, and what they hold: calls of notes. */
const isNoteCall = (part: MarkupPart): boolean =>
  part.kind === "open" &&
  part.name === "a" &&
  part.attributes.some(([name, value]) => name === "class" && /\bfootnote-(?:ref|back)\b/.test(value));

/**
 * The texts of a page or a drawing, block by block, with the attributes that are read aloud. Scripts, styles and calls of notes are left out, and the
 * drawings of figures (`data-chart`), which are compared as a whole. O(parts).
 */
export function markupUnits(parts: readonly MarkupPart[]): readonly MarkupUnit[] {
  const units: MarkupUnit[] = [];
  let text = "";
  let start = 0;
  let cells: string[] | null = null;
  let figure = "";
  let dataTable = false;
  let skipped = "";
  let depth = 0;
  const flush = (at: number): void => {
    if (text.trim() !== "") units.push({ text: text.trim(), at: start, kind: "texte" });
    text = "";
    start = at;
  };
  for (const [index, part] of parts.entries()) {
    if (skipped !== "") {
      if (part.kind === "open" && part.name === skipped && !part.alone) depth++;
      if (part.kind === "close" && part.name === skipped && --depth === 0) skipped = "";
      continue;
    }
    if (part.kind === "text") {
      if (cells) cells[Math.max(0, cells.length - 1)] = `${cells.at(-1) ?? ""}${part.text}`;
      else text += part.text;
    } else if (part.kind === "open") {
      const { name, attributes, at } = part;
      const own = (wanted: string): string => attributes.find(([key]) => key === wanted)?.[1] ?? "";
      for (const [key, value] of attributes)
        if (readAttributes.has(key) && value !== "") units.push({ text: value, at, kind: "attribut" });
      if (name === "div" && own("id").startsWith("figure-")) figure = own("id").slice(7);
      if (name === "table") dataTable = own("class") === "data";
      if (name === "script" || name === "style" || isNoteCall(part) || isChart(parts, index)) {
        skipped = name;
        depth = 1;
      } else if (name === "tr") {
        flush(at);
        cells = [];
        start = at;
      } else if (cells && (name === "td" || name === "th")) cells.push("");
      else if (cells)
        cells[Math.max(0, cells.length - 1)] = `${cells.at(-1) ?? ""}${blockElements.has(name) ? " " : ""}`;
      else if (name === "math") {
        // What stands on both sides of a formula is one sentence; the formula is a text of its own.
        units.push(...formulaUnits(parts, index));
        skipped = name;
        depth = 1;
      } else if (blockElements.has(name)) flush(at);
      else if (name === "br" || name === "tspan") text += " ";
    } else if (part.kind === "close") {
      if (part.name === "tr" && cells) {
        units.push({
          text: cells.join(CELLS),
          at: start,
          kind: "ligne",
          ...(dataTable ? { cells, figure } : {}),
        });
        cells = null;
        start = part.at;
      } else if (!cells && blockElements.has(part.name)) flush(part.at);
    }
  }
  flush(0);
  return units;
}

/** True for the drawing of a figure: an `<svg>` right inside the element that names its chart. */
export function isChart(parts: readonly MarkupPart[], index: number): boolean {
  const [before, part] = [parts[index - 1], parts[index]];
  return (
    part?.kind === "open" &&
    part.name === "svg" &&
    before?.kind === "open" &&
    before.attributes.some(([key]) => key === "data-chart")
  );
}

/** The numbers of a formula, and its source as its author wrote it. */
function formulaUnits(parts: readonly MarkupPart[], index: number): readonly MarkupUnit[] {
  const units: MarkupUnit[] = [];
  for (let at = index + 1; at < parts.length; at++) {
    const part = parts[at];
    if (part?.kind === "close" && part.name === "math") break;
    if (part?.kind === "text" && part.text.trim() !== "")
      units.push({ text: part.text.trim(), at: part.at, kind: "formule" });
  }
  return units;
}
