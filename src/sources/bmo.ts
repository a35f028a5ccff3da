import { count, estimate, required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const starred = { "": "nd", "*": "s" } as const;

/** Projects of recruitment that employers declare for the year, by employment basin and occupation. */
export const bmoContract: Contract = {
  id: "bmo",
  title: "Enquête Besoins en main-d'œuvre",
  publisher: "France Travail",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: "https://www.data.gouv.fr/fr/datasets/enquete-besoins-en-main-doeuvre-bmo/",
  geography: "bassins d'emploi 2024",
  geographies: { bassin: 2024 },
  unit: "métier dans un bassin d'emploi",
  access: "public",
  files: ["bmo/Base_open_data_BMO_2024.xlsx"],
  retrieval: {
    via: "data.gouv",
    dataset: "enquete-besoins-en-main-doeuvre-bmo",
    titled: "2024",
    to: "bmo/Base_open_data_BMO_2024.xlsx",
  },
  format: "xlsx",
  xlsx: { sheet: "BMO_2024_open_data", headerRow: 1, ignored: "any" },
  columns: [
    required("annee", "integer", "Année", { unit: "", range: [2024, 2024] }),
    required("code_metier", "text", "Métier (famille professionnelle)", { from: "Code métier BMO" }),
    required("nom_metier", "text", "Nom du métier", { from: "Nom métier BMO" }),
    text("code_famille", "Famille de métiers", { from: "Famille_met" }),
    text("famille", "Nom de la famille", { from: "Lbl_fam_met" }),
    required("code_region", "text", "Région", { from: "REG" }),
    required("code_departement", "text", "Département", { from: "Dept" }),
    required("code_bassin", "text", "Bassin d'emploi", { from: "BE24" }),
    required("nom_bassin", "text", "Nom du bassin", { from: "NOMBE24" }),
    count("projets", "Projets de recrutement", "projets", 200_000, { from: "met", missing: starred }),
    count("difficiles", "Projets jugés difficiles", "projets", 200_000, { from: "xmet", missing: starred }),
    count("saisonniers", "Projets saisonniers", "projets", 200_000, { from: "smet", missing: starred }),
  ],
  key: ["code_metier", "code_bassin"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "«\u00a0*\u00a0» cache un petit effectif\u00a0: secret, jamais 0 ni 1. Une case vide est lue «\u00a0nd\u00a0».",
    "L'année finit les colonnes du bassin (BE24, NOMBE24). Le département perd son zéro («\u00a02\u00a0» pour l'Aisne).",
    "Projets déclarés par des employeurs, redressés\u00a0: une intention, non une embauche.",
    "Colonnes vues chez des utilisateurs\u00a0; nom de la feuille et du fichier non vérifiés.",
  ],
};

/** Twelve rows of an older layout of the same survey: enough to test a reader, not to say anything. */
export const bmoEchantillonContract: Contract = {
  id: "bmo-echantillon",
  title: "Enquête Besoins en main-d'œuvre, échantillon de douze lignes",
  publisher: "Pôle emploi (copie de Bob Emploi)",
  licence: "Licence Ouverte 2.0",
  vintage: "non dit",
  url: "https://github.com/bayesimpact/bob-emploi",
  geography: "quatre bassins d'emploi",
  unit: "métier dans un bassin d'emploi",
  access: "public",
  files: ["rome_emploi/bob_bmo_sample.csv", "bmo/bob_bmo_sample.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_bassin", "text", "Bassin d'emploi", { from: "CATCHMENT_AREA_CODE" }),
    required("nom_bassin", "text", "Nom du bassin", { from: "CATCHMENT_AREA_NAME" }),
    required("code_famille", "text", "Grande famille", { from: "PROFESSION_FAMILY_CODE" }),
    required("famille", "text", "Nom de la grande famille", { from: "PROFESSION_FAMILY_NAME" }),
    required("code_fap", "fap", "Famille professionnelle", { from: "FAP_CODE" }),
    required("nom_fap", "text", "Nom de la famille professionnelle", { from: "FAP_NAME" }),
    required("code_departement", "text", "Département, sans zéro de tête", { from: "DEPARTEMENT_CODE" }),
    required("nom_departement", "text", "Nom du département", { from: "DEPARTEMENT_NAME" }),
    estimate("projets", "Projets de recrutement", "projets", 1_000, { from: "NB_RECRUT_PROJECTS", missing: starred }),
    estimate("difficiles", "Projets jugés difficiles", "projets", 1_000, {
      from: "NB_DIFF_RECRUT_PROJECTS",
      missing: starred,
    }),
    estimate("saisonniers", "Projets saisonniers", "projets", 1_000, {
      from: "NB_SEASON_RECRUT_PROJECTS",
      missing: starred,
    }),
    required("code_region", "region", "Région", { from: "REGION_CODE" }),
    required("nom_region", "text", "Nom de la région", { from: "REGION_LIB" }),
  ],
  key: ["code_bassin", "code_fap"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Échantillon d'essai\u00a0: sert à éprouver un lecteur, à rien d'autre.",
    "Les projets ont des décimales (redressement). L'Aisne s'écrit «\u00a02\u00a0», le bassin 0101 garde ici son zéro, et une étoile tient lieu de nombre.",
  ],
};
