import { type CeilingAmount, c2sPeriod, ceilingAmount, refuseMayotteBefore } from "./c2s-ceiling.ts";
import { type C2sFoyerMembers, foyerOf } from "./c2s-foyer.ts";
import type { C2sHousehold } from "./c2s-household.ts";
import { C2S_SINCE } from "./c2s-parameters.ts";
import { type Presumption, presumptionOf } from "./c2s-presumptions.ts";
import { type ResourceBase, resourceBase } from "./c2s-resources.ts";
import { acsChequeEurYear, participationEurMonth } from "./participation.ts";

/** "free": CMU-C before November 2019, then C2S without participation. "participation": ACS, then C2S with participation. */
export type C2sDecision = "free" | "participation" | "none";
/** What decides: the resources, a presumption, or a claimant who may not claim alone. */
export type C2sBasis = "resources" | "presumption" | "composition";

/** The answer for a household on the day of its claim, with what made it. Amounts in EUR. */
export interface C2sEntitlement {
  readonly date: string;
  readonly right: C2sDecision;
  readonly basis: C2sBasis;
  readonly foyer: C2sFoyerMembers;
  readonly resources: ResourceBase;
  readonly resourcesEurYear: number;
  readonly free: CeilingAmount;
  readonly participation: CeilingAmount;
  readonly presumption: Presumption | null;
  /** What the foyer pays each month: 0 when free; null without a right, and before November 2019. */
  readonly participationEurMonth: number | null;
  /** The ACS cheques of the foyer a year; null since November 2019 or without this right. */
  readonly chequeEurYear: number | null;
}

/**
 * The right of a household to the C2S (before November 2019: CMU-C, ACS) on the day of a claim (L861-1 CSS): resources below the ceiling open the free one, below the
 * ceiling +35 % the paying one ("inférieures à": an equal amount does not). Refuses a date without a published value, Mayotte before 2024, and what `checkHousehold` refuses.
 * The age of the participation is that of 1 January of the year of the claim, taken as the year of the award (R861-16-1).
 * @example
 * ```ts
 * const { right, resourcesEurYear, participationEurMonth } = entitlement({
 *   persons: [{ role: "claimant", birthDate: "1975-05-20", resources: { wages: 11_000 } }],
 *   occupancy: "tenant", housingBenefitEurMonth: 200, receivesRsa: false }, "2025-06-15");
 * [right, resourcesEurYear, participationEurMonth] // [ "participation", 11930.96, 14 ]
 * ```
 */
export function entitlement(household: C2sHousehold, date: string): C2sEntitlement {
  const period = c2sPeriod(date);
  const area = household.area ?? "metropole";
  const foyer = foyerOf(household, date);
  refuseMayotteBefore(date, area);
  const resources = resourceBase(household, foyer, date);
  const free = ceilingAmount(period, foyer.persons, foyer.coefficientHundredths, area, "free");
  const participation = ceilingAmount(period, foyer.persons, foyer.coefficientHundredths, area, "participation");
  const presumption = presumptionOf(foyer, household.receivesRsa, date);
  const { right, basis } = decide(foyer, resources.cents, free.eurYear * 100, participation.eurYear * 100, presumption);
  const pays = right === "participation";
  return {
    date,
    right,
    basis,
    foyer,
    resources,
    resourcesEurYear: resources.eurYear,
    free,
    participation,
    presumption,
    participationEurMonth:
      date < C2S_SINCE || right === "none"
        ? null
        : pays
          ? sumCents(foyer.ranked, (age) =>
              participationEurMonth({ ageOnFirstJanuary: age, date, scheme: household.scheme ?? "general" }),
            )
          : 0,
    chequeEurYear: pays && date < C2S_SINCE ? sumCents(foyer.ranked, (age) => acsChequeEurYear({ age, date })) : null,
  };
}

function decide(
  foyer: C2sFoyerMembers,
  cents: number,
  freeCents: number,
  participationCents: number,
  presumption: Presumption | null,
): { right: C2sDecision; basis: C2sBasis } {
  // The RSA opens the right whatever the age: no condition on a young worker who has it.
  if (presumption?.right === "free") return { right: "free", basis: "presumption" };
  if (!foyer.mayClaim) return { right: "none", basis: "composition" };
  if (cents < freeCents) return { right: "free", basis: "resources" };
  if (cents < participationCents) return { right: "participation", basis: "resources" };
  return presumption ? { right: presumption.right, basis: "presumption" } : { right: "none", basis: "resources" };
}

const sumCents = (persons: readonly { readonly ageOnFirstJanuary: number }[], eur: (age: number) => number): number =>
  persons.reduce((sum, { ageOnFirstJanuary }) => sum + Math.round(eur(ageOnFirstJanuary) * 100), 0) / 100;
