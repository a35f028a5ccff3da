import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { bytes, json, parseRows } from "./written.ts";

type Row = Record<string, string>;
const open = (file: string): Record<string, Row[]> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes(file))).map(([name, content]) => [
      name.replace(".txt", ""),
      parseRows(strFromU8(content), ","),
    ]),
  );
const feeds = { urbain: open("gtfs/urbain.zip"), regional: open("gtfs/regional.zip") };

interface Journey {
  readonly date: string;
  readonly de: string;
  readonly a: string;
  readonly depart_au_plus_tot: string;
  readonly arrivee: string | null;
}
const truth = json<
  Record<"urbain" | "regional", Journey[]> & {
    horaires_a_interpoler: { course: string; arrets: { arret: string; metres: number; heure: string | null }[] };
  }
>("verite/voyages.json");

const seconds = (time: string): number => {
  const [h = 0, m = 0, s = 0] = time.split(":").map(Number);
  return 3600 * h + 60 * m + s;
};
const weekday = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Earliest arrivals by relaxing every ride of the day until nothing changes: another way than the generator's single pass. */
function arrivals(feed: Record<string, Row[]>, date: string, from: string, leaving: number): Map<string, number> {
  const day = weekday[new Date(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T12:00:00Z`).getUTCDay()];
  const exceptions = (feed["calendar_dates"] ?? []).filter((row) => row["date"] === date);
  const running = new Set(
    (feed["calendar"] ?? [])
      .filter((row) => {
        const exception = exceptions.find((one) => one["service_id"] === row["service_id"]);
        if (exception) return exception["exception_type"] === "1";
        return row[day] === "1" && date >= row["start_date"] && date <= row["end_date"];
      })
      .map((row) => row["service_id"]),
  );
  const trips = new Map(
    (feed["trips"] ?? []).filter((row) => running.has(row["service_id"])).map((row) => [row["trip_id"], [] as Row[]]),
  );
  for (const row of feed["stop_times"] ?? []) if (row["arrival_time"] !== "") trips.get(row["trip_id"])?.push(row);
  const rides: { stop: string; arrival: number; departure: number }[][] = [];
  for (const [id, visits] of trips) {
    const line = visits.map((row) => ({
      stop: row["stop_id"],
      arrival: seconds(row["arrival_time"]),
      departure: seconds(row["departure_time"]),
    }));
    const repeats = (feed["frequencies"] ?? []).filter((row) => row["trip_id"] === id);
    if (repeats.length === 0) rides.push(line);
    for (const row of repeats) {
      const first = line[0]?.departure ?? 0;
      for (
        let start = seconds(row["start_time"]);
        start < seconds(row["end_time"]);
        start += Number(row["headway_secs"])
      ) {
        const shift = start - first;
        rides.push(line.map((v) => ({ ...v, arrival: v.arrival + shift, departure: v.departure + shift })));
      }
    }
  }
  // Reached by a vehicle (or the start): only from there may one walk.
  const ridden = new Map<string, number>([[from, leaving]]);
  const at = (stop: string): number => {
    let best = ridden.get(stop) ?? Number.POSITIVE_INFINITY;
    for (const row of feed["transfers"] ?? [])
      if (row["to_stop_id"] === stop)
        best = Math.min(
          best,
          (ridden.get(row["from_stop_id"]) ?? Number.POSITIVE_INFINITY) + Number(row["min_transfer_time"]),
        );
    return best;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const ride of rides) {
      let aboard = false;
      for (const { stop, arrival, departure } of ride) {
        if (aboard && arrival < (ridden.get(stop) ?? Number.POSITIVE_INFINITY)) {
          ridden.set(stop, arrival);
          changed = true;
        }
        if (at(stop) <= departure) aboard = true;
      }
    }
  }
  const found = new Map(ridden);
  for (const row of feed["stops"] ?? []) {
    const best = at(row["stop_id"]);
    if (best < Number.POSITIVE_INFINITY) found.set(row["stop_id"], best);
  }
  return found;
}

describe("the two transport feeds", () => {
  test.each(["urbain", "regional"] as const)("%s: references hold, times do not go back, one time zone", (name) => {
    const feed = feeds[name];
    const ids = (table: string, column: string): Set<string> => new Set(feed[table].map((row) => row[column]));
    const [stops, trips, routes, services] = [
      ids("stops", "stop_id"),
      ids("trips", "trip_id"),
      ids("routes", "route_id"),
      ids("calendar", "service_id"),
    ];
    expect(feed["trips"].every((row) => routes.has(row["route_id"]) && services.has(row["service_id"]))).toBe(true);
    expect(feed["stop_times"].every((row) => trips.has(row["trip_id"]) && stops.has(row["stop_id"]))).toBe(true);
    expect(feed["transfers"].every((row) => stops.has(row["from_stop_id"]) && stops.has(row["to_stop_id"]))).toBe(true);
    expect(feed["stops"].every((row) => row["parent_station"] === "" || stops.has(row["parent_station"]))).toBe(true);
    expect(ids("agency", "agency_timezone")).toEqual(new Set(["Europe/Paris"]));
    let [trip, last] = ["", 0];
    for (const row of feed["stop_times"]) {
      if (row["trip_id"] !== trip) [trip, last] = [row["trip_id"], 0];
      if (row["arrival_time"] === "") continue;
      expect(seconds(row["arrival_time"])).toBeGreaterThanOrEqual(last);
      expect(seconds(row["departure_time"])).toBeGreaterThanOrEqual(seconds(row["arrival_time"]));
      last = seconds(row["departure_time"]);
    }
  });

  test("what makes them hard is there", () => {
    const { urbain, regional } = feeds;
    expect(urbain["stop_times"].some((row) => row["arrival_time"] >= "24")).toBe(true);
    expect(urbain["frequencies"].every((row) => row["exact_times"] === "1")).toBe(true);
    expect(new Set(urbain["calendar_dates"].map((row) => row["exception_type"]))).toEqual(new Set(["1", "2"]));
    const without = regional["stop_times"].filter((row) => row["arrival_time"] === "").length;
    expect(without / regional["stop_times"].length).toBeGreaterThan(0.5);
    expect(regional["agency"].length).toBe(2);
    for (const { trip_id } of regional["trips"]) {
      const visits = regional["stop_times"].filter((row) => row["trip_id"] === trip_id);
      expect(visits[0]["arrival_time"]).not.toBe("");
      expect(visits[visits.length - 1]["arrival_time"]).not.toBe("");
    }
    const example = truth.horaires_a_interpoler;
    expect(
      regional["stop_times"]
        .filter((row) => row["trip_id"] === example.course)
        .map((row) => ({
          arret: row["stop_id"],
          metres: Number(row["shape_dist_traveled"]),
          heure: row["arrival_time"] || null,
        })),
    ).toEqual(example.arrets);
  });

  test.each(["urbain", "regional"] as const)("%s: the planted journeys are found again", (name) => {
    const found = truth[name].map((journey) => {
      const best = arrivals(feeds[name], journey.date, journey.de, seconds(journey.depart_au_plus_tot)).get(journey.a);
      return best ?? null;
    });
    expect(found).toEqual(truth[name].map(({ arrivee }) => (arrivee === null ? null : seconds(arrivee))));
    expect(found.some((time) => time === null)).toBe(true);
    expect(found.some((time) => time !== null && time > 86_400)).toBe(true);
  });
});
