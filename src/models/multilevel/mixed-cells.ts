import type { DesignMatrix } from "../areas/design-matrix.ts";
import type { ModelMatrix } from "../regression/model-term.ts";
import { type CrossedPattern, crossedPattern } from "./crossed-pattern.ts";

/** Persons grouped by equal explanatory variables and levels: same likelihood, fewer rows. */
export interface MixedCells {
  readonly design: DesignMatrix;
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  readonly pattern: CrossedPattern;
}

/** Sums the trials of equal rows and leaves out rows without a trial; all columns are of the rows of the matrix. O(rows x (columns + factors)). */
export function mixedCells(
  matrix: ModelMatrix,
  successes: Float64Array,
  trials: Float64Array,
  factors: readonly Int32Array[],
  levels: readonly number[],
): MixedCells {
  const design = rowByRow(matrix);
  const cellOf = new Map<number, number[]>();
  const rowOf: number[] = [];
  const sums: [number, number][] = [];
  for (let row = 0; row < design.rows; row++) {
    if (trials[row] === 0) continue;
    const key = hashRow(design, factors, row);
    const candidates = cellOf.get(key) ?? [];
    let cell = candidates.find((known) => sameRow(design, factors, row, rowOf[known]));
    if (cell === undefined) {
      cell = rowOf.length;
      rowOf.push(row);
      sums.push([0, 0]);
      candidates.push(cell);
      cellOf.set(key, candidates);
    }
    const sum = sums[cell];
    if (!sum) continue;
    sum[0] += successes[row];
    sum[1] += trials[row];
  }
  const { columns, names } = design;
  const values = new Float64Array(rowOf.length * columns);
  rowOf.forEach((row, cell) => {
    values.set(design.values.subarray(row * columns, (row + 1) * columns), cell * columns);
  });
  return {
    design: { names, rows: rowOf.length, columns, values },
    successes: Float64Array.from(sums, ([yes]) => yes),
    trials: Float64Array.from(sums, ([, all]) => all),
    pattern: crossedPattern(
      factors.map((codes) => Int32Array.from(rowOf, (row) => codes[row])),
      levels,
    ),
  };
}

/** A matrix written row after row, from one written column after column. */
export function rowByRow({
  names,
  rows,
  columns,
  values,
}: Pick<ModelMatrix, "names" | "rows" | "columns" | "values">): DesignMatrix {
  const byRow = new Float64Array(values.length);
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) byRow[row * columns + column] = values[column * rows + row];
  return { names, rows, columns, values: byRow };
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

function hashRow({ columns, values }: DesignMatrix, factors: readonly Int32Array[], row: number): number {
  let hash = 0x811c9dc5;
  for (let k = row * columns; k < (row + 1) * columns; k++) {
    bits[0] = values[k] + 0; // -0 and 0 are one value
    hash = Math.imul(hash ^ words[0], 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15) ^ words[1], 0x01000193);
  }
  for (const codes of factors) hash = Math.imul(hash ^ (hash >>> 15) ^ codes[row], 0x01000193);
  return hash;
}

function sameRow(
  { columns, values }: DesignMatrix,
  factors: readonly Int32Array[],
  row: number,
  other: number,
): boolean {
  for (const codes of factors) if (codes[row] !== codes[other]) return false;
  for (let k = 0; k < columns; k++) if (values[row * columns + k] !== values[other * columns + k]) return false;
  return true;
}
