import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { clockSeconds, clockText } from "../../../src/models/transit/clock.ts";
import { earliestArrivals } from "../../../src/models/transit/earliest-arrivals.ts";
import { noCallCounts, timedCalls } from "../../../src/models/transit/interpolate-calls.ts";
import { type Timetable, timetable } from "../../../src/models/transit/timetable.ts";
import { type TransitFeed, transitFeed, UNTIMED } from "../../../src/models/transit/transit-feed.ts";
import { loadGtfs } from "../../../src/sources/load-gtfs.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

interface Journey {
  readonly date: string;
  readonly de: string;
  readonly a: string;
  readonly depart_au_plus_tot: string;
  readonly arrivee: string | null;
}
const truth = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../data-samples/verite/voyages.json"), "utf8"),
) as Record<"urbain" | "regional", Journey[]> & {
  horaires_a_interpoler: { course: string; arrets: { arret: string; metres: number; heure: string | null }[] };
};

const load = async (name: string): Promise<TransitFeed> => transitFeed(await loadGtfs(openTerritory(), `gtfs-${name}`));

/** The rule of the truth leaves out stops without a time: they are taken out of the calls. */
function timedOnly(feed: TransitFeed): TransitFeed {
  const { calls } = feed;
  const rows = Array.from(calls.arrivals.keys()).filter((row) => calls.arrivals[row] !== UNTIMED);
  const before = new Int32Array(calls.arrivals.length + 1);
  for (let row = 0; row < calls.arrivals.length; row++)
    before[row + 1] = before[row] + Number(calls.arrivals[row] !== UNTIMED);
  return {
    ...feed,
    calls: {
      starts: calls.starts.map((row) => before[row] as number),
      stops: Int32Array.from(rows, (row) => calls.stops[row]),
      arrivals: Int32Array.from(rows, (row) => calls.arrivals[row]),
      departures: Int32Array.from(rows, (row) => calls.departures[row]),
      noBoarding: Uint8Array.from(rows, (row) => calls.noBoarding[row]),
      noAlighting: Uint8Array.from(rows, (row) => calls.noAlighting[row]),
      distances: Float64Array.from(rows, (row) => calls.distances[row]),
    },
  };
}

describe("the journeys planted in the sample", () => {
  test.each(["urbain", "regional"] as const)("%s: each is found to the second", async (name) => {
    const feed = timedOnly(await load(name));
    const idle: string[] = [];
    const found = truth[name].map((journey) => {
      let day: Timetable;
      try {
        day = timetable(feed, journey.date);
      } catch (error) {
        expect((error as Error).message).toContain("Aucun service ce jour");
        idle.push(journey.date);
        return null;
      }
      const leaving = clockSeconds(journey.depart_au_plus_tot);
      const { ids } = day.stops;
      const walksFrom = (stop: number): (readonly [number, number])[] =>
        Array.from(day.footpaths.targets.keys())
          .filter((walk) => walk >= day.footpaths.starts[stop] && walk < day.footpaths.starts[stop + 1])
          .map((walk) => [day.footpaths.targets[walk], day.footpaths.seconds[walk]] as const);
      // One is at the first stop, or walks from it by transfers.txt; the last walk may be one of transfers.txt too.
      const access = new Float64Array(ids.length).fill(Number.POSITIVE_INFINITY);
      access[ids.indexOf(journey.de)] = 0;
      for (const [stop, seconds] of walksFrom(ids.indexOf(journey.de))) access[stop] = seconds;
      const { ready } = earliestArrivals(day, access, leaving);
      const arrival = ready[ids.indexOf(journey.a)];
      return arrival === 2 ** 31 - 1 ? null : clockText(arrival);
    });
    expect(found).toEqual(truth[name].map(({ arrivee }) => arrivee));
    // A Sunday of the coaches is refused as a day, rather than searched in vain.
    expect(idle).toEqual(name === "urbain" ? [] : ["20220306"]);
  });

  test("untimed calls are placed by the distances of the feed", async () => {
    const feed = await load("regional");
    const { course, arrets } = truth.horaires_a_interpoler;
    const counts = noCallCounts();
    const calls = timedCalls(feed, feed.trips.ids.indexOf(course), counts);
    const timed = arrets.flatMap(({ heure }, i) => (heure === null ? [] : [i]));
    const expected = arrets.map(({ metres, heure }, i) => {
      if (heure !== null) return clockSeconds(heure);
      const before = timed.filter((k) => k < i).at(-1) as number;
      const after = timed.find((k) => k > i) as number;
      const [a, b] = [arrets[before], arrets[after]] as [(typeof arrets)[0], (typeof arrets)[0]];
      // The coach waits there before it goes on: the way begins at its departure.
      const start = Math.max(clockSeconds(a.heure as string), calls?.departures[before] as number);
      const end = clockSeconds(b.heure as string);
      return Math.round(start + ((end - start) * (metres - a.metres)) / (b.metres - a.metres));
    });
    expect(Array.from(calls?.arrivals ?? [])).toEqual(expected);
    expect(counts).toMatchObject({ byDistance: 14, byGreatCircle: 0, evenly: 0, decreasing: 0 });
  });
});
