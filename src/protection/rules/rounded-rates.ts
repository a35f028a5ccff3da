import { Refusal } from "../refusal.ts";
import { exactNumbers } from "./exact.ts";
import type { RuleFinding } from "./finding.ts";

/** How an exact half is rounded: upwards (0.5 gives 1, 1.5 gives 2) or to the even neighbour (0.5 gives 0, 1.5 gives 2). */
export type RoundingMode = "half-up" | "half-even";

export interface PublishedRate {
  /** The rate as it is printed. */
  readonly rate: number;
  /** The count it is a share of. */
  readonly base: number;
  /** Decimals printed. */
  readonly decimals: number;
  readonly rounding: RoundingMode;
  /** 100 (default) for a percentage, 1 for a share, 1 000 for « ‰ ». */
  readonly whole?: number;
}

/**
 * Which counts a published rate can stand for: {k : round(whole·k / base, decimals) = rate}, as the least and the greatest k, or null when there
 * is none. Whole-number arithmetic in the rounding mode named, since binary floats move the set. A rate with more decimals than announced fits none.
 * @example
 * ```ts
 * countsBehindRate({ rate: 0.2, base: 5000, decimals: 1, rounding: "half-up" }) // { least: 8, greatest: 12 }
 * ```
 */
export function countsBehindRate(
  published: PublishedRate,
): { readonly least: number; readonly greatest: number } | null {
  const { rate, base, decimals, rounding, whole = 100 } = published;
  if (!(Number.isSafeInteger(base) && base > 0 && Number.isInteger(decimals) && decimals >= 0)) {
    throw new Refusal({
      what: "Un taux publié n'est pas lisible comme un effectif",
      expected: "une base entière d'au moins une unité et un nombre entier de décimales",
    });
  }
  const read = exactNumbers([rate]);
  if (rate < 0 || read.decimals > decimals) return null;
  const steps = (read.integers[0] ?? 0n) * 10n ** BigInt(decimals - read.decimals);
  const units = BigInt(base);
  // steps - 1/2 <= whole·10^decimals·k / base <= steps + 1/2, with the ends in or out by the mode.
  const scale = 2n * BigInt(whole) * 10n ** BigInt(decimals);
  const low = (2n * steps - 1n) * units;
  const high = (2n * steps + 1n) * units;
  const even = steps % 2n === 0n;
  const lowIn = rounding === "half-up" || even;
  const highIn = rounding === "half-even" && even;
  let least = low <= 0n ? 0n : (low + scale - 1n) / scale;
  if (!lowIn && least * scale === low) least += 1n;
  let greatest = high / scale;
  if (!highIn && greatest * scale === high) greatest -= 1n;
  if (greatest > units) greatest = units;
  return least > greatest ? null : { least: Number(least), greatest: Number(greatest) };
}

/**
 * What a rate must leave unknown. "ambiguous" (default): some count that fits reaches the threshold, for those counted and for the others, unless
 * that count is surely 0. "unique": besides, two counts at least fit. "interval": besides "ambiguous", a count that may be under the threshold may
 * be anything from 0 to it, so that a reader does not narrow [0, t]. A base under the threshold is refused by all three.
 */
export type RateGuarantee = "ambiguous" | "unique" | "interval";

/**
 * Judges one published rate; null when it gives nothing away. A rate that fits no count is refused too: its base is not the one announced.
 * @example
 * ```ts
 * rateFinding({ rate: 3.1, base: 97, decimals: 1, rounding: "half-up" }, { minUnits: 11 })?.code // "rate-to-count"
 * ```
 */
export function rateFinding(
  published: PublishedRate,
  { minUnits, guarantee = "ambiguous" }: { readonly minUnits: number; readonly guarantee?: RateGuarantee },
  rows: readonly number[] = [],
): RuleFinding | null {
  const counts = countsBehindRate(published);
  const { base } = published;
  const gives =
    counts === null ||
    base < minUnits ||
    (guarantee === "unique" && counts.least === counts.greatest) ||
    [counts, { least: base - counts.greatest, greatest: base - counts.least }].some(({ least, greatest }) =>
      guarantee === "interval"
        ? greatest > 0 && least < minUnits && !(least === 0 && greatest >= minUnits)
        : greatest > 0 && greatest < minUnits,
    );
  if (!gives) return null;
  return {
    code: "rate-to-count",
    rows,
    rule: `taux et base, t = ${minUnits}`,
    sentence: `Le taux publié et sa base redonnent un effectif que la règle protège (seuil de ${minUnits} unités).`,
    remedy: "arrondir davantage le taux, ne pas publier sa base, ou le masquer",
  };
}
