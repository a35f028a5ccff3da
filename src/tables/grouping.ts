import { type Column, PRESENT } from "../codes/table.ts";

/** The rows of a table put in groups, numbered by first appearance. */
export interface Grouping {
  /** Number of the group of each row. */
  readonly groupOf: Int32Array;
  /** First row of each group. */
  readonly firstRow: Int32Array;
  readonly count: number;
}

/** Above this many cells the pairs of codes are looked up in a map rather than in an array. */
const DENSE_CELLS = 1 << 22;

/**
 * Groups the rows that have the same values in all the columns; a missing value is equal to one that is missing for the same reason.
 * Without a column all rows are one group. Each column is turned into integers once, then pairs of integers are numbered.
 * O(rows × columns).
 * @example
 * ```ts
 * groupRows([textColumn(["a", "b", "a"], { label: "Code" })], 3).groupOf // Int32Array(3) [ 0, 1, 0 ]
 * ```
 */
export function groupRows(columns: readonly Column[], rows: number): Grouping {
  let codes: Int32Array = new Int32Array(rows);
  let count = Math.min(rows, 1);
  for (const column of columns) {
    const next = encode(column, rows);
    [codes, count] = pair(codes, count, next.codes, next.count);
  }
  const firstRow = new Int32Array(count).fill(-1);
  for (let row = rows - 1; row >= 0; row--) firstRow[codes[row]] = row;
  return { groupOf: codes, firstRow, count };
}

interface Encoded {
  readonly codes: Int32Array;
  readonly count: number;
}

/** Numbers the different values of a column by first appearance. */
function encode({ values, missing }: Column, rows: number): Encoded {
  const codes = new Int32Array(rows);
  const numberOf = new Map<string | number, number>();
  const numberOfReason = [-1, -1, -1, -1];
  let count = 0;
  let last: string | number | undefined;
  let lastCode = -1;
  for (let row = 0; row < rows; row++) {
    const reason = missing ? missing[row] : PRESENT;
    if (reason !== PRESENT) {
      if (numberOfReason[reason] < 0) numberOfReason[reason] = count++;
      codes[row] = numberOfReason[reason];
      continue;
    }
    const value = values[row];
    if (value !== last || lastCode < 0) {
      const found = numberOf.get(value);
      lastCode = found ?? count++;
      if (found === undefined) numberOf.set(value, lastCode);
      last = value;
    }
    codes[row] = lastCode;
  }
  return { codes, count };
}

/** Numbers the different pairs by first appearance. */
function pair(a: Int32Array, countA: number, b: Int32Array, countB: number): [Int32Array, number] {
  if (countA <= 1) return [b, countB];
  if (countB <= 1) return [a, countA];
  const cells = countA * countB;
  const codes = new Int32Array(a.length);
  let count = 0;
  if (cells <= DENSE_CELLS) {
    const numberOf = new Int32Array(cells).fill(-1);
    for (let row = 0; row < codes.length; row++) {
      const cell = a[row] * countB + b[row];
      if (numberOf[cell] < 0) numberOf[cell] = count++;
      codes[row] = numberOf[cell];
    }
  } else {
    const numberOf = new Map<number, number>();
    for (let row = 0; row < codes.length; row++) {
      const cell = a[row] * countB + b[row];
      const found = numberOf.get(cell);
      codes[row] = found ?? count++;
      if (found === undefined) numberOf.set(cell, codes[row]);
    }
  }
  return [codes, count];
}
