import { cut, sharedIntegers } from "./grid-cut.ts";
import { OUTSIDE, type PointIndex } from "./point-sides.ts";

/** The part of an index that leads from a point to the polygons that it can be in. */
export type IndexCells = Pick<
  PointIndex,
  "minX" | "minY" | "maxX" | "maxY" | "scaleX" | "scaleY" | "columns" | "split" | "cells" | "lists"
>;

const mostColumns = 512;
const mostSplit = 32;

/**
 * The two levels of cells over the whole extent: about the size of the middle polygon, at most 512 a side, then split where polygons are and are
 * smaller than a cell. A country of small neighbourhoods gets a small first level of nearly empty cells, that stays in the processor's cache.
 */
export function indexCells(index: PointIndex, polygons: number): IndexCells {
  const { frames } = index;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  const sides: number[] = [];
  for (let i = 0; i < polygons * 6; i += 6) {
    minX = Math.min(minX, frames[i]);
    minY = Math.min(minY, frames[i + 1]);
    maxX = Math.max(maxX, frames[i + 2]);
    maxY = Math.max(maxY, frames[i + 3]);
    sides.push(Math.max(frames[i + 2] - frames[i], frames[i + 3] - frames[i + 1]));
  }
  const middle = sides.sort((a, b) => a - b)[sides.length >> 1] ?? 1;
  const wanted = (extent: number): number => Math.max(1, Math.min(mostColumns, Math.ceil(extent / middle) || 1));
  const across = cut(minX, maxX, wanted(maxX - minX));
  const up = cut(minY, maxY, wanted(maxY - minY));
  const largest = Math.max(0, ...[across.scale, up.scale].filter((scale) => scale > 0).map((scale) => 1 / scale));
  const fineness = middle > 0 ? (2 * largest) / middle : 1;
  const split = Math.min(mostSplit, 2 ** Math.ceil(Math.log2(Math.max(1, fineness))));
  const axes: Axes = { minX, minY, scaleX: across.scale, scaleY: up.scale, columns: across.cells, split };

  const cells = Array.from({ length: across.cells * up.cells }, () => 0);
  const lists: number[] = [0];
  const placeOf = new Map<string, number>([["", 0]]);
  /** Place of a list; equal lists, of cells side by side, are kept once. */
  const place = (list: readonly number[]): number => {
    const key = list.join(" ");
    const known = placeOf.get(key);
    if (known !== undefined) return known;
    placeOf.set(key, lists.length);
    return lists.push(list.length, ...list) - list.length - 1;
  };
  for (const [cell, found] of polygonsOfCells(index, polygons, axes)) {
    const start = cells.length;
    for (const list of smallerCells(index, found, axes, cell)) cells.push(place(list));
    cells[cell] = split === 1 ? (cells.pop() ?? 0) : -start;
  }
  return {
    ...axes,
    maxX,
    maxY,
    cells: sharedIntegers(cells.length, cells),
    lists: sharedIntegers(lists.length, lists),
  };
}

interface Axes {
  readonly minX: number;
  readonly minY: number;
  readonly scaleX: number;
  readonly scaleY: number;
  readonly columns: number;
  readonly split: number;
}

/** The polygons whose frame meets each cell of the first level, in their order. */
function polygonsOfCells({ frames }: PointIndex, polygons: number, axes: Axes): ReadonlyMap<number, number[]> {
  const found = new Map<number, number[]>();
  for (let polygon = 0; polygon < polygons; polygon++) {
    const [west, south, east, north] = frames.subarray(polygon * 6, polygon * 6 + 4);
    const toRow = ((north - axes.minY) * axes.scaleY) | 0;
    const toColumn = ((east - axes.minX) * axes.scaleX) | 0;
    for (let row = ((south - axes.minY) * axes.scaleY) | 0; row <= toRow; row++) {
      for (let column = ((west - axes.minX) * axes.scaleX) | 0; column <= toColumn; column++) {
        const cell = row * axes.columns + column;
        const list = found.get(cell);
        if (list) list.push(polygon);
        else found.set(cell, [polygon]);
      }
    }
  }
  return found;
}

/** The polygons of each smaller cell of a cell, leaving out those that have nothing but outside there. */
function smallerCells(index: PointIndex, polygons: readonly number[], axes: Axes, cell: number): readonly number[][] {
  const { split, minX, minY, scaleX, scaleY, columns } = axes;
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const lists: number[][] = Array.from({ length: split * split }, () => []);
  for (const polygon of polygons) {
    const [west, south, east, north] = index.frames.subarray(polygon * 6, polygon * 6 + 4);
    const [fromColumn, toColumn] = smallerRange(west, east, minX, scaleX, column, split);
    const [fromRow, toRow] = smallerRange(south, north, minY, scaleY, row, split);
    for (let r = fromRow; r <= toRow; r++) {
      const vertical = extentOf(row + r / split, 1 / split, minY, scaleY);
      for (let c = fromColumn; c <= toColumn; c++)
        if (touches(index, polygon, extentOf(column + c / split, 1 / split, minX, scaleX), vertical))
          lists[r * split + c]?.push(polygon);
    }
  }
  return lists;
}

/** First and last smaller cells, within a cell, of what goes from `low` to `high`. */
function smallerRange(
  low: number,
  high: number,
  origin: number,
  scale: number,
  cell: number,
  split: number,
): readonly [number, number] {
  const [from, to] = [(low - origin) * scale, (high - origin) * scale];
  const first = (from | 0) < cell ? 0 : ((from - (from | 0)) * split) | 0;
  const last = (to | 0) > cell ? split - 1 : ((to - (to | 0)) * split) | 0;
  return [first, last];
}

/** The coordinates of a cell, with a margin well over the rounding error; an axis that is not cut has them all. */
function extentOf(position: number, size: number, origin: number, scale: number): readonly [number, number] {
  if (scale === 0) return [-Infinity, Infinity];
  const margin = size * 1e-3;
  return [origin + (position - margin) / scale, origin + (position + size + margin) / scale];
}

function touches(
  { frames, grids, classes }: PointIndex,
  polygon: number,
  [west, east]: readonly [number, number],
  [south, north]: readonly [number, number],
): boolean {
  const [minX, minY, maxX, maxY, scaleX, scaleY] = frames.subarray(polygon * 6, polygon * 6 + 6);
  const [columns, first] = grids.subarray(polygon * 3, polygon * 3 + 2);
  const cellOf = (value: number, min: number, max: number, scale: number): number =>
    ((Math.max(min, Math.min(max, value)) - min) * scale) | 0;
  const toRow = cellOf(north, minY, maxY, scaleY);
  const toColumn = cellOf(east, minX, maxX, scaleX);
  for (let row = cellOf(south, minY, maxY, scaleY); row <= toRow; row++)
    for (let column = cellOf(west, minX, maxX, scaleX); column <= toColumn; column++)
      if (classes[first + row * columns + column] !== OUTSIDE) return true;
  return false;
}
