import { Refusal } from "../refusal.ts";
import { discreteLaplace, type LaplaceOptions } from "./discrete-laplace.ts";
import { keyedWords } from "./keyed-words.ts";
import { checkCounts } from "./rounding.ts";
import type { SecretKey } from "./siphash.ts";

export interface LaplaceCountsOptions extends LaplaceOptions {
  readonly key: SecretKey;
  /** One name per cell, which holds the table and its vintage: two cells of one name have the same noise, and their difference would be exact. */
  readonly names: readonly string[];
}

/**
 * Counts with discrete Laplace noise, one draw per cell, the same at every build. Zeros are noised too, or their absence would tell; negative results are
 * published as they are, since cutting them at 0 would raise every sum. Missing stays missing. What it costs is written on the account by `spend()`: once for
 * cells that share no unit, once more for each table where the same units stand again, margins included.
 * @throws Refusal when names are missing or repeated, or the counts are not counts.
 */
export function laplaceCounts(counts: ArrayLike<number>, options: LaplaceCountsOptions): Float64Array {
  const { key, names } = options;
  checkCounts(counts);
  if (names.length !== counts.length || new Set(names).size !== names.length) {
    throw new Refusal({
      what: "Les cellules à bruiter ne sont pas nommées une par une",
      expected: "un nom propre à chaque cellule, avec le tableau et son millésime",
    });
  }
  return Float64Array.from(counts, (count, cell) =>
    Number.isNaN(count) ? Number.NaN : count + discreteLaplace(keyedWords(key, names[cell] ?? ""), options),
  );
}
