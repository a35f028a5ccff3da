import { type Contract, noSecrecy } from "./contract.ts";

/** Facilities counted by IRIS (or by commune where there is none) and type: Base permanente des équipements, 2018. */
export const bpeIrisContract: Contract = {
  id: "bpe-iris",
  title: "Base permanente des équipements, par IRIS",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2018",
  url: "https://www.insee.fr/fr/statistiques/3568638",
  geography: "IRIS et communes, 2018",
  geographies: { commune: 2018, iris: 2018, departement: 2018 },
  unit: "type d'équipement dans un IRIS",
  access: "public",
  files: ["insee_doremifasoldata/bpe18_ensemble_iris_occitanie.csv", "bpe-iris/bpe18_ensemble_iris.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    { name: "REG", type: "text", label: "Région", required: true },
    { name: "DEP", type: "departement", label: "Département", required: true },
    { name: "DEPCOM", type: "commune", label: "Commune", required: true, knownTo: "communes" },
    { name: "DCIRIS", type: "dciris", label: "IRIS, ou commune sans IRIS", required: true },
    { name: "AN", type: "integer", label: "Année", unit: "", required: true, range: [2018, 2018] },
    { name: "TYPEQU", type: "text", label: "Type d'équipement", required: true },
    {
      name: "NB_EQUIP",
      type: "integer",
      label: "Équipements",
      unit: "équipements",
      summable: true,
      range: [1, 100_000],
      missing: { NA: "nd" },
    },
  ],
  key: ["DCIRIS", "TYPEQU"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "DCIRIS est un IRIS (avec ou sans « _ ») ou, sans IRIS, la commune ; il est rendu sans « _ ».",
    "Aucune coordonnée : un équipement n'est connu qu'à l'IRIS ou à la commune.",
  ],
};
