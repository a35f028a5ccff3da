import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Density of each commune, in seven levels. */
export const grilleDensiteContract: Contract = {
  id: "grille-densite",
  title: "Grille de densité à sept niveaux",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2025",
  url: "https://www.insee.fr/fr/information/6439600",
  geography: "communes, COG 2025",
  geographies: { commune: 2025 },
  unit: "commune",
  access: "public",
  files: ["anct_grilles/densite.csv", "grilles/densite.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_commune", "commune", "Code de la commune", { from: "insee_com", knownTo: "communes" }),
    required("nom_commune", "text", "Commune", { from: "lib_com" }),
    required("niveau_densite", "text", "Niveau de densité", {
      values: [
        "Bourgs ruraux",
        "Ceintures urbaines",
        "Centres urbains intermédiaires",
        "Grands centres urbains",
        "Petites villes",
        "Rural à habitat dispersé",
        "Rural à habitat très dispersé",
      ],
    }),
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "34 875 communes, toutes du COG 2025 (année déduite de leur nombre). Fichier à marque d'ordre des octets (BOM).",
    "Le producteur publie aussi les trois niveaux agrégés, dont celui-ci se déduit\u00a0: ne pas mêler les deux.",
  ],
};
