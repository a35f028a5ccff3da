import { measure, percent, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";
import { taxIncomeSecrecy } from "./secrecy-rules.ts";

const signs = { s: "s", ns: "ns", nd: "nd" } as const;
const of2021 = (column: ColumnContract): ColumnContract => ({
  ...column,
  from: `DISP_${column.name}_A21`,
  missing: signs,
});

const incomes: readonly ColumnContract[] = [
  measure("MED", "Niveau de vie médian", "EUR/an", [0, 200_000]),
  measure("D1", "Premier décile du niveau de vie", "EUR/an", [0, 200_000]),
  measure("D9", "Neuvième décile du niveau de vie", "EUR/an", [0, 500_000]),
  measure("RD", "Rapport interdécile D9/D1", "", [1, 50]),
  percent("TP60", "Taux de pauvreté à 60 % de la médiane"),
  percent("PPSOC", "Part des prestations sociales dans le revenu disponible"),
].map(of2021);

const common = {
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  unit: "quartier",
  access: "public",
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  key: ["code_qp"],
  published: true,
  secrecy: taxIncomeSecrecy,
} as const;

const notes = [
  "Fichier non lu\u00a0: noms d'archive et de colonnes vus chez des utilisateurs\u00a0; clé, séparateur décimal et signes à vérifier à la première lecture.",
  "L'Insee publie les deux générations\u00a0: la même grandeur sur 2015 et sur 2024 révèle, par différence, la zone qui les sépare. Une seule des deux par livre.",
];

/** Incomes of 2021 on the perimeters of 2015. */
export const inseeQpvRevenus2021Contract: Contract = {
  ...common,
  id: "insee-qpv-revenus-2021",
  title: "Revenus et pauvreté des quartiers prioritaires en 2021, génération 2015",
  url: "https://www.insee.fr/fr/statistiques/8243026",
  geography: "QPV 2015",
  geographies: { qpv: 2015 },
  files: ["insee-qpv/revenus_pauvrete_2021_qp15_csv.zip"],
  member: "*revenu-disponible-qp15-2021_QP.csv",
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/8243026/revenus_pauvrete_2021_qp15_csv.zip",
    to: "insee-qpv/revenus_pauvrete_2021_qp15_csv.zip",
  },
  columns: [
    required("code_qp", "qpv2015", "Code du quartier", { from: "CODGEO" }),
    text("nom_qp", "Quartier", { from: "LIBGEO" }),
    ...incomes,
  ],
  notes,
};

/** Incomes of 2021 on the perimeters of 2024. */
export const inseeQpv2024Revenus2021Contract: Contract = {
  ...common,
  id: "insee-qpv2024-revenus-2021",
  title: "Revenus et pauvreté des quartiers prioritaires en 2021, génération 2024",
  url: "https://www.insee.fr/fr/statistiques/8243167",
  geography: "QPV 2024",
  geographies: { qpv: 2024 },
  files: ["insee-qpv/revenus_pauvrete_2021_qp24_v2_csv.zip"],
  member: "*revenu-disponible-qp24-2021_QP.csv",
  columns: [
    required("code_qp", "qpv2024", "Code du quartier", { from: "CODGEO" }),
    text("nom_qp", "Quartier", { from: "LIBGEO" }),
    ...incomes,
  ],
  notes,
};
