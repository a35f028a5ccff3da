import type { CategoricalVariable } from "./categorical-variable.ts";

/** A number known for each row, NaN when missing. */
export interface NumberVariable {
  readonly name: string;
  readonly values: Float64Array;
}

/** A category by its names. */
export interface NamedCategory {
  readonly question: string;
  readonly level: string;
}

export interface McaOptions {
  /** Axes kept in coordinates: 5, or all there are when there are fewer. */
  readonly axes?: number;
  /** "indicator" (default) or "burt". */
  readonly table?: "indicator" | "burt";
  /** Weight of each row, 0 or more: 1 when absent. A row of weight 0 is supplementary. */
  readonly weights?: Float64Array;
  /** n of the v-tests: "rows" (default), the number of active rows, or "effective", Kish's effective number. */
  readonly testedPeople?: "rows" | "effective";
  /** A missing answer to an active question: a level of its own (default), such a level but passive, or the row is dropped. Counts are in the report. */
  readonly missing?: "own-level" | "passive" | "drop-rows";
  /** Name of the level of missing answers. */
  readonly missingName?: string;
  /** Levels of weighted share under `below` (in the rows of reference) become passive, or are joined into the level `into` of their question (made when it does not exist). */
  readonly rare?:
    | { readonly below: number; readonly rule: "passive" }
    | { readonly below: number; readonly rule: "merge"; readonly into: string };
  /** Categories without a part in the axes: specific analysis (Le Roux and Rouanet). */
  readonly passive?: readonly NamedCategory[];
  /** Indices of rows that are projected only. */
  readonly supplementaryRows?: Int32Array;
  /** Class-specific analysis: indices of the rows of the class. Shares of reference are those of all active rows; the others are projected. */
  readonly classRows?: Int32Array;
  /** Questions that are placed on the axes of the others. */
  readonly supplementary?: readonly CategoricalVariable[];
  /** A missing answer to a supplementary question: a level of its own (default), or set aside for that question. */
  readonly supplementaryMissing?: "own-level" | "set-aside";
  /** Numbers that are correlated with the axes. */
  readonly numbers?: readonly NumberVariable[];
  /** Per axis, the active category that must be positive; without it, the category of largest contribution is positive. */
  readonly positive?: readonly (NamedCategory | null)[];
}
