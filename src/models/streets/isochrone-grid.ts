import { QuartiersError } from "../../codes/errors.ts";

/** Nodes of a square grid, row-major, in metres of a local plane. */
export interface DistanceGrid {
  readonly x0: number;
  readonly y0: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  /** Metres to the nearest piece of street, exact up to the width and a cell beyond; more than that elsewhere. The border is beyond. */
  readonly metres: Float64Array;
}

const MAX_NODES = 1 << 24;

/** Distances to the nearest of some segments (x, y, x, y in metres), near them. */
export function streetDistances(segments: Float64Array, width: number, cell: number): DistanceGrid {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < segments.length; i += 2) {
    minX = Math.min(minX, segments[i]);
    maxX = Math.max(maxX, segments[i]);
    minY = Math.min(minY, segments[i + 1]);
    maxY = Math.max(maxY, segments[i + 1]);
  }
  const near = width + cell;
  const [x0, y0] = [minX - near - cell, minY - near - cell];
  const columns = Math.ceil((maxX + near + cell - x0) / cell) + 1;
  const rows = Math.ceil((maxY + near + cell - y0) / cell) + 1;
  if (columns * rows > MAX_NODES)
    throw new QuartiersError({
      what: "Grille trop fine pour dessiner cette isochrone",
      value: `${columns} × ${rows} nœuds de ${cell} m`,
      expected: `au plus ${MAX_NODES} nœuds`,
      remedy: "donner des cellules (« cellMetres ») et une largeur (« widthMetres ») plus grandes",
    });
  const squares = new Float64Array(columns * rows).fill((near + cell) ** 2);
  for (let s = 0; s < segments.length; s += 4) {
    const [ax, ay, bx, by] = [segments[s], segments[s + 1], segments[s + 2], segments[s + 3]];
    const [dx, dy] = [bx - ax, by - ay];
    const length2 = dx * dx + dy * dy;
    const firstColumn = Math.ceil((Math.min(ax, bx) - near - x0) / cell);
    const lastColumn = Math.floor((Math.max(ax, bx) + near - x0) / cell);
    const firstRow = Math.ceil((Math.min(ay, by) - near - y0) / cell);
    const lastRow = Math.floor((Math.max(ay, by) + near - y0) / cell);
    for (let row = firstRow; row <= lastRow; row++)
      for (let column = firstColumn; column <= lastColumn; column++) {
        const [px, py] = [x0 + column * cell - ax, y0 + row * cell - ay];
        const along = length2 === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length2));
        const square = (px - along * dx) ** 2 + (py - along * dy) ** 2;
        const node = row * columns + column;
        if (square < squares[node]) squares[node] = square;
      }
  }
  return { x0, y0, cell, columns, rows, metres: squares.map(Math.sqrt) };
}
