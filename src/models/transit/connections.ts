/** One cannot board this connection where it starts, one cannot alight where it ends. */
export const NO_BOARDING = 1;
export const NO_ALIGHTING = 2;

/**
 * Rides from a call of a run to its next one, sorted so that whatever one can change from comes before (Dibbelt and others 2013 sort by departure; sorting by
 * arrival lets the same order serve one departure and a whole window, and a search stops at its last useful arrival): by arrival, rides that take no time after the
 * others, then by run and call. Times in seconds of the timetable's day.
 */
export interface Connections {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly departure: Int32Array;
  readonly arrival: Int32Array;
  readonly run: Int32Array;
  /** `NO_BOARDING` and `NO_ALIGHTING`. */
  readonly flags: Uint8Array;
  /**
   * Bounds, start then end, of the groups of rides that take no time at one second: each is read again until nothing changes. A last one
   * stands beyond the end.
   */
  readonly tieGroups: Int32Array;
}

/** Sorts connections, given run by run in the order of their calls. O(n log n). */
export function sortConnections(given: Omit<Connections, "tieGroups">): Connections {
  const count = given.from.length;
  const order = new Float64Array(count);
  let [least, most] = [0, 0];
  for (let i = 0; i < count; i++) {
    least = Math.min(least, given.arrival[i]);
    most = Math.max(most, given.arrival[i]);
  }
  // One number that sorts as (arrival, takes time first, position): exact under 2^53.
  for (let i = 0; i < count; i++) {
    const takesNone = given.departure[i] === given.arrival[i] ? 1 : 0;
    order[i] = (2 * (given.arrival[i] - least) + takesNone) * count + i;
  }
  if (2 * (most - least + 1) * count > Number.MAX_SAFE_INTEGER) throw new RangeError("timetable too large to sort");
  order.sort();
  const rows = Int32Array.from(order, (key) => key % count);
  const take = (values: Int32Array): Int32Array => Int32Array.from(rows, (row) => values[row]);
  const sorted = {
    from: take(given.from),
    to: take(given.to),
    departure: take(given.departure),
    arrival: take(given.arrival),
    run: take(given.run),
    flags: Uint8Array.from(rows, (row) => given.flags[row]),
  };
  return { ...sorted, tieGroups: tieGroups(sorted) };
}

function tieGroups({ departure, arrival }: Omit<Connections, "tieGroups">): Int32Array {
  const bounds: number[] = [];
  for (let start = 0; start < departure.length; ) {
    let end = start + 1;
    if (departure[start] === arrival[start]) {
      while (end < departure.length && arrival[end] === arrival[start]) end++;
      if (end > start + 1) bounds.push(start, end);
    }
    start = end;
  }
  // A group that no position reaches, so that a search needs no test for the last one.
  bounds.push(departure.length + 1, departure.length + 2);
  return Int32Array.from(bounds);
}

/** Position of the first connection that arrives at a time or after. */
export function firstArrivingFrom({ arrival }: Connections, time: number): number {
  let [low, high] = [0, arrival.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (arrival[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position in `tieGroups` of the first group at a connection or after. */
export function firstGroupFrom({ tieGroups }: Connections, connection: number): number {
  let group = 0;
  while (tieGroups[group] < connection) group += 2;
  return group;
}
