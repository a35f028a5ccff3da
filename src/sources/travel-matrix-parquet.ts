import { QuartiersError } from "../codes/errors.ts";
import { type Database, sqlName, sqlPath, withDatabase } from "../engine/database.ts";
import type { MatrixColumns } from "./travel-matrix-columns.ts";
import { type CodedColumn, countingFrom, type MatrixTable } from "./travel-matrix-table.ts";

/**
 * Reads a Parquet table of pairs: the engine turns ids into whole numbers, in order of first appearance, and streams columns into typed arrays. Costs in the
 * producer's unit, NaN where there is none. Row numbers count the rows of the table from 1.
 * @throws QuartiersError when the file is no Parquet table, or its costs are no numbers
 */
export function readParquetMatrix(
  path: string,
  file: string,
  columnsFor: (header: readonly string[]) => MatrixColumns,
): Promise<MatrixTable> {
  return withDatabase(async (database) => {
    const source = `read_parquet(${sqlPath(path)})`;
    const described = await database.query(`DESCRIBE SELECT * FROM ${source}`).catch((cause: unknown) => {
      throw new QuartiersError({
        what: "Ce fichier n'est pas un tableau Parquet entier",
        where: file,
        expected: "un fichier .parquet",
        remedy: "le reprendre chez son producteur",
        cause,
      });
    });
    const header = described["column_name"] as readonly string[];
    const columns = columnsFor(header);
    const types = new Map(header.map((name, i) => [name, String(described["column_type"]?.[i])]));
    for (const { column } of Object.values(columns.costs))
      if (!/INT|FLOAT|DOUBLE|DECIMAL/.test(types.get(column) ?? ""))
        throw new QuartiersError({
          what: `La colonne ${column} n'est pas numérique`,
          value: types.get(column) ?? "",
          where: file,
          expected: "des nombres",
        });
    const texts = { from: columns.from, to: columns.to, ...prefixed(columns.groups) };
    await database.query(
      `CREATE TABLE pairs AS SELECT ${[
        ...Object.entries(texts).map(
          ([name, column]) => `coalesce(${sqlName(column)}::VARCHAR, '') AS ${sqlName(name)}`,
        ),
        ...Object.entries(columns.costs).map(
          ([name, { column }]) => `coalesce(${sqlName(column)}::DOUBLE, 'nan'::DOUBLE) AS ${sqlName(`cost ${name}`)}`,
        ),
      ].join(", ")} FROM ${source}`,
    );
    const ids = new Map<string, readonly string[]>();
    for (const name of Object.keys(texts)) ids.set(name, await distinctIds(database, name));
    return streamed(database, columns, Object.keys(texts), ids, file);
  });
}

const prefixed = (groups: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(groups).map(([name, column]) => [`group ${name}`, column]));

/** The values of a text column in order of first appearance, which become an enumeration of the engine. */
async function distinctIds(database: Database, name: string): Promise<readonly string[]> {
  const column = sqlName(name);
  const list = `SELECT ${column} FROM (SELECT ${column}, min(rowid) AS first FROM pairs GROUP BY ${column}) ORDER BY first`;
  await database.query(`CREATE TYPE ${sqlName(`ids of ${name}`)} AS ENUM (${list})`);
  return ((await database.query(list))[name] ?? []) as readonly string[];
}

async function streamed(
  database: Database,
  columns: MatrixColumns,
  texts: readonly string[],
  ids: ReadonlyMap<string, readonly string[]>,
  file: string,
): Promise<MatrixTable> {
  const rows = Number((await database.query("SELECT count(*)::DOUBLE AS rows FROM pairs"))["rows"]?.[0]);
  if (rows === 0)
    throw new QuartiersError({ what: "Tableau sans ligne", where: file, expected: "une ligne par couple" });
  const codes = texts.map(() => new Int32Array(rows));
  const names = Object.keys(columns.costs);
  const costs = names.map(() => new Float64Array(rows));
  let at = 0;
  await database.stream(
    `SELECT ${[
      ...texts.map((name) => `enum_code(${sqlName(name)}::${sqlName(`ids of ${name}`)})::DOUBLE AS ${sqlName(name)}`),
      ...names.map((name) => sqlName(`cost ${name}`)),
    ].join(", ")} FROM pairs`,
    (batch) => {
      for (const [k, column] of codes.entries()) column.set(batch.numbers(k), at);
      for (const [k, column] of costs.entries()) column.set(batch.numbers(texts.length + k), at);
      at += batch.rowCount;
    },
  );
  const coded = (name: string): CodedColumn => ({
    codes: codes[texts.indexOf(name)] ?? new Int32Array(0),
    ids: ids.get(name) ?? [],
  });
  return {
    columns,
    from: coded("from"),
    to: coded("to"),
    costs: Object.fromEntries(names.map((name, k) => [name, costs[k] ?? new Float64Array(0)])),
    groups: Object.fromEntries(Object.keys(columns.groups).map((name) => [name, coded(`group ${name}`)])),
    rowNumbers: countingFrom(1, rows),
  };
}
