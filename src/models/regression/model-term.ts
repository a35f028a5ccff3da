import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/** A coded question in a model: each level but the reference has a column of 0 and 1 (treatment contrasts). */
export interface CategoricalTerm extends CategoricalVariable {
  /** The level the others are compared with; the first level that somebody has when absent. */
  readonly reference?: string;
}

/** A number in a model, in the unit of its name; NaN when missing. */
export interface NumberTerm {
  readonly name: string;
  readonly values: Float64Array;
}

/** The product of two variables that are terms themselves, by name: an interaction, or the square of a number when the two are the same. */
export interface ProductTerm {
  readonly product: readonly [string, string];
}

export type ModelTerm = CategoricalTerm | NumberTerm | ProductTerm;

/** What to do with a row that misses a value: refuse it, drop it and count it, or make missing answers a level of their own (then other missing values drop). */
export type MissingRule = "refuse" | "drop" | "level";

/** The level of those who did not answer, under the rule "level". */
export const missingLevel = "(sans réponse)";

/** A variable as it stands in a model matrix. */
export interface ModelVariable {
  readonly name: string;
  readonly kind: "categories" | "number";
  /** Levels that somebody has among the rows kept; empty for a number. */
  readonly levels: readonly string[];
  readonly reference: string | null;
  /** Level of each row kept, as an index in `levels`; null for a number. */
  readonly codes: Int32Array | null;
  /** Its columns: one a level but the reference (in the order of `levels`), or one. */
  readonly columns: readonly number[];
}

/** The columns of a model, ready to be fitted. */
export interface ModelMatrix {
  /** "(constante)", "diplôme : supérieur", "minutes", "diplôme : supérieur × minutes". */
  readonly names: readonly string[];
  /** Rows kept. */
  readonly rows: number;
  readonly columns: number;
  /** Column after column. */
  readonly values: Float64Array;
  readonly variables: readonly ModelVariable[];
  /** Pairs of variables that are multiplied, by name. */
  readonly products: readonly (readonly [string, string])[];
  /** For each column, the columns of single variables whose product it is (itself alone for a single variable, none for the constant). */
  readonly factors: readonly (readonly number[])[];
  /** Rows of the table that was given, and which of them are kept. */
  readonly sourceRows: number;
  readonly keptRows: Int32Array;
  /** Rows of the domain dropped because a value is missing, in all and by variable (a row may miss several). */
  readonly droppedRows: number;
  readonly missingBy: Readonly<Record<string, number>>;
  /** Levels (or crossings) that nobody has among the rows kept: they have no column. */
  readonly emptyLevels: readonly { readonly variable: string; readonly level: string }[];
}

/**
 * The variable of a matrix by its name, or an error that lists the names.
 * @example
 * ```ts
 * variableNamed({ variables: [{ name: "minutes", kind: "number", levels: [], reference: null, codes: null, columns: [1] }] }, "minutes").columns // [ 1 ]
 * ```
 */
export function variableNamed(matrix: ModelMatrix, name: string): ModelVariable {
  const found = matrix.variables.find((variable) => variable.name === name);
  if (found) return found;
  throw unknownVariable(name, matrix.variables);
}

/** The error for a name that is no variable of the model. */
export const unknownVariable = (name: string, variables: readonly { readonly name: string }[]): QuartiersError =>
  new QuartiersError({
    what: "Variable absente du modèle",
    value: name,
    expected: variables.map((variable) => variable.name).join(", ") || "un modèle avec des variables",
  });
