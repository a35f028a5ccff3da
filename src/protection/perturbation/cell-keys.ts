import { parseKey, type SecretKey, sipHashBytes, utf8 } from "./siphash.ts";

/**
 * A key of 32 bits for each record, from a secret and the record's identifier. The same person has the same key in every table and at every build;
 * who ignores the secret cannot tell it from chance. Two records of one identifier have one key: count each record once.
 */
export function recordKeys(key: SecretKey, identifiers: readonly string[]): Uint32Array {
  const parsed = parseKey(key);
  return Uint32Array.from(identifiers, (identifier) => sipHashBytes(parsed, utf8(identifier)).low);
}

/** Counts of cells, and the key of each. */
export interface KeyedCells {
  readonly counts: Float64Array;
  readonly keys: Uint32Array;
}

/**
 * Counts the records of each cell and adds their keys modulo 2^32. Whole numbers: the order of records changes nothing, and two cells of the same
 * records have the same key in whatever table they stand. Call it once per grouping: inner cells, each margin, the total.
 * @param cellOf cell of each record, from 0 to `cells` - 1; a negative number for a record of no cell
 * @example
 * ```ts
 * keyedCells([0, 0, 1], Uint32Array.of(4294967295, 3, 7), 2).keys // Uint32Array(2) [ 2, 7 ]
 * ```
 */
export function keyedCells(cellOf: ArrayLike<number>, records: Uint32Array, cells: number): KeyedCells {
  const counts = new Float64Array(cells);
  const keys = new Uint32Array(cells);
  for (let record = 0; record < cellOf.length; record++) {
    const cell = cellOf[record];
    if (cell < 0) continue;
    counts[cell]++;
    keys[cell] += records[record];
  }
  return { counts, keys };
}
