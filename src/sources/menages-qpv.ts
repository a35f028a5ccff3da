import type { Contract } from "./contract.ts";

/** Households of each neighbourhood by number of persons (6 means 6 or more), census estimates with decimals. */
export const menagesQpvContract: Contract = {
  id: "menages-qpv",
  title: "Ménages des quartiers par nombre de personnes",
  publisher: "Insee, recensement (extraction d'un partenaire)",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/2500477",
  geography: "QPV 2015",
  unit: "quartier et taille de ménage",
  access: "partner",
  files: ["menages-qpv/menages_qpv.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    {
      name: "taille",
      type: "integer",
      label: "Personnes du ménage (6 : six et plus)",
      unit: "personnes",
      required: true,
      range: [1, 6],
    },
    {
      name: "menages",
      type: "number",
      label: "Ménages",
      unit: "ménages",
      summable: true,
      range: [0, 100_000],
      missing: { s: "s" },
    },
    {
      name: "personnes",
      type: "number",
      label: "Personnes de ces ménages",
      unit: "personnes",
      summable: true,
      range: [0, 500_000],
      missing: { s: "s" },
    },
  ],
  key: ["code_qp", "taille"],
  published: false,
  secrecy: { unit: "ménage", minUnits: 11, statedBy: "Insee, revenus des quartiers : 11 ménages au moins" },
};
