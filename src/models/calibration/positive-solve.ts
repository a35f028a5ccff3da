/**
 * Cholesky factor of a symmetric positive matrix (row-major, size x size), in its lower triangle and in place. Returns the first row whose pivot is not
 * over `tolerance` times its diagonal, or -1 when there is none. O(size^3).
 * @example
 * ```ts
 * const factor = Float64Array.of(4, 0, 2, 5);
 * const right = Float64Array.of(8, 8);
 * const bad = factorPositive(factor, 2);
 * solveFactored(factor, 2, right);
 * [bad, ...right] // [ -1, 1.5, 1 ]
 * ```
 */
export function factorPositive(matrix: Float64Array, size: number, tolerance: number = 1e-14): number {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const diagonal = matrix[row + i];
    for (let j = 0; j <= i; j++) {
      let sum = matrix[row + j];
      for (let k = 0; k < j; k++) sum -= matrix[row + k] * matrix[j * size + k];
      if (j < i) matrix[row + j] = sum / matrix[j * size + j];
      else if (sum > tolerance * diagonal) matrix[row + i] = Math.sqrt(sum);
      else return i;
    }
  }
  return -1;
}

/** Solves with a factor of `factorPositive`, on its first `rows` rows; the right-hand side becomes the solution. O(rows^2). */
export function solveFactored(factor: Float64Array, size: number, right: Float64Array, rows: number = size): void {
  for (let i = 0; i < rows; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * right[k];
    right[i] = sum / factor[i * size + i];
  }
  for (let i = rows - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < rows; k++) sum -= factor[k * size + i] * right[k];
    right[i] = sum / factor[i * size + i];
  }
}
