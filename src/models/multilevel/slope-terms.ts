import { cholesky, choleskyInverse, choleskyLogDeterminant } from "../linear-algebra/cholesky.ts";
import type { LinearTerms } from "./linear-terms.ts";

/** A constant and slopes of one group, correlated (lower triangle of ratios, row by row) or not (diagonal). O(levels x terms^2 x columns) an evaluation. */
export function slopeTerms(
  codes: Int32Array,
  levels: number,
  terms: readonly Float64Array[],
  columns: number,
  values: Float64Array,
  correlated: boolean,
): LinearTerms {
  const q = terms.length;
  const own = new Float64Array(levels * q * q);
  const withColumns = new Float64Array(levels * q * columns);
  codes.forEach((level, row) => {
    for (let a = 0; a < q; a++) {
      const z = terms[a]?.[row] ?? 0;
      for (let b = 0; b < q; b++) own[(level * q + a) * q + b] += z * (terms[b]?.[row] ?? 0);
      for (let k = 0; k < columns; k++) withColumns[(level * q + a) * columns + k] += z * values[row * columns + k];
    }
  });
  const lambdaOf = (ratios: Float64Array): Float64Array => {
    const lambda = new Float64Array(q * q);
    let next = 0;
    for (let a = 0; a < q; a++)
      for (let b = 0; b <= a; b++) if (correlated || a === b) lambda[a * q + b] = ratios[next++];
    return lambda;
  };
  /** Cholesky factor of Lambda' Z'Z Lambda + I of a level. */
  const factorOf = (lambda: Float64Array, level: number): Float64Array => {
    const inner = new Float64Array(q * q);
    for (let a = 0; a < q; a++)
      for (let b = 0; b < q; b++) {
        let sum = a === b ? 1 : 0;
        for (let c = a; c < q; c++)
          for (let d = b; d < q; d++) sum += lambda[c * q + a] * own[(level * q + c) * q + d] * lambda[d * q + b];
        inner[a * q + b] = sum;
      }
    return cholesky(inner, q) ?? inner.fill(Number.NaN);
  };
  /** L^-1 Lambda' Z'[X y] of a level. */
  const projected = (lambda: Float64Array, factor: Float64Array, level: number): Float64Array => {
    const result = new Float64Array(q * columns);
    for (let a = 0; a < q; a++)
      for (let k = 0; k < columns; k++) {
        let sum = 0;
        for (let c = a; c < q; c++) sum += lambda[c * q + a] * withColumns[(level * q + c) * columns + k];
        for (let b = 0; b < a; b++) sum -= factor[a * q + b] * result[b * columns + k];
        result[a * columns + k] = sum / factor[a * q + a];
      }
    return result;
  };
  return {
    ratios: correlated ? (q * (q + 1)) / 2 : q,
    at(ratios) {
      const lambda = lambdaOf(ratios);
      const explained = new Float64Array(columns * columns);
      let logDeterminant = 0;
      for (let level = 0; level < levels; level++) {
        const factor = factorOf(lambda, level);
        logDeterminant += choleskyLogDeterminant(factor, q);
        addSquares(explained, projected(lambda, factor, level), columns);
      }
      return { logDeterminant, explained };
    },
    effects(ratios, combination) {
      const lambda = lambdaOf(ratios);
      const modes = new Float64Array(levels * q);
      const covariances = new Float64Array(levels * q * q);
      for (let level = 0; level < levels; level++) {
        const factor = factorOf(lambda, level);
        const share = projected(lambda, factor, level);
        const spherical = new Float64Array(q);
        for (let a = q - 1; a >= 0; a--) {
          for (let k = 0; k < columns; k++) spherical[a] += share[a * columns + k] * combination[k];
          for (let b = a + 1; b < q; b++) spherical[a] -= factor[b * q + a] * spherical[b];
          spherical[a] /= factor[a * q + a];
        }
        const inverse = choleskyInverse(factor, q);
        for (let a = 0; a < q; a++)
          for (let c = 0; c <= a; c++) {
            modes[level * q + a] += lambda[a * q + c] * spherical[c];
            for (let b = 0; b < q; b++)
              for (let d = 0; d <= b; d++)
                covariances[(level * q + a) * q + b] += lambda[a * q + c] * inverse[c * q + d] * lambda[b * q + d];
          }
      }
      return [{ modes, covariances }];
    },
  };
}

/** Adds C'C, C written row after row. */
function addSquares(sums: Float64Array, rows: Float64Array, columns: number): void {
  for (let start = 0; start < rows.length; start += columns)
    for (let a = 0; a < columns; a++)
      for (let b = 0; b < columns; b++) sums[a * columns + b] += rows[start + a] * rows[start + b];
}
