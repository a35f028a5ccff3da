import { measure, required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Occupations that job seekers of an employment basin also look for, with a score from 0 to 1. */
export const romeConnexesContract: Contract = {
  id: "rome-connexes",
  title: "Métiers connexes, par bassin d'emploi",
  publisher: "Pôle emploi (La Bonne Boîte)",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "bassins d'emploi",
  geographies: { bassin: 2021 },
  unit: "couple de métiers dans un bassin",
  access: "public",
  files: ["rome_emploi/lbb-pse_bassin-emploi_rome-connexe.csv", "rome/lbb-pse_bassin-emploi_rome-connexe.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_bassin", "text", "Bassin d'emploi, sans le zéro de tête", { from: "code_bassin_emploi" }),
    required("code_rome", "rome", "Métier recherché", { from: "rome" }),
    required("code_rome_connexe", "rome", "Métier connexe", { from: "rome_connexe" }),
    measure("score", "Score de proximité", "", [0, 1], { required: true }),
  ],
  key: ["code_bassin", "code_rome", "code_rome_connexe"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "60 206 couples dans 354 bassins. Le bassin «\u00a0101\u00a0» d'ici s'écrit «\u00a00101\u00a0» dans l'enquête BMO\u00a0: compléter à quatre chiffres avant de joindre.",
    "Des scores s'écrivent «\u00a0.313\u00a0», sans zéro devant le point.",
    "La mesure vient de l'usage d'un service\u00a0: son calcul n'est pas publié, et 177 métiers n'ont aucun connexe.",
    "Année déduite du dépôt, non écrite.",
  ],
};
