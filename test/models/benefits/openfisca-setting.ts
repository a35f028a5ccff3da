import { ageOn, type C2sHousehold, type C2sPerson } from "../../../src/models/benefits/c2s-household.ts";
import type { ResourceItemId } from "../../../src/models/benefits/c2s-resource-items.ts";
import { forfaitLogement } from "../../../src/models/benefits/forfait-logement.ts";
import { referencePeriod } from "../../../src/models/benefits/reference-period.ts";

/** One household of `openfisca-c2s.json`: amounts a month, from a month to another, counted from 0 (13 months before the claim) to 13 (its own). */
export interface OpenFiscaCase {
  readonly claim: string;
  readonly persons: readonly {
    readonly role: C2sPerson["role"];
    readonly birthDate: string;
    readonly items: Readonly<Partial<Record<ResourceItemId, readonly [eurMonth: number, first: number, last: number]>>>;
    readonly selfEmployment?: number;
    readonly situation?: NonNullable<C2sPerson["situation"]>;
    readonly alternating?: boolean;
    readonly dependsOnParents?: boolean;
    readonly receives?: NonNullable<C2sPerson["receives"]>;
    readonly worked?: boolean;
  }[];
  readonly occupancy: C2sHousehold["occupancy"];
  readonly benefit: number;
  readonly rsa: boolean;
  readonly area: NonNullable<C2sHousehold["area"]>;
  readonly alsaceMoselle: boolean;
  readonly expected: readonly [resources: number, free: number, participation: number, right: 0 | 1 | 2, due: number];
}

/** What OpenFisca does otherwise than the law as we read it, each with the article that decides. */
export const conventions = {
  period:
    "R861-8 (décret n° 2021-1642)\u00a0: période de référence du 13e au 2e mois depuis 2022; OpenFisca, du 12e au 1er",
  adultChildCeiling:
    "R861-2, R861-3\u00a0: un enfant de 26 ans ou plus n'augmente pas le plafond; OpenFisca le compte dans le plafond, pas dans le foyer",
  age25: "R861-2\u00a0: moins de 25 ans; OpenFisca compte ceux de 25 ans",
  ownerWithBenefit: "R861-7\u00a0: un propriétaire aidé n'a que la part de l'aide; OpenFisca ajoute les deux forfaits",
  sickness: "R861-8\u00a0: arrêt de plus de six mois; OpenFisca abat dès une indemnité du mois",
  abatementsBefore2021:
    "L861-2\u00a0: abattements de l'AAH, de l'ASPA et de l'ASI avant avril 2021; OpenFisca, depuis ce mois",
  studyGrant: "R861-10\u00a0: bourses d'études non comptées; OpenFisca ajoute celle du mois d'un non-boursier",
  presumption: "L861-2\u00a0: présomptions ASPA, ASI; OpenFisca n'a que le RSA",
  mayotte: "Mayotte depuis 2024; OpenFisca refuse toujours",
  rsaUnder25: "L861-2\u00a0: le RSA ouvre le droit à tout âge; OpenFisca refuse un jeune à la charge de ses parents",
} as const;
export type Convention = keyof typeof conventions;
export const allConventions: readonly Convention[] = Object.keys(conventions) as Convention[];

const months = Array.from({ length: 14 }, (_, i) => i);

/** The day of a claim: OpenFisca judges on the first of the month. */
export const dayOf = ({ claim }: OpenFiscaCase): string => `${claim}-01`;

/** A case as a household of ours, under the law, or under the conventions named. */
export function householdOf(one: OpenFiscaCase, follow: ReadonlySet<Convention>): C2sHousehold {
  const date = dayOf(one);
  // The first month counted is that of the reference period: one month later for OpenFisca since 2022.
  const first = follow.has("period") || referencePeriod(date).from.slice(0, 7) !== monthBefore(one.claim, 13) ? 1 : 0;
  const persons = one.persons.map((person): C2sPerson => {
    const resources: Partial<Record<ResourceItemId, number | readonly number[]>> = {};
    const other = Array.from({ length: 12 }, () => 0);
    for (const [id, [eurMonth, from, last]] of Object.entries(person.items)) {
      const all = months.map((month) => (from <= month && month <= last ? eurMonth : 0));
      const own = all.slice(first, first + 12);
      const abated = id === "aah" || id === "asi" || id === "aspa";
      if (id === "studyGrant" && follow.has("studyGrant")) other[0] = (other[0] ?? 0) + (all[13] ?? 0);
      if (abated && follow.has("abatementsBefore2021"))
        own.forEach((eur, m) => {
          if (monthBefore(one.claim, 13 - first - m) >= "2021-04") return;
          own[m] = 0;
          other[m] = (other[m] ?? 0) + eur;
        });
      if (own.some((eur) => eur > 0)) resources[id as ResourceItemId] = own;
    }
    if (person.selfEmployment) resources.selfEmployment = person.selfEmployment;
    if (person.role === "claimant" && follow.has("ownerWithBenefit") && one.benefit > 0 && one.occupancy !== "tenant")
      other[0] = (other[0] ?? 0) + 12 * ownerForfait(one, follow);
    if (other.some((eur) => eur > 0)) resources.otherCounted = other;
    const training = person.items.training;
    const sickNow = person.items.sickPay?.[2] === 13;
    const years = ageOn(person.birthDate, date);
    return {
      role: person.role,
      birthDate:
        person.role === "child" &&
        ((follow.has("age25") && years === 25) || (follow.has("adultChildCeiling") && years > 25))
          ? `${Number(person.birthDate.slice(0, 4)) + years - 24}${person.birthDate.slice(4)}`
          : person.birthDate,
      resources: person.role === "child" && years > 25 ? {} : resources,
      situation:
        sickNow && follow.has("sickness") && (person.situation ?? "none") === "none"
          ? "off-sick-over-six-months"
          : (person.situation ?? "none"),
      trainingPayStopped: training !== undefined && training[2] < 12,
      alternating: person.alternating ?? false,
      dependsOnParents: person.dependsOnParents ?? false,
      ...(follow.has("presumption")
        ? {}
        : {
            receives: person.receives ?? [],
            ...(person.worked === undefined ? {} : { workedLastThreeMonths: person.worked }),
          }),
    };
  });
  const dependent = persons
    .filter(({ role }) => role !== "child")
    .some(({ birthDate, dependsOnParents }) => ageOn(birthDate, date) < 25 && dependsOnParents);
  const alone = dependent && persons.every(({ role, birthDate }) => role !== "child" && ageOn(birthDate, date) < 25);
  return {
    persons,
    occupancy: one.occupancy,
    housingBenefitEurMonth: one.benefit,
    receivesRsa: one.rsa && !(follow.has("rsaUnder25") && alone),
    area: one.area === "mayotte" && follow.has("mayotte") ? "metropole" : one.area,
    scheme: one.alsaceMoselle ? "alsace-moselle" : "general",
  };
}

function ownerForfait(one: OpenFiscaCase, follow: ReadonlySet<Convention>): number {
  const limit = follow.has("age25") ? 26 : 25;
  const persons = one.persons.filter(
    ({ role, birthDate }) => role !== "child" || ageOn(birthDate, dayOf(one)) < limit,
  ).length;
  return (
    forfaitLogement({ date: dayOf(one), persons, occupancy: "owner", benefitCentsMonth: 0, area: "metropole" })
      .centsMonth / 100
  );
}

function monthBefore(claim: string, back: number): string {
  const at = Number(claim.slice(0, 4)) * 12 + Number(claim.slice(5)) - 1 - back;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}
