import { type Contract, noSecrecy } from "./contract.ts";

/** Outlines of the départements, simplified: a background, never a measure. */
export const departementsContoursContract: Contract = {
  id: "departements-contours",
  title: "Contours des départements",
  publisher: "IGN (Admin Express)",
  licence: "Licence Ouverte 2.0",
  vintage: "COG 2018",
  url: "https://github.com/gregoiredavid/france-geojson",
  geography: "départements, COG 2018",
  geographies: { departement: 2018 },
  unit: "département",
  access: "public",
  files: ["contours_communes_2018/departements-occitanie.geojson", "departements-contours/departements.geojson"],
  format: "geojson",
  columns: [
    { name: "code", type: "departement", label: "Code du département", required: true },
    { name: "nom", type: "text", label: "Département", required: true },
  ],
  key: ["code"],
  published: true,
  secrecy: noSecrecy,
  notes: ["Simplifiés au quart de leurs points\u00a0: un fond de carte, jamais une mesure."],
};
