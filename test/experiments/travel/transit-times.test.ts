import { describe, expect, test } from "vitest";
import { withWorkers } from "../../../src/engine/workers.ts";
import { transitTimes } from "../../../src/experiments/travel/transit-times.ts";
import { transitWalks } from "../../../src/experiments/travel/transit-walks.ts";
import type { TravelPoints } from "../../../src/experiments/travel/travel-times.ts";
import { greatCircleKm } from "../../../src/models/access/great-circle.ts";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { type StreetGraph, streetGraph } from "../../../src/models/streets/street-graph.ts";
import { clockSeconds } from "../../../src/models/transit/clock.ts";
import { timetable } from "../../../src/models/transit/timetable.ts";
import { transitFeed } from "../../../src/models/transit/transit-feed.ts";
import { sources } from "../../../src/sources/catalogue.ts";
import { loadGtfs } from "../../../src/sources/load-gtfs.ts";
import { loadRoads } from "../../../src/sources/load-roads.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";
import { feedOf } from "../../support/transit-feeds.ts";

/** A straight street along the stops of the small feed, a node at each, 11.1 km apart, walked at 3.6 km/h. */
function straightStreet(): StreetGraph {
  const lat = Float64Array.of(47.01, 47.11, 47.21, 47.31, 47.41);
  const lon = new Float64Array(5).fill(-1.5);
  const heads = Int32Array.of(1, 0, 2, 1, 3, 2, 4, 3);
  const tails = Int32Array.of(0, 1, 1, 2, 2, 3, 3, 4);
  const metres = Float64Array.from(heads, (head, i) => 1000 * greatCircleKm(-1.5, lat[head], -1.5, lat[tails[i]]));
  return { mode: "walk", lon, lat, starts: Int32Array.of(0, 1, 3, 5, 7, 8), heads, metres, seconds: metres };
}

const points = (places: Readonly<Record<string, number>>): TravelPoints => ({
  ids: Object.keys(places),
  lon: new Float64Array(Object.keys(places).length).fill(-1.5),
  lat: Float64Array.from(Object.values(places)),
});

describe("a street and a bus", () => {
  const feed = feedOf();
  const day = timetable(feed, "2022-03-01");
  const streets = straightStreet();
  // 0.001 degree of latitude is 111.2 m.
  const homes = points({ atA: 47.01, nearA: 47.011, far: 40 });
  const jobs = points({ atC: 47.21, atA: 47.01 });
  const window = { from: clockSeconds("07:55"), to: clockSeconds("08:05"), everySeconds: 60 };

  test("walk, bus, walk; the percentile counts the departures that miss the only bus", async () => {
    const found = await transitTimes(streets, day, homes, jobs, { window, percentiles: [10, 50, 60, 70] });
    const [p10, p50, p60, p70] = found.percentiles.map(({ minutes }) => Array.from(minutes));
    // From A: departures 7:55 to 8:00 arrive at 8:20, in 20 to 25 minutes; the four others miss the bus.
    expect([p10?.[0], p50?.[0], p60?.[0], p70?.[0]]).toEqual([20, 24, 25, Number.POSITIVE_INFINITY]);
    // 111.2 m away, those who leave at 7:59 or later miss it, and wait 111.2 s less before it.
    expect([p10?.[2], p50?.[2]]).toEqual([22, Number.POSITIVE_INFINITY]);
    expect(p50?.[1]).toBe(0);
    expect(p50?.[3]).toBeCloseTo(111.19508 / 60, 6);
    expect(p50?.slice(4)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(found.percentiles[0]?.unattached.origins).toMatchObject([{ id: "far" }]);
    expect(found.report).toMatchObject({
      date: "2022-03-01",
      trips: 1,
      connections: 2,
      departures: 10,
      originsWithoutStop: ["far"],
      destinationsWithoutStop: [],
      unattachedStops: [],
    });
  });

  test("the way back has no bus", async () => {
    const found = await transitTimes(streets, day, homes, jobs, { window, direction: "return" });
    expect(found.percentiles[0]?.minutes[0]).toBe(Number.POSITIVE_INFINITY);
    const other = timetable(
      feedOf({
        stop_times: [
          "trip_id,arrival_time,departure_time,stop_id,stop_sequence",
          "T1,08:00:00,08:00:00,C,1",
          "T1,08:20:00,08:20:00,A,2",
        ],
      }),
      "2022-03-01",
    );
    const walks = transitWalks({ streets, stops: other.stops, origins: homes, destinations: jobs });
    const back = await transitTimes(streets, other, homes, jobs, {
      window,
      direction: "return",
      percentiles: [10],
      walks,
    });
    expect(back.percentiles[0]?.minutes[0]).toBe(20);
    expect(back.percentiles[0]?.minutes[2]).toBeCloseTo(20 + 112 / 60, 9);
  });

  test("a stop at (0, 0) is ridden to, not walked to, and listed", async () => {
    const lost = timetable(
      feedOf({
        stops: [
          "stop_id,stop_name,stop_lat,stop_lon",
          "A,A,47.01,-1.5",
          "B,B,0,0",
          "C,C,47.21,-1.5",
          "D,D,,",
          "E,E,47.41,-1.5",
        ],
      }),
      "2022-03-01",
    );
    const found = await transitTimes(streets, lost, homes, jobs, { window, percentiles: [10] });
    expect(found.percentiles[0]?.minutes[0]).toBe(20);
    expect(found.report.stopsWithoutCoordinates).toEqual(["B", "D"]);
    expect(found.report.unattachedStops.map(({ id }) => id)).toEqual(["B", "D"]);
  });

  test("refused in words: streets of cars, a walk without length, a window without departure", async () => {
    const ask = (graph: StreetGraph, options: object) => transitTimes(graph, day, homes, jobs, { window, ...options });
    await expect(ask({ ...streets, mode: "car" }, {})).rejects.toThrow(/piétons/);
    await expect(ask(streets, { accessMinutes: 0 })).rejects.toThrow(/Durée de marche impossible.*0/);
    await expect(ask(streets, { window: { ...window, to: window.from } })).rejects.toThrow(/Fenêtre de départs/);
    await expect(ask(streets, { percentiles: [0] })).rejects.toThrow(/Centile impossible/);
    await expect(ask(streets, { maxMinutes: 0 })).rejects.toThrow(/Durée maximale/);
  });
});

const territory = openTerritory({ territory: "occitanie", data: realData ?? "." });
const portoAlegre = async () => {
  const feeds = await Promise.all(
    ["gtfs-porto-alegre-bus", "gtfs-porto-alegre-train"].map(async (id) => transitFeed(await loadGtfs(territory, id))),
  );
  const contract = sources().find(({ id }) => id === "osm-porto-alegre");
  if (!contract) throw new Error("pas de rues");
  return { feeds, streets: streetGraph(await loadRoads(territory, contract), streetProfile("walk")) };
};

describe.skipIf(realData === null)("Porto Alegre, Monday 13 May 2019 at 14 h", () => {
  test("the same bits with no thread, one and two; both ways", async () => {
    const { feeds, streets } = await portoAlegre();
    const day = timetable(feeds, "2019-05-13");
    expect(day.report).toMatchObject({ stops: 4010, trips: 2903, connections: 133_463, stopsWithoutCoordinates: [] });
    expect(day.report.calls).toMatchObject({ byGreatCircle: 125_271, byDistance: 0, evenly: 0, decreasing: 0 });
    const some = day.stops.ids.flatMap((_, stop) => (stop % 60 === 0 ? [stop] : []));
    const places: TravelPoints = {
      ids: some.map((stop) => day.stops.ids[stop] as string),
      lon: Float64Array.from(some, (stop) => day.stops.lon[stop]),
      lat: Float64Array.from(some, (stop) => day.stops.lat[stop]),
    };
    const walks = transitWalks({ streets, stops: day.stops, origins: places, destinations: places });
    const window = { from: clockSeconds("14:00"), to: clockSeconds("15:00"), everySeconds: 300 };
    for (const direction of ["outward", "return"] as const) {
      const ask = (threads: number) =>
        threads === 0
          ? transitTimes(streets, day, places, places, { window, direction, walks, percentiles: [25, 50] })
          : withWorkers(
              (pool) =>
                transitTimes(streets, day, places, places, { window, direction, walks, percentiles: [25, 50], pool }),
              { size: threads },
            );
      const [none, one, two] = [await ask(0), await ask(1), await ask(2)];
      expect(one).toEqual(none);
      expect(two).toEqual(none);
      const [quarter, median] = none.percentiles;
      const reached = median?.minutes.filter((minutes) => minutes < 1e9) as Float64Array;
      // The roads are those of the centre: a third of the stops of the network stand beyond them.
      const attached = places.ids.length - (median?.unattached.origins.length as number);
      expect(attached).toBeGreaterThan(40);
      expect(reached.length).toBeGreaterThan(0.9 * attached ** 2);
      expect(median?.minutes.some(Number.isNaN)).toBe(false);
      expect(quarter?.minutes.every((minutes, i) => minutes <= (median?.minutes[i] as number))).toBe(true);
    }
  }, 180_000);
});
