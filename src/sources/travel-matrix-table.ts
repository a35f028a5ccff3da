import type { MatrixColumns } from "./travel-matrix-columns.ts";

/** Ids of a column as whole numbers, in order of first appearance. */
export interface CodedColumn {
  readonly codes: Int32Array;
  readonly ids: readonly string[];
}

/** A long table of pairs, as its file has it: costs in the producer's unit, NaN where a cell is empty. */
export interface MatrixTable {
  readonly columns: MatrixColumns;
  readonly from: CodedColumn;
  readonly to: CodedColumn;
  readonly costs: Readonly<Record<string, Float64Array>>;
  readonly groups: Readonly<Record<string, CodedColumn>>;
  /** Line of each row in the file, or row of the table for a file without lines. */
  readonly rowNumbers: Int32Array;
}

/** Places in the order in which they were given to the router, which answers without their names. */
export interface MatrixPlaces {
  readonly ids: readonly string[];
  /** Degrees of WGS 84: with them, the order of the answer and the unit of its times are checked. */
  readonly lon?: Float64Array;
  readonly lat?: Float64Array;
}

/** `first`, `first` + 1, … */
export function countingFrom(first: number, length: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let row = 0; row < length; row++) numbers[row] = first + row;
  return numbers;
}

/** A JSON object, neither a list nor null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
