import { Refusal } from "../refusal.ts";
import { exactFraction, exactNumbers } from "./exact.ts";

/** The largest `n` contributors may not make `k` % of a cell. */
export interface DominanceRule {
  readonly n: number;
  /** Percentage, above 0 and at most 100. */
  readonly k: number;
}

/** What to do with contributions under zero. "refuse" is the default; "absolute" measures concentration on their absolute values. */
export type NegativeContributions = "refuse" | "absolute";

/**
 * Dominance. With n = 1, INSEE's rule: the largest makes strictly more than k % of the total. With n of 2 or more, ACRO's NK rule: the n largest
 * make k % or more. A total of 0 has no dominance; a positive total of one contributor is always dominant.
 * The comparison is 100·(x1 + ... + xn) against k·total in whole numbers: 85 % exactly is not more than 85 %.
 * @param contributions one number a contributor, in any order
 * @example
 * ```ts
 * [dominates([850, 100, 50], { n: 1, k: 85 }), dominates([850.1, 100, 50], { n: 1, k: 85 })] // [false, true]
 * ```
 */
export function dominates(
  contributions: ArrayLike<number>,
  rule: DominanceRule,
  negatives: NegativeContributions = "refuse",
): boolean {
  return dominatesExactly(descending(exactNumbers(contributions).integers, negatives), rule);
}

/**
 * p %: whether the second contributor, who knows his own value, can estimate the largest to less than p %: total - x1 - x2 < p % of x1.
 * A total of 0 is not judged; one or two contributors to a positive total always fail, whatever p is.
 * @param p percentage, 0 or more
 * @example
 * ```ts
 * [pPercentFails([50, 45, 2, 1, 1, 1], 10), pPercentFails([100, 50, 9.99], 10)] // [false, true]
 * ```
 */
export function pPercentFails(
  contributions: ArrayLike<number>,
  p: number,
  negatives: NegativeContributions = "refuse",
): boolean {
  return pPercentFailsExactly(descending(exactNumbers(contributions).integers, negatives), p);
}

/** `dominates`, on whole contributions from the largest to the smallest, none negative. */
export function dominatesExactly(sorted: readonly bigint[], { n, k }: DominanceRule): boolean {
  if (!(Number.isInteger(n) && n >= 1 && k > 0 && k <= 100)) {
    throw new Refusal({
      what: "La règle de dominance n'est pas utilisable",
      value: `n = ${n}, k = ${k}`,
      expected: "n entier d'au moins 1, k au-dessus de 0 et d'au plus 100",
    });
  }
  const total = sum(sorted);
  if (total === 0n) return false;
  if (contributing(sorted) === 1) return true;
  const { numerator, denominator } = exactFraction(k);
  const largest = 100n * denominator * sum(sorted.slice(0, n));
  const bound = numerator * total;
  return n === 1 ? largest > bound : largest >= bound;
}

/** `pPercentFails`, on whole contributions from the largest to the smallest, none negative. */
export function pPercentFailsExactly(sorted: readonly bigint[], p: number): boolean {
  if (!(p >= 0 && p < Number.POSITIVE_INFINITY)) {
    throw new Refusal({
      what: "La règle du p % n'est pas utilisable",
      value: `p = ${p}`,
      expected: "un pourcentage positif ou nul",
    });
  }
  const total = sum(sorted);
  if (total === 0n) return false;
  if (contributing(sorted) <= 2) return true;
  const [first = 0n, second = 0n] = sorted;
  const { numerator, denominator } = exactFraction(p);
  return 100n * denominator * (total - first - second) < numerator * first;
}

/** Contributions from the largest to the smallest. Negative ones are refused, or taken by their absolute values. */
export function descending(values: readonly bigint[], negatives: NegativeContributions): readonly bigint[] {
  if (negatives === "refuse" && values.some((value) => value < 0n)) {
    throw new Refusal({
      what: "Une contribution est négative : la dominance d'un total ne s'y lit pas",
      expected: "des contributions positives ou nulles",
      remedy: 'vérifier la source, ou demander negatives: "absolute"',
    });
  }
  return values.map((value) => (value < 0n ? -value : value)).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const contributing = (values: readonly bigint[]): number => values.filter((value) => value !== 0n).length;
