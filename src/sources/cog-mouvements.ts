import { type Contract, type Edition, noSecrecy } from "./contract.ts";

/** INSEE's codes of what happens to a commune (« Liste de modalités des fichiers du COG »), with what each does to the list. */
export const communeEvents: Readonly<Record<string, string>> = {
  "10": "changement de nom",
  "20": "création",
  "21": "rétablissement",
  "30": "suppression",
  "31": "fusion simple",
  "32": "création de commune nouvelle",
  "33": "fusion-association",
  "34": "transformation de fusion-association en fusion simple",
  "35": "suppression de commune déléguée",
  "41": "changement de code dû à un changement de département",
  "50": "changement de code dû à un transfert de chef-lieu",
  "70": "transformation de commune associée en commune déléguée",
  "71": "rétablissement de commune déléguée",
};

const types = ["COM", "COMA", "COMD", "ARM"];

const edition = (year: number, files: readonly string[]): Edition => ({
  vintage: `COG ${year}`,
  files: files.map((file) => `cog/${file}`),
});

/** Every event on the communes since 1943: names, mergers, divisions, changes of code, one line for each pair of places before and after. */
export const cogMouvementsContract: Contract = {
  id: "cog-mouvements",
  title: "Code officiel géographique, événements sur les communes depuis 1943",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "COG 2026",
  url: "https://www.insee.fr/fr/information/2560452",
  geography: "communes, de 1943 au COG 2026",
  unit: "événement",
  access: "public",
  files: ["cog/v_mvt_commune_2026.csv", "v_mvt_commune_2026.csv"],
  format: "csv",
  csv: {
    separator: ",",
    encoding: "utf-8",
    decimal: ".",
    ignored: ["TNCC_AV", "NCC_AV", "NCCENR_AV", "TNCC_AP", "NCC_AP", "NCCENR_AP"],
  },
  columns: [
    {
      name: "evenement",
      from: "MOD",
      type: "text",
      label: "Type d'événement (code de l'Insee)",
      required: true,
      values: Object.keys(communeEvents),
    },
    { name: "date_effet", from: "DATE_EFF", type: "date", label: "Date d'effet", required: true },
    { name: "type_avant", from: "TYPECOM_AV", type: "text", label: "Type de la commune avant", values: types },
    { name: "code_avant", from: "COM_AV", type: "commune", label: "Code de la commune avant" },
    { name: "nom_avant", from: "LIBELLE_AV", type: "text", label: "Nom de la commune avant" },
    {
      name: "type_apres",
      from: "TYPECOM_AP",
      type: "text",
      label: "Type de la commune après",
      required: true,
      values: types,
    },
    { name: "code_apres", from: "COM_AP", type: "commune", label: "Code de la commune après", required: true },
    { name: "nom_apres", from: "LIBELLE_AP", type: "text", label: "Nom de la commune après", required: true },
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
  editions: [
    edition(2025, ["v_mvt_commune_2025.csv"]),
    edition(2024, ["v_mvt_commune_2024.csv"]),
    edition(2023, ["v_mvt_commune_2023.csv", "v_mvtcommune_2023.csv"]),
    edition(2022, ["mvtcommune_2022.csv"]),
    edition(2021, ["mvtcommune2021.csv"]),
    edition(2020, ["mvtcommune2020.csv"]),
  ],
  notes: [
    "Une ligne est un couple avant-après\u00a0: une commune nouvelle de trois communes fait au moins trois lignes, plus une par commune déléguée.",
    "Une création par prélèvement sur un pays étranger (Tende et La Brigue, 1947) n'a rien avant\u00a0: nd.",
    "Saint-Barthélemy et Saint-Martin, sorties de la Guadeloupe le 15 juillet 2007, n'y sont pas.",
    "Les noms des fichiers d'avant 2025 n'ont pas été vérifiés chez l'Insee.",
  ],
};
