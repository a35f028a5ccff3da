import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** From the ROME to the international classification of occupations (ISCO-08), one occupation a row. */
export const romeIscoContract: Contract = {
  id: "rome-isco",
  title: "Correspondance du ROME et de la classification internationale des professions (CITP-08)",
  publisher: "Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "ROME 3, CITP-08",
  url: "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/",
  geography: "sans",
  unit: "métier",
  access: "public",
  files: ["rome_emploi/bob_Correspondance_ROME_ISCO08.xlsx", "rome/Correspondance_ROME_ISCO08.xlsx"],
  format: "xlsx",
  xlsx: { sheet: "ROME to ISCO-08", headerRow: 1, ignored: "any" },
  columns: [
    required("code_rome", "rome", "Métier", { from: "Code ROME" }),
    required("libelle_rome", "text", "Nom du métier", { from: "Libellé codes ROME" }),
    text("code_si4", "Code du premier niveau de correspondance (ISCO08 14SI4)", { from: "ISCO08 14SI4" }),
    required("code_isco", "text", "Code CITP-08", {
      from: "Code ISCO08",
      pattern: { regex: "\\d{1,4}", expected: "un à quatre chiffres, comme 8341" },
    }),
    required("libelle_isco", "text", "Profession CITP-08", { from: "Libellé codes ISCO08" }),
  ],
  key: ["code_rome"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Le classeur a perdu les zéros de tête de la CITP\u00a0: 110 est 0110 (forces armées).",
    "Une autre feuille, «\u00a0ISCO-08 to ROME\u00a0», va dans l'autre sens\u00a0: les deux ne sont pas inverses l'une de l'autre.",
    "Des lignes vides suivent les 532 métiers jusqu'à la ligne 894.",
  ],
};
