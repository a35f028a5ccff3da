import {
  familyBase,
  familyShares,
  loneParentShare,
  schoolShares,
  supplementCeiling,
} from "./family-allowances-parameters.ts";
import { legalAmount } from "./socio-fiscal-series.ts";

/** Persons of a foyer as its benefits see them. Children are dependants in full years. */
export interface BenefitFamily {
  readonly couple: boolean;
  readonly children0to2: number;
  readonly children3to13: number;
  readonly children14to19: number;
  readonly children20to24: number;
  /** Claimant and partner in employment: 0, 1 or 2. */
  readonly earners: number;
  /** Age of the claimant, in years. */
  readonly age: number;
}

/** Family benefits of a foyer before CRDS, EUR a month. */
export interface FamilyAllowances {
  /** AF, with the increase from 14 years, and without it (what RSA and prime d'activité count). */
  readonly allowances: number;
  readonly allowancesBase: number;
  /** Complément familial of an income under its lower ceiling, and the base amount over it. */
  readonly supplement: number;
  readonly supplementBase: number;
  /** Where the increase of the supplement ends: net taxable income, EUR a year. */
  readonly supplementCeiling: number;
  /** ASF, and what RSA and prime d'activité count of it. */
  readonly loneParent: number;
  readonly loneParentForfait: number;
  /** Allocation de base of the PAJE. */
  readonly birth: number;
  /** Allocation de rentrée scolaire, a twelfth of the year. */
  readonly school: number;
}

/**
 * Family benefits of mainland France for a foyer whose income opens them at the full rate. What is supposed: the ceilings of AF, PAJE, base supplement and ARS are not
 * applied (they begin over the ceiling of the C2S with participation); the lone parent of a census has the ASF, or maintenance of the same amount; 20-year-olds open
 * nothing; ages are uniform within a band, so that the ARS is an expected amount (schooling from 6 to 10, 11 to 14, 15 to 17).
 * Refuses a day without values. O(1).
 * @example
 * ```ts
 * const family = { couple: true, children0to2: 0, children3to13: 2, children14to19: 1, children20to24: 0, earners: 1, age: 40 };
 * const { allowances, supplement, birth } = familyAllowances(family, "2020-06-01");
 * [allowances, supplement, birth].map((eur) => Math.round(eur * 100) / 100) // [ 368.82, 258.92, 0 ]
 * ```
 */
export function familyAllowances(family: BenefitFamily, date: string): FamilyAllowances {
  const base = legalAmount(familyBase, date);
  const { couple, children0to2, children3to13, children14to19, earners } = family;
  const under20 = children0to2 + children3to13 + children14to19;
  const from3 = children3to13 + children14to19;
  const allowancesBase =
    under20 < 2 ? 0 : base * (familyShares.second + Math.max(under20 - 2, 0) * familyShares.eachMore);
  const increased = under20 < 2 ? 0 : under20 === 2 ? Math.max(children14to19 - 1, 0) : children14to19;
  const hasSupplement = children0to2 === 0 && from3 >= 3;
  const [ceiling, ceilingIncrease] = legalAmount(supplementCeiling, date);
  const ceilingShare = 1 + 0.25 * Math.min(under20, 2) + 0.3 * Math.max(under20 - 2, 0);
  const lone = couple ? 0 : under20;
  const [primary, lower, upper] = legalAmount(schoolShares, date);
  return {
    allowances: allowancesBase + base * familyShares.from14 * increased,
    allowancesBase,
    supplement: hasSupplement ? base * familyShares.supplementIncreased : 0,
    supplementBase: hasSupplement ? base * familyShares.supplement : 0,
    supplementCeiling: (ceiling * ceilingShare + (couple && earners < 2 ? 0 : ceilingIncrease)) / 2,
    loneParent: base * legalAmount(loneParentShare, date) * lone,
    loneParentForfait: base * familyShares.loneParentForfait * lone,
    birth: children0to2 > 0 ? base * familyShares.birth : 0,
    school:
      (base / 12) * (children3to13 * ((5 * primary + 3 * lower) / 11) + children14to19 * ((lower + 3 * upper) / 6)),
  };
}
