import { QuartiersError } from "../../codes/errors.ts";
import type { ModelMatrix } from "./model-term.ts";
import { columnOf } from "./scenario.ts";

export interface CellColumns {
  /** 0 or 1, successes, or a count, one value a row of the table. */
  readonly outcome: Float64Array;
  readonly trials?: Float64Array;
  readonly weights?: Float64Array;
  /** Rows share a cell only if their offsets are equal too. */
  readonly offset?: Float64Array;
}

/** A model whose rows are cells of equal covariates. */
export interface CovariateCells {
  readonly matrix: ModelMatrix;
  /** Weighted successes (or counts) of each cell, and weighted trials: `outcome` and `trials` of a binomial `glm`. */
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  readonly offset: Float64Array | null;
  /** Rows of the table in each cell: a cell is published under the protection rules of any table. */
  readonly rowsInCell: Int32Array;
  /** Cell of each row kept. */
  readonly cellOf: Int32Array;
}

/**
 * Rows with the same covariates as one: a binomial model of the cells (successes, trials) has the coefficients and standard errors of the rows in a fraction of
 * the time. Its deviance and likelihood are those of counts, so compare them between models of the same cells. O(rows x columns) for the coding.
 * @example
 * ```ts
 * const matrix = { names: ["(constante)"], rows: 3, columns: 1, values: Float64Array.of(1, 1, 1), variables: [], products: [], factors: [[]],
 *   sourceRows: 3, keptRows: Int32Array.of(0, 1, 2), droppedRows: 0, missingBy: {}, emptyLevels: [] };
 * covariateCells(matrix, { outcome: Float64Array.of(0, 1, 1) }).successes // Float64Array(1) [ 2 ]
 * ```
 */
export function covariateCells(matrix: ModelMatrix, columns: CellColumns): CovariateCells {
  const { rows, keptRows, sourceRows } = matrix;
  for (const [name, column] of Object.entries(columns))
    if (column && column.length !== sourceRows)
      throw new QuartiersError({
        what: `La colonne ${name} n'a pas une valeur par ligne de la table`,
        value: String(column.length),
        expected: `${sourceRows} lignes, celles données à modelMatrix`,
      });
  const offset = columns.offset ? Float64Array.from(keptRows, (row) => columns.offset?.[row] ?? 0) : null;
  const sources: ArrayLike<number>[] = matrix.variables.flatMap((variable): ArrayLike<number>[] =>
    variable.codes ? [variable.codes] : variable.columns.map((column) => columnOf(matrix, column)),
  );
  if (offset) sources.push(offset);
  const cellOf = new Int32Array(rows);
  let cells = rows > 0 ? 1 : 0;
  for (const source of sources) cells = refine(cellOf, cells, source);

  const firstRow = new Int32Array(cells).fill(-1);
  const rowsInCell = new Int32Array(cells);
  const successes = new Float64Array(cells);
  const trials = new Float64Array(cells);
  for (let row = 0; row < rows; row++) {
    const [cell, source] = [cellOf[row], keptRows[row]];
    const weight = columns.weights ? columns.weights[source] : 1;
    if (firstRow[cell] < 0) firstRow[cell] = row;
    rowsInCell[cell]++;
    successes[cell] += weight * columns.outcome[source];
    trials[cell] += weight * (columns.trials ? columns.trials[source] : 1);
  }
  const values = new Float64Array(cells * matrix.columns);
  for (let column = 0; column < matrix.columns; column++)
    for (let cell = 0; cell < cells; cell++)
      values[column * cells + cell] = matrix.values[column * rows + firstRow[cell]];
  const variables = matrix.variables.map((variable) => ({
    ...variable,
    codes: variable.codes ? Int32Array.from(firstRow, (row) => variable.codes?.[row] ?? -1) : null,
  }));
  return {
    matrix: {
      ...matrix,
      rows: cells,
      values,
      variables,
      sourceRows: cells,
      keptRows: Int32Array.from(firstRow.keys()),
    },
    ...{ successes, trials, offset: offset ? Float64Array.from(firstRow, (row) => offset[row]) : null },
    ...{ rowsInCell, cellOf },
  };
}

/** Splits the cells of rows by a column, numbering the new cells by their first row; returns how many there are. */
function refine(cellOf: Int32Array, cells: number, source: ArrayLike<number>): number {
  const known = Array.from({ length: cells }, () => new Map<number, number>());
  let next = 0;
  for (let row = 0; row < cellOf.length; row++) {
    const values = known[cellOf[row]];
    let cell = values.get(source[row]);
    if (cell === undefined) {
      cell = next++;
      values.set(source[row], cell);
    }
    cellOf[row] = cell;
  }
  return next;
}
