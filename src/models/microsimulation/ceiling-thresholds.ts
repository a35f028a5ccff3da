import { c2sCeiling } from "../benefits/c2s-ceiling.ts";
import { rsaAmount } from "../benefits/forfait-logement.ts";
import type { Foyers } from "./foyers.ts";
import type { RightThresholds } from "./right-thresholds.ts";

/** Scale of the RSA by number of persons, 0.4 more each from the fourth; a couple and a lone person with a child count the same. */
const rsaScale = (persons: number): number => [1, 1.5, 1.8][persons - 1] ?? 1.8 + 0.4 * (persons - 3);

/**
 * The thresholds of rights as if the law counted the living standard itself: ceiling (and amount of the RSA) over the consumption units of the household. What an
 * estimate without the step to the law's resources supposes; the chapter compares it with `rightThresholds`. Refuses a date without published ceilings. O(foyers).
 * @example
 * ```ts
 * const one = (value) => Uint8Array.of(value);
 * const alone = { foyers: 1, household: Int32Array.of(0), persons: one(1), couple: one(0), children0to2: one(0), children3to13: one(0), children14to19: one(0),
 *   children20to24: one(0), earners: one(1), age: one(40), tenure: one(1), mayClaim: one(1), householdUnits: Float64Array.of(1), incomeShare: Float64Array.of(1) };
 * ceilingThresholds(alone, "2020-04-01").participation[0] // 12193
 * ```
 */
export function ceilingThresholds(foyers: Foyers, date: string): RightThresholds {
  const { centsMonth } = rsaAmount(date);
  const ceilings = Array.from({ length: Math.max(0, ...foyers.persons) + 1 }, (_, persons) =>
    persons === 0 ? null : c2sCeiling({ date, persons }),
  );
  const perUnit = (eurYear: (foyer: number) => number): Float64Array =>
    Float64Array.from({ length: foyers.foyers }, (_, foyer) =>
      foyers.mayClaim[foyer] === 1 ? eurYear(foyer) / (foyers.incomeShare[foyer] * foyers.householdUnits[foyer]) : 0,
    );
  const ceiling = (foyer: number) => ceilings[foyers.persons[foyer]];
  return {
    rsa: perUnit((foyer) =>
      foyers.age[foyer] < 25 && foyers.persons[foyer] === 1
        ? 0
        : (12 * centsMonth * rsaScale(foyers.persons[foyer])) / 100,
    ),
    free: perUnit((foyer) => ceiling(foyer)?.freeEurYear ?? Number.NaN),
    participation: perUnit((foyer) => ceiling(foyer)?.participationEurYear ?? Number.NaN),
  };
}
