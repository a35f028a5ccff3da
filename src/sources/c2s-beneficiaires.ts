import type { Contract } from "./contract.ts";

/** Persons covered by the C2S in each neighbourhood on 1 January: the file that a data clause asks of the Cnam. */
export const c2sBeneficiairesContract: Contract = {
  id: "c2s-beneficiaires",
  title: "Bénéficiaires de la C2S par quartier",
  publisher: "Cnam (fichier d'un partenaire)",
  licence: "convention avec le partenaire, pas de rediffusion",
  vintage: "1er janvier 2021",
  url: "https://www.insee.fr/fr/statistiques/6041315",
  geography: "QPV 2015",
  files: ["c2s-beneficiaires/c2s_qpv.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    { name: "annee", type: "integer", label: "Année", unit: "", required: true, range: [2016, 2100] },
    {
      name: "sans_participation",
      type: "integer",
      label: "Bénéficiaires sans participation",
      unit: "personnes",
      summable: true,
      required: true,
      range: [0, 200_000],
      missing: { s: "s" },
      masked: true,
    },
    {
      name: "avec_participation",
      type: "integer",
      label: "Bénéficiaires avec participation",
      unit: "personnes",
      summable: true,
      required: true,
      range: [0, 200_000],
      missing: { s: "s" },
      masked: true,
    },
  ],
  key: ["code_qp", "annee"],
  published: false,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "seuil non publié : le plus strict connu (11)" },
  notes: [
    "Régime général seul : la MSA et les régimes spéciaux manquent.",
    "La Cnam n'a pas publié de seuil : le contrat du partenaire doit le dire ; d'ici là, 11.",
  ],
};
