import { count, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";

const practices: readonly (readonly [name: string, from: string, label: string])[] = [
  ["lecture", "Reading", "Lecture"],
  ["musique", "Listening music", "Écoute de musique"],
  ["cinema", "Cinema", "Cinéma"],
  ["spectacle", "Show", "Spectacle"],
  ["exposition", "Exhibition", "Exposition"],
  ["ordinateur", "Computer", "Ordinateur"],
  ["sport", "Sport", "Sport"],
  ["marche", "Walking", "Marche"],
  ["voyage", "Travelling", "Voyage"],
  ["instrument", "Playing music", "Pratique d'un instrument"],
  ["collection", "Collecting", "Collection"],
  ["benevolat", "Volunteering", "Bénévolat"],
  ["mecanique", "Mechanic", "Bricolage, mécanique"],
  ["jardinage", "Gardening", "Jardinage"],
  ["tricot", "Knitting", "Tricot"],
  ["cuisine", "Cooking", "Cuisine"],
  ["peche", "Fishing", "Pêche"],
];
const yesNo = ([name, from, label]: readonly [string, string, string]): ColumnContract =>
  required(name, "text", `${label} (1 oui, 0 non)`, { from, values: ["0", "1"] });

/** 8 403 respondents of 2003: seventeen leisure practices, television, sex, age class, marital status, occupation. No weight. */
export const pratiquesLoisirsContract: Contract = {
  id: "pratiques-loisirs",
  title: "Enquête Histoire de vie, loisirs de 8 403 personnes",
  publisher: "Insee (extrait de l'extension FactoMineR)",
  licence: "Insee\u00a0; extension GPL 2 ou suivante",
  vintage: "2003",
  url: "https://rdrr.io/cran/FactoMineR/man/hobbies.html",
  geography: "France métropolitaine",
  unit: "personne enquêtée",
  access: "public",
  files: ["insee_enquetes_loisirs/hobbies.csv", "enquete-loisirs/hobbies.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    ...practices.map(yesNo),
    required("tele", "text", "Télévision, de 0 (jamais) à 4 (tous les jours)", {
      from: "TV",
      values: ["0", "1", "2", "3", "4"],
    }),
    required("sexe", "text", "Sexe", { from: "Sex", values: ["F", "M"] }),
    required("age", "text", "Tranche d'âge", { from: "Age" }),
    required("situation", "text", "Situation conjugale", { from: "Marital status" }),
    text("profession", "Profession", { from: "Profession", missing: { NA: "nd" } }),
    count("activites", "Nombre d'activités déclarées, télévision comprise", "activités", 18, {
      from: "nb.activitees",
      required: true,
    }),
  ],
  key: [],
  quasiIdentifiers: ["sexe", "age", "situation", "profession"],
  published: true,
  secrecy: { unit: "enquêté", minUnits: 11, statedBy: "seuil non publié\u00a0: le plus strict connu (11)" },
  notes: [
    "SANS POIDS DE SONDAGE\u00a0: une part y décrit l'échantillon, jamais la population. Le poids est dans l'autre extrait (source enquete-loisirs), sur d'autres personnes.",
    "Profession absente pour 1 498 personnes, sans que l'inactivité soit distinguée de la non-réponse. Modalités en anglais.",
    "Sens des codes de la télévision d'après la documentation de l'extension, non vérifié à l'Insee.",
  ],
};
