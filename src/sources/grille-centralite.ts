import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Level of centrality of each commune, by its facilities and services. */
export const grilleCentraliteContract: Contract = {
  id: "grille-centralite",
  title: "Niveaux de centralité des communes",
  publisher: "ANCT, Inrae",
  licence: "Licence Ouverte 2.0",
  vintage: "2025",
  url: "https://www.observatoire-des-territoires.gouv.fr",
  geography: "communes, COG 2025",
  geographies: { commune: 2025 },
  unit: "commune",
  access: "public",
  files: ["anct_grilles/centralite.csv", "grilles/centralite.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_commune", "commune", "Code de la commune", { from: "insee_com", knownTo: "communes" }),
    required("nom_commune", "text", "Commune", { from: "lib_com" }),
    text("niveau_centralite", "Niveau de centralité", {
      missing: { " - undefined": "nd" },
      values: [
        "Centre intermédiaire d'équipements et de services",
        "Centre local d'équipements et de services",
        "Centre majeur d'équipements et de services",
        "Centre structurant d'équipements et de services",
        "Communes non centre",
      ],
    }),
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "34 875 communes du COG 2025 (déduit). `- undefined`, précédé d'un blanc, marque une commune sans niveau\u00a0: lu «\u00a0nd\u00a0».",
    "Les niveaux mesurent des équipements, non des habitants.",
  ],
};
