import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import type { Shape } from "../codes/shape.ts";
import { type Database, sqlName, sqlText, withDatabase } from "../engine/database.ts";
import type { Progress } from "../engine/progress.ts";
import { admit } from "./admit.ts";
import { type ColumnContract, type Contract, type CsvFormat, fileNameOf } from "./contract.ts";
import { linesOfRecords, readHeader, scanCsv } from "./csv-scan.ts";
import { unmixed } from "./file-text.ts";
import type { RawFeatures, RawTable } from "./formats/raw-table.ts";
import { type Inspection, inspectFile } from "./inspect.ts";
import { type Located, type LocateOptions, requireSource } from "./locate.ts";
import { readRaw } from "./readers.ts";
import type { Territory } from "./territory.ts";
import { unpack } from "./unpack.ts";

export interface OpenOptions extends LocateOptions {
  readonly progress?: Progress;
}

/** A source whose cells are in the engine, as text, under the view `raw`: nothing is checked yet but its header. */
export interface OpenSource {
  readonly contract: Contract;
  readonly territory: Territory;
  /** As printed in messages and provenance: relative to the data folder. */
  readonly file: string;
  /** Column of `raw` for each column of the contract. */
  readonly rawColumns: ReadonlyMap<string, string>;
  readonly decimal: "." | ",";
  /** Rows, when they are known before the engine has read them. */
  readonly count: number | null;
  /** True for a file that the engine reads by itself each time it is asked: its cells are never all in memory. */
  readonly isStreamed: boolean;
  readonly shapes: readonly Shape[];
  readonly points?: RawFeatures["points"];
  /** Fingerprint and checks of the bytes; for a streamed file, worth asking while the engine reads. */
  readonly inspect: () => Promise<Inspection>;
  /** Where records, counted from 0, stand in the file: "ligne 12". */
  readonly places: (records: readonly number[]) => ReadonlyMap<number, string>;
  /** Why the engine could not cut the file into fields, in words that quote no cell. */
  readonly explain: () => QuartiersError;
  readonly reference: (inspection: Inspection) => SourceRef;
}

/** A file up to this size is walked through before the engine reads it, so that each damage is told with its line. Larger ones, when it fails. */
const SCAN_FIRST_BYTES = 64 << 20;

/**
 * Opens a source in a database, lends it to a task, and closes everything whatever happens. The conditions of use are checked first.
 * @throws QuartiersError when the file is absent, when its use is not allowed, when it is not the promised file
 */
export function withSource<T>(
  territory: Territory,
  asked: Contract,
  options: OpenOptions,
  task: (database: Database, source: OpenSource) => Promise<T>,
): Promise<T> {
  return withDatabase(async (database) => {
    const found = requireSource(territory, asked, options);
    const located = { ...found, contract: admit(territory, found) };
    const folder = await mkdtemp(join(tmpdir(), "quartiers-source-"));
    try {
      const { path, archive } = await unpack(located, options.progress);
      return await task(
        database,
        await openIn(database, { territory, located: { ...located, path }, archive, folder }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

interface Opening {
  readonly territory: Territory;
  readonly located: Located;
  /** Path of the archive that held the file, if any: its fingerprint is the one that a publisher knows. */
  readonly archive: string | null;
  /** A folder that lasts as long as the source is open. */
  readonly folder: string;
}

async function openIn(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract } = opening.located;
  if (contract.format === "csv") return openCsv(database, opening);
  if (contract.format === "parquet") return openParquet(database, opening);
  return openRaw(database, opening);
}

/** What all formats share. */
function common({ territory, located, archive }: Opening, encoding: CsvFormat["encoding"] | null) {
  const { contract, file, path } = located;
  return {
    contract,
    territory,
    file,
    shapes: [],
    inspect: async (): Promise<Inspection> => {
      const own = await inspectFile(path, file, encoding).catch((cause: NodeJS.ErrnoException) => {
        if (cause instanceof QuartiersError) throw cause;
        throw new QuartiersError({
          what: "Le fichier ne peut pas être lu",
          where: file,
          remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
          cause,
        });
      });
      return archive === null ? own : inspectFile(archive, file, null);
    },
    reference: ({ sha256 }: Inspection): SourceRef => sourceRef(territory, contract, file, sha256),
  };
}

async function openCsv(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file } = opening.located;
  const { csv } = contract;
  if (!csv)
    throw new QuartiersError({
      what: "Le contrat d'une source CSV doit dire son séparateur et son encodage",
      value: contract.id,
    });
  const shared = common(opening, csv.encoding);
  const { bytes } = await import("node:fs/promises").then(async ({ stat }) => ({
    bytes: (await stat(opening.located.path)).size,
  }));
  const isStreamed = bytes > SCAN_FIRST_BYTES;
  if (!isStreamed) await shared.inspect();
  const path = csv.encoding === "mixed" ? await unmixedCopy(opening) : opening.located.path;
  const scan = isStreamed ? readHeader(path, csv, file) : scanCsv(path, csv, file);
  const rawColumns = matchHeader(scan.header, contract, csv.ignored ?? [], `${file}, ligne ${scan.headerLine}`);
  await database.query(`CREATE VIEW raw AS ${readCsvSql(path, scan, csv)}`);
  return {
    ...shared,
    rawColumns,
    decimal: csv.decimal,
    count: "count" in scan ? Number(scan.count) : null,
    isStreamed,
    places: (records) =>
      new Map([...linesOfRecords(path, csv, records)].map(([record, line]) => [record, `ligne ${line}`])),
    explain: () => {
      try {
        scanCsv(path, csv, file);
      } catch (error) {
        if (error instanceof QuartiersError) return error;
      }
      return unreadable(file);
    },
  };
}

/** A copy in UTF-8 of a file of mixed encodings. */
async function unmixedCopy({ located, folder }: Opening): Promise<string> {
  const copy = join(folder, "utf-8.csv");
  await writeFile(copy, unmixed(await readFile(located.path)));
  return copy;
}

/** Every cell as text, in the order of the file. */
function readCsvSql(
  path: string,
  { header, headerLine }: { readonly header: readonly string[]; readonly headerLine: number },
  { separator, encoding }: CsvFormat,
): string {
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  return (
    `SELECT * FROM read_csv(${sqlText(path)}, auto_detect=false, header=false, skip=${headerLine}, delim=${sqlText(separator)}, ` +
    `quote='"', escape='"', strict_mode=true, encoding='${encoding === "latin1" ? "latin-1" : "utf-8"}', columns={${columns}})`
  );
}

async function openParquet(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file, path } = opening.located;
  const shared = common(opening, null);
  const described = await database.query(`DESCRIBE SELECT * FROM read_parquet(${sqlText(path)})`).catch(() => {
    throw new QuartiersError({
      what: "Ce n'est pas un fichier Parquet lisible",
      where: file,
      expected: "un fichier Parquet complet",
      remedy: "le télécharger de nouveau\u00a0: il est tronqué, ou c'est un autre format sous ce nom",
    });
  });
  const header = (described.column_name ?? []).map(String);
  const named = matchHeader(header, contract, "any", file);
  const position = new Map(header.map((name, i) => [`c${i}`, name]));
  const casts = header.map((name, i) => `CAST(${sqlName(name)} AS VARCHAR) AS c${i}`);
  await database.query(`CREATE VIEW raw AS SELECT ${casts.join(", ")} FROM read_parquet(${sqlText(path)})`);
  return {
    ...shared,
    rawColumns: new Map([...named].filter(([, raw]) => position.has(raw))),
    decimal: ".",
    count: null,
    isStreamed: true,
    places: (records) => new Map(records.map((record) => [record, `ligne ${record + 1}`])),
    explain: () => unreadable(file),
  };
}

/** Formats that a reader turns into columns of text in memory. */
async function openRaw(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file, path } = opening.located;
  const shared = common(opening, null);
  await shared.inspect();
  const raw: RawTable & Partial<RawFeatures> = await readRaw(path, contract, file);
  const where = contract.format === "osm-pbf" ? path : file;
  const rawColumns = matchHeader(raw.names, contract, contract.xlsx?.ignored ?? "any", where);
  await database.createTextTable(
    "raw",
    Object.fromEntries([...rawColumns.values()].map((name) => [name, raw.columns[Number(name.slice(1))] ?? []])),
  );
  return {
    ...shared,
    rawColumns,
    decimal: ".",
    count: raw.count,
    isStreamed: false,
    shapes: raw.shapes ?? [],
    ...(raw.points ? { points: raw.points } : {}),
    places: (records) => new Map(records.map((record) => [record, raw.where(record)])),
    explain: () => unreadable(file),
  };
}

/** The raw column ("c3") of each contract column, or an error that names what is absent, new or repeated. */
function matchHeader(
  header: readonly string[],
  { columns, csv }: Contract,
  ignored: readonly string[] | "any",
  where: string,
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
      where,
      expected: `les colonnes ${[...wanted].join(", ")}${csv ? `, séparées par « ${csv.separator} »` : ""}`,
      remedy:
        "prendre le fichier du millésime annoncé, ou mettre le contrat de la source à jour après avoir lu la documentation du producteur",
    });
  }
  return new Map(columns.map((column: ColumnContract) => [column.name, `c${header.indexOf(fileNameOf(column))}`]));
}

/** The engine's own message quotes the line, which may hold a protected value: it is not passed on. */
function unreadable(file: string): QuartiersError {
  return new QuartiersError({
    what: "Le moteur ne peut pas découper ce fichier en champs",
    where: file,
    expected: "des champs dont les guillemets sont doublés et des fins de ligne d'une seule sorte (RFC 4180)",
    remedy: "vérifier les guillemets, le séparateur et les fins de ligne du fichier",
  });
}

/** Invented data is never signed by the publisher that it imitates. */
function sourceRef({ synthetic }: Territory, contract: Contract, file: string, hash: string): SourceRef {
  const { id, title, publisher, licence, vintage, url, published, secrecy, joins } = contract;
  const signature = synthetic
    ? {
        title: `${title}, données synthétiques`,
        publisher: `Quartiers (imite ${publisher})`,
        licence: "CC0 1.0 (données synthétiques)",
        url: "data-samples/LISEZMOI.md",
      }
    : { title, publisher, licence, url };
  return { id, ...signature, vintage, file, sha256: hash, synthetic, published, secrecy, ...(joins ? { joins } : {}) };
}
