import type { TransitFeed } from "./transit.ts";
import { csv } from "./writing.ts";
import { zip } from "./zip.ts";

/** "25:10:00" from seconds; "" when unknown. Hours pass 24 for a trip of the day before. */
export function gtfsTime(seconds: number | null): string {
  if (seconds === null) return "";
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** A feed as its ZIP: the files of the GTFS reference, `,`, one agency file with one time zone. */
export function writeGtfs(feed: TransitFeed): Uint8Array {
  const table = (header: readonly string[], rows: Iterable<readonly (string | number)[]>): string =>
    csv(header, rows, { separator: ",", lineEnd: "\r\n" });
  const repeated = feed.trips.filter(({ repeats }) => repeats);
  const members: [string, string][] = [
    [
      "agency.txt",
      table(
        ["agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang"],
        feed.agencies.map(({ id, name }) => [id, name, "https://exemple.invalid/", "Europe/Paris", "fr"]),
      ),
    ],
    [
      "feed_info.txt",
      table(
        ["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version"],
        [["Données SYNTHÉTIQUES d'Armorelle", "https://exemple.invalid/", "fr", "synthetique"]],
      ),
    ],
    [
      "stops.txt",
      table(
        ["stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station"],
        feed.stops.map(({ id, name, lat, lon, kind, parent }) => [id, name, lat, lon, kind, parent]),
      ),
    ],
    [
      "routes.txt",
      table(
        ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type"],
        feed.routes.map(({ id, agency, shortName, longName, type }) => [id, agency, shortName, longName, type]),
      ),
    ],
    [
      "trips.txt",
      table(
        ["route_id", "service_id", "trip_id", "trip_headsign", "direction_id"],
        feed.trips.map(({ id, route, service, direction, headsign }) => [route, service, id, headsign, direction]),
      ),
    ],
    [
      "stop_times.txt",
      table(
        ["trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "shape_dist_traveled", "timepoint"],
        feed.trips.flatMap(({ id, visits }) =>
          visits.map(({ stop, arrival, departure, km }, i) => [
            id,
            gtfsTime(arrival),
            gtfsTime(departure),
            stop,
            i + 1,
            Math.round(1000 * km),
            arrival === null ? 0 : 1,
          ]),
        ),
      ),
    ],
    [
      "calendar.txt",
      table(
        ["service_id", ...days, "start_date", "end_date"],
        feed.services.map(({ id, days: on, start, end }) => [id, ...on, start, end]),
      ),
    ],
    [
      "calendar_dates.txt",
      table(
        ["service_id", "date", "exception_type"],
        feed.services.flatMap(({ id, exceptions }) => exceptions.map(([date, kind]) => [id, date, kind])),
      ),
    ],
    [
      "transfers.txt",
      table(
        ["from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"],
        feed.transfers.map(({ from, to, seconds }) => [from, to, 2, seconds]),
      ),
    ],
  ];
  if (repeated.length > 0)
    members.push([
      "frequencies.txt",
      table(
        ["trip_id", "start_time", "end_time", "headway_secs", "exact_times"],
        repeated.flatMap(({ id, repeats = [] }) =>
          repeats.map(({ from, until, headway }) => [id, gtfsTime(from), gtfsTime(until), headway, 1]),
        ),
      ),
    ]);
  return zip(members);
}
