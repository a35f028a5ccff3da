import { forfaitSize, housingForfaitShares } from "./activity-bonus-parameters.ts";
import type { BenefitFamily } from "./family-allowances.ts";

/** From this age the ASPA takes the place of the RSA (L262-10 CASF, L815-1 CSS). */
export const ASPA_AGE = 65;
/** Below it the RSA is not paid, EUR a month (R262-39 CASF). */
export const LEAST_RSA = 6;

/**
 * How many times the amount of one person the forfait of the RSA or of the prime d'activité is for a family. Dependants are those under 25.
 * @example
 * ```ts
 * const family = { couple: false, children0to2: 0, children3to13: 3, children14to19: 0, children20to24: 0, earners: 0, age: 40 };
 * [forfaitCoefficient(family), forfaitCoefficient({ ...family, couple: true })].map((size) => Math.round(size * 100) / 100) // [ 2.2, 2.5 ]
 * ```
 */
export function forfaitCoefficient(family: BenefitFamily): number {
  const children = childrenOf(family);
  if (!family.couple && family.children0to2 > 0)
    return forfaitSize.increasedAdult + forfaitSize.increasedChild * children;
  const persons = children + (family.couple ? 2 : 1);
  const fourth = family.couple ? forfaitSize.third : forfaitSize.eachMore;
  return (
    1 +
    (persons >= 2 ? forfaitSize.second : 0) +
    (persons >= 3 ? forfaitSize.third : 0) +
    (persons >= 4 ? fourth : 0) +
    Math.max(persons - 4, 0) * forfaitSize.eachMore
  );
}

/**
 * The forfait logement of the RSA and of the prime d'activité in shares of the amount of one person: 12 % of it alone, 16 % of 1.5 for two, 16.5 % of 1.8 from three.
 * @example
 * ```ts
 * [1, 2, 3, 5].map((persons) => Math.round(housingForfaitShare(persons) * 1000) / 1000) // [ 0.12, 0.24, 0.297, 0.297 ]
 * ```
 */
export function housingForfaitShare(persons: number): number {
  return housingForfaitShares[Math.min(persons, 3) - 1] ?? 0;
}

/**
 * Whether a family may have the RSA: from 25 years or with a child, and under the age of the ASPA. The RSA jeune actif (two years of work in three) is left out.
 * @example
 * ```ts
 * const alone = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 24 };
 * [mayHaveRsa(alone), mayHaveRsa({ ...alone, age: 25 }), mayHaveRsa({ ...alone, age: 70 })] // [ false, true, false ]
 * ```
 */
export function mayHaveRsa(family: BenefitFamily): boolean {
  return family.age < ASPA_AGE && (family.age >= 25 || childrenOf(family) > 0);
}

/** Dependants under 25 of a family. */
export function childrenOf({ children0to2, children3to13, children14to19, children20to24 }: BenefitFamily): number {
  return children0to2 + children3to13 + children14to19 + children20to24;
}
