import { compressArcs } from "./compress-arcs.ts";
import type { StreetGraph } from "./street-graph.ts";

/** A place on a segment of a graph. */
export interface SegmentPlace {
  /** Crossings at the ends of the segment, `low` < `high` (never copies). */
  readonly low: number;
  readonly high: number;
  /** From 0 at `low` to 1 at `high`. */
  readonly share: number;
}

/** A graph with one more node for each distinct place. */
export interface SplitGraph {
  readonly graph: StreetGraph;
  /** Node of each place. */
  readonly nodes: Int32Array;
}

/**
 * Makes a node at each place, which cuts both directions of its segment in proportion, in every copy of its ends. Places of one segment follow each other on it; equal
 * places share a node. Distances between the nodes that were there do not change.
 *
 * Beside a crossing where turns are restricted, a node that one enters and leaves both ways would let a car turn round at once and come back to the crossing
 * free of its restriction. There, on a street of two directions, the place is left on the side away from that crossing only, and the other direction passes by it:
 * the departure costs at most two lengths of the segment more.
 * O(arcs + places x log places).
 */
export function splitSegments(graph: StreetGraph, places: readonly SegmentPlace[]): SplitGraph {
  const writer = new SplitWriter(graph);
  const nodes = new Int32Array(places.length);
  const order = Array.from(places.keys()).sort((a, b) => {
    const [one, other] = [places[a], places[b]];
    return one.low - other.low || one.high - other.high || one.share - other.share || a - b;
  });
  for (let first = 0; first < order.length; ) {
    const { low, high } = places[order[first]];
    const shares: number[] = [];
    let last = first;
    for (; last < order.length && places[order[last]].low === low && places[order[last]].high === high; last++) {
      const { share } = places[order[last]];
      if (shares[shares.length - 1] !== share) shares.push(share);
      nodes[order[last]] = writer.nodeCount + shares.length - 1;
    }
    writer.split(low, high, shares);
    first = last;
  }
  return { graph: writer.graph(), nodes };
}

class SplitWriter {
  nodeCount: number;
  readonly #graph: StreetGraph;
  readonly #copies: ReadonlyMap<number, readonly number[]>;
  readonly #removed: Uint8Array;
  readonly #lon: number[] = [];
  readonly #lat: number[] = [];
  readonly #tails: number[] = [];
  readonly #heads: number[] = [];
  readonly #seconds: number[] = [];
  readonly #metres: number[] = [];

  constructor(graph: StreetGraph) {
    this.#graph = graph;
    this.nodeCount = graph.lon.length;
    this.#removed = new Uint8Array(graph.heads.length);
    const copies = new Map<number, number[]>();
    graph.copyOf?.forEach((base, node) => {
      if (base !== node) copies.set(base, [...(copies.get(base) ?? [base]), node]);
    });
    this.#copies = copies;
  }

  split(low: number, high: number, shares: readonly number[]): void {
    const first = this.nodeCount;
    this.nodeCount += shares.length;
    const { lon, lat } = this.#graph;
    for (const share of shares) {
      this.#lon.push(lon[low] + share * (lon[high] - lon[low]));
      this.#lat.push(lat[low] + share * (lat[high] - lat[low]));
    }
    const up = { arcs: this.#arcsBetween(low, high), places: shares.map((share, i) => [first + i, share] as const) };
    const down = {
      arcs: this.#arcsBetween(high, low),
      places: shares.map((share, i) => [first + i, 1 - share] as const).reverse(),
    };
    const [lowTurns, highTurns] = [this.#copies.has(low), this.#copies.has(high)];
    if (up.arcs.length === 0 || down.arcs.length === 0 || !(lowTurns || highTurns)) {
      this.#replace(up.arcs, up.places);
      this.#replace(down.arcs, down.places);
      return;
    }
    const [through, beside] = lowTurns ? [up, down] : [down, up];
    this.#replace(through.arcs, through.places);
    this.#deadEnd(beside.arcs, beside.places, !(lowTurns && highTurns));
  }

  /** Arcs from a crossing to another, copies included; where one may not stop, none. */
  #arcsBetween(from: number, to: number): { tail: number; arc: number }[] {
    const { starts, heads, copyOf, noStop } = this.#graph;
    const found: { tail: number; arc: number }[] = [];
    for (const tail of this.#copies.get(from) ?? [from])
      for (let arc = starts[tail]; arc < starts[tail + 1]; arc++)
        if ((copyOf ? copyOf[heads[arc]] : heads[arc]) === to && !noStop?.[arc]) found.push({ tail, arc });
    return found;
  }

  #add(tail: number, head: number, arc: number, share: number): void {
    this.#tails.push(tail);
    this.#heads.push(head);
    this.#seconds.push(Math.max(0, share) * this.#graph.seconds[arc]);
    this.#metres.push(Math.max(0, share) * this.#graph.metres[arc]);
  }

  /** Cuts the arcs at places that come in their direction. */
  #replace(
    arcs: readonly { tail: number; arc: number }[],
    places: readonly (readonly [node: number, share: number])[],
  ): void {
    for (const { tail, arc } of arcs) {
      this.#removed[arc] = 1;
      let [at, done] = [tail, 0];
      for (const [node, share] of places) {
        this.#add(at, node, arc, share - done);
        [at, done] = [node, share];
      }
      this.#add(at, this.#graph.heads[arc], arc, 1 - done);
    }
  }

  /** Arcs that stay whole, and a way beside them to the places, without a way out. */
  #deadEnd(
    arcs: readonly { tail: number; arc: number }[],
    places: readonly (readonly [node: number, share: number])[],
    entered: boolean,
  ): void {
    for (const { tail, arc } of arcs) {
      let [at, done] = [tail, 0];
      for (const [i, [node, share]] of places.entries()) {
        if (entered || i > 0) this.#add(at, node, arc, share - done);
        [at, done] = [node, share];
      }
    }
  }

  graph(): StreetGraph {
    const { mode, lon, lat, starts, heads, seconds, metres, noStop, roadNodes, copyOf } = this.#graph;
    const kept = this.#removed.reduce((count, removed) => count + 1 - removed, 0);
    const count = kept + this.#tails.length;
    const arcs = {
      tails: new Int32Array(count),
      heads: new Int32Array(count),
      seconds: new Float64Array(count),
      metres: new Float64Array(count),
      noStop: new Uint8Array(count),
    };
    let at = 0;
    for (let node = 0; node + 1 < starts.length; node++)
      for (let arc = starts[node]; arc < starts[node + 1]; arc++) {
        if (this.#removed[arc]) continue;
        arcs.tails[at] = node;
        arcs.heads[at] = heads[arc];
        arcs.seconds[at] = seconds[arc];
        arcs.metres[at] = metres[arc];
        arcs.noStop[at++] = noStop?.[arc] ?? 0;
      }
    arcs.tails.set(this.#tails, at);
    arcs.heads.set(this.#heads, at);
    arcs.seconds.set(this.#seconds, at);
    arcs.metres.set(this.#metres, at);
    const numbers = Int32Array.from(this.#lon, (_, i) => lon.length + i);
    return {
      mode,
      lon: joined(lon, this.#lon, new Float64Array(this.nodeCount)),
      lat: joined(lat, this.#lat, new Float64Array(this.nodeCount)),
      ...compressArcs(this.nodeCount, arcs, count),
      ...(roadNodes
        ? {
            roadNodes: joined(
              roadNodes,
              numbers.map(() => -1),
              new Int32Array(this.nodeCount),
            ),
          }
        : {}),
      ...(copyOf ? { copyOf: joined(copyOf, numbers, new Int32Array(this.nodeCount)) } : {}),
    };
  }
}

function joined<T extends Int32Array | Float64Array>(one: T, other: ArrayLike<number>, into: T): T {
  into.set(one);
  into.set(other, one.length);
  return into;
}
