import { Refusal } from "../refusal.ts";
import { discreteLaplace, type LaplaceOptions } from "./discrete-laplace.ts";
import { keyedWords } from "./keyed-words.ts";
import { type PrivacyAccount, spend } from "./privacy-account.ts";
import { checkCounts } from "./rounding.ts";
import type { SecretKey } from "./siphash.ts";

export interface LaplaceCountsOptions extends LaplaceOptions {
  readonly key: SecretKey;
  /** One name per cell, which holds the table and its vintage: two cells of one name have the same noise, and their difference would be exact. */
  readonly names: readonly string[];
  /** What is published, for the account. */
  readonly label: string;
  /** In how many cells of the list one unit may stand: 1 for cells apart, 4 for a crossed table with its margins and total. Default 1. */
  readonly cellsPerUnit?: number;
}

export interface LaplaceCounts {
  readonly published: Float64Array;
  /** The account after this publication; the former one must not serve again. */
  readonly account: PrivacyAccount;
}

/**
 * Counts with discrete Laplace noise, one draw per cell, the same at every build, and the account that has paid for it: milli-epsilon for each cell where a
 * unit may stand. No noise is drawn before the account has accepted. Zeros are noised too, or their absence would tell; negative results are published as
 * they are, since cutting them at 0 would raise every sum. Missing stays missing.
 * @throws Refusal when the budget does not suffice, names are missing or repeated, or the counts are not counts.
 */
export function laplaceCounts(
  counts: ArrayLike<number>,
  account: PrivacyAccount,
  { key, names, label, cellsPerUnit = 1, ...noise }: LaplaceCountsOptions,
): LaplaceCounts {
  checkCounts(counts);
  if (names.length !== counts.length || new Set(names).size !== names.length) {
    throw new Refusal({
      what: "Les cellules à bruiter ne sont pas nommées une par une",
      expected: "un nom propre à chaque cellule, avec le tableau et son millésime",
    });
  }
  const after = spend(account, noise.milliEpsilon * cellsPerUnit, label);
  const published = Float64Array.from(counts, (count, cell) =>
    Number.isNaN(count) ? Number.NaN : count + discreteLaplace(keyedWords(key, names[cell] ?? ""), noise),
  );
  return { published, account: after };
}
