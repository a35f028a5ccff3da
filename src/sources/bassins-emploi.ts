import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** The employment basin of each commune, as the public employment service draws it. */
export const bassinsEmploiContract: Contract = {
  id: "bassins-emploi",
  title: "Bassin d'emploi de chaque commune",
  publisher: "Pôle emploi (La Bonne Boîte)",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "communes de plusieurs années\u00a0; bassins d'emploi",
  geographies: { bassin: 2021 },
  unit: "commune",
  access: "public",
  files: ["rome_emploi/lbb-pse_bassin-emploi_code-insee.csv", "bassins-emploi/communes_bassins.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_commune", "commune", "Commune, actuelle ou ancienne", { from: "code_insee" }),
    required("code_bassin", "text", "Bassin d'emploi, sans le zéro de tête", {
      from: "code_bassin_emploi",
      pattern: { regex: "\\d{3,4}", expected: "trois ou quatre chiffres, comme 101 ou 8401" },
    }),
  ],
  key: ["code_commune"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "38 283 communes\u00a0: des communes supprimées à diverses dates y sont gardées, 3 406 hors du COG 2026, et quelques codes ne sont connus d'aucun COG récent. Aucune année unique\u00a0: une commune nouvelle et ses anciennes y sont ensemble.",
    "405 bassins. Le zéro de tête a disparu\u00a0: 101 est le 0101 de l'enquête BMO.",
    "Ce sont les bassins de Pôle emploi, et non les zones d'emploi de l'Insee.",
  ],
};
