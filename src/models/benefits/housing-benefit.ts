import type { BenefitFamily } from "./family-allowances.ts";
import { CRDS } from "./family-allowances-parameters.ts";
import {
  chargesForfait,
  incomeAllowance,
  participationShares,
  REDUCTION_TAKEN_BACK,
  rentCeiling,
  rentReduction,
  rentReductionCeiling,
} from "./housing-benefit-parameters.ts";
import { legalAmount } from "./socio-fiscal-series.ts";

/** The line that the housing benefit of a family follows: `atNoIncome - byEuro x (income over incomeAllowance)`, EUR a month after CRDS. */
export interface HousingBenefitLine {
  readonly atNoIncome: number;
  readonly byEuro: number;
  /** R0, EUR a year of net taxable income. */
  readonly incomeAllowance: number;
  /** What a social tenant loses for the reduced rent, EUR a month, while income is under `reductionCeiling` (EUR a year). */
  readonly reduction: number;
  readonly reductionCeiling: number;
}

/**
 * The housing benefit (APL, AL) of a tenant in zone 2 who pays the ceiling rent: rent + charges - participation - 5 EUR (D823-16 CCH). Not applied: rounding of the
 * income to 100 EUR and of the benefit to 1 EUR, the least payment (10 EUR for the AL). Dependants are those under 20. Refuses a day without values. O(1).
 * @example
 * ```ts
 * const alone = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 40 };
 * Math.round(housingBenefitLine(alone, "2020-06-01").atNoIncome * 100) / 100 // 270.26
 * ```
 */
export function housingBenefitLine(family: BenefitFamily, date: string): HousingBenefitLine {
  const { couple, children0to2, children3to13, children14to19 } = family;
  const dependants = children0to2 + children3to13 + children14to19;
  const [charges, chargesEach, least] = legalAmount(chargesForfait, date);
  const rent = bySize(legalAmount(rentCeiling, date), couple, dependants);
  const allowances = legalAmount(incomeAllowance, date);
  const outlay = rent + charges + chargesEach * dependants;
  const { family: shares, eachMore, rentAtCeiling, least: leastShare, cutEurMonth } = participationShares;
  const rank = dependants === 0 ? (couple ? 1 : 0) : dependants + 1;
  const familyShare = (shares[Math.min(rank, 5)] ?? 0) + Math.max(rank - 5, 0) * eachMore;
  return {
    atNoIncome: (outlay - Math.max(leastShare * outlay, least) - cutEurMonth) * (1 - CRDS),
    byEuro: (Math.max(familyShare, 0) + rentAtCeiling) * (1 - CRDS),
    incomeAllowance: byRank(allowances, rank),
    reduction: bySize(legalAmount(rentReduction, date), couple, dependants) * REDUCTION_TAKEN_BACK * (1 - CRDS),
    reductionCeiling: 12 * byRank(legalAmount(rentReductionCeiling, date), rank),
  };
}

/**
 * The housing benefit of a net taxable income (EUR a year), EUR a month after CRDS, never negative. `social`: the tenant of a social dwelling has a reduced rent, and
 * less benefit for it.
 * @example
 * ```ts
 * const line = { atNoIncome: 270, byEuro: 0.03, incomeAllowance: 4588, reduction: 40, reductionCeiling: 10248 };
 * [housingBenefit(line, 0, false), housingBenefit(line, 6588, false), housingBenefit(line, 6588, true), housingBenefit(line, 30_000, false)] // [ 270, 210, 170, 0 ]
 * ```
 */
export function housingBenefit(line: HousingBenefitLine, netTaxableEurYear: number, social: boolean): number {
  const benefit = line.atNoIncome - line.byEuro * Math.max(netTaxableEurYear - line.incomeAllowance, 0);
  const reduced = social && netTaxableEurYear < line.reductionCeiling ? line.reduction : 0;
  return Math.max(benefit - reduced, 0);
}

const bySize = (
  [alone, couples, one, eachMore]: readonly [number, number, number, number],
  couple: boolean,
  dependants: number,
): number => (dependants === 0 ? (couple ? couples : alone) : one + (dependants - 1) * eachMore);

/** Alone, couple, 1 to 6 dependants, then each more. */
const byRank = (values: readonly number[], rank: number): number =>
  (values[Math.min(rank, 7)] ?? 0) + Math.max(rank - 7, 0) * (values[8] ?? 0);
