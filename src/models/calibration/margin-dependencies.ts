import { solveFactored } from "./positive-solve.ts";
import type { SeedColumns } from "./seed-columns.ts";

/** A margin that others fix, whatever the weights: its total is the sum of coefficient x total. */
export interface MarginTie {
  readonly margin: number;
  /** Coefficient of each margin (0 for those that have no part). */
  readonly coefficients: Float64Array;
}

/** Which margins are free and which follow from them: the categories of two variables that count the same households add up to the same total. */
export interface MarginDependencies {
  /** Margins that no combination of earlier ones gives. */
  readonly free: Int32Array;
  readonly ties: readonly MarginTie[];
  /** Margins that no household of the seed holds. */
  readonly empty: Int32Array;
}

/**
 * Finds the linear dependencies among the columns of the margins, in their order, by a Cholesky factor that grows with each free column. `start` 0 takes a
 * profile out; `margins` limits the search to some of them. O(cells x margins + margins^3).
 * @example
 * ```ts
 * const columns = { households: 2, profiles: 2, profileOf: Int32Array.of(0, 1), profileSize: Int32Array.of(1, 1), margins: [],
 *   rowStart: Int32Array.of(0, 2, 4), column: Int32Array.of(0, 2, 1, 2), value: Float64Array.of(1, 1, 1, 1) };
 * const { free, ties } = marginDependencies(columns, Float64Array.of(1, 1), Int32Array.of(0, 1, 2));
 * [[...free], ties.map(({ margin, coefficients }) => [margin, ...coefficients])] // [ [ 0, 1 ], [ [ 2, 1, 1, 0 ] ] ]
 * ```
 */
export function marginDependencies(columns: SeedColumns, start: Float64Array, margins: Int32Array): MarginDependencies {
  const size = Math.max(columns.margins.length, margins.length);
  const live = start.map((weight) => (weight > 0 ? 1 : 0));
  const products = crossProducts(columns, live, size);
  const free: number[] = [];
  const ties: MarginTie[] = [];
  const empty: number[] = [];
  const factor = new Float64Array(size * size);
  for (const margin of margins) {
    const own = products[margin * size + margin];
    if (own === 0) {
      empty.push(margin);
      continue;
    }
    const rows = free.length;
    const shared = Float64Array.from(free, (other) => products[other * size + margin]);
    const coefficients = shared.slice();
    if (rows > 0) solveFactored(factor, size, coefficients, rows);
    let explained = 0;
    for (let j = 0; j < rows; j++) explained += coefficients[j] * shared[j];
    if (own - explained <= 1e-9 * own) {
      const whole = new Float64Array(size);
      free.forEach((other, j) => {
        const rounded = Math.round(coefficients[j]);
        whole[other] = Math.abs(coefficients[j] - rounded) < 1e-7 ? rounded + 0 : coefficients[j];
      });
      ties.push({ margin, coefficients: whole });
      continue;
    }
    free.push(margin);
    appendRow(factor, size, shared, own, rows);
  }
  return { free: Int32Array.from(free), ties, empty: Int32Array.from(empty) };
}

/** X' diag(weights) X, whole and symmetric, row-major. O(sum of squared row lengths). */
export function crossProducts(columns: SeedColumns, weights: Float64Array, size: number): Float64Array {
  const { rowStart, column, value } = columns;
  const products = new Float64Array(size * size);
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p];
    if (weight === 0) continue;
    const [from, to] = [rowStart[p], rowStart[p + 1]];
    for (let a = from; a < to; a++) {
      const row = column[a] * size;
      const scaled = weight * value[a];
      for (let b = from; b <= a; b++) products[row + column[b]] += scaled * value[b];
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) products[j * size + i] = products[i * size + j];
  return products;
}

function appendRow(factor: Float64Array, size: number, shared: Float64Array, own: number, rows: number): void {
  const row = rows * size;
  let left = own;
  for (let j = 0; j < rows; j++) {
    let sum = shared[j];
    for (let k = 0; k < j; k++) sum -= factor[row + k] * factor[j * size + k];
    factor[row + j] = sum / factor[j * size + j];
    left -= factor[row + j] ** 2;
  }
  factor[row + rows] = Math.sqrt(left);
}
