import { QuartiersError } from "../../codes/errors.ts";
import { checkNodes } from "./shortest-path-nodes.ts";
import { NodeQueue } from "./shortest-path-queue.ts";
import type { StreetGraph } from "./street-graph.ts";

/** What a trip minimises: its time, or its length. */
export type StreetCost = "seconds" | "metres";

export interface ShortestOptions {
  /** "seconds" by default. */
  readonly cost?: StreetCost;
  /** Nodes further than this, in the unit of the cost, are not reached; Infinity by default. The bound is included. */
  readonly maxCost?: number;
  /** The search stops once all these nodes are settled; it goes through the whole graph by default. */
  readonly targets?: ArrayLike<number>;
  /** A queue of as many nodes as the graph, to spare its making to many searches; it is left clear. */
  readonly queue?: NodeQueue;
}

/** A way from a node to another. */
export interface StreetPath {
  /** Nodes in the order of the trip, both ends included. */
  readonly nodes: Int32Array;
  readonly seconds: number;
  readonly metres: number;
}

/**
 * Costs from one node to all (Dijkstra 1959, with an indexed 4-ary heap): Infinity for a node that cannot be reached, that is further than `maxCost`, or that
 * was not settled when the search stopped at its targets. O((n + m) log n).
 * @throws QuartiersError for a number that is not a node
 * @example
 * ```ts
 * const columns = { lon: new Float64Array(3), lat: new Float64Array(3), seconds: Float64Array.of(60, 30), metres: Float64Array.of(60, 30) };
 * const street = { ...columns, starts: Int32Array.of(0, 1, 2, 2), heads: Int32Array.of(1, 2) };
 * shortestCosts({ mode: "walk", ...street }, 0) // Float64Array(3) [ 0, 60, 90 ]
 * ```
 */
export function shortestCosts(graph: StreetGraph, from: number, options: ShortestOptions = {}): Float64Array {
  const queue = options.queue ?? new NodeQueue(graph.starts.length - 1);
  const costs = new Float64Array(graph.starts.length - 1).fill(Infinity);
  eachReached(graph, from, { ...options, queue }, (node, cost) => {
    costs[node] = cost;
  });
  return costs;
}

/**
 * The cheapest way from a node to another, for explanations: null when there is none. Of equal ways, one is chosen, always the same.
 * @throws QuartiersError for a number that is not a node
 */
export function shortestPath(
  graph: StreetGraph,
  from: number,
  to: number,
  options: Pick<ShortestOptions, "cost" | "maxCost"> = {},
): StreetPath | null {
  checkNodes([to], graph.starts.length - 1, "arrivée");
  if (from === -1 || to === -1) return null;
  const queue = new NodeQueue(graph.starts.length - 1);
  const arcs = new Int32Array(graph.starts.length - 1).fill(-1);
  const tails = new Int32Array(graph.starts.length - 1).fill(-1);
  let reached = false;
  eachReached(
    graph,
    from,
    { ...options, targets: [to], queue },
    (node) => {
      reached ||= node === to;
    },
    (tail, arc) => {
      tails[graph.heads[arc]] = tail;
      arcs[graph.heads[arc]] = arc;
    },
  );
  if (!reached) return null;
  const nodes = [to];
  let [seconds, metres] = [0, 0];
  for (let node = to; node !== from; node = tails[node]) {
    seconds += graph.seconds[arcs[node]];
    metres += graph.metres[arcs[node]];
    nodes.push(tails[node]);
  }
  return { nodes: Int32Array.from(nodes.reverse()), seconds, metres };
}

/**
 * Visits the nodes by increasing cost from one of them; `onArc` hears of each arc that improves the way to its head. Nothing is visited from -1.
 * @throws QuartiersError for a number that is not a node, or a limit that is not a number
 */
export function eachReached(
  graph: StreetGraph,
  from: number,
  { cost = "seconds", maxCost = Infinity, targets, queue }: ShortestOptions & { readonly queue: NodeQueue },
  visit: (node: number, cost: number) => void,
  onArc?: (tail: number, arc: number) => void,
): void {
  const { starts, heads, [cost]: weights } = graph;
  checkNodes([from], starts.length - 1, "départ");
  checkMaxCost(maxCost);
  const wanted = targets ? wantedNodes(targets, starts.length - 1) : null;
  if (from === -1 || wanted?.size === 0) return;
  queue.offer(from, 0);
  while (queue.size > 0) {
    const node = queue.take();
    const base = queue.costs[node];
    visit(node, base);
    if (wanted?.delete(node) && wanted.size === 0) break;
    for (let arc = starts[node]; arc < starts[node + 1]; arc++) {
      const reached = base + weights[arc];
      if (reached <= maxCost && queue.offer(heads[arc], reached)) onArc?.(node, arc);
    }
  }
  queue.clear();
}

/** Refuses a limit that is negative or not a number; Infinity is no limit. */
export function checkMaxCost(maxCost: number): void {
  if (maxCost >= 0) return;
  throw new QuartiersError({
    what: "Limite de trajet impossible",
    value: String(maxCost),
    expected: "un nombre positif ou nul, ou Infinity pour aucune limite",
  });
}

function wantedNodes(targets: ArrayLike<number>, count: number): Set<number> {
  checkNodes(targets, count, "arrivées");
  const wanted = new Set<number>();
  for (let i = 0; i < targets.length; i++) if (targets[i] !== -1) wanted.add(targets[i]);
  return wanted;
}
