/** What was moved, and what still separates the sums of the plan from its margins, in the unit of the margins. */
export interface RepairedMargins {
  readonly moved: number;
  readonly error: number;
}

/**
 * Makes a plan respect its margins (Altschuler, Weed, Rigollet 2017, algorithm 2): rows then columns that hold too much are scaled down, and what is missing is
 * spread in proportion to the gaps of both sides. Changes `plan` in place; with `mayMove` false, only measures. O(rows x columns).
 */
export function repairMargins(
  plan: Float64Array,
  rowMargins: Float64Array,
  columnMargins: Float64Array,
  mayMove: boolean,
): RepairedMargins {
  if (!mayMove) return { moved: 0, error: distance(plan, rowMargins, columnMargins) };
  const columns = columnMargins.length;
  const { rowSums } = sums(plan, rowMargins.length, columns);
  const lower = (sum: number, margin: number): number => (sum > margin ? margin / sum : 1);
  for (let i = 0; i < rowSums.length; i++) {
    const factor = lower(rowSums[i], rowMargins[i]);
    if (factor < 1) for (let k = i * columns; k < (i + 1) * columns; k++) plan[k] *= factor;
  }
  const { columnSums } = sums(plan, rowMargins.length, columns);
  const factors = columnSums.map((sum, j) => lower(sum, columnMargins[j]));
  for (let k = 0; k < plan.length; k++) plan[k] *= factors[k % columns];
  const left = sums(plan, rowMargins.length, columns);
  const rowGaps = left.rowSums.map((sum, i) => Math.max(0, rowMargins[i] - sum));
  const columnGaps = left.columnSums.map((sum, j) => Math.max(0, columnMargins[j] - sum));
  let moved = 0;
  for (const gap of rowGaps) moved += gap;
  if (moved > 0) {
    for (let i = 0, k = 0; i < rowGaps.length; i++)
      for (let j = 0; j < columns; j++, k++) plan[k] += (rowGaps[i] / moved) * columnGaps[j];
  }
  return { moved, error: distance(plan, rowMargins, columnMargins) };
}

/** Sum of the absolute differences between the sums of a plan and its margins, rows and columns together. */
function distance(plan: Float64Array, rowMargins: Float64Array, columnMargins: Float64Array): number {
  const { rowSums, columnSums } = sums(plan, rowMargins.length, columnMargins.length);
  let error = 0;
  for (let i = 0; i < rowSums.length; i++) error += Math.abs(rowSums[i] - rowMargins[i]);
  for (let j = 0; j < columnSums.length; j++) error += Math.abs(columnSums[j] - columnMargins[j]);
  return error;
}

function sums(plan: Float64Array, rows: number, columns: number): { rowSums: Float64Array; columnSums: Float64Array } {
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, k++) {
      rowSums[i] += plan[k];
      columnSums[j] += plan[k];
    }
  }
  return { rowSums, columnSums };
}
