/**
 * For each stop, the pairs (time there, leaving time of the origin) that no other pair beats: times increase, and so do leaving times, for a later leaving is the only
 * reason to keep a later time. Lists of all stops share two growing columns.
 */
export interface StopProfiles {
  readonly starts: Int32Array;
  readonly sizes: Int32Array;
  readonly rooms: Int32Array;
  times: Int32Array;
  leaves: Int32Array;
  /** Pairs for which the columns have been cut into lists. */
  used: number;
}

const FIRST_ROOM = 8;

/** Empty lists. */
export function stopProfiles(stops: number): StopProfiles {
  return {
    starts: Int32Array.from({ length: stops }, (_, stop) => stop * FIRST_ROOM),
    sizes: new Int32Array(stops),
    rooms: new Int32Array(stops).fill(FIRST_ROOM),
    times: new Int32Array(stops * FIRST_ROOM * 2),
    leaves: new Int32Array(stops * FIRST_ROOM * 2),
    used: stops * FIRST_ROOM,
  };
}

/** Empties the lists and keeps their room for the next origin. */
export function clearProfiles({ sizes }: StopProfiles): void {
  sizes.fill(0);
}

/**
 * Adds a pair unless another one beats it, and takes out those that it beats. False when nothing changes. Pairs come almost in the order of their times: the search
 * for their place starts at the end.
 */
export function addPair(profiles: StopProfiles, stop: number, time: number, leave: number): boolean {
  const { starts, sizes, rooms } = profiles;
  let start = starts[stop];
  const end = start + sizes[stop];
  let { times, leaves } = profiles;
  let at = end;
  while (at > start && times[at - 1] > time) at--;
  if (at > start && leaves[at - 1] >= leave) return false;
  if (at > start && times[at - 1] === time) at--;
  let beaten = at;
  while (beaten < end && leaves[beaten] <= leave) beaten++;
  if (beaten === at) {
    if (sizes[stop] === rooms[stop]) {
      at += move(profiles, stop);
      start = starts[stop];
      ({ times, leaves } = profiles);
    }
    for (let i = start + sizes[stop]; i > at; i--) {
      times[i] = times[i - 1];
      leaves[i] = leaves[i - 1];
    }
    sizes[stop]++;
  } else if (beaten > at + 1) {
    for (let i = beaten; i < end; i++) {
      times[i - beaten + at + 1] = times[i];
      leaves[i - beaten + at + 1] = leaves[i];
    }
    sizes[stop] -= beaten - at - 1;
  }
  times[at] = time;
  leaves[at] = leave;
  return true;
}

/** Gives a full list twice its room, at the end of the columns; returns by how much it moved. */
function move(profiles: StopProfiles, stop: number): number {
  const { starts, sizes, rooms, used } = profiles;
  const room = 2 * rooms[stop];
  if (used + room > profiles.times.length) {
    profiles.times = grown(profiles.times, used + room);
    profiles.leaves = grown(profiles.leaves, used + room);
  }
  const start = starts[stop];
  profiles.times.copyWithin(used, start, start + sizes[stop]);
  profiles.leaves.copyWithin(used, start, start + sizes[stop]);
  starts[stop] = used;
  rooms[stop] = room;
  profiles.used = used + room;
  return used - start;
}

function grown(values: Int32Array, least: number): Int32Array {
  const larger = new Int32Array(Math.max(2 * values.length, least));
  larger.set(values);
  return larger;
}
