import { QuartiersError } from "../../codes/errors.ts";
import type { C2sRight } from "./c2s-parameters.ts";

/** A published national rate of non-take-up: DREES, 1 - beneficiaries / persons in an eligible foyer simulated with Ines. */
export interface NonTakeUpRate {
  readonly year: number;
  /** "all", or one of the two rights. */
  readonly group: "all" | C2sRight;
  /** Share (0 to 1) of eligible persons who do not have it. */
  readonly rate: number;
  /** The span of what is in print: rounding to a point (plus or minus half a point), and other figures given for the same year. */
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

const halfPoint = 0.005;
const rate = (
  year: number,
  group: NonTakeUpRate["group"],
  percent: number,
  source: string,
  others: readonly number[] = [],
): NonTakeUpRate => ({
  year,
  group,
  rate: percent / 100,
  low: Math.min(percent, ...others) / 100 - halfPoint,
  high: Math.max(percent, ...others) / 100 + halfPoint,
  source,
});

/**
 * National rates (France, DREES). No official local rate exists; no rate later than 2021. The span is that of the printed figures only: the
 * error of the simulation is not published (for scale: 11 % of RSA recipients were simulated as not eligible, OFCE).
 */
export const nonTakeUpRates: readonly NonTakeUpRate[] = [
  rate(2018, "all", 49, "DREES, recours à la CMU-C et à l'ACS en 2018 (recours de 51 %)"),
  rate(2019, "all", 46, "DREES, non-recours à la CMU-C, à l'ACS puis à la C2S en 2019"),
  rate(2019, "free", 31, "DREES, non-recours en 2019 (environ 31 %)"),
  rate(2020, "all", 46, "DREES, non-recours à la C2S en 2020 (45 % dans des pages plus récentes)", [45]),
  rate(2020, "free", 31, "DREES, non-recours à la C2S en 2020 (environ 31 %)"),
  rate(2020, "participation", 72, "DREES, non-recours à la C2S en 2020"),
  rate(2021, "all", 44, "DREES, non-recours à la C2S en 2021"),
  rate(2021, "free", 31, "DREES, non-recours à la C2S en 2021"),
  rate(
    2021,
    "participation",
    67,
    "DREES, non-recours à la C2S en 2021 (recours de 34 % dans le rapport annuel 2025, donc 66 %)",
    [66],
  ),
];

/**
 * The published rate of a year and a group, or an error that lists what is published.
 * @example
 * ```ts
 * nonTakeUpRate(2021, "all").rate // 0.44
 * ```
 */
export function nonTakeUpRate(year: number, group: NonTakeUpRate["group"]): NonTakeUpRate {
  const found = nonTakeUpRates.find((row) => row.year === year && row.group === group);
  if (found) return found;
  throw new QuartiersError({
    what: "Aucun taux national de non-recours à la C2S publié",
    value: `${year}, ${group}`,
    expected: nonTakeUpRates.map((row) => `${row.year} ${row.group}`).join(", "),
  });
}
