import type { Connections } from "./connections.ts";

/**
 * Connections as two events each, where one boards and where one alights, in an order that a search can follow without looking back: by time; at one second, first
 * the ends of rides that took time, then the starts, with the ends of rides that take none, run by run in the order of calls.
 */
export interface ScanEvents {
  /** Twice the connection, plus 1 for its end. */
  readonly codes: Int32Array;
  readonly times: Int32Array;
  /**
   * Bounds, start then end, of the starts and ends at a second where some ride takes no time: they are read again until nothing changes. A last one stands
   * beyond the end.
   */
  readonly tieGroups: Int32Array;
}

/** The events of connections. O(n log n). */
export function scanEvents({ departure, arrival }: Connections): ScanEvents {
  const count = departure.length;
  let least = 0;
  for (const time of departure) if (time < least) least = time;
  const keys = new Float64Array(2 * count);
  const size = 2 * count;
  for (let i = 0; i < count; i++) {
    const takesTime = departure[i] < arrival[i];
    keys[2 * i] = (2 * (departure[i] - least) + 1) * size + 2 * i;
    keys[2 * i + 1] = (2 * (arrival[i] - least) + (takesTime ? 0 : 1)) * size + 2 * i + 1;
  }
  keys.sort();
  const codes = Int32Array.from(keys, (key) => key % size);
  const times = Int32Array.from(codes, (code) => (code & 1 ? arrival : departure)[code >> 1] as number);
  const bounds: number[] = [];
  for (let start = 0; start < size; ) {
    const block = Math.floor(keys[start] / size);
    let end = start;
    let takesNone = false;
    for (; end < size && Math.floor(keys[end] / size) === block; end++) takesNone ||= (codes[end] & 1) === 1;
    if (takesNone && block % 2 === 1) bounds.push(start, end);
    start = end;
  }
  bounds.push(size + 1, size + 2);
  return { codes, times, tieGroups: Int32Array.from(bounds) };
}

/** Position of the first event at a time or after. */
export function firstEventFrom({ times }: ScanEvents, time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
