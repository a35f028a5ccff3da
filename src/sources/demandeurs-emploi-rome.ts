import type { Contract } from "./contract.ts";

/** What job seekers of each neighbourhood look for: the file that a data clause asks of France Travail. */
export const demandeursEmploiRomeContract: Contract = {
  id: "demandeurs-emploi-rome",
  title: "Demandeurs d'emploi par quartier et métier recherché",
  publisher: "France Travail (fichier d'un partenaire)",
  licence: "convention avec le partenaire, pas de rediffusion",
  vintage: "4e trimestre 2021",
  url: "https://www.francetravail.org",
  geography: "QPV 2015",
  unit: "quartier et métier recherché",
  access: "partner",
  files: ["demandeurs-emploi/demandeurs_qpv_rome.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    { name: "code_rome", type: "rome", label: "Métier recherché", required: true },
    {
      name: "nombre",
      type: "integer",
      label: "Demandeurs d'emploi (A, B, C)",
      unit: "personnes",
      summable: true,
      required: true,
      range: [0, 100_000],
      missing: { s: "s" },
      masked: true,
    },
  ],
  key: ["code_qp", "code_rome"],
  published: false,
  secrecy: {
    unit: "demandeur d'emploi",
    minUnits: 5,
    statedBy: "Insee, demandeurs d'emploi des quartiers : 5 personnes au moins",
  },
  notes: ["Un couple absent compte zéro personne ; un couple secret (s) en compte de 1 à 4."],
};
