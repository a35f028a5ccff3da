import { QuartiersError } from "../../codes/errors.ts";
import type { GlmFit } from "./glm.ts";
import type { ModelMatrix, ModelVariable } from "./model-term.ts";

/** Columns of a model matrix in a scenario, where they are not those observed, by their index. */
export type ScenarioColumns = ReadonlyMap<number, Float64Array>;

/**
 * Everybody at one level of a question. Refuses a level that is not in the model, and a question crossed with another when nobody has one of the crossings: its
 * effect was not estimated.
 */
export function everybodyAt(matrix: ModelMatrix, variable: ModelVariable, level: string): ScenarioColumns {
  if (!variable.levels.includes(level))
    throw new QuartiersError({
      what: `Modalité absente du modèle pour « ${variable.name} »`,
      value: level,
      expected: variable.levels.join(", "),
    });
  const crossed = matrix.products.filter((product) => product.includes(variable.name)).map((pair) => pair.join(" × "));
  const unseen = matrix.emptyLevels.find((empty) => crossed.includes(empty.variable));
  if (unseen)
    throw new QuartiersError({
      what: `Un croisement de « ${variable.name} » n'a personne\u00a0: placer tout le monde à une modalité demanderait son effet`,
      value: unseen.level,
      expected: "des croisements tous observés",
      remedy: "réunir des modalités, ou retirer le produit",
    });
  const levels = variable.levels.filter((name) => name !== variable.reference);
  const own = new Map(
    variable.columns.map((column, index) => [
      column,
      new Float64Array(matrix.rows).fill(levels[index] === level ? 1 : 0),
    ]),
  );
  return withProducts(matrix, own);
}

/** Everybody's number changed by a rule: the value of each row in, its value in the scenario out. */
export function everybodyWith(
  matrix: ModelMatrix,
  variable: ModelVariable,
  change: (value: number) => number,
): ScenarioColumns {
  const [column] = variable.columns;
  return withProducts(matrix, new Map([[column, columnOf(matrix, column).map(change)]]));
}

/** Derivatives of the columns with respect to a number, where they are not 0. */
export function derivativeColumns(matrix: ModelMatrix, variable: ModelVariable): ScenarioColumns {
  const [own] = variable.columns;
  const derivatives = new Map([[own, new Float64Array(matrix.rows).fill(1)]]);
  matrix.factors.forEach((factors, column) => {
    if (factors.length < 2 || !factors.includes(own)) return;
    const [a, b] = factors;
    if (a === b)
      derivatives.set(
        column,
        columnOf(matrix, own).map((value) => 2 * value),
      );
    else derivatives.set(column, columnOf(matrix, a === own ? b : a).slice());
  });
  return derivatives;
}

/** Linear predictor of each row in a scenario. O(rows x changed columns). */
export function scenarioPredictor({ matrix, coefficients, predictor }: GlmFit, columns: ScenarioColumns): Float64Array {
  const moved = Float64Array.from(predictor);
  for (const [column, values] of columns) {
    const before = columnOf(matrix, column);
    for (let row = 0; row < matrix.rows; row++) moved[row] += coefficients[column] * (values[row] - before[row]);
  }
  return moved;
}

/** A column of the matrix as observed. */
export const columnOf = ({ values, rows }: ModelMatrix, column: number): Float64Array =>
  values.subarray(column * rows, (column + 1) * rows);

function withProducts(matrix: ModelMatrix, own: Map<number, Float64Array>): ScenarioColumns {
  const changed = new Map(own);
  matrix.factors.forEach((factors, column) => {
    if (factors.length < 2 || !factors.some((factor) => own.has(factor))) return;
    const [a, b] = factors.map((factor) => own.get(factor) ?? columnOf(matrix, factor));
    changed.set(
      column,
      a.map((value, row) => value * b[row]),
    );
  });
  return changed;
}
