import { frenchNumber } from "../../codes/french.ts";
import { Refusal } from "../refusal.ts";
import { uniformBelow, type Words } from "./keyed-words.ts";

export interface LaplaceOptions {
  /** Privacy spent by this number, in thousandths of epsilon. */
  readonly milliEpsilon: number;
  /** By how much one unit can change the number (delta); 1 for a count where each unit stands once. */
  readonly sensitivity?: number;
}

/**
 * One draw of the discrete Laplace law (two-sided geometric): P(k) = (1 - a) / (1 + a) · a^|k|, with a = exp(-epsilon / sensitivity). Whole numbers only, no
 * logarithm and no floating draw, whose low bits would betray the true count: Bernoulli trials of probability exp(-n/d) by exact rational arithmetic.
 * About ten draws of words on average, whatever epsilon.
 * @param words made from a secret key and the name of the cell, so that the noise is the same at every build: `keyedWords()`
 * Source: Canonne, Kamath and Steinke (2020), algorithms 1 and 2.
 * @throws Refusal when milli-epsilon or the sensitivity is not a whole number from 1 to a million.
 */
export function discreteLaplace(words: Words, options: LaplaceOptions): number {
  const { s, t } = scaleOf(options);
  for (;;) {
    const fraction = uniformBelow(words, t);
    if (!bernoulliExp(words, fraction, t)) continue;
    let wholes = 0;
    while (bernoulliExp(words, 1, 1)) wholes++;
    const size = Math.floor((fraction + t * wholes) / s);
    const negative = uniformBelow(words, 2) === 1;
    if (negative && size === 0) continue;
    return negative ? -size : size;
  }
}

/** True with probability exp(-n/d), for 0 <= n <= d whole numbers. Draws until a trial of probability n/(d·k) fails; the parity of k tells. */
export function bernoulliExp(words: Words, n: number, d: number): boolean {
  let k = 1;
  while (uniformBelow(words, d * k) < n) k++;
  return k % 2 === 1;
}

/** The law is that of exp(-|k| s / t), with s / t in lowest terms. */
function scaleOf({ milliEpsilon, sensitivity = 1 }: LaplaceOptions): { readonly s: number; readonly t: number } {
  for (const [name, value] of [
    ["le budget en millièmes d'epsilon", milliEpsilon],
    ["la sensibilité", sensitivity],
  ] as const) {
    if (Number.isInteger(value) && value >= 1 && value <= 1_000_000) continue;
    throw new Refusal({
      what: `Un bruit de Laplace ne peut pas être tiré avec ${name}`,
      value: String(value),
      expected: "un entier de 1 à 1 000 000",
    });
  }
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  const common = divisor(milliEpsilon, 1000 * sensitivity);
  return { s: milliEpsilon / common, t: (1000 * sensitivity) / common };
}

/** a = exp(-epsilon / sensitivity). */
const ratioOf = (options: LaplaceOptions): number => {
  const { s, t } = scaleOf(options);
  return Math.exp(-s / t);
};

/**
 * Probability of a deviation.
 * @example
 * ```ts
 * laplaceProbability(0, { milliEpsilon: 1000 }).toFixed(8) // "0.46211716"
 * ```
 */
export function laplaceProbability(deviation: number, options: LaplaceOptions): number {
  const a = ratioOf(options);
  return ((1 - a) / (1 + a)) * a ** Math.abs(deviation);
}

/**
 * Variance of the noise: 2a / (1 - a)².
 * @example
 * ```ts
 * laplaceVariance({ milliEpsilon: 1000 }).toFixed(8) // "1.84134719"
 * ```
 */
export function laplaceVariance(options: LaplaceOptions): number {
  const a = ratioOf(options);
  return (2 * a) / (1 - a) ** 2;
}

/**
 * The least k such that the noise is at most k in absolute value with that probability: P(|noise| > k) = 2 a^(k+1) / (1 + a).
 * @example
 * ```ts
 * laplaceBound({ milliEpsilon: 100 }, 0.95) // 30
 * ```
 */
export function laplaceBound(options: LaplaceOptions, probability = 0.95): number {
  const a = ratioOf(options);
  const beyond = (k: number): number => (2 * a ** (k + 1)) / (1 + a);
  const allowed = 1 - probability + 1e-12;
  let k = Math.max(0, Math.floor(Math.log((allowed * (1 + a)) / 2) / Math.log(a)) - 2);
  while (beyond(k) > allowed) k++;
  return k;
}

/**
 * The error that a reader must expect, as a sentence for the page.
 * @param unit plural noun of what is counted
 * @example
 * ```ts
 * laplaceSentence({ milliEpsilon: 100 }, "personnes") // "Avec un budget epsilon de 0,1, un nombre publié s’écarte du vrai d’au plus 30 personnes 95 fois sur 100."
 * ```
 */
export function laplaceSentence(options: LaplaceOptions, unit: string): string {
  const { milliEpsilon } = options;
  const decimals = milliEpsilon % 1000 === 0 ? 0 : milliEpsilon % 100 === 0 ? 1 : milliEpsilon % 10 === 0 ? 2 : 3;
  const epsilon = frenchNumber(milliEpsilon / 1000, { decimals });
  return `Avec un budget epsilon de ${epsilon}, un nombre publié s’écarte du vrai d’au plus ${frenchNumber(laplaceBound(options))}\u00a0${unit} 95 fois sur 100.`;
}
