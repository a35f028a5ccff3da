import { count, required } from "./columns.ts";
import type { ColumnContract, Contract } from "./contract.ts";

/** Age classes of the persons of 15 or more, as the columns name them and in words. */
export const populationAges: readonly (readonly [name: string, label: string])[] = [
  ["1529", "15 à 29 ans"],
  ["3044", "30 à 44 ans"],
  ["4559", "45 à 59 ans"],
  ["60p", "60 ans et plus"],
];

/** Highest diplomas, as the columns name them and in words. */
export const populationDiplomas: readonly (readonly [name: string, label: string])[] = [
  ["aucun", "sans diplôme"],
  ["cap_brevet", "un CAP, un BEP ou le brevet"],
  ["bac", "le baccalauréat"],
  ["superieur", "un diplôme du supérieur"],
];

const persons = (name: string, label: string): ColumnContract =>
  count(name, label, "personnes", 1_000_000, { from: name.toUpperCase(), required: true });

const margins: readonly ColumnContract[] = [
  persons("pop_15p", "Habitants de 15 ans ou plus"),
  ...populationAges.map(([name, label]) => persons(`h_${name}`, `Hommes de ${label}`)),
  ...populationAges.map(([name, label]) => persons(`f_${name}`, `Femmes de ${label}`)),
  ...populationDiplomas.map(([name, label]) =>
    persons(
      `dipl_${name}`,
      name === "aucun" ? "Habitants de 15 ans ou plus sans diplôme" : `Habitants de 15 ans ou plus qui ont ${label}`,
    ),
  ),
];

const unverified =
  "Disposition NON VÉRIFIÉE\u00a0: l'Insee publie la démographie et les diplômes des quartiers dans deux fichiers, à d'autres âges et en parts\u00a0; ce fichier réunit des comptes, à la manière de ces tableaux. Un autre en-tête sera refusé, non deviné.";
const onlyMargins =
  "Des marges seulement\u00a0: ni l'âge croisé avec le diplôme, ni la profession. Les huit effectifs d'âge et de sexe ont pour somme pop_15p, les quatre de diplôme aussi.";

const common: Omit<Contract, "id" | "title" | "geography" | "unit" | "files" | "columns" | "key"> = {
  publisher: "Insee, recensement",
  licence: "Licence Ouverte 2.0",
  vintage: "2018",
  url: "https://www.insee.fr/fr/statistiques/2500477",
  access: "public",
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "." },
  published: true,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "seuil non publié\u00a0: le plus strict connu (11)" },
};

/** Persons of 15 or more of each neighbourhood by sex and age, and by diploma: the margins to which a survey is brought back. */
export const populationQpvContract: Contract = {
  id: "population-qpv",
  title: "Habitants de 15 ans ou plus des quartiers par sexe, âge et diplôme",
  ...common,
  geography: "QPV 2015",
  unit: "quartier",
  files: ["population-qpv/population_qpv.csv"],
  columns: [required("code_qp", "qpv2015", "Code du quartier", { from: "CODE_QP" }), ...margins],
  key: ["code_qp"],
  notes: [unverified, onlyMargins],
};

/** The same for what each commune has outside of any neighbourhood. */
export const populationHorsQpvContract: Contract = {
  id: "population-hors-qpv",
  title: "Habitants de 15 ans ou plus des communes, hors des quartiers, par sexe, âge et diplôme",
  ...common,
  geography: "communes, COG 2018, hors QPV 2015",
  geographies: { commune: 2018 },
  unit: "commune, hors de ses quartiers",
  files: ["population-qpv/population_hors_qpv.csv"],
  columns: [required("commune", "commune", "Code de la commune", { from: "COMMUNE" }), ...margins],
  key: ["commune"],
  notes: [unverified, onlyMargins],
};
