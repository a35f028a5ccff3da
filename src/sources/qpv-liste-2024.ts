import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** The 79 priority neighbourhoods of 2024 in Bretagne (31) and Pays de la Loire (48), with their communes. */
export const qpvListe2024Contract: Contract = {
  id: "qpv-liste-2024",
  title: "Liste des quartiers prioritaires de 2024, Bretagne et Pays de la Loire",
  publisher: "ANCT (SIG Ville)",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: "https://www.data.gouv.fr/fr/datasets/quartiers-prioritaires-de-la-politique-de-la-ville-qpv/",
  geography: "QPV 2024",
  geographies: { qpv: 2024, commune: 2024 },
  unit: "quartier",
  access: "public",
  files: ["anct_qpv2024/qpv2024_bretagne_pdl.csv", "qpv-liste-2024/qpv2024.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    required("code_qp", "qpv2024", "Code du quartier"),
    required("lib_qp", "text", "Quartier"),
    required("communes", "text", "Codes des communes, séparés par un point-virgule", {
      from: "insee_com",
      pattern: { regex: "\\w{5}(;\\w{5})*", expected: "un ou plusieurs codes de commune, comme 44109;44162" },
    }),
    required("code_commune", "commune", "Première commune du quartier", {
      from: "insee_com",
      part: { separator: ";", index: 0 },
      knownTo: "communes",
    }),
    required("lib_com", "text", "Communes"),
    required("code_departement", "departement", "Département", { from: "insee_dep" }),
    required("code_region", "region", "Région", { from: "insee_reg" }),
  ],
  key: ["code_qp"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "79 quartiers\u00a0: 31 en Bretagne, 48 en Pays de la Loire, comptes que l'Insee publie. Les 78 du programme Data & Quartiers sont de la génération 2015.",
    "Deux quartiers ont deux communes\u00a0: Bellevue (44109;44162) et Bellevue-Carnac (72095;72181).",
    "Liste sans périmètre ni indicateur, tirée du fichier national des points de communes.",
    "L'année de la liste des communes est celle du décret, non écrite dans le fichier.",
  ],
};
