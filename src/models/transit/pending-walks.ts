/** People on their way to a stop, by the second when they get there. */
export interface PendingWalks {
  /** Last one of each second, -1 without. */
  heads: Int32Array;
  before: Int32Array;
  stops: Int32Array;
  leaves: Int32Array;
  count: number;
}

/** Nobody. */
export const pendingWalks = (): PendingWalks => ({
  heads: new Int32Array(0),
  before: new Int32Array(1024),
  stops: new Int32Array(1024),
  leaves: new Int32Array(1024),
  count: 0,
});

/** Nobody, over some seconds. */
export function clearPending(pending: PendingWalks, seconds: number): void {
  if (pending.heads.length < seconds) pending.heads = new Int32Array(seconds);
  pending.heads.fill(-1);
  pending.count = 0;
}

/** Somebody who left at `leave` gets to a stop at a second, counted from the start. */
export function addPending(pending: PendingWalks, second: number, stop: number, leave: number): void {
  const { heads, count } = pending;
  if (count === pending.stops.length) {
    pending.before = doubled(pending.before);
    pending.stops = doubled(pending.stops);
    pending.leaves = doubled(pending.leaves);
  }
  pending.before[count] = heads[second];
  pending.stops[count] = stop;
  pending.leaves[count] = leave;
  heads[second] = count;
  pending.count++;
}

function doubled(values: Int32Array): Int32Array {
  const larger = new Int32Array(2 * values.length);
  larger.set(values);
  return larger;
}
