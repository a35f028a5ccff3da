/** What a page or a drawing is made of, in order. `at` is a place in the source. */
export type MarkupPart =
  | {
      readonly kind: "open";
      readonly name: string;
      readonly attributes: readonly (readonly [string, string])[];
      /** True for `<path …/>` and for elements of HTML that hold nothing. */
      readonly alone: boolean;
      readonly at: number;
    }
  | { readonly kind: "close"; readonly name: string; readonly at: number }
  | { readonly kind: "text"; readonly text: string; readonly at: number }
  /** A comment, a processing instruction, a CDATA section. */
  | { readonly kind: "aside"; readonly at: number };

const holdNothing: ReadonlySet<string> = new Set(["meta", "link", "img", "br", "hr", "input", "wbr", "col", "source"]);
const rawText: ReadonlySet<string> = new Set(["script", "style"]);
const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

/**
 * Text as a reader sees it: entities of HTML and XML replaced.
 * @example
 * ```ts
 * decodeEntities("l&#8217;emploi &amp; 6&nbsp;km") // "l’emploi & 6\u00a0km"
 * ```
 */
export const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, ten?: string, sixteen?: string, name = "") =>
        ten || sixteen
          ? String.fromCodePoint(ten ? Number(ten) : Number.parseInt(sixteen ?? "", 16))
          : (entities[name] ?? whole),
      )
    : text;

const tag = /<(\/?)([a-zA-Z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/y;
const attribute = /([^\s=/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Reads HTML or SVG as a list of parts; null when a "<" opens nothing that can be read. Scripts and styles are one text. */
export function readMarkup(source: string): readonly MarkupPart[] | null {
  const parts: MarkupPart[] = [];
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    const end = next < 0 ? source.length : next;
    if (end > at) parts.push({ kind: "text", text: decodeEntities(source.slice(at, end)), at });
    if (next < 0) break;
    if (source[next + 1] === "!" || source[next + 1] === "?") {
      const doctype = /^<!doctype html>/i.test(source.slice(next, next + 15));
      const close = source.startsWith("<!--", next) ? "-->" : source.startsWith("<![CDATA[", next) ? "]]>" : ">";
      const stop = source.indexOf(close, next);
      if (stop < 0) return null;
      if (!doctype) parts.push({ kind: "aside", at: next });
      at = stop + close.length;
      continue;
    }
    tag.lastIndex = next;
    const found = tag.exec(source);
    if (!found) return null;
    const [whole, slash, name = "", inside = ""] = found;
    at = next + whole.length;
    if (slash) {
      parts.push({ kind: "close", name, at: next });
      continue;
    }
    const attributes = [...inside.matchAll(attribute)].map(
      ([, key = "", double, simple, bare]) => [key, decodeEntities(double ?? simple ?? bare ?? "")] as const,
    );
    parts.push({ kind: "open", name, attributes, alone: inside.endsWith("/") || holdNothing.has(name), at: next });
    if (rawText.has(name)) {
      const stop = source.indexOf(`</${name}`, at);
      if (stop < 0) return null;
      parts.push({ kind: "text", text: source.slice(at, stop), at });
      at = stop;
    }
  }
  return parts;
}

/** "ligne 12, caractère 40", counted from 1. */
export function placeIn(source: string, at: number): string {
  const before = source.slice(0, at);
  const line = before.split("\n").length;
  return `ligne ${line}, caractère ${at - before.lastIndexOf("\n")}`;
}
