import { describe, expect, test } from "vitest";
import type { Reach } from "../../../src/models/streets/reach.ts";
import { clockSeconds } from "../../../src/models/transit/clock.ts";
import { earliestArrivals } from "../../../src/models/transit/earliest-arrivals.ts";
import { mergeFeeds } from "../../../src/models/transit/merge-feeds.ts";
import { type Timetable, timetable } from "../../../src/models/transit/timetable.ts";
import { withWalks } from "../../../src/models/transit/transfers.ts";
import { transitMatrix } from "../../../src/models/transit/transit-matrix.ts";
import { accessAt, feedOf } from "../../support/transit-feeds.ts";
import { reachOf } from "./random-networks.ts";

const header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence";
const none = (day: Timetable): Reach => reachOf(day.stops.ids.length, []);

/** Minutes from a stop to another, both at the door, over one departure, out and back; and by the search of one departure. */
function minutes(day: Timetable, transfers: Reach, from: string, to: string, at: string): (number | undefined)[] {
  const departure = clockSeconds(at);
  const place = (id: string): Reach => reachOf(1, [[0, day.stops.ids.indexOf(id), 0]]);
  const ask = (direction: "outward" | "return"): number | undefined =>
    transitMatrix({
      network: day,
      access: place(direction === "outward" ? from : to),
      egress: place(direction === "outward" ? to : from),
      transfers,
      walk: null,
      window: { from: departure, to: departure + 60, everySeconds: 60 },
      direction,
      percentiles: [50],
    })[0]?.[0];
  const network = { ...day, footpaths: withWalks(day.footpaths, transfers) };
  const arrival = earliestArrivals(network, accessAt(day.stops.ids, [from, 0]), departure).byRun;
  return [ask("outward"), ask("return"), (arrival[day.stops.ids.indexOf(to)] - departure) / 60];
}

describe("rides that take no time", () => {
  test("lead on to a run that stands before them in the feed, in a chain of any order", () => {
    // One reaches C, then D, then E within 8:10, by runs given in the opposite order.
    const day = timetable(
      feedOf({
        trips: ["route_id,service_id,trip_id", "R,S,T0", "R,S,T1", "R,S,T2", "R,S,T3"],
        stop_times: [
          header,
          ...["T0,08:10:00,08:10:00,E,1", "T0,08:20:00,08:20:00,A,2"],
          ...["T1,08:10:00,08:10:00,D,1", "T1,08:10:00,08:10:00,E,2"],
          ...["T2,08:10:00,08:10:00,C,1", "T2,08:10:00,08:10:00,D,2"],
          ...["T3,08:10:00,08:10:00,B,1", "T3,08:10:00,08:10:00,C,2"],
        ],
      }),
      "2022-03-01",
    );
    expect(minutes(day, none(day), "B", "A", "08:00")).toEqual([20, 20, 20]);
    expect(minutes(day, none(day), "B", "E", "08:05")).toEqual([5, 5, 5]);
  });

  test("do not bring back along their own run", () => {
    const day = timetable(
      feedOf({
        stop_times: [header, ...["T1,08:10:00,08:10:00,A,1", "T1,08:10:00,08:10:00,B,2", "T1,08:10:00,08:10:00,C,3"]],
      }),
      "2022-03-01",
    );
    expect(minutes(day, none(day), "B", "C", "08:00")).toEqual([10, 10, 10]);
    expect(minutes(day, none(day), "B", "A", "08:00").slice(0, 2)).toEqual([Infinity, Infinity]);
  });
});

describe("walks that cross", () => {
  // From A at 8:00 one alights at B at 8:10, then at C at 8:12. To D: 10 minutes from B, 3 from C.
  const crossing = (leaves: string): Timetable =>
    timetable(
      feedOf({
        trips: ["route_id,service_id,trip_id", "R,S,T1", "Q,S,T2"],
        stop_times: [
          header,
          ...["T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2", "T1,08:12:00,08:12:00,C,3"],
          ...[`T2,${leaves},${leaves},D,1`, "T2,08:30:00,08:30:00,E,2"],
        ],
      }),
      "2022-03-01",
    );
  const walks = reachOf(5, [
    [1, 3, 600],
    [2, 3, 180],
  ]);
  test("who sets out later may get there first", () => {
    expect(minutes(crossing("08:15:00"), walks, "A", "E", "08:00")).toEqual([30, 30, 30]);
    expect(minutes(crossing("08:14:59"), walks, "A", "E", "08:00").slice(0, 2)).toEqual([Infinity, Infinity]);
  });

  test("a walk of the streets does not undo what transfers.txt says of two stops", () => {
    const feed = (row: string): Timetable =>
      timetable(
        feedOf({
          trips: ["route_id,service_id,trip_id", "R,S,T1", "Q,S,T2"],
          stop_times: [
            header,
            ...["T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2"],
            ...["T2,08:15:00,08:15:00,D,1", "T2,08:30:00,08:30:00,E,2"],
          ],
          transfers: ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", row],
        }),
        "2022-03-01",
      );
    const street = reachOf(5, [[1, 3, 60]]);
    expect(minutes(feed("B,C,2,60"), street, "A", "E", "08:00")[0]).toBe(30);
    expect(minutes(feed("B,D,3,"), street, "A", "E", "08:00")[0]).toBe(Infinity);
    expect(minutes(feed("B,D,2,301"), street, "A", "E", "08:00")[0]).toBe(Infinity);
    // A row without its time leaves it to the street: 22 km as the crow flies would be too late.
    expect(minutes(feed("B,D,0,"), none(feed("B,D,0,")), "A", "E", "08:00")[0]).toBe(Infinity);
    expect(minutes(feed("B,D,0,"), street, "A", "E", "08:00")[0]).toBe(30);
  });

  test("of two rows for the same stops the shortest time holds, and a forbidden change over both", () => {
    const changeAt = (...rows: readonly string[]): number | undefined => {
      const day = timetable(
        feedOf({ transfers: ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", ...rows] }),
        "2022-03-01",
      );
      return day.footpaths.seconds[0];
    };
    expect([changeAt("B,D,2,90", "B,D,2,120"), changeAt("B,D,2,120", "B,D,2,90")]).toEqual([90, 90]);
    expect([changeAt("B,D,2,90", "B,D,3,"), changeAt("B,D,3,", "B,D,2,90")]).toEqual([undefined, undefined]);
  });
});

describe("merged feeds", () => {
  test("a stop without a station has none after the merge; one that has one keeps its own", () => {
    const stations = [
      "stop_id,stop_name,stop_lat,stop_lon,parent_station",
      ...["G,Gare,47,-1.5,", "A,A,47,-1.5,G", "B,B,47.1,-1.5,", "C,C,47.2,-1.5,"],
    ];
    const merged = mergeFeeds([feedOf({}, "un"), feedOf({ stops: stations }, "deux")]);
    expect(Array.from(merged.stops.parents)).toEqual([-1, -1, -1, -1, -1, -1, 5, -1, -1]);
  });
});
