import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import type { Shape } from "../codes/shape.ts";
import { type Database, sqlName, sqlPath, sqlText, withDatabase } from "../engine/database.ts";
import type { Progress } from "../engine/progress.ts";
import { admit } from "./admit.ts";
import { type ColumnContract, type Contract, type CsvFormat, fileNameOf } from "./contract.ts";
import { linesOfRecords, readHeader, scanCsv } from "./csv-scan.ts";
import { unmixed } from "./file-text.ts";
import type { RawFeatures, RawTable } from "./formats/raw-table.ts";
import { type Inspection, inspectFile } from "./inspect.ts";
import { type Located, type LocateOptions, requireSource } from "./locate.ts";
import { refuseOtherThanFetched } from "./locked-file.ts";
import { printable } from "./printable.ts";
import { readRaw } from "./readers.ts";
import type { Territory } from "./territory.ts";
import { type Unpacked, unpack } from "./unpack.ts";

export interface OpenOptions extends LocateOptions {
  readonly progress?: Progress;
  /**
   * Size in bytes up to which a CSV file is walked through before the engine reads it, so that each damage is told with its line; a larger one is
   * walked through when the engine fails. 64 MB by default.
   */
  readonly scanFirstBytes?: number;
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

/** `OpenOptions.scanFirstBytes` unless said. */
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
      // What a partner lends is not kept beside its file: who destroys the file has destroyed it all.
      const place = located.contract.access === "partner" ? join(folder, "archive") : null;
      const { path, archive } = await unpack(located, options.progress, place);
      return await task(
        database,
        await openIn(database, {
          territory,
          located: { ...located, path },
          archive,
          folder,
          scanFirstBytes: options.scanFirstBytes ?? SCAN_FIRST_BYTES,
        }),
      );
    } catch (error) {
      throw explainReading(error, found.file);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** An error of the file system in words; any other error is given back as it is. */
function explainReading(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof QuartiersError || !/^E[A-Z]+$/.test(code)) return error;
  const isGone = code === "ENOENT";
  return new QuartiersError({
    what: isGone ? "Le fichier a disparu pendant la lecture" : "Le fichier ne peut pas être lu",
    where: file,
    expected: "un fichier qui reste en place, et que l'on a le droit de lire",
    remedy: isGone ? "le remettre en place, puis relancer" : "vérifier que c'est un fichier et ses droits de lecture",
    cause: error,
  });
}

interface Opening {
  readonly territory: Territory;
  readonly located: Located;
  /** The archive that held the file, if any: its fingerprint is the one that a publisher knows. */
  readonly archive: Unpacked["archive"];
  /** A folder that lasts as long as the source is open. */
  readonly folder: string;
  readonly scanFirstBytes: number;
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
      const own = await inspectFile(path, file, encoding);
      if (archive !== null && own.sha256 !== archive.memberSha256)
        throw changedCopy(file, path, archive.memberSha256, own);
      const whole = archive === null ? own : await inspectFile(archive.path, file, null);
      await refuseOtherThanFetched(territory, file, whole.sha256);
      return whole;
    },
    reference: ({ sha256 }: Inspection): SourceRef => sourceRef(territory, contract, file, sha256),
  };
}

/** The copy of a member that stands between two readings is no longer what the archive holds. */
const changedCopy = (file: string, path: string, expected: string, { sha256 }: Inspection): QuartiersError =>
  new QuartiersError({
    what: "La copie extraite de l'archive a changé depuis son extraction",
    value: `sha256 ${sha256}`,
    where: `${file}, copie ${basename(path)}`,
    expected: `sha256 ${expected}`,
    remedy: "supprimer le dossier .quartiers/archives, qui se refait, puis relancer",
  });

async function openCsv(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file } = opening.located;
  const { csv } = contract;
  if (!csv)
    throw new QuartiersError({
      what: "Le contrat d'une source CSV doit dire son séparateur et son encodage",
      value: contract.id,
    });
  const shared = common(opening, csv.encoding);
  const { size } = await stat(opening.located.path);
  const isStreamed = size > opening.scanFirstBytes;
  if (!isStreamed) await shared.inspect();
  const path = csv.encoding === "mixed" ? await unmixedCopy(opening) : opening.located.path;
  const scan = isStreamed ? readHeader(path, csv, file) : scanCsv(path, csv, file);
  if (isStreamed && csv.lastLineEnd !== "optional" && !endsLine(path)) {
    await shared.inspect();
    scanCsv(path, csv, file);
  }
  let rawColumns: ReadonlyMap<string, string>;
  try {
    rawColumns = matchHeader(scan.header, contract, csv.ignored ?? [], `${file}, ligne ${scan.headerLine}`);
  } catch (error) {
    // What is not even the promised text is told first.
    if (isStreamed) await shared.inspect();
    throw error;
  }
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
        const explained = explainReading(error, file);
        if (explained instanceof QuartiersError) return explained;
      }
      return unreadable(file);
    },
  };
}

/** Whether the last byte of a file ends a line; the engine does not ask for it. */
function endsLine(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const last = Buffer.alloc(1);
    readSync(file, last, 0, 1, Math.max(0, fstatSync(file).size - 1));
    return last[0] === 10;
  } finally {
    closeSync(file);
  }
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
    `SELECT * FROM read_csv(${sqlPath(path)}, hive_partitioning=false, auto_detect=false, header=false, skip=${headerLine}, delim=${sqlText(separator)}, ` +
    `quote='"', escape='"', strict_mode=true, encoding='${encoding === "latin1" ? "latin-1" : "utf-8"}', columns={${columns}})`
  );
}

async function openParquet(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file, path } = opening.located;
  const shared = common(opening, null);
  // « annee=2021 » in the name of a folder is no column; older writers do not say which bytes are text.
  const rows = `read_parquet(${sqlPath(path)}, hive_partitioning=false, binary_as_string=true)`;
  const described = await database.query(`DESCRIBE SELECT * FROM ${rows}`).catch(() => {
    throw notParquet(file);
  });
  const header = (described.column_name ?? []).map(String);
  const named = matchHeader(header, contract, "any", file);
  const types = (described.column_type ?? []).map(String);
  for (const [name, raw] of named) refuseNested(types[Number(raw.slice(1))] ?? "", `${file}, colonne ${name}`);
  const position = new Map(header.map((name, i) => [`c${i}`, name]));
  const casts = header.map((name, i) => `CAST(${sqlName(name)} AS VARCHAR) AS c${i}`);
  await database.query(`CREATE VIEW raw AS SELECT ${casts.join(", ")} FROM ${rows}`);
  return {
    ...shared,
    rawColumns: new Map([...named].filter(([, raw]) => position.has(raw))),
    decimal: ".",
    count: null,
    isStreamed: true,
    places: (records) => new Map(records.map((record) => [record, `ligne ${record + 1}`])),
    explain: () => notParquet(file),
  };
}

/** A list, an object or bytes would be read as the text that the engine writes of them. */
function refuseNested(type: string, where: string): void {
  if (!/[[(]|^(BLOB|BIT|INTERVAL|MAP|UNION|VARIANT)/.test(type) || type.startsWith("DECIMAL")) return;
  throw new QuartiersError({
    what: "Une colonne du fichier Parquet ne tient pas une valeur par cellule",
    value: printable(type, 40),
    where,
    expected: "des textes, des nombres, des dates ou des booléens",
    remedy: "demander au producteur une colonne simple (un texte se déclare UTF-8 dans Parquet)",
  });
}

const notParquet = (file: string): QuartiersError =>
  new QuartiersError({
    what: "Ce n'est pas un fichier Parquet lisible",
    where: file,
    expected: "un fichier Parquet complet",
    remedy: "le télécharger de nouveau\u00a0: il est tronqué ou abîmé, ou c'est un autre format sous ce nom",
  });

/** Formats that a reader turns into columns of text in memory. */
async function openRaw(database: Database, opening: Opening): Promise<OpenSource> {
  const { contract, file, path } = opening.located;
  const shared = common(opening, null);
  await shared.inspect();
  const raw: RawTable & Partial<RawFeatures> = await readRaw(path, contract, file);
  const rawColumns = matchHeader(raw.names, contract, contract.xlsx?.ignored ?? "any", file);
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

/**
 * The raw column ("c3") of each contract column, or an error that names what is absent, new or repeated. Without a header, the first row of data stands
 * in its place: its numbers may be protected, and are not printed.
 */
function matchHeader(
  header: readonly string[],
  { columns, csv }: Contract,
  ignored: readonly string[] | "any",
  where: string,
): ReadonlyMap<string, string> {
  const wanted = new Set(columns.map(fileNameOf));
  const absent = [...wanted].filter((name) => !header.includes(name));
  const fresh = ignored === "any" ? [] : header.filter((name) => !wanted.has(name) && !ignored.includes(name));
  const twice = header.filter((name, i) => header.indexOf(name) !== i && name !== "");
  if (absent.length + fresh.length + twice.length > 0) {
    const list = (title: string, names: readonly string[]): string[] =>
      names.length === 0
        ? []
        : [
            `${title} ${names
              .slice(0, 10)
              .map((name) => (/^[\d.,\s-]+$/.test(name) ? "(un nombre)" : printable(name, 40)))
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
