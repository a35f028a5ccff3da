import { orientation } from "./orientation.ts";

/** What a cell of a polygon's own grid holds; from 2 on, the place in `borderEdges` of what the cell knows of the border that crosses it. */
export const OUTSIDE = 0;
export const INSIDE = 1;

/**
 * Which side of a border cell no edge crosses: inside and outside do not change along it, so that a point is told from the edges of its cell alone, by a ray to
 * that side. `BY_ROW` when edges cross all four: then the edges of the whole row are looked at.
 */
export const BY_EAST = 0;
export const BY_WEST = 1;
export const BY_NORTH = 2;
export const BY_SOUTH = 3;
export const BY_ROW = 4;

/** Place of the rule "once" in `borderRules`: the only one to which the side of a point on an edge matters. */
export const ONCE = 2;
const ON_EDGE = 2;

/**
 * Polygons made ready for millions of points, by `pointIndex`. Two levels of cells over the whole extent lead to the few polygons that a point can be in
 * (most cells of a country are empty); then a grid of each polygon's own says inside, outside, or border: only there are edges
 * looked at, those of the point's cell. All arrays are in shared memory, so that threads read one index.
 */
export interface PointIndex {
  /** Place of the rule in `borderRules`: a number is compared faster than a text, above all in a thread. */
  readonly border: number;
  /** Number of shapes; results are their places, from 0. */
  readonly shapes: number;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly columns: number;
  /** A cell is split into `split` x `split` smaller ones; a power of 2, so that the cut is exact. */
  readonly split: number;
  /** 0: no polygon; positive: place of its list in `lists`; negative: place of its smaller cells, in the same array, with the sign changed. */
  readonly cells: Int32Array;
  /** Lists of polygons: their number, then the polygons in the order of the shapes. */
  readonly lists: Int32Array;
  /** The shape of each polygon. */
  readonly shapeOf: Int32Array;
  /** Six a polygon: minX, minY, maxX, maxY, cells by unit of x, of y. */
  readonly frames: Float64Array;
  /** Three a polygon: its number of columns, its first cell in `classes`, its first row in `rowStarts`. */
  readonly grids: Int32Array;
  readonly classes: Int32Array;
  /** Of a border cell: 16 x its number of edges + 2 x its side + 1 if that side is inside; then its edges. */
  readonly borderEdges: Int32Array;
  /** Where the edges of a row begin in `rowEdges`, and at the next row end. */
  readonly rowStarts: Int32Array;
  readonly rowEdges: Int32Array;
  /** Four an edge: x, y of its lower end, x, y of its upper end. */
  readonly edges: Float64Array;
}

/**
 * On which side of a polygon's border a point of a border cell lies: 1 inside, 0 outside, 2 or 3 on an edge. O(edges of the cell).
 */
export function sideOfCell(index: PointIndex, cell: number, row: number, x: number, y: number): number {
  const { borderEdges, edges } = index;
  const header = borderEdges[cell];
  const by = (header >> 1) & 7;
  if (by === BY_ROW) return sideOfRow(index, row, x, y);
  let odd = header & 1;
  const end = cell + (header >> 4);
  for (let i = cell + 1; i <= end; i++) {
    const edge = borderEdges[i] * 4;
    const lowX = edges[edge];
    const lowY = edges[edge + 1];
    const highX = edges[edge + 2];
    const highY = edges[edge + 3];
    if (by <= BY_WEST) {
      if (y < lowY || y > highY) continue;
      if (x > lowX && x > highX) {
        if (by === BY_WEST && y < highY) odd ^= 1;
        continue;
      }
      if (x < lowX && x < highX) {
        if (by === BY_EAST && y < highY) odd ^= 1;
        continue;
      }
      const side = orientation(lowX, lowY, highX, highY, x, y);
      if (side === 0) return index.border === ONCE ? sideOfRow(index, row, x, y) : ON_EDGE;
      if (y < highY && side > 0 === (by === BY_EAST)) odd ^= 1;
    } else {
      const east = Math.max(lowX, highX);
      if (x > east || (x < lowX && x < highX)) continue;
      if (y < lowY) {
        if (by === BY_NORTH && x < east) odd ^= 1;
        continue;
      }
      if (y > highY) {
        if (by === BY_SOUTH && x < east) odd ^= 1;
        continue;
      }
      const side = orientation(lowX, lowY, highX, highY, x, y);
      if (side === 0) return index.border === ONCE ? sideOfRow(index, row, x, y) : ON_EDGE;
      // To the left of an edge that goes up is above it when it goes to the east.
      const above = side > 0 === highX > lowX;
      if (x < east && above === (by === BY_SOUTH)) odd ^= 1;
    }
  }
  return odd;
}

/**
 * 1 when a ray to the east crosses an odd number of the row's edges, plus 2 when the point lies on one of them. An edge is crossed when its lower
 * end is at or under the point, its upper end above, and the point strictly on its west.
 */
export function sideOfRow({ rowStarts, rowEdges, edges }: PointIndex, row: number, x: number, y: number): number {
  let odd = 0;
  let on = 0;
  const end = rowStarts[row + 1];
  for (let i = rowStarts[row]; i < end; i++) {
    const edge = rowEdges[i] * 4;
    const lowY = edges[edge + 1];
    const highY = edges[edge + 3];
    if (y < lowY || y > highY) continue;
    const lowX = edges[edge];
    const highX = edges[edge + 2];
    if (x > lowX && x > highX) continue;
    if (x < lowX && x < highX) {
      if (y < highY) odd ^= 1;
      continue;
    }
    if (lowY === highY) {
      on = 2;
      continue;
    }
    const side = orientation(lowX, lowY, highX, highY, x, y);
    if (side === 0) on = 2;
    else if (side > 0 && y < highY) odd ^= 1;
  }
  return odd | on;
}
