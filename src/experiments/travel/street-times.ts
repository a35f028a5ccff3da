import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { type Shard, shards, type WorkerPool } from "../../engine/workers.ts";
import type { AttachOptions } from "../../models/streets/attach-points.ts";
import type { StreetCost } from "../../models/streets/shortest-path.ts";
import type { StreetGraph, StreetMode } from "../../models/streets/street-graph.ts";
import { streetTargets } from "../../models/streets/street-matrix.ts";
import { contractShared, doorToDoorRows, inOrder, runHere, type SharedStreets, sharedArrays } from "./street-shards.ts";
import { type StreetTrips, streetTrips, type TripEnds } from "./street-trips.ts";
import type { TravelPoints, TravelTimes } from "./travel-times.ts";

/** Origins of one task. It depends on nothing: results are the same whatever the threads. */
const ORIGINS_PER_TASK = 64;

export interface StreetTimesOptions extends AttachOptions {
  /** Whether to measure the length of the shortest way too (not of the quickest: two costs, two hierarchies). False by default. */
  readonly kilometres?: boolean;
  /** Files that the streets and the points come from. */
  readonly lineage?: readonly SourceRef[];
  /** Threads that share the rows; none by default, since a town of a thousand points takes less time than the threads to start. */
  readonly pool?: WorkerPool;
}

/** Door-to-door times along streets, and lengths where they were asked for. */
export interface StreetTimes extends TravelTimes {
  /** Kilometres of the shortest way, walk to the street included; Infinity where there is none. Null unless asked for. */
  readonly kilometres: Float64Array | null;
}

/** What a stream of rows leaves behind. */
export type StreetStreamReport = Pick<StreetTimes, "unattached" | "lineage">;

/** Hears of one origin: its minutes to each destination, its kilometres where they were asked for. A promise is waited for. */
export type StreetRowVisit = (
  origin: number,
  minutes: Float64Array,
  kilometres: Float64Array | null,
) => void | Promise<void>;

/**
 * Times of all the trips of a mode from origins to destinations: points attached to their streets, streets contracted, one exact row an origin, and the walk to the
 * street at both ends. Infinity where there is no way, or where a point joins no street (listed, with the reason). A point to itself is at 0 minutes: the measure that
 * needs a distance within a place says its own. Free flow: neither traffic nor parking. The number of threads changes nothing, to the last bit.
 * @throws QuartiersError when the points or an option are impossible
 */
export async function streetTimes(
  graph: StreetGraph,
  origins: TravelPoints,
  destinations: TravelPoints,
  options: StreetTimesOptions = {},
  progress: Progress = silentProgress,
): Promise<StreetTimes> {
  const trips = streetTrips(graph, origins, destinations, options);
  const columns = destinations.ids.length;
  const minutes = new Float64Array(origins.ids.length * columns);
  const kilometres = options.kilometres ? new Float64Array(minutes.length) : null;
  // Origins at one node stand side by side, so that their row is computed once.
  const order = Int32Array.from(origins.ids.keys()).sort((a, b) => trips.from.nodes[a] - trips.from.nodes[b] || a - b);
  await eachRow(trips, order, options, progress, (origin, times, lengths) => {
    minutes.set(times, origin * columns);
    if (lengths) kilometres?.set(lengths, origin * columns);
  });
  return {
    originIds: origins.ids,
    destinationIds: destinations.ids,
    minutes,
    kilometres,
    unattached: trips.unattached,
    lineage: options.lineage ?? [],
  };
}

/**
 * The same rows, one origin after the other, without ever holding the matrix: memory follows destinations and threads. Rows come in the order of the origins; each
 * is a part of a buffer that goes with its task: copy what must last.
 * @throws QuartiersError when the points or an option are impossible
 */
export async function streamStreetTimes(
  graph: StreetGraph,
  origins: TravelPoints,
  destinations: TravelPoints,
  visit: StreetRowVisit,
  options: StreetTimesOptions = {},
  progress: Progress = silentProgress,
): Promise<StreetStreamReport> {
  const trips = streetTrips(graph, origins, destinations, options);
  await eachRow(trips, Int32Array.from(origins.ids.keys()), options, progress, visit);
  return { unattached: trips.unattached, lineage: options.lineage ?? [] };
}

async function eachRow(
  trips: StreetTrips,
  order: Int32Array,
  { kilometres = false, pool }: StreetTimesOptions,
  progress: Progress,
  visit: StreetRowVisit,
): Promise<void> {
  const { mode } = trips.graph;
  progress.step(`rues ${modeWords[mode]}, préparation`);
  const costs: readonly StreetCost[] = kilometres ? ["seconds", "metres"] : ["seconds"];
  const streets = await Promise.all(costs.map((cost) => prepared(trips, cost, pool ?? null)));
  const rows = (shard: Shard): Promise<Float64Array[]> => {
    const from = endsOf(trips.from, order.subarray(shard.start, shard.end));
    return Promise.all(streets.map((shared) => runHere(pool ?? null, doorToDoorRows, { streets: shared, from })));
  };
  const all = shards(order.length, ORIGINS_PER_TASK);
  const columns = trips.to.nodes.length;
  await inOrder(
    pool ?? null,
    all.map((shard) => () => rows(shard)),
    async ([minutes, lengths], task) => {
      const { start, end } = all[task];
      for (let i = start; i < end; i++) {
        const [first, last] = [(i - start) * columns, (i - start + 1) * columns];
        const waiting = visit(order[i], minutes.subarray(first, last), lengths?.subarray(first, last) ?? null);
        if (waiting) await waiting;
      }
      progress.step(`trajets ${modeWords[mode]}, ${frenchNumber(end)} origines sur ${frenchNumber(order.length)}`);
    },
  );
}

async function prepared(trips: StreetTrips, cost: StreetCost, pool: WorkerPool | null): Promise<SharedStreets> {
  const hierarchy = await runHere(pool, contractShared, { graph: trips.graph, cost });
  return { hierarchy, targets: sharedArrays(streetTargets(hierarchy, trips.to.nodes)), to: sharedArrays(trips.to) };
}

/** How the mode is said in a sentence. */
const modeWords: Readonly<Record<StreetMode, string>> = { walk: "à pied", bike: "à vélo", car: "en voiture" };

function endsOf({ lon, lat, nodes, accessSeconds, accessMetres }: TripEnds, rows: Int32Array): TripEnds {
  const of = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]);
  return {
    lon: of(lon),
    lat: of(lat),
    nodes: Int32Array.from(rows, (row) => nodes[row]),
    accessSeconds: of(accessSeconds),
    accessMetres: of(accessMetres),
  };
}
