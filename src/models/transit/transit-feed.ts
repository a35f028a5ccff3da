import type { SourceRef } from "../../codes/lineage.ts";
import { numbers, PRESENT, type Table, texts } from "../../codes/table.ts";
import { clockSeconds, dayNumber } from "./clock.ts";
import { type IdCoder, idCoder, refuseUnknown } from "./feed-codes.ts";

/** The tables of a feed, by their GTFS names: what `loadGtfs` gives. */
export interface FeedTables {
  readonly id: string;
  readonly title: string;
  readonly tables: Readonly<Partial<Record<FeedTableName, Table>>>;
  readonly lineage: readonly SourceRef[];
}

export type FeedTableName =
  | "stops"
  | "routes"
  | "trips"
  | "stop_times"
  | "calendar"
  | "calendar_dates"
  | "frequencies"
  | "transfers";

/** A public transport feed as typed columns; one row of a table refers to another by its position. Shared with threads as it is. */
export interface TransitFeed {
  readonly id: string;
  readonly title: string;
  readonly stops: {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    /** Degrees of WGS 84; NaN for a stop at (0, 0) or without coordinates: one can ride to it, not walk. */
    readonly lon: Float64Array;
    readonly lat: Float64Array;
    /** Station of each stop, -1 without. */
    readonly parents: Int32Array;
  };
  readonly routes: { readonly ids: readonly string[]; readonly names: readonly string[]; readonly modes: Int32Array };
  readonly trips: { readonly ids: readonly string[]; readonly routes: Int32Array; readonly services: Int32Array };
  /** Calls by trip, then in the order of stop_sequence: those of trip t are `starts[t]` to `starts[t + 1]` (excluded). */
  readonly calls: {
    readonly starts: Int32Array;
    readonly stops: Int32Array;
    /** Seconds of the service day; `UNTIMED` where the feed has no time. */
    readonly arrivals: Int32Array;
    readonly departures: Int32Array;
    /** 1 where one cannot board, or cannot alight (GTFS type 1). On demand (2, 3) counts as possible. */
    readonly noBoarding: Uint8Array;
    readonly noAlighting: Uint8Array;
    /** Distance from the start of the trip, in the feed's own unit; NaN without. */
    readonly distances: Float64Array;
  };
  readonly services: readonly string[];
  readonly calendar: {
    readonly services: Int32Array;
    /** Bit 0 for Monday to bit 6 for Sunday. */
    readonly weekdays: Uint8Array;
    /** First and last day, both included, in days since 1970. */
    readonly first: Int32Array;
    readonly last: Int32Array;
  };
  readonly exceptions: { readonly services: Int32Array; readonly days: Int32Array; readonly added: Uint8Array };
  readonly frequencies: {
    readonly trips: Int32Array;
    readonly from: Int32Array;
    readonly to: Int32Array;
    readonly headwaySeconds: Int32Array;
    readonly exact: Uint8Array;
  };
  readonly transfers: {
    readonly from: Int32Array;
    readonly to: Int32Array;
    readonly types: Uint8Array;
    /** -1 where the feed gives none. */
    readonly minSeconds: Int32Array;
    /** Rows that hold for some lines or trips only: counted, not used. */
    readonly narrow: number;
  };
  readonly lineage: readonly SourceRef[];
}

/** Time of a call that the feed does not give. */
export const UNTIMED = -1;

const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/**
 * Reads the tables of a feed: ids become positions, times seconds, days numbers. O(rows), and the sort of the calls of each trip.
 * @throws QuartiersError when a row refers to a stop, a line, a trip or a service that is not there, naming the row; when a day is none
 */
export function transitFeed({ id, title, tables, lineage }: FeedTables): TransitFeed {
  const stops = tableOf(tables, "stops");
  const routes = tableOf(tables, "routes");
  const trips = tableOf(tables, "trips");
  const stopCodes = idCoder(texts(stops, "stop_id").values, "stops.txt");
  const routeCodes = idCoder(texts(routes, "route_id").values, "routes.txt");
  const tripCodes = idCoder(texts(trips, "trip_id").values, "trips.txt");
  const { calendar, calendar_dates: dates } = tables;
  const services = [
    ...new Set([
      ...(calendar ? texts(calendar, "service_id").values : []),
      ...(dates ? texts(dates, "service_id").values : []),
      ...texts(trips, "service_id").values,
    ]),
  ];
  const serviceCodes = idCoder(services, "calendar.txt");
  const ids = texts(stops, "stop_id").values;
  return {
    id,
    title,
    stops: {
      ids,
      names: optionalTexts(stops, "stop_name", ids),
      ...coordinates(stops),
      parents: stops.columns["parent_station"]
        ? stopCodes.optional(texts(stops, "parent_station").values, "stops.txt", "parent_station")
        : new Int32Array(ids.length).fill(-1),
    },
    routes: {
      ids: texts(routes, "route_id").values,
      names: lineNames(routes),
      modes: Int32Array.from(numbers(routes, "route_type").values),
    },
    trips: {
      ids: texts(trips, "trip_id").values,
      routes: routeCodes.codes(texts(trips, "route_id").values, "trips.txt", "route_id"),
      services: serviceCodes.codes(texts(trips, "service_id").values, "trips.txt", "service_id"),
    },
    calls: callColumns(tableOf(tables, "stop_times"), tripCodes, stopCodes),
    services,
    calendar: {
      services: calendar
        ? serviceCodes.codes(texts(calendar, "service_id").values, "calendar.txt", "service_id")
        : new Int32Array(),
      weekdays: Uint8Array.from({ length: calendar?.numRows ?? 0 }, (_, row) =>
        weekdayNames.reduce((bits, name, bit) => bits | (Number(texts(calendar as Table, name).values[row]) << bit), 0),
      ),
      first: days(calendar, "start_date"),
      last: days(calendar, "end_date"),
    },
    exceptions: {
      services: dates
        ? serviceCodes.codes(texts(dates, "service_id").values, "calendar_dates.txt", "service_id")
        : new Int32Array(),
      days: days(dates, "date"),
      added: Uint8Array.from(dates ? texts(dates, "exception_type").values : [], (type) => (type === "1" ? 1 : 0)),
    },
    frequencies: frequencyColumns(tables.frequencies, tripCodes),
    transfers: transferColumns(tables.transfers, stopCodes),
    lineage,
  };
}

function tableOf(tables: FeedTables["tables"], name: FeedTableName): Table {
  const found = tables[name];
  if (found) return found;
  throw refuseUnknown(`${name}.txt`, "", "stops, routes, trips et stop_times");
}

const optionalTexts = (table: Table, name: string, otherwise: readonly string[]): readonly string[] =>
  table.columns[name] ? texts(table, name).values.map((text, row) => text || (otherwise[row] ?? "")) : otherwise;

/** The name under which people know a line: its number, else its long name, else its identifier. */
function lineNames(routes: Table): readonly string[] {
  const ids = texts(routes, "route_id").values;
  return optionalTexts(routes, "route_short_name", optionalTexts(routes, "route_long_name", ids));
}

const days = (table: Table | undefined, name: string): Int32Array =>
  Int32Array.from(table ? texts(table, name).values : [], dayNumber);

function coordinates(stops: Table): { readonly lon: Float64Array; readonly lat: Float64Array } {
  const lon = Float64Array.from(numbers(stops, "stop_lon").values);
  const lat = Float64Array.from(numbers(stops, "stop_lat").values);
  for (let stop = 0; stop < lon.length; stop++) {
    const isKnown = !Number.isNaN(lon[stop] + lat[stop]) && (lon[stop] !== 0 || lat[stop] !== 0);
    if (!isKnown) lon[stop] = lat[stop] = Number.NaN;
  }
  return { lon, lat };
}

function callColumns(table: Table, tripCodes: IdCoder, stopCodes: IdCoder): TransitFeed["calls"] {
  const trips = tripCodes.codes(texts(table, "trip_id").values, "stop_times.txt", "trip_id");
  const stops = stopCodes.codes(texts(table, "stop_id").values, "stop_times.txt", "stop_id");
  const sequence = numbers(table, "stop_sequence").values;
  const arrivals = times(table, "arrival_time");
  const departures = times(table, "departure_time");
  const flags = (name: string): Uint8Array =>
    table.columns[name]
      ? Uint8Array.from(texts(table, name).values, (type) => (type === "1" ? 1 : 0))
      : new Uint8Array(table.numRows);
  const distances = table.columns["shape_dist_traveled"]
    ? numbers(table, "shape_dist_traveled").values
    : new Float64Array(table.numRows).fill(Number.NaN);
  const starts = new Int32Array(tripCodes.count + 1);
  for (const trip of trips) starts[trip + 1]++;
  for (let trip = 0; trip < tripCodes.count; trip++) starts[trip + 1] += starts[trip];
  const order = new Int32Array(table.numRows);
  const next = starts.slice();
  for (let row = 0; row < trips.length; row++) order[next[trips[row]]++] = row;
  for (let trip = 0; trip < tripCodes.count; trip++) {
    const own = order.subarray(starts[trip], starts[trip + 1]);
    let isSorted = true;
    for (let i = 1; i < own.length && isSorted; i++) isSorted = sequence[own[i - 1]] < sequence[own[i]];
    if (!isSorted) own.sort((a, b) => sequence[a] - sequence[b]);
  }
  const [noBoarding, noAlighting] = [flags("pickup_type"), flags("drop_off_type")];
  return {
    starts,
    stops: Int32Array.from(order, (row) => stops[row]),
    // A call with one of its two times has it twice: it stops for no time.
    arrivals: Int32Array.from(order, (row) => (arrivals[row] === UNTIMED ? departures[row] : arrivals[row])),
    departures: Int32Array.from(order, (row) => (departures[row] === UNTIMED ? arrivals[row] : departures[row])),
    noBoarding: Uint8Array.from(order, (row) => noBoarding[row]),
    noAlighting: Uint8Array.from(order, (row) => noAlighting[row]),
    distances: Float64Array.from(order, (row) => distances[row]),
  };
}

/** Clock times as seconds; many calls share one. */
function times(table: Table, name: string): Int32Array {
  const column = texts(table, name);
  const known = new Map<string, number>();
  const seconds = new Int32Array(table.numRows);
  column.values.forEach((text, row) => {
    let value = known.get(text);
    if (value === undefined) {
      value = text === "" || (column.missing?.[row] ?? PRESENT) !== PRESENT ? UNTIMED : clockSeconds(text);
      known.set(text, value);
    }
    seconds[row] = value;
  });
  return seconds;
}

function frequencyColumns(table: Table | undefined, tripCodes: IdCoder): TransitFeed["frequencies"] {
  const exact = table?.columns["exact_times"] ? texts(table, "exact_times").values : [];
  return {
    trips: table ? tripCodes.codes(texts(table, "trip_id").values, "frequencies.txt", "trip_id") : new Int32Array(),
    from: table ? times(table, "start_time") : new Int32Array(),
    to: table ? times(table, "end_time") : new Int32Array(),
    headwaySeconds: Int32Array.from(table ? numbers(table, "headway_secs").values : []),
    exact: Uint8Array.from({ length: table?.numRows ?? 0 }, (_, row) => (exact[row] === "1" ? 1 : 0)),
  };
}

const narrowing = ["from_route_id", "to_route_id", "from_trip_id", "to_trip_id"] as const;

function transferColumns(table: Table | undefined, stopCodes: IdCoder): TransitFeed["transfers"] {
  const rows = Array.from({ length: table?.numRows ?? 0 }, (_, row) => row);
  const wide = rows.filter((row) =>
    narrowing.every((name) => !table?.columns[name] || texts(table, name).values[row] === ""),
  );
  const codes = (name: string): Int32Array =>
    table ? stopCodes.codes(texts(table, name).values, "transfers.txt", name) : new Int32Array();
  const [from, to] = [codes("from_stop_id"), codes("to_stop_id")];
  const types = table ? texts(table, "transfer_type").values : [];
  const seconds = table?.columns["min_transfer_time"] ? numbers(table, "min_transfer_time").values : null;
  return {
    from: Int32Array.from(wide, (row) => from[row]),
    to: Int32Array.from(wide, (row) => to[row]),
    types: Uint8Array.from(wide, (row) => Number(types[row] || 0)),
    minSeconds: Int32Array.from(wide, (row) => (seconds === null || Number.isNaN(seconds[row]) ? -1 : seconds[row])),
    narrow: rows.length - wide.length,
  };
}
