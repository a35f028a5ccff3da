import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import type { CommonSupport } from "./common-support.ts";

/** Columns of a linear model of coded questions: 1 for the constant, then one a level kept, the first of each question aside (the reference). */
export interface DummyColumns {
  readonly names: readonly string[];
  /** Column of each level of each question, by code; -1 for a reference or a level out of the support. */
  readonly columnOf: readonly Int32Array[];
}

export function dummyColumns(questions: readonly CategoricalVariable[], { levels }: CommonSupport): DummyColumns {
  const names = ["constante"];
  const columnOf = questions.map((question, q) => {
    const columns = new Int32Array(question.levels.length).fill(-1);
    for (const code of levels[q].slice(1)) {
      columns[code] = names.length;
      names.push(`${question.name}\u00a0: ${question.levels[code]}`);
    }
    return columns;
  });
  return { names, columnOf };
}

/** The columns of a row that hold 1. */
export function columnsOfRow(
  row: number,
  questions: readonly CategoricalVariable[],
  { columnOf }: DummyColumns,
): readonly number[] {
  const columns = [0];
  questions.forEach(({ codes }, q) => {
    const column = columnOf[q][codes[row]];
    if (column >= 0) columns.push(column);
  });
  return columns;
}

/** Weighted least squares of one group. */
export interface GroupRegression {
  readonly weightSum: number;
  readonly meanAnswer: number;
  /** Mean of each column: 1, then the shares of the levels. */
  readonly means: Float64Array;
  readonly coefficients: Float64Array;
  /** (X'WX)^-1 v. */
  readonly solve: (right: Float64Array) => Float64Array;
}

/**
 * Weighted least squares of the answers on the columns, over some rows of one group. A column that others make up is named in the error, or gives null when the group has
 * no name. O(rows x questions^2 + columns^3).
 */
export function groupRegression(
  weights: Float64Array,
  answers: Float64Array,
  rows: Int32Array,
  columnsOf: (row: number) => readonly number[],
  names: readonly string[],
  group: string | null,
): GroupRegression | null {
  const size = names.length;
  const product = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (const row of rows) {
    const columns = columnsOf(row);
    for (const a of columns) {
      right[a] += weights[row] * answers[row];
      for (const b of columns) product[a * size + b] += weights[row];
    }
  }
  const factor = cholesky(product, size, 1e-10);
  if (!factor) {
    if (group === null) return null;
    throw new QuartiersError({
      what: `Question redondante dans le groupe « ${group} »`,
      value: firstDependent(product, names),
      expected: "des questions dont aucune réponse ne se déduit des autres",
      remedy: "retirer cette question, ou regrouper ses modalités",
    });
  }
  const weightSum = product[0];
  return {
    weightSum,
    meanAnswer: right[0] / weightSum,
    means: product.slice(0, size).map((sum) => sum / weightSum),
    coefficients: choleskySolve(factor, right),
    solve: (vector) => choleskySolve(factor, vector),
  };
}

/** Name of the first column that the ones before it make up. */
function firstDependent(product: Float64Array, names: readonly string[]): string {
  const size = names.length;
  for (let leading = 2; leading <= size; leading++) {
    const block = new Float64Array(leading * leading);
    for (let a = 0; a < leading; a++) block.set(product.subarray(a * size, a * size + leading), a * leading);
    if (!cholesky(block, leading, 1e-10)) return names[leading - 1];
  }
  return names[size - 1];
}
