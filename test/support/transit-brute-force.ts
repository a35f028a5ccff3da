import type { Timetable } from "../../src/models/transit/timetable.ts";

/** A run as a list of calls. */
export interface Call {
  readonly stop: number;
  readonly arrival: number;
  readonly departure: number;
  readonly board: boolean;
  readonly alight: boolean;
}

/** Plain rules of travel, for searches that share nothing with the library's. */
export interface Rules {
  readonly stops: number;
  readonly runs: readonly (readonly Call[])[];
  /** Seconds to change at a stop, Infinity where one cannot. */
  readonly change: (stop: number) => number;
  /** Walks between stops: from, to, seconds. */
  readonly walks: readonly (readonly [number, number, number])[];
}

/** The runs of a timetable as calls. */
export function runsOf({ connections, runCount }: Timetable): Call[][] {
  const runs: Call[][] = Array.from({ length: runCount }, () => []);
  for (let i = 0; i < connections.from.length; i++) {
    const calls = runs[connections.run[i]] as Call[];
    const flags = connections.flags[i];
    const board = (flags & 1) === 0;
    const last = calls.pop();
    calls.push({
      stop: connections.from[i],
      arrival: last?.arrival ?? connections.departure[i],
      departure: connections.departure[i],
      alight: last?.alight ?? false,
      board,
    });
    calls.push({
      stop: connections.to[i],
      arrival: connections.arrival[i],
      departure: connections.arrival[i],
      alight: (flags & 2) === 0,
      board: false,
    });
  }
  return runs;
}

/**
 * Earliest arrivals by a run at every stop, by relaxing every run, whole, until nothing changes (label correcting). `byRides[n]` holds the journeys of at most n runs.
 */
export function bruteArrivals(
  rules: Rules,
  access: readonly (readonly [stop: number, seconds: number])[],
  departure: number,
  maxRides: number = Number.POSITIVE_INFINITY,
): number[] {
  const none = (): number[] => new Array<number>(rules.stops).fill(Number.POSITIVE_INFINITY);
  const start = none();
  for (const [stop, seconds] of access) start[stop] = Math.min(start[stop] as number, departure + seconds);
  let arrivals = none();
  for (let ride = 0; ride < maxRides; ride++) {
    const ready = [...start];
    arrivals.forEach((arrival, stop) => {
      ready[stop] = Math.min(ready[stop] as number, arrival + rules.change(stop));
    });
    for (const [from, to, seconds] of rules.walks)
      ready[to] = Math.min(ready[to] as number, (arrivals[from] as number) + seconds);
    const next = [...arrivals];
    for (const run of rules.runs) {
      let isAboard = false;
      for (const call of run) {
        if (isAboard && call.alight) next[call.stop] = Math.min(next[call.stop] as number, call.arrival);
        if (call.board && (ready[call.stop] as number) <= call.departure) isAboard = true;
      }
    }
    if (next.every((arrival, stop) => arrival === arrivals[stop])) return arrivals;
    arrivals = next;
  }
  return arrivals;
}
