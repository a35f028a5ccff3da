import { mathAlternative } from "./math-alternative.ts";
import type { PandocNode, PandocTree } from "./pandoc.ts";
import { frenchSpaces } from "./typography.ts";

type Attributes = readonly [string, readonly string[], readonly (readonly [string, string])[]];

/** How one format writes what the chapters mean. */
export interface FormatWriter {
  readonly format: "typst" | "html";
  /** A figure or table of the registry, as source of the format. */
  readonly figure: (id: string) => string;
  /** The paragraph that leads to a viewer's page, as source of the format. */
  readonly viewer: (id: string) => string;
  /** The words and target of a reference: "figure 3", "#fig-...". */
  readonly reference: (kind: "fig" | "tab", id: string) => { readonly words: string; readonly target: string };
  /** A code cell: kept folded on the site, left out of the print. */
  readonly code: ((source: string, cell: string) => string) | null;
  /** Prefix of the anchors of a chapter, so that two chapters may have the same headings. */
  readonly prefix: string;
  /** Inside an English abstract: French spaces stay out. */
  readonly english?: boolean;
}

const raw = (format: string, text: string): PandocNode => ({ t: "RawBlock", c: [format, text] });
const rawInline = (format: string, text: string): PandocNode => ({ t: "RawInline", c: [format, text] });
const string = (text: string): string => JSON.stringify(text);

/** Applies to a chapter's tree what is ours: French typography, figures, references, code cells, alternatives of formulas. */
export function filterTree(tree: PandocTree, writer: FormatWriter): PandocTree {
  return { ...tree, blocks: visit(tree.blocks, writer) as readonly PandocNode[] };
}

const inlineKinds = new Set(["Str", "Space", "SoftBreak"]);

function visit(value: unknown, writer: FormatWriter): unknown {
  if (Array.isArray(value)) {
    if (value.some((child) => inlineKinds.has((child as PandocNode | null)?.t ?? "")))
      return inlines(value as readonly PandocNode[], writer);
    const list = value as readonly (PandocNode | null)[];
    return list.flatMap((child, i) => {
      if (writer.format === "typst" && announces(child, list[i + 1])) return kept(child, writer);
      const visited = visit(child, writer);
      return Array.isArray(visited) && isNode(child) ? visited : [visited];
    });
  }
  return isNode(value) ? node(value, writer) : value;
}

const lists = new Set(["BulletList", "OrderedList", "DefinitionList"]);

/** A sentence that ends with ":" and its list: on paper, no page ends and no chart stands between them. */
const announces = (current: PandocNode | null, next: PandocNode | null | undefined): current is PandocNode =>
  current?.t === "Para" && lists.has(next?.t ?? "") && /:\s*$/.test(plainText(current.c));

const kept = (paragraph: PandocNode, writer: FormatWriter): PandocNode => ({
  t: "Para",
  c: [
    rawInline("typst", "#block(sticky: true, spacing: 0.95em)[#par["),
    ...(visit(paragraph.c, writer) as readonly PandocNode[]),
    rawInline("typst", "]]"),
  ],
});

const isNode = (value: unknown): value is PandocNode =>
  typeof value === "object" && value !== null && typeof (value as PandocNode).t === "string";

function node(current: PandocNode, writer: FormatWriter): PandocNode | readonly PandocNode[] {
  const { t, c } = current;
  switch (t) {
    case "Code":
    case "CodeBlock":
    case "RawBlock":
    case "RawInline":
      return current;
    case "Math":
      return formula(current, null, writer);
    case "Span": {
      const [attributes, children] = c as readonly [Attributes, readonly PandocNode[]];
      const alternative = attributes[2].find(([name]) => name === "alt")?.[1];
      const only = children[0];
      if (alternative && children.length === 1 && only?.t === "Math") return formula(only, alternative, writer);
      return { t, c: [attributes, visit(children, writer)] };
    }
    case "Quoted": {
      const [kind, children] = c as readonly [PandocNode, readonly PandocNode[]];
      const inner = visit(children, writer) as readonly PandocNode[];
      const [open, close] = kind.t === "DoubleQuote" ? ["«\u202f", "\u202f»"] : ["‘", "’"];
      return [{ t: "Str", c: open }, ...inner, { t: "Str", c: close }];
    }
    case "Header": {
      const [level, [id, classes, pairs], text] = c as readonly [number, Attributes, readonly PandocNode[]];
      return { t, c: [level, [`${writer.prefix}-${id}`, classes, pairs], visit(text, writer)] };
    }
    case "Link": {
      const [attributes, text, [target, title]] = c as readonly [
        Attributes,
        readonly PandocNode[],
        readonly [string, string],
      ];
      return {
        t,
        c: [
          attributes,
          visit(text, writer),
          [target.startsWith("#") ? `#${writer.prefix}-${target.slice(1)}` : target, title],
        ],
      };
    }
    case "Div": {
      const [attributes, blocks] = c as readonly [Attributes, readonly PandocNode[]];
      if (attributes[1].includes("figure")) return raw(writer.format, writer.figure(attributes[0]));
      if (attributes[1].includes("visionneuse")) return raw(writer.format, writer.viewer(attributes[0]));
      if (attributes[1].includes("cellule")) {
        const source = blocks.find((block) => block.t === "CodeBlock")?.c as readonly [Attributes, string] | undefined;
        return writer.code && source
          ? raw(writer.format, writer.code(source[1], attributes[2].find(([name]) => name === "n")?.[1] ?? ""))
          : [];
      }
      if (attributes[1].includes("abstract")) {
        const english = visit(blocks, { ...writer, english: true }) as readonly PandocNode[];
        if (writer.format === "html") return { t, c: [attributes, english] };
        return [raw("typst", "#english-abstract["), ...english, raw("typst", "]")];
      }
      return { t, c: [attributes, visit(blocks, writer)] };
    }
    case "Table": {
      // An author's own table is not numbered: only the registry's are, and a caption would make Typst count it.
      const [attributes, [short, caption], ...rest] = c as readonly [
        unknown,
        readonly [unknown, readonly PandocNode[]],
        ...unknown[],
      ];
      if (writer.format !== "typst" || caption.length === 0) return { t, c: visit(c, writer) };
      const title = (caption[0]?.c ?? []) as readonly PandocNode[];
      // The title stays with the table that it opens.
      return [
        raw("typst", "#block(sticky: true)["),
        { t: "Para", c: [{ t: "Strong", c: visit(title, writer) }] },
        raw("typst", "]"),
        { t, c: [attributes, [short, []], ...(visit(rest, writer) as unknown[])] },
      ];
    }
    default:
      return c === undefined ? current : { t, c: visit(c, writer) };
  }
}

/** A formula with its reading: PDF/UA asks for it, and a screen reader says it. */
function formula(
  math: PandocNode,
  alternative: string | null,
  writer: FormatWriter,
): PandocNode | readonly PandocNode[] {
  const [kind, latex] = math.c as readonly [PandocNode, string];
  const reading = frenchSpaces(alternative ?? mathAlternative(latex));
  if (writer.format === "typst")
    return [rawInline("typst", `#formula(${string(reading)})[`), math, rawInline("typst", "]")];
  const display = kind.t === "DisplayMath";
  return [
    rawInline(
      "html",
      `<span class="formule${display ? " bloc" : ""}" role="img" aria-label="${reading.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"${display ? ' tabindex="0"' : ""}>`,
    ),
    math,
    rawInline("html", "</span>"),
  ];
}

/** Joins the words of a run, so that the rules see "mot ;" across pandoc's separate words, then splits them again on breakable spaces. */
function inlines(list: readonly PandocNode[], writer: FormatWriter): readonly PandocNode[] {
  const result: PandocNode[] = [];
  let run = "";
  const flush = (): void => {
    if (run) result.push(...words(run, writer));
    run = "";
  };
  for (const child of list) {
    if (child.t === "Str") run += child.c as string;
    else if (child.t === "Space" || child.t === "SoftBreak") run += " ";
    else {
      flush();
      const visited = node(child, writer);
      result.push(...(Array.isArray(visited) ? (visited as readonly PandocNode[]) : [visited as PandocNode]));
    }
  }
  flush();
  return result;
}

function words(text: string, writer: FormatWriter): readonly PandocNode[] {
  return (writer.english ? text : frenchSpaces(text))
    .split(/( )|(@(?:fig|tab):[a-z0-9]+(?:-[a-z0-9]+)*)/)
    .filter(Boolean)
    .map((part): PandocNode => {
      if (part === " ") return { t: "Space" };
      const reference = /^@(fig|tab):(.+)$/.exec(part);
      if (!reference) return { t: "Str", c: part };
      const { words: said, target } = writer.reference(reference[1] as "fig" | "tab", reference[2] ?? "");
      return { t: "Link", c: [["", [], []], [{ t: "Str", c: said }], [target, ""]] };
    });
}

/** The plain words of inline nodes: titles for menus and running headers. */
export function plainText(nodes: unknown): string {
  if (Array.isArray(nodes)) return nodes.map(plainText).join("");
  if (!isNode(nodes)) return "";
  if (nodes.t === "Str") return nodes.c as string;
  if (nodes.t === "Space" || nodes.t === "SoftBreak" || nodes.t === "LineBreak") return " ";
  if (nodes.t === "Code" || nodes.t === "Math") return String((nodes.c as readonly unknown[])[1]);
  if (nodes.t === "Note") return "";
  if (nodes.t === "Quoted") return `«\u202f${plainText((nodes.c as readonly unknown[])[1])}\u202f»`;
  return plainText(nodes.c);
}
