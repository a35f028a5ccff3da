import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const dataset = "quartiers-prioritaires-de-la-politique-de-la-ville-qpv";

/** Perimeters of the priority neighbourhoods of 2024: 1 609 with the overseas ones of 2025. */
export const qpvPerimetres2024Contract: Contract = {
  id: "qpv-perimetres-2024",
  title: "Périmètres des quartiers prioritaires de 2024",
  publisher: "ANCT (SIG Ville)",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: `https://www.data.gouv.fr/fr/datasets/${dataset}/`,
  geography: "QPV 2024",
  geographies: { qpv: 2024 },
  unit: "quartier",
  access: "public",
  files: ["qpv-perimetres-2024/qp2024.zip", "qpv-perimetres-2024/qp2024.geojson"],
  member: "GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson",
  retrieval: {
    via: "data.gouv",
    dataset,
    resource: "942d4ee8-8142-4556-8ea1-335537ce1119",
    to: "qpv-perimetres-2024/qp2024.zip",
  },
  format: "geojson",
  columns: [
    required("code_qp", "qpv2024", "Code du quartier"),
    required("lib_qp", "text", "Quartier"),
    required("insee_com", "text", "Codes des communes, séparés par une virgule ou un point-virgule", {
      pattern: { regex: "\\w{5}([,;] ?\\w{5})*", expected: "un ou plusieurs codes de commune, comme 44109;44162" },
    }),
    text("lib_com", "Communes"),
  ],
  key: ["code_qp"],
  published: true,
  secrecy: noSecrecy,
  editions: [
    {
      vintage: "2024, Lambert-93 (hexagone)",
      files: ["qpv-perimetres-2024/qp2024-shp.zip"],
      member: "SHP/QP2024_France_hexagonale_LB93.shp",
      format: "shapefile",
    },
    {
      vintage: "2024, GeoPackage",
      files: ["qpv-perimetres-2024/QP2024_France_Hexagonale_Outre_Mer_WGS84.gpkg"],
      format: "geopackage",
    },
  ],
  notes: [
    "Décrets 2023-1314 (hexagone) et 2024-806, complétés outre-mer en 2025\u00a0: le nombre de quartiers dépend de la date du fichier.",
    "Un quartier peut s'étendre sur plusieurs communes\u00a0: insee_com en porte alors plusieurs.",
    "La lettre qui finit le code (M, I, N ou C) n'a pas de sens vérifié. Un code de 2015 et un code de 2024 qui se ressemblent ne disent pas le même périmètre.",
    "L'archive tient aussi les couches Shapefile, dont une par territoire d'outre-mer et par projection\u00a0; elles ne sont pas lues ici. Les colonnes insee_dep, insee_reg et siren_epci, selon les versions, sont ignorées.",
    "Une seconde copie de l'archive, nommée qp2024-shp.zip, sert l'édition en Lambert-93.",
  ],
};
