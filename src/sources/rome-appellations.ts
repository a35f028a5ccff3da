import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const file = "bob_unix_referentiel_appellation_v347_utf8.csv";

/** The 10 990 job titles of ROME 3, each under its occupation. */
export const romeAppellationsContract: Contract = {
  id: "rome-appellations",
  title: "Répertoire opérationnel des métiers, appellations",
  publisher: "Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "ROME 3, version 347",
  url: "https://www.data.gouv.fr/fr/datasets/repertoire-operationnel-des-metiers-et-des-emplois-rome/",
  geography: "sans",
  unit: "appellation",
  access: "public",
  files: [`rome_emploi/${file}`, `rome/${file}`],
  format: "csv",
  csv: {
    separator: ",",
    encoding: "utf-8",
    decimal: ".",
    ignored: ["code_type_section_appellation", "statut"],
  },
  columns: [
    required("code_ogr", "text", "Code de l'appellation"),
    required("libelle", "text", "Appellation", { from: "libelle_appellation_long" }),
    required("libelle_court", "text", "Appellation courte", { from: "libelle_appellation_court" }),
    required("code_rome", "rome", "Métier"),
    text("section", "Section", { from: "libelle_type_section_appellation" }),
  ],
  key: ["code_ogr"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "10 990 appellations sous 532 métiers\u00a0: l'un des 532 n'est pas parmi les 531 fiches (source rome-codes).",
    "Une appellation donne les deux genres («\u00a0Abatteur / Abatteuse\u00a0»)\u00a0; un rapprochement de textes doit les séparer.",
  ],
};
