/** A text found in the dictionary of an object, with the name that it stands under: "Alt", "Title", "Contents". */
export interface PdfString {
  readonly key: string;
  readonly text: string;
}

/**
 * The texts of a dictionary as PDF 1.7 writes them (ISO 32000-1, 7.3.4): between parentheses or in hexadecimal, in UTF-16 when they start by its mark.
 * @example
 * ```ts
 * pdfStrings("<< /Type /Annot /Contents (page \\(82\\)) >>") // [ { key: "Contents", text: "page (82)" } ]
 * ```
 */
export function pdfStrings(dictionary: string): readonly PdfString[] {
  const found: PdfString[] = [];
  let key = "";
  for (let at = 0; at < dictionary.length; at++) {
    const sign = dictionary[at];
    if (sign === "/") {
      const name = /^\/([^\s/[\]()<>{}%]*)/.exec(dictionary.slice(at, at + 128))?.[1] ?? "";
      key = name;
      at += name.length;
    } else if (sign === "(") {
      const { text, end } = literalString(dictionary, at);
      found.push({ key, text: decodeText(text) });
      at = end;
    } else if (sign === "<" && dictionary[at + 1] !== "<") {
      const end = dictionary.indexOf(">", at);
      found.push({ key, text: decodeText(hexString(dictionary.slice(at + 1, end < 0 ? dictionary.length : end))) });
      at = end < 0 ? dictionary.length : end;
    } else if (sign === "<") at++;
  }
  return found;
}

/** The string that opens at a parenthesis, one character a byte, and where it closes. */
export function literalString(source: string, start: number): { readonly text: string; readonly end: number } {
  const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  let text = "";
  let depth = 0;
  let at = start;
  for (; at < source.length; at++) {
    const sign = source[at] ?? "";
    if (sign === "\\") {
      const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, at + 4))?.[0];
      const next = source[at + 1] ?? "";
      if (octal) text += String.fromCharCode(Number.parseInt(octal, 8) & 255);
      else if (next !== "\n") text += escapes[next] ?? next;
      at += octal ? octal.length : 1;
    } else if (sign === "(" && depth++ === 0) continue;
    else if (sign === ")" && --depth === 0) break;
    else text += sign;
  }
  return { text, end: at };
}

/** Bytes written in hexadecimal, one character a byte. */
export const hexString = (hex: string): string => {
  const digits = hex.replace(/\s/g, "");
  let text = "";
  for (let at = 0; at < digits.length; at += 2)
    text += String.fromCharCode(Number.parseInt(digits.slice(at, at + 2).padEnd(2, "0"), 16));
  return text;
};

/** UTF-16 after its mark, otherwise one character a byte. */
function decodeText(bytes: string): string {
  if (!bytes.startsWith("\u00fe\u00ff")) return bytes;
  let text = "";
  for (let at = 2; at + 1 < bytes.length; at += 2)
    text += String.fromCharCode((bytes.charCodeAt(at) << 8) | bytes.charCodeAt(at + 1));
  return text;
}
