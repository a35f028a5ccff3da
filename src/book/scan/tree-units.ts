import { mathAlternative } from "../math-alternative.ts";
import type { PandocNode, PandocTree } from "../pandoc.ts";
import { frenchSpaces } from "../typography.ts";

type Nodes = readonly PandocNode[];

const isNode = (value: unknown): value is PandocNode =>
  typeof value === "object" && value !== null && typeof (value as PandocNode).t === "string";

/** Where a note is called, in the text of its sentence. No text of ours holds this sign. */
export const NOTE_CALL = "\ue002";

/** Between two cells of a line of a table, so that their numbers do not run into one. */
export const CELLS = " | ";

const sentences: ReadonlySet<string> = new Set(["Para", "Plain", "Header"]);

/**
 * The texts of a chapter, one for each paragraph, heading, line of a table, note, formula and cell of code: what its authors and its computations
 * say, whatever the format that says it. O(size of the tree).
 */
export function treeUnits({ blocks }: Pick<PandocTree, "blocks">): readonly string[] {
  const units: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value)) return;
    const { t, c } = value;
    if (sentences.has(t)) units.push(inlineText(t === "Header" ? (c as Nodes)[2] : c, units));
    else if (t === "CodeBlock") units.push(String((c as Nodes)[1]));
    else if (t === "DefinitionList")
      for (const [term, definitions] of c as readonly (readonly [unknown, unknown])[]) {
        units.push(inlineText(term, units));
        visit(definitions);
      }
    else if (t === "Table") tableRows(c, units);
    else {
      if (t === "Div")
        units.push(
          ...(c as readonly [readonly [string, unknown, readonly (readonly [string, string])[]]])[0][2].map(
            ([, n]) => `Voir le code (cellule ${n})`,
          ),
        );
      visit(c);
    }
  };
  visit(blocks);
  return units;
}

/** The headings of a chapter. */
export function treeTitles({ blocks }: Pick<PandocTree, "blocks">): readonly string[] {
  return blocks.flatMap((block) =>
    block.t === "Header"
      ? [inlineText((block.c as Nodes)[2], [])]
      : block.t === "Div"
        ? treeTitles({ blocks: (block.c as Nodes)[1] as unknown as Nodes })
        : [],
  );
}

/** The words of inline nodes. Notes and formulas are texts of their own; references to figures stay as they are written. */
function inlineText(value: unknown, units: string[]): string {
  if (Array.isArray(value)) return value.map((item) => inlineText(item, units)).join("");
  if (!isNode(value)) return "";
  const { t, c } = value;
  switch (t) {
    case "Str":
      return c as string;
    case "Space":
    case "SoftBreak":
    case "LineBreak":
      return " ";
    case "Code":
      return String((c as Nodes)[1]);
    case "Math": {
      const latex = String((c as Nodes)[1]);
      // Print sets the digits of a formula one by one.
      units.push(latex, latex.replace(/(\d)(?=\d)/g, "$1 "), frenchSpaces(mathAlternative(latex)));
      return "";
    }
    case "Note":
      units.push(...treeUnits({ blocks: c as Nodes }));
      return NOTE_CALL;
    case "Span": {
      const [[, , pairs], children] = c as readonly [
        readonly [string, unknown, readonly (readonly [string, string])[]],
        unknown,
      ];
      units.push(...pairs.map(([, said]) => frenchSpaces(said)));
      return inlineText(children, units);
    }
    case "Link":
    case "Quoted":
      return inlineText((c as Nodes)[1], units);
    case "RawInline":
      return "";
    default:
      return inlineText(c, units);
  }
}

/** A line of a table is one text: [attributes, cells], where a cell is [attributes, alignment, rows, columns, blocks]. */
function tableRows(table: unknown, units: string[]): void {
  const isRow = (value: unknown): value is readonly [unknown, readonly unknown[]] =>
    Array.isArray(value) &&
    value.length === 2 &&
    Array.isArray(value[1]) &&
    value[1].length > 0 &&
    value[1].every((cell) => Array.isArray(cell) && cell.length === 5 && isNode(cell[1]));
  const visit = (value: unknown): void => {
    if (isRow(value)) {
      const cells = value[1].map((cell) => treeUnits({ blocks: (cell as readonly unknown[])[4] as Nodes }).join(" "));
      units.push(cells.join(CELLS));
    } else if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isNode(value)) units.push(...treeUnits({ blocks: [value] }));
  };
  visit(table);
}
