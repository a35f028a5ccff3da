import { type CostMatrix, checkCosts, columnName, orderById, rowName } from "./cost-matrix.ts";
import { InfeasibleAssignmentError } from "./infeasible.ts";
import { type JonkerVolgenant, jonkerVolgenant } from "./jonker-volgenant.ts";

/** One row to one column, with the dual prices that prove it is the cheapest (`certifyAssignment`). */
export interface Assignment {
  /** Column of each row, -1 for a row left out (more rows than columns). */
  readonly columnOfRow: Int32Array;
  /** Row of each column, -1 for a column left out. */
  readonly rowOfColumn: Int32Array;
  /** Sum of the costs of the pairs, in the unit of the costs. */
  readonly total: number;
  /** u of the dual: u_i + v_j <= c_ij, with equality on the pairs. 0 on rows left out, never above 0 when some must be. */
  readonly rowDuals: Float64Array;
  /** v of the dual: 0 on columns left out, never above 0 when some must be. */
  readonly columnDuals: Float64Array;
}

/**
 * Linear assignment: as many pairs as the smaller side allows, one seeker and one post each, at the smallest total cost (Jonker and Volgenant 1987; see
 * `jonkerVolgenant`). For cells of several seekers and offers of several posts, `transport` solves a problem 10 to 100 times smaller.
 *
 * Equal totals: rows and columns are taken in the order of their ids (order of code units; their numbers when there are no ids), so the answer does not
 * depend on the order of the table. Refuses an empty side, a negative or missing cost. When forbidden pairs (Infinity) leave no assignment, throws
 * `InfeasibleAssignmentError`, whose group is minimal: without any one of its members, the others could all be placed.
 * O(n^2 m) at worst for n rows and m columns (n the smaller), O(n + m) memory besides the costs, or a copy of them when they must be turned.
 * @example
 * ```ts
 * const costs = { rows: 3, columns: 3, values: Float64Array.of(8, 4, 7, 5, 2, 3, 9, 4, 8) };
 * assignment(costs).total // 15
 * ```
 */
export function assignment(costs: CostMatrix): Assignment {
  const { rows, columns, values } = costs;
  if (checkCosts(costs).forbidden) refuseEmptyLines(costs);
  const turned = rows > columns;
  const rowOrder = orderById(costs.rowIds);
  const columnOrder = orderById(costs.columnIds);
  const sorted = arrange(values, rows, columns, rowOrder, columnOrder, turned);
  const found = turned ? jonkerVolgenant(columns, rows, sorted) : jonkerVolgenant(rows, columns, sorted);
  const original = { row: (i: number) => rowOrder?.[i] ?? i, column: (j: number) => columnOrder?.[j] ?? j };
  if (found.unreachable.length > 0) throw unreachableGroup(costs, found, original, turned);
  const columnOfRow = new Int32Array(rows).fill(-1);
  const rowOfColumn = new Int32Array(columns).fill(-1);
  const rowDuals = new Float64Array(rows);
  const columnDuals = new Float64Array(columns);
  let total = 0;
  found.columnOfRow.forEach((to, from) => {
    const [row, column] = turned
      ? [original.row(to), original.column(from)]
      : [original.row(from), original.column(to)];
    const cost = values[row * columns + column];
    columnOfRow[row] = column;
    rowOfColumn[column] = row;
    const price = found.columnDuals[to];
    rowDuals[row] = turned ? price : cost - price;
    columnDuals[column] = turned ? cost - price : price;
    total += cost;
  });
  return { columnOfRow, rowOfColumn, total, rowDuals, columnDuals };
}

/** The costs with rows and columns in the order of their ids, transposed when there are more rows than columns. No copy when nothing moves. */
function arrange(
  values: Float64Array,
  rows: number,
  columns: number,
  rowOrder: Int32Array | null,
  columnOrder: Int32Array | null,
  turned: boolean,
): Float64Array {
  if (!rowOrder && !columnOrder && !turned) return values;
  const sorted = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const from = (rowOrder ? rowOrder[i] : i) * columns;
    for (let j = 0; j < columns; j++)
      sorted[turned ? j * rows + i : i * columns + j] = values[from + (columnOrder ? columnOrder[j] : j)];
  }
  return sorted;
}

/** A row of the smaller side that reaches nothing is the smallest group there is: say it before solving anything. */
function refuseEmptyLines(costs: CostMatrix): void {
  const { rows, columns, values } = costs;
  const reachedRow = new Uint8Array(rows);
  const reachedColumn = new Uint8Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      if (values[at] === Number.POSITIVE_INFINITY) continue;
      reachedRow[i] = 1;
      reachedColumn[j] = 1;
    }
  }
  const row = rows <= columns ? reachedRow.indexOf(0) : -1;
  if (row >= 0) throw alone(rowName(costs, row), "seekers");
  const column = columns <= rows ? reachedColumn.indexOf(0) : -1;
  if (column >= 0) throw alone(columnName(costs, column), "offers");
}

const alone = (id: string, membersAre: "seekers" | "offers"): InfeasibleAssignmentError =>
  new InfeasibleAssignmentError({ members: [id], reached: [], needed: 1, available: 0 }, membersAre);

/** The rows of the search tree and the columns they reach: every member can be the one left out, so the group is minimal. */
function unreachableGroup(
  costs: CostMatrix,
  { unreachable, columnOfRow }: JonkerVolgenant,
  original: { row(i: number): number; column(j: number): number },
  turned: boolean,
): InfeasibleAssignmentError {
  const small = (i: number): string =>
    turned ? columnName(costs, original.column(i)) : rowName(costs, original.row(i));
  const large = (j: number): string =>
    turned ? rowName(costs, original.row(j)) : columnName(costs, original.column(j));
  const members = [...unreachable].sort((a, b) => a - b);
  const reached = members.flatMap((i) => (columnOfRow[i] < 0 ? [] : [columnOfRow[i]])).sort((a, b) => a - b);
  return new InfeasibleAssignmentError(
    { members: members.map(small), reached: reached.map(large), needed: members.length, available: reached.length },
    turned ? "offers" : "seekers",
  );
}
