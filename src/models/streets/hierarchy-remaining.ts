import type { StreetCost } from "./shortest-path.ts";
import type { StreetGraph } from "./street-graph.ts";

/** End of a chain of arcs. */
export const NONE = -1;

/**
 * The graph that remains during a contraction: arcs of each node as two chains (leaving, arriving), shortcuts added, arcs of contracted nodes taken out.
 * Parallel arcs keep the smallest cost, and an arc from a node to itself is left out: neither changes a distance.
 */
export class RemainingStreets {
  readonly nodes: number;
  /** First arc that leaves, or arrives at, each node. */
  readonly firstOut: Int32Array;
  readonly firstIn: Int32Array;
  nextOut: Int32Array;
  nextIn: Int32Array;
  tails: Int32Array;
  heads: Int32Array;
  costs: Float64Array;
  /** Number of original arcs that each arc stands for. */
  hops: Int32Array;
  #count = 0;

  constructor(graph: StreetGraph, cost: StreetCost) {
    const { starts, heads, [cost]: costs } = graph;
    this.nodes = starts.length - 1;
    this.firstOut = new Int32Array(this.nodes).fill(NONE);
    this.firstIn = new Int32Array(this.nodes).fill(NONE);
    const room = Math.max(16, heads.length * 2);
    this.nextOut = new Int32Array(room);
    this.nextIn = new Int32Array(room);
    this.tails = new Int32Array(room);
    this.heads = new Int32Array(room);
    this.costs = new Float64Array(room);
    this.hops = new Int32Array(room);
    for (let node = 0; node < this.nodes; node++)
      for (let arc = starts[node]; arc < starts[node + 1]; arc++)
        if (heads[arc] !== node) this.add(node, heads[arc], costs[arc], 1);
  }

  /** Adds an arc, or makes the arc that joins these two nodes cheaper. */
  add(tail: number, head: number, cost: number, hops: number): void {
    for (let arc = this.firstOut[tail]; arc !== NONE; arc = this.nextOut[arc]) {
      if (this.heads[arc] !== head) continue;
      if (cost < this.costs[arc]) {
        this.costs[arc] = cost;
        this.hops[arc] = hops;
      }
      return;
    }
    const arc = this.#count++;
    if (arc === this.heads.length) this.#grow();
    this.tails[arc] = tail;
    this.heads[arc] = head;
    this.costs[arc] = cost;
    this.hops[arc] = hops;
    this.nextOut[arc] = this.firstOut[tail];
    this.firstOut[tail] = arc;
    this.nextIn[arc] = this.firstIn[head];
    this.firstIn[head] = arc;
  }

  /** Takes a node out of the chains of its neighbours; its own chains stay, for who still reads them. */
  remove(node: number): void {
    for (let arc = this.firstOut[node]; arc !== NONE; arc = this.nextOut[arc])
      unlink(this.firstIn, this.nextIn, this.heads[arc], arc);
    for (let arc = this.firstIn[node]; arc !== NONE; arc = this.nextIn[arc])
      unlink(this.firstOut, this.nextOut, this.tails[arc], arc);
  }

  #grow(): void {
    const room = this.heads.length * 2;
    this.nextOut = longer(this.nextOut, room);
    this.nextIn = longer(this.nextIn, room);
    this.tails = longer(this.tails, room);
    this.heads = longer(this.heads, room);
    this.hops = longer(this.hops, room);
    const costs = new Float64Array(room);
    costs.set(this.costs);
    this.costs = costs;
  }
}

function unlink(first: Int32Array, next: Int32Array, node: number, arc: number): void {
  if (first[node] === arc) {
    first[node] = next[arc];
    return;
  }
  let before = first[node];
  while (next[before] !== arc) before = next[before];
  next[before] = next[arc];
}

function longer(values: Int32Array, room: number): Int32Array {
  const copy = new Int32Array(room);
  copy.set(values);
  return copy;
}
