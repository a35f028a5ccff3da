import type { Released } from "../../protection/released.ts";

/** A setting of an algorithm: what it is for, in one plain French sentence, and the value of this run. */
export interface CardParameter {
  /** The name under which figures print it: "rayon_km". */
  readonly key: string;
  /** Other names of the same setting in figures: "date" and "date_de_la_loi". */
  readonly alsoNamed?: readonly string[];
  /** As a noun phrase: « rayon de recherche ». */
  readonly label: string;
  /** One plain French sentence that a resident understands. */
  readonly sentence: string;
  /** As printed, with its unit: « 50 km ». */
  readonly value: string;
}

/** What may go wrong, and what is done against it. */
export interface CardRisk {
  readonly risk: string;
  readonly mitigation: string;
}

/** What people say of an algorithm: written once, by hand, beside its experiment. French. */
export interface CardStory {
  /** Word of the file: "distance-emploi". */
  readonly id: string;
  readonly title: string;
  /** In two sentences, what the algorithm does. */
  readonly summary: string;
  readonly why: string;
  readonly context: string;
  /** Who reads the results, and of whom they speak. */
  readonly audience: string;
  /** What was done before. */
  readonly previousProcess: string;
  readonly alternatives: readonly string[];
  /** First item of article R. 311-3-1-2: degree and mode of contribution to a decision. */
  readonly contribution: string;
  /** What the settings are applied to. No card of this book is applied to a person. */
  readonly appliesTo: "zone" | "tableau";
  /** How settings weigh on the result, in words: half of the third item. */
  readonly weighting: string;
  /** Fourth item: the operations, in order. */
  readonly operations: readonly string[];
  readonly humanOversight: string;
  readonly legalGrounds: string;
  /** "règles": written by people. "appris": estimated from data. */
  readonly nature: "règles" | "appris" | "règles et appris";
  readonly risks: readonly CardRisk[];
  readonly limits: readonly string[];
  /** Could a list of persons come out, and what follows in law. */
  readonly personList: { readonly possible: boolean; readonly sentence: string; readonly consequence: string };
  /** What the comparison of errors between groups shows, or why there is none. */
  readonly equityWords: string;
  /** Where the code stands. */
  readonly code: readonly string[];
}

/**
 * A card of transparency, as an experiment gives it: the words of its authors, its settings with their values, how much the result moves with each of them, and
 * the errors by group where a truth is known. What the run alone knows (data with their hashes, code version, verdicts of the gate) is added by the book.
 */
export interface AlgorithmCard extends CardStory {
  readonly kind: "card";
  readonly parameters: readonly CardParameter[];
  /** One line a variation of a setting (`sensitivityTable`). */
  readonly sensitivity: Released;
  /** Errors by group; null where no truth is known. */
  readonly equity: Released | null;
}
