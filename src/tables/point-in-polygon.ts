import { QuartiersError } from "../codes/errors.ts";
import { INSIDE, OUTSIDE, type PointIndex, sideOfCell } from "./point-sides.ts";

export type { PointIndex } from "./point-sides.ts";

/**
 * To whom a point on a border belongs. Inside and outside are those of the even-odd rule on each polygon and its holes, exact to the last bit; a
 * shape of several polygons holds what one of them holds.
 * - "intersects": the border, outer or of a hole, belongs to the shape (`predicate="intersects"` of geopandas, PostGIS `ST_Intersects`).
 * - "within": the border belongs to nobody (`predicate="within"`, `ST_Within`).
 * - "once": the point is taken as shifted a hair to the north, then a hair to the east, so that in a tiling each point belongs to one shape only.
 */
export type BorderRule = "intersects" | "within" | "once";

/** The rules, in the order of their numbers in an index. */
export const borderRules: readonly BorderRule[] = ["intersects", "within", "once"];
const INTERSECTS = 0;
const WITHIN = 1;

/**
 * The first shape that holds the point, or -1. NaN is nowhere. O(polygons there + edges of one row of one of them).
 */
export function locatePoint(index: PointIndex, x: number, y: number): number {
  const list = listAt(index, x, y);
  return list === 0 ? -1 : firstOf(index, list, x, y);
}

/**
 * Writes the first shape that holds each point, or -1, into `out` from `start` to `end` (excluded); allocates nothing, for batches that come as a
 * stream. O(points).
 */
export function locateInto(
  index: PointIndex,
  x: Float64Array,
  y: Float64Array,
  out: Int32Array,
  start = 0,
  end: number = x.length,
): void {
  refuseRagged(x, y, start, end, out.length);
  for (let i = start; i < end; i++) {
    const px = x[i];
    const py = y[i];
    const list = listAt(index, px, py);
    out[i] = list === 0 ? -1 : firstOf(index, list, px, py);
  }
}

/** The first shape of each point of two columns, or -1. */
export function locatePoints(index: PointIndex, x: Float64Array, y: Float64Array): Int32Array {
  const out = new Int32Array(x.length);
  locateInto(index, x, y, out);
  return out;
}

/** Pairs of a point and a shape that holds it, in the order of the points, then of the shapes. */
export interface PointShapePairs {
  readonly points: Int32Array;
  readonly shapes: Int32Array;
}

/** Every shape that holds each point: what `sjoin` gives when shapes overlap. O(points + pairs). */
export function locatePairs(
  index: PointIndex,
  x: Float64Array,
  y: Float64Array,
  start = 0,
  end: number = x.length,
): PointShapePairs {
  refuseRagged(x, y, start, end);
  const points: number[] = [];
  const shapes: number[] = [];
  for (let i = start; i < end; i++) {
    eachShape(index, x[i], y[i], (shape) => {
      points.push(i);
      shapes.push(shape);
    });
  }
  return { points: Int32Array.from(points), shapes: Int32Array.from(shapes) };
}

/**
 * Adds to `counts` (one a shape) the number of points that each holds; a point of several shapes counts in each. For batches: the counts go on. O(points).
 */
export function countPoints(
  index: PointIndex,
  x: Float64Array,
  y: Float64Array,
  counts: Float64Array | Int32Array,
  start = 0,
  end: number = x.length,
): void {
  refuseRagged(x, y, start, end);
  if (counts.length < index.shapes)
    throw new QuartiersError({
      what: "Colonne de comptes trop courte",
      value: String(counts.length),
      expected: `une place par forme, ${index.shapes}`,
    });
  const add = (shape: number): void => {
    counts[shape]++;
  };
  for (let i = start; i < end; i++) eachShape(index, x[i], y[i], add);
}

/** Place of the list of polygons of the point's cell, or 0. Each mapping below is a growing function of x or of y, so that what was marked is found. */
function listAt(index: PointIndex, x: number, y: number): number {
  if (!(x >= index.minX && x <= index.maxX && y >= index.minY && y <= index.maxY)) return 0;
  const along = (x - index.minX) * index.scaleX;
  const up = (y - index.minY) * index.scaleY;
  const column = along | 0;
  const row = up | 0;
  const cell = index.cells[row * index.columns + column];
  if (cell >= 0) return cell;
  const { split } = index;
  return index.cells[(((up - row) * split) | 0) * split + (((along - column) * split) | 0) - cell];
}

function firstOf(index: PointIndex, list: number, x: number, y: number): number {
  const { lists } = index;
  const end = list + lists[list];
  for (let i = list + 1; i <= end; i++) if (holds(index, lists[i], x, y)) return index.shapeOf[lists[i]];
  return -1;
}

function eachShape(index: PointIndex, x: number, y: number, found: (shape: number) => void): void {
  const list = listAt(index, x, y);
  if (list === 0) return;
  const { lists, shapeOf } = index;
  const end = list + lists[list];
  let last = -1;
  for (let i = list + 1; i <= end; i++) {
    const shape = shapeOf[lists[i]];
    if (shape === last || !holds(index, lists[i], x, y)) continue;
    last = shape;
    found(shape);
  }
}

function holds(index: PointIndex, polygon: number, x: number, y: number): boolean {
  const { frames, grids } = index;
  const frame = polygon * 6;
  if (x < frames[frame] || x > frames[frame + 2] || y < frames[frame + 1] || y > frames[frame + 3]) return false;
  const column = ((x - frames[frame]) * frames[frame + 4]) | 0;
  const row = ((y - frames[frame + 1]) * frames[frame + 5]) | 0;
  const grid = polygon * 3;
  const cell = index.classes[grids[grid + 1] + row * grids[grid] + column];
  if (cell === OUTSIDE) return false;
  if (cell === INSIDE) return true;
  const side = sideOfCell(index, cell, grids[grid + 2] + row, x, y);
  if (index.border === INTERSECTS) return side !== 0;
  return index.border === WITHIN ? side === 1 : (side & 1) === 1;
}

function refuseRagged(
  x: Float64Array,
  y: Float64Array,
  start: number,
  end: number,
  outLength: number = Number.POSITIVE_INFINITY,
): void {
  if (x.length !== y.length)
    throw new QuartiersError({
      what: "Deux colonnes de coordonnées de longueurs différentes",
      value: `${x.length} et ${y.length}`,
      expected: "deux colonnes de même longueur",
    });
  if (!(start >= 0 && start <= end && end <= x.length && end <= outLength))
    throw new QuartiersError({
      what: "Lignes hors des colonnes",
      value: `de ${start} à ${end}`,
      expected: `des lignes entre 0 et ${Math.min(x.length, outLength)}`,
    });
}
