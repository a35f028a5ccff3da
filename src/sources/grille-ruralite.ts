import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Type of rurality of each commune. */
export const grilleRuraliteContract: Contract = {
  id: "grille-ruralite",
  title: "Typologie des ruralités",
  publisher: "ANCT",
  licence: "Licence Ouverte 2.0",
  vintage: "2025",
  url: "https://www.observatoire-des-territoires.gouv.fr",
  geography: "communes, COG 2025",
  geographies: { commune: 2025 },
  unit: "commune",
  access: "public",
  files: ["anct_grilles/ruralite.csv", "grilles/ruralite.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_commune", "commune", "Code de la commune", { from: "insee_com", knownTo: "communes" }),
    required("nom_commune", "text", "Commune", { from: "lib_com" }),
    required("niveau_ruralite", "text", "Type de ruralité", {
      values: [
        " Commune dont le périmètre a changé depuis la réalisation de la typologie",
        " Hors champ : DOM ou commune urbaine",
        " Les petites polarités industrielles et artisanales",
        " Les petites polarités mixtes",
        " Les ruralités productives agricoles",
        " Les ruralités productives ouvrières",
        " Les ruralités résidentielles aisées",
        " Les ruralités résidentielles mixtes",
        " Les ruralités touristiques spécialisées",
        " Les ruralités touristiques à dominante résidentielle",
      ],
    }),
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "34 875 communes du COG 2025 (déduit). Les libellés commencent par un blanc, gardé ici tel qu'il est écrit.",
    "«\u00a0Hors champ\u00a0» réunit les communes urbaines et l'outre-mer\u00a0: ce n'est pas un type de ruralité.",
  ],
};
