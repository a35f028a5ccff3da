import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";

/** The answer to a query: one array a column, in the order of the rows. A null of the engine stays null. */
export type QueryColumns = Readonly<Record<string, readonly unknown[]>>;

/** Columns of text to put in the engine: equal lengths, null for an absent value. */
export type TextColumns = Readonly<Record<string, readonly (string | null)[]>>;

/** DuckDB in this process, in memory. It has a life cycle: close it, or use `withDatabase`. */
export interface Database {
  /** Runs one statement and gives its result as columns. */
  readonly query: (sql: string) => Promise<QueryColumns>;
  /** Makes a table of VARCHAR columns out of columns in memory, after an integer column `record` that counts rows from 0. */
  readonly createTextTable: (name: string, columns: TextColumns) => Promise<void>;
  readonly close: () => void;
}

export interface DatabaseOptions {
  /** Threads of the engine; rows keep the order of the file whatever their number. */
  readonly threads?: number;
}

/** Opens an empty database in memory. */
export async function openDatabase({ threads = 2 }: DatabaseOptions = {}): Promise<Database> {
  const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
  const connection = await instance.connect();
  return {
    query: async (sql) => (await connection.run(sql)).getColumnsObjectJS(),
    createTextTable: (name, columns) => createTextTable(connection, name, columns),
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
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
