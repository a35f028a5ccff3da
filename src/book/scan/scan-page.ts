import type { BundledFigure } from "../../notebook/bundle.ts";
import { cellTexts, columnHeading } from "../cell-text.ts";
import type { BookContent } from "../print.ts";
import { jsonDifferences } from "./json-differences.ts";
import { isChart, markupUnits } from "./markup-units.ts";
import { ownDataAttributes, readAttributes, shapingAttributes, stateAttributes } from "./markup-words.ts";
import { bareText } from "./number-contexts.ts";
import { type MarkupPart, placeIn, readMarkup } from "./read-markup.ts";
import type { ScanContext } from "./scan-context.ts";
import { parsed } from "./scan-figure.ts";
import { type ScanCode, type ScanFinding, scanFinding } from "./scan-finding.ts";

/**
 * Reads a page of the site: no comment, no attribute that the book does not write, the drawing of each figure letter for letter, the rows of its table, the
 * data of a viewer member by member, and every number of its texts, alternatives and labels between the words where it was released.
 */
export function scanPage(source: string, file: string, context: ScanContext): readonly ScanFinding[] {
  const { book, contexts, everywhere, ownWords } = context;
  const parts = readMarkup(source);
  if (!parts) return [scanFinding("fichier-illisible", file, "balises")];
  const found: ScanFinding[] = [];
  const add = (code: ScanCode, at: number, address = ""): number =>
    found.push(scanFinding(code, file, `${placeIn(source, at)}${address}`));
  for (const [index, part] of parts.entries()) {
    if (part.kind === "aside") add("commentaire", part.at);
    if (part.kind !== "open") continue;
    if (!part.attributes.every(([name, value]) => isKnown(name, value, ownWords))) add("element-inconnu", part.at);
    if (isChart(parts, index)) {
      const drawing = book.drawings.get(attributeOf(parts[index - 1], "data-chart"))?.svg;
      const shown = drawing?.replace("<svg", '<svg aria-hidden="true" focusable="false"');
      if (shown === undefined || !source.startsWith(shown, part.at)) add("dessin-different", part.at);
    }
    if (part.name === "script")
      for (const address of strangeInScript(parts, index, book)) add("champ-non-diffuse", part.at, address);
  }
  const rows = new Map([...book.figures].map(([id, { figure }]) => [id, printedRows(figure)]));
  for (const { text, at, cells, figure = "" } of markupUnits(parts)) {
    for (const code of everywhere(text)) add(code, at);
    const printed = cells ? rows.get(figure) : undefined;
    if (cells && printed) {
      if (!printed.has(cells.map(bareText).join("\n"))) add("ligne-non-diffusee", at);
    } else if (contexts.strangers(text) > 0) add("nombre-sans-origine", at);
  }
  return found;
}

/** An attribute that shapes, an alternative or a state; a `data-…` of ours, empty or with a word of ours; and no address that carries a document. */
function isKnown(name: string, value: string, ownWords: ReadonlySet<string>): boolean {
  if (/^(?:href|src|xlink:href)$/.test(name) && /^(?:javascript|vbscript|blob|data):/i.test(value))
    return value === "data:,";
  return (
    (ownDataAttributes.has(name) && (value === "" || ownWords.has(value))) ||
    shapingAttributes.has(name) ||
    readAttributes.has(name) ||
    stateAttributes.has(name)
  );
}

const attributeOf = (part: MarkupPart | undefined, name: string): string =>
  part?.kind === "open" ? (part.attributes.find(([key]) => key === name)?.[1] ?? "") : "";

/** A script of a page is empty, or holds a viewer as it was released: addresses of what it says otherwise. */
function strangeInScript(parts: readonly MarkupPart[], index: number, { viewers }: BookContent): readonly string[] {
  const [script, content] = [parts[index], parts[index + 1]];
  if (content?.kind !== "text" || content.text.trim() === "") return [];
  const holder = parts.findLast((part, at) => at < index && attributeOf(part, "data-viewer") !== "");
  const viewer = viewers.get(attributeOf(holder, "data-viewer"))?.viewer;
  if (!viewer || attributeOf(script, "type") !== "application/json") return [""];
  const expected = JSON.parse(JSON.stringify(viewer)) as unknown;
  return jsonDifferences(expected, parsed(content.text)).map((address) => `, ${address}`);
}

/** The lines of a figure's table as a page prints them: its heads, then its released rows. */
function printedRows({ columns, numRows }: BundledFigure): ReadonlySet<string> {
  const cells = Object.values(columns).map((column) => cellTexts(column).map(bareText));
  return new Set([
    Object.values(columns)
      .map((column) => bareText(columnHeading(column)))
      .join("\n"),
    ...Array.from({ length: numRows }, (_, row) => cells.map((texts) => texts[row] ?? "").join("\n")),
  ]);
}
