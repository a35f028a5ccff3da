import { count, required, text } from "./columns.ts";
import type { Contract } from "./contract.ts";

const dataset = "dares_defm_stock_departement";

/** Job seekers at the end of the quarter by département, rounded to hundreds. */
export const daresDemandeursEmploiContract: Contract = {
  id: "dares-demandeurs-emploi",
  title: "Demandeurs d'emploi par département, chaque trimestre",
  publisher: "Dares, France Travail",
  licence: "Licence Ouverte 2.0",
  vintage: "série trimestrielle",
  url: "https://data.dares.travail-emploi.gouv.fr",
  geography: "départements",
  geographies: { departement: 2023 },
  unit: "département, trimestre et groupe",
  access: "public",
  files: ["dares/demandeurs_emploi_departements.csv"],
  retrieval: {
    via: "opendatasoft",
    portal: "https://data.dares.travail-emploi.gouv.fr",
    dataset,
    format: "csv",
    to: "dares/demandeurs_emploi_departements.csv",
  },
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    required("date", "text", "Trimestre"),
    required("code_departement", "departement", "Département"),
    text("categorie", "Catégorie (A, B, C…)"),
    text("sexe", "Sexe"),
    text("tranche_age", "Tranche d'âge"),
    count("nombre", "Demandeurs d'emploi en fin de mois", "personnes", 1_000_000, { missing: { "": "s" } }),
  ],
  key: [],
  published: true,
  secrecy: {
    unit: "demandeur d'emploi",
    minUnits: 5,
    statedBy:
      "Dares\u00a0: données arrondies à la centaine\u00a0; règle en effectif non lue, celle des quartiers (5) par défaut",
  },
  notes: [
    "Identifiant du jeu et noms des colonnes NON VÉRIFIÉS\u00a0: à relever sur le portail avant le premier téléchargement. Un autre en-tête sera refusé.",
    "Chiffres arrondis à la centaine\u00a0: la somme des départements n'est pas le total, et une différence d'une centaine ne veut rien dire.",
    "Explore v2.1\u00a0: l'export, et non les pages de 100 lignes.",
  ],
};
