import { QuartiersError } from "../../codes/errors.ts";
import type { BridgeFoyer, BridgeTenure } from "./disposable-income.ts";
import type { Foyers } from "./foyers.ts";
import { tenures } from "./seed-households.ts";

const socialTenant = tenures.indexOf("social");
const privateTenant = tenures.indexOf("private");

/**
 * A number for the composition of foyer i: two foyers with the same number have the same tax and benefits at any income. Refuses a foyer whose persons are not the claimant,
 * the partner and the dependants. O(1).
 * @example
 * ```ts
 * const one = { foyers: 2, household: Int32Array.of(0, 1), persons: Uint8Array.of(1, 1), couple: Uint8Array.of(0, 0), children0to2: Uint8Array.of(0, 0),
 *   children3to13: Uint8Array.of(0, 0), children14to19: Uint8Array.of(0, 0), children20to24: Uint8Array.of(0, 0), earners: Uint8Array.of(0, 0),
 *   age: Uint8Array.of(30, 40), tenure: Uint8Array.of(1, 1), mayClaim: Uint8Array.of(1, 1), householdUnits: Float64Array.of(1, 1), incomeShare: Float64Array.of(1, 1) };
 * bridgeProfile(one, 0) === bridgeProfile(one, 1) // true
 * ```
 */
export function bridgeProfile(foyers: Foyers, i: number): number {
  const couple = foyers.couple[i];
  const counts = [
    foyers.children0to2[i],
    foyers.children3to13[i],
    foyers.children14to19[i],
    foyers.children20to24[i],
  ] as const;
  const [a, b, c, d] = counts;
  const earners = foyers.earners[i];
  if (foyers.persons[i] !== 1 + couple + a + b + c + d || earners > 1 + couple) {
    throw new QuartiersError({
      what: "Composition de foyer incohérente",
      where: `foyer ${i + 1}`,
      expected:
        "autant de personnes que de demandeurs, conjoints et personnes à charge, et pas plus d'actifs que d'adultes",
    });
  }
  const age = ageClass(foyers.age[i]);
  const tenure = tenureClass(foyers.tenure[i]);
  return ((((((a * 50 + b) * 50 + c) * 50 + d) * 2 + couple) * 3 + earners) * 4 + age) * 3 + tenure;
}

/**
 * The foyer i as the tax and benefit model sees it; its age is the least of its class (under 25, 25 to 61, 62 to 64, 65 and over): only the class matters.
 * @example
 * ```ts
 * const one = { foyers: 1, household: Int32Array.of(0), persons: Uint8Array.of(2), couple: Uint8Array.of(1), children0to2: Uint8Array.of(0),
 *   children3to13: Uint8Array.of(0), children14to19: Uint8Array.of(0), children20to24: Uint8Array.of(0), earners: Uint8Array.of(1),
 *   age: Uint8Array.of(41), tenure: Uint8Array.of(3), mayClaim: Uint8Array.of(1), householdUnits: Float64Array.of(1.5), incomeShare: Float64Array.of(1) };
 * const { couple, age, tenure } = bridgeFoyer(one, 0);
 * [couple, age, tenure] // [ true, 25, "owner" ]
 * ```
 */
export function bridgeFoyer(foyers: Foyers, i: number): BridgeFoyer {
  return {
    couple: foyers.couple[i] === 1,
    children0to2: foyers.children0to2[i],
    children3to13: foyers.children3to13[i],
    children14to19: foyers.children14to19[i],
    children20to24: foyers.children20to24[i],
    earners: foyers.earners[i],
    age: [18, 25, 62, 65][ageClass(foyers.age[i])] ?? 18,
    tenure: (["owner", "social", "private"] as const satisfies readonly BridgeTenure[])[tenureClass(foyers.tenure[i])],
  };
}

const ageClass = (age: number): number => (age < 25 ? 0 : age < 62 ? 1 : age < 65 ? 2 : 3);
const tenureClass = (tenure: number): 0 | 1 | 2 => (tenure === socialTenant ? 1 : tenure === privateTenant ? 2 : 0);
