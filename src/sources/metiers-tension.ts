import { percent, required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** Share of recruitments that employers expect to be difficult, by professional family and occupation, 2019. */
export const metiersTensionContract: Contract = {
  id: "metiers-tension",
  title: "Tension par métier",
  publisher: "Pôle emploi (enquête Besoins en main-d'œuvre), copie de La Bonne Boîte",
  licence: "Licence Ouverte 2.0",
  vintage: "2019",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "France entière",
  unit: "métier dans une famille professionnelle",
  access: "public",
  files: ["rome_emploi/metiers_tension_2019.csv", "rome/metiers_tension_2019.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: ".", lastLineEnd: "optional" },
  columns: [
    required("fap_code", "fap", "Famille professionnelle"),
    required("fap", "text", "Nom de la famille professionnelle"),
    percent("tension_pct", "Part des projets de recrutement jugés difficiles", { required: true }),
    required("rome_code", "rome", "Métier"),
    required("rome_label", "text", "Nom du métier, en capitales"),
  ],
  key: ["fap_code", "rome_code"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "701 couples\u00a0: la tension est celle de la FAMILLE, répétée sur ses métiers. Un métier de plusieurs familles revient avec des taux différents\u00a0; n'en faire aucune moyenne sans poids.",
    "La définition exacte du taux n'est pas dans le fichier\u00a0: «\u00a0projets jugés difficiles\u00a0» est déduit de l'enquête citée, non vérifié.",
  ],
};
