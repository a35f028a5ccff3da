import { QuartiersError } from "../codes/errors.ts";
import type { Geography } from "../codes/geography.ts";
import type { Shape } from "../codes/shape.ts";
import { type Column, numberColumn, PRESENT, type Table, table, textColumn } from "../codes/table.ts";
import { type Batch, type Database, sqlName } from "../engine/database.ts";
import { brokenPromises, makeCells, refuseDuplicates, rulesOf } from "./cells.ts";
import { isMissingSql, numberSql, reasonSql } from "./column-rules.ts";
import { type ColumnContract, type Contract, isNumeric } from "./contract.ts";
import { noRows } from "./csv-scan.ts";
import type { Inspection } from "./inspect.ts";
import { type OpenOptions, type OpenSource, withSource } from "./open-source.ts";
import type { Territory } from "./territory.ts";

export interface LoadOptions extends OpenOptions {
  /** Names, in our table, of the columns to load; all when absent. The others are not checked, keys apart. */
  readonly columns?: readonly string[];
}

/** A table beside the shapes of its rows, in the same order. */
export interface LoadedShapes {
  readonly table: Table;
  readonly shapes: readonly Shape[];
}

/**
 * Loads a source: finds its file, checks that it may be used, checks it against its contract, and gives its columns with the reason of each absent value.
 * The file itself never stands in memory as a whole; the columns do.
 * @throws QuartiersError naming the file, the line, the column, the value and what was expected
 */
export async function loadTable(territory: Territory, contract: Contract, options: LoadOptions = {}): Promise<Table> {
  return withSource(territory, contract, options, (database, source) => checkedTable(database, source, options));
}

/** Loads a source of shapes: its properties as a table, its outlines as shapes in degrees. */
export async function loadShapes(
  territory: Territory,
  contract: Contract,
  options: LoadOptions = {},
): Promise<LoadedShapes> {
  return withSource(territory, contract, options, async (database, source) => {
    if (source.shapes.length === 0)
      throw new QuartiersError({
        what: "Cette source n'a pas de contours",
        value: contract.id,
        expected: "une source au format geojson, topojson, shapefile ou geopackage",
      });
    return { table: await checkedTable(database, source, options), shapes: source.shapes };
  });
}

/** The columns of a contract that are asked for, or an error that lists those that exist. */
export function askedColumns(contract: Contract, names: readonly string[] | undefined): readonly ColumnContract[] {
  if (names === undefined) return contract.columns;
  return names.map((name) => {
    const found = contract.columns.find((column) => column.name === name);
    if (found) return found;
    throw new QuartiersError({
      what: `La source « ${contract.title} » n'a pas cette colonne`,
      value: name,
      expected: contract.columns.map((column) => column.name).join(", "),
    });
  });
}

/** The asked columns and those of the key. */
export function withKey(contract: Contract, asked: readonly ColumnContract[]): readonly ColumnContract[] {
  return contract.columns.filter((column) => asked.includes(column) || contract.key.includes(column.name));
}

/** Cells spelled in one way; one query that counts every broken promise; the typed columns. */
async function checkedTable(database: Database, source: OpenSource, { columns }: LoadOptions): Promise<Table> {
  const asked = askedColumns(source.contract, columns);
  await makeCells(database, source, withKey(source.contract, asked));
  const { absent, count, inspection } = await refuseBroken(database, source, asked);
  await refuseDuplicates(database, source);
  const selected = asked.flatMap((column, i) => selectSql(column, source.decimal, absent[i] === true));
  const fillers = asked.map((column, i) => filler(column, count, absent[i] === true, source.contract));
  let row = 0;
  await database
    .stream(`SELECT ${selected.map((sql, i) => `${sql} AS v${i}`).join(", ")} FROM cells`, (batch) => {
      let position = 0;
      for (const fill of fillers) position = fill.take(batch, position, row);
      row += batch.rowCount;
    })
    .catch((error: unknown) => Promise.reject(error instanceof QuartiersError ? error : source.explain()));
  if (row !== count || (source.count !== null && row !== source.count)) {
    throw new QuartiersError({
      what: "Le moteur n'a pas lu toutes les lignes",
      value: String(row),
      where: source.file,
      expected: String(source.count ?? count),
      remedy: "signaler cette erreur avec le fichier",
    });
  }
  return table(Object.fromEntries(asked.map(({ name }, i) => [name, fillers[i]?.column() as Column])), [
    source.reference(inspection),
  ]);
}

/** The value of a column, then the code of its reason when it has absent values. */
function selectSql(column: ColumnContract, decimal: "." | ",", hasAbsent: boolean): readonly string[] {
  const value = isNumeric(column) ? numberSql(column, decimal) : sqlName(column.name);
  if (!hasAbsent) return [value];
  const reason = `(${reasonSql(column, decimal)})`;
  const none = isNumeric(column) ? "'nan'::DOUBLE" : "''";
  return [`CASE WHEN ${reason} = 0 THEN ${value} ELSE ${none} END`, `${reason}::UTINYINT`];
}

interface Filler {
  /** Takes this column's cells out of a batch; gives the position of the next column's. */
  readonly take: (batch: Batch, position: number, row: number) => number;
  readonly column: () => Column;
}

function filler(column: ColumnContract, count: number, hasAbsent: boolean, contract: Contract): Filler {
  const { label, unit = "", summable = false } = column;
  const missing = hasAbsent ? new Uint8Array(count) : null;
  const width = hasAbsent ? 2 : 1;
  const takeReasons = (batch: Batch, position: number, row: number): void =>
    missing?.set(batch.bytes(position + 1), row);
  if (isNumeric(column)) {
    const values = new Float64Array(count);
    return {
      take: (batch, position, row) => {
        values.set(batch.numbers(position), row);
        if (missing) takeReasons(batch, position, row);
        return position + width;
      },
      column: () => numberColumn(values, { label, unit, summable, missing }),
    };
  }
  const values = new Array<string>(count);
  const interned = new Map<string, string>();
  const geography = geographyOf(column, contract);
  return {
    take: (batch, position, row) => {
      batch.texts(position).forEach((text, i) => {
        const known = interned.get(text);
        if (known === undefined && interned.size < 100_000) interned.set(text, text);
        values[row + i] = known ?? text;
      });
      if (missing) takeReasons(batch, position, row);
      return position + width;
    },
    column: () => textColumn(values, { label, missing, ...(geography ? { geography } : {}) }),
  };
}

/** The list of places to which a column of codes belongs, where the contract says its year. */
export function geographyOf({ type }: ColumnContract, { geographies = {} }: Contract): Geography | null {
  if (type === "qpv2015" || type === "qpv2024") return { kind: "qpv", vintage: Number(type.slice(3)) };
  const kind = type === "dciris" ? "iris" : type;
  if (kind !== "commune" && kind !== "iris" && kind !== "carreau" && kind !== "departement" && kind !== "epci")
    return null;
  const vintage = geographies[kind];
  return vintage === undefined ? null : { kind, vintage };
}

interface Checked {
  /** For each asked column, whether it holds absent values. */
  readonly absent: readonly boolean[];
  readonly count: number;
  readonly inspection: Inspection;
}

/** Runs the one query of the contract; throws when a promise is broken. */
async function refuseBroken(
  database: Database,
  source: OpenSource,
  asked: readonly ColumnContract[],
): Promise<Checked> {
  const rules = rulesOf(source, asked);
  const counts = [
    ...rules.map(({ broken }, i) => `count(*) FILTER (WHERE ${broken}) AS r${i}`),
    ...asked.map(
      (column, i) =>
        `count(*) FILTER (WHERE ${isMissingSql(column)}${column.suspiciousZero ? ` OR ${numberSql(column, source.decimal)} = 0` : ""}) AS a${i}`,
    ),
  ];
  const query = database.query(`SELECT count(*) AS n, ${counts.join(", ")} FROM cells`);
  const [inspection, answer] = await together(source, query);
  const number = (name: string): number => Number(answer[name]?.[0] ?? 0);
  const broken = rules.map((rule, i) => ({ rule, count: number(`r${i}`) })).filter(({ count }) => count > 0);
  if (broken.length > 0) throw await brokenPromises(database, source, broken);
  if (number("n") === 0) throw noRows(source.file);
  return { absent: asked.map((_, i) => number(`a${i}`) > PRESENT), count: number("n"), inspection };
}

/**
 * Waits for the engine and for the inspection of the bytes, which run side by side. What the inspection refuses comes first: it says better what
 * the file is.
 */
export async function together<T>(source: OpenSource, query: Promise<T>): Promise<[Inspection, T]> {
  const [inspected, answered] = await Promise.allSettled([source.inspect(), query]);
  if (inspected.status === "rejected") throw inspected.reason;
  if (answered.status === "rejected")
    throw answered.reason instanceof QuartiersError ? answered.reason : source.explain();
  return [inspected.value, answered.value];
}
