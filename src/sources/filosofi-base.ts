import { count, estimate, measure, ofYear, percent } from "./columns.ts";
import type { ColumnContract } from "./contract.ts";

/**
 * A blank of the « base comparateur » of Filosofi is a secret: INSEE writes under each table « Pour des raisons de secret statistique, certains
 * indicateurs peuvent ne pas être renseignés », size being how the rule is applied. The conversion to CSV wrote NA.
 */
export const hidden = { "": "s", NA: "s", s: "s", ns: "ns", nd: "nd" } as const;

const rate = (name: string, label: string): ColumnContract => percent(name, label, { missing: hidden });
const share = (name: string, label: string): ColumnContract => measure(name, label, "%", [0, 150], { missing: hidden });

const columns: readonly ColumnContract[] = [
  count("NBMENFISC", "Ménages fiscaux", "ménages", 5_000_000, { missing: hidden }),
  estimate("NBPERSMENFISC", "Personnes des ménages fiscaux", "personnes", 12_000_000, { missing: hidden }),
  measure("MED", "Niveau de vie médian", "EUR/an", [5_000, 100_000], { missing: hidden }),
  rate("PIMP", "Part des ménages fiscaux imposés"),
  rate("TP60", "Taux de pauvreté à 60 % de la médiane métropolitaine"),
  rate("TP60AGE1", "Taux de pauvreté, référent fiscal de moins de 30 ans"),
  rate("TP60AGE2", "Taux de pauvreté, référent fiscal de 30 à 39 ans"),
  rate("TP60AGE3", "Taux de pauvreté, référent fiscal de 40 à 49 ans"),
  rate("TP60AGE4", "Taux de pauvreté, référent fiscal de 50 à 59 ans"),
  rate("TP60AGE5", "Taux de pauvreté, référent fiscal de 60 à 74 ans"),
  rate("TP60AGE6", "Taux de pauvreté, référent fiscal de 75 ans et plus"),
  rate("TP60TOL1", "Taux de pauvreté des propriétaires"),
  rate("TP60TOL2", "Taux de pauvreté des locataires"),
  share("PACT", "Part des revenus d'activité dans le revenu disponible"),
  share("PTSA", "Part des salaires et traitements"),
  share("PCHO", "Part des indemnités de chômage"),
  share("PBEN", "Part des revenus des activités non salariées"),
  share("PPEN", "Part des pensions, retraites et rentes"),
  share("PPAT", "Part des revenus du patrimoine et autres revenus"),
  share("PPSOC", "Part de l'ensemble des prestations sociales"),
  share("PPFAM", "Part des prestations familiales"),
  share("PPMINI", "Part des minima sociaux"),
  share("PPLOGT", "Part des prestations logement"),
  measure("PIMPOT", "Part des impôts (négative)", "%", [-100, 0], { missing: hidden }),
  measure("D1", "Premier décile du niveau de vie", "EUR/an", [0, 60_000], { missing: hidden }),
  measure("D9", "Neuvième décile du niveau de vie", "EUR/an", [10_000, 500_000], { missing: hidden }),
  measure("RD", "Rapport interdécile D9/D1", "", [1, 30], { missing: hidden }),
];

/** The indicators of the « base comparateur de territoires », by their names without the year. */
export const filosofiIndicators: readonly ColumnContract[] = columns;

/** The same, named as in the file of 2016. */
export const filosofiIndicators2016: readonly ColumnContract[] = ofYear(columns, "16");
