import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import { stream } from "./stream.ts";
import { quotedCsv, rounded } from "./writing.ts";

const RESPONDENTS = 2_000;

/** The columns of the real extract of « Histoire de vie » 2003. */
const surveyColumns = [
  "id",
  "age",
  "sexe",
  "nivetud",
  "poids",
  "occup",
  "qualif",
  "freres.soeurs",
  "clso",
  "relig",
  "trav.imp",
  "trav.satisf",
  "hard.rock",
  "lecture.bd",
  "peche.chasse",
  "cuisine",
  "bricol",
  "cinema",
  "sport",
  "heures.tv",
] as const;

export const ageClasses = ["18-29", "30-44", "45-59", "60 et plus"] as const;
export const diplomaGroups = [
  "aucun ou primaire",
  "premier cycle ou CAP",
  "second cycle",
  "supérieur",
  "en cours d'études",
] as const;

/** Planted probability of each practice by diploma (lines) and age class (columns). Sex plays no part in cinema: a model must be able to say so. */
export const practiceTruth: Readonly<Record<"cinema" | "sport", readonly (readonly number[])[]>> = {
  cinema: [
    [0.3, 0.2, 0.14, 0.07],
    [0.55, 0.4, 0.3, 0.15],
    [0.75, 0.58, 0.48, 0.28],
    [0.88, 0.72, 0.65, 0.48],
    [0.88, 0.8, 0.8, 0.8],
  ],
  sport: [
    [0.3, 0.2, 0.15, 0.08],
    [0.45, 0.35, 0.28, 0.15],
    [0.6, 0.5, 0.4, 0.25],
    [0.7, 0.6, 0.5, 0.32],
    [0.64, 0.6, 0.6, 0.6],
  ],
};
/** Planted difference of sport between men and the table above (women: the opposite). */
export const SPORT_SEX_EFFECT = 0.05;

/** The labels of `nivetud` in each diploma group, with their share in it. */
const diplomaLabels: readonly (readonly (readonly [string, number])[])[] = [
  [
    ["Derniere annee d'etudes primaires", 0.73],
    ["A arrete ses etudes, avant la derniere annee d'etudes primaires", 0.18],
    ["N'a jamais fait d'etudes", 0.09],
  ],
  [
    ["Enseignement technique ou professionnel court", 0.69],
    ["1er cycle", 0.31],
  ],
  [
    ["2eme cycle", 0.58],
    ["Enseignement technique ou professionnel long", 0.42],
  ],
  [["Enseignement superieur y compris technique superieur", 1]],
];
/** Share of the first four diploma groups by age class. */
const diplomaByAge = [
  [0.04, 0.32, 0.26, 0.38],
  [0.1, 0.38, 0.19, 0.33],
  [0.25, 0.4, 0.15, 0.2],
  [0.52, 0.26, 0.11, 0.11],
];

const pick = <T>(random: Random, choices: readonly (readonly [T, number])[]): T =>
  choices[
    weightedIndex(
      random,
      choices.map(([, weight]) => weight),
    )
  ][0];
const yes = (random: Random, p: number): string => (random() < p ? "Oui" : "Non");

/** Index of the age class. */
export const ageClassOf = (age: number): number => (age < 30 ? 0 : age < 45 ? 1 : age < 60 ? 2 : 3);

/** Index of the diploma group of a label; a missing label is a person still studying. */
export function diplomaGroupOf(label: string | null): number {
  const found = diplomaLabels.findIndex((labels) => labels.some(([name]) => name === label));
  return found < 0 ? 4 : found;
}

function occupationOf(age: number, studying: boolean, woman: boolean, random: Random): string {
  if (studying) return "Etudiant, eleve";
  if (age >= 62)
    return pick(random, [
      ["Retraite", 0.72],
      ["Retire des affaires", 0.15],
      ["Au foyer", 0.1],
      ["Autre inactif", 0.03],
    ]);
  return pick(random, [
    ["Exerce une profession", 0.73],
    ["Chomeur", 0.1],
    ["Au foyer", woman ? 0.15 : 0.01],
    ["Autre inactif", 0.05],
    ["Retraite", age > 54 ? 0.25 : 0],
  ]);
}

function qualificationOf(group: number, random: Random): string | null {
  if (random() < 0.16) return null;
  const workers = group < 2 ? 1 : 0.35;
  return pick(random, [
    ["Employe", 0.3],
    ["Ouvrier qualifie", 0.2 * workers],
    ["Ouvrier specialise", 0.14 * workers * (group === 0 ? 1.8 : 1)],
    ["Cadre", group === 3 ? 0.42 : 0.05],
    ["Profession intermediaire", group >= 2 ? 0.16 : 0.04],
    ["Technicien", group >= 1 ? 0.07 : 0.01],
    ["Autre", 0.04],
  ]);
}

function respondent(id: number, random: Random): (string | number | null)[] {
  const age = 18 + Math.floor(79 * random() ** 1.45);
  const woman = random() < 0.55;
  const classOfAge = ageClassOf(age);
  const studying = age < 27 && random() < 0.42;
  const group = studying ? 4 : weightedIndex(random, diplomaByAge[classOfAge]);
  const diploma = studying ? null : pick(random, diplomaLabels[group]);
  const occupation = occupationOf(age, studying, woman, random);
  const works = occupation === "Exerce une profession";
  const weight =
    5_300 *
    Math.exp(0.63 * normal(random) - 0.2) *
    [1.35, 1.05, 0.95, 0.8][classOfAge] *
    [1.15, 1.05, 0.95, 0.8, 1.3][group];
  const sportRate = practiceTruth.sport[group][classOfAge] + (woman ? -SPORT_SEX_EFFECT : SPORT_SEX_EFFECT);
  const tv =
    random() < 0.005 ? null : Math.max(0, 2.1 + 0.012 * (age - 45) - 0.25 * (group - 1) + 1.5 * normal(random));
  return [
    id,
    age,
    woman ? "Femme" : "Homme",
    diploma,
    Number(Math.min(31_000, Math.max(80, weight)).toPrecision(11)),
    occupation,
    studying ? null : qualificationOf(group, random),
    Math.min(22, Math.floor(-2.6 * Math.log(1 - random()))),
    pick(random, [
      ["Non", 0.52],
      ["Oui", 0.467],
      ["Ne sait pas", 0.013],
    ]),
    pick(random, [
      ["Appartenance sans pratique", 0.38],
      ["Pratiquant occasionnel", 0.22],
      ["Ni croyance ni appartenance", 0.2],
      ["Pratiquant regulier", 0.133],
      ["Rejet", 0.047],
      ["NSP ou NVPR", 0.02],
    ]),
    works
      ? pick(random, [
          ["Moins important que le reste", 0.676],
          ["Aussi important que le reste", 0.247],
          ["Peu important", 0.05],
          ["Le plus important", 0.027],
        ])
      : null,
    works
      ? pick(random, [
          ["Satisfaction", 0.458],
          ["Equilibre", 0.43],
          ["Insatisfaction", 0.112],
        ])
      : null,
    yes(random, 0.007),
    yes(random, classOfAge < 2 ? 0.035 : 0.013),
    yes(random, woman ? 0.05 : 0.19),
    yes(random, woman ? 0.53 : 0.33),
    yes(random, woman ? 0.32 : 0.56),
    yes(random, practiceTruth.cinema[group][classOfAge]),
    yes(random, sportRate),
    tv === null ? null : tv > 0.5 ? Math.round(tv) : rounded(tv, 1),
  ];
}

/** `hdv2003.csv`: 2 000 invented respondents in the layout of the R export. Weights vary as the real ones do (design effect of weighting about 1.6). */
export function writeSurvey(seed: number): string {
  const random = stream(seed, "enquête");
  return quotedCsv(
    surveyColumns,
    Array.from({ length: RESPONDENTS }, (_, i) => respondent(i + 1, random)),
  );
}
