import { measure, required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const gps = "coordonnees_gps_lat_lon";

/** Cultural places and facilities of the ministry: archives, libraries, cinemas, museums, stages, heritage... */
export const basilicContract: Contract = {
  id: "basilic",
  title: "Base des lieux et des équipements culturels (Basilic)",
  publisher: "Ministère de la Culture (DEPS)",
  licence: "Licence Ouverte 2.0",
  vintage: "mise à jour annuelle",
  url: "https://data.culture.gouv.fr/explore/dataset/base-des-lieux-et-des-equipements-culturels/",
  geography: "points\u00a0; communes, année non dite",
  unit: "lieu culturel",
  access: "public",
  files: ["basilic/basilic.csv"],
  retrieval: {
    via: "opendatasoft",
    portal: "https://data.culture.gouv.fr",
    dataset: "base-des-lieux-et-des-equipements-culturels",
    format: "csv",
    to: "basilic/basilic.csv",
  },
  megabytes: 60,
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    text("nom", "Nom du lieu"),
    required("type_equipement_ou_lieu", "text", "Type d'équipement ou de lieu"),
    required("domaine", "text", "Domaine"),
    text("sous_domaines", "Sous-domaine"),
    text("fonction_1", "Fonction"),
    text("label_et_appellation", "Label et appellation"),
    text("precision_equipement", "Précision sur l'équipement"),
    text("region", "Région"),
    text("departement", "Nom du département"),
    text("n_departement", "Département"),
    text("code_commune", "Commune ou arrondissement municipal", { from: "code_insee_arrondt" }),
    measure("lat", "Latitude", "degrés", [-90, 90], { from: gps, part: { separator: ",", index: 0 } }),
    measure("lon", "Longitude", "degrés", [-180, 180], { from: gps, part: { separator: ",", index: 1 } }),
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "L'interface répond au plus 100 lignes par page\u00a0: l'export complet est le seul chemin sûr.",
    "Un lieu peut y revenir sous plusieurs types\u00a0; des lieux n'ont pas de coordonnées (nd). Le monument historique y domine\u00a0: filtrer le domaine avant de compter une offre.",
    "Fichier non lu ici\u00a0: colonnes d'après le portail, encodage et complétude à vérifier à la première lecture.",
  ],
};
