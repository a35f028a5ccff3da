import { QuartiersError } from "../../codes/errors.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { dayNumber, dayText } from "./clock.ts";
import { type Connections, sortConnections } from "./connections.ts";
import { type CallCounts, noCallCounts, type TimedCalls, timedCalls } from "./interpolate-calls.ts";
import { mergeFeeds } from "./merge-feeds.ts";
import type { Network } from "./network.ts";
import { countOvertaking } from "./overtaking.ts";
import { noServiceThatDay, servicesOn } from "./service-days.ts";
import { feedTransfers } from "./transfers.ts";
import type { TransitFeed } from "./transit-feed.ts";

/** Rides of one day between the stops of one or several feeds. Columns of numbers only below the names: threads read them together (`shareTimetable`). */
export interface Timetable extends Network {
  /** AAAA-MM-JJ. */
  readonly date: string;
  readonly stops: {
    readonly ids: readonly string[];
    readonly names: readonly string[];
    /** Degrees; NaN for a stop that one can ride to but not walk to. */
    readonly lon: Float64Array;
    readonly lat: Float64Array;
  };
  /** Name of the line and identifier of the trip of each run; a trip of frequencies.txt has one run a departure. */
  readonly runs: { readonly lines: readonly string[]; readonly trips: readonly string[] };
  readonly report: TimetableReport;
  readonly lineage: readonly SourceRef[];
}

/** What the timetable was made of, and what was left out or filled in. */
export interface TimetableReport {
  readonly date: string;
  readonly stops: number;
  readonly stopsWithoutCoordinates: readonly string[];
  /** Trips that run that day, those of the day before that go on after midnight, and runs once frequencies are expanded. */
  readonly trips: number;
  readonly tripsOfDayBefore: number;
  readonly runs: number;
  readonly connections: number;
  /** Runs of frequencies without fixed times (exact_times 0): placed at `frequencyPhase`. */
  readonly runsWithoutFixedTimes: number;
  readonly calls: Readonly<CallCounts>;
  /** Trips that leave their first stop after another one of the same stops and are somewhere before it. */
  readonly overtaking: number;
  /** Rows of transfers.txt that hold for some lines or trips only, or for staying on board (types 4 and 5): not used. */
  readonly transfersNotUsed: number;
  /** Titles of the feeds that have no trip that day; refused unless asked for. */
  readonly feedsWithoutService: readonly string[];
}

export interface TimetableOptions {
  /** What to do with a feed that has no trip that day: an error by default, for its absence would pass for long walks. */
  readonly withoutService?: "refuse" | "report";
  /** Trips of the next day too, at 24:00 and after: for evenings that end after midnight. */
  readonly nextDay?: boolean;
  /**
   * For frequencies without fixed times (exact_times 0 or absent), when the first run leaves after the start of its period, as a share of the headway: 0 (the
   * default) is what exact_times 1 means, 0.5 the middle. The window of departures then gives the waits.
   */
  readonly frequencyPhase?: number;
  /** Smallest time to change at one stop where transfers.txt gives none; 0 by default. */
  readonly changeSeconds?: number;
  /** Speed of a transfer of transfers.txt that gives no time, along the great circle; 3.6 by default. */
  readonly walkKmh?: number;
}

/**
 * The rides of a day: trips of that day, and what those of the day before do after midnight (hours past 24:00:00). Calls without a time are interpolated
 * (`timedCalls`), frequencies expanded, transfers of transfers.txt closed over the stops of a station. Several feeds are merged, each id behind the name of its feed.
 * O(calls log calls).
 * @throws QuartiersError when a feed has no trip that day (unless told to report it), naming the nearest days that have some
 */
export function timetable(
  feeds: TransitFeed | readonly TransitFeed[],
  date: string,
  options: TimetableOptions = {},
): Timetable {
  const list: readonly TransitFeed[] = Array.isArray(feeds) ? feeds : [feeds as TransitFeed];
  const { withoutService = "refuse", nextDay = false, frequencyPhase = 0 } = options;
  checkOptions(list, options);
  const day = dayNumber(date);
  const idle = list.filter((feed) => {
    const running = servicesOn(feed, day);
    return !feed.trips.services.some((service) => running[service] === 1);
  });
  if (idle.length > 0 && (withoutService === "refuse" || idle.length === list.length))
    throw noServiceThatDay(idle[0] as TransitFeed, day);
  const feed = mergeFeeds(list);
  const runs = new RunCollector(feed, frequencyPhase);
  const trips = runs.add(day, 0);
  const tripsOfDayBefore = runs.add(day - 1, -86_400);
  if (nextDay) runs.add(day + 1, 86_400);
  const { footpaths, unused } = feedTransfers(feed, options);
  const connections = sortConnections(runs.connections());
  return {
    date: dayText(day),
    stops: { ids: feed.stops.ids, names: feed.stops.names, lon: feed.stops.lon, lat: feed.stops.lat },
    runs: { lines: runs.lines, trips: runs.trips },
    runCount: runs.lines.length,
    connections,
    footpaths,
    report: {
      date: dayText(day),
      stops: feed.stops.ids.length,
      stopsWithoutCoordinates: feed.stops.ids.filter((_, stop) => Number.isNaN(feed.stops.lon[stop])),
      trips,
      tripsOfDayBefore,
      runs: runs.lines.length,
      connections: connections.from.length,
      runsWithoutFixedTimes: runs.withoutFixedTimes,
      calls: runs.counts,
      overtaking: countOvertaking(connections, runs.lines.length),
      transfersNotUsed: unused,
      feedsWithoutService: idle.map(({ title }) => title),
    },
    lineage: mergeLineages(...list.map(({ lineage }) => lineage)),
  };
}

function checkOptions(feeds: readonly TransitFeed[], options: TimetableOptions): void {
  const { frequencyPhase = 0, changeSeconds = 0, walkKmh = 3.6 } = options;
  const refuse = (what: string, value: string, expected: string): never => {
    throw new QuartiersError({ what, value, expected });
  };
  if (feeds.length === 0) refuse("Aucun jeu de transport", "0", "au moins un jeu");
  if (!(frequencyPhase >= 0 && frequencyPhase < 1))
    refuse("Part d'intervalle impossible (frequencyPhase)", String(frequencyPhase), "de 0 à moins de 1");
  if (!(changeSeconds >= 0)) refuse("Durée de correspondance impossible", String(changeSeconds), "0 ou plus, en s");
  if (!(walkKmh > 0)) refuse("Vitesse de marche impossible", String(walkKmh), "plus de 0 km/h");
}

/** Gathers the runs of some days into growing columns. */
class RunCollector {
  readonly lines: string[] = [];
  readonly trips: string[] = [];
  readonly counts: CallCounts = noCallCounts();
  withoutFixedTimes = 0;
  readonly #feed: TransitFeed;
  readonly #phase: number;
  readonly #timed = new Map<number, TimedCalls | null>();
  readonly #frequencies = new Map<number, number[]>();
  readonly #columns: Record<"from" | "to" | "departure" | "arrival" | "run" | "flags", number[]> = {
    from: [],
    to: [],
    departure: [],
    arrival: [],
    run: [],
    flags: [],
  };

  constructor(feed: TransitFeed, phase: number) {
    this.#feed = feed;
    this.#phase = phase;
    feed.frequencies.trips.forEach((trip, row) => {
      const rows = this.#frequencies.get(trip);
      if (rows) rows.push(row);
      else this.#frequencies.set(trip, [row]);
    });
  }

  /** Adds what the trips of a day do from 0:00 of the timetable's day on; gives the number of trips that do something. */
  add(day: number, shift: number): number {
    const { trips, frequencies } = this.#feed;
    const running = servicesOn(this.#feed, day);
    let added = 0;
    for (let trip = 0; trip < trips.ids.length; trip++) {
      if (running[trips.services[trip]] !== 1) continue;
      const before = this.lines.length;
      const rows = this.#frequencies.get(trip);
      if (rows === undefined) this.#addRun(trip, shift);
      for (const row of rows ?? []) {
        const calls = this.#callsOf(trip);
        const headway = frequencies.headwaySeconds[row];
        if (!(headway > 0)) throw noHeadway(trips.ids[trip] ?? "");
        const isExact = frequencies.exact[row] === 1;
        const first = frequencies.from[row] + (isExact ? 0 : Math.round(this.#phase * headway));
        for (let leaves = first; calls && leaves < frequencies.to[row]; leaves += headway)
          if (this.#addRun(trip, shift + leaves - calls.departures[0]) && !isExact) this.withoutFixedTimes++;
      }
      if (this.lines.length > before) added++;
    }
    return added;
  }

  connections(): Omit<Connections, "tieGroups"> {
    const { from, to, departure, arrival, run, flags } = this.#columns;
    return {
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      departure: Int32Array.from(departure),
      arrival: Int32Array.from(arrival),
      run: Int32Array.from(run),
      flags: Uint8Array.from(flags),
    };
  }

  #callsOf(trip: number): TimedCalls | null {
    let calls = this.#timed.get(trip);
    if (calls === undefined) {
      calls = timedCalls(this.#feed, trip, this.counts);
      this.#timed.set(trip, calls);
    }
    return calls;
  }

  /** One run of a trip: a connection from each call to the next, those that leave before 0:00 left out. */
  #addRun(trip: number, shift: number): boolean {
    const found = this.#callsOf(trip);
    if (found === null || found.arrivals[found.count - 1] + shift < 0) return false;
    const { calls, routes, trips } = this.#feed;
    const { from, to, departure, arrival, run, flags } = this.#columns;
    const before = from.length;
    for (let i = 0; i + 1 < found.count; i++) {
      if (found.departures[i] + shift < 0) continue;
      const row = found.first + i;
      from.push(calls.stops[row]);
      to.push(calls.stops[row + 1]);
      departure.push(found.departures[i] + shift);
      arrival.push(found.arrivals[i + 1] + shift);
      run.push(this.lines.length);
      flags.push(calls.noBoarding[row] | (calls.noAlighting[row + 1] << 1));
    }
    if (from.length === before) return false;
    this.lines.push(routes.names[trips.routes[trip]] ?? "");
    this.trips.push(trips.ids[trip] ?? "");
    return true;
  }
}

const noHeadway = (trip: string): QuartiersError =>
  new QuartiersError({
    what: "Une fréquence n'a pas d'intervalle",
    value: trip,
    where: "frequencies.txt, colonne headway_secs",
    expected: "un intervalle de plus de 0 s",
    remedy: "signaler le jeu à son producteur",
  });
