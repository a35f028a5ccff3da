import { type Contract, noSecrecy } from "./contract.ts";

/** Current communes with their population: the reference of commune codes. */
export const communesContract: Contract = {
  id: "communes",
  title: "Code officiel géographique, communes",
  publisher: "Insee, Etalab",
  licence: "Licence Ouverte 2.0",
  vintage: "COG 2026",
  url: "https://www.npmjs.com/package/@etalab/decoupage-administratif",
  geography: "communes, COG 2026",
  geographies: { commune: 2026, departement: 2026 },
  unit: "commune",
  access: "public",
  files: ["communes/communes.json", "npm:@etalab/decoupage-administratif/data/communes.json"],
  retrieval: { via: "npm", package: "@etalab/decoupage-administratif" },
  format: "json",
  json: { where: { type: "commune-actuelle" } },
  columns: [
    { name: "code_commune", from: "code", type: "commune", label: "Code de la commune", required: true },
    { name: "nom_commune", from: "nom", type: "text", label: "Commune", required: true },
    {
      name: "code_departement",
      from: "departement",
      type: "text",
      label: "Département ou collectivité",
      required: true,
    },
    { name: "code_region", from: "region", type: "text", label: "Région", required: true },
    { name: "codes_postaux", from: "codesPostaux", type: "text", label: "Codes postaux, séparés par «\u00a0;\u00a0»" },
    {
      name: "population",
      type: "integer",
      label: "Population municipale",
      unit: "personnes",
      summable: true,
      range: [0, 3_000_000],
    },
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Six communes sans habitants (98xxx) n'ont pas de population\u00a0: nd.",
    "Le fichier mêle communes déléguées, associées et arrondissements municipaux\u00a0: seules les communes actuelles sont lues.",
  ],
};
