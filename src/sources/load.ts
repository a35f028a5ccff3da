import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import type { Shape } from "../codes/shape.ts";
import { type Column, numberColumn, type Table, table, textColumn } from "../codes/table.ts";
import { type Database, sqlName, sqlText, withDatabase } from "../engine/database.ts";
import { sha256 } from "../engine/hash.ts";
import { type ColumnRule, cellSql, columnRules, isMissingSql, numberSql, reasonSql } from "./column-rules.ts";
import { communesContract } from "./communes.ts";
import { type ColumnContract, type Contract, type CsvFormat, fileNameOf, isNumeric } from "./contract.ts";
import { type CsvScan, scanCsv } from "./csv-scan.ts";
import { checkBytes } from "./file-text.ts";
import { columnsOf, featuresOf, parseJson, recordsOf } from "./json-records.ts";
import type { Territory } from "./territory.ts";

/** A table beside the shapes of its rows, in the same order. */
export interface LoadedShapes {
  readonly table: Table;
  readonly shapes: readonly Shape[];
}

/** Whether a territory has the file of a source. Reads nothing: a damaged file is available, and refused when loaded. */
export function isAvailable(territory: Territory, contract: Contract): boolean {
  return locate(territory, contract) !== null;
}

/** Why a source cannot be loaded here, as a French sentence for the reader of a chapter; null when its file is there. */
export function whyMissing(territory: Territory, contract: Contract): string | null {
  if (isAvailable(territory, contract)) return null;
  return `Le territoire ${territory.label} n'a pas la source « ${contract.title} » (${contract.publisher})\u00a0: aucun fichier ${contract.files.filter((file) => !file.startsWith("npm:")).join(" ni ")}.`;
}

/**
 * Loads a source: finds its file, checks it against its contract, and gives its columns with the reason of each absent value.
 * @throws QuartiersError naming the file, the line, the column, the value and what was expected
 */
export async function loadTable(territory: Territory, contract: Contract): Promise<Table> {
  const source = await readSource(territory, contract);
  if (contract.format === "csv") return loadCsv(territory, contract, source);
  const document = parseJson(source.bytes.toString("utf8"), source.file);
  const records =
    contract.format === "geojson"
      ? featuresOf(document, source.file).records
      : recordsOf(document, contract, source.file);
  return checkRecords(territory, contract, source, records);
}

/** Loads a GeoJSON source: its properties as a table, its outlines as shapes. */
export async function loadShapes(territory: Territory, contract: Contract): Promise<LoadedShapes> {
  if (contract.format !== "geojson")
    throw new QuartiersError({
      what: "Cette source n'a pas de contours",
      value: contract.id,
      expected: "une source au format geojson",
    });
  const source = await readSource(territory, contract);
  const { records, shapes } = featuresOf(parseJson(source.bytes.toString("utf8"), source.file), source.file);
  return { table: await checkRecords(territory, contract, source, records), shapes };
}

interface SourceFile {
  /** As printed in messages and provenance: relative to the data folder. */
  readonly file: string;
  readonly path: string;
  readonly bytes: Buffer;
  readonly ref: SourceRef;
}

interface Located {
  readonly file: string;
  readonly path: string;
}

const require = createRequire(import.meta.url);

function locate({ dataFolder, synthetic }: Territory, { files }: Contract): Located | null {
  for (const file of files) {
    const path = file.startsWith("npm:") ? (synthetic ? null : packagePath(file.slice(4))) : join(dataFolder, file);
    if (path !== null && existsSync(path)) return { file: file.replace("npm:", ""), path };
  }
  return null;
}

function packagePath(specifier: string): string | null {
  try {
    return require.resolve(specifier);
  } catch {
    return null;
  }
}

async function readSource(territory: Territory, contract: Contract): Promise<SourceFile> {
  const located = locate(territory, contract);
  if (!located) {
    throw new QuartiersError({
      what: `Le fichier de la source « ${contract.title} » est introuvable pour le territoire ${territory.name}`,
      where: territory.dataFolder,
      expected: contract.files.join(" ou "),
      remedy: `le demander à ${contract.publisher} ou le télécharger (${contract.url}), puis le déposer à cet endroit`,
    });
  }
  const bytes = await readFile(located.path).catch((cause: unknown) => {
    throw new QuartiersError({
      what: "Le fichier ne peut pas être lu",
      where: located.file,
      remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
      cause,
    });
  });
  checkBytes(bytes, contract.csv?.encoding ?? "utf-8", located.file);
  return { ...located, bytes, ref: sourceRef(territory, contract, located.file, sha256(bytes)) };
}

/** Invented data is never signed by the publisher that it imitates. */
function sourceRef({ synthetic }: Territory, contract: Contract, file: string, hash: string): SourceRef {
  const { id, title, publisher, licence, vintage, url, published, secrecy } = contract;
  const signature = synthetic
    ? {
        title: `${title}, données synthétiques`,
        publisher: `Quartiers (imite ${publisher})`,
        licence: "CC0 1.0 (données synthétiques)",
        url: "data-samples/LISEZMOI.md",
      }
    : { title, publisher, licence, url };
  return { id, ...signature, vintage, file, sha256: hash, synthetic, published, secrecy };
}

async function loadCsv(territory: Territory, contract: Contract, source: SourceFile): Promise<Table> {
  const { csv } = contract;
  if (!csv)
    throw new QuartiersError({
      what: "Le contrat d'une source CSV doit dire son séparateur et son encodage",
      value: contract.id,
    });
  const scan = scanCsv(source.bytes, csv.separator, csv.encoding, source.file);
  const rawColumns = matchHeader(scan.header, contract, csv, source.file);
  return withDatabase(async (database) => {
    await database.query(`CREATE VIEW raw AS ${readCsvSql(source.path, scan, csv)}`);
    const where = (record: number): string => `ligne ${scan.lines[record]}`;
    return checkedTable(database, { territory, contract, source, rawColumns, where, count: scan.lines.length });
  });
}

/** Step 1: every cell as text, in the order of the file. */
function readCsvSql(path: string, { header, headerLine }: CsvScan, { separator, encoding }: CsvFormat): string {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  return (
    `SELECT (row_number() OVER () - 1)::INTEGER AS record, * FROM read_csv(${sqlText(path)}, auto_detect=false, header=false, skip=${headerLine}, delim=${sqlText(separator)}, ` +
    `quote='"', escape='"', encoding='${encoding === "latin1" ? "latin-1" : "utf-8"}', parallel=false, max_line_size=16777216, columns={${columns}})`
  );
}

/** The raw column of each contract column, or an error that names what is absent, new or repeated. */
function matchHeader(
  header: readonly string[],
  { columns }: Contract,
  { ignored = [], separator }: CsvFormat,
  file: string,
): ReadonlyMap<string, string> {
  const wanted = new Set(columns.map(fileNameOf));
  const absent = [...wanted].filter((name) => !header.includes(name));
  const fresh = ignored === "any" ? [] : header.filter((name) => !wanted.has(name) && !ignored.includes(name));
  const twice = header.filter((name, i) => header.indexOf(name) !== i && wanted.has(name));
  if (absent.length + fresh.length + twice.length > 0) {
    const list = (title: string, names: readonly string[]): string[] =>
      names.length === 0
        ? []
        : [
            `${title} ${names
              .map((name) => name.slice(0, 40))
              .slice(0, 10)
              .join(", ")}${names.length > 10 ? "…" : ""}`,
          ];
    throw new QuartiersError({
      what: "L'en-tête du fichier a changé",
      value: [...list("absentes :", absent), ...list("nouvelles :", fresh), ...list("en double :", twice)].join(" ; "),
      where: `${file}, ligne 1`,
      expected: `les colonnes ${[...wanted].join(", ")}, séparées par « ${separator} »`,
      remedy:
        "prendre le fichier du millésime annoncé, ou mettre le contrat de la source à jour après avoir lu la documentation du producteur",
    });
  }
  return new Map(columns.map((column) => [column.name, `c${header.indexOf(fileNameOf(column))}`]));
}

async function checkRecords(
  territory: Territory,
  contract: Contract,
  source: SourceFile,
  records: readonly Readonly<Record<string, unknown>>[],
): Promise<Table> {
  const { columns, count } = columnsOf(records, contract.columns, source.file);
  return withDatabase(async (database) => {
    await database.createTextTable("raw", columns);
    const rawColumns = new Map(contract.columns.map(({ name }) => [name, name]));
    const where = (record: number): string =>
      `${contract.format === "geojson" ? "objet" : "enregistrement"} ${record + 1}`;
    return checkedTable(database, { territory, contract, source, rawColumns, where, count });
  });
}

interface Check {
  readonly territory: Territory;
  readonly contract: Contract;
  readonly source: SourceFile;
  /** Column of `raw` for each column of the contract. */
  readonly rawColumns: ReadonlyMap<string, string>;
  /** Where a record, counted from 0, stands in the file. */
  readonly where: (record: number) => string;
  readonly count: number;
}

/** Steps 2 to 4: cells spelled in one way; one query that counts every broken promise; the typed columns. */
async function checkedTable(database: Database, check: Check): Promise<Table> {
  const { territory, contract, source, rawColumns, count } = check;
  const { columns } = contract;
  const decimal = contract.csv?.decimal ?? ".";
  const cells = columns
    .map((column) => `${cellSql(column, rawColumns.get(column.name) ?? "")} AS ${sqlName(column.name)}`)
    .join(", ");
  await database.query(`CREATE TABLE cells AS SELECT record, ${cells} FROM raw`).catch(() => {
    throw unreadable(source.file);
  });
  if (columns.some(({ knownTo }) => knownTo === "communes")) {
    await database.createTextTable("known_communes", { code: await knownCommunes(territory) });
  }
  const rules = columns.flatMap((column) => columnRules(column, { decimal, minUnits: contract.secrecy.minUnits }));
  const absent = await refuseBroken(database, check, rules, decimal);
  const answer = await database.query(
    `SELECT ${columns.map((column, i) => selectSql(column, i, decimal, absent[i] === true)).join(", ")} FROM cells ORDER BY record`,
  );
  if (count !== (answer.v0?.length ?? 0)) {
    throw new QuartiersError({
      what: "Le moteur n'a pas lu toutes les lignes",
      value: String(answer.v0?.length),
      where: source.file,
      expected: String(count),
      remedy: "signaler cette erreur avec le fichier",
    });
  }
  return table(
    Object.fromEntries(
      columns.map((column, i) => [column.name, typedColumn(column, answer[`v${i}`] ?? [], answer[`m${i}`])]),
    ),
    [source.ref],
  );
}

/** The engine's own message quotes the line, which may hold a protected value: it is not passed on. */
function unreadable(file: string): QuartiersError {
  return new QuartiersError({
    what: "Le moteur ne peut pas découper ce fichier en champs",
    where: file,
    expected: "des champs dont les guillemets sont doublés (RFC 4180)",
    remedy: "vérifier les guillemets et le séparateur du fichier",
  });
}

function selectSql(column: ColumnContract, i: number, decimal: "." | ",", hasAbsent: boolean): string {
  const value = isNumeric(column) ? numberSql(column, decimal) : sqlName(column.name);
  if (!hasAbsent) return `${value} AS v${i}`;
  const reason = reasonSql(column, decimal);
  return `CASE WHEN (${reason}) = 0 THEN ${value} END AS v${i}, (${reason})::UTINYINT AS m${i}`;
}

function typedColumn(
  column: ColumnContract,
  values: readonly unknown[],
  reasons: readonly unknown[] | undefined,
): Column {
  const missing = reasons ? Uint8Array.from(reasons as readonly number[]) : null;
  const { label, unit = "", summable = false } = column;
  if (isNumeric(column))
    return numberColumn(
      Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))),
      { label, unit, summable, missing },
    );
  return textColumn(
    values.map((value) => (value === null ? "" : String(value))),
    { label, missing },
  );
}

/** Runs the one query of the contract. Returns, for each column, whether it holds absent values; throws when a promise is broken. */
async function refuseBroken(
  database: Database,
  check: Check,
  rules: readonly ColumnRule[],
  decimal: "." | ",",
): Promise<readonly boolean[]> {
  const { contract } = check;
  const counts = [
    ...rules.map(({ broken }, i) => `count(*) FILTER (WHERE ${broken}) AS r${i}`),
    ...contract.columns.map(
      (column, i) =>
        `count(*) FILTER (WHERE ${isMissingSql(column)}${column.suspiciousZero ? ` OR ${numberSql(column, decimal)} = 0` : ""}) AS a${i}`,
    ),
  ];
  const key = contract.key.map(sqlName).join(", ");
  const duplicates =
    key === ""
      ? "0"
      : `(SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM cells GROUP BY ${key} HAVING count(*) > 1))`;
  const answer = await database.query(`SELECT ${duplicates}::BIGINT AS duplicates, ${counts.join(", ")} FROM cells`);
  const number = (name: string): number => Number(answer[name]?.[0] ?? 0);
  const broken = rules.map((rule, i) => ({ rule, count: number(`r${i}`) })).filter(({ count }) => count > 0);
  if (broken.length > 0) throw await brokenPromises(database, check, broken);
  if (number("duplicates") > 0) throw await duplicatedKeys(database, check, number("duplicates"));
  return contract.columns.map((_, i) => number(`a${i}`) > 0);
}

/** How many violations a message names; all are counted. */
const NAMED = 3;

interface Broken {
  readonly rule: ColumnRule;
  readonly count: number;
}

async function brokenPromises(
  database: Database,
  { contract, source, where }: Check,
  broken: readonly Broken[],
): Promise<QuartiersError> {
  const found = await Promise.all(
    broken.map(async ({ rule }) => {
      const answer = await database.query(
        `SELECT record, ${sqlName(rule.column.name)} AS cell FROM cells WHERE ${rule.broken} ORDER BY record LIMIT ${NAMED}`,
      );
      return (answer.record ?? []).map((record, i) => ({
        rule,
        record: Number(record),
        cell: String(answer.cell?.[i] ?? ""),
      }));
    }),
  );
  const all = found.flat().sort((a, b) => a.record - b.record);
  const total = broken.reduce((sum, { count }) => sum + count, 0);
  const [first, ...others] = all.slice(0, NAMED);
  if (!first) return new QuartiersError({ what: "Le contrat de la source n'est pas respecté", where: source.file });
  const { rule } = first;
  const shown = (violation: { readonly rule: ColumnRule; readonly cell: string }): string | null =>
    canPrint(contract, violation.rule) ? violation.cell.slice(0, 60) : null;
  const place = (violation: { readonly rule: ColumnRule; readonly record: number }): string =>
    `${where(violation.record)}, colonne ${fileNameOf(violation.rule.column)}`;
  const next = others
    .map((violation) => `${place(violation)}${shown(violation) === null ? "" : ` (« ${shown(violation)} »)`}`)
    .join(" ; ");
  const value = shown(first);
  return new QuartiersError({
    what: rule.what,
    ...(value === null ? {} : { value }),
    where: `${source.file}, ${place(first)}${total > 1 ? ` ; ${total} valeurs refusées en tout${next ? `, dont ${next}` : ""}` : ""}`,
    expected: rule.expected,
    remedy: rule.remedy,
  });
}

/** A number of a file that is not a publication may be a protected one: it is never printed. */
const canPrint = ({ published }: Contract, { secret, column }: ColumnRule): boolean =>
  !secret && (published || !isNumeric(column));

async function duplicatedKeys(
  database: Database,
  { contract, source, where }: Check,
  count: number,
): Promise<QuartiersError> {
  const key = contract.key.map(sqlName).join(", ");
  const answer = await database.query(
    `SELECT min(record) AS first, max(record) AS last, concat_ws(' ', ${key}) AS code FROM cells GROUP BY ${key} HAVING count(*) > 1 ORDER BY first LIMIT ${NAMED}`,
  );
  const places = (answer.code ?? []).map(
    (code, i) => `« ${String(code)} » ${where(Number(answer.first?.[i]))} et ${where(Number(answer.last?.[i]))}`,
  );
  return new QuartiersError({
    what: `Des clés sont en double (${count} ligne${count > 1 ? "s" : ""} en trop)`,
    value: String(answer.code?.[0]),
    where: `${source.file}, ${places.join(" ; ")}`,
    expected: `une seule ligne par ${contract.key.join(" × ")}`,
    remedy: "supprimer les doublons chez le producteur\u00a0: choisir une ligne ici serait inventer",
  });
}

const communesByTerritory = new WeakMap<Territory, Promise<string[]>>();

/** Codes of the communes of a territory's file, current, associated or merged since: the codes that an older file may use. */
function knownCommunes(territory: Territory): Promise<string[]> {
  const known = communesByTerritory.get(territory) ?? readKnownCommunes(territory);
  communesByTerritory.set(territory, known);
  return known;
}

async function readKnownCommunes(territory: Territory): Promise<string[]> {
  const source = await readSource(territory, communesContract);
  const records = recordsOf(
    parseJson(source.bytes.toString("utf8"), source.file),
    { ...communesContract, json: {} },
    source.file,
  );
  const codes = records.flatMap(({ code, anciensCodes }) => [
    code,
    ...(Array.isArray(anciensCodes) ? anciensCodes : []),
  ]);
  return [...new Set(codes.map(String))];
}
