import type { Shape } from "../codes/shape.ts";
import { cut, type Grid, sharedFloats, sharedIntegers } from "./grid-cut.ts";
import { type BorderRule, borderRules, type PointIndex } from "./point-in-polygon.ts";
import { type CellEdges, type DrawnPolygon, tellCells } from "./point-index-borders.ts";
import { indexCells } from "./point-index-cells.ts";
import { type CoordinateUnit, refuseUnusableShape } from "./shape-checks.ts";

export interface PointIndexOptions {
  /** Unit of the shapes and of the points; degrees are checked to be degrees. */
  readonly unit: CoordinateUnit;
  /** Rule of the points on a border; "intersects" when absent. */
  readonly border?: BorderRule;
}

/**
 * Prepares shapes for millions of points. Shapes may overlap, be empty, have unclosed or crossing rings (even-odd rule); coordinates that are not
 * numbers and shapes cut by the antimeridian are refused. O(edges x rows of cells that each crosses): milliseconds for a hundred neighbourhoods.
 * @example
 * ```ts
 * const index = pointIndex([{ polygons: [[Float64Array.of(2, 46, 3, 46, 3, 47, 2, 47)]] }], { unit: "degrees" });
 * index.shapes // 1
 * ```
 */
export function pointIndex(shapes: readonly Shape[], { unit, border = "intersects" }: PointIndexOptions): PointIndex {
  shapes.forEach((shape, row) => {
    refuseUnusableShape(shape, unit, `forme ${row + 1}`);
  });
  const polygons = shapes.flatMap((shape, row) =>
    shape.polygons.map((rings) => ({ shape: row, edges: edgesOf(rings) })),
  );
  const parts = polygons.filter(({ edges }) => edges.length > 0);
  const frames = sharedFloats(parts.length * 6);
  const grids = sharedIntegers(parts.length * 3);
  const shapeOf = sharedIntegers(parts.length);
  const rowStarts: number[] = [0];
  const rowEdges: number[] = [];
  const edges = sharedFloats(parts.reduce((sum, part) => sum + part.edges.length, 0));
  let [cellCount, edgeCount] = [0, 0];
  const drawn = parts.map((part, polygon): DrawnPolygon => {
    const grid = gridOf(part.edges);
    const { cells, rows } = drawEdges(part.edges, grid);
    const first = { firstCell: cellCount, firstRow: rowStarts.length - 1, firstEdge: edgeCount };
    frames.set([grid.minX, grid.minY, grid.maxX, grid.maxY, grid.scaleX, grid.scaleY], polygon * 6);
    grids.set([grid.columns, first.firstCell, first.firstRow], polygon * 3);
    shapeOf[polygon] = part.shape;
    edges.set(part.edges, edgeCount * 4);
    for (const row of rows) {
      for (const edge of row) rowEdges.push(edgeCount + edge);
      rowStarts.push(rowEdges.length);
    }
    edgeCount += part.edges.length / 4;
    cellCount += grid.columns * grid.rows;
    return { grid, cells, ...first };
  });
  const blank: PointIndex = {
    ...emptyCells,
    border: borderRules.indexOf(border),
    shapes: shapes.length,
    shapeOf,
    frames,
    grids,
    classes: sharedIntegers(cellCount),
    borderEdges: new Int32Array(0),
    edges,
    rowStarts: sharedIntegers(rowStarts.length, rowStarts),
    rowEdges: sharedIntegers(rowEdges.length, rowEdges),
  };
  // The first two places stand for the classes outside and inside.
  const borderEdges: number[] = [0, 0];
  for (const polygon of drawn)
    for (const value of tellCells(blank, polygon, borderEdges.length)) borderEdges.push(value);
  return {
    ...blank,
    borderEdges: sharedIntegers(borderEdges.length, borderEdges),
    ...indexCells(blank, parts.length),
  };
}

const emptyCells = {
  minX: Number.POSITIVE_INFINITY,
  minY: Number.POSITIVE_INFINITY,
  maxX: Number.NEGATIVE_INFINITY,
  maxY: Number.NEGATIVE_INFINITY,
  scaleX: 0,
  scaleY: 0,
  columns: 1,
  split: 1,
  cells: new Int32Array(1),
  lists: new Int32Array(1),
};

/** The edges of all rings, lower end first, each ring closed, points that repeat left out. */
function edgesOf(rings: readonly Float64Array[]): Float64Array {
  const edges: number[] = [];
  for (const ring of rings) {
    for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
      const [ax, ay, bx, by] = [ring[before], ring[before + 1], ring[i], ring[i + 1]];
      if (ax === bx && ay === by) continue;
      if (ay <= by) edges.push(ax, ay, bx, by);
      else edges.push(bx, by, ax, ay);
    }
  }
  return Float64Array.from(edges);
}

/** More rows than columns: a row's edges are what a point of a border cell is tried against. */
function gridOf(edges: Float64Array): Grid {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < edges.length; i += 2) {
    minX = Math.min(minX, edges[i]);
    maxX = Math.max(maxX, edges[i]);
    minY = Math.min(minY, edges[i + 1]);
    maxY = Math.max(maxY, edges[i + 1]);
  }
  const root = Math.sqrt(edges.length / 4);
  const across = cut(minX, maxX, Math.min(256, Math.max(8, Math.ceil(2.5 * root))));
  const up = cut(minY, maxY, Math.min(1024, Math.max(8, Math.ceil(4 * root))));
  return { minX, minY, maxX, maxY, columns: across.cells, rows: up.cells, scaleX: across.scale, scaleY: up.scale };
}

/** Lists the edges of each row, and of each cell that they can pass through, with a hundredth of a cell of margin over the rounding error. */
function drawEdges(edges: Float64Array, grid: Grid): { readonly cells: CellEdges; readonly rows: readonly number[][] } {
  const { minX, minY, columns, scaleX, scaleY } = grid;
  const rows: number[][] = Array.from({ length: grid.rows }, () => []);
  const [passedCells, passingEdges]: [number[], number[]] = [[], []];
  const starts = new Int32Array(columns * grid.rows + 1);
  const margin = 0.01;
  const columnOf = (x: number, shift: number): number =>
    Math.max(0, Math.min(columns - 1, Math.floor((x - minX) * scaleX + shift)));
  for (let edge = 0; edge < edges.length; edge += 4) {
    const [lowX, lowY, highX, highY] = [edges[edge], edges[edge + 1], edges[edge + 2], edges[edge + 3]];
    const first = ((lowY - minY) * scaleY) | 0;
    const last = ((highY - minY) * scaleY) | 0;
    for (let row = first; row <= last; row++) {
      rows[row]?.push(edge / 4);
      let [fromX, toX] = [lowX, highX];
      if (first < last) {
        const from = (minY + (row - margin) / scaleY - lowY) / (highY - lowY);
        const to = (minY + (row + 1 + margin) / scaleY - lowY) / (highY - lowY);
        if (from > 0) fromX = lowX + from * (highX - lowX);
        if (to < 1) toX = lowX + to * (highX - lowX);
      }
      const end = columnOf(Math.max(fromX, toX), margin);
      for (let column = columnOf(Math.min(fromX, toX), -margin); column <= end; column++) {
        passedCells.push(row * columns + column);
        passingEdges.push(edge / 4);
        starts[row * columns + column + 1]++;
      }
    }
  }
  for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
  const next = starts.slice();
  const sorted = new Int32Array(passingEdges.length);
  passedCells.forEach((cell, i) => {
    sorted[next[cell]++] = passingEdges[i] as number;
  });
  return { cells: { starts, edges: sorted }, rows };
}
