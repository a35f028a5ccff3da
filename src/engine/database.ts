import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { QuartiersError } from "../codes/errors.ts";

/** The answer to a query: one array a column, in the order of the rows. A null of the engine stays null. */
export type QueryColumns = Readonly<Record<string, readonly unknown[]>>;

/** Columns of text to put in the engine: equal lengths, null for an absent value. */
export type TextColumns = Readonly<Record<string, readonly (string | null)[]>>;

/**
 * DuckDB in this process, in memory. It has a life cycle: close it, or use `withDatabase`. A lack of memory or of disk is a `QuartiersError` that says so; what
 * else the engine refuses is an error in its own words, which may quote cells: it is for the caller to explain.
 */
export interface Database {
  /** Runs one statement and gives its result as columns. */
  readonly query: (sql: string) => Promise<QueryColumns>;
  /**
   * Runs one statement and hands its rows over by batches, in order, without holding them all: memory stays bounded whatever the size of the answer.
   * A batch is valid during the call only. The columns of the statement must have names of their own.
   * @throws when the engine fails midway, after some batches were visited
   */
  readonly stream: (sql: string, visit: (batch: Batch) => void) => Promise<void>;
  /** Makes a table of VARCHAR columns out of columns in memory, after an integer column `record` that counts rows from 0. */
  readonly createTextTable: (name: string, columns: TextColumns) => Promise<void>;
  readonly close: () => void;
}

/** Some rows of an answer, column by column. */
export interface Batch {
  readonly rowCount: number;
  /** A column of DOUBLE as numbers, NaN where the engine has null. A view on the engine's own memory where nothing is null: copy what must last. */
  readonly numbers: (column: number) => Float64Array;
  /** A column of small unsigned integers (UTINYINT), 0 where null. */
  readonly bytes: (column: number) => Uint8Array;
  /** A column as texts, "" where null. */
  readonly texts: (column: number) => readonly string[];
}

export interface DatabaseOptions {
  /** Threads of the engine; rows keep the order of the file whatever their number. */
  readonly threads?: number;
  /** Memory of the engine, in megabytes; beyond it, it spills to a temporary folder that is removed at the end. */
  readonly memoryMegabytes?: number;
}

/** Memory of the engine unless said: leaves room for the process itself under 2 GB. */
const MEMORY_MEGABYTES = 1200;

/** Opens an empty database in memory. */
export async function openDatabase({
  threads = 2,
  memoryMegabytes = MEMORY_MEGABYTES,
}: DatabaseOptions = {}): Promise<Database> {
  const spill = mkdtempSync(join(tmpdir(), "quartiers-"));
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: `${memoryMegabytes}MB`,
    temp_directory: spill,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  return {
    query: async (sql) => (await connection.run(sql).catch(explainLack)).getColumnsObjectJS(),
    stream: (sql, visit) => stream(connection, sql, visit),
    createTextTable: (name, columns) => createTextTable(connection, name, columns),
    close: () => {
      connection.closeSync();
      instance.closeSync();
      rmSync(spill, { recursive: true, force: true });
    },
  };
}

/**
 * The engine ends a stream in the same way when it has given all and when it has failed midway: a last row of ours tells the two apart. It comes after
 * all others, since the engine keeps the order of what it unites, and not at all when it fails.
 */
async function stream(connection: DuckDBConnection, sql: string, visit: (batch: Batch) => void): Promise<void> {
  const result = await connection
    .stream(`SELECT *, 0::UTINYINT AS "la fin" FROM (${sql}) UNION ALL BY NAME SELECT 1::UTINYINT AS "la fin"`)
    .catch(explainLack);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) throw new Error("the engine stopped before the end of the rows");
    const rows = chunk.rowCount;
    const isLast = chunk.getColumnVector(chunk.columnCount - 1).getItem(rows - 1) === 1;
    if (rows > 1 || !isLast) visit(batchOf(chunk, isLast ? rows - 1 : rows));
    if (isLast) return;
  }
}

/** A lack of memory or of disk says nothing of the file that was read. */
function explainLack(error: unknown): never {
  const message = error instanceof Error ? error.message : "";
  const isDisk = /No space left on device|max_temp_directory_size/.test(message);
  if (!isDisk && !message.startsWith("Out of Memory Error")) throw error;
  throw new QuartiersError({
    what: isDisk
      ? "Le disque des fichiers temporaires est plein\u00a0: le calcul s'est arrêté"
      : "Le moteur manque de mémoire\u00a0: le calcul s'est arrêté",
    where: isDisk ? "dossier temporaire du système" : "moteur de calcul",
    expected: isDisk ? "la place des résultats intermédiaires" : "moins de colonnes ou de groupes à la fois",
    remedy: isDisk
      ? "libérer de la place, ou donner un autre dossier par la variable TMPDIR"
      : "demander moins de colonnes (columns), ou sommer par moins de codes (by)",
  });
}

/** The engine's vectors keep their numbers in a typed array; reading it spares a value object a cell. */
function batchOf(chunk: DuckDBDataChunk, rowCount: number): Batch {
  const items = (column: number): ArrayLike<number> =>
    (chunk.getColumnVector(column) as unknown as { readonly items: ArrayLike<number> }).items;
  const values = (column: number): readonly DuckDBValue[] => chunk.getColumnValues(column).slice(0, rowCount);
  const hasNull = (column: number): boolean => {
    const vector = chunk.getColumnVector(column) as unknown as {
      readonly validity: { readonly data: BigUint64Array | null; readonly itemValid: (row: number) => boolean };
    };
    if (vector.validity.data === null) return false;
    for (let row = 0; row < rowCount; row++) if (!vector.validity.itemValid(row)) return true;
    return false;
  };
  return {
    rowCount,
    numbers: (column) => {
      const own = items(column);
      if (!(own instanceof Float64Array)) throw new TypeError(`colonne ${column} : DOUBLE attendu`);
      return hasNull(column)
        ? Float64Array.from(values(column), (v) => (v === null ? Number.NaN : Number(v)))
        : own.subarray(0, rowCount);
    },
    bytes: (column) => {
      const own = items(column);
      if (!(own instanceof Uint8Array)) throw new TypeError(`colonne ${column} : UTINYINT attendu`);
      return hasNull(column) ? Uint8Array.from(values(column), (v) => Number(v ?? 0)) : own.subarray(0, rowCount);
    },
    texts: (column) => values(column).map((value) => (value === null ? "" : String(value))),
  };
}

/** Opens a database, lends it to the task, and closes it whatever happens. */
export async function withDatabase<T>(
  task: (database: Database) => Promise<T>,
  options: DatabaseOptions = {},
): Promise<T> {
  const database = await openDatabase(options);
  try {
    return await task(database);
  } finally {
    database.close();
  }
}

/**
 * A text as a SQL literal.
 * @example
 * ```ts
 * sqlText("l'Isle") // "'l''Isle'"
 * ```
 */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * The path of one file as a SQL literal. The engine takes `*`, `?` and `[` in a path for a pattern, and reads together all the files that answer it: here
 * they stand for themselves.
 * @example
 * ```ts
 * sqlPath("[2021]/a.csv") // "'[[]2021]/a.csv'"
 * ```
 */
export const sqlPath = (path: string): string => sqlText(path.replace(/[*?[]/g, "[$&]"));

/**
 * A name as a SQL identifier.
 * @example
 * ```ts
 * sqlName("freres.soeurs").length // 15
 * ```
 */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB fills tables by chunks of this many rows. */
const CHUNK_ROWS = 2048;

async function createTextTable(connection: DuckDBConnection, name: string, columns: TextColumns): Promise<void> {
  const { DuckDBDataChunk, INTEGER, VARCHAR } = await import("@duckdb/node-api");
  const names = Object.keys(columns);
  const rows = columns[names[0] ?? ""]?.length ?? 0;
  await connection.run(
    `CREATE TABLE ${sqlName(name)} (record INTEGER, ${names.map((column) => `${sqlName(column)} VARCHAR`).join(", ")})`,
  );
  const appender = await connection.createAppender(name);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const end = Math.min(start + CHUNK_ROWS, rows);
    const record: DuckDBValue[] = Array.from({ length: end - start }, (_, i) => start + i);
    const chunk = DuckDBDataChunk.create([INTEGER, ...names.map(() => VARCHAR)], end - start);
    chunk.setColumns([record, ...names.map((column) => columns[column]?.slice(start, end) ?? [])]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
