import type { C2sFoyerMembers } from "./c2s-foyer.ts";
import { isDependant } from "./c2s-foyer.ts";

/** A right without a look at resources. */
export type PresumptionId = "rsa" | "aspa" | "asi" | "aah";

export interface Presumption {
  readonly id: PresumptionId;
  readonly right: "free" | "participation";
  /** First claim. */
  readonly from: string;
  readonly label: string;
  readonly condition: string;
  readonly article: string;
}

/** Presumptions of L861-2 CSS. Those of ASS and of the CEJ are announced for 1 July 2026, without a verified decree: not held. */
export const presumptions: readonly Presumption[] = [
  {
    id: "rsa",
    right: "free",
    from: "2014-07-01",
    label: "Foyer au RSA",
    condition: "aucune (automatique depuis le 1er janvier 2022, sur demande avant)",
    article: "L861-2 CSS",
  },
  {
    id: "aspa",
    right: "participation",
    from: "2022-04-01",
    label: "Allocataire de l'ASPA et son conjoint",
    condition: "aucune activité dans les trois mois civils avant la demande",
    article: "L861-2, R861-11 CSS",
  },
  {
    id: "asi",
    right: "participation",
    from: "2024-06-30",
    label: "Allocataire de l'ASI et son conjoint",
    condition: "aucune activité dans les trois mois civils avant la demande",
    article: "L861-2, R861-11 CSS",
  },
  {
    id: "aah",
    right: "participation",
    from: "2025-07-01",
    label: "Allocataire de l'AAH",
    condition: "taux plein ou complément d'une pension, seul et sans enfant, aucune activité ni ESAT depuis trois mois",
    article: "L861-2, R861-11 CSS",
  },
];

/**
 * The presumption of a foyer on a day, or null: the RSA first, then those that open the right with participation. Activity must be said: an absent answer opens nothing.
 * A foyer with a dependant beside an ASPA or ASI recipient is taken to have the right for the recipient and the partner.
 * @example
 * ```ts
 * presumptionOf({ ranked: [], persons: 1 }, true, "2025-04-01").right // "free"
 * ```
 */
export function presumptionOf(foyer: C2sFoyerMembers, receivesRsa: boolean, date: string): Presumption | null {
  const law = (id: PresumptionId): Presumption | null =>
    presumptions.find((one) => one.id === id && one.from <= date) ?? null;
  if (receivesRsa) return law("rsa");
  const adults = foyer.ranked.filter(({ person }) => !isDependant(person)).map(({ person }) => person);
  const idle = adults.length > 0 && adults.every(({ workedLastThreeMonths }) => workedLastThreeMonths === false);
  if (!idle) return null;
  for (const id of ["aspa", "asi"] as const)
    if (adults.some(({ receives }) => receives?.includes(id))) {
      const found = law(id);
      if (found) return found;
    }
  return foyer.persons === 1 && adults[0]?.receives?.includes("aah") ? law("aah") : null;
}
