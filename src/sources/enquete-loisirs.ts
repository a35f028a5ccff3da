import type { ColumnContract, Contract } from "./contract.ts";

const notAsked = { NA: "nd" } as const;
const yesNo = (name: string, label: string): ColumnContract => ({
  name,
  type: "text",
  label,
  values: ["Oui", "Non"],
  missing: notAsked,
});
const choice = (name: string, label: string): ColumnContract => ({ name, type: "text", label, missing: notAsked });

/** 2 000 respondents of the survey « Histoire de vie » of 2003, with their weights. */
export const enqueteLoisirsContract: Contract = {
  id: "enquete-loisirs",
  title: "Enquête Histoire de vie, échantillon de 2 000 personnes",
  publisher: "Insee (extrait de l'extension questionr)",
  licence: "Insee ; extension GPL 2 ou suivante",
  vintage: "2003",
  url: "https://juba.github.io/questionr/reference/hdv2003.html",
  geography: "France métropolitaine",
  unit: "personne enquêtée",
  access: "public",
  files: ["insee_enquetes_loisirs/hdv2003.csv", "enquete-loisirs/hdv2003.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    { name: "id", type: "integer", label: "Numéro de la personne", unit: "", required: true },
    { name: "age", type: "integer", label: "Âge", unit: "années", required: true, range: [14, 120] },
    { name: "sexe", type: "text", label: "Sexe", required: true, values: ["Femme", "Homme"] },
    choice("nivetud", "Niveau d'études"),
    {
      name: "poids",
      type: "number",
      label: "Poids de sondage",
      unit: "personnes",
      required: true,
      range: [0, 1_000_000],
    },
    choice("occup", "Occupation"),
    choice("qualif", "Qualification"),
    {
      name: "freres.soeurs",
      type: "integer",
      label: "Frères et sœurs",
      unit: "personnes",
      range: [0, 60],
      missing: notAsked,
    },
    choice("clso", "Sentiment d'appartenir à une classe sociale"),
    choice("relig", "Religion"),
    choice("trav.imp", "Importance du travail"),
    choice("trav.satisf", "Satisfaction au travail"),
    yesNo("hard.rock", "Écoute du hard rock"),
    yesNo("lecture.bd", "Lit des bandes dessinées"),
    yesNo("peche.chasse", "Pêche ou chasse"),
    yesNo("cuisine", "Cuisine par plaisir"),
    yesNo("bricol", "Bricole"),
    yesNo("cinema", "Est allé au cinéma dans l'année"),
    yesNo("sport", "A fait du sport dans l'année"),
    {
      name: "heures.tv",
      type: "number",
      label: "Télévision par jour",
      unit: "heures",
      range: [0, 24],
      missing: notAsked,
    },
  ],
  key: ["id"],
  quasiIdentifiers: ["age", "sexe", "nivetud", "occup", "qualif", "freres.soeurs"],
  published: true,
  secrecy: { unit: "enquêté", minUnits: 11, statedBy: "seuil non publié : le plus strict connu (11)" },
  notes: [
    "Un enquêté par ligne, sans lieu : on n'y compte pas d'habitants de quartier.",
    "Les libellés ont perdu leurs accents. Les plans de sondage (strates, grappes) ne sont pas dans l'extrait.",
  ],
};
