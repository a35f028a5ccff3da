import { type Contract, noSecrecy } from "./contract.ts";

/** Moves between occupations that the ROME declares: near ("Proche"), or after a step up ("Evolution"). */
export const romeMobilitesContract: Contract = {
  id: "rome-mobilites",
  title: "Répertoire opérationnel des métiers, mobilités",
  publisher: "Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "ROME 3, version 347",
  url: "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/",
  geography: "sans",
  unit: "mobilité d'un métier à un autre",
  access: "public",
  files: ["rome_emploi/bob_unix_rubrique_mobilite_v347_utf8.csv", "rome/bob_unix_rubrique_mobilite_v347_utf8.csv"],
  format: "csv",
  csv: {
    separator: ",",
    encoding: "utf-8",
    decimal: ".",
    ignored: ["code_appellation_source", "code_appellation_cible", "code_type_mobilite"],
  },
  columns: [
    { name: "code_rome", type: "rome", label: "Métier de départ", required: true },
    { name: "code_rome_cible", type: "rome", label: "Métier d'arrivée", required: true },
    {
      name: "libelle_type_mobilite",
      type: "text",
      label: "Type de mobilité",
      required: true,
      values: ["Proche", "Evolution"],
    },
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Le lien est orienté : du métier de départ vers le métier d'arrivée. Un même couple peut revenir, d'appellation à appellation.",
  ],
};
