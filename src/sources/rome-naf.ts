import { count, required } from "./columns.ts";
import type { Contract } from "./contract.ts";
import { establishmentSecrecy } from "./secrecy-rules.ts";

/** Hirings by occupation and activity: the key that spreads the jobs of an establishment over occupations. */
export const romeNafContract: Contract = {
  id: "rome-naf",
  title: "Embauches par métier et par activité",
  publisher: "Pôle emploi (La Bonne Boîte)",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "France entière",
  unit: "métier dans une activité",
  access: "public",
  files: ["rome_emploi/rome_naf_mapping_2021.csv", "rome/rome_naf_mapping_2021.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("rome_id", "rome", "Métier"),
    required("rome_label", "text", "Nom du métier"),
    required("naf_id", "naf", "Activité"),
    required("naf_label", "text", "Nom de l'activité"),
    count("hirings", "Embauches", "embauches", 200_000, { required: true, range: [1, 200_000] }),
  ],
  key: ["rome_id", "naf_id"],
  published: true,
  secrecy: establishmentSecrecy,
  notes: [
    "5 071 couples de 517 métiers et 692 activités, 2 889 582 embauches. Un couple absent n'est pas un zéro\u00a0: il a pu être coupé.",
    "Ce sont des embauches, non des emplois\u00a0: les métiers à forte rotation y pèsent davantage. Période et champ non dits.",
  ],
};
