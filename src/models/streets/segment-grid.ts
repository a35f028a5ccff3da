import { EARTH_RADIUS_METRES } from "../access/great-circle.ts";
import type { StreetGraph } from "./street-graph.ts";

const metresADegree = (EARTH_RADIUS_METRES * Math.PI) / 180;
/** About the side of a block of houses: a cell holds some tens of segments in a town. */
const CELL_METRES = 250;

/** The segments of a graph sorted into cells of degrees: those of cell c are `arcs[starts[c]]` to `arcs[starts[c + 1] - 1]`. */
export interface SegmentGrid {
  readonly graph: StreetGraph;
  /** Node that each arc leaves. */
  readonly tails: Int32Array;
  readonly west: number;
  readonly south: number;
  readonly lonStep: number;
  readonly latStep: number;
  readonly columns: number;
  readonly rows: number;
  readonly starts: Int32Array;
  readonly arcs: Int32Array;
}

/** The nearest place of a street. */
export interface NearestSegment {
  /** -1 when there is none within the distance. */
  readonly arc: number;
  /** Where on the arc, from 0 at its tail to 1 at its head. */
  readonly share: number;
  readonly metres: number;
}

/**
 * Sorts the segments where a point may be attached into cells of about 250 m, one arc a segment: of a pair that runs both ways, the one from the smaller node. A
 * segment stands in every cell that its box touches. O(arcs + cells).
 */
export function segmentGrid(graph: StreetGraph): SegmentGrid {
  const { lon, lat, starts, heads } = graph;
  const tails = new Int32Array(heads.length);
  for (let node = 0; node + 1 < starts.length; node++) tails.fill(node, starts[node], starts[node + 1]);
  const isKept = (arc: number): boolean => {
    if (graph.noStop?.[arc]) return false;
    if (tails[arc] < heads[arc]) return true;
    for (let back = starts[heads[arc]]; back < starts[heads[arc] + 1]; back++)
      if (heads[back] === tails[arc] && !graph.noStop?.[back]) return false;
    return true;
  };
  const kept = Int32Array.from(heads, (_, arc) => arc).filter(isKept);
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const arc of kept) {
    const [a, b] = [tails[arc], heads[arc]];
    west = Math.min(west, lon[a], lon[b]);
    east = Math.max(east, lon[a], lon[b]);
    south = Math.min(south, lat[a], lat[b]);
    north = Math.max(north, lat[a], lat[b]);
  }
  if (kept.length === 0) [west, south, east, north] = [0, 0, 0, 0];
  const lonMetres = metresADegree * Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const area = (east - west) * lonMetres * (north - south) * metresADegree;
  const side = Math.max(CELL_METRES, Math.sqrt(area / (2 * kept.length + 1)));
  const [lonStep, latStep] = [side / lonMetres, side / metresADegree];
  const columns = Math.floor((east - west) / lonStep) + 1;
  const rows = Math.floor((north - south) / latStep) + 1;
  const grid = { graph, tails, west, south, lonStep, latStep, columns, rows };
  const cellStarts = new Int32Array(columns * rows + 1);
  for (const arc of kept) eachCell(grid, arc, (cell) => cellStarts[cell + 1]++);
  for (let cell = 0; cell < columns * rows; cell++) cellStarts[cell + 1] += cellStarts[cell];
  const next = cellStarts.slice();
  const arcs = new Int32Array(cellStarts[columns * rows]);
  for (const arc of kept)
    eachCell(grid, arc, (cell) => {
      arcs[next[cell]++] = arc;
    });
  return { ...grid, starts: cellStarts, arcs };
}

type Cells = Omit<SegmentGrid, "starts" | "arcs">;

function eachCell(
  { graph, tails, west, south, lonStep, latStep, columns }: Cells,
  arc: number,
  visit: (cell: number) => void,
): void {
  const [a, b] = [tails[arc], graph.heads[arc]];
  const column = (lon: number): number => Math.floor((lon - west) / lonStep);
  const row = (lat: number): number => Math.floor((lat - south) / latStep);
  const [lowColumn, highColumn] = [
    column(Math.min(graph.lon[a], graph.lon[b])),
    column(Math.max(graph.lon[a], graph.lon[b])),
  ];
  const [lowRow, highRow] = [row(Math.min(graph.lat[a], graph.lat[b])), row(Math.max(graph.lat[a], graph.lat[b]))];
  for (let r = lowRow; r <= highRow; r++) for (let c = lowColumn; c <= highColumn; c++) visit(r * columns + c);
}

/**
 * The nearest segment of those that are wanted, within a distance: exact in the plane that touches the earth at the point (equirectangular, error under a millimetre at
 * 500 m). Equal distances: the smallest arc. Looks in growing squares, so the cost follows the distance found.
 */
export function nearestSegment(
  grid: SegmentGrid,
  lon: number,
  lat: number,
  maxMetres: number,
  isWanted: (arc: number) => boolean,
): NearestSegment {
  const { graph, tails, west, south, lonStep, latStep, columns, rows, starts, arcs } = grid;
  const lonMetres = metresADegree * Math.cos((lat * Math.PI) / 180);
  let best = { arc: -1, share: 0, metres: Number.POSITIVE_INFINITY };
  for (let radius = Math.min(CELL_METRES / 4, maxMetres); ; radius = Math.min(2 * radius, maxMetres)) {
    const [east, north] = [radius / lonMetres, radius / metresADegree];
    const lastColumn = Math.min(columns - 1, Math.floor((lon + east - west) / lonStep));
    const lastRow = Math.min(rows - 1, Math.floor((lat + north - south) / latStep));
    for (let r = Math.max(0, Math.floor((lat - north - south) / latStep)); r <= lastRow; r++)
      for (let c = Math.max(0, Math.floor((lon - east - west) / lonStep)); c <= lastColumn; c++)
        for (let i = starts[r * columns + c]; i < starts[r * columns + c + 1]; i++) {
          const arc = arcs[i];
          const [a, b] = [tails[arc], graph.heads[arc]];
          const ax = (graph.lon[a] - lon) * lonMetres;
          const ay = (graph.lat[a] - lat) * metresADegree;
          const dx = (graph.lon[b] - graph.lon[a]) * lonMetres;
          const dy = (graph.lat[b] - graph.lat[a]) * metresADegree;
          const squared = dx * dx + dy * dy;
          const share = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
          const metres = Math.hypot(ax + share * dx, ay + share * dy);
          if (metres > best.metres || metres > maxMetres || (metres === best.metres && arc >= best.arc)) continue;
          if (isWanted(arc)) best = { arc, share, metres };
        }
    if (best.metres <= radius || radius === maxMetres) return best;
  }
}
