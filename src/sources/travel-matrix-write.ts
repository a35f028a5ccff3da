import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { QuartiersError } from "../codes/errors.ts";
import { explainWriting } from "../engine/atomic.ts";
import { sqlPath, sqlText, withDatabase } from "../engine/database.ts";
import { OWN_COLUMNS } from "./travel-matrix-columns.ts";

/** A matrix to write: a `TravelMatrix`, or dense door-to-door times with `starts` left out. */
export interface MatrixToWrite {
  readonly originIds: readonly string[];
  readonly destinationIds: readonly string[];
  /** First pair of each origin, in compressed rows; absent when every origin has every destination, in order. */
  readonly starts?: Int32Array;
  readonly destinations?: Int32Array | null;
  /** `travelTimeMinutes`, and `distanceKm` if there is one. */
  readonly costs: Readonly<Record<string, Float64Array>>;
  /** "return": origins are where people come back to, hence `to_id`; "outward" unless said. */
  readonly direction?: "outward" | "return";
}

export interface WriteTravelMatrixOptions {
  /** "car", "transit", "walk", "bike"... */
  readonly mode: string;
  /** Time of departure, or window: "2019-05-13T14:00/PT60M". Empty for modes without timetable. */
  readonly departure?: string;
  /** Percentile of the times over a window of departures. */
  readonly percentile?: number;
  /** How the matrix was made, kept in the file where it has room (Parquet). */
  readonly note?: string;
}

/** Rows that go to the disk at once. */
const BLOCK = 8192;

/**
 * Writes a matrix in our schema, by the name of the file: `.csv`, `.csv.gz` or `.parquet`. Columns `from_id, to_id, mode, travel_time` (minutes), `distance`
 * (kilometres), `departure, percentile`: the names that R accessibility, r5r and PySAL access are used to. A pair that cannot be travelled keeps its row with an empty
 * time, so that no place is lost. Numbers are written so that reading gives them back to the last bit. Whole file or none; memory of one block. O(pairs).
 * @returns the rows written
 * @throws QuartiersError on a name that says no format, columns of other lengths, and disks that are full or closed
 */
export async function writeTravelMatrix(
  path: string,
  matrix: MatrixToWrite,
  options: WriteTravelMatrixOptions,
): Promise<number> {
  const format = /\.(csv|csv\.gz|parquet)$/i.exec(path)?.[1]?.toLowerCase();
  if (format === undefined)
    throw new QuartiersError({
      what: "Format de matrice que l'on n'écrit pas",
      value: basename(path),
      expected: "un nom en .csv, .csv.gz ou .parquet",
    });
  const { travelTimeMinutes } = matrix.costs;
  const pairs = matrix.starts
    ? (matrix.starts[matrix.starts.length - 1] ?? 0)
    : matrix.originIds.length * matrix.destinationIds.length;
  if (travelTimeMinutes?.length !== pairs)
    throw new QuartiersError({
      what: "Matrice sans travelTimeMinutes, ou d'une autre longueur que ses couples",
      value: String(travelTimeMinutes?.length ?? "aucune"),
      expected: `${pairs} temps en minutes`,
    });
  const temporary = (suffix: string): string =>
    join(dirname(path), `.${basename(path)}.${randomBytes(4).toString("hex")}${suffix}`);
  const table = temporary(format === "csv.gz" ? ".csv.gz" : ".csv");
  const columns = temporary(".parquet");
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeRows(table, rowsOf(matrix, options));
    if (format === "parquet") await toParquet(table, columns, options.note ?? "");
    await rename(format === "parquet" ? columns : table, path);
    return pairs;
  } catch (error) {
    throw explainWriting(error, path);
  } finally {
    for (const left of [table, columns]) await rm(left, { force: true }).catch(() => undefined);
  }
}

/** The lines of the table, by blocks. */
function* rowsOf(matrix: MatrixToWrite, options: WriteTravelMatrixOptions): Generator<string> {
  const { originIds, destinationIds, starts, destinations = null, costs, direction = "outward" } = matrix;
  const { travelTimeMinutes: minutes = new Float64Array(0), distanceKm: km } = costs;
  const [homes, places] = [originIds.map(cell), destinationIds.map(cell)];
  const mode = cell(options.mode);
  const rest = `${cell(options.departure ?? "")},${options.percentile ?? ""}\n`;
  let block: string[] = [`${OWN_COLUMNS.join(",")}\n`];
  for (const [origin, home] of homes.entries()) {
    const start = starts ? starts[origin] : origin * places.length;
    const end = starts ? starts[origin + 1] : start + places.length;
    for (let pair = start; pair < end; pair++) {
      const place = places[destinations ? destinations[pair] : pair - start];
      const ends = direction === "return" ? `${place},${home}` : `${home},${place}`;
      block.push(`${ends},${mode},${finite(minutes[pair])},${km ? finite(km[pair]) : ""},${rest}`);
      if (block.length < BLOCK) continue;
      yield block.join("");
      block = [];
    }
  }
  yield block.join("");
}

const finite = (value: number): string => (value < Number.POSITIVE_INFINITY ? String(value) : "");

/** A text as a CSV cell. */
const cell = (text: string): string => (/[",\n\r;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

async function writeRows(path: string, blocks: Iterable<string>): Promise<void> {
  const output = createWriteStream(path, { flags: "wx" });
  if (path.endsWith(".gz")) {
    await pipeline(blocks, createGzip(), output);
    return;
  }
  await once(output, "open");
  await pipeline(blocks, output);
}

/** The engine turns the table into Parquet, ids as dictionaries, with what the units are. */
async function toParquet(table: string, path: string, note: string): Promise<void> {
  const types = {
    from_id: "VARCHAR",
    to_id: "VARCHAR",
    mode: "VARCHAR",
    travel_time: "DOUBLE",
    distance: "DOUBLE",
    departure: "VARCHAR",
    percentile: "DOUBLE",
  } as const satisfies Record<(typeof OWN_COLUMNS)[number], string>;
  const columns = OWN_COLUMNS.map((name) => `'${name}': '${types[name]}'`).join(", ");
  await withDatabase((database) =>
    database.query(
      `COPY (SELECT * FROM read_csv(${sqlPath(table)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', columns = {${columns}})) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {travel_time: 'minutes', distance: 'kilometres', note: ${sqlText(note)}})`,
    ),
  );
}
