import { QuartiersError } from "../codes/errors.ts";
import { eachPiece } from "../engine/chunks.ts";
import type { CsvFormat } from "./contract.ts";
import { endlessLine, LONGEST_LINE } from "./file-text.ts";

/** What a pass over the bytes of a CSV file learns, before its cells are read. */
export interface CsvScan {
  readonly header: readonly string[];
  /** Line of the header, from 1: empty lines may come before it. */
  readonly headerLine: number;
  /** Data records. */
  readonly count: number;
}

const QUOTE = 34;
const SPACE = 32;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

type CsvShape = Pick<CsvFormat, "separator" | "encoding" | "lastLineEnd">;

/**
 * Walks through a CSV file (RFC 4180) and refuses a damaged one: an unclosed quote, a record with too few or too many fields, a last line cut
 * short, no data at all. Empty lines are skipped. Linear in the bytes, memory bounded.
 * @param onRecord called for each data record with its number, from 0, and the line where it starts, from 1
 */
export function scanCsv(
  path: string,
  shape: CsvShape,
  file: string,
  onRecord: (record: number, line: number) => void = () => undefined,
): CsvScan {
  const { separator } = shape;
  const separatorByte = separator.charCodeAt(0);
  let header: readonly string[] = [];
  let [headerLine, count] = [1, 0];
  let [line, recordLine, fields, isQuoted, quoteLine, fieldStart] = [1, 1, 1, false, 0, true];
  /** Bytes of the header, and what stands in the record so far: nothing, one carriage return, or something. */
  const head: number[] = [];
  let [length, last] = [0, 0];

  const endRecord = (): void => {
    if (length > LONGEST_LINE) throw endlessLine(`${file}, ligne ${recordLine}`);
    const isBlank = length === 0 || (length === 1 && last === CARRIAGE_RETURN);
    if (isBlank) head.length = 0;
    else if (header.length === 0) {
      headerLine = recordLine;
      header = splitHeader(Buffer.from(head), shape);
    } else {
      if (fields !== header.length)
        throw wrongFieldCount(fields, header.length, separator, `${file}, ligne ${recordLine}`);
      onRecord(count, recordLine);
      count++;
    }
    [length, fields, fieldStart] = [0, 1, true];
  };

  eachPiece(path, (piece, offset) => {
    const start = offset === 0 ? markLength(piece) : 0;
    for (let i = start; i < piece.length; i++) {
      const byte = piece[i];
      if (!isQuoted && byte === LINE_FEED) {
        endRecord();
        line++;
        recordLine = line;
        continue;
      }
      length++;
      last = byte;
      if (header.length === 0) head.push(byte);
      if (isQuoted) {
        if (byte === LINE_FEED) line++;
        if (byte !== QUOTE) continue;
        // A piece ends at a line end: a doubled quote is never cut in two.
        if (piece[i + 1] === QUOTE) {
          i++;
          if (header.length === 0) head.push(QUOTE);
        } else {
          isQuoted = false;
          const next = piece[i + 1];
          if (next !== separatorByte && next !== LINE_FEED && next !== CARRIAGE_RETURN && next !== undefined)
            throw afterQuote(`${file}, ligne ${quoteLine}${line > quoteLine ? ` à ${line}` : ""}`);
        }
      } else if (byte === QUOTE && fieldStart) {
        [isQuoted, quoteLine, fieldStart] = [true, line, false];
      } else if (byte === separatorByte) {
        fields++;
        fieldStart = true;
      } else fieldStart &&= byte === SPACE; // The engine takes a quote after spaces for an opening one.
    }
    return true;
  });
  if (isQuoted) {
    throw new QuartiersError({
      what: "Un guillemet ouvert n'est jamais refermé",
      where: `${file}, ligne ${quoteLine}`,
      expected: "un guillemet fermant avant la fin du champ",
      remedy: "télécharger de nouveau le fichier, qui est sans doute tronqué",
    });
  }
  if (length > 0 && shape.lastLineEnd === "optional") endRecord();
  else if (length > 0) {
    throw new QuartiersError({
      what: "Le fichier s'arrête au milieu d'une ligne",
      where: `${file}, ligne ${recordLine}`,
      expected: "un fichier dont la dernière ligne est terminée par un retour à la ligne",
      remedy: "le télécharger de nouveau ; s'il est complet, ajouter un retour à la ligne à la fin",
    });
  }
  if (count === 0) throw noRows(file);
  return { header, headerLine, count };
}

const afterQuote = (where: string): QuartiersError =>
  new QuartiersError({
    what: "Du texte suit un guillemet fermant",
    where,
    expected: "le séparateur ou la fin de la ligne après un guillemet fermant, et les guillemets d'un texte doublés",
    remedy: "doubler les guillemets qui sont dans le texte, ou vérifier le séparateur",
  });

/** Only the header of a CSV file, without walking through the rest. */
export function readHeader(path: string, shape: CsvShape, file: string): Omit<CsvScan, "count"> {
  let [headerLine, header]: [number, readonly string[]] = [0, []];
  eachPiece(path, (piece, offset) => {
    let start = offset === 0 ? markLength(piece) : 0;
    while (start < piece.length && header.length === 0) {
      const end = piece.indexOf(LINE_FEED, start);
      const text = piece.subarray(start, end < 0 ? piece.length : end);
      headerLine++;
      if (text.length > 1 || (text.length === 1 && text[0] !== CARRIAGE_RETURN)) header = splitHeader(text, shape);
      start = end < 0 ? piece.length : end + 1;
    }
    return header.length === 0;
  });
  if (header.length === 0) throw noRows(file);
  return { header, headerLine };
}

/** The lines, from 1, where some data records start. Records counted from 0. */
export function linesOfRecords(path: string, shape: CsvShape, records: readonly number[]): ReadonlyMap<number, number> {
  const wanted = new Set(records);
  const lines = new Map<number, number>();
  const done = new Error("toutes les lignes sont trouvées");
  try {
    scanCsv(path, shape, path, (record, line) => {
      if (wanted.has(record)) lines.set(record, line);
      if (lines.size === wanted.size) throw done;
    });
  } catch {
    // Found, or a later line is damaged: the lines that are asked for come before.
  }
  return lines;
}

/** Length of the byte order mark, if any. */
const markLength = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/** The refusal of a file that holds nothing. */
export const noRows = (file: string): QuartiersError =>
  new QuartiersError({
    what: "Le fichier n'a aucune ligne de données",
    where: file,
    expected: "un en-tête, puis au moins une ligne",
    remedy: "le télécharger de nouveau",
  });

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
function splitHeader(bytes: Buffer, { separator, encoding }: CsvShape): string[] {
  const text = bytes.toString(encoding === "latin1" ? "latin1" : "utf8");
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
