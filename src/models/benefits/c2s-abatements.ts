import { QuartiersError } from "../../codes/errors.ts";

/** "aspa": ASPA and the former ASV. */
export type AbatedBenefit = "aah" | "aspa" | "asi";

/** What is taken off a month of a benefit (L861-2 CSS), from a day on. */
export interface Abatement {
  readonly benefit: AbatedBenefit;
  readonly from: string;
  /** EUR a month for one recipient. */
  readonly aloneEurMonth: number;
  /** EUR a month for a couple where both receive it, together. */
  readonly coupleEurMonth: number;
  readonly source: string;
}

/** Abatements of L861-2 (arrêté of 20 April 2018; at most 15 % of the maximum), frozen since at the level of December 2020. */
export const abatements: readonly Abatement[] = [
  { benefit: "aah", from: "2019-11-01", aloneEurMonth: 68, coupleEurMonth: 136, source: "arrêté du 20 avril 2018" },
  {
    benefit: "aspa",
    from: "2020-04-01",
    aloneEurMonth: 71,
    coupleEurMonth: 110,
    source: "instruction DSS/SD2A/2021/71",
  },
  { benefit: "asi", from: "2020-04-01", aloneEurMonth: 20, coupleEurMonth: 34, source: "arrêté du 20 avril 2018" },
  {
    benefit: "asi",
    from: "2021-04-01",
    aloneEurMonth: 49,
    coupleEurMonth: 86,
    source: "instruction DSS/SD2A/2021/71",
  },
];

/** 30 % off the activity income of a person who stopped working (R861-8 CSS), in hundredths. */
export const ACTIVITY_ABATEMENT_HUNDREDTHS = 30;

/**
 * The abatement in force on the day of the claim; refused before the first one published.
 * @example
 * ```ts
 * [abatement("asi", "2021-03-31").aloneEurMonth, abatement("asi", "2021-04-01").aloneEurMonth] // [ 20, 49 ]
 * ```
 */
export function abatement(benefit: AbatedBenefit, date: string): Abatement {
  const found = abatements.findLast((one) => one.benefit === benefit && one.from <= date);
  if (found) return found;
  throw new QuartiersError({
    what: `Aucun abattement publié pour ${benefit.toUpperCase()} à cette date`,
    value: date,
    expected: `une date depuis le ${abatements.find((one) => one.benefit === benefit)?.from}`,
  });
}

/** Abatements of a day, null where none is published. */
export interface AbatementsOfDay {
  readonly aah: Abatement | null;
  readonly aspa: Abatement | null;
  readonly asi: Abatement | null;
}

export const abatementsOn = (date: string): AbatementsOfDay => {
  const of = (benefit: AbatedBenefit): Abatement | null =>
    abatements.findLast((one) => one.benefit === benefit && one.from <= date) ?? null;
  return { aah: of("aah"), aspa: of("aspa"), asi: of("asi") };
};

/**
 * AAH of a month after its abatement, floored at 0.
 * @example
 * ```ts
 * [abatedAah(1_000, abatement("aah", "2025-01-01")), abatedAah(50, abatement("aah", "2025-01-01"))] // [ 932, 0 ]
 * ```
 */
export const abatedAah = (aahEur: number, { aloneEurMonth }: Abatement): number => Math.max(aahEur - aloneEurMonth, 0);

/**
 * ASPA of a month of the claimant and the partner, after the abatement of one or of a couple, floored at 0.
 * @example
 * ```ts
 * const law = abatement("aspa", "2025-01-01");
 * [abatedAspa(900, 0, law), abatedAspa(700, 800, law)] // [ 829, 1390 ]
 * ```
 */
export function abatedAspa(first: number, second: number, { aloneEurMonth, coupleEurMonth }: Abatement): number {
  const off = first > 0 && second > 0 ? coupleEurMonth : aloneEurMonth;
  return Math.max(first + second - off, 0);
}

/**
 * ASI of a month of one person: the couple's amount is shared between two recipients; none on top of the AAH.
 * @example
 * ```ts
 * const law = abatement("asi", "2025-01-01");
 * [abatedAsi(400, false, false, law), abatedAsi(400, false, true, law), abatedAsi(400, true, false, law)] // [ 351, 357, 400 ]
 * ```
 */
export function abatedAsi(
  asiEur: number,
  withAah: boolean,
  bothReceive: boolean,
  { aloneEurMonth, coupleEurMonth }: Abatement,
): number {
  if (withAah) return asiEur;
  return Math.max(asiEur - (bothReceive ? coupleEurMonth / 2 : aloneEurMonth), 0);
}
