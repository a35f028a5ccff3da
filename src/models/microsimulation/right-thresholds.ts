import { c2sCeiling } from "../benefits/c2s-ceiling.ts";
import { bridgeFoyer, bridgeProfile } from "./bridge-profile.ts";
import {
  type BridgeLaw,
  bridgeLaw,
  countedResources,
  disposableIncome,
  endOfRsa,
  type ThresholdOptions,
} from "./disposable-income.ts";
import type { Foyers } from "./foyers.ts";

/**
 * Under which living standard of its household (EUR a year and consumption unit) each foyer has a right, one column a right. 0: at no income; Infinity: at every
 * income. rsa <= free <= participation on every row.
 */
export interface RightThresholds {
  /** The foyer has the RSA. */
  readonly rsa: Float64Array;
  /** The free C2S, by its resources or by the RSA. */
  readonly free: Float64Array;
  /** A C2S, free or with participation. */
  readonly participation: Float64Array;
}

/** Disposable incomes (EUR a year) of a foyer under which it has each right. */
interface RightIncomes {
  readonly rsa: number;
  readonly free: number;
  readonly participation: number;
}

/**
 * The rule of `rightThresholds` for a day, which remembers the compositions it has met: a bootstrap makes it once and applies it to each replicate.
 * O(new compositions x 22 evaluations + foyers).
 * @example
 * ```ts
 * const alone = { foyers: 1, household: Int32Array.of(0), persons: Uint8Array.of(1), couple: Uint8Array.of(0), children0to2: Uint8Array.of(0),
 *   children3to13: Uint8Array.of(0), children14to19: Uint8Array.of(0), children20to24: Uint8Array.of(0), earners: Uint8Array.of(0),
 *   age: Uint8Array.of(70), tenure: Uint8Array.of(0), mayClaim: Uint8Array.of(1), householdUnits: Float64Array.of(1), incomeShare: Float64Array.of(1) };
 * const rule = thresholdRule({ lawDate: "2020-06-01" });
 * [rule(alone), rule({ ...alone, householdUnits: Float64Array.of(2) })].map(({ free }) => Math.round(free[0])) // [ 8219, 4109 ]
 * ```
 */
export function thresholdRule(options: ThresholdOptions): (foyers: Foyers) => RightThresholds {
  const known = new Map<number, RightIncomes>();
  return (foyers) => {
    const size = foyers.foyers;
    const thresholds = {
      rsa: new Float64Array(size),
      free: new Float64Array(size),
      participation: new Float64Array(size),
    };
    for (let i = 0; i < size; i++) {
      const profile = bridgeProfile(foyers, i);
      if (foyers.mayClaim[i] === 0) continue;
      let incomes = known.get(profile);
      if (!incomes) {
        const law = bridgeLaw(bridgeFoyer(foyers, i), options);
        incomes = rightIncomes(law, options.lawDate, foyers.persons[i]);
        known.set(profile, incomes);
      }
      const perUnit = 1 / (foyers.incomeShare[i] * foyers.householdUnits[i]);
      thresholds.rsa[i] = incomes.rsa * perUnit;
      thresholds.free[i] = incomes.free * perUnit;
      thresholds.participation[i] = incomes.participation * perUnit;
    }
    return thresholds;
  };
}

/**
 * From living standard to rights. A foyer of market income M has disposable income Y(M) and C2S resources R(M); both rise with M, so "R is under the ceiling" is
 * "the living standard is under a threshold": Y(M*) / (share of the foyer x consumption units of the household), where R(M*) meets the ceiling. The RSA ends at its
 * own income. On the RSA Y is flat for who does not work (the RSA gives what is missing): its threshold is the highest Y of who has it, and who has more has none.
 * Y is not quite monotone there: in the law it falls by up to 250 EUR a year where RSA and prime d'activité overlap, by up to 1 800 where the RSA ends and the housing
 * benefit counts earnings again (1 400 for a pension of 62 to 64 years that the RSA fills up). Hence free is never under rsa, and after the RSA Y only rises.
 * A foyer that may not claim has 0 everywhere. Refuses a day without law, an inconsistent foyer, an impossible switch.
 * @example
 * ```ts
 * const alone = { foyers: 1, household: Int32Array.of(0), persons: Uint8Array.of(1), couple: Uint8Array.of(0), children0to2: Uint8Array.of(0),
 *   children3to13: Uint8Array.of(0), children14to19: Uint8Array.of(0), children20to24: Uint8Array.of(0), earners: Uint8Array.of(0),
 *   age: Uint8Array.of(40), tenure: Uint8Array.of(1), mayClaim: Uint8Array.of(1), householdUnits: Float64Array.of(1), incomeShare: Float64Array.of(1) };
 * const { rsa, free, participation } = rightThresholds(alone, { lawDate: "2020-06-01" });
 * [rsa[0], free[0], participation[0]].map(Math.round) // [ 8702, 9906, 12006 ]
 * ```
 */
export function rightThresholds(foyers: Foyers, options: ThresholdOptions): RightThresholds {
  return thresholdRule(options)(foyers);
}

/** Disposable incomes at which the rights of a foyer end. */
function rightIncomes(law: BridgeLaw, lawDate: string, persons: number): RightIncomes {
  const { freeEurYear, participationEurYear } = c2sCeiling({ date: lawDate, persons });
  const end = endOfRsa(law);
  const rsa =
    end > 0 ? Math.max(disposableIncome(law, 0).disposable, disposableIncome(law, end * (1 - 1e-9)).disposable) : 0;
  const free = Math.max(incomeUnder(law, freeEurYear), rsa);
  return { rsa, free, participation: Math.max(incomeUnder(law, participationEurYear), free) };
}

/** The disposable income where resources meet a ceiling, to the cent of market income; 0 when they are over it without any. Resources are at least the income. */
function incomeUnder(law: BridgeLaw, ceiling: number): number {
  if (countedResources(law, 0) >= ceiling) return 0;
  let [low, high] = [0, ceiling];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (countedResources(law, middle) < ceiling) low = middle;
    else high = middle;
  }
  return disposableIncome(law, low).disposable;
}
