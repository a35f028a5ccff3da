import { hexString, literalString, pdfStrings } from "./pdf-strings.ts";
import type { PdfDocument, PdfObject } from "./read-pdf.ts";

type Characters = ReadonlyMap<number, string>;

/** The texts that a page or a drawing of a PDF shows, in the order in which they are drawn; `object` is the stream that draws them. */
export interface PdfText {
  readonly object: number;
  readonly text: string;
}

/** Reads what every content stream of a document shows, through the characters that each font declares (ISO 32000-1, 9.10.3). O(size of the streams). */
export function pdfTexts({ objects }: PdfDocument): readonly PdfText[] {
  const known = new Map<number, Characters>();
  const charactersOf = (font: number): Characters => {
    const before = known.get(font);
    if (before) return before;
    const map = Number(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dictionary ?? "")?.[1]);
    const read = readCharacters(objects.get(map)?.stream ?? "");
    known.set(font, read);
    return read;
  };
  const texts: PdfText[] = [];
  for (const { dictionary, number, stream } of objects.values()) {
    const contents = /\/Type \/Page\b/.test(dictionary)
      ? [...(/\/Contents (\[[^\]]*\]|\d+ 0 R)/.exec(dictionary)?.[1] ?? "").matchAll(/(\d+) 0 R/g)].map(([, n]) =>
          Number(n),
        )
      : stream !== null && /\/Subtype \/Form\b/.test(dictionary)
        ? [number]
        : [];
    const fonts = fontsOf(dictionary, objects);
    for (const content of contents) {
      const drawn = objects.get(content)?.stream;
      if (drawn?.includes("BT"))
        texts.push({ object: content, text: shownText(drawn, (name) => charactersOf(fonts.get(name) ?? -1)) });
    }
  }
  return texts;
}

/** Fonts of a page by the name that its contents give them. */
function fontsOf(dictionary: string, objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, number> {
  const resources = /\/Resources (\d+) 0 R/.exec(dictionary)?.[1];
  const source = resources ? (objects.get(Number(resources))?.dictionary ?? "") : dictionary;
  const list = /\/Font\s*<<([^>]*)>>/.exec(source)?.[1] ?? "";
  return new Map([...list.matchAll(/\/(\S+) (\d+) 0 R/g)].map(([, name = "", font]) => [name, Number(font)]));
}

/** `<0001> <004C>` and `<0001> <0005> <0041>`: which glyph says which characters. */
function readCharacters(map: string): Characters {
  const characters = new Map<number, string>();
  const utf16 = (hex: string): string =>
    String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
  for (const [, block = ""] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = "", hex = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      characters.set(Number.parseInt(code, 16), utf16(hex));
  for (const [, block = ""] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = "", to = "", hex = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = Number.parseInt(from, 16), i = 0; code <= Number.parseInt(to, 16); code++, i++)
        characters.set(code, String.fromCharCode(Number.parseInt(hex, 16) + i));
  return characters;
}

/** What a content stream shows. Marked contents (paragraphs, cells) are set apart by a space; a drawing is one of them, written letter by letter; a span that says its own text is read by it. */
function shownText(stream: string, charactersOf: (font: string) => Characters): string {
  let text = "";
  let characters: Characters = new Map();
  let name = "";
  let instead = "";
  /** For each marked content that is open, whether it says its own text. */
  const marked: boolean[] = [];
  const show = (bytes: string): void => {
    if (marked.includes(true)) return;
    for (let i = 0; i + 1 < bytes.length; i += 2)
      text += characters.get((bytes.charCodeAt(i) << 8) | bytes.charCodeAt(i + 1)) ?? "\ufffd";
  };
  const word = /[^\s/[\]()<>{}%]+/y;
  for (let at = 0; at < stream.length; at++) {
    const sign = stream[at] ?? "";
    if (sign === "(") {
      const { text: bytes, end } = literalString(stream, at);
      show(bytes);
      at = end;
    } else if (sign === "<" && stream[at + 1] === "<") {
      const end = stream.indexOf("BDC", at);
      instead = pdfStrings(stream.slice(at, end)).find(({ key }) => key === "ActualText")?.text ?? "";
      at = end - 1;
    } else if (sign === "<") {
      const end = stream.indexOf(">", at);
      show(hexString(stream.slice(at + 1, end)));
      at = end;
    } else {
      word.lastIndex = sign === "/" ? at + 1 : at;
      const found = word.exec(stream)?.[0];
      if (!found) continue;
      at = word.lastIndex - 1;
      if (sign === "/") name = found;
      else if (found === "Tf") characters = charactersOf(name);
      else if (found === "BMC" || found === "BDC") {
        const says = found === "BDC" && instead !== "";
        text += says && !marked.includes(true) ? instead : says ? "" : " ";
        marked.push(says);
        instead = "";
      } else if (found === "EMC" && marked.pop() === false) text += " ";
    }
  }
  return text;
}
