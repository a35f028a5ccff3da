import type { Grid } from "./grid-cut.ts";
import {
  BY_EAST,
  BY_NORTH,
  BY_ROW,
  BY_SOUTH,
  BY_WEST,
  INSIDE,
  OUTSIDE,
  type PointIndex,
  sideOfCell,
  sideOfRow,
} from "./point-sides.ts";

/** The edges that can pass through each cell of one polygon: those of cell i stand from `starts[i]` to `starts[i + 1]`. */
export interface CellEdges {
  readonly starts: Int32Array;
  readonly edges: Int32Array;
}

/** A polygon of an index, with what its cells are to be told from. */
export interface DrawnPolygon {
  readonly grid: Grid;
  readonly cells: CellEdges;
  /** Its first cell in `classes`, its first row in `rowStarts`, its first edge in `edges`. */
  readonly firstCell: number;
  readonly firstRow: number;
  readonly firstEdge: number;
}

/** Points of a cell, in parts of its sides: one of them lies on no edge. */
const trials = [0.5, 0.37, 0.71, 0.23, 0.89, 0.05] as const;

/**
 * Tells the cells of a polygon. A run of cells without edges has the class of one point of it: no edge passes there, so all its points have the same. A cell
 * with edges gets the side that none of them crosses, that is, none that the next cell also has. Fills `classes`; gives what goes into `borderEdges`.
 * @param placed number of values already in `borderEdges`
 */
export function tellCells(
  index: PointIndex,
  { grid, cells, ...first }: DrawnPolygon,
  placed: number,
): readonly number[] {
  const { minX, minY, maxX, maxY, columns, rows, scaleX, scaleY } = grid;
  const { classes } = index;
  const { starts, edges } = cells;
  const border: number[] = [];
  const pointOf = (column: number, row: number, x: number, y: number): readonly [number, number] => [
    scaleX > 0 ? minX + (column + x) / scaleX : minX + x * (maxX - minX),
    scaleY > 0 ? minY + (row + y) / scaleY : minY + y * (maxY - minY),
  ];
  const share = (a: number, b: number): boolean => {
    for (let i = starts[a]; i < starts[a + 1]; i++)
      for (let j = starts[b]; j < starts[b + 1]; j++) if (edges[i] === edges[j]) return true;
    return false;
  };
  for (let row = 0; row < rows; row++) {
    const rowPlace = first.firstRow + row;
    let run = -1;
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column;
      const count = starts[cell + 1] - starts[cell];
      if (count === 0) {
        if (run < 0) {
          const [x, y] = pointOf(column, row, 0.5, 0.5);
          run = sideOfRow(index, rowPlace, x, y) === 1 ? INSIDE : OUTSIDE;
        }
        classes[first.firstCell + cell] = run;
        continue;
      }
      run = -1;
      const place = placed + border.length;
      classes[first.firstCell + cell] = place;
      const by =
        scaleX === 0 || scaleY === 0
          ? BY_ROW
          : column === columns - 1 || !share(cell, cell + 1)
            ? BY_EAST
            : column === 0 || !share(cell, cell - 1)
              ? BY_WEST
              : row === rows - 1 || !share(cell, cell + columns)
                ? BY_NORTH
                : row === 0 || !share(cell, cell - columns)
                  ? BY_SOUTH
                  : BY_ROW;
      const own = Array.from(edges.subarray(starts[cell], starts[cell + 1]), (edge) => first.firstEdge + edge);
      const inside =
        by === BY_ROW ? null : insideOfSide(index, own, by, rowPlace, (x, y) => pointOf(column, row, x, y));
      if (inside === null) border.push(2 * BY_ROW);
      else border.push(16 * count + 2 * by + inside, ...own);
    }
  }
  return border;
}

/** 1 when the uncrossed side of a cell is inside: what a point of the cell is, less the edges between them. Null when all the points tried lie on edges. */
function insideOfSide(
  index: PointIndex,
  own: readonly number[],
  by: number,
  row: number,
  pointOf: (x: number, y: number) => readonly [number, number],
): number | null {
  const alone = { ...index, borderEdges: Int32Array.of(16 * own.length + 2 * by, ...own) };
  for (const along of trials) {
    for (const up of trials) {
      const [x, y] = pointOf(along, up);
      const side = sideOfRow(index, row, x, y);
      if (side <= 1) return side ^ (sideOfCell(alone, 0, row, x, y) & 1);
    }
  }
  return null;
}
