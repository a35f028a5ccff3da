import type { Contract } from "./contract.ts";

/** Variables of the profile, with the modalities of each: households for the type and the tenure, persons for the age and the employment. */
export const profilModalities: Readonly<Record<"type" | "occupation" | "age" | "emploi", readonly string[]>> = {
  type: ["seul", "couple sans enfant", "couple avec enfants", "famille monoparentale", "autre"],
  occupation: ["propriétaire", "HLM", "autre locataire", "logé gratuitement"],
  age: ["0-14 ans", "15-24 ans", "25-39 ans", "40-59 ans", "60 ans et plus"],
  emploi: ["en emploi", "autre situation"],
};

/** Who lives in each neighbourhood: households by type and tenure, persons by age and employment, census estimates with decimals. */
export const profilQpvContract: Contract = {
  id: "profil-qpv",
  title: "Ménages et habitants des quartiers par type, statut d'occupation, âge et emploi",
  publisher: "Insee, recensement (extraction d'un partenaire)",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/2500477",
  geography: "QPV 2015",
  unit: "quartier, variable et modalité",
  access: "partner",
  files: ["profil-qpv/profil_qpv.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    {
      name: "variable",
      type: "text",
      label: "Variable (type et occupation comptent des ménages, age et emploi des personnes)",
      required: true,
      values: Object.keys(profilModalities),
    },
    {
      name: "modalite",
      type: "text",
      label: "Modalité de la variable",
      required: true,
      values: Object.values(profilModalities).flat(),
    },
    {
      name: "effectif",
      type: "number",
      label: "Ménages ou personnes",
      unit: "ménages ou personnes",
      range: [0, 500_000],
      missing: { s: "s" },
    },
  ],
  key: ["code_qp", "variable", "modalite"],
  published: false,
  secrecy: { unit: "ménage", minUnits: 11, statedBy: "Insee, revenus des quartiers : 11 ménages au moins" },
  notes: [
    "Type du ménage : « autre » réunit les ménages où vit quelqu'un qui n'est ni la personne de référence, ni son conjoint, ni un enfant. Un enfant l'est à tout âge, tant qu'il vit avec un parent.",
    "Emploi : personnes de 15 à 64 ans. « Autre situation » : chômage, études, retraite, foyer.",
    "Les ménages par type et par statut s'ajoutent à ceux de menages-qpv, les personnes par âge à la population municipale. Les effectifs de deux variables ne s'additionnent pas.",
  ],
};
