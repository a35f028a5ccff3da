/** An answer in a class, as `catdes` of FactoMineR describes it. Shares from 0 to 1. */
export interface CategoryTrait {
  readonly variable: string;
  readonly level: string;
  /** People of the class who gave this answer. */
  readonly people: number;
  /** People who gave it in all. */
  readonly levelPeople: number;
  /** Cla/Mod: of those who gave it, share in the class. */
  readonly classInLevel: number;
  /** Mod/Cla: of the class, share who gave it. */
  readonly levelInClass: number;
  /** Global: share who gave it in all. */
  readonly levelOverall: number;
  /** The same three, weighted; null without weights. Tests count people, never weights. */
  readonly weighted: WeightedShares | null;
  /** Two-sided mid-p of the hypergeometric count; 0 where it is smaller than any number, which `logP` still tells. */
  readonly p: number;
  readonly logP: number;
  /** The same on the normal scale: over 0 when the class gives the answer more than all. */
  readonly vTest: number;
}

export interface WeightedShares {
  readonly classInLevel: number;
  readonly levelInClass: number;
  readonly levelOverall: number;
}

/** A number in a class. Deviations with divisor n. */
export interface NumberTrait {
  readonly variable: string;
  /** People of the class whose number is known. */
  readonly people: number;
  readonly mean: number;
  readonly overallMean: number;
  readonly deviation: number;
  readonly overallDeviation: number;
  /** Weighted means; null without weights. */
  readonly weighted: { readonly mean: number; readonly overallMean: number } | null;
  readonly p: number;
  readonly logP: number;
  readonly vTest: number;
}

/** Link between the classes and a question: Pearson's chi-square, without correction. */
export interface VariableLink {
  readonly variable: string;
  readonly chiSquare: number;
  readonly degrees: number;
  /** NaN where everybody gave the same answer. */
  readonly p: number;
  readonly logP: number;
  /** Cramér's V, from 0 to 1. */
  readonly cramerV: number;
}

/** Link between the classes and a number: share of its variance between classes, F test. */
export interface NumberLink {
  readonly variable: string;
  readonly etaSquared: number;
  readonly p: number;
}

export interface DescribedClass {
  /** Number of the class, from 0. */
  readonly label: number;
  readonly people: number;
  readonly share: number;
  readonly weightedShare: number | null;
  /** Every answer of every question, the highest v-test first. */
  readonly categories: readonly CategoryTrait[];
  /** Every number, the highest v-test first. */
  readonly numbers: readonly NumberTrait[];
}

export interface ClassDescription {
  readonly people: number;
  readonly classes: readonly DescribedClass[];
  /** The strongest link first. */
  readonly variables: readonly VariableLink[];
  readonly numbers: readonly NumberLink[];
}
