import type { Table } from "../codes/table.ts";
import { numbers, reasonAt } from "../codes/table.ts";
import { Refusal } from "./refusal.ts";

/** A published rate and the count it is a share of: together they turn back into a count. */
export interface RateRelation {
  readonly rate: string;
  readonly base: string;
  /** Column of the numerator, when the table has it. */
  readonly part?: string;
  /** Decimals to which the rate is published, in its unit; the gate rounds it. */
  readonly decimals: number;
  /**
   * "ambiguous" (default): the rate stays when some count it may stand for reaches the threshold.
   * "interval": it stays only when no count under the threshold fits it, or when all from 0 to the threshold do.
   */
  readonly guarantee?: "ambiguous" | "interval";
  /** True when 0 % and 100 % say something about everyone in the cell that must not be said. */
  readonly sensitive?: boolean;
}

/** The counts k of a base that round to a published rate. */
export interface Counts {
  readonly least: number;
  readonly greatest: number;
}

/**
 * Which counts a rate can stand for: every whole k with round(whole · k / base, decimals) = rate. Integer comparison, so that no
 * floating rounding moves the set; an exact half is taken as either neighbour, since rounding modes differ. Null when none fits.
 * @param whole 100 for a percentage, 1 for a share
 * @example
 * ```ts
 * countsOfRate(0.2, 5000, { decimals: 1 }) // { least: 8, greatest: 12 }
 * ```
 */
export function countsOfRate(
  rate: number,
  base: number,
  { decimals, whole = 100 }: { readonly decimals: number; readonly whole?: number },
): Counts | null {
  const steps = BigInt(Math.round(rate * 10 ** decimals));
  const units = BigInt(Math.round(base));
  const scale = 2n * BigInt(whole) * 10n ** BigInt(decimals);
  if (units <= 0n) return null;
  const low = (2n * steps - 1n) * units;
  const high = (2n * steps + 1n) * units;
  const least = low <= 0n ? 0n : (low + scale - 1n) / scale;
  const greatest = high < 0n ? -1n : high / scale;
  const capped = greatest > units ? units : greatest;
  return least > capped ? null : { least: Number(least), greatest: Number(capped) };
}

/** Whether a rate on a base says that a count, or the count of the others, is above zero and under the threshold. */
export function rateDiscloses(
  counts: Counts,
  base: number,
  minUnits: number,
  guarantee: "ambiguous" | "interval" = "ambiguous",
): boolean {
  const others = { least: base - counts.greatest, greatest: base - counts.least };
  return [counts, others].some(({ least, greatest }) =>
    guarantee === "ambiguous"
      ? greatest > 0 && greatest < minUnits
      : greatest > 0 && least < minUnits && !(least === 0 && greatest >= minUnits),
  );
}

/** Rows whose visible rate must be hidden, and rows at 0 % or 100 %. */
export interface RateVerdict {
  readonly disclosing: readonly number[];
  readonly extreme: readonly number[];
}

/** Checks a rate of a table that is about to be published, from its visible cells alone. */
export function checkRate(table: Table, relation: RateRelation, minUnits: number): RateVerdict {
  const rate = numbers(table, relation.rate);
  const base = numbers(table, relation.base);
  const part = relation.part === undefined ? null : numbers(table, relation.part);
  const whole = wholeOf(rate.unit);
  const disclosing: number[] = [];
  const extreme: number[] = [];
  for (let row = 0; row < table.numRows; row++) {
    if (reasonAt(rate, row) !== null) continue;
    const value = rate.values[row];
    const atEnd = value === 0 || value === whole;
    if (atEnd) extreme.push(row);
    const hiddenTerm = part !== null && (reasonAt(part, row) === "s" || reasonAt(base, row) === "s");
    const known = reasonAt(base, row) === null;
    const counts = known ? countsOfRate(value, base.values[row], { decimals: relation.decimals, whole }) : null;
    // A rate that stands for no whole count is not the rate of that base: it is not shown on trust.
    const counted =
      known &&
      base.values[row] > 0 &&
      (counts === null || rateDiscloses(counts, base.values[row], minUnits, relation.guarantee));
    if (hiddenTerm || counted || (atEnd && relation.sensitive === true)) disclosing.push(row);
  }
  return { disclosing, extreme };
}

/** What a whole is worth in that unit: 100 for « % », 1 000 for « ‰ », 1 for a share. Another unit is refused: its counts could not be told. */
export function wholeOf(unit: string): number {
  if (unit.includes("%")) return 100;
  if (unit.includes("‰")) return 1000;
  if (unit === "" || unit === "part") return 1;
  throw new Refusal({
    what: "L'unité d'un taux n'est pas reconnue",
    value: unit,
    expected: "%, ‰ ou part",
    remedy: "exprimer le taux dans l'une de ces unités avant release()",
  });
}
