import type { Reach } from "../streets/reach.ts";
import { checkWindow, type DepartureWindow, percentileRanks } from "./departure-window.ts";
import { type LeaveScratch, leaveProfiles, leaveScratch } from "./leave-profiles.ts";
import { type Network, reverseNetwork } from "./network.ts";
import type { StopProfiles } from "./stop-profiles.ts";
import { NEVER, withWalks } from "./transfers.ts";

/** A door-to-door question: which homes, which workplaces, on which network, when. Rows are homes and columns workplaces, both ways. */
export interface TransitQuestion {
  readonly network: Network;
  /** Seconds of walk from each home to the stops near it; taken the same back. */
  readonly access: Reach;
  /** Seconds of walk between each workplace and the stops near it. */
  readonly egress: Reach;
  /** Seconds of walk from each stop to the stops near it, added to transfers.txt; null for transfers.txt alone. */
  readonly transfers: Reach | null;
  /** Seconds of walk without any run, homes x workplaces, always an alternative; null when there is none. */
  readonly walk: Float64Array | null;
  /** Seconds of the day: departures every `everySeconds` from `from` (included) to `to` (excluded). */
  readonly window: DepartureWindow;
  /** "outward": people leave home in the window. "return": they leave work in the window, and come home. */
  readonly direction: "outward" | "return";
  /** Percentiles of the travel time over the departures: 50 for the median. */
  readonly percentiles: readonly number[];
  /** A longer trip counts as none; 120 by default. */
  readonly maxMinutes?: number;
}

/** A question made ready once, for any number of homes. Columns only: threads share it. */
export interface PreparedTransit {
  /** Turned over in time for the way back, so that one scan serves one home. */
  readonly network: Network;
  readonly access: Reach;
  readonly egress: Reach;
  readonly walk: Float64Array | null;
  readonly departures: Int32Array;
  readonly direction: "outward" | "return";
  /** Rank of each percentile among the sorted travel times, from 0. */
  readonly ranks: Int32Array;
  readonly maxSeconds: number;
}

/**
 * Minutes from door to door, homes x workplaces in rows, one matrix a percentile. The percentile is that of the TRAVEL TIME over the departures of the window (Conway, Byrd
 * and van Eggermond 2018), by nearest rank: the smallest travel time that at least p % of the departures do not exceed; Infinity when fewer departures arrive within `maxMinutes`.
 * A trip is a walk all the way, or a walk, runs with between two of them a change at one stop or one walk, and a walk. Waits count from the
 * departure on; walks to and from stops are rounded up to the second. O(homes x (connections of the window + workplaces x stops near them x departures)).
 * @throws QuartiersError for an empty window, a percentile out of ]0, 100], columns of other lengths
 */
export function transitMatrix(question: TransitQuestion): Float64Array[] {
  const prepared = prepareTransit(question);
  const homes = prepared.access.starts.length - 1;
  const workplaces = prepared.egress.starts.length - 1;
  const minutes = question.percentiles.map(() => new Float64Array(homes * workplaces));
  transitRows(prepared, 0, homes, minutes);
  return minutes;
}

/** Checks a question, joins its walks and turns its network over where needed. O(connections log connections + walks log walks). */
export function prepareTransit(question: TransitQuestion): PreparedTransit {
  const { network, access, egress, transfers, walk, window, direction, percentiles, maxMinutes = 120 } = question;
  checkWindow(question);
  const footpaths = transfers === null ? network.footpaths : withWalks(network.footpaths, transfers);
  const { connections, runCount } = network;
  const walked: Network = { connections, footpaths, runCount };
  const departures = Int32Array.from(
    { length: Math.ceil((window.to - window.from) / window.everySeconds) },
    (_, k) => window.from + k * window.everySeconds,
  );
  return {
    network: direction === "return" ? reverseNetwork(walked) : walked,
    access,
    egress: { ...egress, seconds: egress.seconds.map(Math.ceil) },
    walk,
    departures,
    direction,
    ranks: percentileRanks(percentiles, departures.length),
    maxSeconds: Math.floor(60 * maxMinutes),
  };
}

/**
 * Fills the rows of the homes `start` to `end` (excluded) of each matrix of minutes. Each row is made alone: any cut gives the same matrices.
 * @param firstHome home of the first row of `minutes`
 */
export function transitRows(
  prepared: PreparedTransit,
  start: number,
  end: number,
  minutes: readonly Float64Array[],
  firstHome: number = 0,
): void {
  const scratch = leaveScratch(prepared.network);
  const access = new Int32Array(prepared.network.footpaths.changeSeconds.length).fill(NEVER);
  const sample = prepared.direction === "outward" ? outwardRow : returnRow;
  const room = sampleRoom(prepared);
  for (let home = start; home < end; home++) {
    const { starts, targets, seconds } = prepared.access;
    for (let i = starts[home]; i < starts[home + 1]; i++) access[targets[i]] = Math.ceil(seconds[i]);
    const profiles = searchHome(prepared, access, scratch);
    sample(prepared, profiles, { home, row: home - firstHome }, room, minutes);
    for (let i = starts[home]; i < starts[home + 1]; i++) access[targets[i]] = NEVER;
  }
}

function searchHome(
  { network, departures, direction, maxSeconds }: PreparedTransit,
  access: Int32Array,
  scratch: LeaveScratch,
): StopProfiles {
  const first = departures[0];
  const last = departures[departures.length - 1];
  const step = departures.length > 1 ? departures[1] - first : 1;
  const window =
    direction === "outward"
      ? { first, last, step, until: last + maxSeconds, longest: maxSeconds }
      : // Backwards, one leaves home at the opposite of when one comes back, and boards the first run last.
        { first: -last - maxSeconds, last: -first, step: 0, until: -first, longest: maxSeconds };
  return leaveProfiles(network, access, window, scratch);
}

interface SampleRoom {
  /** Travel time of each departure, for one pair. */
  readonly times: Float64Array;
  readonly sorted: Float64Array;
  /** Stops that some workplace walks to, and where each stands among them, -1 otherwise. */
  readonly stops: Int32Array;
  /** Arrival at these stops for each departure, stops x departures; and the shortest travel time to each. */
  readonly arrivals: Float64Array;
  readonly shortest: Float64Array;
}

function sampleRoom({ egress, departures, network }: PreparedTransit): SampleRoom {
  const used = new Uint8Array(network.footpaths.changeSeconds.length);
  for (const stop of egress.targets) used[stop] = 1;
  const stops = Int32Array.from(used.keys()).filter((stop) => used[stop] === 1);
  return {
    times: new Float64Array(departures.length),
    sorted: new Float64Array(departures.length),
    stops,
    arrivals: new Float64Array(used.length * departures.length),
    shortest: new Float64Array(used.length),
  };
}

/** One row outward: the arrival at each stop for each departure, then the best stop of each workplace. */
function outwardRow(
  prepared: PreparedTransit,
  { starts, sizes, times, leaves }: StopProfiles,
  { home, row }: { readonly home: number; readonly row: number },
  room: SampleRoom,
  minutes: readonly Float64Array[],
): void {
  const { departures, egress } = prepared;
  const count = departures.length;
  const { arrivals, shortest } = room;
  for (const stop of room.stops) {
    shortest[stop] = Number.POSITIVE_INFINITY;
    let pair = starts[stop];
    const end = pair + sizes[stop];
    if (pair === end) continue;
    const base = stop * count;
    for (let k = 0; k < count; k++) {
      while (pair < end && leaves[pair] < departures[k]) pair++;
      const took = pair < end ? times[pair] - departures[k] : Number.POSITIVE_INFINITY;
      arrivals[base + k] = took;
      if (took < shortest[stop]) shortest[stop] = took;
    }
  }
  const workplaces = egress.starts.length - 1;
  const { times: best } = room;
  for (let work = 0; work < workplaces; work++) {
    const walk =
      prepared.walk === null ? Number.POSITIVE_INFINITY : (prepared.walk[home * workplaces + work] as number);
    best.fill(walk);
    let isRidden = false;
    for (let i = egress.starts[work]; i < egress.starts[work + 1]; i++) {
      const stop = egress.targets[i];
      const last = egress.seconds[i];
      if (!(shortest[stop] + last < walk)) continue;
      isRidden = true;
      const base = stop * count;
      for (let k = 0; k < count; k++) {
        const took = arrivals[base + k] + last;
        if (took < best[k]) best[k] = took;
      }
    }
    write(prepared, room, isRidden, walk, row * workplaces + work, minutes);
  }
}

/** One row back: at each workplace and departure, the walk to each stop, then the best run that can still be boarded there. */
function returnRow(
  prepared: PreparedTransit,
  { starts, sizes, times, leaves }: StopProfiles,
  { home, row }: { readonly home: number; readonly row: number },
  room: SampleRoom,
  minutes: readonly Float64Array[],
): void {
  const { departures, egress } = prepared;
  const workplaces = egress.starts.length - 1;
  const { times: best } = room;
  for (let work = 0; work < workplaces; work++) {
    const walk =
      prepared.walk === null ? Number.POSITIVE_INFINITY : (prepared.walk[home * workplaces + work] as number);
    best.fill(walk);
    let isRidden = false;
    for (let i = egress.starts[work]; i < egress.starts[work + 1]; i++) {
      const stop = egress.targets[i];
      if (sizes[stop] === 0 || !(egress.seconds[i] < walk)) continue;
      const first = egress.seconds[i];
      const end = starts[stop] + sizes[stop];
      // Times are opposite: the pairs of the latest departures from this stop come first.
      let pair = starts[stop];
      for (let k = departures.length - 1; k >= 0; k--) {
        const boardable = -(departures[k] + first);
        while (pair < end && times[pair] <= boardable) pair++;
        if (pair === starts[stop]) continue;
        const took = -leaves[pair - 1] - departures[k];
        if (took < best[k]) {
          best[k] = took;
          isRidden = true;
        }
      }
    }
    write(prepared, room, isRidden, walk, row * workplaces + work, minutes);
  }
}

/** The percentiles of the travel times of one pair. */
function write(
  { ranks, maxSeconds }: PreparedTransit,
  { times, sorted }: SampleRoom,
  isRidden: boolean,
  walk: number,
  cell: number,
  minutes: readonly Float64Array[],
): void {
  const limited = (seconds: number): number => (seconds <= maxSeconds ? seconds / 60 : Number.POSITIVE_INFINITY);
  if (isRidden) {
    sorted.set(times);
    sorted.sort();
  }
  for (let p = 0; p < ranks.length; p++) minutes[p][cell] = limited(isRidden ? sorted[ranks[p]] : walk);
}
