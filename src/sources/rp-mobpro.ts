import { measure, required, text } from "./columns.ts";
import type { Contract, Edition } from "./contract.ts";
import { censusSecrecy } from "./secrecy-rules.ts";

const file = (page: string, name: string): string => `https://www.insee.fr/fr/statistiques/fichier/${page}/${name}`;

const archive = (vintage: string, page: string, md5: string): Edition => ({
  vintage,
  url: `https://www.insee.fr/fr/statistiques/${page}`,
  files: [`rp-mobpro/RP${vintage}_mobpro_csv.zip`, `rp-mobpro/FD_MOBPRO_${vintage}.csv`],
  member: `FD_MOBPRO_${vintage}.csv`,
  geographies: { commune: Number(vintage) + 2 },
  retrieval: {
    via: "file",
    url: file(page, `RP${vintage}_mobpro_csv.zip`),
    md5,
    to: `rp-mobpro/RP${vintage}_mobpro_csv.zip`,
  },
});

/** Journeys from home to work, one employed person a row, commune to commune. */
export const rpMobproContract: Contract = {
  id: "rp-mobpro",
  title: "Recensement, mobilités professionnelles",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/6456056",
  geography: "communes, COG 2021",
  geographies: { commune: 2021 },
  unit: "actif occupé recensé (pondéré)",
  access: "public",
  files: ["rp-mobpro/RP2019_mobpro_csv.zip", "rp-mobpro/FD_MOBPRO_2019.csv"],
  member: "FD_MOBPRO_2019.csv",
  retrieval: {
    via: "file",
    url: file("6456056", "RP2019_mobpro_csv.zip"),
    md5: "1a9ccfdadd7af5c6fdcc27a7b8a8fed4",
    to: "rp-mobpro/RP2019_mobpro_csv.zip",
  },
  megabytes: 86,
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    required("COMMUNE", "commune", "Commune de résidence"),
    text("ARM", "Arrondissement municipal de résidence, ou ZZZZZ"),
    required("DCLT", "text", "Commune de travail, ou 99999 à l'étranger"),
    text("DCFLT", "Pays frontalier de travail, ou 99999"),
    text("AGEREVQ", "Âge, par tranches de cinq ans"),
    text("CS1", "Catégorie socioprofessionnelle en 8 postes"),
    text("DIPL_15", "Diplôme le plus élevé"),
    text("EMPL", "Condition d'emploi"),
    text("ILT", "Lieu de travail\u00a0: même commune, département…"),
    measure("IPONDI", "Poids de la personne", "personnes", [0, 1_000], { required: true, summable: true }),
    text("METRODOM", "Métropole ou département d'outre-mer"),
    text("NA5", "Activité économique en 5 postes"),
    text("REGLT", "Région de travail"),
    text("SEXE", "Sexe (1 homme, 2 femme)", { values: ["1", "2"] }),
    text("STAT", "Statut professionnel"),
    text("STOCD", "Statut d'occupation du logement"),
    text("TP", "Temps de travail"),
    text("TRANS", "Moyen de transport"),
    text("TYPL", "Type de logement"),
    text("VOIT", "Nombre de voitures du ménage"),
  ],
  key: [],
  quasiIdentifiers: ["COMMUNE", "DCLT", "AGEREVQ", "SEXE", "DIPL_15", "CS1"],
  published: true,
  secrecy: censusSecrecy,
  editions: [
    {
      vintage: "2021",
      url: "https://www.insee.fr/fr/statistiques/8205896",
      files: ["rp-mobpro/RP2021_mobpro.parquet"],
      format: "parquet",
      geographies: { commune: 2023 },
      retrieval: {
        via: "file",
        url: file("8205896", "RP2021_mobpro.parquet"),
        md5: "8505b978590a1f0ec97d5b28540b8530",
        to: "rp-mobpro/RP2021_mobpro.parquet",
      },
    },
    archive("2018", "5395749", "927f2537dc428f0d36c9c236f86847fa"),
    archive("2017", "4507890", "ea07023c94f96dd898c86f86c4725fb3"),
    archive("2016", "4171531", "f53115d8982424068a73b44e7a6ff6c6"),
  ],
  notes: [
    "86 Mo compressés, 788 Mo ouverts, environ huit millions de lignes\u00a0: lu en flux. Tout compte se pondère par IPONDI.",
    "Un flux entre deux petites communes repose sur quelques personnes\u00a0: l'Insee déconseille l'usage des flux de moins de 200 (non vérifié).",
    "Ce sont des emplois TENUS et le lieu déclaré\u00a0: ni les emplois cherchés, ni une distance parcourue.",
    "Année des communes (N + 2) et séparateur d'en-tête des anciens millésimes non vérifiés.",
  ],
};
