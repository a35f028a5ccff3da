import { open } from "node:fs/promises";
import { QuartiersError } from "../codes/errors.ts";
import { mergeLineages, type SourceRef } from "../codes/lineage.ts";
import { reasonAt, type Table } from "../codes/table.ts";
import { readGtfs } from "./formats/gtfs.ts";
import { type GtfsFeed, gtfsContract, gtfsFeeds } from "./gtfs.ts";
import { gtfsTables } from "./gtfs-tables.ts";
import { loadTable } from "./load.ts";
import { requireSource } from "./locate.ts";
import type { Territory } from "./territory.ts";
import { unpack } from "./unpack.ts";

/** Tables that a timetable is made of. */
export type TimetableTable =
  | "stops"
  | "routes"
  | "trips"
  | "stop_times"
  | "calendar"
  | "calendar_dates"
  | "frequencies"
  | "transfers";

/** The tables of a feed that a timetable is made of, each checked against its contract. */
export interface LoadedGtfs {
  /** Identifier of the feed: the prefix of its codes when several feeds are merged. */
  readonly id: string;
  readonly title: string;
  /** An optional table that the feed does not have, or that has a header and nothing under it, is not there. */
  readonly tables: Readonly<Partial<Record<TimetableTable, Table>>>;
  /** First and last day with a service, AAAA-MM-JJ. */
  readonly period: { readonly first: string; readonly last: string };
  /** Stops at (0, 0) or without coordinates: one can ride to them, not walk. */
  readonly stopsWithoutCoordinates: readonly string[];
  readonly lineage: readonly SourceRef[];
}

const wanted: readonly TimetableTable[] = [
  "stops",
  "routes",
  "trips",
  "stop_times",
  "calendar",
  "calendar_dates",
  "frequencies",
  "transfers",
];
const mandatory: ReadonlySet<string> = new Set(["stops", "routes", "trips", "stop_times"]);

/**
 * Loads a public transport feed: stops, lines, trips and their calls, calendars, frequencies and transfers, as columns. Optional columns are read where
 * the feed has them. Fares, pathways and flexible services are not read.
 * @param feed a feed of the catalogue, or its identifier
 * @throws QuartiersError when the feed has neither calendar.txt nor calendar_dates.txt, or no day of service; and as `loadTable` does
 */
export async function loadGtfs(territory: Territory, feed: GtfsFeed | string): Promise<LoadedGtfs> {
  const known = typeof feed === "string" ? feedNamed(feed) : feed;
  const located = requireSource(territory, gtfsContract(known, "stops"));
  const files = await readGtfs(located.path, { file: located.file });
  const loaded = await Promise.all(
    wanted
      .filter((name) => files.tables.includes(name))
      .map(async (name) => {
        const { path } = await unpack(requireSource(territory, gtfsContract(known, name)));
        const { names, hasRows } = await headerOf(path);
        if (!hasRows && !mandatory.has(name)) return [];
        const optional = (gtfsTables.find((table) => table.name === name)?.optional ?? []).map((column) => column.name);
        const contract = gtfsContract(
          known,
          name,
          optional.filter((column) => names.includes(column)),
        );
        return [[name, await loadTable(territory, contract)] as const];
      }),
  ).then((some) => some.flat());
  const tables: LoadedGtfs["tables"] = Object.fromEntries(loaded);
  return {
    id: known.id,
    title: known.title,
    tables,
    period: files.period,
    stopsWithoutCoordinates: withoutCoordinates(tables.stops as Table),
    // The tables of a feed are one file: it is cited once, under the feed's own name.
    lineage: mergeLineages(...loaded.map(([, table]) => table.lineage)).filter(
      ({ file, sha256 }, at, all) => all.findIndex((other) => other.file === file && other.sha256 === sha256) === at,
    ),
  };
}

function feedNamed(id: string): GtfsFeed {
  const found = gtfsFeeds.find((feed) => feed.id === id);
  if (found) return found;
  throw new QuartiersError({
    what: "Ce jeu de transport n'est pas au catalogue",
    value: id,
    expected: gtfsFeeds.map((feed) => feed.id).join(", "),
  });
}

/** The names of the columns of a table, and whether anything stands under them: many feeds hold optional tables that are empty. */
async function headerOf(path: string): Promise<{ readonly names: readonly string[]; readonly hasRows: boolean }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1 << 16), 0, 1 << 16, 0);
    const text = buffer
      .toString("utf8", 0, bytesRead)
      .replace(/^\uFEFF/, "")
      .trimStart();
    const [header = "", ...rows] = text.split(/\r\n|\n|\r/);
    const names = header.split(",").map((name) => name.trim().replace(/^"(.*)"$/, "$1"));
    return { names, hasRows: rows.some((row) => row.trim() !== "") };
  } finally {
    await file.close();
  }
}

function withoutCoordinates({ columns: { stop_id: ids, stop_lon: lon, stop_lat: lat } }: Table): string[] {
  const found: string[] = [];
  for (let row = 0; row < (ids?.values.length ?? 0); row++) {
    const isAbsent = [lon, lat].some((column) => column === undefined || reasonAt(column, row) !== null);
    if (isAbsent || (lon?.values[row] === 0 && lat?.values[row] === 0)) found.push(String(ids?.values[row]));
  }
  return found;
}
