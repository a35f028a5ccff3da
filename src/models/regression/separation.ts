import { QuartiersError } from "../../codes/errors.ts";
import type { ModelMatrix } from "./model-term.ts";
import type { ScoringProblem } from "./scoring-pass.ts";

/**
 * Levels, and crossings of two questions, where all outcomes are the same end of the range (all 0, or all 1 for a proportion): the maximum of the likelihood is at
 * infinity there (Albert and Anderson 1984). O(rows x variables).
 */
export function separatedLevels(matrix: ModelMatrix, { outcome, weights, family }: ScoringProblem): string[] {
  if (family.kind === "number") return [];
  const named: string[] = [];
  const look = (codes: Int32Array, labels: readonly string[]): void => {
    const total = new Float64Array(labels.length);
    const successes = new Float64Array(labels.length);
    const failures = new Float64Array(labels.length);
    for (let row = 0; row < codes.length; row++) {
      total[codes[row]] += weights[row];
      successes[codes[row]] += weights[row] * outcome[row];
      failures[codes[row]] += weights[row] * (1 - outcome[row]);
    }
    labels.forEach((label, level) => {
      if (total[level] > 0 && (successes[level] === 0 || (family.kind === "proportion" && failures[level] === 0)))
        named.push(label);
    });
  };
  for (const { name, codes, levels } of matrix.variables)
    if (codes)
      look(
        codes,
        levels.map((level) => `${name} : ${level}`),
      );
  for (const pair of matrix.products) {
    const [first, second] = pair.map((name) => matrix.variables.find((variable) => variable.name === name));
    if (!first?.codes || !second?.codes) continue;
    const [rowCodes, columnCodes, width] = [first.codes, second.codes, second.levels.length];
    const crossed = rowCodes.map((code, row) => code * width + columnCodes[row]);
    look(
      crossed,
      first.levels.flatMap((one) => second.levels.map((other) => `${first.name} : ${one} × ${second.name} : ${other}`)),
    );
  }
  return named;
}

/**
 * The columns of a direction along which the likelihood never falls: every row moves towards its outcome, or not at all. A fit that runs away moves along such
 * a direction by about one unit a step, so its last step shows it. null when the direction does not separate. O(rows x columns).
 */
export function separatingColumns(matrix: ModelMatrix, problem: ScoringProblem, move: Float64Array): string[] | null {
  const { rows, outcome, weights, family } = problem;
  const along = moved(problem, move);
  const largest = along.reduce((most, value, row) => (weights[row] > 0 ? Math.max(most, Math.abs(value)) : most), 0);
  for (let row = 0; row < rows; row++) {
    const part = weights[row] > 0 ? along[row] / largest : 0;
    const [y, count] = [outcome[row], family.kind === "count"];
    const towards = y === 0 ? -part : y === 1 && !count ? part : -Math.abs(part);
    if (towards < -1e-3) return null;
  }
  return movingColumns(matrix, problem, move);
}

/** The columns (the constant aside) by which a step moves somebody's predictor by a twentieth or more of its largest move. */
export function movingColumns(
  { names }: ModelMatrix,
  { rows, values, weights }: ScoringProblem,
  move: Float64Array,
): string[] {
  const reach = Float64Array.from(move, (value, column) => {
    let most = 0;
    for (let row = 0; row < rows; row++)
      if (weights[row] > 0) most = Math.max(most, Math.abs(values[column * rows + row] * value));
    return most;
  });
  const largest = reach.reduce((most, value) => Math.max(most, value), 0);
  return names.filter((_, column) => column > 0 && reach[column] >= 0.05 * largest);
}

/** How far a step of the coefficients moves the linear predictor of each row. */
export function moved({ rows, columns, values }: ScoringProblem, move: Float64Array): Float64Array {
  const along = new Float64Array(rows);
  for (let column = 0; column < columns; column++)
    for (let row = 0; row < rows; row++) along[row] += move[column] * values[column * rows + row];
  return along;
}

/** The error of a separated fit. The side is not said: it would tell the answer of each person of a level. */
export const separated = (names: readonly string[]): QuartiersError =>
  new QuartiersError({
    what: "Des colonnes séparent parfaitement ceux qui ont la pratique des autres\u00a0: leur coefficient est infini",
    value: names.slice(0, 8).join(", "),
    expected: "dans chaque modalité, des personnes qui ont la pratique et d'autres non",
    remedy: 'réunir ces modalités, retirer la variable, ou choisir penalty: "firth" et l\'écrire',
  });
