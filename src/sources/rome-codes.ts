import { type Contract, noSecrecy } from "./contract.ts";

/** The 531 occupations of ROME 3. */
export const romeCodesContract: Contract = {
  id: "rome-codes",
  title: "Répertoire opérationnel des métiers, fiches",
  publisher: "Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "ROME 3, version 347",
  url: "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/",
  geography: "sans",
  unit: "métier",
  access: "public",
  files: [
    "rome_emploi/bob_unix_referentiel_code_rome_v347_utf8.csv",
    "rome/bob_unix_referentiel_code_rome_v347_utf8.csv",
  ],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: ".", ignored: ["code_fiche_em", "code_ogr", "statut"] },
  columns: [
    { name: "code_rome", type: "rome", label: "Code ROME", required: true },
    { name: "libelle_rome", type: "text", label: "Métier", required: true },
  ],
  key: ["code_rome"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "531 fiches\u00a0; les appellations et les mobilités en connaissent 532. Le ROME 4, en service depuis mars 2023, est une autre source.",
  ],
};
