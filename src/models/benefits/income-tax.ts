import type { BenefitFamily } from "./family-allowances.ts";
import {
  agedDeduction,
  familyCap,
  modestReduction,
  TAXABLE_BY_NET_WAGE,
  taxBrackets,
  taxRates,
  taxRebate,
  tenPercent,
} from "./income-tax-parameters.ts";
import { childrenOf } from "./socio-fiscal-rsa.ts";
import { legalAmount } from "./socio-fiscal-series.ts";

/** What the income of a foyer is: pay of those who work, pensions, or replacement income (unemployment benefit and the like). */
export type IncomeKind = "wages" | "pensions" | "replacement";

/** The tax law of one foyer: its parts and the amounts of its year of income. */
export interface IncomeTaxLaw {
  readonly kind: IncomeKind;
  readonly adults: number;
  /** Persons who have the least 10 % deduction. */
  readonly deducting: number;
  readonly parts: number;
  readonly aged: number;
  readonly cap: number;
  readonly brackets: readonly number[];
  readonly rates: readonly number[];
  readonly rebate: number;
  readonly rebateShare: number;
  readonly tenPercent: readonly [number, number, number, number];
  readonly agedDeduction: readonly [number, number, number];
  readonly modest: readonly [rate: number, fullTo: number, noneFrom: number];
}

/**
 * The tax law of a foyer for the income of the year of a day. Supposed: partners are taxed together, children under 25 are attached, a lone parent lives alone (CGI 194),
 * both partners have the age of the claimant. Refuses a day without values. O(1).
 * @example
 * ```ts
 * const family = { couple: false, children0to2: 0, children3to13: 3, children14to19: 0, children20to24: 0, earners: 1, age: 40 };
 * incomeTaxLaw(family, "2020-06-01").parts // 3.5
 * ```
 */
export function incomeTaxLaw(family: BenefitFamily, date: string): IncomeTaxLaw {
  const adults = family.couple ? 2 : 1;
  const children = childrenOf(family);
  const lone = !family.couple && children > 0;
  const parts = adults + Math.min(children, 2) / 2 + Math.max(children - 2, 0) + (lone ? 0.5 : 0);
  const [halfPart, loneParentPart] = legalAmount(familyCap, date);
  const halves = (parts - adults) * 2;
  const [alone, couple, rebateShare] = legalAmount(taxRebate, date);
  const [rate, fullTo, noneFrom, increase] = legalAmount(modestReduction, date);
  const kind = incomeKind(family);
  return {
    kind,
    adults,
    deducting: kind === "wages" ? family.earners : kind === "pensions" ? adults : 1,
    parts,
    aged: family.age >= 65 ? adults : 0,
    cap: lone ? loneParentPart + halfPart * (halves - 2) : halfPart * halves,
    brackets: legalAmount(taxBrackets, date),
    rates: legalAmount(taxRates, date),
    rebate: family.couple ? couple : alone,
    rebateShare,
    tenPercent: legalAmount(tenPercent, date),
    agedDeduction: legalAmount(agedDeduction, date),
    modest: [rate, fullTo * adults + increase * halves, noneFrom * adults + increase * halves],
  };
}

/** Wages when somebody works; else pensions from 62 years; else replacement income. */
export function incomeKind({ earners, age }: BenefitFamily): IncomeKind {
  return earners > 0 ? "wages" : age >= 62 ? "pensions" : "replacement";
}

/**
 * Net taxable income of a net income, EUR a year: taxable wage, less 10 % (CGI 83, 158), less the deduction of those of 65 and over (CGI 157 bis). The steps of the
 * last are tapered over 15 % on either side, since the income that decides it in a benefit is that of another year; so it never falls when income rises. O(1).
 * @example
 * ```ts
 * const law = incomeTaxLaw({ couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 1, age: 40 }, "2020-06-01");
 * Math.round(netTaxable(law, 12_000)) // 11189
 * ```
 */
export function netTaxable(law: IncomeTaxLaw, incomeEurYear: number): number {
  const [wageLeast, wageMost, pensionLeast, most] = law.tenPercent;
  const taxable = law.kind === "wages" ? incomeEurYear * TAXABLE_BY_NET_WAGE : incomeEurYear;
  const deduction =
    law.kind === "pensions"
      ? Math.min(Math.max(taxable / 10, pensionLeast * law.deducting), most)
      : Math.min(Math.max(taxable / 10, wageLeast * law.deducting), wageMost * law.deducting);
  const net = Math.max(taxable - deduction, 0);
  if (law.aged === 0) return net;
  const [amount, fullTo, halfTo] = law.agedDeduction;
  const kept = 1 - tapered(net, fullTo) / 2 - tapered(net, halfTo) / 2;
  return Math.max(net - amount * law.aged * kept, 0);
}

/**
 * The income tax of a net taxable income, EUR a year: scale by part, cap of the family quotient, décote, reduction of 2019 (CGI 197). No credit, no threshold of
 * collection. O(1).
 * @example
 * ```ts
 * const law = incomeTaxLaw({ couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 1, age: 40 }, "2020-06-01");
 * [14_000, 20_000].map((income) => Math.round(incomeTax(law, income))) // [ 0, 805 ]
 * ```
 */
export function incomeTax(law: IncomeTaxLaw, netTaxableEurYear: number): number {
  const { parts, adults, cap, rebate, rebateShare, modest } = law;
  if (netTaxableEurYear <= parts * (law.brackets[0] ?? 0) && parts === adults) return 0;
  const gross = Math.max(
    scale(law, netTaxableEurYear / parts) * parts,
    scale(law, netTaxableEurYear / adults) * adults - cap,
  );
  const tax = Math.max(gross - Math.max(rebate - rebateShare * gross, 0), 0);
  const [rate, fullTo, noneFrom] = modest;
  return tax * (1 - rate * Math.min(Math.max((noneFrom - netTaxableEurYear) / (noneFrom - fullTo), 0), 1));
}

function scale({ brackets, rates }: IncomeTaxLaw, income: number): number {
  let tax = 0;
  for (let i = 0; i < 4; i++) {
    const from = brackets[i] ?? 0;
    if (income <= from) break;
    tax += (Math.min(income, brackets[i + 1] ?? income) - from) * (rates[i] ?? 0);
  }
  return tax;
}

/** 0 under 85 % of a threshold, 1 over 115 %, linear between. */
function tapered(income: number, threshold: number): number {
  return Math.min(Math.max((income / threshold - 0.85) / 0.3, 0), 1);
}
