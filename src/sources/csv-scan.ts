import { QuartiersError } from "../codes/errors.ts";

/** What a pass over the bytes of a CSV file learns, before its cells are read. */
export interface CsvScan {
  readonly header: readonly string[];
  /** Line of the header, from 1: empty lines may come before it. */
  readonly headerLine: number;
  /** Line of the file, from 1, where each data record starts. */
  readonly lines: Uint32Array;
}

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Walks through a CSV file (RFC 4180) and refuses a damaged one: an unclosed quote, a record with too few or too many fields, a last line cut
 * short, no data at all. Empty lines are skipped. Linear in the bytes.
 */
export function scanCsv(bytes: Buffer, separator: string, encoding: "utf-8" | "latin1", file: string): CsvScan {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const separatorByte = separator.charCodeAt(0);
  const lines: number[] = [];
  let header: readonly string[] = [];
  let headerLine = 1;
  let [line, recordLine, recordStart, fields, isQuoted, quoteLine, fieldStart] = [1, 1, start, 1, false, 0, true];

  const endRecord = (end: number): void => {
    const isBlank = end === recordStart || (end === recordStart + 1 && bytes[recordStart] === CARRIAGE_RETURN);
    if (isBlank) return;
    if (header.length === 0) {
      headerLine = line;
      header = splitHeader(
        bytes.subarray(recordStart, end).toString(encoding === "latin1" ? "latin1" : "utf8"),
        separator,
      );
      return;
    }
    if (fields !== header.length)
      throw wrongFieldCount(fields, header.length, separator, `${file}, ligne ${recordLine}`);
    lines.push(recordLine);
  };

  for (let i = start; i < bytes.length; i++) {
    const byte = bytes[i];
    if (isQuoted) {
      if (byte === LINE_FEED) line++;
      if (byte !== QUOTE) continue;
      if (bytes[i + 1] === QUOTE) i++;
      else isQuoted = false;
    } else if (byte === QUOTE && fieldStart) {
      [isQuoted, quoteLine, fieldStart] = [true, line, false];
    } else if (byte === separatorByte) {
      fields++;
      fieldStart = true;
    } else if (byte === LINE_FEED) {
      endRecord(i);
      line++;
      [recordLine, recordStart, fields, fieldStart] = [line, i + 1, 1, true];
    } else fieldStart = false;
  }
  if (isQuoted) {
    throw new QuartiersError({
      what: "Un guillemet ouvert n'est jamais refermé",
      where: `${file}, ligne ${quoteLine}`,
      expected: "un guillemet fermant avant la fin du champ",
      remedy: "télécharger de nouveau le fichier, qui est sans doute tronqué",
    });
  }
  if (recordStart < bytes.length) {
    throw new QuartiersError({
      what: "Le fichier s'arrête au milieu d'une ligne",
      where: `${file}, ligne ${recordLine}`,
      expected: "un fichier dont la dernière ligne est terminée par un retour à la ligne",
      remedy: "le télécharger de nouveau ; s'il est complet, ajouter un retour à la ligne à la fin",
    });
  }
  if (lines.length === 0)
    throw new QuartiersError({
      what: "Le fichier n'a aucune ligne de données",
      where: file,
      expected: "un en-tête, puis au moins une ligne",
      remedy: "le télécharger de nouveau",
    });
  return { header, headerLine, lines: Uint32Array.from(lines) };
}

function wrongFieldCount(found: number, expected: number, separator: string, where: string): QuartiersError {
  const few = found < expected;
  return new QuartiersError({
    what: few ? "Une ligne a trop peu de champs" : "Une ligne a trop de champs",
    value: `${found} champ${found > 1 ? "s" : ""}`,
    where,
    expected: `${expected} champs séparés par « ${separator} », comme dans l'en-tête`,
    remedy: few
      ? "télécharger de nouveau le fichier, qui est sans doute tronqué"
      : "entourer de guillemets le champ qui contient le séparateur, ou vérifier le séparateur",
  });
}

/** The names of a header line; quotes around a name are removed. */
function splitHeader(text: string, separator: string): string[] {
  const names: string[] = [];
  let [name, isQuoted] = ["", false];
  for (const character of text.replace(/\r$/, "")) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      names.push(name);
      name = "";
    } else name += character;
  }
  return [...names, name];
}
