import { NONE, type RemainingStreets } from "./hierarchy-remaining.ts";
import { NodeQueue } from "./shortest-path-queue.ts";

/** What the contraction of a node costs. */
export interface ContractionCost {
  /** Shortcuts to add, and the original arcs that they stand for. */
  readonly shortcuts: number;
  readonly shortcutHops: number;
  /** Arcs taken out, and the original arcs that they stand for. */
  readonly arcs: number;
  readonly arcHops: number;
}

/** Searches for ways around a node. One a contraction: it holds the buffers of the searches. */
export class WitnessSearch {
  readonly #streets: RemainingStreets;
  readonly #queue: NodeQueue;
  /** Nodes whose way around is wanted by the current search. */
  readonly #wanted: Uint8Array;

  constructor(streets: RemainingStreets) {
    this.#streets = streets;
    this.#queue = new NodeQueue(streets.nodes);
    this.#wanted = new Uint8Array(streets.nodes);
  }

  /**
   * Goes through the shortcuts that a contraction needs: pairs of neighbours that no other way joins at the same cost or less. A search that gives up after
   * `limit` nodes may ask for a needless shortcut, never forget one.
   * @param add hears of each shortcut; absent to count only
   */
  shortcuts(
    node: number,
    limit: number,
    add?: (tail: number, head: number, cost: number, hops: number) => void,
  ): ContractionCost {
    const { firstOut, firstIn, nextOut, nextIn, tails, heads, costs, hops } = this.#streets;
    const queue = this.#queue;
    let [shortcuts, shortcutHops, arcs, arcHops] = [0, 0, 0, 0];
    for (let out = firstOut[node]; out !== NONE; out = nextOut[out]) {
      arcs++;
      arcHops += hops[out];
    }
    for (let arc = firstIn[node]; arc !== NONE; arc = nextIn[arc]) {
      arcs++;
      arcHops += hops[arc];
      const tail = tails[arc];
      let [furthest, left] = [-1, 0];
      for (let out = firstOut[node]; out !== NONE; out = nextOut[out]) {
        if (heads[out] === tail) continue;
        if (costs[out] > furthest) furthest = costs[out];
        this.#wanted[heads[out]] = 1;
        left++;
      }
      if (left === 0) continue;
      this.#search(tail, node, costs[arc] + furthest, left, limit);
      for (let out = firstOut[node]; out !== NONE; out = nextOut[out]) {
        const head = heads[out];
        this.#wanted[head] = 0;
        if (head === tail) continue;
        const through = costs[arc] + costs[out];
        if (queue.costs[head] <= through) continue;
        shortcuts++;
        shortcutHops += hops[arc] + hops[out];
        add?.(tail, head, through, hops[arc] + hops[out]);
      }
      queue.clear();
    }
    return { shortcuts, shortcutHops, arcs, arcHops };
  }

  /** Dijkstra from a neighbour, around the node, until the `left` wanted nodes are settled, all that is nearer than `reach` is, or `limit` nodes are. */
  #search(from: number, around: number, reach: number, left: number, limit: number): void {
    const { firstOut, nextOut, heads, costs } = this.#streets;
    const queue = this.#queue;
    queue.offer(from, 0);
    for (let settled = 0; settled < limit && queue.size > 0; settled++) {
      const node = queue.take();
      if (this.#wanted[node] === 1 && --left === 0) return;
      const base = queue.costs[node];
      for (let arc = firstOut[node]; arc !== NONE; arc = nextOut[arc]) {
        const head = heads[arc];
        const reached = base + costs[arc];
        if (head !== around && reached <= reach) queue.offer(head, reached);
      }
    }
  }
}
