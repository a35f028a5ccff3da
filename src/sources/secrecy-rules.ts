import type { SecrecyRule } from "../codes/lineage.ts";

/** Tax incomes, at the level of the commune, the IRIS, the neighbourhood and the square. */
export const taxIncomeSecrecy: SecrecyRule = {
  unit: "ménage",
  minUnits: 11,
  statedBy: "Insee, revenus fiscaux\u00a0: 11 ménages au moins (copies concordantes, texte d'origine non lu)",
};

/** Job seekers of a neighbourhood. */
export const jobSeekerSecrecy: SecrecyRule = {
  unit: "demandeur d'emploi",
  minUnits: 5,
  statedBy:
    "Insee, demandeurs d'emploi des quartiers\u00a0: 5 personnes au moins (copies concordantes, texte d'origine non lu)",
};

/** Business statistics: three units, none above 85 % of the total. Only the first half is a number of units. */
export const establishmentSecrecy: SecrecyRule = {
  unit: "établissement",
  minUnits: 3,
  statedBy: "Insee, statistiques d'entreprises\u00a0: 3 unités au moins, aucune ne dépassant 85 % du total",
};

/** The census: INSEE advises against figures under 200 persons; no number of units was read in a rule, so the strictest known holds. */
export const censusSecrecy: SecrecyRule = {
  unit: "personne",
  minUnits: 11,
  statedBy:
    "Insee, recensement\u00a0: seuil en effectif non lu, le plus strict connu (11)\u00a0; taux masqués sous 200 personnes, non vérifié",
};
