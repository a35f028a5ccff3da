import type { SourceRef } from "../../codes/lineage.ts";
import { type Table, texts } from "../../codes/table.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import type { SurveyDesign } from "../../models/survey/design.ts";

/** A practice that a survey asks about, and the answer of each respondent. */
export interface Practice {
  readonly name: string;
  /** Short, for charts: « Cinéma ». */
  readonly label: string;
  /** The question as it was asked; rates of two wordings are never one series. */
  readonly wording: string;
  /** 1 yes, 0 no, NaN no answer. */
  readonly answers: Float64Array;
}

/** Social position, one answer a respondent; null where the survey does not ask. */
export interface SocialVariables {
  readonly age: CategoricalVariable;
  readonly sex: CategoricalVariable;
  readonly diploma: CategoricalVariable | null;
  readonly occupation: CategoricalVariable;
}

/** Why a person who would have liked to go did not, as the survey words it. */
export const brakeLabels: readonly string[] = [
  "le prix",
  "le temps",
  "la distance ou le transport",
  "les horaires",
  "pas à sa place, ou sans compagnie",
  "autre raison",
];

/** An outing that people may wish for. */
export interface Wish {
  /** Name of the practice. */
  readonly practice: string;
  /** 1: would have liked to go, or to go more often; 0 no; NaN no answer. */
  readonly wanted: Float64Array;
  /** Index in `brakeLabels` of the main reason of those who wanted and did not go; -1 otherwise. */
  readonly brake: Int32Array;
}

/** Where respondents live: only a partner's survey tells it. */
export interface SurveyHomes {
  /** Code of the priority neighbourhood, "" outside. */
  readonly neighbourhood: readonly string[];
  /** 1 inside a priority neighbourhood. */
  readonly inside: Float64Array;
  /** Minutes on foot to the nearest place of a kind, computed at the dwelling by the producer. */
  readonly minutes: Readonly<Record<"library" | "cinema" | "stage", Float64Array>>;
  readonly wishes: readonly Wish[];
  /** Kind of town: part of the design's strata. */
  readonly town: CategoricalVariable;
}

/** A survey of practices, read once for the whole chapter. */
export interface PracticeSurvey {
  readonly id: string;
  readonly title: string;
  readonly year: string;
  /** Where it was taken, when that is not the territory of the chapter: « France métropolitaine ». */
  readonly place?: string;
  /** Who is in it, for « champ ». */
  readonly field: string;
  readonly people: number;
  readonly design: SurveyDesign;
  /** "design": strata and clusters are known; "weights": weights only; "none": nothing, the figures describe the sample. */
  readonly known: "design" | "weights" | "none";
  readonly practices: readonly Practice[];
  readonly social: SocialVariables;
  /** Age in years; null where only classes are told. */
  readonly years: Float64Array | null;
  readonly homes: SurveyHomes | null;
  readonly synthetic: boolean;
  readonly lineage: readonly SourceRef[];
}

/** A subtitle that begins by the place and year of a survey taken elsewhere than in the territory: « France métropolitaine, 2003 : part des personnes... ». */
export const takenIn = ({ place, year }: Pick<PracticeSurvey, "place" | "year">, subtitle: string): string =>
  place ? `${place}, ${year} : ${subtitle}` : subtitle.charAt(0).toUpperCase() + subtitle.slice(1);

/** A practice by its name. */
export const practiceOf = (survey: PracticeSurvey, name: string): Practice | undefined =>
  survey.practices.find((practice) => practice.name === name);

/** True when a file is invented. */
export const isInvented = (file: Table): boolean => file.lineage.some(({ synthetic }) => synthetic);

/** Answers of a column, "" when they are missing. */
export const answersOf = (file: Table, name: string): readonly string[] =>
  texts(file, name).values.map((value) => value ?? "");
