import { describe, expect, test } from "vitest";
import { greatCircleKm } from "../../../src/models/access/great-circle.ts";
import { clockSeconds } from "../../../src/models/transit/clock.ts";
import {
  arrivalScratch,
  earliestArrivals,
  latestDepartures,
  UNREACHED,
} from "../../../src/models/transit/earliest-arrivals.ts";
import { type Network, reverseNetwork } from "../../../src/models/transit/network.ts";
import { type Timetable, timetable } from "../../../src/models/transit/timetable.ts";
import { withWalks } from "../../../src/models/transit/transfers.ts";
import { type TransitFeed, transitFeed } from "../../../src/models/transit/transit-feed.ts";
import { transitMatrix } from "../../../src/models/transit/transit-matrix.ts";
import { loadGtfs } from "../../../src/sources/load-gtfs.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";
import { bruteArrivals, type Call, type Rules, runsOf } from "../../support/transit-brute-force.ts";
import { reachOf } from "./random-networks.ts";

const CENTRE = { lon: -51.2287, lat: -30.0277 };
const [FROM, TO] = [clockSeconds("14:00"), clockSeconds("15:00")];

async function feeds(): Promise<TransitFeed[]> {
  const territory = openTerritory({ territory: "occitanie", data: realData ?? "." });
  const ids = ["gtfs-porto-alegre-bus", "gtfs-porto-alegre-train"];
  return Promise.all(ids.map(async (id) => transitFeed(await loadGtfs(territory, id))));
}

/** Straight walks of at most 300 m between the stops of a list, at 3.6 km/h. */
function shortWalks(day: Timetable, stops: readonly number[]): [number, number, number][] {
  return stops.flatMap((a) =>
    stops.flatMap((b): [number, number, number][] => {
      const metres = 1000 * greatCircleKm(day.stops.lon[a], day.stops.lat[a], day.stops.lon[b], day.stops.lat[b]);
      return a !== b && metres <= 300 ? [[a, b, metres]] : [];
    }),
  );
}

describe.skipIf(realData === null)("the centre of Porto Alegre, Monday 13 May 2019, 14 h to 15 h", () => {
  test("every stop within 3 km, every departure: the same second as a plain search; out, back, latest departures", async () => {
    const day = timetable(await feeds(), "2019-05-13", { changeSeconds: 60 });
    const central = day.stops.ids.flatMap((_, stop) =>
      greatCircleKm(day.stops.lon[stop], day.stops.lat[stop], CENTRE.lon, CENTRE.lat) <= 3 ? [stop] : [],
    );
    expect(central.length).toBeGreaterThan(200);
    const walks = shortWalks(day, central);
    expect(walks.length).toBeGreaterThan(500);
    const network: Network = { ...day, footpaths: withWalks(day.footpaths, reachOf(day.stops.ids.length, walks)) };
    // The plain search sees the calls between 14 h and 15 h, those out of the centre too; so does the other, by its access and its latest arrival.
    const runs: Call[][] = runsOf(day).flatMap((calls) => {
      const own = calls.filter(({ arrival, departure }) => departure >= FROM && arrival <= TO);
      return own.length > 1 ? [own] : [];
    });
    expect(runs.length).toBeGreaterThan(500);
    const rules: Rules = {
      stops: day.stops.ids.length,
      runs,
      change: () => 60,
      walks: walks.map(([a, b, seconds]) => [a, b, Math.ceil(seconds)]),
    };
    const scratch = arrivalScratch(network);
    const access = new Float64Array(day.stops.ids.length).fill(Number.POSITIVE_INFINITY);
    let reached = 0;
    const starts = central.filter((_, i) => i % 25 === 0);
    for (const start of starts)
      for (const departure of [FROM, FROM + 613, FROM + 1800]) {
        access[start] = 45.5;
        const found = earliestArrivals(network, access, departure, { latest: TO }, scratch);
        const plain = bruteArrivals(rules, [[start, 46]], departure);
        for (const stop of central) {
          const expected = plain[stop] === Number.POSITIVE_INFINITY ? UNREACHED : plain[stop];
          if (found.byRun[stop] !== expected)
            throw new Error(`${day.stops.ids[start]} ${departure} ${day.stops.ids[stop]}`);
          if (expected !== UNREACHED) reached++;
        }
        access[start] = Number.POSITIVE_INFINITY;
      }
    expect(reached).toBeGreaterThan(starts.length * 300);

    // Latest departures: at that second one arrives in time, a second later one does not.
    const reversed = reverseNetwork(network);
    const goal = central[40] as number;
    access[goal] = 0;
    const latest = latestDepartures(reversed, access, TO - 900);
    access[goal] = Number.POSITIVE_INFINITY;
    for (const stop of starts) {
      const leaves = latest.byRun[stop] as number;
      if (!(leaves >= FROM)) continue;
      expect(bruteArrivals(rules, [[stop, 0]], leaves)[goal]).toBeLessThanOrEqual(TO - 900);
      expect(bruteArrivals(rules, [[stop, 0]], leaves + 1)[goal]).toBeGreaterThan(TO - 900);
    }

    // A window, both ways, between some stops: the sorted times of each departure.
    const [homes, jobs] = [starts.slice(0, 4), starts.slice(5, 9)];
    const places = (stops: readonly number[]) =>
      reachOf(
        stops.length,
        stops.flatMap(
          (stop, row) =>
            [[row, stop, 30.2], ...near(walks, stop).map(([to, s]) => [row, to, s + 30])] as [number, number, number][],
        ),
      );
    const [atHome, atWork] = [places(homes), places(jobs)];
    const window = { from: FROM, to: FROM + 900, everySeconds: 180 };
    for (const direction of ["outward", "return"] as const) {
      const [median] = transitMatrix({
        network: day,
        access: atHome,
        egress: atWork,
        transfers: reachOf(day.stops.ids.length, walks),
        walk: null,
        window,
        direction,
        percentiles: [50],
        maxMinutes: 45,
      });
      const ends = (reach: typeof atHome, row: number): [number, number][] =>
        Array.from(reach.targets.subarray(reach.starts[row], reach.starts[row + 1]), (stop, i) => [
          stop,
          Math.ceil(reach.seconds[reach.starts[row] + i]),
        ]);
      homes.forEach((_, home) => {
        jobs.forEach((__, job) => {
          const sides = [ends(atHome, home), ends(atWork, job)] as const;
          const [start, end] = direction === "outward" ? sides : [sides[1], sides[0]];
          const times = [0, 1, 2, 3, 4]
            .map((k) => {
              const leaving = FROM + 180 * k;
              const plain = bruteArrivals(rules, start, leaving);
              const took = Math.min(...end.map(([stop, last]) => (plain[stop] as number) + last - leaving)) / 60;
              return took <= 45 ? took : Number.POSITIVE_INFINITY;
            })
            .sort((a, b) => a - b);
          expect(median?.[home * jobs.length + job]).toBe(times[2]);
        });
      });
    }
  }, 300_000);

  test("a day outside the service of the buses is an error that names a near one", async () => {
    const both = await feeds();
    expect(() => timetable(both, "2019-08-05")).toThrow(
      /Aucun service ce jour.*Bus de Porto Alegre.*lundi 15 juillet 2019/,
    );
    expect(() => timetable(both, "2019-05-12")).toThrow(/vendredi 10 mai 2019 et lundi 13 mai 2019/);
    const train = timetable(both, "2019-08-05", { withoutService: "report" });
    expect(train.report.feedsWithoutService).toEqual(["Bus de Porto Alegre (banc d'essai)"]);
  }, 60_000);
});

const near = (walks: readonly (readonly [number, number, number])[], from: number): [number, number][] =>
  walks.flatMap(([a, b, seconds]): [number, number][] => (a === from ? [[b, seconds]] : []));
