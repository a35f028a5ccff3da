import type { CategoricalVariable } from "./categorical-variable.ts";

/** A missing answer to a supplementary question: a level of its own, or set aside for its question. */
export interface SupplementaryOptions {
  /** By default, the rule of the analysis (its option `supplementaryMissing`). */
  readonly missing?: "own-level" | "set-aside";
  readonly missingName?: string;
}

/**
 * The question with its missing answers as a last level under "own-level", unchanged under "set-aside".
 * @example
 * ```ts
 * missingAsLevel({ name: "âge", levels: ["jeune", "âgé"], codes: Int32Array.of(1, -1) }, "own-level", "sans réponse").codes // Int32Array(2) [ 1, 2 ]
 * ```
 */
export function missingAsLevel(
  variable: CategoricalVariable,
  rule: "own-level" | "set-aside",
  missingName: string,
): CategoricalVariable {
  const { name, levels, codes } = variable;
  if (rule === "set-aside" || !codes.some((code) => code < 0)) return variable;
  return { name, levels: [...levels, missingName], codes: codes.map((code) => (code < 0 ? levels.length : code)) };
}
