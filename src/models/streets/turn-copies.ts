import { arcsByTail } from "./compress-arcs.ts";
import type { RoadArcs } from "./road-arcs.ts";

/** Arcs between nodes and their copies: a copy of a crossing stands for « come by a way whose next turns are restricted ». */
export interface TurnedArcs {
  /** The arc before copies that each arc repeats. */
  readonly arc: Int32Array;
  readonly tails: Int32Array;
  readonly heads: Int32Array;
  readonly nodeCount: number;
  /** The node of which each node is a copy; itself when it is none. */
  readonly copyOf: Int32Array;
}

/**
 * Copies the nodes that forbidden successions of arcs need, so that a plain shortest path never contains one. Each copy is a state of the automaton that reads arcs
 * and knows the longest beginning of a forbidden succession that was just driven (Aho and Corasick 1975, for shortest paths Villeneuve and Desaulniers 2005): exact
 * for crossings and for ways between, alone or interlaced. O(arcs + sum of the lengths of paths, times the arcs of a crossing).
 */
export function turnCopies(arcs: RoadArcs, paths: readonly (readonly number[])[]): TurnedArcs {
  const machine = new PathAutomaton(paths);
  const { tails, heads, count, nodeCount } = arcs;
  const [arc, newTails, newHeads]: number[][] = [[], [], []] as [number[], number[], number[]];
  const nodeOf = (state: number, head: number): number => (state === 0 ? head : nodeCount + state - 1);
  const add = (tail: number, state: number, by: number): void => {
    if (machine.forbids(state)) return;
    arc.push(by);
    newTails.push(tail);
    newHeads.push(nodeOf(state, heads[by]));
  };
  for (let by = 0; by < count; by++) add(tails[by], machine.next(0, by), by);
  const leaving = arcsByTail(nodeCount, tails, count);
  const copyOf = Int32Array.from({ length: nodeCount + machine.size - 1 }, (_, node) => node);
  for (let state = 1; state < machine.size; state++) {
    const crossing = heads[machine.lastArc[state]];
    copyOf[nodeCount + state - 1] = crossing;
    if (machine.forbids(state)) continue;
    for (let i = leaving.starts[crossing]; i < leaving.starts[crossing + 1]; i++)
      add(nodeCount + state - 1, machine.next(state, leaving.order[i]), leaving.order[i]);
  }
  return {
    arc: Int32Array.from(arc),
    tails: Int32Array.from(newTails),
    heads: Int32Array.from(newHeads),
    nodeCount: nodeCount + machine.size - 1,
    copyOf,
  };
}

/** Reads arcs one by one and tells when the last ones are a forbidden succession. State 0: none has begun. */
class PathAutomaton {
  readonly lastArc: number[] = [-1];
  readonly #next: Map<number, number>[] = [new Map()];
  readonly #fallback: number[] = [0];
  readonly #ends: boolean[] = [false];

  constructor(paths: readonly (readonly number[])[]) {
    for (const path of paths) {
      let state = 0;
      for (const arc of path) state = this.#next[state].get(arc) ?? this.#added(state, arc);
      this.#ends[state] = true;
    }
    this.#link();
  }

  get size(): number {
    return this.lastArc.length;
  }

  forbids(state: number): boolean {
    return this.#ends[state];
  }

  next(from: number, arc: number): number {
    for (let state = from; ; state = this.#fallback[state]) {
      const to = this.#next[state].get(arc);
      if (to !== undefined) return to;
      if (state === 0) return 0;
    }
  }

  #added(state: number, arc: number): number {
    const added = this.lastArc.push(arc) - 1;
    this.#next.push(new Map());
    this.#fallback.push(0);
    this.#ends.push(false);
    this.#next[state].set(arc, added);
    return added;
  }

  /** Level by level: where a beginning breaks off, the longest other beginning that ends it. */
  #link(): void {
    let level = [...this.#next[0].values()];
    while (level.length > 0) {
      const deeper: number[] = [];
      for (const state of level)
        for (const [arc, to] of this.#next[state]) {
          this.#fallback[to] = this.next(this.#fallback[state], arc);
          this.#ends[to] ||= this.#ends[this.#fallback[to]];
          deeper.push(to);
        }
      level = deeper;
    }
  }
}
