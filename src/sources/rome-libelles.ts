import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Labels of the 532 occupations, as the service La Bonne Boîte keeps them. */
export const romeLibellesContract: Contract = {
  id: "rome-libelles",
  title: "Libellés des métiers du ROME",
  publisher: "Pôle emploi (La Bonne Boîte)",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "sans",
  unit: "métier",
  access: "public",
  files: ["rome_emploi/rome_labels.csv", "rome/rome_labels.csv"],
  format: "csv",
  csv: { separator: "|", encoding: "utf-8", decimal: "." },
  columns: [required("rome_id", "rome", "Code du métier"), required("rome_label", "text", "Métier")],
  key: ["rome_id"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "532 métiers, un de plus que les fiches de la version 347. Séparateur «\u00a0|\u00a0». Année déduite du dépôt.",
  ],
};
