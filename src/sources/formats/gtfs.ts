import { readdirSync, statSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { explainWriting } from "../../engine/atomic.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { checkText } from "../file-text.ts";
import { extractMember, listMembers } from "./archive.ts";

/** Files of the GTFS reference (gtfs.org/documentation/schedule/reference) that a feed may hold, without « .txt ». */
export const gtfsFiles: readonly string[] = [
  ...["agency", "stops", "routes", "trips", "stop_times", "calendar", "calendar_dates"],
  ...["shapes", "frequencies", "transfers", "pathways", "levels", "feed_info", "attributions", "translations"],
  ...["fare_attributes", "fare_rules", "timeframes", "areas", "stop_areas", "networks", "route_networks"],
  ...["fare_media", "fare_products", "fare_leg_rules", "fare_transfer_rules", "booking_rules"],
  ...["location_groups", "location_group_stops"],
];
const required: readonly string[] = ["stops", "routes", "trips", "stop_times"];

export interface GtfsOptions {
  /** The feed's name in messages; its base name by default. */
  readonly file?: string;
}

/** A public transport feed: which tables it has, for which days, by whom. */
export interface GtfsFeedFiles {
  /** Tables of the reference that are present, without « .txt ». */
  readonly tables: readonly string[];
  /** Other files of the feed. */
  readonly others: readonly string[];
  /** First and last day with a service, AAAA-MM-JJ. */
  readonly period: { readonly first: string; readonly last: string };
  readonly agencies: readonly string[];
  /** Writes a table as a plain CSV file, for the loader. */
  readonly extract: (table: string, targetPath: string, progress?: Progress) => Promise<void>;
}

/** Where the tables of a feed are: members of an archive, or files of a folder. */
interface Container {
  readonly paths: readonly string[];
  readonly copy: (path: string, target: string, progress: Progress) => Promise<void>;
}

/**
 * Opens a GTFS feed, an archive or a folder; its tables may stand in a folder of their own. Checks that the required ones are there, and reads the calendar.
 * @throws QuartiersError when the archive is damaged, a required table is absent, or a day of the calendar is none
 */
export async function readGtfs(path: string, options: GtfsOptions = {}): Promise<GtfsFeedFiles> {
  const file = options.file ?? basename(path);
  const { paths, copy } = isFolder(path) ? folderOf(path) : await archiveOf(path, file);
  const root = rootOf(paths, file);
  const own = new Map(paths.filter((one) => one.startsWith(root)).map((one) => [one.slice(root.length), one]));
  const pathOf = (table: string): string | undefined =>
    [...own].find(([name]) => name.toLowerCase() === `${table}.txt`)?.[1];
  const tables = gtfsFiles.filter((table) => pathOf(table) !== undefined);
  refuseIncomplete(tables, [...own.keys()], file);
  const extract = async (table: string, target: string, progress: Progress = silentProgress): Promise<void> => {
    const found = pathOf(table);
    if (found === undefined) throw noTable(table, tables, file);
    await copy(found, target, progress);
  };
  const folder = await mkdtemp(join(tmpdir(), "quartiers-gtfs-"));
  try {
    const rowsOf = async (table: string): Promise<Rows | null> => {
      if (pathOf(table) === undefined) return null;
      await extract(table, join(folder, `${table}.txt`));
      return readRows(await readFile(join(folder, `${table}.txt`)), `${file}, ${table}.txt`);
    };
    const agency = await rowsOf("agency");
    const period = periodOf(await rowsOf("calendar"), await rowsOf("calendar_dates"), file);
    const known = new Set(tables.map((table) => `${table}.txt`));
    return {
      tables,
      others: [...own.keys()].filter((name) => !known.has(name.toLowerCase())),
      period,
      agencies: agency?.records.map((record) => agency.cell(record, "agency_name")).filter((name) => name !== "") ?? [],
      extract,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // An absent file is told by the reader of archives.
    return false;
  }
}

function folderOf(path: string): Container {
  const paths = readdirSync(path, { recursive: true, encoding: "utf8" }).map((one) => one.replaceAll("\\", "/"));
  return {
    paths: paths.filter(isData),
    copy: (from, target) =>
      copyFile(join(path, from), target).catch((error: unknown) => {
        throw explainWriting(error, target);
      }),
  };
}

async function archiveOf(path: string, file: string): Promise<Container> {
  const members = await listMembers(path, { file });
  return {
    paths: members.map((member) => member.path).filter(isData),
    copy: async (from, target, progress) => {
      await extractMember(path, from, target, { file }, progress);
    },
  };
}

/** Not a folder, nor what macOS adds to archives. */
const isData = (path: string): boolean =>
  !path.endsWith("/") && !path.startsWith("__MACOSX/") && !basename(path).startsWith(".");

/** The folder that holds stops.txt, "" or "name/". */
function rootOf(paths: readonly string[], file: string): string {
  const roots = paths
    .filter((path) => /(^|\/)stops\.txt$/i.test(path))
    .map((path) => path.slice(0, -"stops.txt".length));
  if (roots.length === 1) return roots[0] as string;
  if (roots.length > 1)
    throw new QuartiersError({
      what: "L'archive contient plusieurs jeux GTFS",
      value: roots
        .map((root) => root || "(racine)")
        .join(", ")
        .slice(0, 120),
      where: file,
      expected: "un seul jeu",
      remedy: "déposer chaque jeu dans son archive",
    });
  throw noTable("stops", paths.slice(0, 12), file);
}

const noTable = (table: string, present: readonly string[], file: string): QuartiersError =>
  new QuartiersError({
    what: "Le jeu GTFS n'a pas cette table",
    value: `${table}.txt`,
    where: `${file}, qui contient ${present.join(", ") || "(rien)"}`,
    expected: "stops.txt, routes.txt, trips.txt, stop_times.txt, et calendar.txt ou calendar_dates.txt",
    remedy: "vérifier que c'est bien un jeu GTFS «\u202fschedule\u202f» entier, et le télécharger de nouveau",
  });

function refuseIncomplete(tables: readonly string[], names: readonly string[], file: string): void {
  const absent = required.find((table) => !tables.includes(table));
  if (absent !== undefined) throw noTable(absent, names.slice(0, 20), file);
  if (!tables.includes("calendar") && !tables.includes("calendar_dates"))
    throw noTable("calendar", names.slice(0, 20), file);
}

interface Rows {
  readonly records: readonly number[];
  readonly cell: (record: number, column: string) => string;
  readonly where: (record: number) => string;
}

/** A small table in memory: CSV of RFC 4180, with or without a BOM, blanks around names and cells dropped. */
function readRows(bytes: Buffer, where: string): Rows {
  checkText(bytes, "utf-8", where, () => 0);
  const lines = csvLines(bytes.toString("utf8").replace(/^\uFEFF/, ""), where);
  const header = (lines[0]?.cells ?? []).map((name) => name.trim());
  const rows = lines.slice(1).filter(({ cells }) => cells.length > 1 || cells[0] !== "");
  return {
    records: rows.map((_, i) => i),
    cell: (record, column) => {
      const at = header.indexOf(column);
      if (at >= 0) return (rows[record]?.cells[at] ?? "").trim();
      throw new QuartiersError({
        what: "Une table du jeu GTFS n'a pas cette colonne",
        value: column,
        where: `${where}, ligne 1`,
        expected: header.join(", ").slice(0, 200),
        remedy: "signaler le jeu à son producteur",
      });
    },
    where: (record) => `${where}, ligne ${rows[record]?.line ?? 0}`,
  };
}

function csvLines(text: string, where: string): { cells: string[]; line: number }[] {
  const lines: { cells: string[]; line: number }[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;
  let [cells, line, begun]: [string[], number, number] = [[], 1, 1];
  while (pattern.lastIndex < text.length || cells.length > 0) {
    const at = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found)
      throw new QuartiersError({
        what: "Des guillemets d'une table du jeu GTFS sont mal fermés",
        where: `${where}, ligne ${line}`,
        expected: "des champs dont les guillemets sont doublés (RFC 4180)",
        remedy: "signaler le jeu à son producteur",
      });
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    line += text.slice(at, pattern.lastIndex).split(/\r\n|\n|\r/).length - 1;
    if (found[3] === ",") continue;
    lines.push({ cells, line: begun });
    [cells, begun] = [[], line];
    if (found[3] === "") break;
  }
  return lines;
}

/** First and last day: of the weekly calendar, and of the days that are added to it. */
function periodOf(calendar: Rows | null, dates: Rows | null, file: string): GtfsFeedFiles["period"] {
  let [first, last] = ["9999-99-99", ""];
  const add = (day: string): void => {
    if (day < first) first = day;
    if (day > last) last = day;
  };
  for (const record of calendar?.records ?? [])
    for (const column of ["start_date", "end_date"]) add(dayOf(calendar as Rows, record, column));
  for (const record of dates?.records ?? []) {
    const day = dayOf(dates as Rows, record, "date");
    if ((dates as Rows).cell(record, "exception_type") === "1") add(day);
  }
  if (last !== "") return { first, last };
  throw new QuartiersError({
    what: "Le calendrier du jeu GTFS n'a aucun jour de service",
    where: file,
    expected: "des périodes dans calendar.txt, ou des jours ajoutés dans calendar_dates.txt",
    remedy: "prendre le jeu courant du producteur",
  });
}

function dayOf(rows: Rows, record: number, column: string): string {
  const text = rows.cell(record, column);
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  const date = `${year}-${month}-${day}`;
  if (year !== undefined && new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date)) return date;
  throw new QuartiersError({
    what: "Un jour du calendrier du jeu GTFS n'en est pas un",
    value: text.slice(0, 40),
    where: `${rows.where(record)}, colonne ${column}`,
    expected: "AAAAMMJJ, comme 20220301",
    remedy: "signaler le jeu à son producteur",
  });
}
