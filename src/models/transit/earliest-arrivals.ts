import { QuartiersError } from "../../codes/errors.ts";
import { firstArrivingFrom, firstGroupFrom, NO_ALIGHTING, NO_BOARDING } from "./connections.ts";
import type { Network } from "./network.ts";
import { NEVER } from "./transfers.ts";

/** Time of a stop that is not reached: above every time of a day. */
export const UNREACHED: number = 2 ** 31 - 1;

/** What a search found at each stop, and how: enough to tell the journey again (`explainJourney`). */
export interface Arrivals {
  /** Earliest arrival by a run, in seconds of the day; `UNREACHED` where no run brings. The walk to the first stop is not in it. */
  readonly byRun: Int32Array;
  /** Earliest time when one is ready to board, having walked there from the origin, or changed, or walked from another stop. */
  readonly ready: Int32Array;
  /** Connections boarded and left by the run of `byRun`; -1 without. */
  readonly boarded: Int32Array;
  readonly left: Int32Array;
  /** Stop where the run before `ready` was left; -1 when one is there from the origin. */
  readonly readyFrom: Int32Array;
}

export interface ArrivalOptions {
  /** Arrivals after this time are not looked for, in seconds of the day; none by default. */
  readonly latest?: number;
}

/** Arrays that a search fills, to be used again by the next one. */
export interface ArrivalScratch extends Arrivals {
  /** Connection where each run was boarded, `NEVER` before. */
  readonly boardings: Int32Array;
}

/** Room for the searches of one network. */
export function arrivalScratch({ footpaths, runCount }: Network): ArrivalScratch {
  const stops = footpaths.changeSeconds.length;
  return {
    byRun: new Int32Array(stops),
    ready: new Int32Array(stops),
    boarded: new Int32Array(stops),
    left: new Int32Array(stops),
    readyFrom: new Int32Array(stops),
    boardings: new Int32Array(runCount),
  };
}

/**
 * Earliest arrivals at every stop for one departure: one scan of the connections (Connection Scan Algorithm, Dibbelt, Pajor, Strasser and Wagner 2013). A journey is a
 * walk to a stop, runs, and between two runs a change at one stop or one walk to another; a last walk belongs to the caller. Any number of runs.
 * O(connections + walks of the stops that improve); no array is made when `scratch` is given.
 * @param accessSeconds seconds of walk to each stop, Infinity where one does not walk; whole seconds are enough, others are rounded up
 * @param departure seconds of the day, a whole number
 */
export function earliestArrivals(
  network: Network,
  accessSeconds: Float64Array,
  departure: number,
  options: ArrivalOptions = {},
  scratch: ArrivalScratch = arrivalScratch(network),
): Arrivals {
  begin(network, accessSeconds, departure, scratch);
  scan(network, scratch, scratch.ready, departure, Math.min(options.latest ?? NEVER, NEVER));
  const { byRun, ready, boarded, left, readyFrom } = scratch;
  return { byRun, ready, boarded, left, readyFrom };
}

/**
 * The same with at most n runs, for n from 0 (the walk to the stops) to `maxRides`: the n-th answer holds the journeys of n runs or fewer, so that one sees what a change
 * more would gain. One scan a run allowed (rounds as in RAPTOR, Delling, Pajor and Werneck 2012).
 */
export function arrivalsByRides(
  network: Network,
  accessSeconds: Float64Array,
  departure: number,
  maxRides: number,
  options: ArrivalOptions = {},
): Arrivals[] {
  if (!(Number.isInteger(maxRides) && maxRides >= 1))
    throw new QuartiersError({
      what: "Nombre de trajets en véhicule impossible",
      value: String(maxRides),
      expected: "un entier à partir de 1",
    });
  const latest = Math.min(options.latest ?? NEVER, NEVER);
  const rounds = [arrivalScratch(network)];
  begin(network, accessSeconds, departure, rounds[0] as ArrivalScratch);
  for (let ride = 1; ride <= maxRides; ride++) {
    const before = rounds[ride - 1] as ArrivalScratch;
    const round: ArrivalScratch = {
      byRun: before.byRun.slice(),
      ready: before.ready.slice(),
      boarded: before.boarded.slice(),
      left: before.left.slice(),
      readyFrom: before.readyFrom.slice(),
      boardings: before.boardings.fill(NEVER),
    };
    scan(network, round, before.ready, departure, latest);
    rounds.push(round);
  }
  return rounds.map(({ byRun, ready, boarded, left, readyFrom }) => ({ byRun, ready, boarded, left, readyFrom }));
}

/**
 * Latest departures from every stop that still bring to a place by a time: the search of `earliestArrivals` on the network turned over in time.
 * @param egressSeconds seconds of walk from each stop to the place
 * @param reversed `reverseNetwork(network)`, made once for many places
 * @returns for each stop, the latest time at which a run is boarded there, and the latest time to be at the stop (before a change or a walk to another stop), in seconds of
 *   the day; -Infinity where nothing brings there
 */
export function latestDepartures(
  reversed: Network,
  egressSeconds: Float64Array,
  arriveBy: number,
): { readonly byRun: Float64Array; readonly ready: Float64Array } {
  const { byRun, ready } = earliestArrivals(reversed, egressSeconds, -arriveBy);
  const opposite = (times: Int32Array): Float64Array =>
    Float64Array.from(times, (time) => (time === UNREACHED ? Number.NEGATIVE_INFINITY : -time));
  return { byRun: opposite(byRun), ready: opposite(ready) };
}

/** Nothing reached yet but the stops that one walks to. */
function begin(network: Network, accessSeconds: Float64Array, departure: number, scratch: ArrivalScratch): void {
  if (accessSeconds.length !== network.footpaths.changeSeconds.length)
    throw new QuartiersError({
      what: "Les marches d'accès ne vont pas avec les arrêts",
      value: `${accessSeconds.length} durées`,
      expected: `une durée par arrêt, ${network.footpaths.changeSeconds.length}`,
    });
  const { byRun, ready, boarded, left, readyFrom, boardings } = scratch;
  byRun.fill(UNREACHED);
  ready.fill(UNREACHED);
  boarded.fill(-1);
  left.fill(-1);
  readyFrom.fill(-1);
  boardings.fill(NEVER);
  for (let stop = 0; stop < ready.length; stop++) {
    const walk = accessSeconds[stop];
    if (!(walk >= 0)) throw noWalk(walk);
    if (walk < NEVER) ready[stop] = departure + Math.ceil(walk);
  }
}

const noWalk = (walk: number): QuartiersError =>
  new QuartiersError({
    what: "Durée de marche impossible",
    value: String(walk),
    expected: "0 ou plus, en secondes, ou Infinity pour un arrêt où l'on ne marche pas",
  });

/** @param known when one is ready to board at each stop: `scratch.ready` itself, or that of journeys with a run less */
function scan(network: Network, scratch: ArrivalScratch, known: Int32Array, departure: number, latest: number): void {
  const { from, to, departure: departures, arrival: arrivals, run, flags, tieGroups } = network.connections;
  const { changeSeconds, starts, targets, seconds } = network.footpaths;
  const { byRun, ready, boarded, left, readyFrom, boardings } = scratch;
  let [changes, changesBefore] = [0, 0];
  const first = firstArrivingFrom(network.connections, departure);
  let group = firstGroupFrom(network.connections, first);
  let [groupStart, groupEnd] = [tieGroups[group], tieGroups[group + 1]];
  const count = from.length;
  for (let i = first; i < count; i++) {
    const arrival = arrivals[i];
    if (arrival > latest) break;
    if (i === groupStart) changesBefore = changes;
    const own = run[i];
    let boarding = boardings[own];
    // When a group is read again, a run may stand boarded further than this ride.
    if (boarding > i && known[from[i]] <= departures[i] && (flags[i] & NO_BOARDING) === 0) {
      boarding = i;
      boardings[own] = i;
    }
    if (boarding <= i && arrival < byRun[to[i]] && (flags[i] & NO_ALIGHTING) === 0) {
      const stop = to[i];
      byRun[stop] = arrival;
      boarded[stop] = boarding;
      left[stop] = i;
      changes++;
      const changed = arrival + changeSeconds[stop];
      if (changed < ready[stop]) {
        ready[stop] = changed;
        readyFrom[stop] = stop;
      }
      for (let walk = starts[stop]; walk < starts[stop + 1]; walk++) {
        const there = arrival + seconds[walk];
        if (there < ready[targets[walk]]) {
          ready[targets[walk]] = there;
          readyFrom[targets[walk]] = stop;
        }
      }
    }
    if (i + 1 === groupEnd) {
      if (changes > changesBefore) i = groupStart - 1;
      else {
        group += 2;
        groupStart = tieGroups[group];
        groupEnd = tieGroups[group + 1];
      }
    }
  }
}
