import { Refusal } from "../refusal.ts";

/** Numbers as whole numbers of a common small unit: value = integers[i] / 10^decimals, without any rounding. */
export interface ExactNumbers {
  readonly integers: readonly bigint[];
  readonly decimals: number;
}

const written = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/**
 * Reads each number as the decimal that writes it (0.1 is one tenth, not the binary fraction beside it), and gives them all the same scale,
 * so that sums and comparisons are exact. A missing or infinite number is refused.
 * @example
 * ```ts
 * exactNumbers([850.1, 1000]).integers.map(String) // ["8501", "10000"]
 * ```
 */
export function exactNumbers(values: ArrayLike<number>): ExactNumbers {
  const parts = Array.from(values, (value) => {
    const match = written.exec(String(value));
    if (!match) {
      throw new Refusal({
        what: "Une règle de secret reçoit une valeur manquante ou infinie",
        expected: "des nombres finis",
        remedy: "écarter ces lignes, ou masquer la cellule qui les contient",
      });
    }
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
    return { digits: BigInt(`${sign}${whole}${fraction}`), decimals: fraction.length - Number(exponent) };
  });
  const decimals = parts.reduce((most, part) => Math.max(most, part.decimals), 0);
  return { integers: parts.map((part) => part.digits * 10n ** BigInt(decimals - part.decimals)), decimals };
}

/** A number as a fraction of two whole numbers. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** One number as a fraction, by the decimal that writes it: 87.5 is 875 / 10. */
export function exactFraction(value: number): Fraction {
  const { integers, decimals } = exactNumbers([value]);
  return { numerator: integers[0] ?? 0n, denominator: 10n ** BigInt(decimals) };
}
