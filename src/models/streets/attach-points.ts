import { QuartiersError } from "../../codes/errors.ts";
import type { Points } from "../access/great-circle.ts";
import { nearestSegment, segmentGrid } from "./segment-grid.ts";
import { type SegmentPlace, splitSegments } from "./split-segments.ts";
import { streetComponents } from "./street-components.ts";
import type { StreetGraph } from "./street-graph.ts";

export interface AttachOptions {
  /** A point farther than this from every street is left out; 500 m by default. */
  readonly maxMetres?: number;
  /** Speed of the walk between the point and its street, 3.6 km/h by default. */
  readonly accessKmh?: number;
  /**
   * Nodes of the smallest piece of network, beside the largest, where a point may stand; 100 by default, some 2 or 3 km of streets. An island where people live has
   * more; a yard behind a gate, a car park or a mapping error has fewer.
   */
  readonly minPieceNodes?: number;
}

/** Points on a graph. */
export interface AttachedPoints {
  /** The graph with a node more for each place where a point joins a street between two nodes. */
  readonly graph: StreetGraph;
  /** Node of each point; -1 when it could not be attached: it then reaches nothing, and is never taken for a point at distance 0. */
  readonly nodes: Int32Array;
  /** Walk from the point to its node, for the caller to add at both ends of a trip. Infinity when it is not attached. */
  readonly accessSeconds: Float64Array;
  readonly accessMetres: Float64Array;
  /** Why a point is not attached, in French; null when it is. */
  readonly reasons: readonly (string | null)[];
}

/** Nearer than this to a node, a point is on it. */
const ON_NODE_METRES = 0.001;

/**
 * Attaches points to the nearest segment of a graph, wherever on it (not to the nearest node), within a distance. Only pieces of network count from where one can go and
 * come back (strongly connected components): the largest, and those of at least `minPieceNodes`, so that an island keeps its inhabitants, who reach nothing but
 * their island unless a ferry leads on. Ferries and motorways take no point. Each place becomes a node that cuts both directions of its segment; distances between other
 * nodes do not change. O(arcs + points).
 * @throws QuartiersError when a distance, a speed or a size is impossible, or the columns have different lengths
 */
export function attachPoints(graph: StreetGraph, points: Points, options: AttachOptions = {}): AttachedPoints {
  const { maxMetres = 500, accessKmh = 3.6, minPieceNodes = 100 } = options;
  check(points, { maxMetres, accessKmh, minPieceNodes });
  const count = points.lon.length;
  const nodes = new Int32Array(count).fill(-1);
  const accessMetres = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const reasons: (string | null)[] = new Array<string | null>(count).fill(null);
  const grid = segmentGrid(graph);
  const { of, sizes, largest } = streetComponents(graph);
  const isBig = Uint8Array.from(sizes, (size, piece) => (piece === largest || size >= minPieceNodes ? 1 : 0));
  const isWanted = (arc: number): boolean => {
    const piece = of[grid.tails[arc]];
    return piece === of[graph.heads[arc]] && isBig[piece] === 1;
  };
  const isCopied = new Uint8Array(graph.lon.length);
  graph.copyOf?.forEach((base, node) => {
    if (base !== node) isCopied[base] = 1;
  });
  const places: SegmentPlace[] = [];
  const placed: number[] = [];
  for (let point = 0; point < count; point++) {
    const [lon, lat] = [points.lon[point], points.lat[point]];
    reasons[point] = badPlace(lon, lat);
    if (reasons[point] !== null) continue;
    const { arc, share, metres } = nearestSegment(grid, lon, lat, maxMetres, isWanted);
    if (arc < 0) {
      const alone = nearestSegment(grid, lon, lat, maxMetres, () => true).arc >= 0;
      reasons[point] = alone
        ? `rien que des rues isolées (moins de ${minPieceNodes} nœuds) à moins de ${maxMetres} m`
        : `aucune rue de ce mode à moins de ${maxMetres} m`;
      continue;
    }
    accessMetres[point] = metres;
    const node = endOf(graph.metres[arc], share, grid.tails[arc], graph.heads[arc]);
    const crossing = node < 0 ? -1 : (graph.copyOf?.[node] ?? node);
    if (crossing >= 0 && isCopied[crossing] === 0) nodes[point] = crossing;
    else {
      const [one, other] = [grid.tails[arc], graph.heads[arc]].map((end) => graph.copyOf?.[end] ?? end) as [
        number,
        number,
      ];
      const exact = node < 0 ? share : node === grid.tails[arc] ? 0 : 1;
      const turned = one > other;
      places.push({
        low: turned ? other : one,
        high: turned ? one : other,
        share: turned ? 1 - exact : exact,
      });
      placed.push(point);
    }
  }
  const split = places.length === 0 ? { graph, nodes: new Int32Array(0) } : splitSegments(graph, places);
  placed.forEach((point, i) => {
    nodes[point] = split.nodes[i];
  });
  const accessSeconds = accessMetres.map((metres) => (metres * 3.6) / accessKmh);
  return { graph: split.graph, nodes, accessSeconds, accessMetres, reasons };
}

/** The end of an arc where a place falls, or -1. */
function endOf(metres: number, share: number, tail: number, head: number): number {
  if (share * metres <= ON_NODE_METRES) return tail;
  return (1 - share) * metres <= ON_NODE_METRES ? head : -1;
}

function badPlace(lon: number, lat: number): string | null {
  if (Number.isNaN(lon) || Number.isNaN(lat)) return "coordonnées absentes";
  if (lon === 0 && lat === 0) return "coordonnées (0, 0), qui ne sont pas un lieu";
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? null : "coordonnées hors de la terre";
}

function check({ lon, lat }: Points, options: Required<AttachOptions>): void {
  if (lon.length !== lat.length)
    throw new QuartiersError({
      what: "Points de longitudes et de latitudes en nombres différents",
      value: `${lon.length} et ${lat.length}`,
      expected: "deux colonnes de même longueur",
    });
  for (const [name, value] of Object.entries(options))
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Option impossible pour rattacher des points aux rues",
        value: `${name} = ${value}`,
        expected: "un nombre fini au-dessus de 0",
      });
}
