import { describe, expect, test } from "vitest";
import { clockSeconds, clockText, dayNumber } from "../../../src/models/transit/clock.ts";
import { earliestArrivals, UNREACHED } from "../../../src/models/transit/earliest-arrivals.ts";
import { servicePeriod, servicesOn } from "../../../src/models/transit/service-days.ts";
import { type Timetable, type TimetableOptions, timetable } from "../../../src/models/transit/timetable.ts";
import { NEVER } from "../../../src/models/transit/transfers.ts";
import type { TransitFeed } from "../../../src/models/transit/transit-feed.ts";
import { accessAt, feedOf } from "../../support/transit-feeds.ts";

/** Rides as "A 08:00:00 > B 08:10:00", in order of arrival. */
const rides = ({ connections, stops }: Timetable): string[] =>
  Array.from(connections.from.keys()).map(
    (i) =>
      `${stops.ids[connections.from[i]]} ${clockText(connections.departure[i])} > ${stops.ids[connections.to[i]]} ${clockText(connections.arrival[i])}`,
  );
/** Arrival at a stop, leaving another at a time. */
function arrival(
  feed: TransitFeed | Timetable,
  from: string,
  at: string,
  to: string,
  options: TimetableOptions = {},
): string | null {
  const day = "calls" in feed ? timetable(feed, "2022-03-01", options) : feed;
  const found = earliestArrivals(day, accessAt(day.stops.ids, [from, 0]), clockSeconds(at)).byRun;
  const seconds = found[day.stops.ids.indexOf(to)];
  return seconds === UNREACHED ? null : clockText(seconds);
}
const header = "trip_id,arrival_time,departure_time,stop_id,stop_sequence";
const twoTrips = ["route_id,service_id,trip_id", "R,S,T1", "Q,S,T2"];
const week = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date";

describe("service days", () => {
  const feed = feedOf({
    calendar: [week, "S,1,1,1,1,1,0,0,20220301,20220331"],
    calendar_dates: ["service_id,date,exception_type", "S,20220302,2", "S,20220305,1", "S,20220402,1", "S,20220306,2"],
  });
  const runs = (date: string): boolean => servicesOn(feed, dayNumber(date))[0] === 1;

  test("the week, its first and last day, what is added and what is removed", () => {
    // 1 March 2022 is a Tuesday.
    expect(["2022-02-28", "2022-03-01", "2022-03-31", "2022-04-01"].map(runs)).toEqual([false, true, true, false]);
    expect(["2022-03-02", "2022-03-05", "2022-03-06", "2022-04-02"].map(runs)).toEqual([false, true, false, true]);
    const { days } = servicePeriod(feed);
    expect([days.length, days[0], days.at(-1)]).toEqual([24, dayNumber("20220301"), dayNumber("2022-04-02")]);
  });

  test("a calendar of exceptions alone, a weekly calendar alone", () => {
    const dates = feedOf({ calendar: undefined, calendar_dates: ["service_id,date,exception_type", "S,20220714,1"] });
    expect(timetable(dates, "2022-07-14").report.trips).toBe(1);
    expect(() => timetable(dates, "2022-07-13")).toThrow(/jeudi 14 juillet 2022/);
    expect(timetable(feedOf(), "2022-07-14").report.trips).toBe(1);
  });

  test("a day without service names the period and the nearest days that have one", () => {
    expect(() => timetable(feed, "2022-03-02")).toThrow(
      /Aucun service ce jour.*Jeu essai.*2022-03-02.*entre le mardi 1er mars 2022 et le samedi 2 avril 2022.*plus proches\u00a0: mardi 1er mars 2022 et jeudi 3 mars 2022/,
    );
    expect(() => timetable(feed, "2023-01-01")).toThrow(/plus proches\u00a0: samedi 2 avril 2022\./);
    expect(() => timetable(feed, "1 mars 2022")).toThrow(/Ce n'est pas un jour.*AAAA-MM-JJ/);
    expect(() => timetable(feed, "2022-02-30")).toThrow(/Ce n'est pas un jour/);
    const never = feedOf({ calendar: [week, "S,0,0,0,0,0,0,0,20220301,20220331"] });
    expect(() => timetable(never, "2022-03-01")).toThrow(/Aucun service ce jour.*circule au moins un jour/);
  });

  test("one of two feeds without service is refused too, unless it is to be reported", () => {
    const other = feedOf({}, "autre");
    expect(() => timetable([feed, other], "2022-03-02")).toThrow(/Aucun service ce jour.*Jeu essai/);
    const { report } = timetable([feed, other], "2022-03-02", { withoutService: "report" });
    expect(report).toMatchObject({ trips: 1, feedsWithoutService: ["Jeu essai"] });
    expect(() => timetable(feed, "2022-03-02", { withoutService: "report" })).toThrow(/Aucun service ce jour/);
  });
});

describe("hours", () => {
  const night = feedOf({
    stop_times: [header, "T1,23:50:00,23:50:00,A,1", "T1,24:10:00,24:11:00,B,2", "T1,25:00:00,25:00:00,C,3"],
    calendar: [week, "S,0,1,0,0,0,0,0,20220101,20221231"],
  });
  test("a trip goes on after midnight in its own day", () => {
    expect(rides(timetable(night, "2022-03-01"))).toEqual(["A 23:50:00 > B 24:10:00", "B 24:11:00 > C 25:00:00"]);
    expect(arrival(night, "B", "24:00", "C")).toBe("25:00:00");
  });

  test("and is there the next day from 0:00 on; its ride that leaves before is not", () => {
    const feed = feedOf({
      trips: ["route_id,service_id,trip_id", "R,S,T1", "Q,T,T2"],
      stop_times: [
        header,
        "T1,23:50:00,23:50:00,A,1",
        "T1,24:10:00,24:11:00,B,2",
        "T1,25:00:00,25:00:00,C,3",
        "T2,06:00:00,06:00:00,A,1",
        "T2,06:20:00,06:20:00,B,2",
      ],
      calendar: [week, "S,0,1,0,0,0,0,0,20220101,20221231", "T,0,0,1,0,0,0,0,20220101,20221231"],
    });
    const wednesday = timetable(feed, "2022-03-02");
    expect(rides(wednesday)).toEqual(["B 00:11:00 > C 01:00:00", "A 06:00:00 > B 06:20:00"]);
    expect(wednesday.report).toMatchObject({ trips: 1, tripsOfDayBefore: 1, runs: 2 });
    const evening = timetable(feed, "2022-03-01", { nextDay: true });
    expect(rides(evening).at(-1)).toBe("A 30:00:00 > B 30:20:00");
    expect(rides(timetable(feed, "2022-03-01"))).toHaveLength(2);
  });

  test("times that go back leave their trip out, and are counted; waiting less than nothing too", () => {
    const feed = feedOf({
      trips: ["route_id,service_id,trip_id", "R,S,T1", "R,S,T2", "R,S,T3"],
      stop_times: [
        header,
        ...["T1,08:00:00,08:00:00,A,1", "T1,07:59:59,07:59:59,B,2"],
        ...["T2,08:00:00,08:00:00,A,1", "T2,08:10:00,08:09:00,B,2", "T2,08:20:00,08:20:00,C,3"],
        ...["T3,09:00:00,09:00:00,A,1", "T3,09:10:00,09:10:00,B,2"],
      ],
    });
    const { report } = timetable(feed, "2022-03-01");
    expect(report).toMatchObject({ trips: 1, runs: 1, calls: { decreasing: 2, firstDecreasing: "T1" } });
  });

  test("calls stand in the order of stop_sequence, whatever that of the file; one that overtakes is kept and counted", () => {
    const feed = feedOf({
      trips: twoTrips,
      stop_times: [
        header,
        ...["T1,08:20:00,08:20:00,C,30", "T2,08:05:00,08:05:00,A,2", "T1,08:00:00,08:00:00,A,10"],
        ...["T2,08:12:00,08:12:00,C,9", "T1,08:15:00,08:15:00,B,20", "T2,08:09:00,08:09:00,B,5"],
      ],
    });
    const day = timetable(feed, "2022-03-01");
    expect(rides(day)).toEqual([
      "A 08:05:00 > B 08:09:00",
      "B 08:09:00 > C 08:12:00",
      "A 08:00:00 > B 08:15:00",
      "B 08:15:00 > C 08:20:00",
    ]);
    expect(day.report.overtaking).toBe(1);
    expect(arrival(day, "A", "07:00", "C")).toBe("08:12:00");
  });
});

describe("calls without a time", () => {
  const between = (columns: string, lines: readonly string[], stops?: readonly string[]): Timetable =>
    timetable(feedOf({ stop_times: [`${header}${columns}`, ...lines], ...(stops ? { stops } : {}) }), "2022-03-01");

  test("by the distances of the feed, which come before the map", () => {
    const day = between(",shape_dist_traveled", [
      "T1,08:00:00,08:00:00,A,1,5",
      "T1,,,B,2,6",
      "T1,,,C,3,9",
      "T1,08:40:00,08:40:00,D,4,15",
    ]);
    expect(rides(day)).toEqual(["A 08:00:00 > B 08:04:00", "B 08:04:00 > C 08:16:00", "C 08:16:00 > D 08:40:00"]);
    expect(day.report.calls).toMatchObject({ byDistance: 2, byGreatCircle: 0, evenly: 0 });
  });

  test("along the great circles between stops, here equal", () => {
    const day = between("", ["T1,08:00:00,08:00:00,A,1", "T1,,,B,2", "T1,,,D,3", "T1,08:40:00,08:42:00,E,4"]);
    expect(rides(day)).toEqual(["A 08:00:00 > B 08:10:00", "B 08:10:00 > D 08:30:00", "D 08:30:00 > E 08:40:00"]);
    expect(day.report.calls).toMatchObject({ byDistance: 0, byGreatCircle: 2, evenly: 0 });
  });

  test("evenly where a stop has no place; distances that go back are not followed", () => {
    const stops = [
      "stop_id,stop_name,stop_lat,stop_lon",
      "A,A,47,-1.5",
      "B,B,0,0",
      "C,C,48,-1.5",
      "D,D,49,-1.5",
      "E,E,,",
    ];
    const day = between(
      ",shape_dist_traveled",
      ["T1,08:00:00,08:00:00,A,1,0", "T1,,,B,2,9", "T1,,,C,3,8", "T1,08:30:01,08:30:01,D,4,10"],
      stops,
    );
    expect(rides(day)).toEqual(["A 08:00:00 > B 08:10:00", "B 08:10:00 > C 08:20:01", "C 08:20:01 > D 08:30:01"]);
    expect(day.report.calls).toMatchObject({ byDistance: 0, byGreatCircle: 0, evenly: 2 });
    expect(day.report.stopsWithoutCoordinates).toEqual(["B", "E"]);
  });

  test("before the first time or after the last one nothing is invented; one time of the two is enough", () => {
    const day = between("", ["T1,,,A,1", "T1,08:00:00,,B,2", "T1,,08:10:00,C,3", "T1,,,D,4"]);
    expect(rides(day)).toEqual(["B 08:00:00 > C 08:10:00"]);
    expect(day.report.calls).toMatchObject({ beyondTimes: 2, tooShort: 0 });
    const none = between("", ["T1,,,A,1", "T1,08:00:00,08:00:00,B,2", "T1,,,C,3"]);
    expect(none.report).toMatchObject({ trips: 0, connections: 0, calls: { tooShort: 1, beyondTimes: 2 } });
  });
});

describe("frequencies", () => {
  const repeated = (exact: string): TransitFeed =>
    feedOf({
      stop_times: [header, "T1,00:00:00,00:00:00,A,1", "T1,00:10:00,00:11:00,B,2", "T1,00:20:00,00:20:00,C,3"],
      frequencies: [
        "trip_id,start_time,end_time,headway_secs,exact_times",
        `T1,08:00:00,08:30:00,600,${exact}`,
        `T1,23:50:00,24:20:00,900,${exact}`,
      ],
    });

  test("fixed times: from the start, every headway, before the end; the model trip itself does not run", () => {
    const day = timetable(repeated("1"), "2022-03-01");
    expect(day.report).toMatchObject({ trips: 1, tripsOfDayBefore: 1, runsWithoutFixedTimes: 0 });
    expect(rides(day).filter((ride) => ride.startsWith("A"))).toEqual([
      // The run that left at 24:05 the day before.
      "A 00:05:00 > B 00:15:00",
      "A 08:00:00 > B 08:10:00",
      "A 08:10:00 > B 08:20:00",
      "A 08:20:00 > B 08:30:00",
      "A 23:50:00 > B 24:00:00",
      "A 24:05:00 > B 24:15:00",
    ]);
    expect(arrival(day, "A", "08:20", "C")).toBe("08:40:00");
    expect(arrival(day, "A", "08:20:01", "C")).toBe("24:10:00");
  });

  test("no fixed times: the same by default, or at a share of the headway; counted", () => {
    for (const exact of ["0", ""]) {
      const day = timetable(repeated(exact), "2022-03-01");
      expect(day.report.runsWithoutFixedTimes).toBe(5 + 2);
      expect(arrival(day, "A", "08:00", "C")).toBe("08:20:00");
      const half = timetable(repeated(exact), "2022-03-01", { frequencyPhase: 0.5 });
      expect(arrival(half, "A", "08:00", "C")).toBe("08:25:00");
    }
    const fixed = timetable(repeated("1"), "2022-03-01", { frequencyPhase: 0.5 });
    expect(arrival(fixed, "A", "08:00", "C")).toBe("08:20:00");
  });

  test("without an interval, or with a share that is none: refused", () => {
    const feed = feedOf({ frequencies: ["trip_id,start_time,end_time,headway_secs", "T1,08:00:00,09:00:00,0"] });
    expect(() => timetable(feed, "2022-03-01")).toThrow(/n'a pas d'intervalle.*T1/);
    expect(() => timetable(feedOf(), "2022-03-01", { frequencyPhase: 1 })).toThrow(/frequencyPhase/);
    expect(() => timetable(feedOf(), "2022-03-01", { changeSeconds: -1 })).toThrow(/correspondance impossible/);
    expect(() => timetable([], "2022-03-01")).toThrow(/Aucun jeu/);
  });
});

describe("changes", () => {
  const change = (transfers: readonly string[] | undefined, stops?: readonly string[]): TransitFeed =>
    feedOf({
      ...(stops ? { stops } : {}),
      trips: twoTrips,
      stop_times: [
        header,
        ...["T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2"],
        ...["T2,08:12:00,08:12:00,B,1", "T2,08:30:00,08:30:00,C,2"],
      ],
      transfers: transfers && ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", ...transfers],
    });

  test("at one stop: no time by default, the smallest asked, that of transfers.txt, or never", () => {
    expect(arrival(change(undefined), "A", "08:00", "C")).toBe("08:30:00");
    expect(arrival(change(undefined), "A", "08:00", "C", { changeSeconds: 120 })).toBe("08:30:00");
    expect(arrival(change(undefined), "A", "08:00", "C", { changeSeconds: 121 })).toBeNull();
    expect(arrival(change(["B,B,2,119"]), "A", "08:00", "C", { changeSeconds: 121 })).toBe("08:30:00");
    expect(arrival(change(["B,B,2,121"]), "A", "08:00", "C")).toBeNull();
    expect(arrival(change(["B,B,3,"]), "A", "08:00", "C")).toBeNull();
  });

  const elsewhere = (transfers: readonly string[] | undefined): TransitFeed =>
    feedOf({
      trips: twoTrips,
      stop_times: [
        header,
        ...["T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2"],
        ...["T2,08:12:00,08:12:00,D,1", "T2,08:30:00,08:30:00,C,2"],
      ],
      transfers: transfers && ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", ...transfers],
    });

  test("to another stop: only where it is said, in the time that is said, one way", () => {
    expect(arrival(elsewhere(undefined), "A", "08:00", "C")).toBeNull();
    expect(arrival(elsewhere(["B,D,2,120"]), "A", "08:00", "C")).toBe("08:30:00");
    expect(arrival(elsewhere(["B,D,2,121"]), "A", "08:00", "C")).toBeNull();
    expect(arrival(elsewhere(["D,B,2,120"]), "A", "08:00", "C")).toBeNull();
    expect(arrival(elsewhere(["B,D,3,"]), "A", "08:00", "C")).toBeNull();
  });

  test("two walks in a row are not made; on board counts as no change", () => {
    expect(arrival(elsewhere(["B,E,2,10", "E,D,2,10"]), "A", "08:00", "C")).toBeNull();
    const through = feedOf({
      stop_times: [header, "T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2", "T1,08:20:00,08:20:00,C,3"],
    });
    expect(arrival(through, "A", "08:00", "C", { changeSeconds: 600 })).toBe("08:20:00");
  });

  test("without its time, a walk follows the great circle: 22.2 km here; types 4 and 5 are counted, not used", () => {
    const day = timetable(elsewhere(["B,D,0,"]), "2022-03-01");
    expect(Array.from(day.footpaths.seconds)).toEqual([Math.ceil((22.239016 / 3.6) * 3600)]);
    expect(Array.from(timetable(elsewhere(["B,D,0,"]), "2022-03-01", { walkKmh: 36 }).footpaths.seconds)).toEqual([
      2224,
    ]);
    expect(timetable(elsewhere(["B,D,4,", "B,D,5,"]), "2022-03-01").report.transfersNotUsed).toBe(2);
  });

  test("a row between stations holds for their stops; a row that names the stops comes first", () => {
    const stops = [
      "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station",
      ...["G,Gare,47,-1.5,1,", "H,Halle,47.1,-1.5,1,", "A,A,47.2,-1.5,,", "C,C,47.3,-1.5,,"],
      ...["B,Quai B,47,-1.5,0,G", "E,Quai E,47,-1.5,0,G", "D,Quai D,47.1,-1.5,0,H"],
    ];
    const feed = (transfers: readonly string[]): TransitFeed => {
      return feedOf({
        stops,
        trips: twoTrips,
        stop_times: [
          header,
          ...["T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,B,2"],
          ...["T2,08:12:00,08:12:00,D,1", "T2,08:30:00,08:30:00,C,2"],
        ],
        transfers: ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", ...transfers],
      });
    };
    expect(arrival(feed(["G,H,2,100"]), "A", "08:00", "C")).toBe("08:30:00");
    expect(arrival(feed(["G,H,2,100", "B,D,2,121"]), "A", "08:00", "C")).toBeNull();
    expect(arrival(feed(["B,D,2,100", "G,H,3,"]), "A", "08:00", "C")).toBe("08:30:00");
    const inStation = timetable(feed(["G,G,2,90"]), "2022-03-01");
    const at = inStation.stops.ids.indexOf("B");
    expect(inStation.footpaths.changeSeconds[at]).toBe(90);
    const walks = Array.from(inStation.footpaths.targets).filter(
      (_, i) => i >= inStation.footpaths.starts[at] && i < inStation.footpaths.starts[at + 1],
    );
    expect(walks.map((stop) => inStation.stops.ids[stop])).toEqual(["G", "E"]);
    expect(inStation.footpaths.changeSeconds.some((seconds) => seconds === NEVER)).toBe(false);
  });

  test("rows for some lines only are counted, not used", () => {
    const feed = feedOf({
      transfers: ["from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_route_id", "B,D,2,100,R", "B,E,2,100,"],
    });
    const { footpaths, report } = timetable(feed, "2022-03-01");
    expect([report.transfersNotUsed, footpaths.targets.length]).toEqual([1, 1]);
  });
});

describe("boarding and alighting", () => {
  const columns = `${header},pickup_type,drop_off_type`;
  test("where one cannot board or alight, one rides through", () => {
    const feed = feedOf({
      stop_times: [
        columns,
        "T1,08:00:00,08:00:00,A,1,,",
        "T1,08:10:00,08:10:00,B,2,1,1",
        "T1,08:20:00,08:20:00,C,3,0,0",
      ],
    });
    expect(arrival(feed, "A", "08:00", "C")).toBe("08:20:00");
    expect(arrival(feed, "A", "08:00", "B")).toBeNull();
    expect(arrival(feed, "B", "08:00", "C")).toBeNull();
  });

  test("on demand counts as possible", () => {
    const feed = feedOf({
      stop_times: [
        columns,
        "T1,08:00:00,08:00:00,A,1,3,",
        "T1,08:10:00,08:10:00,B,2,2,2",
        "T1,08:20:00,08:20:00,C,3,,3",
      ],
    });
    expect([arrival(feed, "A", "08:00", "B"), arrival(feed, "B", "08:00", "C")]).toEqual(["08:10:00", "08:20:00"]);
  });
});

describe("feeds", () => {
  test("two feeds with the same ids stay apart, behind their names", () => {
    const day = timetable([feedOf({}, "est"), feedOf({}, "ouest")], "2022-03-01");
    expect(day.stops.ids).toHaveLength(10);
    expect([day.stops.ids[0], day.stops.ids[5]]).toEqual(["est:A", "ouest:A"]);
    expect(arrival(day, "est:A", "08:00", "est:C")).toBe("08:20:00");
    expect(arrival(day, "est:A", "08:00", "ouest:C")).toBeNull();
    expect(arrival(day, "ouest:A", "08:00", "ouest:C")).toBe("08:20:00");
    expect(() => timetable([feedOf(), feedOf()], "2022-03-01")).toThrow(/portent le même nom.*essai/);
  });

  test("calls, exceptions, frequencies and transfers of each follow their own rows", () => {
    const first = feedOf({ calendar_dates: ["service_id,date,exception_type", "S,20220301,2"] }, "un");
    const second = feedOf(
      {
        frequencies: ["trip_id,start_time,end_time,headway_secs,exact_times", "T1,10:00:00,10:30:00,900,1"],
        transfers: ["from_stop_id,to_stop_id,transfer_type,min_transfer_time", "B,D,2,77"],
      },
      "deux",
    );
    const day = timetable([first, second], "2022-03-01", { withoutService: "report" });
    expect(rides(day).map((ride) => ride.replaceAll("deux:", ""))).toEqual([
      "A 10:00:00 > B 10:10:00",
      "B 10:11:00 > C 10:20:00",
      "A 10:15:00 > B 10:25:00",
      "B 10:26:00 > C 10:35:00",
    ]);
    const { footpaths, stops } = day;
    const from = footpaths.starts.findIndex((start, stop) => footpaths.starts[stop + 1] > start);
    expect([stops.ids[from], stops.ids[footpaths.targets[0]], footpaths.seconds[0]]).toEqual(["deux:B", "deux:D", 77]);
  });

  test("a row that refers to nothing is refused with its row", () => {
    const calls = [header, "T1,08:00:00,08:00:00,A,1", "T1,08:10:00,08:10:00,Z,2"];
    expect(() => feedOf({ stop_times: calls })).toThrow(
      /«\u202fZ\u202f».*stop_times\.txt, enregistrement 2, colonne stop_id/,
    );
    expect(() => feedOf({ trips: ["route_id,service_id,trip_id", "X,S,T1"] })).toThrow(
      /«\u202fX\u202f».*trips\.txt.*route_id/,
    );
    expect(() => feedOf({ stop_times: [header, "T9,08:00:00,08:00:00,A,1"] })).toThrow(/«\u202fT9\u202f».*trip_id/);
    expect(() => feedOf({ stop_times: undefined })).toThrow(/stop_times\.txt/);
  });

  test("hours that are none", () => {
    expect(() => clockSeconds("8h30")).toThrow(/Ce n'est pas une heure.*8h30/);
    expect([clockSeconds("08:30"), clockSeconds(" 8:30:01"), clockText(-60)]).toEqual([30_600, 30_601, "-00:01:00"]);
  });
});
