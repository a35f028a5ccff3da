import { checkMaxCost, eachReached } from "./shortest-path.ts";
import { NodeQueue } from "./shortest-path-queue.ts";
import type { StreetGraph } from "./street-graph.ts";

/** Streets reached within a time. */
export interface ReachedStreets {
  readonly cutoffSeconds: number;
  /** Pieces of streets in degrees, four numbers each: lon, lat, lon, lat. A street walked from both ends is there once. */
  readonly pieces: Float64Array;
  /** Their length, each street counted once whatever its directions. */
  readonly metres: number;
}

export interface IsochroneOptions {
  /** Time already spent at the node: the walk to it, for a point beside the street. 0 by default. */
  readonly startSeconds?: number;
}

/**
 * Streets reached from a node within each time, to the very point where the time is spent: a piece ends along its street. One Dijkstra serves all the cut-offs.
 * Where nobody can stop (ferries, motorways: `noStop`) one passes and reaches nothing. Nothing is reached from -1.
 * O((n + m) log n) for the nodes within the longest time.
 * @throws QuartiersError for a number that is not a node, or a time that is negative or not a number
 * @example
 * ```ts
 * const columns = { lon: Float64Array.of(0, 0.002), lat: new Float64Array(2), seconds: Float64Array.of(100), metres: Float64Array.of(222) };
 * const street = { ...columns, starts: Int32Array.of(0, 1, 1), heads: Int32Array.of(1) };
 * isochrone({ mode: "walk", ...street }, 0, [50]).map(({ pieces }) => [...pieces]) // [ [ 0, 0, 0.001, 0 ] ]
 * ```
 */
export function isochrone(
  graph: StreetGraph,
  from: number,
  cutoffsSeconds: readonly number[],
  { startSeconds = 0 }: IsochroneOptions = {},
): ReachedStreets[] {
  for (const cutoff of [startSeconds, ...cutoffsSeconds]) checkMaxCost(cutoff);
  const budget = Math.max(...cutoffsSeconds) - startSeconds;
  const nodes: number[] = [];
  const times: number[] = [];
  if (budget >= 0)
    eachReached(graph, from, { maxCost: budget, queue: new NodeQueue(graph.lon.length) }, (node, time) => {
      nodes.push(node);
      times.push(time + startSeconds);
    });
  return cutoffsSeconds.map((cutoff) => reachedWithin(graph, nodes, times, cutoff));
}

/** The shares of one street that are reached from its lower and from its higher end. */
interface ReachedShares {
  readonly low: number;
  readonly high: number;
  readonly metres: number;
  fromLow: number;
  fromHigh: number;
}

function reachedWithin(graph: StreetGraph, nodes: number[], times: number[], cutoff: number): ReachedStreets {
  const { starts, heads, seconds, metres, noStop, copyOf } = graph;
  const streets = new Map<number, ReachedShares>();
  for (let i = 0; i < nodes.length && times[i] <= cutoff; i++) {
    const left = cutoff - times[i];
    const tail = copyOf?.[nodes[i]] ?? nodes[i];
    for (let arc = starts[nodes[i]]; arc < starts[nodes[i] + 1]; arc++) {
      if (noStop?.[arc] === 1) continue;
      const share = seconds[arc] <= left ? 1 : left / seconds[arc];
      const head = copyOf?.[heads[arc]] ?? heads[arc];
      if (share === 0 || head === tail) continue;
      const [low, high] = tail < head ? [tail, head] : [head, tail];
      const key = low * starts.length + high;
      const street = streets.get(key) ?? { low, high, metres: metres[arc], fromLow: 0, fromHigh: 0 };
      if (tail === low) street.fromLow = Math.max(street.fromLow, share);
      else street.fromHigh = Math.max(street.fromHigh, share);
      streets.set(key, street);
    }
  }
  const pieces: number[] = [];
  let total = 0;
  for (const street of streets.values()) {
    total += street.metres * Math.min(1, street.fromLow + street.fromHigh);
    if (street.fromLow + street.fromHigh >= 1) pieces.push(...pieceOf(graph, street, 0, 1));
    else {
      if (street.fromLow > 0) pieces.push(...pieceOf(graph, street, 0, street.fromLow));
      if (street.fromHigh > 0) pieces.push(...pieceOf(graph, street, 1 - street.fromHigh, 1));
    }
  }
  return { cutoffSeconds: cutoff, pieces: Float64Array.from(pieces), metres: total };
}

function pieceOf({ lon, lat }: StreetGraph, { low, high }: ReachedShares, start: number, end: number): number[] {
  const at = (column: Float64Array, share: number): number => column[low] + (column[high] - column[low]) * share;
  return [at(lon, start), at(lat, start), at(lon, end), at(lat, end)];
}
