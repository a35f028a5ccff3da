import { estimate, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";
import { censusSecrecy } from "./secrecy-rules.ts";

const ages: readonly (readonly [code: string, label: string])[] = [
  ["0002", "0 à 2 ans"],
  ["0305", "3 à 5 ans"],
  ["0610", "6 à 10 ans"],
  ["1117", "11 à 17 ans"],
  ["1824", "18 à 24 ans"],
  ["2539", "25 à 39 ans"],
  ["4054", "40 à 54 ans"],
  ["5564", "55 à 64 ans"],
  ["6579", "65 à 79 ans"],
  ["80P", "80 ans et plus"],
];

const counts: readonly (readonly [name: string, label: string])[] = [
  ["POP", "Population"],
  ...ages.map(([code, label]) => [`POP${code}`, `Population de ${label}`] as const),
  ["POPH", "Hommes"],
  ["POPF", "Femmes"],
  ["POP_ETR", "Étrangers"],
];

const columns: readonly ColumnContract[] = counts.map(([name, label]) =>
  estimate(name, label, "personnes", 100_000, { from: `P19_${name}` }),
);

/** Population by IRIS and age: the base from which small areas are built. */
export const rpPopulationIrisContract: Contract = {
  id: "rp-population-iris",
  title: "Recensement, population par IRIS",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/6543200",
  geography: "IRIS 2021",
  geographies: { iris: 2021, commune: 2021, departement: 2021 },
  unit: "IRIS",
  access: "public",
  files: ["rp-iris/base-ic-evol-struct-pop-2019.CSV", "rp-iris/base-ic-evol-struct-pop-2019_csv.zip"],
  member: "base-ic-evol-struct-pop-2019.CSV",
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    required("code_iris", "iris", "Code de l'IRIS", { from: "IRIS" }),
    required("code_commune", "commune", "Code de la commune", { from: "COM" }),
    text("nom_iris", "IRIS", { from: "LIBIRIS" }),
    text("type_iris", "Type\u00a0: habitat (H), activité (A), divers (D), sans IRIS (Z)", {
      from: "TYP_IRIS",
      values: ["H", "A", "D", "Z"],
    }),
    ...columns,
  ],
  key: ["code_iris"],
  published: true,
  secrecy: censusSecrecy,
  editions: [
    {
      vintage: "2018",
      url: "https://www.insee.fr/fr/statistiques/5650720",
      files: ["rp-iris/base-ic-evol-struct-pop-2018_csv.zip", "rp-iris/base-ic-evol-struct-pop-2018.CSV"],
      member: "base-ic-evol-struct-pop-2018.CSV",
      geographies: { iris: 2020, commune: 2020, departement: 2020 },
      retrieval: {
        via: "file",
        url: "https://www.insee.fr/fr/statistiques/fichier/5650720/base-ic-evol-struct-pop-2018_csv.zip",
        to: "rp-iris/base-ic-evol-struct-pop-2018_csv.zip",
      },
      names: Object.fromEntries(counts.map(([name]) => [name, `P18_${name}`])),
    },
  ],
  notes: [
    "Estimations pondérées, avec des décimales. Une commune sans IRIS est une ligne au code suivi de 0000, de type Z.",
    "MODIF_IRIS signale un IRIS redécoupé depuis l'édition précédente\u00a0: deux éditions ne se comparent pas sans lui.",
    "Page de 2019 et colonnes (relevées dans des usages publics) non vérifiées\u00a0; adresse de 2018 vue servie chez un utilisateur.",
  ],
};
