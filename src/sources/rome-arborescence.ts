import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

/** The tree of ROME: 14 families, 110 domains, 532 occupations, 11 118 titles, one row each. */
export const romeArborescenceContract: Contract = {
  id: "rome-arborescence",
  title: "Répertoire opérationnel des métiers, arborescence",
  publisher: "Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "juillet 2021",
  url: "https://github.com/StartupsPoleEmploi/labonneboite",
  geography: "sans",
  unit: "nœud de l'arborescence",
  access: "public",
  files: ["rome_emploi/arbo_rome_ogr_202107.csv", "rome/arbo_rome_ogr_202107.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "." },
  columns: [
    required("famille", "text", "Famille, une lettre", {
      from: "Rome1",
      pattern: { regex: "[A-N]", expected: "une lettre de A à N" },
    }),
    required("domaine", "text", "Domaine, deux chiffres, ou un blanc au niveau de la famille", {
      from: "Rome2",
      missing: { " ": "nd" },
    }),
    required("metier", "text", "Métier, deux chiffres, ou un blanc au-dessus", {
      from: "Rome3",
      missing: { " ": "nd" },
    }),
    required("intitule", "text", "Intitulé", { from: "Intitule" }),
    required("code_ogr", "text", "Code de l'appellation, ou un blanc au-dessus", {
      from: "OGR",
      missing: { " ": "nd" },
    }),
  ],
  key: ["famille", "domaine", "metier", "code_ogr"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Un blanc (une espace) et non une case vide marque les niveaux supérieurs.",
    "Les intitulés entre guillemets contiennent des points-virgules, qui sont aussi le séparateur.",
    "11 774 lignes\u00a0: 14 familles, 110 domaines, 532 métiers, 11 118 appellations.",
  ],
};
