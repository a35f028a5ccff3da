import type { ScalingKernel } from "./scaling-kernel.ts";

/**
 * A Sinkhorn half step in the log domain: f_i = epsilon (ln a_i - ln sum_j exp((g_j - c_ij) / epsilon)), each sum taken from its largest term so that
 * nothing overflows or vanishes. Leaves in the kernel the plan exp((f_i + g_j - c_ij) / epsilon), whose rows sum to a_i, with scaling factors of 1.
 * O(rows x columns) exponentials.
 */
export function loadRows(
  kernel: ScalingKernel,
  costs: Float64Array,
  rowPotentials: Float64Array,
  columnPotentials: Float64Array,
  epsilon: number,
): void {
  const { rows, columns, stride, matrix, rowMargins, rowScale, columnScale } = kernel;
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    const start = i * stride;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j++) {
      const exponent = (columnPotentials[j] - costs[row + j]) / epsilon;
      matrix[start + j] = exponent;
      if (exponent > most) most = exponent;
    }
    let sum = 0;
    for (let k = start; k < start + columns; k++) {
      matrix[k] = Math.exp(matrix[k] - most);
      sum += matrix[k];
    }
    const factor = rowMargins[i] / sum;
    for (let k = start; k < start + columns; k++) matrix[k] *= factor;
    rowPotentials[i] = epsilon * (Math.log(factor) - most);
  }
  rowScale.fill(1);
  columnScale.fill(1, 0, columns);
}

/** The other half step: g_j = epsilon (ln b_j - ln sum_i exp((f_i - c_ij) / epsilon)), in two readings of the costs. */
export function columnPotentials(
  { rows, columns }: ScalingKernel,
  costs: Float64Array,
  columnShares: Float64Array,
  rowPotentials: Float64Array,
  potentials: Float64Array,
  epsilon: number,
): void {
  const most = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  const sums = new Float64Array(columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const exponent = (rowPotentials[i] - costs[at]) / epsilon;
      if (exponent > most[j]) most[j] = exponent;
    }
  }
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) sums[j] += Math.exp((rowPotentials[i] - costs[at]) / epsilon - most[j]);
  for (let j = 0; j < columns; j++) potentials[j] = epsilon * (Math.log(columnShares[j] / sums[j]) - most[j]);
}
