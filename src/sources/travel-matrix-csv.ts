import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { QuartiersError } from "../codes/errors.ts";
import type { MatrixColumns } from "./travel-matrix-columns.ts";
import { endOfPlain, endOfQuoted, type IdCoder, idCoder } from "./travel-matrix-ids.ts";
import { type CodedColumn, countingFrom, type MatrixTable } from "./travel-matrix-table.ts";

const [LINE_FEED, CARRIAGE_RETURN, QUOTE, MINUS, POINT, COMMA, ZERO] = [10, 13, 34, 45, 46, 44, 48];
const LONGEST_LINE = 1 << 16;
/** What R, Python and SQL write where there is no value, and where there is no way. */
const EMPTY = new Set(["", "NA", "NaN", "nan", "null", "NULL", "None"]);
const UNREACHABLE = new Set(["Inf", "inf", "Infinity", "+Inf"]);

/**
 * Reads a CSV table of pairs, gzip or not, bytes to typed arrays: ids become whole numbers as they pass and no text is made a row. The separator (comma, semicolon
 * or tab) is that of the header; decimals after a comma are read where it is not the separator. The file is unpacked by another thread while this one reads.
 * O(bytes); memory of the columns, not of the file.
 * @throws QuartiersError naming the lines that cannot be read: number of fields, cells that are no number, empty ids, a last line that was cut
 */
export async function readCsvMatrix(
  path: string,
  file: string,
  columnsFor: (header: readonly string[]) => MatrixColumns,
): Promise<MatrixTable> {
  let reader: RowReader | null = null;
  let left: Buffer = Buffer.alloc(0);
  for await (const piece of piecesOf(path, file)) {
    const bytes: Buffer = left.length === 0 ? piece : Buffer.concat([left, piece]);
    const end: number = bytes.lastIndexOf(LINE_FEED) + 1;
    if (bytes.length - end > LONGEST_LINE)
      throw new QuartiersError({
        what: "Ligne sans fin",
        where: file,
        expected: "un tableau CSV, une ligne par couple",
      });
    let start = 0;
    if (reader === null && end > 0) {
      start = bytes.indexOf(LINE_FEED) + 1;
      reader = rowReader(bytes.subarray(0, start).toString("utf8"), file, columnsFor);
    }
    if (reader !== null && end > start) reader.take(bytes, start, end);
    left = end === 0 ? bytes : bytes.subarray(end);
  }
  if (reader === null || left.length > 0)
    throw new QuartiersError({
      what: reader === null ? "Tableau sans en-tête ni ligne" : "Le fichier s'arrête au milieu d'une ligne",
      where: file,
      expected: "un en-tête, puis une ligne par couple, chacune close par une fin de ligne",
      remedy: "reprendre le fichier chez son producteur\u00a0: il semble coupé",
    });
  return reader.done();
}

async function* piecesOf(path: string, file: string): AsyncGenerator<Buffer> {
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  const stream = path.endsWith(".gz") ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw;
  if (stream !== raw) raw.on("error", (error) => stream.destroy(error));
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (!code.startsWith("Z_")) throw error;
    throw new QuartiersError({
      what: "Le fichier gzip est coupé ou abîmé",
      where: file,
      expected: "un fichier .csv.gz entier",
      remedy: "le reprendre chez son producteur",
      cause: error,
    });
  }
}

interface RowReader {
  readonly take: (bytes: Uint8Array, start: number, end: number) => void;
  readonly done: () => MatrixTable;
}

/** A growing column of whole numbers. */
interface Codes {
  values: Int32Array;
  readonly coder: IdCoder;
}

function rowReader(head: string, file: string, columnsFor: (header: readonly string[]) => MatrixColumns): RowReader {
  const line = head.replace(/^\ufeff/, "").trimEnd();
  const separator = ["\t", ";", ","].find((mark) => line.includes(mark)) ?? ",";
  const header = line.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
  const columns = columnsFor(header);
  const mark = separator.charCodeAt(0);
  const decimal = mark === COMMA ? POINT : COMMA;
  let capacity = 1 << 16;
  let rows = 0;
  const codes = (allowsEmpty = false): Codes => ({
    values: new Int32Array(capacity),
    coder: idCoder(mark, { allowsEmpty }),
  });
  const [from, to] = [codes(), codes()];
  const groups = Object.fromEntries(Object.keys(columns.groups).map((name) => [name, codes(true)]));
  const costs = Object.fromEntries(
    Object.keys(columns.costs).map((name) => [name, { values: new Float64Array(capacity) }]),
  );
  const coded = header.map((name) => {
    if (name === columns.from) return from;
    if (name === columns.to) return to;
    const group = Object.entries(columns.groups).find(([, column]) => column === name)?.[0];
    return group === undefined ? null : (groups[group] ?? null);
  });
  const numbers = header.map((name) => {
    const cost = Object.entries(columns.costs).find(([, { column }]) => column === name)?.[0];
    return cost === undefined ? null : (costs[cost] ?? null);
  });
  const bad: string[] = [];
  let badCount = 0;
  const refuse = (column: number, text: string): void => {
    if (badCount++ < 3) bad.push(`ligne ${rows + 2}, ${header[column]}\u00a0: ${text.slice(0, 40) || "(vide)"}`);
  };
  const grow = (): void => {
    capacity *= 2;
    for (const column of [from, to, ...Object.values(groups)]) {
      const wider = new Int32Array(capacity);
      wider.set(column.values);
      column.values = wider;
    }
    for (const column of Object.values(costs)) {
      const wider = new Float64Array(capacity);
      wider.set(column.values);
      column.values = wider;
    }
  };
  const wrongFields = (): never => {
    throw new QuartiersError({
      what: "Ligne qui n'a pas le nombre de champs de l'en-tête",
      where: `${file}, ligne ${rows + 2}`,
      expected: `${header.length} champs séparés par «\u202f${separator === "\t" ? "tabulation" : separator}\u202f»`,
    });
  };

  const take = (bytes: Uint8Array, start: number, end: number): void => {
    let at = start;
    const lastColumn = header.length - 1;
    /** Value of the number at `at`, which moves past it. */
    const numberAt = (column: number): number => {
      let i = at;
      const negative = bytes[i] === MINUS;
      if (negative) i++;
      let [value, digits, decimals, seenPoint] = [0, 0, 0, false];
      for (;;) {
        const byte = bytes[i];
        const digit = byte - ZERO;
        if (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          digits++;
          if (seenPoint) decimals++;
        } else if ((byte === POINT || byte === decimal) && !seenPoint) seenPoint = true;
        else break;
        i++;
      }
      const after = bytes[i];
      if (digits > 0 && digits <= 15 && (after === mark || after === LINE_FEED || after === CARRIAGE_RETURN)) {
        at = i;
        // Both are exact up to 15 digits: so is the rounding of their quotient.
        const magnitude = decimals === 0 ? value : value / powersOfTen[decimals];
        return negative ? -magnitude : magnitude;
      }
      return otherNumber(column);
    };
    const otherNumber = (column: number): number => {
      const quoted = bytes[at] === QUOTE;
      const stop = quoted ? endOfQuoted(bytes, at) : endOfPlain(bytes, at, mark);
      if (stop < 0) return wrongFields();
      const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, stop - at)
        .toString("utf8")
        .replace(/^"(.*)"$/, "$1")
        .trim();
      at = stop;
      if (EMPTY.has(text)) return Number.NaN;
      if (UNREACHABLE.has(text)) return Number.POSITIVE_INFINITY;
      const value = Number(decimal === COMMA ? text.replace(",", ".") : text);
      if (Number.isNaN(value) || !/^[-+]?[\d.,]/.test(text)) refuse(column, text);
      return value;
    };
    while (at < end) {
      if (bytes[at] === LINE_FEED || bytes[at] === CARRIAGE_RETURN) {
        // Blank lines at the end only: line numbers count on it.
        if (isBlank(bytes, at, end)) return;
        wrongFields();
      }
      if (rows === capacity) grow();
      for (let column = 0; column <= lastColumn; column++) {
        const ids = coded[column];
        const cost = numbers[column];
        if (ids) {
          const code = ids.coder.code(bytes, at);
          at = ids.coder.end();
          if (at < 0) wrongFields();
          if (code < 0) refuse(column, "");
          ids.values[rows] = code;
        } else if (cost) cost.values[rows] = numberAt(column);
        else at = bytes[at] === QUOTE ? endOfQuoted(bytes, at) : endOfPlain(bytes, at, mark);
        if (column < lastColumn) {
          if (at < 0 || bytes[at++] !== mark) wrongFields();
        }
      }
      if (bytes[at] === CARRIAGE_RETURN) at++;
      if (bytes[at++] !== LINE_FEED) wrongFields();
      rows++;
    }
  };

  return {
    take,
    done: () => {
      if (badCount > 0)
        throw new QuartiersError({
          what: `Cellules que l'on ne peut pas lire (${badCount})`,
          value: bad.join(" ; "),
          where: file,
          expected: "un identifiant, et des coûts écrits en chiffres",
        });
      const made = ({ values, coder }: Codes): CodedColumn => ({ codes: values.slice(0, rows), ids: coder.ids });
      return {
        columns,
        from: made(from),
        to: made(to),
        costs: Object.fromEntries(Object.entries(costs).map(([name, { values }]) => [name, values.slice(0, rows)])),
        groups: Object.fromEntries(Object.entries(groups).map(([name, column]) => [name, made(column)])),
        rowNumbers: countingFrom(2, rows),
      };
    },
  };
}

const powersOfTen = Float64Array.from({ length: 16 }, (_, k) => 10 ** k);

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== LINE_FEED && bytes[i] !== CARRIAGE_RETURN) return false;
  return true;
}
