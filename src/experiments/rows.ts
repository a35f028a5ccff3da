import { numbers, type Table } from "../codes/table.ts";

/** The rows of a column that hold a finite value, in order. */
export const finiteRows = (t: Table, name: string): number[] =>
  Array.from(numbers(t, name).values, (value, row) => (Number.isFinite(value) ? row : -1)).filter((row) => row >= 0);

/** Rounds half away from zero at a number of decimals; Infinity stays. */
export function rounded(values: readonly number[], decimals: number): Float64Array {
  const scale = 10 ** decimals;
  return Float64Array.from(values, (value) => (Number.isFinite(value) ? Math.round(value * scale) / scale : value));
}
