import type { NamedCategory } from "./mca-options.ts";

/**
 * Result of a multiple correspondence analysis (`mca`). Arrays of axes are row-major: what belongs to row (or category, or question) i on axis s stands at
 * `[i * axes.kept + s]`, axis 0 being the first. Arrays of categories are parallel: one entry per category, those of a question in a run.
 */
export interface Mca {
  /** The table that was analysed. With "burt", `axes.eigenvalues` and coordinates of categories are those of the Burt table; those of rows stay the indicator's. */
  readonly table: "indicator" | "burt";
  readonly axes: McaAxes;
  /** Categories of the active questions: active and passive ones. */
  readonly categories: McaCategories;
  readonly questions: McaQuestions;
  readonly rows: McaRows;
  /** The supplementary questions given to `mca`, null when there were none. */
  readonly supplementary: SupplementaryCategories | null;
  /** The supplementary numbers given to `mca`, null when there were none. */
  readonly numbers: SupplementaryNumbers | null;
  /** How the answers of each active question became categories: what `projectRows` needs. */
  readonly coding: readonly QuestionCoding[];
  readonly report: McaReport;
}

export interface McaAxes {
  /** Number of axes kept in the coordinates. */
  readonly kept: number;
  /** All positive eigenvalues, decreasing: of the indicator table, or their squares for the Burt table. */
  readonly eigenvalues: Float64Array;
  /** Eigenvalues of the indicator table whatever the table: variance of the rows' coordinates. */
  readonly rowVariances: Float64Array;
  /** Sum of the eigenvalues: J/Q - 1 for the indicator table of an analysis without passive category nor class. */
  readonly totalInertia: number;
  /** Raw percentages: 100 eigenvalue / total. They understate the first axes. */
  readonly percentages: Float64Array;
  /** Benzécri's pseudo-eigenvalues (Q/(Q-1))² (λ - 1/Q)², 0 where λ is not above 1/Q (λ: of the indicator). NaN with one question. */
  readonly pseudoEigenvalues: Float64Array;
  /** Benzécri's modified percentages: pseudo-eigenvalues over their sum. They flatter. Not rounded. */
  readonly benzecri: Float64Array;
  /** Greenacre's adjusted percentages: pseudo-eigenvalues over Q/(Q-1) times the inertia between questions. Their sum is under 100. Not rounded. */
  readonly greenacre: Float64Array;
  /** Per kept axis, the category that is positive by convention: the one of largest contribution, or the one that `positive` names. */
  readonly positiveCategory: Int32Array;
}

/** What a cloud of categories has in common, active or supplementary. */
export interface CategoryCloud {
  /** Names of the questions; `question[k]` is an index in it. */
  readonly questionNames: readonly string[];
  readonly question: Int32Array;
  readonly levels: readonly string[];
  /** The level, with its question before it ("cinéma : oui") when another question has a level of that name. */
  readonly labels: readonly string[];
  /** People (active rows) in the category, unweighted. */
  readonly people: Float64Array;
  /** Weighted share f of the active rows that are in the category (of the class, in a class-specific analysis). */
  readonly shares: Float64Array;
  /** Principal coordinates g: mean of the people's coordinates over the square root of the axis's variance (see `means`). */
  readonly coordinates: Float64Array;
  /** Mean of the coordinates of the people of the category: its place in the cloud of rows. */
  readonly means: Float64Array;
  /** Squared cosine: part of the category's squared distance to the centre that the axis shows, 0 to 1. */
  readonly cos2: Float64Array;
  /** v-test g sqrt(n_k (n-1)/(n-n_k)), n of `report.testedPeople`: beyond 1.96 in absolute value, the mean differs from 0 more than a drawing of n_k among n would. */
  readonly tests: Float64Array;
}

export interface McaCategories extends CategoryCloud {
  /** 1 for a passive category (specific analysis): it has coordinates, and no part in the axes. */
  readonly passive: Uint8Array;
  /** Share in all the rows: equal to `shares`, except in a class-specific analysis. */
  readonly referenceShares: Float64Array;
  /** Contributions in percent: sum 100 on each axis; 0 for a passive category. */
  readonly contributions: Float64Array;
  /** What an answer adds to a row's coordinate: g/(Q sqrt(λ)), 0 for a passive category. */
  readonly scores: Float64Array;
}

export interface McaQuestions {
  readonly names: readonly string[];
  /** Correlation ratio of each question with each axis, passive categories included. Without any, their mean is the axis's variance. */
  readonly eta2: Float64Array;
  /** Sum of the contributions of the question's categories, in percent. */
  readonly contributions: Float64Array;
}

export interface McaRows {
  /** Number of rows of the data, counted or not. */
  readonly count: number;
  /** 1: counts in the axes. 2: supplementary (asked for, of weight 0, or out of the class): projected only. 0: dropped for a missing answer, NaN everywhere. */
  readonly status: Uint8Array;
  /** Share of each row in the analysis: sum 1, 0 for those that do not count. */
  readonly masses: Float64Array;
  /** Share of each row in the reference of the categories' shares: equal to `masses`, except in a class-specific analysis. */
  readonly referenceMasses: Float64Array;
  /** Per active question, the category of each row in `categories`; -1 for an answer that no active row gave. */
  readonly answers: readonly Int32Array[];
  /** Principal coordinates F, row-major: mean 0 and variance λ over the active rows. */
  readonly coordinates: Float64Array;
  /** Contributions in percent; 0 for a supplementary row. */
  readonly contributions: Float64Array;
  /** Squared cosines. NaN for a row at the centre. */
  readonly cos2: Float64Array;
  /** Squared distances to the centre, one per row. */
  readonly squaredDistances: Float64Array;
}

export interface SupplementaryCategories extends CategoryCloud {
  /** Correlation ratio of each supplementary question with each axis. */
  readonly eta2: Float64Array;
  /** Active rows without an answer, per question: a level of their own, or set aside. */
  readonly missing: Int32Array;
  /** Levels that no active row has: dropped. */
  readonly emptyLevels: readonly NamedCategory[];
}

export interface SupplementaryNumbers {
  readonly names: readonly string[];
  /** Weighted correlation with the coordinates of the active rows that have a value. NaN for a number that does not vary. */
  readonly correlations: Float64Array;
  /** Active rows without a value (NaN), per number: set aside for this number. */
  readonly missing: Int32Array;
}

/** How the levels of a question became categories. */
export interface QuestionCoding {
  readonly name: string;
  readonly levels: readonly string[];
  /** Index in `categories` of each level; -1 for a level that no active row has. */
  readonly category: Int32Array;
  /** Index in `categories` of a missing answer; -1 when it has none. */
  readonly missingCategory: number;
}

/** What was counted, set aside, joined: to be printed under any map. */
export interface McaReport {
  readonly activeRows: number;
  readonly supplementaryRows: number;
  readonly droppedRows: number;
  /** Sum of the weights of the active rows: the number of rows when none were given. */
  readonly sumOfWeights: number;
  /** Kish's effective number of people, (Σw)²/Σw². */
  readonly effectivePeople: number;
  /** n of the v-tests: the active rows or the effective number, never the sum of the weights. */
  readonly testedPeople: number;
  readonly missingRule: "own-level" | "passive" | "drop-rows";
  /** The rule of missing answers to supplementary questions. */
  readonly supplementaryMissing: "own-level" | "set-aside";
  /** Missing answers of active rows, and of rows dropped for them, per question that has any. */
  readonly missing: readonly { readonly question: string; readonly rows: number }[];
  /** Levels that no active row has: dropped before the analysis. */
  readonly emptyLevels: readonly NamedCategory[];
  /** Questions set aside, since all active rows answer alike, or none does, or since no category is active: they separate nobody, and do not count in Q. */
  readonly questionsAside: readonly {
    readonly question: string;
    readonly why: "constant" | "no-answer" | "no-active-category";
  }[];
  /** Passive categories, with the reason. */
  readonly passive: readonly {
    readonly question: string;
    readonly level: string;
    readonly why: "named" | "missing" | "rare";
  }[];
  /** Levels joined into another by the rule of rare levels. */
  readonly merged: readonly { readonly question: string; readonly level: string; readonly into: string }[];
  /** How the sign of each axis was chosen. */
  readonly signRule: "largest-contribution" | "named-category";
}
