import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Labels of the 732 subclasses of the French nomenclature of activities. */
export const nafLibellesContract: Contract = {
  id: "naf-libelles",
  title: "Libellés de la nomenclature d'activités (NAF rév. 2)",
  publisher: "Insee (copie de La Bonne Boîte)",
  licence: "Licence Ouverte 2.0",
  vintage: "NAF rév. 2, 2008",
  url: "https://www.insee.fr/fr/information/2120875",
  geography: "sans",
  unit: "sous-classe d'activité",
  access: "public",
  files: ["rome_emploi/naf_labels.csv", "naf/naf_labels.csv"],
  format: "csv",
  csv: { separator: "|", encoding: "utf-8", decimal: "." },
  columns: [required("naf_id", "naf", "Code de la sous-classe"), required("naf_label", "text", "Activité")],
  key: ["naf_id"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "732 sous-classes. Codes sans point (0111Z)\u00a0; Sirene écrit 01.11Z\u00a0: ramener à une même forme avant de joindre.",
  ],
};
