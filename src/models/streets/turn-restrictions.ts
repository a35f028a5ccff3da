import { arcsByTail } from "./compress-arcs.ts";
import type { RoadArcs } from "./road-arcs.ts";
import type { RoadLines, TurnRestrictions } from "./road-lines.ts";

/** What became of the restrictions of turns. */
export interface RestrictionReport {
  readonly applied: number;
  /** Their turns are impossible already (a one-way street, a closed way), or what they impose does not exist. */
  readonly withoutEffect: number;
  /** They spare private cars (« except »). */
  readonly exempt: number;
  /** Of a kind that is not known. */
  readonly unknown: number;
}

/** Successions of arcs that no trip may contain. */
export interface ForbiddenPaths {
  readonly paths: readonly (readonly number[])[];
  readonly report: RestrictionReport;
}

const sparesCars = /(?:^|;)\s*(?:motorcar|motor_vehicle|vehicle)\s*(?:$|;)/;

/** Turns forbidden to cars, as successions of arcs. What is imposed (only_*) becomes what it forbids: every other way out of the last crossing. */
export function forbiddenPaths(roads: RoadLines, arcs: RoadArcs): ForbiddenPaths {
  const report = { applied: 0, withoutEffect: 0, exempt: 0, unknown: 0 };
  const paths: number[][] = [];
  const { restrictions } = roads;
  if (!restrictions || restrictions.kind.length === 0) return { paths, report };
  const finder = new TurnFinder(roads, arcs, restrictions);
  for (let row = 0; row < restrictions.kind.length; row++) {
    const kind = restrictions.kind[row];
    const imposes = kind.startsWith("only_");
    if (sparesCars.test(restrictions.except[row])) report.exempt++;
    else if (!imposes && !kind.startsWith("no_")) report.unknown++;
    else {
      const found = finder.turns(row, imposes);
      paths.push(...found);
      if (found.length > 0) report.applied++;
      else report.withoutEffect++;
    }
  }
  return { paths, report };
}

class TurnFinder {
  readonly #roads: RoadLines;
  readonly #arcs: RoadArcs;
  readonly #restrictions: TurnRestrictions;
  readonly #linesOfWay = new Map<number, number[]>();
  readonly #leaving: { starts: Int32Array; order: Int32Array };

  constructor(roads: RoadLines, arcs: RoadArcs, restrictions: TurnRestrictions) {
    this.#roads = roads;
    this.#arcs = arcs;
    this.#restrictions = restrictions;
    this.#leaving = arcsByTail(arcs.nodeCount, arcs.tails, arcs.count);
    const named = new Set([...restrictions.fromWay, ...restrictions.toWay, ...restrictions.viaWays]);
    for (let line = 0; line < roads.wayId.length; line++) {
      const id = roads.wayId[line];
      if (!named.has(id)) continue;
      const lines = this.#linesOfWay.get(id);
      if (lines) lines.push(line);
      else this.#linesOfWay.set(id, [line]);
    }
  }

  turns(row: number, imposes: boolean): number[][] {
    const { fromWay, toWay, viaNode, viaOffsets, viaWays } = this.#restrictions;
    const via = viaWays.subarray(viaOffsets[row], viaOffsets[row + 1]);
    const found: number[][] = [];
    for (const approach of this.#approaches(fromWay[row], viaNode[row], via)) {
      const crossing = this.#arcs.heads[approach[approach.length - 1]];
      const wanted = this.#endArcs(toWay[row], crossing, "leaving");
      if (wanted.length === 0) continue;
      for (const last of imposes ? this.#leavingBut(crossing, wanted) : wanted) found.push([...approach, last]);
    }
    return found;
  }

  #leavingBut(node: number, wanted: readonly number[]): number[] {
    const { starts, order } = this.#leaving;
    return [...order.subarray(starts[node], starts[node + 1])].filter((arc) => !wanted.includes(arc));
  }

  /** Arcs of a way that arrive at a node, or leave it, where the way ends: elsewhere one could not tell which side of the way is meant. */
  #endArcs(way: number, node: number, side: "arriving" | "leaving"): number[] {
    const { wayOffsets, wayNodes } = this.#roads;
    const { forward, backward, heads, tails, roadNodes } = this.#arcs;
    const found: number[] = [];
    for (const line of this.#linesOfWay.get(way) ?? []) {
      const [first, last] = [wayOffsets[line], wayOffsets[line + 1] - 1];
      const arcs = side === "arriving" ? [backward[first], forward[last - 1]] : [forward[first], backward[last - 1]];
      for (const [k, end] of [first, last].entries()) {
        const arc = arcs[k];
        if (arc < 0 || wayNodes[end] !== roadNodes[node] || found.includes(arc)) continue;
        if ((side === "arriving" ? heads : tails)[arc] === node) found.push(arc);
      }
    }
    return found;
  }

  /** Every way to come to the last crossing: an arc of the first way, then those of the ways between. */
  #approaches(fromWay: number, viaNode: number, via: Float64Array): number[][] {
    const { heads } = this.#arcs;
    if (viaNode >= 0) return this.#endArcs(fromWay, viaNode, "arriving").map((arc) => [arc]);
    if (via.length === 0) return [];
    let approaches = this.#ends(via[0]).flatMap((node) => this.#endArcs(fromWay, node, "arriving").map((arc) => [arc]));
    for (const way of via)
      approaches = approaches.flatMap((approach) =>
        this.#along(way, heads[approach[approach.length - 1]]).map((arcs) => [...approach, ...arcs]),
      );
    return approaches;
  }

  #ends(way: number): number[] {
    const { wayOffsets, wayNodes } = this.#roads;
    const lines = this.#linesOfWay.get(way) ?? [];
    return [...new Set(lines.flatMap((line) => [wayNodes[wayOffsets[line]], wayNodes[wayOffsets[line + 1] - 1]]))];
  }

  /** A way between, from the end where one is to its other end, one list of arcs for each direction that starts there. */
  #along(way: number, node: number): number[][] {
    const { wayOffsets } = this.#roads;
    const { forward, backward, tails } = this.#arcs;
    const found: number[][] = [];
    for (const line of this.#linesOfWay.get(way) ?? []) {
      const [first, end] = [wayOffsets[line], wayOffsets[line + 1] - 1];
      for (const arcs of [[...forward.subarray(first, end)], [...backward.subarray(first, end)].reverse()])
        if (arcs.length > 0 && arcs.every((arc) => arc >= 0) && tails[arcs[0]] === node) found.push(arcs);
    }
    return found;
  }
}
