import { familyCoefficientHundredths } from "./c2s-ceiling.ts";
import { ageOn, type C2sHousehold, type C2sPerson, checkHousehold } from "./c2s-household.ts";

/** R861-2: "moins de vingt-cinq ans". */
export const DEPENDANT_UNDER_AGE = 25;
/** L861-1: a minor may claim from this age, by decision of the caisse. */
export const CLAIMANT_FROM_AGE = 16;

/** A person of the household, in or out of the foyer C2S, and why. */
export interface FoyerMember {
  /** Place in `household.persons`. */
  readonly index: number;
  readonly person: C2sPerson;
  readonly age: number;
  readonly ageOnFirstJanuary: number;
  readonly counted: boolean;
  /** French reason, and its article. */
  readonly why: string;
  readonly article: string;
}

/** The foyer C2S of a claimant. */
export interface C2sFoyerMembers {
  /** Everybody, in the order of the household. */
  readonly members: readonly FoyerMember[];
  /** Those who count, by rank: claimant, partner, then from the oldest. */
  readonly ranked: readonly FoyerMember[];
  readonly persons: number;
  readonly coefficientHundredths: number;
  /** False for a claimant who cannot claim in their own name: under 25 and dependent on parents, or under 16. */
  readonly mayClaim: boolean;
  readonly whyClaim: string;
}

/**
 * Sorts a household into the foyer C2S of its claimant and the others (R861-2), and gives the coefficient (R861-3). A census household is not a foyer: a child of exactly
 * 25 is out. Two children born on one day, one of them in alternating residence: the one who counts in full comes first (the law is silent).
 * @example
 * ```ts
 * const person = { resources: {} };
 * const { persons, coefficientHundredths } = foyerOf({
 *   persons: [{ ...person, role: "claimant", birthDate: "1985-03-02" }, { ...person, role: "child", birthDate: "2015-05-09", alternating: true }, { ...person, role: "child", birthDate: "2000-04-01" }],
 *   occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false }, "2025-04-01");
 * [persons, coefficientHundredths] // [ 2, 125 ]
 * ```
 */
export function foyerOf(household: C2sHousehold, date: string): C2sFoyerMembers {
  checkHousehold(household, date);
  const members = household.persons.map((person, index): FoyerMember => {
    const age = ageOn(person.birthDate, date);
    const firstJanuary = `${date.slice(0, 4)}-01-01`;
    return {
      index,
      person,
      age,
      ageOnFirstJanuary: Math.max(ageOn(person.birthDate, firstJanuary), 0),
      ...belongs(person, age),
    };
  });
  const ranked = members.filter(({ counted }) => counted).sort(byRank);
  const adults = ranked.filter(({ person }) => !isDependant(person));
  return {
    members,
    ranked,
    persons: ranked.length,
    coefficientHundredths: familyCoefficientHundredths(
      ranked.slice(1).map(({ person }) => person.alternating ?? false),
    ),
    ...claim(adults, ranked.length > adults.length),
  };
}

/** True for a child or another supported person. */
export const isDependant = ({ role }: C2sPerson): boolean => role === "child" || role === "other";

function belongs(person: C2sPerson, age: number): { counted: boolean; why: string; article: string } {
  const say = (counted: boolean, why: string): { counted: boolean; why: string; article: string } => ({
    counted,
    why,
    article: "R861-2 CSS",
  });
  if (person.role === "claimant") return say(true, "demande la C2S");
  if (person.role === "concubin") return say(true, "concubin au jour de la demande");
  if (person.role === "spouse")
    return (person.taxedTogether ?? true)
      ? say(true, "conjoint ou partenaire de PACS, imposition commune")
      : say(false, "conjoint ou partenaire de PACS imposé séparément");
  if (age >= DEPENDANT_UNDER_AGE) return say(false, "25 ans ou plus au jour de la demande\u00a0: forme un autre foyer");
  const tie = person.tie ?? "tax-household";
  if (tie === "tax-household") return say(true, "moins de 25 ans, rattaché au foyer fiscal");
  if (person.role === "child" && tie === "same-roof")
    return say(true, "enfant de moins de 25 ans sous le même toit, qui déclare seul ses revenus");
  if (person.role === "child" && tie === "deducted-pension" && age >= 18)
    return say(true, "enfant majeur de moins de 25 ans recevant une pension déduite de l'impôt");
  if (tie === "court-pension")
    return say(false, "pension fixée par un juge\u00a0: n'en fait pas une personne à charge");
  return say(false, "aucun lien de charge avec le foyer");
}

const order = (person: C2sPerson): number => (person.role === "claimant" ? 0 : isDependant(person) ? 2 : 1);

function byRank(one: FoyerMember, other: FoyerMember): number {
  return (
    order(one.person) - order(other.person) ||
    (one.person.birthDate < other.person.birthDate ? -1 : one.person.birthDate > other.person.birthDate ? 1 : 0) ||
    Number(one.person.alternating ?? false) - Number(other.person.alternating ?? false) ||
    one.index - other.index
  );
}

function claim(adults: readonly FoyerMember[], hasDependant: boolean): { mayClaim: boolean; whyClaim: string } {
  const claimant = adults[0];
  if (claimant !== undefined && claimant.age < CLAIMANT_FROM_AGE)
    return { mayClaim: false, whyClaim: "le demandeur a moins de 16 ans (L861-1 CSS)" };
  if (hasDependant) return { mayClaim: true, whyClaim: "le demandeur a une personne à charge" };
  if (adults.some(({ age }) => age >= DEPENDANT_UNDER_AGE))
    return { mayClaim: true, whyClaim: "un adulte du foyer a 25 ans ou plus" };
  const free = ({ person }: FoyerMember): boolean => person.dependsOnParents === false || (person.studentAid ?? false);
  return adults.every(free)
    ? {
        mayClaim: true,
        whyClaim: "moins de 25 ans, indépendant de ses parents ou aidé comme étudiant (R861-2, R861-16 CSS)",
      }
    : {
        mayClaim: false,
        whyClaim:
          "moins de 25 ans sans personne à charge, à la charge de ses parents ou sans preuve du contraire (R861-2 CSS)",
      };
}
