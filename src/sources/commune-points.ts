import { type Contract, noSecrecy } from "./contract.ts";

/** A point for each commune, from the postal codes; several rows a commune. */
export const communePointsContract: Contract = {
  id: "commune-points",
  title: "Base officielle des codes postaux",
  publisher: "La Poste",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/",
  geography: "communes, lieux-dits de distribution",
  unit: "commune et code postal",
  access: "public",
  files: ["rome_emploi/laposte_hexasmal.csv", "points-communes/laposte_hexasmal.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: ["Ligne_5"] },
  columns: [
    { name: "code_commune", from: "Code_commune_INSEE", type: "commune", label: "Code de la commune", required: true },
    { name: "nom_commune", from: "Nom_commune", type: "text", label: "Commune, en capitales", required: true },
    { name: "code_postal", from: "Code_postal", type: "text", label: "Code postal", required: true },
    {
      name: "libelle_acheminement",
      from: "Libelle_acheminement",
      type: "text",
      label: "Libellé d'acheminement",
      required: true,
    },
    {
      name: "lat",
      from: "coordonnees_gps",
      part: { separator: ",", index: 0 },
      type: "number",
      label: "Latitude",
      unit: "degrés",
      range: [-90, 90],
    },
    {
      name: "lon",
      from: "coordonnees_gps",
      part: { separator: ",", index: 1 },
      type: "number",
      label: "Longitude",
      unit: "degrés",
      range: [-180, 180],
    },
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Plusieurs lignes par commune : une par code postal et par lieu-dit, toutes au même point.",
    "Le millésime n'est pas écrit dans le fichier : 2019 est déduit de ses communes, non vérifié.",
  ],
};
