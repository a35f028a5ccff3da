import type { Reach } from "../streets/reach.ts";
import { checkWindow, type DepartureWindow, percentileRanks } from "./departure-window.ts";
import { type LeaveScratch, leaveProfiles, leaveScratch } from "./leave-profiles.ts";
import { type Network, reverseNetwork } from "./network.ts";
import { type ScanEvents, scanEvents } from "./scan-events.ts";
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
  readonly events: ScanEvents;
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
  const followed = direction === "return" ? reverseNetwork(walked) : walked;
  return {
    network: followed,
    events: scanEvents(followed.connections),
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
  const room = sampleRoom(prepared);
  for (let home = start; home < end; home++) {
    const { starts, targets, seconds } = prepared.access;
    for (let i = starts[home]; i < starts[home + 1]; i++) access[targets[i]] = Math.ceil(seconds[i]);
    const profiles = searchHome(prepared, access, scratch);
    sampleRow(prepared, profiles, { home, row: home - firstHome }, room, minutes);
    for (let i = starts[home]; i < starts[home + 1]; i++) access[targets[i]] = NEVER;
  }
}

function searchHome(
  { network, events, departures, direction, maxSeconds }: PreparedTransit,
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
  return leaveProfiles(network, events, access, window, scratch);
}

interface SampleRoom {
  /** Arrival of those who leave at a departure or before, for one home and one workplace; then the travel time of each departure. */
  readonly arrivals: Float64Array;
  readonly times: Float64Array;
  /** Stops that some workplace walks to. */
  readonly stops: Int32Array;
  /** No departure of the window has a shorter travel time to (or from) the stop. */
  readonly shortest: Float64Array;
}

function sampleRoom({ egress, departures, network }: PreparedTransit): SampleRoom {
  const used = new Uint8Array(network.footpaths.changeSeconds.length);
  for (const stop of egress.targets) used[stop] = 1;
  return {
    arrivals: new Float64Array(departures.length),
    times: new Float64Array(departures.length),
    stops: Int32Array.from(used.keys()).filter((stop) => used[stop] === 1),
    shortest: new Float64Array(used.length),
  };
}

/**
 * Takes what the pairs of a stop offer to a workplace at a walk of some seconds: lessens the arrival of the last departure that each pair is for. Whoever leaves
 * before can do the same.
 */
type StopSampler = (stop: number, seconds: number) => void;

/** Outward: leaving by some time, one is at the stop at another, then walks. */
function outwardSampler({ departures }: PreparedTransit, profiles: StopProfiles, room: SampleRoom): StopSampler {
  const { starts, sizes, times, leaves } = profiles;
  const { arrivals } = room;
  const first = departures[0];
  const step = departures.length > 1 ? departures[1] - first : 1;
  return (stop, seconds) => {
    for (let pair = starts[stop], end = pair + sizes[stop]; pair < end; pair++) {
      const k = (leaves[pair] - first) / step;
      const arrival = times[pair] + seconds;
      if (arrival < arrivals[k]) arrivals[k] = arrival;
    }
  };
}

/** Back: a walk, then a run boarded at the stop. Times are opposite: the pairs of the latest departures from the stop come first. */
function returnSampler({ departures }: PreparedTransit, profiles: StopProfiles, room: SampleRoom): StopSampler {
  const { starts, sizes, times, leaves } = profiles;
  const { arrivals } = room;
  const count = departures.length;
  const [first, last] = [departures[0], departures[count - 1]];
  const step = count > 1 ? departures[1] - first : 1;
  return (stop, seconds) => {
    const end = starts[stop] + sizes[stop];
    let [pair, high] = [starts[stop], end];
    // Those that the last departure still catches: the last of them is home first.
    while (pair < high) {
      const middle = (pair + high) >> 1;
      if (-times[middle] - seconds >= last) pair = middle + 1;
      else high = middle;
    }
    if (pair > starts[stop] && -leaves[pair - 1] < arrivals[count - 1]) arrivals[count - 1] = -leaves[pair - 1];
    for (; pair < end; pair++) {
      const spare = -times[pair] - seconds - first;
      if (spare < 0) return;
      const k = Math.floor(spare / step);
      if (-leaves[pair] < arrivals[k]) arrivals[k] = -leaves[pair];
    }
  };
}

/** The row of a home: for each workplace, the best of the walk and of the stops near it. */
function sampleRow(
  prepared: PreparedTransit,
  profiles: StopProfiles,
  { home, row }: { readonly home: number; readonly row: number },
  room: SampleRoom,
  minutes: readonly Float64Array[],
): void {
  const { egress, departures, direction, maxSeconds } = prepared;
  const workplaces = egress.starts.length - 1;
  const { arrivals, times, shortest } = room;
  setShortest(profiles, room);
  const sample = (direction === "outward" ? outwardSampler : returnSampler)(prepared, profiles, room);
  for (let work = 0; work < workplaces; work++) {
    const walk =
      prepared.walk === null ? Number.POSITIVE_INFINITY : (prepared.walk[home * workplaces + work] as number);
    const longest = Math.min(walk, maxSeconds + 1);
    arrivals.fill(Number.POSITIVE_INFINITY);
    let isRidden = false;
    for (let i = egress.starts[work]; i < egress.starts[work + 1]; i++) {
      const stop = egress.targets[i];
      if (!(shortest[stop] + egress.seconds[i] < longest)) continue;
      sample(stop, egress.seconds[i]);
      isRidden = true;
    }
    if (isRidden) {
      let arrival = Number.POSITIVE_INFINITY;
      for (let k = departures.length - 1; k >= 0; k--) {
        if (arrivals[k] < arrival) arrival = arrivals[k];
        times[k] = Math.min(walk, arrival - departures[k]);
      }
      times.sort();
    }
    write(prepared, isRidden ? times : null, walk, row * workplaces + work, minutes);
  }
}

/** The least of (time at the stop - leaving time) of the pairs of each stop, whichever way time goes. */
function setShortest({ starts, sizes, times, leaves }: StopProfiles, { stops, shortest }: SampleRoom): void {
  for (const stop of stops) {
    let least = Number.POSITIVE_INFINITY;
    for (let pair = starts[stop], end = pair + sizes[stop]; pair < end; pair++)
      if (times[pair] - leaves[pair] < least) least = times[pair] - leaves[pair];
    shortest[stop] = least;
  }
}

/** The percentiles of the sorted travel times of one pair, or of the walk alone. */
function write(
  { ranks, maxSeconds }: PreparedTransit,
  times: Float64Array | null,
  walk: number,
  cell: number,
  minutes: readonly Float64Array[],
): void {
  for (let p = 0; p < ranks.length; p++) {
    const seconds = times === null ? walk : (times[ranks[p]] as number);
    minutes[p][cell] = seconds <= maxSeconds ? seconds / 60 : Number.POSITIVE_INFINITY;
  }
}
