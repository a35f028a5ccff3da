import { QuartiersError } from "../../codes/errors.ts";

/** Points in metres of one planar projection (Lambert-93 in mainland France). */
export interface PlanarPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The k nearest of each query, nearest first, `k` entries a query. */
export interface Nearest {
  /** Row of each neighbour; -1 when there are fewer than k. */
  readonly index: Int32Array;
  /** Its distance in metres; Infinity when there are fewer than k. */
  readonly metres: Float64Array;
}

/** Points sorted into square cells (compressed rows): build once, ask many times. */
export interface PointGrid {
  readonly points: PlanarPoints;
  readonly minX: number;
  readonly minY: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  /** Where the points of each cell begin in `order`. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** Sorts points into a grid of about two points a cell. Points without a place (NaN) are left out. O(n). */
export function pointGrid(points: PlanarPoints): PointGrid {
  const { x, y } = points;
  let [minX, minY, maxX, maxY, count] = [Infinity, Infinity, -Infinity, -Infinity, 0];
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(x[i] + y[i])) continue;
    if (x[i] < minX) minX = x[i];
    if (x[i] > maxX) maxX = x[i];
    if (y[i] < minY) minY = y[i];
    if (y[i] > maxY) maxY = y[i];
    count++;
  }
  if (count === 0)
    return {
      points,
      minX: 0,
      minY: 0,
      cell: 1,
      columns: 0,
      rows: 0,
      starts: new Int32Array(1),
      order: new Int32Array(0),
    };
  const width = maxX - minX;
  const height = maxY - minY;
  const cell = Math.max(Math.sqrt((2 * width * height) / count), (2 * Math.max(width, height)) / count, 1e-9);
  const columns = Math.floor(width / cell) + 1;
  const rows = Math.floor(height / cell) + 1;
  const cellOf = (i: number): number => Math.floor((y[i] - minY) / cell) * columns + Math.floor((x[i] - minX) / cell);
  const starts = new Int32Array(columns * rows + 1);
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i] + y[i])) starts[cellOf(i) + 1]++;
  for (let c = 0; c < columns * rows; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let i = 0; i < x.length; i++) if (!Number.isNaN(x[i] + y[i])) order[next[cellOf(i)]++] = i;
  return { points, minX, minY, cell, columns, rows, starts, order };
}

/**
 * The k nearest points of each query, by rings of cells around it (Bentley, Weide and Yao 1980). Equal distances: smallest row first. Lambert-93
 * stretches lengths by at most 0.3 % (2 m a kilometre within its parallels), so ranks are those of the ground except in near ties.
 * Expected O(queries x k) on evenly spread points.
 * @example
 * ```ts
 * const grid = pointGrid({ x: Float64Array.of(0, 30, 400), y: Float64Array.of(0, 40, 0) });
 * nearest(grid, { x: Float64Array.of(0), y: Float64Array.of(0) }, 2).metres // Float64Array(2) [ 0, 50 ]
 * ```
 */
export function nearest(grid: PointGrid, queries: PlanarPoints, k: number): Nearest {
  if (!Number.isInteger(k) || k < 1)
    throw new QuartiersError({
      what: "Nombre de voisins impossible",
      value: String(k),
      expected: "un entier d'au moins 1",
    });
  const index = new Int32Array(queries.x.length * k).fill(-1);
  const metres = new Float64Array(queries.x.length * k).fill(Number.POSITIVE_INFINITY);
  for (let query = 0; query < queries.x.length; query++) {
    if (Number.isNaN(queries.x[query] + queries.y[query])) continue;
    search(grid, queries.x[query], queries.y[query], k, query * k, index, metres);
  }
  for (let i = 0; i < metres.length; i++) metres[i] = Math.sqrt(metres[i]);
  return { index, metres };
}

/** Fills one query's entries with squared distances, sorted by insertion. */
function search(
  grid: PointGrid,
  x: number,
  y: number,
  k: number,
  base: number,
  index: Int32Array,
  squared: Float64Array,
): void {
  const { points, minX, minY, cell, columns, rows, starts, order } = grid;
  const column = Math.floor((x - minX) / cell);
  const row = Math.floor((y - minY) / cell);
  const last = base + k - 1;
  const visit = (c: number, r: number): void => {
    if (c < 0 || r < 0 || c >= columns || r >= rows) return;
    const at = r * columns + c;
    for (let entry = starts[at]; entry < starts[at + 1]; entry++) {
      const i = order[entry];
      const distance = (points.x[i] - x) ** 2 + (points.y[i] - y) ** 2;
      if (distance > squared[last] || (distance === squared[last] && index[last] !== -1 && i > index[last])) continue;
      let slot = last;
      while (slot > base && (squared[slot - 1] > distance || (squared[slot - 1] === distance && index[slot - 1] > i))) {
        squared[slot] = squared[slot - 1];
        index[slot] = index[slot - 1];
        slot--;
      }
      squared[slot] = distance;
      index[slot] = i;
    }
  };
  const nearestRing = Math.max(0, -column, -row, column - columns + 1, row - rows + 1);
  const farthestRing = Math.max(
    Math.abs(column),
    Math.abs(row),
    Math.abs(column - columns + 1),
    Math.abs(row - rows + 1),
  );
  for (let ring = nearestRing; ring <= farthestRing; ring++) {
    // Whatever lies in this ring or beyond is at least (ring - 1) whole cells away.
    if (ring > 0 && squared[last] < ((ring - 1) * cell) ** 2) break;
    const [fromColumn, toColumn] = [Math.max(0, column - ring), Math.min(columns - 1, column + ring)];
    for (let c = fromColumn; c <= toColumn; c++) {
      visit(c, row - ring);
      if (ring > 0) visit(c, row + ring);
    }
    const [fromRow, toRow] = [Math.max(0, row - ring + 1), Math.min(rows - 1, row + ring - 1)];
    for (let r = fromRow; r <= toRow; r++) {
      visit(column - ring, r);
      if (ring > 0) visit(column + ring, r);
    }
  }
}
