import { bpeIrisContract } from "./bpe-iris.ts";
import { bpeXyContract } from "./bpe-xy.ts";
import type { ColumnContract, Contract } from "./contract.ts";

const of2021 = (column: ColumnContract): ColumnContract =>
  column.name === "AN" ? { ...column, range: [2021, 2021] } : column;

const newCodes =
  "Les codes ont changé depuis 2018 (bibliothèques, musées, théâtres)\u00a0: table datée des codes à part.";

/** Facilities by IRIS, 2021. */
export const bpeIris2021Contract: Contract = {
  ...bpeIrisContract,
  id: "bpe-iris-2021",
  title: "Base permanente des équipements, par IRIS, 2021",
  vintage: "2021",
  url: "https://www.insee.fr/fr/statistiques/3568629",
  geography: "IRIS et communes, 2021",
  geographies: { commune: 2021, iris: 2021, departement: 2021 },
  files: ["bpe-iris/bpe21_ensemble_csv.zip", "bpe-iris/bpe21_ensemble.csv"],
  member: "bpe21_ensemble.csv",
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/3568629/bpe21_ensemble_csv.zip",
    md5: "707b7668c2a18745f5fa1bd0a41a633d",
    to: "bpe-iris/bpe21_ensemble_csv.zip",
  },
  megabytes: 6,
  csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
  columns: bpeIrisContract.columns.map(of2021),
  notes: [...(bpeIrisContract.notes ?? []), newCodes, "Colonnes supposées celles de 2018, non vérifiées."],
};

/** Facilities one by one with coordinates, 2021. */
export const bpeXy2021Contract: Contract = {
  ...bpeXyContract,
  id: "bpe-xy-2021",
  title: "Base permanente des équipements, géolocalisée, 2021",
  vintage: "2021",
  url: "https://www.insee.fr/fr/statistiques/3568638",
  geography: "points, communes 2021",
  geographies: { commune: 2021, iris: 2021, departement: 2021 },
  files: ["bpe-xy/bpe21_ensemble_xy_csv.zip", "bpe-xy/bpe21_ensemble_xy.csv"],
  member: "bpe21_ensemble_xy.csv",
  retrieval: {
    via: "file",
    url: "https://www.insee.fr/fr/statistiques/fichier/3568638/bpe21_ensemble_xy_csv.zip",
    to: "bpe-xy/bpe21_ensemble_xy_csv.zip",
  },
  columns: bpeXyContract.columns
    .filter(({ name }) => !["LONGITUDE", "LATITUDE", "NBSALLES", "MULTIPLEXE"].includes(name))
    .map(of2021),
  notes: [
    ...(bpeXyContract.notes ?? []),
    newCodes,
    "Coordonnées Lambert seules\u00a0; salles et multiplexes dans d'autres fichiers. Membre d'archive et colonnes non vérifiés.",
  ],
};
