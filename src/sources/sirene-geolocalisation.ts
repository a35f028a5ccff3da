import { measure, required, text } from "./columns.ts";
import type { Contract } from "./contract.ts";
import { establishmentSecrecy } from "./secrecy-rules.ts";

const dataset = "geolocalisation-des-etablissements-du-repertoire-sirene-pour-les-etudes-statistiques";
const file = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8";

/** Coordinates of the establishments, with the neighbourhood and the IRIS where they fall. */
export const sireneGeolocalisationContract: Contract = {
  id: "sirene-geolocalisation",
  title: "Base Sirene, géolocalisation des établissements",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "stock mensuel",
  url: `https://www.data.gouv.fr/fr/datasets/${dataset}/`,
  geography: "points\u00a0; QPV 2015 et 2024\u00a0; communes 2021",
  geographies: { commune: 2021, iris: 2021 },
  unit: "établissement",
  access: "public",
  files: [`sirene/${file}.parquet`],
  retrieval: { via: "data.gouv", dataset, titled: `${file}.parquet`, to: `sirene/${file}.parquet` },
  megabytes: 810,
  format: "parquet",
  columns: [
    required("siret", "siret", "SIRET de l'établissement"),
    measure("x", "Abscisse dans la projection du territoire", "m", [-1_000_000, 2_000_000]),
    measure("y", "Ordonnée dans la projection du territoire", "m", [-10_000_000, 10_000_000]),
    text("qualite_xy", "Qualité de la localisation"),
    text("epsg", "Projection de x et y (2154 en métropole)"),
    text("code_commune", "Commune du point", { from: "plg_code_commune" }),
    text("code_qp_2024", "Quartier de 2024 où tombe le point, ou CSZ hors quartier", { from: "plg_qp24" }),
    text("code_qp_2015", "Quartier de 2015 où tombe le point, ou CSZ hors quartier", { from: "plg_qp15" }),
    text("code_iris", "IRIS du point", { from: "plg_iris" }),
    measure("distance_precision", "Précision de la localisation", "m", [0, 1_000_000]),
    measure("lat", "Latitude", "degrés", [-90, 90], { from: "y_latitude" }),
    measure("lon", "Longitude", "degrés", [-180, 180], { from: "x_longitude" }),
  ],
  key: ["siret"],
  published: true,
  secrecy: establishmentSecrecy,
  editions: [
    {
      vintage: "stock mensuel, CSV",
      files: [`sirene/${file}.zip`, `sirene/${file}.csv`],
      member: `${file}.csv`,
      format: "csv",
      csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
    },
  ],
  notes: [
    "Sans activité ni nom\u00a0: à joindre au stock par le SIRET. Environ 38 millions de lignes, plus petit que le stock\u00a0; compter les établissements sans point.",
    "Les deux générations de quartiers y sont côte à côte\u00a0: n'en publier qu'une, sous peine de révéler la zone qui les sépare.",
    "x et y sont dans la projection dite par epsg\u00a0: 2154 en métropole, une zone UTM par territoire outre-mer.",
    "Colonnes vues chez des utilisateurs (19 publiées)\u00a0; code «\u00a0hors quartier\u00a0» (CSZ) et année des zonages (2021) non vérifiés.",
  ],
};
