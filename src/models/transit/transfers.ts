import { greatCircleKm } from "../access/great-circle.ts";
import type { Reach } from "../streets/reach.ts";
import type { TransitFeed } from "./transit-feed.ts";

/** A change that cannot be made: above every time of a day, small enough for a time to be added to it. */
export const NEVER: number = 2 ** 30;

/**
 * How one changes from a run to another: at one stop, or by one walk to another stop. The walks from stop s are `starts[s]` to `starts[s + 1]` (excluded). Times are
 * whole seconds, rounded up: runs leave at whole seconds, so that this changes no journey.
 */
export interface Footpaths {
  /** Time to change at each stop; `NEVER` where transfers.txt forbids it. */
  readonly changeSeconds: Int32Array;
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly seconds: Int32Array;
  /** 1 for a walk that transfers.txt gives without its time: along the great circle until a walk of streets replaces it. */
  readonly estimated: Uint8Array;
  /** Pairs of stops (from, to, from, to…) between which transfers.txt forbids to change. */
  readonly forbidden: Int32Array;
}

const FORBIDDEN_TYPE = 3;
/** Staying on board of a vehicle that changes its number (4), or having to leave it (5). */
const FIRST_ON_BOARD_TYPE = 4;

interface Rule {
  seconds: number;
  isEstimated: boolean;
  /** 2 when the row names both stops, less when it names a station. */
  precision: number;
}

/**
 * The changes of transfers.txt. A row between stations holds for each of their stops, unless another row names these stops. Its time is min_transfer_time, else the walk
 * along the great circle at `walkKmh`; type 3 forbids, and of two rows for the same stops
 * the shortest holds. Rows of types 4 and 5 are counted as not used.
 */
export function feedTransfers(
  { stops, transfers }: TransitFeed,
  { changeSeconds = 0, walkKmh = 3.6 }: { readonly changeSeconds?: number; readonly walkKmh?: number } = {},
): { readonly footpaths: Footpaths; readonly unused: number } {
  const count = stops.ids.length;
  const children = new Map<number, number[]>();
  stops.parents.forEach((parent, stop) => {
    if (parent < 0) return;
    const known = children.get(parent);
    if (known) known.push(stop);
    else children.set(parent, [stop]);
  });
  const rules = new Map<number, Rule>();
  let unused = transfers.narrow;
  for (let row = 0; row < transfers.from.length; row++) {
    const type = transfers.types[row];
    if (type >= FIRST_ON_BOARD_TYPE) {
      unused++;
      continue;
    }
    const [from, to] = [transfers.from[row], transfers.to[row]];
    const precision = Number(!children.has(from)) + Number(!children.has(to));
    const given = transfers.minSeconds[row];
    for (const a of [from, ...(children.get(from) ?? [])])
      for (const b of [to, ...(children.get(to) ?? [])]) {
        const known = rules.get(a * count + b);
        const km = a === b ? 0 : greatCircleKm(stops.lon[a], stops.lat[a], stops.lon[b], stops.lat[b]);
        const walked = a === b ? changeSeconds : Math.ceil((km / walkKmh) * 3600);
        const seconds = type === FORBIDDEN_TYPE ? NEVER : given >= 0 ? given : Number.isNaN(walked) ? NEVER : walked;
        const isForbidden = type === FORBIDDEN_TYPE;
        const isFirst = known === undefined || precision > known.precision;
        const isStronger =
          precision === known?.precision && !(known.seconds === NEVER && !known.isEstimated)
            ? isForbidden || seconds < known.seconds
            : false;
        if (isFirst || isStronger)
          rules.set(a * count + b, { seconds, isEstimated: !isForbidden && given < 0, precision });
      }
  }
  const changes = new Int32Array(count).fill(Math.ceil(changeSeconds));
  const walks: Walk[] = [];
  const forbidden: number[] = [];
  for (const [pair, { seconds, isEstimated }] of rules) {
    const [from, to] = [Math.floor(pair / count), pair % count];
    if (from === to) changes[from] = seconds;
    else if (seconds < NEVER) walks.push({ from, to, seconds, estimated: isEstimated ? 1 : 0 });
    else if (!isEstimated) forbidden.push(from, to);
  }
  return { footpaths: footpathRows(walks, changes, Int32Array.from(forbidden)), unused };
}

/**
 * The same changes with the walks along streets between stops. What transfers.txt says of a pair of stops is kept, but for a time that it does not give. Walks over
 * several stops in a row are not made: `walks` must hold every walk that is worth making.
 * @param walks seconds from each stop to the stops near it
 */
export function withWalks(footpaths: Footpaths, walks: Reach): Footpaths {
  const count = footpaths.changeSeconds.length;
  const said = new Map<number, Walk>();
  const { starts, targets, seconds, estimated, forbidden } = footpaths;
  for (let from = 0; from < count; from++)
    for (let i = starts[from]; i < starts[from + 1]; i++)
      said.set(from * count + targets[i], { from, to: targets[i], seconds: seconds[i], estimated: estimated[i] });
  const never = new Set<number>();
  for (let i = 0; i < forbidden.length; i += 2) never.add(forbidden[i] * count + forbidden[i + 1]);
  for (let from = 0; from < count; from++)
    for (let i = walks.starts[from]; i < walks.starts[from + 1]; i++) {
      const to = walks.targets[i];
      const known = said.get(from * count + to);
      if (from === to || never.has(from * count + to) || known?.estimated === 0) continue;
      said.set(from * count + to, { from, to, seconds: Math.ceil(walks.seconds[i]), estimated: 0 });
    }
  return footpathRows([...said.values()], footpaths.changeSeconds, forbidden);
}

/** The same walks taken the other way. */
export function reverseFootpaths(footpaths: Footpaths): Footpaths {
  const { changeSeconds, starts, targets, seconds, estimated, forbidden } = footpaths;
  const walks: Walk[] = [];
  for (let from = 0; from < changeSeconds.length; from++)
    for (let i = starts[from]; i < starts[from + 1]; i++)
      walks.push({ from: targets[i], to: from, seconds: seconds[i], estimated: estimated[i] });
  return footpathRows(
    walks,
    changeSeconds,
    forbidden.map((_, i) => forbidden[i ^ 1] as number),
  );
}

interface Walk {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly estimated: number;
}

/** Rows sorted by stop, then the shortest first: a search that has no time left for one walk has none for the next ones. */
function footpathRows(walks: readonly Walk[], changeSeconds: Int32Array, forbidden: Int32Array): Footpaths {
  const sorted = [...walks].sort((a, b) => a.from - b.from || a.seconds - b.seconds || a.to - b.to);
  const starts = new Int32Array(changeSeconds.length + 1);
  for (const { from } of sorted) starts[from + 1]++;
  for (let stop = 0; stop < changeSeconds.length; stop++) starts[stop + 1] += starts[stop];
  return {
    changeSeconds,
    starts,
    targets: Int32Array.from(sorted, ({ to }) => to),
    seconds: Int32Array.from(sorted, (walk) => walk.seconds),
    estimated: Uint8Array.from(sorted, (walk) => walk.estimated),
    forbidden,
  };
}
