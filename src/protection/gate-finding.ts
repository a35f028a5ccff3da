/** What the gate found, in terms that can be printed: the wording depends on the rule, the table and its columns, never on a protected value. */
export interface GateFinding {
  /** Stable word: "frequence", "dominance", "recoupement", "axe-aux-extremes"... */
  readonly code: string;
  /** Table, figure, column or field that it bears on. Never the row of a protected cell. */
  readonly place: string;
  /** The rule with its parameters: "fréquence, t = 11". */
  readonly rule: string;
  /** Article of the data clause that states the rule, or null when it is the gate's own. */
  readonly clause: string | null;
  /** French sentence. */
  readonly sentence: string;
  /** What an author can do; "" for a note. */
  readonly remedy: string;
  /** "note": published as it is. "change": published, changed by the gate. "refuse": not published. */
  readonly severity: "note" | "change" | "refuse";
}

/** The worst severity decides. */
export type GateVerdict = "accept" | "accept with changes" | "refuse";

/**
 * The verdict that findings lead to.
 * @example
 * ```ts
 * verdictOf([]) // "accept"
 * ```
 */
export function verdictOf(findings: readonly GateFinding[]): GateVerdict {
  if (findings.some(({ severity }) => severity === "refuse")) return "refuse";
  return findings.some(({ severity }) => severity === "change") ? "accept with changes" : "accept";
}
