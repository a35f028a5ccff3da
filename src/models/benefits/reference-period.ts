import { QuartiersError } from "../../codes/errors.ts";
import { isDay } from "./c2s-ceiling.ts";

/** Twelve civil months whose resources are counted, both ends included. */
export interface ReferencePeriod {
  /** yyyy-mm. */
  readonly from: string;
  /** yyyy-mm. */
  readonly until: string;
  readonly article: string;
}

/** First claim whose reference period ends two months before it (decree 2021-1642). */
export const REFERENCE_PERIOD_MOVED = "2022-01-01";

/**
 * The reference period of a claim (R861-8 CSS): since 1 January 2022 the 13th to the 2nd civil month before the month of the claim; before, the 12 civil months before it.
 * @example
 * ```ts
 * const { from, until } = referencePeriod("2025-04-10");
 * [from, until] // [ "2024-03", "2025-02" ]
 * ```
 */
export function referencePeriod(date: string): ReferencePeriod {
  if (!isDay(date)) {
    throw new QuartiersError({ what: "Date illisible", value: date, expected: "une date aaaa-mm-jj" });
  }
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  const moved = date >= REFERENCE_PERIOD_MOVED;
  const last = month - (moved ? 2 : 1);
  return {
    from: monthOf(last - 11),
    until: monthOf(last),
    article: moved ? "R861-8 CSS (décret n° 2021-1642)" : "R861-8 CSS, avant le 1er janvier 2022",
  };
}

const monthOf = (month: number): string =>
  `${Math.floor(month / 12)}-${String((((month % 12) + 12) % 12) + 1).padStart(2, "0")}`;
