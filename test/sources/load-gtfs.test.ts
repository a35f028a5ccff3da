import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import type { GtfsFeed } from "../../src/sources/gtfs.ts";
import { gtfsFeeds } from "../../src/sources/gtfs.ts";
import { loadGtfs } from "../../src/sources/load-gtfs.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { refusal, type Scratch, scratch } from "../support/formats/refusals.ts";
import { writeZip } from "../support/formats.ts";
import { realData } from "../support/real-data.ts";

const base: Readonly<Record<string, string>> = {
  "stops.txt": "\uFEFFstop_id,stop_name,stop_lat,stop_lon,parent_station\nA,Un,47.2,-1.5,\nB,Deux,0,0,A\nC,Trois,,,\n",
  "routes.txt": "route_id,route_short_name,route_long_name,route_type\n1,7,,3\n",
  "trips.txt": "route_id,service_id,trip_id\n1,S,T\n",
  "stop_times.txt":
    "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\nT,08:00:00,08:00:00,A,1,0\nT,08:10:00,08:10:00,B,2,1\n",
  "calendar.txt":
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nS,1,1,1,1,1,0,0,20220301,20220630\n",
};

let place: Scratch;
let [feed, count]: [GtfsFeed, number] = [gtfsFeeds[0] as GtfsFeed, 0];
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const load = (changes: Readonly<Record<string, string | null>> = {}) => {
  const folder = place.path(`jeu${count++}`);
  mkdirSync(join(folder, "gtfs"), { recursive: true });
  const members = Object.entries({ ...base, ...changes }).flatMap(([name, content]) =>
    content === null ? [] : [{ name, content }],
  );
  feed = { ...feed, file: "gtfs/essai.zip" };
  writeFileSync(join(folder, feed.file), writeZip(members));
  return loadGtfs(openTerritory({ territory: "occitanie", data: folder }), feed);
};

describe("a feed as columns", () => {
  test("its tables, the optional columns that it has, its days, the stops that have no place, where it comes from", async () => {
    const found = await load();
    expect(Object.keys(found.tables)).toEqual(["stops", "routes", "trips", "stop_times", "calendar"]);
    expect(found.period).toEqual({ first: "2022-03-01", last: "2022-06-30" });
    expect(found.stopsWithoutCoordinates).toEqual(["B", "C"]);
    const { stops, stop_times: calls } = found.tables;
    if (!stops || !calls) throw new Error("pas de tables");
    expect(texts(stops, "parent_station").values).toEqual(["", "A", ""]);
    expect(Object.keys(stops.columns)).not.toContain("location_type");
    expect(texts(calls, "pickup_type").values).toEqual(["0", "1"]);
    expect(Array.from(numbers(calls, "stop_sequence").values)).toEqual([1, 2]);
    expect(found.lineage.map(({ file }) => file)).toEqual(["gtfs/essai.zip"]);
  });

  test("an optional table without a row is not there", async () => {
    const found = await load({
      "frequencies.txt": "trip_id,start_time,end_time,headway_secs\n",
      "transfers.txt": "from_stop_id,to_stop_id,transfer_type\r\n\r\n",
      "calendar_dates.txt": "service_id,date,exception_type\n",
    });
    expect(Object.keys(found.tables)).toEqual(["stops", "routes", "trips", "stop_times", "calendar"]);
  });

  test.each<[string, Readonly<Record<string, string | null>>, RegExp]>([
    ["without calendar", { "calendar.txt": null }, /calendar\.txt/],
    ["without calls", { "stop_times.txt": null }, /stop_times\.txt/],
    ["no stop at all", { "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n" }, /essai\.zip/],
    [
      "a latitude of 470",
      { "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nA,Un,470,-1.5\n" },
      /470.*ligne 2.*stop_lat/,
    ],
    [
      "an hour that is none",
      { "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,8h,08:00:00,A,1\n" },
      /8h.*ligne 2.*arrival_time/,
    ],
    [
      "a call twice",
      {
        "stop_times.txt":
          "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,08:00:00,08:00:00,A,1\nT,08:10:00,08:10:00,B,1\n",
      },
      /en double.*T 1/,
    ],
    [
      "boarding of a kind that is none",
      {
        "stop_times.txt":
          "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type\nT,08:00:00,08:00:00,A,1,9\n",
      },
      /9.*ligne 2.*pickup_type/,
    ],
  ])("refused in words: %s", async (_, changes, words) => {
    expect((await refusal(() => load(changes))).message).toMatch(words);
  });

  test("a feed that is not in the catalogue, or not in the folder", async () => {
    expect((await refusal(() => loadGtfs(openTerritory(), "gtfs-lune"))).message).toMatch(/gtfs-lune.*gtfs-urbain/);
    expect((await refusal(() => loadGtfs(openTerritory(), "gtfs-star"))).message).toMatch(/introuvable/);
  });

  test.skipIf(realData === null)(
    "Porto Alegre: lines that end in two ways, columns that are empty throughout",
    async () => {
      const territory = openTerritory({ territory: "occitanie", data: realData ?? "." });
      const train = await loadGtfs(territory, "gtfs-porto-alegre-train");
      expect(train.tables.calendar_dates).toBeUndefined();
      expect(train.tables.stop_times?.numRows).toBe(14_855);
      expect(train.stopsWithoutCoordinates).toEqual([]);
      const bus = await loadGtfs(territory, "gtfs-porto-alegre-bus");
      expect([bus.tables.stops?.numRows, bus.tables.stop_times?.numRows]).toEqual([3986, 130_019]);
    },
  );
});
