import { type Contract, noSecrecy } from "./contract.ts";

/** Perimeters of the priority neighbourhoods of 2015, with the commune that holds each. */
export const qpvPerimetresContract: Contract = {
  id: "qpv-perimetres",
  title: "Périmètres des quartiers prioritaires",
  publisher: "ANCT",
  licence: "Licence Ouverte 2.0",
  vintage: "décret 2014-1750 modifié",
  url: "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
  geography: "QPV 2015",
  geographies: { qpv: 2015, commune: 2020, departement: 2020 },
  unit: "quartier",
  access: "public",
  files: ["hackaviz2021_qpv_occitanie/qp.geojson", "qpv-perimetres/qp.geojson"],
  format: "geojson",
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    { name: "nom_qp", type: "text", label: "Quartier", required: true },
    { name: "commune_qp", type: "text", label: "Commune principale", required: true },
    {
      name: "code_commune",
      type: "commune",
      label: "Code de la commune principale",
      required: true,
      knownTo: "communes",
    },
    { name: "nom_commune", type: "text", label: "Communes", required: true },
    { name: "code_departement", type: "departement", label: "Département", required: true },
  ],
  key: ["code_qp"],
  published: true,
  secrecy: noSecrecy,
  notes: ["Coordonnées à quatre décimales, soit environ 10 m."],
};
