import type { BenefitFamily } from "../../../src/models/benefits/family-allowances.ts";
import type { BridgeFoyer, BridgeTenure } from "../../../src/models/microsimulation/disposable-income.ts";
import type { Foyers } from "../../../src/models/microsimulation/foyers.ts";
import { tenures } from "../../../src/models/microsimulation/seed-households.ts";

const none: BenefitFamily = {
  couple: false,
  children0to2: 0,
  children3to13: 0,
  children14to19: 0,
  children20to24: 0,
  earners: 0,
  age: 40,
};

/** Every composition that a neighbourhood may hold, up to eight dependants: 1 900 and more. */
export function everyFoyer(): BridgeFoyer[] {
  const foyers: BridgeFoyer[] = [];
  for (const couple of [false, true])
    for (const children0to2 of [0, 1, 2])
      for (const children3to13 of [0, 1, 2, 3])
        for (const children14to19 of [0, 1, 3])
          for (const children20to24 of [0, 1])
            for (const earners of couple ? [0, 1, 2] : [0, 1])
              for (const age of [18, 25, 62, 65])
                for (const tenure of ["owner", "social", "private"] as const) {
                  if (age === 18 && children3to13 + children14to19 + children20to24 > 1) continue;
                  if (age >= 62 && children0to2 > 0) continue;
                  foyers.push({
                    couple,
                    children0to2,
                    children3to13,
                    children14to19,
                    children20to24,
                    earners,
                    age,
                    tenure,
                  });
                }
  return foyers;
}

/** Foyers as columns, each a household of its own with one consumption unit: thresholds are then EUR a year of the foyer. */
export function columnsOf(list: readonly BridgeFoyer[]): Foyers {
  const bytes = (of: (foyer: BridgeFoyer) => number): Uint8Array => Uint8Array.from(list, of);
  return {
    foyers: list.length,
    household: Int32Array.from(list, (_, i) => i),
    persons: bytes(personsOf),
    couple: bytes(({ couple }) => Number(couple)),
    children0to2: bytes((foyer) => foyer.children0to2),
    children3to13: bytes((foyer) => foyer.children3to13),
    children14to19: bytes((foyer) => foyer.children14to19),
    children20to24: bytes((foyer) => foyer.children20to24),
    earners: bytes((foyer) => foyer.earners),
    age: bytes((foyer) => foyer.age),
    tenure: bytes(({ tenure }) => tenures.indexOf(tenure)),
    mayClaim: bytes(() => 1),
    householdUnits: new Float64Array(list.length).fill(1),
    incomeShare: new Float64Array(list.length).fill(1),
  };
}

export const personsOf = (foyer: BenefitFamily): number =>
  1 + Number(foyer.couple) + foyer.children0to2 + foyer.children3to13 + foyer.children14to19 + foyer.children20to24;

export const foyer = (given: Partial<BridgeFoyer> & { readonly tenure: BridgeTenure }): BridgeFoyer => ({
  ...none,
  ...given,
});
