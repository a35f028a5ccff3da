import { required, text } from "./columns.ts";
import { type Contract, type Edition, noSecrecy } from "./contract.ts";

const name = (year: number): string => `CONTOURS-IRIS_2-1__SHP__FRA_${year}-01-01`;
const file = (year: number): string => `iris-contours/${name(year)}.7z`;

const edition = (year: number): Edition => ({
  vintage: String(year),
  files: [file(year)],
  geographies: { iris: year, commune: year },
  retrieval: {
    via: "file",
    url: `https://data.geopf.fr/telechargement/download/CONTOURS-IRIS/${name(year)}/${name(year)}.7z`,
    to: file(year),
  },
});

/** Outlines of the IRIS: the pieces of the communes of 10 000 inhabitants and more, and of most of 5 000 and more. */
export const irisContoursContract: Contract = {
  id: "iris-contours",
  title: "Contours des IRIS",
  publisher: "IGN, Insee",
  licence: "Licence Ouverte 2.0",
  url: "https://geoservices.ign.fr/contoursiris",
  geography: "IRIS 2021",
  unit: "IRIS",
  access: "public",
  ...edition(2021),
  member: "*LAMB93_FXX-2021/CONTOURS-IRIS.shp",
  megabytes: 45,
  format: "shapefile",
  epsg: 2154,
  columns: [
    required("code_iris", "iris", "Code de l'IRIS", { from: "CODE_IRIS" }),
    required("code_commune", "commune", "Code de la commune", { from: "INSEE_COM" }),
    text("nom_commune", "Commune", { from: "NOM_COM" }),
    text("nom_iris", "IRIS", { from: "NOM_IRIS" }),
    text("type_iris", "Type\u00a0: habitat (H), activité (A), divers (D), sans IRIS (Z)", {
      from: "TYP_IRIS",
      values: ["H", "A", "D", "Z"],
    }),
  ],
  key: ["code_iris"],
  published: true,
  secrecy: noSecrecy,
  editions: [
    {
      vintage: "2019, GeoJSON",
      files: ["iris-contours/contours-iris.geojson"],
      format: "geojson",
      geographies: { iris: 2019, commune: 2019 },
    },
    { ...edition(2018), member: "*LAMB93_FE-2018/CONTOURS-IRIS.shp" },
    { ...edition(2019), member: "*LAMB93_FXX-2019/CONTOURS-IRIS.shp" },
    { ...edition(2020), member: "*LAMB93_FXX-2020/CONTOURS-IRIS.shp" },
    { ...edition(2022), member: "*LAMB93_FXX-2022/CONTOURS-IRIS.shp" },
  ],
  notes: [
    "Archive 7z qui tient une couche par territoire et par projection\u00a0: celle de l'hexagone (Lambert-93) est lue ici.",
    "Prendre l'édition de l'année des données\u00a0: les IRIS changent chaque année, et la BPE de 2018 ne se joint pas aux contours de 2021.",
    "Adresses relevées chez des utilisateurs\u00a0; nom exact des dossiers de l'archive non vérifié selon l'année (FE, FXX), de même que la taille.",
    "Une commune sans IRIS y est un seul polygone, au code suivi de 0000 et de type Z.",
  ],
};
