import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import type { Mca } from "./mca-result.ts";
import { type PlacedRows, placeRows } from "./row-cloud.ts";

/** New rows on the axes of an analysis; arrays of axes are row-major, rows x axes. */
export interface ProjectedRows extends PlacedRows {
  /** Rows dropped for a missing answer (rule "drop-rows"): NaN. */
  readonly droppedRows: number;
  /** Answers that the analysis never saw, missing ones included when it had none: they count for the centre of their question. Per question that has any. */
  readonly unseen: readonly { readonly question: string; readonly rows: number }[];
}

/**
 * Places new people on the axes of an analysis from their answers, found by the names of questions and levels. The rules of the analysis hold: joined levels, passive categories, missing answers. A person of
 * the data gets the place that they have in it, and a supplementary row too. Questions that were set aside are not needed. Refuses a question that is not there. O(n Q axes).
 * @example
 * ```ts
 * // What projectRows reads of an analysis of one question, whose answers are half no (-1), half yes (+1).
 * const half = Float64Array.of(0.5, 0.5);
 * const analysis = {
 *   coding: [{ name: "cinéma", levels: ["non", "oui"], category: Int32Array.of(0, 1), missingCategory: -1 }],
 *   categories: { scores: Float64Array.of(-1, 1), shares: half, referenceShares: half, passive: Uint8Array.of(0, 0) },
 *   questions: { names: ["cinéma"] }, axes: { kept: 1 }, report: { missingRule: "own-level" },
 * };
 * projectRows(analysis, [{ name: "cinéma", levels: ["oui", "non"], codes: Int32Array.of(0, 1, 1) }]).coordinates // Float64Array(3) [ 1, -1, -1 ]
 * ```
 */
export function projectRows(analysis: Mca, variables: readonly CategoricalVariable[]): ProjectedRows {
  const { coding, categories, questions, axes, report } = analysis;
  const count = variables[0]?.codes.length ?? 0;
  const status = new Uint8Array(count).fill(2);
  const unseen: { question: string; rows: number }[] = [];
  const answers = coding.map(({ name, levels, category, missingCategory }) => {
    const variable = variables.find((one) => one.name === name);
    if (!variable || variable.codes.length !== count)
      throw new QuartiersError({
        what: variable
          ? `La question « ${name} » n'a pas le nombre de lignes des autres`
          : "Question active absente des nouvelles lignes",
        value: variable ? String(variable.codes.length) : name,
        expected: variable ? `${count} lignes` : coding.map((one) => one.name).join(", "),
      });
    const categoryOf = variable.levels.map((level) => category[levels.indexOf(level)] ?? -1);
    let rows = 0;
    const column = variable.codes.map((code, row) => {
      const dropped = code < 0 && report.missingRule === "drop-rows";
      if (dropped) status[row] = 0;
      const found = code < 0 ? missingCategory : (categoryOf[code] ?? -1);
      if (found < 0 && !dropped) rows++;
      return found;
    });
    if (rows > 0) unseen.push({ question: name, rows });
    return column;
  });
  const placed = placeRows(answers, status, { ...categories, kept: axes.kept, questions: questions.names.length });
  return { ...placed, droppedRows: status.reduce((sum, kind) => sum + (kind === 0 ? 1 : 0), 0), unseen };
}
