import { greatCircleKm } from "../access/great-circle.ts";
import type { ArcColumns } from "./compress-arcs.ts";
import { closedBarriers, type StreetProfile } from "./profiles.ts";
import type { RoadLines, StreetTag } from "./road-lines.ts";
import { accessOf, type LeftOut, type WayUse, wayUse } from "./way-use.ts";

/** The arcs that a profile finds along the lines, before restrictions of turns. */
export interface RoadArcs extends ArcColumns {
  readonly count: number;
  /** Nodes of the lines, then one more for each street beyond the first that ends at a closed barrier. */
  readonly nodeCount: number;
  /** Node of the lines where each node stands. */
  readonly roadNodes: Int32Array;
  /** Arc from the node at this position of `wayNodes` to the next one, and back; -1 when there is none. */
  readonly forward: Int32Array;
  readonly backward: Int32Array;
  readonly ways: number;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  readonly closedBarriers: number;
}

/** Walks along every line. O(nodes of lines). */
export function roadArcs(roads: RoadLines, profile: StreetProfile): RoadArcs {
  const { lon, lat, wayNodes, wayOffsets } = roads;
  const lines = wayOffsets.length - 1;
  const most = 2 * Math.max(0, wayNodes.length - lines);
  const [tails, heads] = [new Int32Array(most), new Int32Array(most)];
  const [seconds, metres] = [new Float64Array(most), new Float64Array(most)];
  const noStop = new Uint8Array(most);
  const forward = new Int32Array(wayNodes.length).fill(-1);
  const backward = new Int32Array(wayNodes.length).fill(-1);
  const leftOut: Record<LeftOut, number> = { class: 0, access: 0, motorroad: 0, reversible: 0 };
  const ends = new BarrierEnds(roads, profile);
  let [count, ways] = [0, 0];
  const add = (tail: number, head: number, length: number, time: number, closed: boolean): number => {
    tails[count] = tail;
    heads[count] = head;
    seconds[count] = time;
    metres[count] = length;
    noStop[count] = closed ? 1 : 0;
    return count++;
  };
  for (let line = 0; line < lines; line++) {
    const use = wayUse(profile, (tag) => roads.tags[tag]?.[line] ?? "");
    if (use.leftOut) {
      leftOut[use.leftOut]++;
      continue;
    }
    ways++;
    const pace = secondsPerMetre(roads, line, use);
    for (let at = wayOffsets[line]; at + 1 < wayOffsets[line + 1]; at++) {
      const [one, other] = [wayNodes[at], wayNodes[at + 1]];
      if (one === other) continue;
      const length = 1000 * greatCircleKm(lon[one], lat[one], lon[other], lat[other]);
      const [from, to] = [ends.of(one), ends.of(other)];
      if (pace.forward > 0) forward[at] = add(from, to, length, length * pace.forward, use.noStop);
      if (pace.backward > 0) backward[at] = add(to, from, length, length * pace.backward, use.noStop);
    }
  }
  return {
    ...{ tails, heads, seconds, metres, noStop, count, forward, backward, ways, leftOut },
    nodeCount: ends.nodeCount,
    roadNodes: ends.roadNodes(),
    closedBarriers: ends.closed,
  };
}

/** Time of a metre in each direction; 0 where the way does not go. A crossing of known duration spreads it over the lines of the way. */
function secondsPerMetre(roads: RoadLines, line: number, use: WayUse): { forward: number; backward: number } {
  const metres = Number.isNaN(use.crossingSeconds) ? 0 : wayMetres(roads, line);
  const pace = (kmh: number): number => (kmh === 0 ? 0 : metres > 0 ? use.crossingSeconds / metres : 3.6 / kmh);
  return { forward: pace(use.forwardKmh), backward: pace(use.backwardKmh) };
}

/** Length of the way of a line, with its other lines when the extract cuts it. */
function wayMetres({ lon, lat, wayId, wayNodes, wayOffsets }: RoadLines, line: number): number {
  let [first, last] = [line, line];
  while (first > 0 && wayId[first - 1] === wayId[line]) first--;
  while (last + 1 < wayId.length && wayId[last + 1] === wayId[line]) last++;
  let metres = 0;
  for (let piece = first; piece <= last; piece++)
    for (let at = wayOffsets[piece]; at + 1 < wayOffsets[piece + 1]; at++) {
      const [one, other] = [wayNodes[at], wayNodes[at + 1]];
      metres += 1000 * greatCircleKm(lon[one], lat[one], lon[other], lat[other]);
    }
  return metres;
}

/** A closed barrier cuts its node: each street that touches it ends there, at a node of its own, so that one can go up to it and not through. */
class BarrierEnds {
  readonly closed: number;
  nodeCount: number;
  readonly #lines: RoadLines;
  /** 1 closed, 2 closed and already the end of a street. */
  readonly #state: Uint8Array;
  readonly #added: number[] = [];

  constructor(roads: RoadLines, { mode }: StreetProfile) {
    this.#lines = roads;
    this.nodeCount = roads.lon.length;
    this.#state = new Uint8Array(this.nodeCount);
    const { nodes, tags } = roads.barriers ?? { nodes: new Uint32Array(0), tags: {} };
    let closed = 0;
    for (let i = 0; i < nodes.length; i++) {
      const tag = (name: StreetTag): string => tags[name]?.[i] ?? "";
      const kind = tags.barrier?.[i] ?? "";
      // A bicycle is pushed wherever a walker passes.
      const access = accessOf(mode, tag);
      const open = access ? access.open : !closedBarriers[mode].has(kind);
      const pushed = mode === "bike" && !open && (accessOf("walk", tag)?.open ?? !closedBarriers.walk.has(kind));
      if (open || pushed) continue;
      this.#state[nodes[i]] = 1;
      closed++;
    }
    this.closed = closed;
  }

  /** The node where a street that comes to this node of the lines ends. */
  of(node: number): number {
    if (this.#state[node] === 0) return node;
    if (this.#state[node] === 1) {
      this.#state[node] = 2;
      return node;
    }
    this.#added.push(node);
    return this.nodeCount++;
  }

  roadNodes(): Int32Array {
    const nodes = new Int32Array(this.nodeCount);
    const known = this.#lines.lon.length;
    for (let node = 0; node < this.nodeCount; node++) nodes[node] = node < known ? node : this.#added[node - known];
    return nodes;
  }
}
