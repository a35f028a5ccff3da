import type { StopProfiles } from "./stop-profiles.ts";
import type { PreparedTransit } from "./transit-matrix.ts";

/** What the sampling of a home fills, to be used again by the next one. */
export interface SampleRoom {
  /** Arrival of those who leave at a departure or before, for one home and one workplace; then the travel time of each departure. */
  readonly arrivals: Float64Array;
  readonly times: Float64Array;
  /** Stops that some workplace walks to. */
  readonly stops: Int32Array;
  /** No departure of the window has a shorter travel time to (or from) the stop. */
  readonly shortest: Float64Array;
}

/** Room for the homes of one question. */
export function sampleRoom({ egress, departures, network }: PreparedTransit): SampleRoom {
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
export function sampleRow(
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
