import { count, required, text } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";

const persons = (name: string, from: string, label: string): ColumnContract =>
  count(name, label, "personnes", 5_000_000, { from, missing: { "": "nd", s: "s", ns: "ns", nd: "nd" } });

/** Persons covered by the general scheme and by the C2S: neighbourhoods, IRIS, communes and their EPCI, each 1 January. */
export const c2sInseeContract: Contract = {
  id: "c2s-insee",
  title: "Bénéficiaires du régime général et de la C2S, par quartier, IRIS et commune",
  publisher: "Insee, Cnam",
  licence: "Licence Ouverte 2.0",
  vintage: "1er janvier 2021",
  url: "https://www.insee.fr/fr/statistiques/6041315",
  geography: "QPV 2015, IRIS et communes 2021",
  unit: "territoire et année",
  access: "public",
  files: ["c2s-insee/benef_c2s.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    required("niveau", "text", "Niveau du territoire", { from: "NIVGEO" }),
    required("code", "text", "Code du territoire", { from: "CODGEO" }),
    text("libelle", "Territoire", { from: "LIBGEO" }),
    required("annee", "integer", "Année (au 1er janvier)", { from: "ANNEE", unit: "", range: [2015, 2030] }),
    persons("regime_general", "NB_BENEF_RG", "Bénéficiaires du régime général"),
    persons("c2s", "NB_C2S", "Bénéficiaires de la C2S"),
    persons("c2s_sans_participation", "NB_C2S_SANS_PART", "Bénéficiaires de la C2S sans participation"),
    persons("c2s_avec_participation", "NB_C2S_AVEC_PART", "Bénéficiaires de la C2S avec participation"),
  ],
  key: ["niveau", "code", "annee"],
  published: true,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "seuil non publié\u00a0: le plus strict connu (11)" },
  notes: [
    "Colonnes NON VÉRIFIÉES\u00a0: le fichier de l'Insee (XLSX de 2 Mo et CSV, publié le 2 février 2022) n'a pas été lu\u00a0; noms, feuilles et niveaux sont supposés. Un autre en-tête sera refusé, non deviné.",
    "Régime général seul\u00a0: la MSA et les régimes spéciaux manquent. Quartiers de 2015, IRIS des communes de plus de 10 000 habitants, ces communes, celles qui ont un quartier, et leurs EPCI.",
    "L'Insee avertit que deux années successives ne se comparent pas sous la commune.",
    "Un total et ses parties dans le même fichier\u00a0: un trou peut se retrouver par différence\u00a0; la protection s'en assure avant de publier.",
  ],
};
