import { Refusal } from "../refusal.ts";

/** Refuses a base that is not a whole number of at least 2. */
export function checkBase(base: number): void {
  if (Number.isInteger(base) && base >= 2) return;
  throw new Refusal({
    what: "La base d'arrondi n'est pas utilisable",
    value: String(base),
    expected: "un entier d'au moins 2 (3, 5, 10…)",
  });
}

/** Refuses what is not a whole number, never negative; NaN passes as missing. */
export function checkCounts(counts: ArrayLike<number>): void {
  for (let i = 0; i < counts.length; i++) {
    if (Number.isNaN(counts[i]) || (Number.isInteger(counts[i]) && counts[i] >= 0)) continue;
    throw new Refusal({
      what: "Une cellule à arrondir n'est pas un effectif",
      expected: "des nombres entiers, jamais négatifs",
    });
  }
}

/**
 * Conventional rounding: the nearest multiple of the base, an exact half going up. Whole numbers throughout; missing stays missing.
 * Each value alone says within which interval its count lies; totals rounded beside it narrow that interval: see `roundedIntervals()`.
 * @example
 * ```ts
 * roundNearest([2, 3, 7, 8], 5) // Float64Array(4) [ 0, 5, 5, 10 ]
 * ```
 */
export function roundNearest(counts: ArrayLike<number>, base: number): Float64Array {
  checkBase(base);
  checkCounts(counts);
  return Float64Array.from(counts, (count) => {
    const rest = count % base;
    return 2 * rest >= base ? count - rest + base : count - rest;
  });
}

/**
 * Unbiased random rounding: up with probability rest / base, down otherwise; a multiple of the base stays. The draw is the key of the cell (see
 * `keyedCells()`), so the same cell is rounded the same way in every table and at every build, and averaging gains nothing.
 * The bias is at most base / 2^32.
 * @param keys one key of 32 bits per cell
 * @example
 * ```ts
 * roundRandomly([7, 7], Uint32Array.of(0, 4294967295), 5) // Float64Array(2) [ 10, 5 ]
 * ```
 */
export function roundRandomly(counts: ArrayLike<number>, keys: Uint32Array, base: number): Float64Array {
  checkBase(base);
  checkCounts(counts);
  if (keys.length !== counts.length) {
    throw new Refusal({
      what: "Les effectifs et les clés de cellules ne vont pas ensemble",
      expected: "une clé par cellule",
    });
  }
  return Float64Array.from(counts, (count, cell) => {
    const rest = count % base;
    return keys[cell] * base < rest * 0x1_0000_0000 ? count - rest + base : count - rest;
  });
}
