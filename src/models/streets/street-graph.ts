import { type CompressedArcs, compressArcs } from "./compress-arcs.ts";
import type { StreetProfile } from "./profiles.ts";
import { type RoadArcs, roadArcs } from "./road-arcs.ts";
import type { RoadLines } from "./road-lines.ts";
import { streetComponents } from "./street-components.ts";
import { turnCopies } from "./turn-copies.ts";
import { forbiddenPaths, type RestrictionReport } from "./turn-restrictions.ts";
import type { LeftOut } from "./way-use.ts";

/** How people move along streets. */
export type StreetMode = "walk" | "bike" | "car";

/** Streets as a directed graph in compressed rows: the arcs that leave node n are `starts[n]` to `starts[n + 1]` (excluded). */
export interface StreetGraph {
  readonly mode: StreetMode;
  /** Degrees (WGS 84) of each node. Two nodes may stand at one place: a turn restriction makes a copy of its crossing. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  readonly starts: Int32Array;
  /** Node where each arc leads. */
  readonly heads: Int32Array;
  /** Time and length of each arc, finite and positive or zero. */
  readonly seconds: Float64Array;
  readonly metres: Float64Array;
  /** Row of each node in the lines that the graph was made from; -1 for a point attached since. */
  readonly roadNodes?: Int32Array;
  /** The crossing of which a node is a copy (turn restrictions); itself when it is none. Absent when there is no copy. */
  readonly copyOf?: Int32Array;
  /** 1 for arcs where no point may be attached: ferries, motorways. Absent when there is none. */
  readonly noStop?: Uint8Array;
}

/** What the lines became. */
export interface StreetReport {
  /** Lines that the mode uses, and those that it does not, by reason. */
  readonly ways: number;
  readonly leftOut: Readonly<Record<LeftOut, number>>;
  /** Nodes where the mode cannot pass. */
  readonly closedBarriers: number;
  readonly restrictions: RestrictionReport;
  /** Nodes made by restrictions of turns. */
  readonly copies: number;
  /** Strongly connected components, and the number of nodes of the largest. */
  readonly components: number;
  readonly largestComponent: number;
}

export interface ReportedStreetGraph extends StreetGraph {
  readonly roadNodes: Int32Array;
  readonly report: StreetReport;
}

const noRestriction: RestrictionReport = { applied: 0, withoutEffect: 0, exempt: 0, unknown: 0 };

/**
 * The graph of a mode of travel: an arc for each segment of a line in each direction that the profile takes (`streetProfile` tells the rules), its length as a great
 * circle on the sphere of `greatCircleKm`, its time at the profile's speed. Restrictions of turns are held for cars, exactly, by copies of crossings; walkers and
 * cyclists (who may push) are free of them. A car may turn round at any node of a two-way street, unless a restriction forbids it there. Nodes without
 * an arc are dropped; nodes follow the order of the lines, then the ends at barriers, then the copies. O(nodes and arcs).
 * @example
 * ```ts
 * const roads = {
 *   ...{ lon: Float64Array.of(0, 0.01), lat: Float64Array.of(0, 0), wayId: Float64Array.of(1) },
 *   ...{ wayOffsets: Uint32Array.of(0, 2), wayNodes: Uint32Array.of(0, 1), tags: { highway: ["path"] } },
 * };
 * const { mode, starts, heads, metres } = streetGraph(roads, { mode: "walk", walkKmh: 3.6, rideKmh: 12, stairsKmh: 2, carFactor: 1, ferryKmh: 20 });
 * [mode, [...starts], [...heads], metres[0].toFixed(3)] // [ "walk", [ 0, 1, 2 ], [ 1, 0 ], "1111.951" ]
 * ```
 */
export function streetGraph(roads: RoadLines, profile: StreetProfile): ReportedStreetGraph {
  const arcs = roadArcs(roads, profile);
  const forbidden = profile.mode === "car" ? forbiddenPaths(roads, arcs) : { paths: [], report: noRestriction };
  const turned = forbidden.paths.length === 0 ? null : turnCopies(arcs, forbidden.paths);
  const roadNodes = turned ? turned.copyOf.map((node) => arcs.roadNodes[node]) : arcs.roadNodes;
  const all = turned
    ? compressArcs(turned.nodeCount, repeated(arcs, turned), turned.arc.length)
    : compressArcs(arcs.nodeCount, arcs, arcs.count);
  const { used, graph } = withoutLoneNodes(all);
  const taken = <T extends Int32Array | Float64Array>(column: T, rows: Int32Array, into: T): T => {
    for (let i = 0; i < rows.length; i++) into[i] = column[rows[i]];
    return into;
  };
  const rows = taken(roadNodes, used.nodes, new Int32Array(used.nodes.length));
  const copyOf = turned ? used.nodes.map((node) => used.numbers[turned.copyOf[node]]) : null;
  const base: StreetGraph = {
    mode: profile.mode,
    lon: taken(roads.lon, rows, new Float64Array(rows.length)),
    lat: taken(roads.lat, rows, new Float64Array(rows.length)),
    ...graph,
  };
  const { sizes, largest } = streetComponents(base);
  return {
    ...base,
    roadNodes: rows,
    ...(copyOf ? { copyOf } : {}),
    report: {
      ways: arcs.ways,
      leftOut: arcs.leftOut,
      closedBarriers: arcs.closedBarriers,
      restrictions: forbidden.report,
      copies: copyOf ? copyOf.reduce((count, base, node) => count + (base === node ? 0 : 1), 0) : 0,
      components: sizes.length,
      largestComponent: sizes[largest] ?? 0,
    },
  };
}

function repeated(arcs: RoadArcs, { arc, tails, heads }: { arc: Int32Array; tails: Int32Array; heads: Int32Array }) {
  return {
    tails,
    heads,
    seconds: Float64Array.from(arc, (one) => arcs.seconds[one]),
    metres: Float64Array.from(arc, (one) => arcs.metres[one]),
    noStop: Uint8Array.from(arc, (one) => arcs.noStop[one]),
  };
}

/** Leaves out the nodes that no arc touches. */
function withoutLoneNodes(arcs: CompressedArcs): {
  used: { nodes: Int32Array; numbers: Int32Array };
  graph: CompressedArcs;
} {
  const count = arcs.starts.length - 1;
  const numbers = new Int32Array(count).fill(-1);
  for (const head of arcs.heads) numbers[head] = 0;
  let size = 0;
  for (let node = 0; node < count; node++)
    if (numbers[node] === 0 || arcs.starts[node + 1] > arcs.starts[node]) numbers[node] = size++;
  const nodes = new Int32Array(size);
  const starts = new Int32Array(size + 1);
  for (let node = 0; node < count; node++) {
    if (numbers[node] < 0) continue;
    nodes[numbers[node]] = node;
    starts[numbers[node] + 1] = arcs.starts[node + 1];
  }
  const heads = arcs.heads.map((head) => numbers[head]);
  return { used: { nodes, numbers }, graph: { ...arcs, starts, heads } };
}
