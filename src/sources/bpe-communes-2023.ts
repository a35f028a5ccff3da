import { count, required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Facilities counted by type and area in the statistical exchange layout (SDMX), 2023. */
export const bpeCommunes2023Contract: Contract = {
  id: "bpe-communes-2023",
  title: "Base permanente des équipements, comptes par territoire",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2023",
  url: "https://www.insee.fr/fr/statistiques/8217527",
  geography: "communes, COG 2024, et niveaux supérieurs",
  geographies: { commune: 2024 },
  unit: "type d'équipement dans un territoire",
  access: "public",
  files: ["bpe-communes/DS_BPE_CSV_FR.zip"],
  member: "DS_BPE_data.csv",
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/8217527/DS_BPE_CSV_FR.zip",
    md5: "a92e159ee1e45a45798502b78fbb0a10",
    to: "bpe-communes/DS_BPE_CSV_FR.zip",
  },
  megabytes: 8,
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "." },
  columns: [
    text("BPE_MEASURE", "Mesure"),
    required("FACILITY_DOM", "text", "Domaine"),
    required("FACILITY_SDOM", "text", "Sous-domaine"),
    required("FACILITY_TYPE", "text", "Type d'équipement"),
    required("GEO", "text", "Code du territoire"),
    required("GEO_OBJECT", "text", "Niveau du territoire\u00a0: COM, DEP, REG…"),
    required("TIME_PERIOD", "integer", "Année", { unit: "", range: [2023, 2023] }),
    count("OBS_VALUE", "Équipements", "équipements", 1_000_000),
  ],
  key: ["FACILITY_DOM", "FACILITY_SDOM", "FACILITY_TYPE", "GEO", "GEO_OBJECT", "TIME_PERIOD", "BPE_MEASURE"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Plusieurs niveaux dans un même fichier, et des totaux (_T) parmi les types et les domaines\u00a0: filtrer GEO_OBJECT et FACILITY_TYPE avant toute somme.",
    "Colonnes et adresse d'après le catalogue de l'Insee\u00a0; année des communes et clé non vérifiées sur le fichier.",
  ],
};
