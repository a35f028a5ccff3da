import { isAscii, isUtf8 } from "node:buffer";
import { QuartiersError } from "../codes/errors.ts";

/** Pairs that appear when UTF-8 was once read as Latin-1 or Windows-1252 and saved again: é, è, à, ê, ç, ô, É, the apostrophe. */
const mojibake: readonly string[] = ["Ã©", "Ã¨", "Ã\u00a0", "Ãª", "Ã§", "Ã´", "Ã‰", "Ã\u0089", "â€™", "â\u0080\u0099"];

/** Refuses what is not the promised file before anything is parsed: an empty file, a web page, another encoding. */
export function checkBytes(bytes: Buffer, encoding: "utf-8" | "latin1", file: string): void {
  if (bytes.length === 0)
    throw new QuartiersError({ what: "Le fichier est vide", where: file, remedy: "le télécharger de nouveau" });
  refusePage(bytes, file);
  if (encoding === "utf-8") refuseOtherThanUtf8(bytes, file);
  else if (isUtf8(bytes) && !isAscii(bytes)) {
    throw new QuartiersError({
      what: "Le fichier est en UTF-8, alors que son contrat annonce Latin-1",
      where: `${file}, ligne ${lineAt(
        bytes,
        bytes.findIndex((byte) => byte > 127),
      )}`,
      expected: "un fichier en Latin-1 (ISO 8859-1)",
      remedy: "demander le fichier d'origine à son producteur, ou changer encoding dans le contrat de la source",
    });
  }
}

function refusePage(bytes: Buffer, file: string): void {
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

function refuseOtherThanUtf8(bytes: Buffer, file: string): void {
  if (!isUtf8(bytes)) {
    const line = lineAt(bytes, firstInvalidByte(bytes));
    const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    throw new QuartiersError({
      what: utf16
        ? "Le fichier est en UTF-16"
        : "Le fichier n'est pas en UTF-8, il est sans doute en Latin-1 (Windows)",
      where: `${file}, ligne ${line}`,
      expected: "un fichier en UTF-8",
      remedy:
        "l'enregistrer de nouveau en « CSV UTF-8 », ou le télécharger de nouveau s'il a été coupé au milieu d'un caractère",
    });
  }
  for (const pair of mojibake) {
    const at = bytes.indexOf(pair, 0, "utf8");
    if (at < 0) continue;
    throw new QuartiersError({
      what: "Les accents du fichier sont abîmés\u00a0: de l'UTF-8 a été lu comme du Latin-1, puis enregistré",
      value: lineText(bytes, at),
      where: `${file}, ligne ${lineAt(bytes, at)}`,
      expected: "« é », là où le fichier porte « Ã© »",
      remedy: "reprendre le fichier d'origine du producteur",
    });
  }
}

/** The line, from 1, that holds the byte at that offset. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 10) line++;
  return line;
}

/** A few characters of a line around an offset. */
function lineText(bytes: Buffer, offset: number): string {
  const start = Math.max(bytes.lastIndexOf(10, offset) + 1, offset - 24);
  const end = bytes.indexOf(10, offset);
  return bytes
    .subarray(start, Math.min(end < 0 ? bytes.length : end, offset + 12))
    .toString("utf8")
    .replace(/\ufffd|\r/g, "");
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
