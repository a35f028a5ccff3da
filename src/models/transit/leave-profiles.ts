import { NO_ALIGHTING, NO_BOARDING } from "./connections.ts";
import type { Network } from "./network.ts";
import { addPending, clearPending, type PendingWalks, pendingWalks } from "./pending-walks.ts";
import { firstEventFrom, type ScanEvents } from "./scan-events.ts";
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
  /** Latest leaving time that has one ready to board at each stop so far, after a run. */
  readonly ready: Int32Array;
  /** Latest leaving time that has one on board of each run so far. */
  readonly onBoard: Int32Array;
  readonly pending: PendingWalks;
  /** Leaving time and time there of the last one who set out to each stop. */
  readonly coming: Int32Array;
  groupLabels: Int32Array;
}

/** Room for the searches of one network. */
export function leaveScratch({ footpaths, runCount }: Network): LeaveScratch {
  const stops = footpaths.changeSeconds.length;
  return {
    byRun: stopProfiles(stops),
    ready: new Int32Array(stops),
    onBoard: new Int32Array(runCount),
    pending: pendingWalks(),
    coming: new Int32Array(2 * stops),
    groupLabels: new Int32Array(64),
  };
}

/** Leaving time of what cannot be caught: under every time of a day. */
const NONE = -NEVER;

/**
 * For every stop, the journeys of a whole window of departures: pairs (arrival by a run, latest leaving time of the origin that has this arrival), in one scan. It is the
 * profile search of the Connection Scan Algorithm (Dibbelt and others 2013) turned over: theirs goes from the last connection to one target, this one from the first connection
 * away from one origin. Each run and each stop holds one number that only grows, the latest leaving time that has one there by the second of the scan; whoever changes or
 * walks waits for that second in a list. Journeys are those of `earliestArrivals`, which gives the same arrivals departure by departure.
 * O(connections + pairs kept x walks).
 * @param events `scanEvents(network.connections)`
 * @param access whole seconds of walk to each stop, `NEVER` where one does not walk
 */
export function leaveProfiles(
  { connections, footpaths }: Network,
  events: ScanEvents,
  access: Int32Array,
  window: LeaveWindow,
  scratch: LeaveScratch,
): StopProfiles {
  const { from, to, run, flags } = connections;
  const { changeSeconds, starts, targets, seconds } = footpaths;
  const { codes, times, tieGroups } = events;
  const { byRun, ready, onBoard, pending, coming } = scratch;
  const { first, last, step, until, longest } = window;
  clearProfiles(byRun);
  ready.fill(NONE);
  onBoard.fill(NONE);
  coming.fill(NONE);
  clearPending(pending, until - first + 1);
  const begin = firstEventFrom(events, first);
  let group = 0;
  while (tieGroups[group] < begin) group += 2;
  let [groupStart, groupEnd] = [tieGroups[group], tieGroups[group + 1]];
  let [changes, changesBefore] = [0, 0];
  let isAgain = false;
  let now = first - 1;
  for (let event = begin; event < codes.length; event++) {
    const time = times[event];
    if (time > until) break;
    // Those who get to a stop by now are ready there.
    while (now < time) {
      now++;
      for (let i = pending.heads[now - first]; i >= 0; i = pending.before[i])
        if (pending.leaves[i] > ready[pending.stops[i]]) ready[pending.stops[i]] = pending.leaves[i];
    }
    if (event === groupStart) {
      if (isAgain) restoreLabels(scratch, codes, run, groupStart, groupEnd);
      else saveLabels(scratch, codes, run, groupStart, groupEnd);
      changesBefore = changes;
    }
    const ride = codes[event] >> 1;
    const own = run[ride];
    if ((codes[event] & 1) === 0) {
      if ((flags[ride] & NO_BOARDING) === 0) {
        const stop = from[ride];
        let leave = ready[stop];
        let direct = time - access[stop];
        if (direct >= first && leave < last) {
          if (direct >= last) direct = last;
          else if (step > 1) direct -= (direct - first) % step;
          if (direct > leave) leave = direct;
        }
        if (leave > onBoard[own]) onBoard[own] = leave;
      }
    } else {
      const leave = onBoard[own];
      if (leave > NONE && time - leave <= longest && (flags[ride] & NO_ALIGHTING) === 0) {
        const stop = to[ride];
        if (addPair(byRun, stop, time, leave)) {
          changes++;
          const changed = time + changeSeconds[stop];
          if (leave > ready[stop] && changed <= until && changed - access[stop] < leave) {
            if (changed <= time) ready[stop] = leave;
            else addPending(pending, changed - first, stop, leave);
          }
          for (let walk = starts[stop]; walk < starts[stop + 1]; walk++) {
            const there = time + seconds[walk];
            // Walks are sorted: the next ones take longer still.
            if (there > until || there - leave > longest) break;
            const target = targets[walk];
            // No use where one is ready already, or is by walking there from the origin.
            if (leave <= ready[target] || there - access[target] >= leave) continue;
            // Nor where somebody on the way leaves no earlier and gets there first.
            if (leave <= coming[2 * target] && there >= coming[2 * target + 1]) continue;
            if (there <= time) ready[target] = leave;
            else {
              addPending(pending, there - first, target, leave);
              coming[2 * target] = leave;
              coming[2 * target + 1] = there;
            }
          }
        }
      }
    }
    if (event + 1 === groupEnd) {
      isAgain = changes > changesBefore;
      if (isAgain) event = groupStart - 1;
      else {
        group += 2;
        groupStart = tieGroups[group];
        groupEnd = tieGroups[group + 1];
      }
    }
  }
  return byRun;
}

/** What had one on board of the runs of a group before it: a second reading must not board a run before where it was boarded. */
function saveLabels(scratch: LeaveScratch, codes: Int32Array, run: Int32Array, start: number, end: number): void {
  if (scratch.groupLabels.length < end - start) scratch.groupLabels = new Int32Array(2 * (end - start));
  for (let i = start; i < end; i++) scratch.groupLabels[i - start] = scratch.onBoard[run[codes[i] >> 1]];
}

function restoreLabels(scratch: LeaveScratch, codes: Int32Array, run: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) scratch.onBoard[run[codes[i] >> 1]] = scratch.groupLabels[i - start];
}
