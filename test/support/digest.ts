/** A column known by a few sums: enough to see that one row differs, not enough to give the rows back. */
export interface Digest {
  readonly rows: number;
  readonly infinite: number;
  /** Rows that the reference does not have, by their place. */
  readonly absent: readonly number[];
  readonly sum: number;
  /** Sum with weights that follow no order of the rows, so that two exchanged rows are seen. */
  readonly mixed: number;
}

const mix = (row: number): number => 1 + ((row * 7919) % 101);

export function digestOf(values: ArrayLike<number | "Infinity" | null>): Digest {
  const absent: number[] = [];
  let [infinite, sum, mixed] = [0, 0, 0];
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === null || value === undefined) absent.push(row);
    else if (value === "Infinity" || value === Number.POSITIVE_INFINITY) infinite++;
    else {
      sum += value;
      mixed += value * mix(row);
    }
  }
  return { rows: values.length, infinite, absent, sum, mixed };
}

/** Largest relative difference of the two sums; Infinity when counts differ. Rows absent from the reference are left out. */
export function digestDifference(values: ArrayLike<number>, expected: Digest): number {
  const absent = new Set(expected.absent);
  const { rows, infinite, sum, mixed } = digestOf(Array.from(values, (value, row) => (absent.has(row) ? null : value)));
  if (rows !== expected.rows || infinite !== expected.infinite || Number.isNaN(sum)) return Number.POSITIVE_INFINITY;
  const relative = (a: number, b: number): number => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));
  return Math.max(relative(sum, expected.sum), relative(mixed, expected.mixed));
}
