/**
 * Cholesky factor L (lower, row by row) of a symmetric positive definite matrix of n x n, row by row: A = L L'. Only the lower half of A is read.
 * null when a pivot is not above `tolerance` times its own diagonal: the matrix is not positive definite, or is singular to rounding. O(n^3 / 3).
 * Golub and Van Loan, Matrix Computations, 4.2.
 * @example
 * ```ts
 * cholesky(Float64Array.of(4, 2, 2, 5), 2) // Float64Array(4) [ 2, 0, 1, 2 ]
 * ```
 */
export function cholesky(matrix: Float64Array, n: number, tolerance = 1e-14): Float64Array | null {
  const factor = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let left = matrix[row * n + column];
      for (let k = 0; k < column; k++) left -= factor[row * n + k] * factor[column * n + k];
      if (column < row) factor[row * n + column] = left / factor[column * n + column];
      else if (left > tolerance * Math.abs(matrix[row * n + row])) factor[row * n + row] = Math.sqrt(left);
      else return null;
    }
  }
  return factor;
}

/**
 * The solution x of A x = b, from the Cholesky factor of A. O(n^2).
 * @example
 * ```ts
 * choleskySolve(Float64Array.of(2, 0, 1, 2), Float64Array.of(8, 12)) // Float64Array(2) [ 1, 2 ]
 * ```
 */
export function choleskySolve(factor: Float64Array, right: Float64Array): Float64Array {
  const n = right.length;
  const x = Float64Array.from(right);
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < row; k++) x[row] -= factor[row * n + k] * x[k];
    x[row] /= factor[row * n + row];
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = row + 1; k < n; k++) x[row] -= factor[k * n + row] * x[k];
    x[row] /= factor[row * n + row];
  }
  return x;
}

/**
 * The inverse of A, symmetric to the last digit, from its Cholesky factor. O(n^3).
 * @example
 * ```ts
 * choleskyInverse(Float64Array.of(2, 0, 0, 1), 2) // Float64Array(4) [ 0.25, 0, 0, 1 ]
 * ```
 */
export function choleskyInverse(factor: Float64Array, n: number): Float64Array {
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let column = 0; column < n; column++) {
    unit.fill(0);
    unit[column] = 1;
    const solved = choleskySolve(factor, unit);
    for (let row = column; row < n; row++) {
      inverse[row * n + column] = solved[row];
      inverse[column * n + row] = solved[row];
    }
  }
  return inverse;
}

/**
 * The logarithm of the determinant of A, from its Cholesky factor.
 * @example
 * ```ts
 * choleskyLogDeterminant(Float64Array.of(2, 0, 1, 2), 2) === Math.log(16) // true
 * ```
 */
export function choleskyLogDeterminant(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let row = 0; row < n; row++) sum += Math.log(factor[row * n + row]);
  return 2 * sum;
}

/**
 * x' A x for a symmetric A of n x n, with x read in `values` from `start`. O(n^2).
 * @example
 * ```ts
 * quadraticForm(Float64Array.of(2, 1, 1, 3), Float64Array.of(0, 1, 2), 1, 2) // 18
 * ```
 */
export function quadraticForm(matrix: Float64Array, values: Float64Array, start: number, n: number): number {
  let sum = 0;
  for (let row = 0; row < n; row++) {
    let product = 0;
    for (let column = 0; column < n; column++) product += matrix[row * n + column] * values[start + column];
    sum += values[start + row] * product;
  }
  return sum;
}
