/** The grid of one polygon. */
export interface Grid {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly columns: number;
  readonly rows: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/**
 * Cells by unit of length along one axis, such that the far end of [min, max] falls into the last cell. A side too small beside its coordinates to be
 * cut with a margin well over the rounding error is left in one cell (scale 0: every coordinate falls into cell 0).
 * @example
 * ```ts
 * Math.floor(8 * cut(0, 8, 4).scale) // 3
 * ```
 */
export function cut(min: number, max: number, wanted: number): { readonly cells: number; readonly scale: number } {
  const fine = (max - min) / wanted > 1e-9 * Math.max(Math.abs(min), Math.abs(max)) && max - min > 1e-100;
  return fine ? { cells: wanted, scale: (wanted / (max - min)) * (1 - 2 ** -40) } : { cells: 1, scale: 0 };
}

/** A column of numbers in memory that threads share. */
export const sharedFloats = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));

/** A column of integers in memory that threads share. */
export function sharedIntegers(length: number, values: ArrayLike<number> = []): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(length * 4));
  shared.set(values);
  return shared;
}
