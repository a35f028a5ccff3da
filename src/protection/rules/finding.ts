/** Which primary rule a cell breaks. */
export type RuleCode =
  | "frequency"
  | "weighted-frequency"
  | "dominance"
  | "p-percent"
  | "zero-sensitive"
  | "contribution-missing"
  | "rate-to-count"
  | "whole-class"
  | "extreme"
  | "mean-with-extremes"
  | "quantile"
  | "spread"
  | "difference";

/**
 * What a rule found. The sentence depends on the rule and its parameters alone, so that two cells that break the same rule are told in the same
 * words whatever they hold. It is for the author: which cells break which rule is itself protected, and is not printed in a book.
 */
export interface RuleFinding {
  readonly code: RuleCode;
  /** Rows of the table that was judged, from 0. */
  readonly rows: readonly number[];
  /** The rule with its parameters: "fréquence, t = 11". */
  readonly rule: string;
  /** French sentence, without any value of a cell. */
  readonly sentence: string;
  /** What an author can do. */
  readonly remedy: string;
}
