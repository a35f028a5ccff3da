import { firstArrivingFrom, firstGroupFrom, NO_ALIGHTING, NO_BOARDING } from "./connections.ts";
import type { Network } from "./network.ts";
import { addPair, clearProfiles, type StopProfiles, stopProfiles } from "./stop-profiles.ts";
import { NEVER } from "./transfers.ts";

/** The departures of a search over a window, whole seconds. */
export interface LeaveWindow {
  /** First and last leaving time of the origin that matter. */
  readonly first: number;
  readonly last: number;
  /** Leaving times are first, first + step, ... up to last; 0 for every second. */
  readonly step: number;
  /** Arrivals after this are of no use. */
  readonly until: number;
  /** A journey longer than this, from leaving to arrival, is of no use. */
  readonly longest: number;
}

/** What a search fills, to be used again by the next one. */
export interface LeaveScratch {
  /** Pairs (arrival by a run, leaving time of the origin) of each stop: the answer. */
  readonly byRun: StopProfiles;
  /** Pairs (time when ready to board, leaving time) of the stops reached by a run, then a change or a walk. */
  readonly ready: StopProfiles;
  /** Latest leaving time that has one on board of each run so far. */
  readonly onBoard: Int32Array;
  groupLabels: Int32Array;
}

/** Room for the searches of one network. */
export function leaveScratch({ footpaths, runCount }: Network): LeaveScratch {
  const stops = footpaths.changeSeconds.length;
  return {
    byRun: stopProfiles(stops),
    ready: stopProfiles(stops),
    onBoard: new Int32Array(runCount),
    groupLabels: new Int32Array(64),
  };
}

/** Leaving time of what cannot be caught: under every time of a day. */
const NONE = -NEVER;

/**
 * For every stop, the journeys of a whole window of departures: pairs (arrival by a run, latest leaving time of the origin that has this arrival), in one scan. It is the
 * profile search of the Connection Scan Algorithm (Dibbelt and others 2013) turned over: theirs goes from the last connection to one target, this one from the first connection
 * away from one origin. A connection is caught when one leaves at or before some time; that time is the greatest of: what one walks to its stop for, what its run was
 * boarded for, what brings one to its stop in time. Journeys are those of `earliestArrivals`, which gives the same arrivals departure by departure.
 * O(connections + pairs kept x walks).
 * @param access whole seconds of walk to each stop, `NEVER` where one does not walk
 */
export function leaveProfiles(
  network: Network,
  access: Int32Array,
  window: LeaveWindow,
  scratch: LeaveScratch,
): StopProfiles {
  const { from, to, departure: departures, arrival: arrivals, run, flags, tieGroups } = network.connections;
  const { changeSeconds, starts, targets, seconds } = network.footpaths;
  const { byRun, ready, onBoard } = scratch;
  const { first, last, step, until, longest } = window;
  clearProfiles(byRun);
  clearProfiles(ready);
  onBoard.fill(NONE);
  const begin = firstArrivingFrom(network.connections, first);
  let group = firstGroupFrom(network.connections, begin);
  let [groupStart, groupEnd] = [tieGroups[group], tieGroups[group + 1]];
  let [changes, changesBefore] = [0, 0];
  const count = from.length;
  for (let i = begin; i < count; i++) {
    const arrival = arrivals[i];
    if (arrival > until) break;
    if (i === groupStart) {
      if (changesBefore < 0) restoreLabels(scratch, run, groupStart, groupEnd);
      else saveLabels(scratch, run, groupStart, groupEnd);
      changesBefore = changes;
    }
    const own = run[i];
    let leave = onBoard[own];
    if ((flags[i] & NO_BOARDING) === 0) {
      const stop = from[i];
      const departure = departures[i];
      let direct = departure - access[stop];
      if (direct >= first && leave < last) {
        if (direct >= last) direct = last;
        else if (step > 1) direct -= (direct - first) % step;
        if (direct > leave) leave = direct;
      }
      const listStart = ready.starts[stop];
      let pair = listStart + ready.sizes[stop] - 1;
      while (pair >= listStart && ready.leaves[pair] > leave && ready.times[pair] > departure) pair--;
      if (pair >= listStart && ready.leaves[pair] > leave) leave = ready.leaves[pair];
      onBoard[own] = leave;
    }
    if (leave > NONE && arrival - leave <= longest && (flags[i] & NO_ALIGHTING) === 0) {
      const stop = to[i];
      if (addPair(byRun, stop, arrival, leave)) {
        changes++;
        const changed = arrival + changeSeconds[stop];
        if (changed - access[stop] < leave && changed <= until) addPair(ready, stop, changed, leave);
        for (let walk = starts[stop]; walk < starts[stop + 1]; walk++) {
          const there = arrival + seconds[walk];
          // Walks are sorted: the next ones take longer still.
          if (there > until || there - leave > longest) break;
          const target = targets[walk];
          // Whoever is there later by walking from the origin has no use for this pair.
          if (there - access[target] < leave) addPair(ready, target, there, leave);
        }
      }
    }
    if (i + 1 === groupEnd) {
      if (changes > changesBefore) {
        i = groupStart - 1;
        changesBefore = -1;
      } else {
        group += 2;
        groupStart = tieGroups[group];
        groupEnd = tieGroups[group + 1];
        changesBefore = 0;
      }
    }
  }
  return byRun;
}

/** What had one on board of the runs of a group before it: a second reading must not board a run before where it was boarded. */
function saveLabels(scratch: LeaveScratch, run: Int32Array, start: number, end: number): void {
  if (scratch.groupLabels.length < end - start) scratch.groupLabels = new Int32Array(2 * (end - start));
  for (let i = start; i < end; i++) scratch.groupLabels[i - start] = scratch.onBoard[run[i]];
}

function restoreLabels(scratch: LeaveScratch, run: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) scratch.onBoard[run[i]] = scratch.groupLabels[i - start];
}
