import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const dataset = "quartiers-prioritaires-de-la-politique-de-la-ville-qpv";

/** Perimeters of the priority neighbourhoods of 2015, whole country, under the publisher's upper-case names. */
export const qpvPerimetres2015Contract: Contract = {
  id: "qpv-perimetres-2015",
  title: "Périmètres des quartiers prioritaires de 2015, France entière",
  publisher: "ANCT (SIG Ville)",
  licence: "Licence Ouverte 2.0",
  vintage: "2015",
  url: `https://www.data.gouv.fr/fr/datasets/${dataset}/`,
  geography: "QPV 2015",
  geographies: { qpv: 2015 },
  unit: "quartier",
  access: "public",
  files: ["qpv-perimetres-2015/qp-politiquedelaville-shp.zip"],
  member: "*QP_METROPOLEOUTREMER_WGS84_EPSG4326.shp",
  retrieval: {
    via: "data.gouv",
    dataset,
    titled: "qp-politiquedelaville-shp",
    to: "qpv-perimetres-2015/qp-politiquedelaville-shp.zip",
  },
  format: "shapefile",
  epsg: 4326,
  columns: [
    required("code_qp", "qpv2015", "Code du quartier", { from: "CODE_QP" }),
    required("nom_qp", "text", "Quartier", { from: "NOM_QP" }),
    text("commune_qp", "Communes", { from: "COMMUNE_QP" }),
  ],
  key: ["code_qp"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Décret 2014-1750 modifié par le décret 2015-1138\u00a0: 1 514 quartiers annoncés, nombre non recompté ici.",
    "Noms de colonnes en capitales\u00a0: ceux du fichier d'Occitanie, en minuscules, viennent d'une autre édition (source qpv-perimetres).",
    "Ces périmètres ne se croisent pas avec ceux de 2024 par leur code\u00a0: il faut mesurer le recouvrement.",
  ],
};
