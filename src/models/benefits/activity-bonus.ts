import { bonusBase, earnerBonus, earningsShare, minimumWage } from "./activity-bonus-parameters.ts";
import type { BenefitFamily } from "./family-allowances.ts";
import { CRDS } from "./family-allowances-parameters.ts";
import { childrenOf, forfaitCoefficient, housingForfaitShare } from "./socio-fiscal-rsa.ts";
import { legalAmount } from "./socio-fiscal-series.ts";

/** What the prime d'activité of a family is made of, EUR a month. */
export interface ActivityBonusLaw {
  readonly forfait: number;
  readonly housingForfait: number;
  readonly earningsShare: number;
  /** Bonus of an earner: nothing to `bonusFrom` of earnings, `bonusMost` from `bonusFull`. */
  readonly bonusFrom: number;
  readonly bonusFull: number;
  readonly bonusMost: number;
}

/**
 * The amounts of the prime d'activité that a family has on a day. Refuses a day without values. O(1).
 * @example
 * ```ts
 * const family = { couple: true, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 1, age: 40 };
 * Math.round(activityBonusLaw(family, "2021-06-01").forfait * 100) / 100 // 830.57
 * ```
 */
export function activityBonusLaw(family: BenefitFamily, date: string): ActivityBonusLaw {
  const base = legalAmount(bonusBase, date);
  const wage = legalAmount(minimumWage, date);
  return {
    forfait: base * forfaitCoefficient(family),
    housingForfait: base * housingForfaitShare(childrenOf(family) + (family.couple ? 2 : 1)),
    earningsShare: legalAmount(earningsShare, date),
    bonusFrom: earnerBonus.fromHours * wage,
    bonusFull: earnerBonus.fullHours * wage,
    bonusMost: Math.round(earnerBonus.share * base * 100) / 100,
  };
}

/**
 * The prime d'activité, EUR a month after CRDS, of earnings shared equally by the earners and of other resources (family benefits that count, forfait logement),
 * EUR a month (L842-3 CSS). Not applied: the least payment of 15 EUR. Nothing without an earner.
 * @example
 * ```ts
 * const law = { forfait: 553.16, housingForfait: 66.38, earningsShare: 0.61, bonusFrom: 598.85, bonusFull: 1218, bonusMost: 160.98 };
 * [0, 600, 1219, 1900].map((earnings) => Math.round(activityBonus(law, 1, earnings, 66.38))) // [ 0, 252, 171, 0 ]
 * ```
 */
export function activityBonus(
  law: ActivityBonusLaw,
  earners: number,
  earningsEurMonth: number,
  otherEurMonth: number,
): number {
  if (earners === 0 || earningsEurMonth <= 0) return 0;
  const { forfait, bonusFrom, bonusFull, bonusMost } = law;
  const over = (earningsEurMonth / earners - bonusFrom) / (bonusFull - bonusFrom);
  const bonus = earners * bonusMost * Math.min(Math.max(over, 0), 1);
  const resources = Math.max(earningsEurMonth + otherEurMonth, forfait);
  return Math.max(forfait + bonus + law.earningsShare * earningsEurMonth - resources, 0) * (1 - CRDS);
}
