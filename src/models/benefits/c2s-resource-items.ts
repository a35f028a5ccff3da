import { C2S_SINCE } from "./c2s-parameters.ts";

/** How an item enters the resource base. */
export type ItemTreatment =
  /** In full, over the reference period. */
  | "counted"
  /** In full, less 30 % in the situations of R861-8. */
  | "activity"
  /** Less a fixed amount a month (L861-2). */
  | "abated"
  /** In full, as on the last tax notice. */
  | "notice"
  /** In full, unless it has surely stopped without a replacement. */
  | "training"
  /** Taken off. */
  | "deducted"
  /** Not at all, from `excludedSince` (always when absent); counted before. */
  | "excluded";

/** One line of the resource base: how the law treats it. Amounts are EUR over the twelve months of the reference period (or of the last tax notice), after social levies. */
export interface ResourceItem {
  readonly id: string;
  /** French, as a caseworker says it. */
  readonly label: string;
  readonly treatment: ItemTreatment;
  readonly article: string;
  /** First claim for which the item is left out; absent where its entry date is not verified. */
  readonly excludedSince?: string;
}

const rows = [
  ["wages", "Salaires nets", "activity", "L861-2, R861-4, R861-8 CSS"],
  ["selfEmployment", "Revenus nets d'indépendant (dernier avis d'impôt)", "notice", "R861-15 CSS"],
  ["authorRights", "Droits d'auteur (dernier avis d'impôt)", "notice", "R861-8 CSS"],
  ["foreignIncome", "Salaires et pensions de l'étranger (dernier avis d'impôt)", "notice", "R861-8 CSS"],
  [
    "assetIncome",
    "Revenus de biens et de placements (montant imposable, abattement déjà fait)",
    "notice",
    "R861-8 CSS",
  ],
  ["maintenanceReceived", "Pensions alimentaires reçues (dernier avis d'impôt)", "notice", "R861-8 CSS"],
  ["compensatoryBenefit", "Prestation compensatoire reçue", "counted", "R861-4 CSS"],
  ["maintenancePaid", "Pensions alimentaires versées (dernier avis d'impôt)", "deducted", "R861-9 CSS"],
  ["unemployment", "Allocations de chômage", "counted", "R861-4 CSS"],
  ["partialUnemployment", "Indemnités de chômage partiel", "counted", "R861-4 CSS"],
  ["ass", "Allocation de solidarité spécifique", "counted", "R861-4 CSS"],
  ["training", "Rémunération de stage de formation professionnelle", "training", "R861-8 CSS"],
  ["internship", "Gratifications de stage", "counted", "R861-4 CSS"],
  ["retirement", "Pensions de retraite", "counted", "R861-4 CSS"],
  ["invalidity", "Pensions d'invalidité", "counted", "R861-4 CSS"],
  ["sickPay", "Indemnités journalières", "counted", "R861-4 CSS"],
  ["workAccidentAnnuity", "Rentes d'accident du travail", "counted", "R861-4 CSS"],
  ["exceptionalGains", "Gains exceptionnels", "counted", "R861-4 CSS"],
  ["aah", "Allocation aux adultes handicapés", "abated", "L861-2 CSS"],
  ["aahSupplement", "Complément de ressources ou majoration de l'AAH", "counted", "R861-4 CSS"],
  ["asi", "Allocation supplémentaire d'invalidité", "abated", "L861-2 CSS"],
  ["aspa", "ASPA ou ASV", "abated", "L861-2 CSS"],
  ["familyAllowances", "Allocations familiales", "counted", "R861-4 CSS"],
  ["familySupplement", "Complément familial", "counted", "R861-4 CSS"],
  ["familySupport", "Allocation de soutien familial", "counted", "R861-4 CSS"],
  ["parentalLeave", "PreParE", "counted", "R861-4, R861-10 CSS"],
  ["otherCounted", "Autres ressources comptées", "counted", "R861-4 CSS"],
  ["rsa", "RSA", "excluded", "L861-2 CSS"],
  ["activityBonus", "Prime d'activité", "excluded", "L861-2 CSS"],
  ["disabledChild", "AEEH", "excluded", "R861-10 CSS"],
  ["backToSchool", "Allocation de rentrée scolaire", "excluded", "R861-10 CSS"],
  ["paje", "PAJE, sauf PreParE", "excluded", "R861-10 CSS"],
  ["movingGrant", "Prime de déménagement", "excluded", "R861-10 CSS"],
  ["disabilityCompensation", "Prestation de compensation du handicap", "excluded", "R861-10 CSS"],
  ["oldAgeCare", "Allocation personnalisée d'autonomie", "excluded", "R861-10 CSS"],
  ["thirdPersonHelp", "ACTP, majorations et prestations pour tierce personne", "excluded", "R861-10 CSS"],
  ["childPresence", "AJPP, AJPA, AJAP", "excluded", "R861-10 CSS"],
  ["accidentCapital", "Capital d'accident du travail", "excluded", "R861-10 CSS"],
  ["deathBenefit", "Capital décès", "excluded", "R861-10 CSS"],
  ["occasionalAid", "Aide occasionnelle ou d'insertion d'un organisme social", "excluded", "R861-10 CSS"],
  ["legalPersonAid", "Aide d'une autre personne morale", "excluded", "R861-10 CSS", "2025-07-01"],
  ["relativesAid", "Aide de la famille et des proches", "excluded", "R861-10, 10° bis CSS", "2025-07-01"],
  ["studyGrant", "Bourses d'études", "excluded", "R861-10 CSS"],
  ["civicService", "Indemnité de service civique", "excluded", "R861-10 CSS"],
  ["harki", "Allocations et réparations des harkis", "excluded", "R861-10 CSS", "2023-07-29"],
  ["cej", "Allocation du contrat d'engagement jeune", "excluded", "R861-10 CSS", "2023-07-29"],
  ["rso", "Revenu de solidarité outre-mer", "excluded", "R861-10 CSS"],
  ["asylumSeekers", "Allocation pour demandeur d'asile", "excluded", "R861-10 CSS"],
  ["backToWorkAid", "Aide personnalisée de retour à l'emploi", "excluded", "R861-10 CSS"],
  ["violenceAid", "Aide d'urgence aux victimes de violences conjugales", "excluded", "R861-10 CSS"],
  ["fosterUpkeep", "Entretien d'un enfant accueilli", "excluded", "R861-10 CSS"],
] as const;

/** The name of an item. */
export type ResourceItemId = (typeof rows)[number][0];

/** The items, in the order of the explanation. The list of what counts is open in law: `otherCounted` takes the rest. */
export const resourceItems: readonly (ResourceItem & { readonly id: ResourceItemId })[] = rows.map(
  ([id, label, treatment, article, excludedSince]) => ({
    id,
    label,
    treatment,
    article,
    ...(excludedSince === undefined ? {} : { excludedSince }),
  }),
);

/**
 * How an item is treated on the day of a claim: "counted" for an item that is left out only later.
 * @example
 * ```ts
 * [treatmentOn("cej", "2023-07-28"), treatmentOn("cej", "2023-07-29"), treatmentOn("wages", "2023-07-29")] // [ "counted", "excluded", "activity" ]
 * ```
 */
export function treatmentOn(id: ResourceItemId, date: string): ItemTreatment {
  const item = itemOf.get(id);
  if (!item) return "counted";
  return item.treatment === "excluded" && date < (item.excludedSince ?? "") ? "counted" : item.treatment;
}

const itemOf: ReadonlyMap<string, ResourceItem> = new Map(resourceItems.map((item) => [item.id, item]));

/** The item of a name, or undefined. */
export const resourceItem = (id: string): ResourceItem | undefined => itemOf.get(id);

/** Before this day the law was that of the CMU-C; the items are taken to be the same, which is not verified for each. */
export const ITEMS_VERIFIED_SINCE: string = C2S_SINCE;
