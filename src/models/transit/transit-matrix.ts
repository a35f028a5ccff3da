import type { Reach } from "../streets/reach.ts";
import { checkWindow, type DepartureWindow, percentileRanks } from "./departure-window.ts";
import { type LeaveScratch, leaveProfiles, leaveScratch } from "./leave-profiles.ts";
import { type Network, reverseNetwork } from "./network.ts";
import { sampleRoom, sampleRow } from "./sample-row.ts";
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
