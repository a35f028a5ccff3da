import { type Contract, noSecrecy } from "./contract.ts";

/** Outlines of the communes that hold the neighbourhoods. */
export const communesContoursContract: Contract = {
  id: "communes-contours",
  title: "Contours des communes des quartiers",
  publisher: "IGN, Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2020",
  url: "https://geoservices.ign.fr/adminexpress",
  geography: "communes qui portent un QPV 2015",
  geographies: { commune: 2020, departement: 2020 },
  unit: "commune",
  access: "public",
  files: ["hackaviz2021_qpv_occitanie/communes.geojson", "communes-contours/communes.geojson"],
  format: "geojson",
  columns: [
    { name: "code_commune", type: "commune", label: "Code de la commune", required: true, knownTo: "communes" },
    { name: "code_departement", type: "departement", label: "Département", required: true },
    { name: "nom_commune", type: "text", label: "Commune", required: true },
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "En Occitanie, Séméac manque\u00a0: ses auteurs le disent.",
    "Année des communes (2020) déduite de la date de l'extrait, non lue.",
  ],
};
