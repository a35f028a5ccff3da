import type { ColumnContract, Contract } from "./contract.ts";

/** What a person does in a month. */
export const trajectoryStates: readonly string[] = ["emploi", "interim", "formation", "chomage", "inactivite"];
export const TRAJECTORY_MONTHS = 36;

const month = (rank: number): ColumnContract => ({
  name: `m${String(rank).padStart(2, "0")}`,
  type: "text",
  label: `Situation au mois ${rank}`,
  values: trajectoryStates,
  missing: { "": "nd" },
});

/** Monthly paths of persons who enter unemployment: the file that a data clause asks of a public employment service. */
export const trajectoiresContract: Contract = {
  id: "trajectoires",
  title: "Trajectoires mensuelles de personnes entrées au chômage",
  publisher: "Service public de l'emploi (fichier d'un partenaire)",
  licence: "convention avec le partenaire, pas de rediffusion",
  vintage: "entrées de 2018, suivies 36 mois",
  url: "https://dares.travail-emploi.gouv.fr",
  geography: "QPV 2015 de résidence à l'entrée",
  geographies: { qpv: 2015 },
  unit: "personne",
  access: "partner",
  files: ["trajectoires/trajectoires.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "id", type: "text", label: "Identifiant de la personne, sans lien avec un registre", required: true },
    { name: "code_qp", type: "qpv2015", label: "Quartier de résidence ; vide hors QPV", missing: { "": "nd" } },
    { name: "sexe", type: "integer", label: "Sexe (1 homme, 2 femme)", unit: "", required: true, range: [1, 2] },
    { name: "age", type: "integer", label: "Âge à l'entrée", unit: "ans", required: true, range: [16, 70] },
    {
      name: "diplome",
      type: "integer",
      label: "Diplôme (1 aucun, 2 CAP ou brevet, 3 baccalauréat, 4 supérieur)",
      unit: "",
      required: true,
      range: [1, 4],
    },
    {
      name: "permis",
      type: "integer",
      label: "A le permis de conduire (1 oui, 0 non)",
      unit: "",
      required: true,
      range: [0, 1],
    },
    {
      name: "accompagnement",
      type: "integer",
      label: "Suivi renforcé à l'entrée (1 oui, 0 non)",
      unit: "",
      required: true,
      range: [0, 1],
    },
    ...Array.from({ length: TRAJECTORY_MONTHS }, (_, i) => month(i + 1)),
  ],
  key: ["id"],
  quasiIdentifiers: ["code_qp", "sexe", "age", "diplome"],
  published: false,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "seuil non publié : le plus strict connu (11)" },
  notes: [
    "Un mois vide suit la dernière observation de la personne : censure à droite, et non une sixième situation.",
    "Le suivi renforcé n'est pas attribué au hasard : comparer sans les autres variables se trompe.",
  ],
};
