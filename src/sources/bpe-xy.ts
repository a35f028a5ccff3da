import { type Contract, noSecrecy } from "./contract.ts";

/** Facilities one by one, with coordinates: Base permanente des équipements, 2023. */
export const bpeXyContract: Contract = {
  id: "bpe-xy",
  title: "Base permanente des équipements, géolocalisée",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2023",
  url: "https://www.insee.fr/fr/statistiques/8217525",
  geography: "points, communes 2023",
  files: ["bpe-xy/bpe23.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    { name: "AN", type: "integer", label: "Année", unit: "", required: true, range: [2023, 2023] },
    { name: "DEP", type: "departement", label: "Département", required: true },
    { name: "REG", type: "text", label: "Région", required: true },
    { name: "DEPCOM", type: "commune", label: "Commune", required: true, knownTo: "communes" },
    { name: "DCIRIS", type: "dciris", label: "IRIS, ou commune sans IRIS" },
    { name: "TYPEQU", type: "text", label: "Type d'équipement", required: true },
    { name: "LAMBERT_X", type: "number", label: "Abscisse Lambert-93", unit: "m", range: [-1_000_000, 2_000_000] },
    { name: "LAMBERT_Y", type: "number", label: "Ordonnée Lambert-93", unit: "m", range: [5_000_000, 8_000_000] },
    { name: "LONGITUDE", type: "number", label: "Longitude", unit: "degrés", range: [-180, 180] },
    { name: "LATITUDE", type: "number", label: "Latitude", unit: "degrés", range: [-90, 90] },
    { name: "QUALITE_XY", type: "text", label: "Qualité de la localisation" },
    { name: "NBSALLES", type: "integer", label: "Salles (cinémas)", unit: "salles", summable: true, range: [0, 100] },
    { name: "MULTIPLEXE", type: "integer", label: "Multiplexe (1) ou non (0)", unit: "", range: [0, 1] },
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
  notes: ["Un équipement mal localisé est au centre de sa commune ; certains n'ont pas de coordonnées : nd."],
};
