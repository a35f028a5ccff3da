import { columnScan } from "./column-scan.ts";

/** Steps of augmenting row reduction allowed for each row that is still free. On clustered distances an unbounded reduction is a price war. */
const STEPS_A_FREE_ROW = 4;

/** What the algorithm found: the assignment and the prices of the columns, or the rows that cannot all be served. */
export interface JonkerVolgenant {
  readonly columnOfRow: Int32Array;
  /** -1 for a column left unused. */
  readonly rowOfColumn: Int32Array;
  /** Dual prices: never above 0 and 0 on unused columns when there are more columns than rows. */
  readonly columnDuals: Float64Array;
  /** Rows that together reach one column fewer than they are; empty when everything is assigned. */
  readonly unreachable: readonly number[];
}

/**
 * Linear assignment by Jonker and Volgenant (1987, Computing 38): column reduction (square problems only), augmenting row reduction with a bounded
 * number of steps, then one shortest augmenting path for each row still free. `rows` must not exceed `columns`; costs are row-major, never negative,
 * Infinity where a pair is forbidden (see `checkCosts`).
 *
 * Rows are taken in order and the first of equal columns is kept, so the answer depends on the order of rows and columns only. The scan of the columns is done
 * by WebAssembly vectors or by their plain twin (`columnScan`), with the same answers.
 * O(rows^2 x columns) at worst, O(columns) memory besides the costs.
 */
export function jonkerVolgenant(
  rows: number,
  columns: number,
  costs: Float64Array,
  engine: "simd" | "plain" | "best" = "best",
): JonkerVolgenant {
  const columnOfRow = new Int32Array(rows).fill(-1);
  const rowOfColumn = new Int32Array(columns).fill(-1);
  const columnDuals = new Float64Array(columns);
  if (rows === columns) reduceColumns(rows, costs, columnDuals, columnOfRow, rowOfColumn);
  let free: Int32Array = Int32Array.from(columnOfRow.keys()).filter((row) => columnOfRow[row] < 0);
  for (let pass = 0; pass < 2 && free.length > 0; pass++)
    free = reduceRows(columns, costs, columnDuals, columnOfRow, rowOfColumn, free);
  if (free.length === 0) return { columnOfRow, rowOfColumn, columnDuals, unreachable: [] };
  const search = pathSearch(columns, costs, columnDuals, columnOfRow, rowOfColumn, engine);
  for (const row of free) {
    const unreachable = search(row);
    if (unreachable.length > 0) return { columnOfRow, rowOfColumn, columnDuals, unreachable };
  }
  return { columnOfRow, rowOfColumn, columnDuals, unreachable: [] };
}

/** Each column gets its smallest cost as price and, from the last column to the first, the row of that cost if it is still free. */
function reduceColumns(
  size: number,
  costs: Float64Array,
  columnDuals: Float64Array,
  columnOfRow: Int32Array,
  rowOfColumn: Int32Array,
): void {
  const rowOfMinimum = new Int32Array(size);
  columnDuals.set(costs.subarray(0, size));
  for (let row = 1, at = size; row < size; row++) {
    for (let column = 0; column < size; column++, at++) {
      if (costs[at] < columnDuals[column]) {
        columnDuals[column] = costs[at];
        rowOfMinimum[column] = row;
      }
    }
  }
  const chosenOnce = new Uint8Array(size);
  for (let column = size - 1; column >= 0; column--) {
    if (columnDuals[column] === Number.POSITIVE_INFINITY) {
      columnDuals[column] = 0;
      continue;
    }
    const row = rowOfMinimum[column];
    if (columnOfRow[row] < 0) {
      columnOfRow[row] = column;
      rowOfColumn[column] = row;
      chosenOnce[row] = 1;
    } else chosenOnce[row] = 0;
  }
  // Reduction transfer: a row that is the minimum of one column only lets that column's price fall to what its second choice allows.
  for (let row = 0; row < size; row++) {
    if (!chosenOnce[row]) continue;
    const own = columnOfRow[row];
    let least = Number.POSITIVE_INFINITY;
    for (let column = 0, at = row * size; column < size; column++, at++) {
      const reduced = costs[at] - columnDuals[column];
      if (reduced < least && column !== own) least = reduced;
    }
    if (least < Number.POSITIVE_INFINITY) columnDuals[own] -= least - (costs[row * size + own] - columnDuals[own]);
  }
}

/** Augmenting row reduction: a free row takes its best column at the price of the second best; whoever held it becomes free. Returns the free rows left. */
function reduceRows(
  columns: number,
  costs: Float64Array,
  columnDuals: Float64Array,
  columnOfRow: Int32Array,
  rowOfColumn: Int32Array,
  free: Int32Array,
): Int32Array {
  const waiting = free.slice();
  const stillFree: number[] = [];
  let steps = STEPS_A_FREE_ROW * free.length;
  for (let next = 0; next < waiting.length; ) {
    const row = waiting[next++];
    let best = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    let bestColumn = -1;
    let secondColumn = -1;
    for (let column = 0, at = row * columns; column < columns; column++, at++) {
      const reduced = costs[at] - columnDuals[column];
      if (reduced < second) {
        if (reduced < best) {
          second = best;
          secondColumn = bestColumn;
          best = reduced;
          bestColumn = column;
        } else {
          second = reduced;
          secondColumn = column;
        }
      }
    }
    if (second === Number.POSITIVE_INFINITY || steps-- <= 0) {
      stillFree.push(row);
      continue;
    }
    let column = bestColumn;
    let holder = rowOfColumn[column];
    const drop = second - best;
    if (drop > 0) columnDuals[column] -= drop;
    else if (holder >= 0) {
      column = secondColumn;
      holder = rowOfColumn[column];
    }
    columnOfRow[row] = column;
    rowOfColumn[column] = row;
    if (holder < 0) continue;
    columnOfRow[holder] = -1;
    if (drop > 0) waiting[--next] = holder;
    else stillFree.push(holder);
  }
  return Int32Array.from(stillFree).sort();
}

/** Prepares the search of a shortest augmenting path (Dijkstra on reduced costs); its answer is empty, or the rows that miss a column. */
function pathSearch(
  columns: number,
  costs: Float64Array,
  columnDuals: Float64Array,
  columnOfRow: Int32Array,
  rowOfColumn: Int32Array,
  engine: "simd" | "plain" | "best",
): (freeRow: number) => readonly number[] {
  const scan = columnScan(columns, engine);
  const { prices, distances, rowBefore } = scan;
  prices.set(columnDuals);
  for (let column = 0; column < columns; column++) scan.setFree(column, rowOfColumn[column] < 0);
  const scanned = new Int32Array(columns);
  const scannedDistance = new Float64Array(columns);
  return (freeRow) => {
    distances.fill(Number.POSITIVE_INFINITY);
    let done = 0;
    let row = freeRow;
    let reached = 0;
    let end = -1;
    while (end < 0) {
      const base = row * columns;
      const own = columnOfRow[row];
      const shift = own < 0 ? 0 : reached - (costs[base + own] - columnDuals[own]);
      const least = scan.relax(costs, base, row, shift);
      if (least === Number.POSITIVE_INFINITY)
        return [freeRow, ...Array.from(scanned.subarray(0, done), (column) => rowOfColumn[column])];
      const column = scan.nearest();
      reached = Math.max(least, reached);
      if (rowOfColumn[column] < 0) end = column;
      else {
        row = rowOfColumn[column];
        scanned[done] = column;
        scannedDistance[done++] = least;
        prices[column] = Number.NEGATIVE_INFINITY;
        distances[column] = Number.POSITIVE_INFINITY;
      }
    }
    for (let k = 0; k < done; k++) {
      const column = scanned[k];
      columnDuals[column] += scannedDistance[k] - reached;
      prices[column] = columnDuals[column];
    }
    scan.setFree(end, false);
    for (let column = end, previous = -2; previous !== freeRow; ) {
      previous = rowBefore[column];
      rowOfColumn[column] = previous;
      const given = columnOfRow[previous];
      columnOfRow[previous] = column;
      column = given;
    }
    return [];
  };
}
