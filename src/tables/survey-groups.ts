/** Diploma levels of the survey « Histoire de vie » (2003), gathered in four; a level that is not here is an error of the contract. */
export const diplomaGroups: readonly { readonly label: string; readonly levels: readonly string[] }[] = [
  {
    label: "sans études ou primaire",
    levels: [
      "N'a jamais fait d'etudes",
      "A arrete ses etudes, avant la derniere annee d'etudes primaires",
      "Derniere annee d'etudes primaires",
    ],
  },
  { label: "collège, CAP ou BEP", levels: ["1er cycle", "Enseignement technique ou professionnel court"] },
  { label: "lycée ou technique long", levels: ["2eme cycle", "Enseignement technique ou professionnel long"] },
  { label: "études supérieures", levels: ["Enseignement superieur y compris technique superieur"] },
];

/** The group of a diploma level, "" when the person did not answer. */
export const diplomaGroup = (level: string): string =>
  diplomaGroups.find(({ levels }) => levels.includes(level))?.label ?? "";

/** Age groups of adults. */
export const ageGroups: readonly { readonly label: string; readonly from: number }[] = [
  { label: "18 à 29 ans", from: 0 },
  { label: "30 à 44 ans", from: 30 },
  { label: "45 à 59 ans", from: 45 },
  { label: "60 ans et plus", from: 60 },
];

/** The group of an age, "" when it is not known. */
export const ageGroup = (age: number): string =>
  Number.isNaN(age) ? "" : (ageGroups.findLast(({ from }) => age >= from)?.label ?? "");

/** The practices of the survey, by column, in words. */
export const surveyPractices: readonly { readonly column: string; readonly label: string }[] = [
  { column: "cinema", label: "Cinéma" },
  { column: "sport", label: "Sport" },
  { column: "bricol", label: "Bricolage" },
  { column: "cuisine", label: "Cuisine" },
  { column: "lecture.bd", label: "Bande dessinée" },
];

/** 1, 0, or NaN for no answer. */
export const yesNo = (answers: readonly string[]): Float64Array =>
  Float64Array.from(answers, (answer) => (answer === "Oui" ? 1 : answer === "Non" ? 0 : Number.NaN));
