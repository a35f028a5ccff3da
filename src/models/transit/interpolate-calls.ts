import { greatCircleKm } from "../access/great-circle.ts";
import { type TransitFeed, UNTIMED } from "./transit-feed.ts";

/** How the times of the calls of some trips were completed. */
export interface CallCounts {
  /** Times placed along shape_dist_traveled, along the great circles from stop to stop, or evenly. */
  byDistance: number;
  byGreatCircle: number;
  evenly: number;
  /** Calls before the first time of a trip or after its last: nothing says when, they are left out. */
  beyondTimes: number;
  /** Trips whose times go back: left out whole. */
  decreasing: number;
  /** The first of them. */
  firstDecreasing: string | null;
  /** Trips left with fewer than two calls. */
  tooShort: number;
}

/** No call completed yet. */
export const noCallCounts = (): CallCounts => ({
  byDistance: 0,
  byGreatCircle: 0,
  evenly: 0,
  beyondTimes: 0,
  decreasing: 0,
  firstDecreasing: null,
  tooShort: 0,
});

/** The calls of a trip, from its first time to its last, each with its times. */
export interface TimedCalls {
  /** Row of each call in the feed. */
  readonly first: number;
  readonly count: number;
  readonly arrivals: Int32Array;
  readonly departures: Int32Array;
}

/**
 * The calls of a trip with a time each. Between two times, untimed calls are placed by shape_dist_traveled when it grows from one to the other, else by the
 * great circles from stop to stop, else evenly; rounded to the second, without waiting at the stop. Null for a trip that has no ride or whose times go back.
 */
export function timedCalls(feed: TransitFeed, trip: number, counts: CallCounts): TimedCalls | null {
  const { calls } = feed;
  let [start, end] = [calls.starts[trip], calls.starts[trip + 1]];
  const all = end - start;
  while (start < end && calls.arrivals[start] === UNTIMED) start++;
  while (end > start && calls.arrivals[end - 1] === UNTIMED) end--;
  counts.beyondTimes += all - (end - start);
  if (end - start < 2) {
    counts.tooShort++;
    return null;
  }
  const arrivals = calls.arrivals.slice(start, end);
  const departures = calls.departures.slice(start, end);
  for (let i = 1, before = 0; i < arrivals.length; i++) {
    if (arrivals[i] === UNTIMED) continue;
    if (arrivals[i] < departures[before] || departures[before] < arrivals[before] || departures[i] < arrivals[i]) {
      counts.decreasing++;
      counts.firstDecreasing ??= feed.trips.ids[trip] ?? "";
      return null;
    }
    if (i > before + 1) {
      const { along, how } = positions(feed, start + before, start + i);
      counts[how] += i - before - 1;
      const [leaves, rides] = [departures[before], arrivals[i] - departures[before]];
      for (let k = before + 1; k < i; k++)
        arrivals[k] = departures[k] = Math.round(leaves + rides * (along[k - before] ?? 0));
    }
    before = i;
  }
  return { first: start, count: end - start, arrivals, departures };
}

/** Share of the way done at each call from one row to another, 0 at the first and 1 at the last. */
function positions(
  { calls, stops }: TransitFeed,
  first: number,
  last: number,
): { readonly along: Float64Array; readonly how: "byDistance" | "byGreatCircle" | "evenly" } {
  const along = new Float64Array(last - first + 1);
  let isGrowing = true;
  for (let row = first; row <= last && isGrowing; row++)
    isGrowing = row === first ? !Number.isNaN(calls.distances[row]) : calls.distances[row] >= calls.distances[row - 1];
  if (isGrowing && calls.distances[last] > calls.distances[first]) {
    for (let row = first; row <= last; row++) along[row - first] = calls.distances[row] - calls.distances[first];
    return { along: shares(along), how: "byDistance" };
  }
  for (let row = first + 1; row <= last; row++) {
    const [a, b] = [calls.stops[row - 1], calls.stops[row]];
    along[row - first] = along[row - first - 1] + greatCircleKm(stops.lon[a], stops.lat[a], stops.lon[b], stops.lat[b]);
  }
  if (along[last - first] > 0) return { along: shares(along), how: "byGreatCircle" };
  for (let i = 0; i < along.length; i++) along[i] = i;
  return { along: shares(along), how: "evenly" };
}

function shares(along: Float64Array): Float64Array {
  const whole = along[along.length - 1] as number;
  for (let i = 0; i < along.length; i++) along[i] /= whole;
  return along;
}
