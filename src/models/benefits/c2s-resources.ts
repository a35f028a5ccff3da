import { ACTIVITY_ABATEMENT_HUNDREDTHS, abatedAah, abatedAsi, abatedAspa, abatement } from "./c2s-abatements.ts";
import type { C2sFoyerMembers, FoyerMember } from "./c2s-foyer.ts";
import { isDependant } from "./c2s-foyer.ts";
import type { C2sHousehold, C2sSituation } from "./c2s-household.ts";
import { type ResourceItemId, resourceItem, resourceItems, treatmentOn } from "./c2s-resource-items.ts";
import { type ForfaitLogement, forfaitLogement } from "./forfait-logement.ts";

/** One line of the resource base. */
export interface ResourceLine {
  /** Place in `household.persons`; null for a line of the whole foyer. */
  readonly person: number | null;
  readonly id: ResourceItemId | "forfait-logement";
  readonly label: string;
  /** What was received, EUR over the twelve months. */
  readonly grossEurYear: number;
  /** What counts: after abatement, negative for a deduction, 0 for an excluded item. */
  readonly countedEurYear: number;
  readonly article: string;
  /** French: how it was treated. */
  readonly how: string;
}

export interface ResourceBase {
  readonly lines: readonly ResourceLine[];
  readonly forfait: ForfaitLogement;
  /** R in cents, over twelve months: the sum of the lines, each rounded to the cent; never under 0. */
  readonly cents: number;
  readonly eurYear: number;
}

/** First claim for which prison without work opens the abatement. */
export const CUSTODY_ABATEMENT_SINCE = "2025-10-01";

/** True where a situation takes 30 % off activity income on a day (R861-8). */
export const abatesActivity = (situation: C2sSituation, date: string): boolean =>
  situation !== "none" && (situation !== "custody" || date >= CUSTODY_ABATEMENT_SINCE);

/**
 * The resource base of a foyer (L861-2, R861-4 to R861-15 CSS), line by line. Amounts are those of the reference period, which the caller reads with `referencePeriod`.
 * A marked mismatch with the way of life (L861-2-1) is outside the model. `foyer` is what `foyerOf` gives.
 * @example
 * ```ts
 * const resources = { wages: 10_000, studyGrant: 3_000 };
 * const person = { role: "claimant", birthDate: "1990-01-01", resources, situation: "ass" };
 * const foyer = { ranked: [{ index: 0, person, age: 35 }], persons: 1 };
 * resourceBase({ persons: [person], occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false }, foyer, "2025-04-01").eurYear // 7000
 * ```
 */
export function resourceBase(household: C2sHousehold, foyer: C2sFoyerMembers, date: string): ResourceBase {
  const lines = foyer.ranked.flatMap((member) => personLines(member, foyer, date));
  const forfait = forfaitLogement({
    date,
    persons: foyer.persons,
    occupancy: household.occupancy,
    benefitCentsMonth: Math.round(household.housingBenefitEurMonth * 100),
    area: household.area ?? "metropole",
  });
  if (forfait.forfaitCentsMonth > 0) {
    lines.push({
      person: null,
      id: "forfait-logement",
      label: "Forfait logement",
      grossEurYear: (forfait.forfaitCentsMonth * 12) / 100,
      countedEurYear: (forfait.centsMonth * 12) / 100,
      article: forfait.article,
      how:
        household.housingBenefitEurMonth > 0
          ? "aide au logement, au plus le forfait"
          : "propriétaire ou logé gratuitement, sans aide",
    });
  }
  const cents = Math.max(
    lines.reduce((sum, { countedEurYear }) => sum + Math.round(countedEurYear * 100), 0),
    0,
  );
  return { lines, forfait, cents, eurYear: cents / 100 };
}

const toCent = (eur: number): number => Math.round(eur * 100) / 100;

/** Activity income after the abatement of 30 %, in cents. */
export const activityCents = (eur: number): number =>
  Math.round((Math.round(eur * 100) * (100 - ACTIVITY_ABATEMENT_HUNDREDTHS)) / 100);

/** The twelve months of an item. */
export function monthsOf(value: number | readonly number[] | undefined): readonly number[] {
  if (value === undefined) return noMonths;
  return typeof value === "number" ? Array.from({ length: 12 }, () => value / 12) : value;
}
const noMonths: readonly number[] = Array.from({ length: 12 }, () => 0);

const total = (value: number | readonly number[]): number =>
  typeof value === "number" ? value : value.reduce((sum, month) => sum + month, 0);

function personLines(member: FoyerMember, foyer: C2sFoyerMembers, date: string): ResourceLine[] {
  const { person, index } = member;
  const lines: ResourceLine[] = [];
  for (const { id, label, article } of resourceItems) {
    const value = person.resources[id];
    if (value === undefined) continue;
    const grossEurYear = total(value);
    if (grossEurYear === 0) continue;
    const line = (countedEurYear: number, how: string, at = article): void => {
      lines.push({ person: index, id, label, grossEurYear, countedEurYear: toCent(countedEurYear), article: at, how });
    };
    switch (treatmentOn(id, date)) {
      case "excluded":
        line(0, "non compté");
        break;
      case "deducted":
        line(-grossEurYear, "déduit");
        break;
      case "activity":
        if (abatesActivity(person.situation ?? "none", date))
          line(activityCents(grossEurYear) / 100, "abattement de 30 %", "R861-8 CSS");
        else line(grossEurYear, "compté en entier");
        break;
      case "training":
        if (person.trainingPayStopped) line(0, "a cessé sans revenu de remplacement", "R861-8 CSS");
        else line(grossEurYear, "compté en entier");
        break;
      case "abated":
        abatedLine(id, member, foyer, date, line);
        break;
      default:
        line(
          grossEurYear,
          resourceItem(id)?.treatment === "excluded" ? "compté avant son exclusion" : "compté en entier",
        );
    }
  }
  return lines;
}

type AddLine = (countedEurYear: number, how: string) => void;

function abatedLine(id: string, member: FoyerMember, foyer: C2sFoyerMembers, date: string, line: AddLine): void {
  const months = (one: FoyerMember | undefined, item: ResourceItemId): readonly number[] =>
    monthsOf(one?.person.resources[item]);
  const adults = foyer.ranked.filter(({ person }) => !isDependant(person));
  const other = adults.includes(member) ? adults.find((one) => one !== member) : undefined;
  const sum = (of: (month: number) => number): number => {
    let all = 0;
    for (let month = 0; month < 12; month++) all += of(month);
    return all;
  };
  if (id === "aah") {
    const law = abatement("aah", date);
    const aah = months(member, "aah");
    line(
      sum((m) => abatedAah(aah[m] ?? 0, law)),
      `abattement de ${law.aloneEurMonth} € par mois`,
    );
  } else if (id === "asi") {
    const law = abatement("asi", date);
    const [asi, aah, others] = [months(member, "asi"), months(member, "aah"), months(other, "asi")];
    line(
      sum((m) => abatedAsi(asi[m] ?? 0, (aah[m] ?? 0) > 0, (others[m] ?? 0) > 0, law)),
      `abattement de ${law.aloneEurMonth} € par mois, ${law.coupleEurMonth} € pour un couple, aucun avec l'AAH`,
    );
  } else {
    const law = abatement("aspa", date);
    const [own, others] = [months(member, "aspa"), months(other, "aspa")];
    // Of two recipients the couple's abatement is shared as their amounts are.
    line(
      sum((m) => {
        const [mine, theirs] = [own[m] ?? 0, others[m] ?? 0];
        return mine > 0 ? (abatedAspa(mine, theirs, law) * mine) / (mine + theirs) : 0;
      }),
      `abattement de ${law.aloneEurMonth} € par mois, ${law.coupleEurMonth} € pour un couple`,
    );
  }
}
