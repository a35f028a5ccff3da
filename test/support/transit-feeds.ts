import { numberColumn, type Table, table, textColumn } from "../../src/codes/table.ts";
import { type FeedTableName, type TransitFeed, transitFeed } from "../../src/models/transit/transit-feed.ts";

const numeric: ReadonlySet<string> = new Set([
  ...[
    "stop_lat",
    "stop_lon",
    "route_type",
    "stop_sequence",
    "shape_dist_traveled",
    "headway_secs",
    "min_transfer_time",
  ],
]);

/** A table written as CSV lines, its header first; an empty cell is absent. */
export function tableOfLines(lines: readonly string[]): Table {
  const [header = [], ...rows] = lines.map((line) => line.split(",").map((cell) => cell.trim()));
  return table(
    Object.fromEntries(
      header.map((name, i) => {
        const cells = rows.map((row) => row[i] ?? "");
        const values = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
        return [
          name,
          numeric.has(name)
            ? numberColumn(values, { label: name, unit: "" })
            : textColumn(cells, { label: name, missing: Uint8Array.from(cells, (cell) => (cell === "" ? 3 : 0)) }),
        ];
      }),
    ),
  );
}

export type FeedLines = Partial<Record<FeedTableName, readonly string[]>>;

/** A small feed: stops A to E on a line, route R, every day of 2022; each table can be replaced. */
export const smallFeed: Required<Pick<FeedLines, "stops" | "routes" | "trips" | "stop_times" | "calendar">> = {
  stops: [
    "stop_id,stop_name,stop_lat,stop_lon",
    ...["A", "B", "C", "D", "E"].map((id, i) => `${id},Arrêt ${id},47.${i}1,-1.5`),
  ],
  routes: ["route_id,route_short_name,route_long_name,route_type", "R,7,Ligne sept,3", "Q,8,Ligne huit,3"],
  trips: ["route_id,service_id,trip_id", "R,S,T1"],
  stop_times: [
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
    "T1,08:00:00,08:00:00,A,1",
    "T1,08:10:00,08:11:00,B,2",
    "T1,08:20:00,08:20:00,C,3",
  ],
  calendar: [
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
    "S,1,1,1,1,1,1,1,20220101,20221231",
  ],
};

/** The small feed with tables replaced, or taken away when undefined. */
export function feedOf(
  changes: { readonly [Name in FeedTableName]?: readonly string[] | undefined } = {},
  id = "essai",
): TransitFeed {
  const lines = { ...smallFeed, ...changes };
  return transitFeed({
    id,
    title: `Jeu ${id}`,
    tables: Object.fromEntries(
      Object.entries(lines).flatMap(([name, rows]) => (rows === undefined ? [] : [[name, tableOfLines(rows)]])),
    ),
    lineage: [],
  });
}

/** Seconds of access where one starts at one stop. */
export function accessAt(
  stops: readonly string[],
  ...starts: readonly (readonly [id: string, seconds: number])[]
): Float64Array {
  const access = new Float64Array(stops.length).fill(Number.POSITIVE_INFINITY);
  for (const [id, seconds] of starts) access[stops.indexOf(id)] = seconds;
  return access;
}
