import { QuartiersError } from "../../codes/errors.ts";
import type { HierarchyArcs, StreetHierarchy } from "./hierarchy.ts";
import type { Reach } from "./reach.ts";
import { checkMaxCost, eachReached } from "./shortest-path.ts";
import { checkNodes } from "./shortest-path-nodes.ts";
import { NodeQueue } from "./shortest-path-queue.ts";
import type { StreetGraph } from "./street-graph.ts";

/**
 * Times from each origin to the places within a radius: walks to stops, for instance. On a graph, one bounded Dijkstra an origin. On a hierarchy, two small
 * climbs that meet in buckets (Knopp, Sanders, Schultes, Schulz and Wagner 2007), which pays from the second call on the same streets. The radius is included; a
 * place further, without a way or without a street (-1) is not in the row. A place exactly at the radius may be in one form and not in the other, by the rounding of sums.
 * @throws QuartiersError for a number that is not a node, a radius that is not a positive number, a hierarchy of metres
 * @example
 * ```ts
 * const columns = { lon: new Float64Array(3), lat: new Float64Array(3), seconds: Float64Array.of(60, 30), metres: Float64Array.of(60, 30) };
 * const street = { ...columns, starts: Int32Array.of(0, 1, 2, 2), heads: Int32Array.of(1, 2) };
 * streetReach({ mode: "walk", ...street }, Int32Array.of(0), Int32Array.of(2, 1, 0), 60).seconds // Float64Array(2) [ 60, 0 ]
 * ```
 */
export function streetReach(
  streets: StreetGraph | StreetHierarchy,
  from: Int32Array,
  to: Int32Array,
  maxSeconds: number,
): Reach {
  checkMaxCost(maxSeconds);
  const count = "positions" in streets ? streets.positions.length : streets.starts.length - 1;
  checkNodes(from, count, "départs");
  checkNodes(to, count, "arrivées");
  const row = "positions" in streets ? climbing(streets, to, maxSeconds) : searching(streets, to, maxSeconds);
  const times = new Float64Array(to.length).fill(Infinity);
  const starts = new Int32Array(from.length + 1);
  const targets: number[] = [];
  const seconds: number[] = [];
  for (let i = 0; i < from.length; i++) {
    const found: number[] = [];
    if (from[i] !== -1)
      row(from[i], (target, time) => {
        if (times[target] === Infinity) found.push(target);
        if (time < times[target]) times[target] = time;
      });
    found.sort((a, b) => a - b);
    for (const target of found) {
      targets.push(target);
      seconds.push(times[target]);
      times[target] = Infinity;
    }
    starts[i + 1] = targets.length;
  }
  return { starts, targets: Int32Array.from(targets), seconds: Float64Array.from(seconds) };
}

/** Names the places reached from a node, once or more: the least of the times counts. */
type ReachRow = (from: number, meet: (target: number, time: number) => void) => void;

function searching(graph: StreetGraph, to: Int32Array, maxSeconds: number): ReachRow {
  const count = graph.starts.length - 1;
  const buckets = new Buckets();
  for (let target = 0; target < to.length; target++) if (to[target] !== -1) buckets.put(to[target], target, 0);
  const { starts, targets } = buckets.rows(count);
  const queue = new NodeQueue(count);
  return (from, meet) =>
    eachReached(graph, from, { maxCost: maxSeconds, queue }, (node, time) => {
      for (let i = starts[node]; i < starts[node + 1]; i++) meet(targets[i], time);
    });
}

function climbing({ cost, positions, up, down }: StreetHierarchy, to: Int32Array, maxSeconds: number): ReachRow {
  if (cost !== "seconds")
    throw new QuartiersError({
      what: "Une portée se mesure en secondes, et ces rues sont contractées en mètres",
      value: cost,
      expected: "seconds",
      remedy: "contracter le graphe selon la durée",
    });
  const queue = new NodeQueue(positions.length);
  const buckets = new Buckets();
  for (let target = 0; target < to.length; target++)
    if (to[target] !== -1)
      climb(down, positions[to[target]], maxSeconds, queue, (position, time) => buckets.put(position, target, time));
  const { starts, targets, seconds } = buckets.rows(positions.length);
  return (from, meet) =>
    climb(up, positions[from], maxSeconds, queue, (position, time) => {
      const left = maxSeconds - time;
      for (let i = starts[position]; i < starts[position + 1]; i++)
        if (seconds[i] <= left) meet(targets[i], time + seconds[i]);
    });
}

/** Visits the positions above one of them, within a radius. */
function climb(
  { starts, ends, costs }: HierarchyArcs,
  from: number,
  maxCost: number,
  queue: NodeQueue,
  visit: (position: number, cost: number) => void,
): void {
  queue.offer(from, 0);
  while (queue.size > 0) {
    const position = queue.take();
    const base = queue.costs[position];
    visit(position, base);
    for (let arc = starts[position]; arc < starts[position + 1]; arc++) {
      const reached = base + costs[arc];
      if (reached <= maxCost) queue.offer(ends[arc], reached);
    }
  }
  queue.clear();
}

/** Targets noted at nodes, with a time, then sorted into compressed rows by node. */
class Buckets {
  readonly #nodes: number[] = [];
  readonly #targets: number[] = [];
  readonly #seconds: number[] = [];

  put(node: number, target: number, seconds: number): void {
    this.#nodes.push(node);
    this.#targets.push(target);
    this.#seconds.push(seconds);
  }

  rows(count: number): Reach {
    const starts = new Int32Array(count + 1);
    for (const node of this.#nodes) starts[node + 1]++;
    for (let node = 0; node < count; node++) starts[node + 1] += starts[node];
    const next = starts.slice();
    const targets = new Int32Array(this.#nodes.length);
    const seconds = new Float64Array(this.#nodes.length);
    for (let i = 0; i < this.#nodes.length; i++) {
      const place = next[this.#nodes[i]]++;
      targets[place] = this.#targets[i];
      seconds[place] = this.#seconds[i];
    }
    return { starts, targets, seconds };
  }
}
