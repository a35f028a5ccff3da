import { isAscii, isUtf8 } from "node:buffer";
import { QuartiersError } from "../codes/errors.ts";
import { printable } from "./printable.ts";

/** Pairs that appear when UTF-8 was once read as Latin-1 or Windows-1252 and saved again: é, è, à, ê, ç, ô, É, the apostrophe. */
const mojibake: readonly string[] = ["Ã©", "Ã¨", "Ã\u00a0", "Ãª", "Ã§", "Ã´", "Ã‰", "Ã\u0089", "â€™", "â\u0080\u0099"];

/** How a text file is written; "mixed" for a file whose lines are some in UTF-8, some in Latin-1. */
export type TextEncoding = "utf-8" | "latin1" | "mixed";

/** A line longer than this, in bytes, is not a line of data; the engine reads no longer one. */
export const LONGEST_LINE: number = 2 << 20;

/** The refusal of a line without end. */
export const endlessLine = (where: string): QuartiersError =>
  new QuartiersError({
    what: "Une ligne n'en finit pas",
    value: "plus de 2 Mo sans retour à la ligne",
    where,
    expected: "un fichier de lignes",
    remedy:
      "vérifier que c'est bien un fichier de texte, et non une archive ou une image, puis le télécharger de nouveau",
  });

/** What a piece of text is made of. */
export interface TextKind {
  readonly isAscii: boolean;
  readonly isUtf8: boolean;
  /** Line of the piece, from 1, of its first character that is not ASCII; 0 when there is none. */
  readonly firstAccentLine: number;
}

/**
 * Refuses what cannot be the promised text: bytes that are no text, another encoding, accents already damaged.
 * @param linesBefore lines of the file before this piece, asked for only by a refusal
 */
export function checkText(bytes: Buffer, encoding: TextEncoding, file: string, linesBefore: () => number): TextKind {
  const place = (offset: number): string => `${file}, ligne ${linesBefore() + lineAt(bytes, offset)}`;
  const zero = bytes.indexOf(0);
  if (zero >= 0) throw notText(bytes, place(zero));
  if (isAscii(bytes)) return { isAscii: true, isUtf8: true, firstAccentLine: 0 };
  const utf8 = isUtf8(bytes);
  if (encoding === "utf-8") {
    if (!utf8) throw notUtf8(place(firstInvalidByte(bytes)));
    refuseDamagedAccents(bytes, place);
  }
  const firstAccentLine =
    encoding === "latin1" && utf8
      ? lineAt(
          bytes,
          bytes.findIndex((byte) => byte > 127),
        )
      : 0;
  return { isAscii: false, isUtf8: utf8, firstAccentLine };
}

/** A web page where data is expected: an error page, or a page of login. */
export function refusePage(bytes: Buffer, file: string): void {
  const start = bytes
    .subarray(0, 1024)
    .toString("latin1")
    .replace(/^(ï»¿|\s)+/, "");
  if (!/^<(!doctype\s+html|html|head|body)[\s>]/i.test(start)) return;
  throw new QuartiersError({
    what: "Le fichier est une page web, pas des données",
    value: start.slice(0, 40).replace(/\s+/g, " "),
    where: `${file}, ligne 1`,
    expected: "le fichier de données du producteur",
    remedy: "le télécharger de nouveau\u00a0: le lien a sans doute rendu une page d'erreur ou de connexion",
  });
}

function notText(bytes: Buffer, where: string): QuartiersError {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new QuartiersError({
    what: isUtf16 ? "Le fichier est en UTF-16" : "Le fichier contient des octets nuls\u00a0: ce n'est pas du texte",
    where,
    expected: "un fichier de texte",
    remedy: isUtf16
      ? "l'enregistrer de nouveau en « CSV UTF-8 »"
      : "vérifier que c'est bien le fichier du producteur, et non une archive ou un classeur renommé",
  });
}

const notUtf8 = (where: string): QuartiersError =>
  new QuartiersError({
    what: "Le fichier n'est pas en UTF-8, il est sans doute en Latin-1 (Windows)",
    where,
    expected: "un fichier en UTF-8",
    remedy:
      "l'enregistrer de nouveau en « CSV UTF-8 », ou le télécharger de nouveau s'il a été coupé au milieu d'un caractère",
  });

function refuseDamagedAccents(bytes: Buffer, place: (offset: number) => string): void {
  // Every damaged pair begins with one of these: most files hold none, and are left at once.
  if (bytes.indexOf("Ã") < 0 && bytes.indexOf("â") < 0) return;
  for (const pair of mojibake) {
    const at = bytes.indexOf(pair, 0, "utf8");
    if (at < 0) continue;
    throw new QuartiersError({
      what: "Les accents du fichier sont abîmés\u00a0: de l'UTF-8 a été lu comme du Latin-1, puis enregistré",
      value: wordAt(bytes, at),
      where: place(at),
      expected: "« é », là où le fichier porte « Ã© »",
      remedy: "reprendre le fichier d'origine du producteur",
    });
  }
}

/**
 * Bytes where UTF-8 and Latin-1 mix, even inside a line, as UTF-8 throughout: a run of bytes above 127 that is well-formed UTF-8 is read so,
 * any other as Latin-1.
 */
export function unmixed(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < bytes.length; ) {
    if ((bytes[i] as number) < 0x80) {
      i++;
      continue;
    }
    let end = i + 1;
    while (end < bytes.length && (bytes[end] as number) >= 0x80) end++;
    const run = bytes.subarray(i, end);
    parts.push(bytes.toString("latin1", start, i), run.toString(isUtf8(run) ? "utf8" : "latin1"));
    start = end;
    i = end;
  }
  parts.push(bytes.toString("latin1", start));
  return parts.join("");
}

/** The line, from 1, that holds the byte at that offset. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}

/** The word around an offset. Its line is not printed: it may hold protected counts. */
function wordAt(bytes: Buffer, offset: number): string {
  const isLetter = (byte: number): boolean => byte > 127 || /[A-Za-z'-]/.test(String.fromCharCode(byte));
  let [start, end] = [offset, offset];
  while (start > 0 && offset - start < 24 && isLetter(bytes[start - 1] as number)) start--;
  while (end < bytes.length && end - offset < 24 && isLetter(bytes[end] as number)) end++;
  return printable(
    bytes
      .subarray(start, end)
      .toString("utf8")
      .replace(/\ufffd/g, ""),
  );
}

/** Offset of the first byte that breaks UTF-8, by halving: a prefix is valid, or is cut inside its last character. */
function firstInvalidByte(bytes: Buffer): number {
  let [low, high] = [0, bytes.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const validUntilMiddle = [0, 1, 2, 3].some((back) => isUtf8(bytes.subarray(0, Math.max(0, middle - back))));
    if (validUntilMiddle) low = middle;
    else high = middle;
  }
  return low;
}
