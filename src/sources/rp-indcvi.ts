import { measure, required, text } from "./columns.ts";
import type { Contract, Edition } from "./contract.ts";
import { censusSecrecy } from "./secrecy-rules.ts";

const file = (page: string, name: string): string => `https://www.insee.fr/fr/statistiques/fichier/${page}/${name}`;

const archive = (vintage: string, page: string, md5: string): Edition => ({
  vintage,
  url: `https://www.insee.fr/fr/statistiques/${page}`,
  files: [`rp-indcvi/RP${vintage}_INDCVI_csv.zip`, `rp-indcvi/FD_INDCVI_${vintage}.csv`],
  member: `FD_INDCVI_${vintage}.csv`,
  retrieval: {
    via: "file",
    url: file(page, `RP${vintage}_INDCVI_csv.zip`),
    md5,
    to: `rp-indcvi/RP${vintage}_INDCVI_csv.zip`,
  },
});

/** Persons of the census, one by one, placed in their canton-ville or, in large communes, in their IRIS. */
export const rpIndcviContract: Contract = {
  id: "rp-indcvi",
  title: "Recensement, individus localisés au canton-ou-ville",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://www.insee.fr/fr/statistiques/6544333",
  geography: "cantons-villes\u00a0; IRIS dans les grandes communes",
  geographies: { iris: 2021, departement: 2021 },
  unit: "personne recensée (pondérée)",
  access: "public",
  files: ["rp-indcvi/RP2019_INDCVI_csv.zip", "rp-indcvi/FD_INDCVI_2019.csv"],
  member: "FD_INDCVI_2019.csv",
  retrieval: {
    via: "file",
    url: file("6544333", "RP2019_INDCVI_csv.zip"),
    md5: "955f304da406cf945c36c51ab9406476",
    to: "rp-indcvi/RP2019_INDCVI_csv.zip",
  },
  megabytes: 533,
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: [
    required("CANTVILLE", "text", "Canton-ou-ville de résidence"),
    required("NUMMI", "text", "Numéro du ménage dans le canton-ville"),
    text("AGED", "Âge détaillé au dernier anniversaire"),
    text("COUPLE", "Vie en couple (1 oui, 2 non)"),
    text("CS1", "Catégorie socioprofessionnelle en 8 postes"),
    required("DEPT", "departement", "Département de résidence"),
    text("DIPL_15", "Diplôme le plus élevé (15 ans et plus)"),
    text("EMPL", "Condition d'emploi"),
    text("HLML", "Logement HLM"),
    text("ILT", "Lieu de travail\u00a0: même commune, département…"),
    text("IMMI", "Situation quant à l'immigration"),
    text("INPER", "Nombre de personnes du ménage"),
    measure("IPONDI", "Poids de la personne", "personnes", [0, 1_000], { required: true, summable: true }),
    text("IRIS", "IRIS, ou ZZZZZZZZZ hors des grandes communes"),
    text("LPRM", "Lien avec la personne de référence du ménage"),
    text("REGION", "Région de résidence"),
    text("SEXE", "Sexe (1 homme, 2 femme)", { values: ["1", "2"] }),
    text("STOCD", "Statut d'occupation du logement"),
    text("TACT", "Type d'activité"),
    text("TP", "Temps de travail"),
    text("TRANS", "Moyen de transport pour aller travailler"),
    text("TYPL", "Type de logement"),
    text("TYPMR", "Type de ménage"),
    text("VOIT", "Nombre de voitures du ménage"),
  ],
  key: [],
  quasiIdentifiers: ["CANTVILLE", "IRIS", "AGED", "SEXE", "DIPL_15", "CS1", "TYPMR"],
  published: true,
  secrecy: censusSecrecy,
  editions: [
    {
      vintage: "2021",
      url: "https://www.insee.fr/fr/statistiques/8268848",
      files: ["rp-indcvi/RP2021_indcvi.parquet"],
      format: "parquet",
      geographies: { iris: 2023, departement: 2023 },
      retrieval: {
        via: "file",
        url: file("8268848", "RP2021_indcvi.parquet"),
        md5: "d3aaba7549201be1282ef32074eb43e3",
        to: "rp-indcvi/RP2021_indcvi.parquet",
      },
    },
    archive("2020", "7706119", "084e2e337b884d04c92bd6852fb8e772"),
    archive("2018", "5542859", "5fdf46d288349d64021ccc2b92cc3d50"),
    archive("2017", "4802064", "57a56965c680b4d73cca7bc38c3fa0d9"),
    archive("2016", "4229118", "6379c8c0f3a49419d27c4c916ecc5621"),
  ],
  notes: [
    "Environ 530 Mo compressés\u00a0: lu en flux, jamais d'un bloc. Tout compte se pondère par IPONDI.",
    "Fichier individuel\u00a0: âge détaillé, diplôme, profession et type de ménage, croisés dans un IRIS, peuvent distinguer une personne. Ne publier que des agrégats passés par la protection.",
    "L'IRIS n'est donné que dans les grandes communes (ZZZZZZZZZ ailleurs)\u00a0: une somme par IRIS ne couvre pas le territoire.",
    "Colonnes relevées au catalogue de l'Insee pour 2016\u00a0; celles des autres années, l'année des zonages et les codes (X, Z\u00a0: hors champ) ne sont pas vérifiés.",
  ],
};
