import { QuartiersError } from "../../codes/errors.ts";
import { isDay } from "./c2s-ceiling.ts";
import type { C2sArea } from "./c2s-parameters.ts";
import { type ResourceItemId, resourceItem } from "./c2s-resource-items.ts";
import type { Occupancy } from "./forfait-logement.ts";
import type { ParticipationScheme } from "./participation.ts";

/** Who a person is for the claimant. "spouse": married or PACS. "other": another person supported by the foyer. */
export const c2sRoles = ["claimant", "spouse", "concubin", "child", "other"] as const;
export type C2sRole = (typeof c2sRoles)[number];

/**
 * What ties a child or another person to the foyer (R861-2). "tax-household": attached to its tax household. "same-roof": own child under the same roof who files alone.
 * "deducted-pension": adult child receiving a pension deducted from tax. "court-pension": the same, ordered by a court, which opens no tie. "none": nothing.
 */
export const c2sTies = ["tax-household", "same-roof", "deducted-pension", "court-pension", "none"] as const;
export type C2sTie = (typeof c2sTies)[number];

/** On the day of the claim, what opens the abatement of 30 % on activity income (R861-8). "custody": in prison without work, since 1 October 2025. */
export const c2sSituations = [
  "none",
  "off-sick-over-six-months",
  "unemployment-benefit",
  "partial-unemployment",
  "ass",
  "paid-training",
  "custody",
] as const;
export type C2sSituation = (typeof c2sSituations)[number];

export const occupancies: readonly Occupancy[] = ["owner", "free", "tenant"];
export const c2sAreas: readonly C2sArea[] = ["metropole", "drom", "mayotte"];

/** EUR over the twelve months of the reference period: a total, taken as twelve equal months, or the twelve months. An item that is not named is none; `null` is refused. */
export type C2sResources = Readonly<Partial<Record<ResourceItemId, number | readonly number[]>>>;

export interface C2sPerson {
  readonly role: C2sRole;
  /** yyyy-mm-dd. */
  readonly birthDate: string;
  /** `{}` when the person has none: an absent list is refused. */
  readonly resources: C2sResources;
  /** Spouse: taxed together (true when absent). */
  readonly taxedTogether?: boolean;
  /** Child or other: "tax-household" when absent. */
  readonly tie?: C2sTie;
  /** Minor in alternating residence, shared equally (false when absent). */
  readonly alternating?: boolean;
  readonly situation?: C2sSituation;
  /** Training pay has surely stopped, without replacement income (R861-8). */
  readonly trainingPayStopped?: boolean;
  /** Under 25 without a child: lives with parents, is on their return, or receives a pension they deduct (true when absent: the right in one's own name must be shown). */
  readonly dependsOnParents?: boolean;
  /** Under 25: student with one of the aids of the arrêté of 16 May 2014, who claims in one's own name. */
  readonly studentAid?: boolean;
  /** Benefits received on the day of the claim, which open a presumption. "aah": at full rate or as a complement to a pension or an annuity. */
  readonly receives?: readonly ("aspa" | "asi" | "aah")[];
  /** Worked (or in ESAT) in the three civil months before the claim. No presumption is made when it is absent. */
  readonly workedLastThreeMonths?: boolean;
}

/** A household that may hold a foyer C2S: the persons are sorted by `foyerOf`. */
export interface C2sHousehold {
  readonly persons: readonly C2sPerson[];
  readonly occupancy: Occupancy;
  /** Housing benefit (APL, ALF, ALS), EUR a month. */
  readonly housingBenefitEurMonth: number;
  /** The foyer receives the RSA on the day of the claim. */
  readonly receivesRsa: boolean;
  /** Mainland France when absent. */
  readonly area?: C2sArea;
  /** General when absent. */
  readonly scheme?: ParticipationScheme;
}

/**
 * Refuses what no rule can read: an unknown role, area or occupancy, an absent or negative amount, a person born after the claim, no claimant or two.
 * Errors name the person by its place and never print an amount: these are facts of a person.
 * @example
 * ```ts
 * checkHousehold({ persons: [{ role: "claimant", birthDate: "1990-01-01", resources: {} }], occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false }, "2025-04-01") // undefined
 * ```
 */
export function checkHousehold(household: C2sHousehold, date: string): void {
  if (!isDay(date)) refuse("Date illisible", date, "une date aaaa-mm-jj");
  const { persons, occupancy, housingBenefitEurMonth, area = "metropole", scheme = "general" } = household;
  oneOf("Statut d'occupation inconnu", occupancy, occupancies);
  oneOf("Territoire inconnu", area, c2sAreas);
  oneOf("Régime inconnu", scheme, ["general", "alsace-moselle"]);
  if (typeof household.receivesRsa !== "boolean")
    refuse("RSA du foyer non dit", String(household.receivesRsa), "true ou false");
  amount("Aide au logement", housingBenefitEurMonth, "foyer");
  if (!Array.isArray(persons) || persons.length < 1 || persons.length > 50)
    refuse("Nombre de personnes impossible", String(persons?.length), "de 1 à 50 personnes");
  persons.forEach((person, i) => {
    checkPerson(person, i, date);
  });
  const count = (...roles: readonly C2sRole[]): number => persons.filter(({ role }) => roles.includes(role)).length;
  if (count("claimant") !== 1) refuse("Demandeurs", String(count("claimant")), "un seul demandeur par foyer");
  if (count("spouse", "concubin") > 1)
    refuse("Conjoints", String(count("spouse", "concubin")), "un conjoint ou concubin au plus");
}

function checkPerson(person: C2sPerson, i: number, date: string): void {
  const where = `personne ${i + 1}`;
  oneOf("Rôle inconnu", person.role, c2sRoles, where);
  oneOf("Rattachement inconnu", person.tie ?? "none", c2sTies, where);
  oneOf("Situation inconnue", person.situation ?? "none", c2sSituations, where);
  if (typeof person.birthDate !== "string" || !isDay(person.birthDate) || person.birthDate > date)
    refuse("Date de naissance impossible", undefined, `une date aaaa-mm-jj jusqu'au ${date}`, where);
  if (ageOn(person.birthDate, date) > 130) refuse("Âge impossible", undefined, "de 0 à 130 ans", where);
  if (person.alternating && ageOn(person.birthDate, date) >= 18)
    refuse("Résidence alternée d'un majeur", undefined, "un mineur à la date de la demande", where);
  if (typeof person.resources !== "object" || person.resources === null)
    refuse("Ressources absentes", String(person.resources), "la liste des ressources, {} s'il n'y en a aucune", where);
  for (const [id, value] of Object.entries(person.resources)) {
    const item = resourceItem(id);
    if (!item) refuse("Ressource inconnue", id, "un nom de resourceItems, ou otherCounted", where);
    if (Array.isArray(value)) {
      if (value.length !== 12) refuse(item.label, `${value.length} mois`, "douze mois", where);
      for (const month of value) amount(item.label, month, where);
    } else amount(item.label, value, where);
  }
}

function amount(what: string, value: unknown, where: string): void {
  if (typeof value !== "number" || Number.isNaN(value))
    refuse(`${what}\u00a0: montant absent`, undefined, "un nombre d'euros", where);
  if (!(value >= 0) || value > 1e9)
    refuse(`${what}\u00a0: montant négatif ou démesuré`, undefined, "de 0 à un milliard d'euros", where);
}

function oneOf(what: string, value: string, known: readonly string[], where?: string): void {
  if (!known.includes(value)) refuse(what, String(value), known.join(", "), where);
}

function refuse(what: string, value: string | undefined, expected: string, where?: string): never {
  throw new QuartiersError({
    what,
    expected,
    ...(value === undefined ? {} : { value }),
    ...(where === undefined ? {} : { where }),
  });
}

/**
 * Whole years on a day. Somebody born on 29 February has a birthday on 1 March in other years.
 * @example
 * ```ts
 * [ageOn("2000-06-15", "2025-06-14"), ageOn("2000-06-15", "2025-06-15")] // [ 24, 25 ]
 * ```
 */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
