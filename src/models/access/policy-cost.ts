import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";

/** What a policy costs, as declared by the author: nothing here is measured. */
export interface PolicyCost {
  readonly amount: number;
  /** "policy": once for all; "beneficiary": for each seeker who takes it up. */
  readonly per: "policy" | "beneficiary";
  /** "EUR", "EUR par an"... */
  readonly unit: string;
  /** Where the amount comes from, printed with it. */
  readonly source: string;
}

/** The declared cost against what the policy gives. null where it gives nothing. */
export interface CostOfPolicy {
  readonly declared: PolicyCost;
  readonly total: number;
  /** Per seeker who reaches more matching posts than before. */
  readonly perSeekerGaining: number | null;
  /** Per post that nobody who seeks it could reach before, and somebody can now. */
  readonly perPostMadeReachable: number | null;
  /** Per seeker and matching post gained: a post that ten seekers gain counts ten times. */
  readonly perSeekerAndPost: number | null;
}

/** Refuses an amount that is not one, or that comes from nowhere. */
export function checkPolicyCost({ amount, source, unit }: PolicyCost): void {
  if (amount >= 0 && amount < Number.POSITIVE_INFINITY && source.trim() !== "" && unit.trim() !== "") return;
  throw new QuartiersError({
    what: "Coût d'une politique sans montant, sans unité ou sans source",
    value: `${amount} ${unit}, source «\u202f${source}\u202f»`,
    expected: "un montant fini, positif ou nul, son unité et le texte de sa source",
  });
}

/**
 * Divides a declared cost by what it gives.
 * @example
 * ```ts
 * const licence = { amount: 1800, per: "beneficiary", unit: "EUR", source: "devis moyen" };
 * costOfPolicy(licence, { beneficiaries: 10, gaining: 8, newPosts: 0, seekerPosts: 400 }).perSeekerGaining // 2250
 * ```
 */
export function costOfPolicy(
  declared: PolicyCost,
  gains: {
    readonly beneficiaries: number;
    readonly gaining: number;
    readonly newPosts: number;
    readonly seekerPosts: number;
  },
): CostOfPolicy {
  checkPolicyCost(declared);
  const total = declared.amount * (declared.per === "beneficiary" ? gains.beneficiaries : 1);
  const per = (number: number): number | null => (number > 0 ? total / number : null);
  return {
    ...{ declared, total },
    perSeekerGaining: per(gains.gaining),
    perPostMadeReachable: per(gains.newPosts),
    perSeekerAndPost: per(gains.seekerPosts),
  };
}

/** The cost in words, for a page, with its source. */
export function explainPolicyCost({ declared, total, perSeekerGaining, perPostMadeReachable }: CostOfPolicy): string {
  const say = (value: number, decimals = 0): string => frenchNumber(value, { decimals, unit: declared.unit });
  const parts = [
    perSeekerGaining === null ? "" : `${say(perSeekerGaining)} par demandeur qui y gagne`,
    perPostMadeReachable === null ? "" : `${say(perPostMadeReachable)} par poste rendu accessible`,
  ].filter(Boolean);
  const details = parts.length > 0 ? `, soit ${parts.join(" et ")}` : ", sans gain à lui rapporter";
  return `Coût déclaré${HARD_SPACE}: ${say(total)}${details} (source${HARD_SPACE}: ${declared.source}).`;
}
