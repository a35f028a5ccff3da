/** Columns X = Q R, Q of orthonormal columns and R upper triangular, both row after row. */
export interface OrthonormalColumns {
  readonly basis: Float64Array;
  readonly triangle: Float64Array;
}

/**
 * Modified Gram and Schmidt, twice over, so that the basis stays orthogonal to rounding. The columns must be independent. O(rows x columns^2).
 * @example
 * ```ts
 * orthonormalColumns(Float64Array.of(3, 4), 1).basis // Float64Array(2) [ 0.6, 0.8 ]
 * ```
 */
export function orthonormalColumns(values: Float64Array, columns: number): OrthonormalColumns {
  const basis = Float64Array.from(values);
  const triangle = new Float64Array(columns * columns);
  for (let k = 0; k < columns; k++) {
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < k; j++) {
        let along = 0;
        for (let row = 0; row < basis.length; row += columns) along += basis[row + j] * basis[row + k];
        for (let row = 0; row < basis.length; row += columns) basis[row + k] -= along * basis[row + j];
        triangle[j * columns + k] += along;
      }
    let squares = 0;
    for (let row = k; row < basis.length; row += columns) squares += basis[row] ** 2;
    const length = Math.sqrt(squares);
    triangle[k * columns + k] = length;
    for (let row = k; row < basis.length; row += columns) basis[row] /= length;
  }
  return { basis, triangle };
}

/** R^-1 v, in place. */
export function solveTriangle(triangle: Float64Array, values: Float64Array): Float64Array {
  const columns = values.length;
  for (let k = columns - 1; k >= 0; k--) {
    for (let j = k + 1; j < columns; j++) values[k] -= triangle[k * columns + j] * values[j];
    values[k] /= triangle[k * columns + k];
  }
  return values;
}

/** Coefficients of a column on an orthonormal basis, and what it leaves. */
export function partAlong(
  basis: Float64Array,
  columns: number,
  y: Float64Array,
): { readonly along: Float64Array; readonly rest: Float64Array } {
  const along = new Float64Array(columns);
  const rest = Float64Array.from(y);
  for (let pass = 0; pass < 2; pass++)
    for (let k = 0; k < columns; k++) {
      let sum = 0;
      for (let row = 0; row < rest.length; row++) sum += basis[row * columns + k] * rest[row];
      for (let row = 0; row < rest.length; row++) rest[row] -= sum * basis[row * columns + k];
      along[k] += sum;
    }
  return { along, rest };
}

/** R^-1 C R^-T: the covariance of the coefficients of X, from that of the coefficients of Q. */
export function turnedCovariance(triangle: Float64Array, covariance: Float64Array, columns: number): Float64Array {
  const half = new Float64Array(columns * columns);
  for (let k = 0; k < columns; k++) {
    const solved = solveTriangle(triangle, covariance.slice(k * columns, (k + 1) * columns));
    for (let j = 0; j < columns; j++) half[j * columns + k] = solved[j];
  }
  const whole = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++)
    whole.set(solveTriangle(triangle, half.slice(j * columns, (j + 1) * columns)), j * columns);
  return whole;
}
