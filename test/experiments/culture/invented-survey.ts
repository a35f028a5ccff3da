import type { PracticeSurvey, SurveyHomes } from "../../../src/experiments/culture/practice-survey.ts";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { sampleLineage } from "../../support/lineage.ts";

/** One invented respondent: NaN or "" where there is no answer. */
export interface Person {
  readonly cinema: number;
  readonly age?: "jeune" | "âgé" | "";
  readonly sex?: "femme" | "homme";
  readonly diploma?: "aucun" | "CAP" | "bac" | "supérieur" | "";
  readonly occupation?: "ouvrier" | "cadre";
  readonly weight?: number;
  readonly years?: number;
  /** Code of the neighbourhood, "" outside. */
  readonly neighbourhood?: string;
  readonly minutes?: number;
  readonly wanted?: number;
}

/** So many times the same person. */
export const times = (count: number, person: Person): readonly Person[] => Array.from({ length: count }, () => person);

/** A survey of these persons on one practice, the cinema. Homes are known when `place` is true. */
export function inventedSurvey(
  people: readonly Person[],
  { place = false, schooled = true }: { readonly place?: boolean; readonly schooled?: boolean } = {},
): PracticeSurvey {
  const column = (pick: (person: Person) => number): Float64Array => Float64Array.from(people, pick);
  const minutes = column((person) => person.minutes ?? 10);
  const homes: SurveyHomes = {
    neighbourhood: people.map(({ neighbourhood = "" }) => neighbourhood),
    inside: column(({ neighbourhood = "" }) => (neighbourhood === "" ? 0 : 1)),
    minutes: { library: minutes, cinema: minutes, stage: minutes },
    wishes: [
      {
        practice: "cinema",
        wanted: column(({ wanted = Number.NaN }) => wanted),
        brake: new Int32Array(people.length).fill(-1),
      },
    ],
    town: categoricalVariable(
      "commune",
      people.map((_, row) => (row % 2 === 0 ? "petite ville" : "métropole")),
    ),
  };
  const coded = (name: string, levels: readonly string[], pick: (person: Person) => string) =>
    categoricalVariable(name, people.map(pick), { levels });
  return {
    id: "essai",
    title: "Enquête d’essai",
    year: "2026",
    field: "personnes d’essai",
    people: people.length,
    design: surveyDesign({ weights: column(({ weight = 1 }) => weight) }),
    known: "weights",
    practices: [
      { name: "cinema", label: "Cinéma", wording: "Être allé au cinéma", answers: column(({ cinema }) => cinema) },
    ],
    social: {
      age: coded("âge", ["jeune", "âgé"], ({ age = "jeune" }) => age),
      sex: coded("sexe", ["femme", "homme"], ({ sex = "femme" }) => sex),
      diploma: schooled
        ? coded("diplôme", ["aucun", "CAP", "bac", "supérieur"], ({ diploma = "bac" }) => diploma)
        : null,
      occupation: coded("profession", ["ouvrier", "cadre"], ({ occupation = "ouvrier" }) => occupation),
    },
    years: column(({ years = 40 }) => years),
    homes: place ? homes : null,
    synthetic: true,
    lineage: sampleLineage({ unit: "enquêté" }),
  };
}
