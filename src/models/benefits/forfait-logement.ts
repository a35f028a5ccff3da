import { QuartiersError } from "../../codes/errors.ts";
import { isDay } from "./c2s-ceiling.ts";
import type { C2sArea } from "./c2s-parameters.ts";

/** "owner" and "free" (housed without rent) live in housing of their own or of others without paying for it; "tenant" pays a rent. */
export type Occupancy = "owner" | "free" | "tenant";

/** One amount of the RSA for a person alone, the base of the forfait logement. */
export interface RsaAmount {
  readonly from: string;
  readonly until: string;
  /** Cents a month. */
  readonly centsMonth: number;
  readonly source: string;
}

const amounts: readonly (readonly [from: string, eurMonth: number, source: string])[] = [
  ["2014-01-01", 499.31, "décret n° 2013-1263"],
  ["2014-09-01", 509.3, "décret n° 2014-1127"],
  ["2015-01-01", 513.88, "décret n° 2014-1589"],
  ["2015-09-01", 524.16, "décret n° 2015-1231"],
  ["2016-04-01", 524.68, "décret n° 2016-538"],
  ["2016-09-01", 535.17, "décret n° 2016-1276"],
  ["2017-04-01", 536.78, "décret n° 2017-739"],
  ["2017-09-01", 545.48, "décret n° 2017-739"],
  ["2018-04-01", 550.93, "décret n° 2018-324"],
  ["2019-04-01", 559.74, "décret n° 2019-400"],
  ["2020-04-01", 564.78, "décret n° 2020-490"],
  ["2021-04-01", 565.34, "décret n° 2021-530"],
  ["2022-04-01", 575.52, "décret n° 2022-699"],
  ["2022-07-01", 598.54, "loi n° 2022-1158, art. 9"],
  ["2023-04-01", 607.75, "décret n° 2023-340"],
  ["2024-04-01", 635.71, "décret n° 2024-396"],
  ["2025-04-01", 646.52, "décret n° 2025-293"],
  ["2026-04-01", 651.69, "décret n° 2026-220"],
];
/** Last day for which an amount is published. */
const LAST_DAY = "2027-03-31";

/** "Montant forfaitaire" of the RSA for one person (L262-2 CASF), mainland and the places of L751-1; that of Mayotte is another, not held here. */
export const rsaAmounts: readonly RsaAmount[] = amounts.map(([from, eurMonth, source], i) => ({
  from,
  until: dayBefore(amounts[i + 1]?.[0]) ?? LAST_DAY,
  centsMonth: Math.round(eurMonth * 100),
  source,
}));

/** Rates in thousandths of the RSA amount for 1, 2 and 3 or more persons. R861-5: no housing benefit. R861-7: with it, since 2008. */
export const forfaitRates: {
  readonly withoutBenefit: readonly number[];
  readonly withBenefit: readonly number[];
  readonly sizeTenths: readonly number[];
} = { withoutBenefit: [120, 140, 140], withBenefit: [120, 160, 165], sizeTenths: [10, 15, 18] };

export interface ForfaitLogement {
  /** Cents a month that count as a resource, and their ceiling (the forfait itself). */
  readonly centsMonth: number;
  readonly forfaitCentsMonth: number;
  readonly article: string;
  readonly source: string;
}

/**
 * What housing counts for, each month (R861-5, R861-7 CSS): with a housing benefit, the benefit but at most 12, 16 or 16.5 % of the RSA amount for 1, 2 or 3 persons
 * and more; without it, 12, 14 or 14 % for an owner or a person housed free; nothing for a tenant. Rounded to the cent, half up, in whole numbers.
 * Refuses a day without a published RSA amount, and Mayotte, whose amount is not verified, unless nothing is due.
 * @example
 * ```ts
 * const on = (persons, occupancy, benefitCentsMonth) =>
 *   forfaitLogement({ date: "2025-04-01", persons, occupancy, benefitCentsMonth, area: "metropole" }).centsMonth / 100;
 * [on(1, "owner", 0), on(2, "owner", 0), on(2, "tenant", 90_000), on(3, "tenant", 10_000), on(2, "tenant", 0)] // [ 77.58, 135.77, 155.16, 100, 0 ]
 * ```
 */
export function forfaitLogement({
  date,
  persons,
  occupancy,
  benefitCentsMonth,
  area,
}: {
  readonly date: string;
  readonly persons: number;
  readonly occupancy: Occupancy;
  readonly benefitCentsMonth: number;
  readonly area: C2sArea;
}): ForfaitLogement {
  if (benefitCentsMonth === 0 && occupancy === "tenant")
    return { centsMonth: 0, forfaitCentsMonth: 0, article: "R861-5, R861-7 CSS", source: "locataire sans aide" };
  if (area === "mayotte") {
    throw new QuartiersError({
      what: "Forfait logement non vérifié à Mayotte",
      value: date,
      expected: "un locataire sans aide au logement, pour qui aucun forfait n'est compté",
      remedy: "ajouter le montant du RSA de Mayotte, avec son texte, dans forfait-logement.ts",
    });
  }
  const amount = rsaAmount(date);
  const forfaitCentsMonth = forfaitCents(amount, persons, benefitCentsMonth > 0);
  return {
    centsMonth: benefitCentsMonth > 0 ? Math.min(benefitCentsMonth, forfaitCentsMonth) : forfaitCentsMonth,
    forfaitCentsMonth,
    article: benefitCentsMonth > 0 ? "R861-7 CSS" : "R861-5 CSS",
    source: amount.source,
  };
}

/**
 * The RSA amount of a day, or an error: no published amount, no invented one.
 * @example
 * ```ts
 * rsaAmount("2025-06-15").centsMonth // 64652
 * ```
 */
export function rsaAmount(date: string): RsaAmount {
  const amount = isDay(date) ? rsaAmounts.find(({ from, until }) => from <= date && date <= until) : undefined;
  if (amount) return amount;
  throw new QuartiersError({
    what: "Aucun montant du RSA publié à cette date",
    value: date,
    expected: `une date aaaa-mm-jj du ${rsaAmounts[0]?.from} au ${LAST_DAY}`,
  });
}

/**
 * The forfait in cents a month for a number of persons, half up.
 * @example
 * ```ts
 * [1, 2, 3].map((persons) => forfaitCents(rsaAmount("2021-04-01"), persons, true)) // [ 6784, 13568, 16791 ]
 * ```
 */
export function forfaitCents(amount: RsaAmount, persons: number, withBenefit: boolean): number {
  const size = Math.min(persons, 3) - 1;
  const rates = withBenefit ? forfaitRates.withBenefit : forfaitRates.withoutBenefit;
  const numerator = amount.centsMonth * (forfaitRates.sizeTenths[size] ?? 0) * (rates[size] ?? 0);
  return Math.floor((numerator + 5_000) / 10_000);
}

function dayBefore(day: string | undefined): string | undefined {
  if (day === undefined) return undefined;
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  const lengths: Readonly<Record<number, string>> = { 1: `${year - 1}-12-31`, 4: `${year}-03-31`, 7: `${year}-06-30` };
  return lengths[month] ?? `${year}-${String(month - 1).padStart(2, "0")}-31`;
}
