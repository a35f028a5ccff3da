import { numbers, type Table, texts } from "../../codes/table.ts";
import { categoricalVariable } from "../../models/factors/categorical-variable.ts";
import { surveyDesign } from "../../models/survey/design.ts";
import { enqueteLoisirsContract } from "../../sources/enquete-loisirs.ts";
import { loadTable } from "../../sources/load.ts";
import { pratiquesLoisirsContract } from "../../sources/pratiques-loisirs.ts";
import type { Territory } from "../../sources/territory.ts";
import {
  ageGroup,
  ageGroups,
  diplomaGroup,
  diplomaGroups,
  surveyPractices,
  yesNo,
} from "../../tables/survey-groups.ts";
import { answersOf, isInvented, type PracticeSurvey } from "./practice-survey.ts";

/** Groups of occupations, from the most to the least qualified. */
export const occupationGroups = [
  "cadres",
  "professions intermédiaires",
  "employés",
  "ouvriers",
  "autre ou non déclarée",
] as const;

const qualificationGroup: Readonly<Record<string, (typeof occupationGroups)[number]>> = {
  Cadre: "cadres",
  "Profession intermediaire": "professions intermédiaires",
  Technicien: "professions intermédiaires",
  Employe: "employés",
  "Ouvrier qualifie": "ouvriers",
  "Ouvrier specialise": "ouvriers",
};

/** Both extracts are of the whole of metropolitan France, whatever the territory. */
const place = "France métropolitaine";

/** The weighted extract of 2 000 persons: five practices, no place, no strata. */
export async function weightedLeisure(territory: Territory): Promise<PracticeSurvey> {
  const file = await loadTable(territory, enqueteLoisirsContract);
  const synthetic = isInvented(file);
  return {
    id: enqueteLoisirsContract.id,
    title: enqueteLoisirsContract.title,
    year: enqueteLoisirsContract.vintage,
    ...(synthetic ? {} : { place }),
    field: synthetic
      ? "personnes inventées de 18 ans ou plus, territoire imaginaire"
      : "personnes de 18 ans ou plus vivant en France métropolitaine, 2003, dont la réponse est connue",
    people: file.numRows,
    design: surveyDesign({ weights: numbers(file, "poids").values }),
    known: "weights",
    practices: surveyPractices.map(({ column, label }) => ({
      name: column === "lecture.bd" ? "bd" : column,
      label,
      wording: String(file.columns[column]?.label ?? label),
      answers: yesNo(texts(file, column).values),
    })),
    social: {
      age: categoricalVariable("âge", Array.from(numbers(file, "age").values, ageGroup), {
        levels: ageGroups.map(({ label }) => label),
      }),
      sex: categoricalVariable(
        "sexe",
        answersOf(file, "sexe").map((sex) => sex.toLowerCase()),
        { levels: ["femme", "homme"] },
      ),
      diploma: categoricalVariable("études", texts(file, "nivetud").values.map(diplomaGroup), {
        levels: diplomaGroups.map(({ label }) => label),
      }),
      occupation: categoricalVariable(
        "profession",
        answersOf(file, "qualif").map((name) => qualificationGroup[name] ?? "autre ou non déclarée"),
        { levels: occupationGroups },
      ),
    },
    years: numbers(file, "age").values as Float64Array,
    homes: null,
    synthetic,
    lineage: file.lineage,
  };
}

const ageBands: readonly (readonly [code: string, label: string])[] = [
  ["[15,25]", "15 à 25 ans"],
  ["(25,35]", "26 à 35 ans"],
  ["(35,45]", "36 à 45 ans"],
  ["(45,55]", "46 à 55 ans"],
  ["(55,65]", "56 à 65 ans"],
  ["(65,75]", "66 à 75 ans"],
  ["(75,85]", "76 à 85 ans"],
  ["(85,100]", "86 ans et plus"],
];

/**
 * The English names of the extract. « Foreman » is taken for professions intermédiaires, for it has the same share as in the other extract of the same
 * survey: an inference, printed in the chapter.
 */
const professions: readonly (readonly [code: string, label: string])[] = [
  ["Management", "cadre"],
  ["Foreman", "profession intermédiaire"],
  ["Technician", "technicien"],
  ["Employee", "employé"],
  ["Manual labourer", "ouvrier qualifié"],
  ["Unskilled worker", "ouvrier non qualifié"],
  ["Other", "autre profession"],
];
const undeclared = "profession non déclarée";

/** The extract of 8 403 persons: seventeen practices, neither weight nor diploma nor place. What it counts describes the sample. */
export async function leisureActivities(territory: Territory): Promise<PracticeSurvey> {
  const file = await loadTable(territory, pratiquesLoisirsContract);
  const translated = (column: string, words: readonly (readonly [string, string])[], otherwise = ""): string[] => {
    const labels = new Map(words);
    return answersOf(file, column).map((code) => labels.get(code) ?? otherwise);
  };
  const practice = (name: string) => ({
    name,
    label: shortLabel(file, name),
    wording: String(file.columns[name]?.label ?? name),
    answers: Float64Array.from(answersOf(file, name), (answer) =>
      answer === "1" ? 1 : answer === "0" ? 0 : Number.NaN,
    ),
  });
  return {
    id: pratiquesLoisirsContract.id,
    title: pratiquesLoisirsContract.title,
    year: pratiquesLoisirsContract.vintage,
    ...(isInvented(file) ? {} : { place }),
    field: "8 403 personnes de 15 ans ou plus interrogées en France métropolitaine en 2003, sans poids de sondage",
    people: file.numRows,
    design: surveyDesign({ weights: new Float64Array(file.numRows).fill(1) }),
    known: "none",
    practices: activityNames.map(practice),
    social: {
      age: categoricalVariable("âge", translated("age", ageBands), { levels: ageBands.map(([, label]) => label) }),
      sex: categoricalVariable(
        "sexe",
        answersOf(file, "sexe").map((sex) => (sex === "F" ? "femme" : "homme")),
        { levels: ["femme", "homme"] },
      ),
      diploma: null,
      occupation: categoricalVariable("profession", translated("profession", professions, undeclared), {
        levels: [...professions.map(([, label]) => label), undeclared],
      }),
    },
    years: null,
    homes: null,
    synthetic: isInvented(file),
    lineage: file.lineage,
  };
}

/** The seventeen activities, as the contract names them. */
const activityNames = [
  "lecture",
  "musique",
  "cinema",
  "spectacle",
  "exposition",
  "ordinateur",
  "sport",
  "marche",
  "voyage",
  "instrument",
  "collection",
  "benevolat",
  "mecanique",
  "jardinage",
  "tricot",
  "cuisine",
  "peche",
] as const;

/** The label of the contract without the meaning of its codes. */
const shortLabel = (file: Table, name: string): string =>
  String(file.columns[name]?.label ?? name)
    .replace(/ \(1 oui.*$/, "")
    .replaceAll("'", "’");
