import { describe, expect, test } from "vitest";
import { addLine, emptyFeed, type NewLine } from "../../../src/models/transit/add-line.ts";
import { clockSeconds, clockText } from "../../../src/models/transit/clock.ts";
import { earliestArrivals, UNREACHED } from "../../../src/models/transit/earliest-arrivals.ts";
import { explainJourney } from "../../../src/models/transit/explain-journey.ts";
import { timetable } from "../../../src/models/transit/timetable.ts";
import { accessAt, feedOf } from "../../support/transit-feeds.ts";

const line: NewLine = {
  name: "Navette",
  stops: [{ id: "C" }, { id: "usine", name: "Usine", lon: -1.5, lat: 47.25 }, { id: "D" }],
  minutesBetween: [5, 7.5],
  from: "05:00",
  to: "21:00",
  headwayMinutes: 20,
};
const found = (feed: ReturnType<typeof feedOf>, from: string, at: string, to: string): string | null => {
  const day = timetable(feed, "2022-03-01");
  const seconds = earliestArrivals(day, accessAt(day.stops.ids, [from, 0]), clockSeconds(at)).byRun[
    day.stops.ids.indexOf(to)
  ];
  return seconds === UNREACHED ? null : clockText(seconds);
};

describe("a line more", () => {
  test("brings where nothing went, by its stops and by those of the feed; the feed itself does not change", () => {
    const feed = feedOf();
    const before = structuredClone(feed);
    const more = addLine(feed, line);
    expect(found(feed, "A", "08:00", "D")).toBeNull();
    // At C by 8:20, when a run leaves: 5:00 + 10 x 20 minutes.
    expect(found(more, "A", "08:00", "usine")).toBe("08:25:00");
    expect(found(more, "A", "08:00", "D")).toBe("08:32:30");
    expect(feed).toEqual(before);
    expect(timetable(more, "2022-03-01").report).toMatchObject({
      trips: 3,
      runs: 1 + 2 * 48,
      runsWithoutFixedTimes: 0,
    });
  });

  test("comes back, unless told not to; leaves before its end", () => {
    const more = addLine(feedOf(), line);
    expect(found(more, "D", "20:30", "C")).toBe("20:52:30");
    expect(found(more, "D", "20:40:01", "C")).toBeNull();
    expect(found(more, "D", "20:40", "usine")).toBe("20:47:30");
    expect(found(addLine(feedOf(), { ...line, bothWays: false }), "D", "20:30", "C")).toBeNull();
  });

  test("as a feed of its own, on its own days", () => {
    const own = addLine(emptyFeed("navette", "Navette"), {
      ...line,
      stops: [
        { id: "a", lon: -1.5, lat: 47.2 },
        { id: "b", lon: -1.5, lat: 47.25 },
        { id: "c", lon: -1.5, lat: 47.3 },
      ],
      days: { first: "2022-03-01", last: "2022-03-02" },
    });
    expect(found(own, "a", "05:10", "c")).toBe("05:32:30");
    expect(() => timetable(own, "2022-03-03")).toThrow(/Aucun service ce jour.*Navette/);
    expect(() => addLine(emptyFeed("x"), { ...line, stops: [] })).toThrow(/au moins deux arrêts/);
  });

  test("an explained journey says the lines", () => {
    const day = timetable(addLine(feedOf(), line), "2022-03-01");
    const leaving = clockSeconds("07:50");
    const legs = explainJourney(day, earliestArrivals(day, accessAt(day.stops.ids, ["A", 300]), leaving), "D", leaving);
    expect(
      legs?.map((leg) => [
        leg.kind === "ride" ? `ligne ${leg.line}, ${leg.stops} arrêts` : leg.kind,
        leg.from,
        leg.to,
        clockText(leg.departure),
        clockText(leg.arrival),
      ]),
    ).toEqual([
      ["walk", null, "A", "07:50:00", "07:55:00"],
      ["wait", "A", "A", "07:55:00", "08:00:00"],
      ["ligne 7, 2 arrêts", "A", "C", "08:00:00", "08:20:00"],
      ["ligne Navette, 2 arrêts", "C", "D", "08:20:00", "08:32:30"],
    ]);
    expect(() => explainJourney(day, [], "Z", leaving)).toThrow(/Arrêt inconnu.*Z/);
  });

  test.each<[string, Partial<NewLine>, RegExp]>([
    ["a name that is taken", { name: "R" }, /déjà une ligne.*R/],
    ["one stop", { stops: [{ id: "A" }], minutesBetween: [] }, /deux arrêts/],
    ["too few times", { minutesBetween: [5] }, /durées/],
    ["no time", { minutesBetween: [5, 0] }, /Durée impossible.*0/],
    ["no interval", { headwayMinutes: 0 }, /Intervalle impossible/],
    ["the end first", { from: "21:00", to: "05:00" }, /finit avant de commencer/],
    ["no place", { stops: [{ id: "C" }, { id: "zone" }, { id: "D" }] }, /sans coordonnées.*zone/],
    [
      "a place that is known",
      { stops: [{ id: "C", lon: 1, lat: 1 }, { id: "D" }], minutesBetween: [9] },
      /déjà dans le jeu.*C/,
    ],
    ["hours for minutes", { minutesBetween: [0.5, 0.5] }, /va trop vite.*km\/h/],
  ])("refused: %s", (_, change, words) => {
    expect(() => addLine(feedOf(), { ...line, ...change })).toThrow(words);
  });
});
