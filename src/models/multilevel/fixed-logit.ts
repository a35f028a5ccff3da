import { QuartiersError } from "../../codes/errors.ts";
import type { DesignMatrix } from "../areas/design-matrix.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import { mixedNotConverged } from "./quasi-newton-ascent.ts";

/** Coefficients of a logit without any group: where the search of a mixed logit begins. Newton's steps, each shown to `check`. O(steps x rows x columns^2). */
export function fixedLogit(
  design: DesignMatrix,
  successes: Float64Array,
  trials: Float64Array,
  check: (coefficients: Float64Array) => void,
): Float64Array {
  const { rows, columns, values } = design;
  const coefficients = new Float64Array(columns);
  for (let step = 0; step < 60; step++) {
    const slope = new Float64Array(columns);
    const information = new Float64Array(columns * columns);
    for (let row = 0; row < rows; row++) {
      const at = row * columns;
      const probability = 1 / (1 + Math.exp(-logitOf(design, coefficients, row)));
      const residual = successes[row] - trials[row] * probability;
      const weight = trials[row] * probability * (1 - probability);
      for (let j = 0; j < columns; j++) {
        slope[j] += residual * values[at + j];
        const scaled = weight * values[at + j];
        if (scaled !== 0) for (let k = 0; k <= j; k++) information[j * columns + k] += scaled * values[at + k];
      }
    }
    const factor = cholesky(information, columns);
    if (!factor) throw mixedNotConverged();
    const move = choleskySolve(factor, slope);
    const part = Math.min(1, 6 / Math.max(...move.map(Math.abs)));
    let gain = 0;
    for (let k = 0; k < columns; k++) {
      coefficients[k] += part * move[k];
      gain += move[k] * slope[k];
    }
    check(coefficients);
    if (gain < 1e-8) return coefficients;
  }
  throw mixedNotConverged();
}

/** Refuses a fit where a profile's logit runs off to either side: it has only one answer in the sample. Names the variable that carries it there. */
export function checkSeparation(design: DesignMatrix, coefficients: ArrayLike<number>): void {
  const { rows, columns, values, names } = design;
  for (let row = 0; row < rows; row++) {
    const logit = logitOf(design, coefficients, row);
    if (Math.abs(logit) <= 14) continue;
    let [most, widest] = [0, 0];
    for (let k = 0; k < columns; k++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let other = k; other < values.length; other += columns) {
        low = Math.min(low, values[other]);
        high = Math.max(high, values[other]);
      }
      const width = Math.abs(coefficients[k]) * (high - low);
      if (width > widest) [most, widest] = [k, width];
    }
    throw new QuartiersError({
      what: "Une variable sépare parfaitement les oui des non\u00a0: son coefficient est infini",
      value: names[most] ?? "",
      where: `un profil où tout le monde répond ${logit > 0 ? "oui" : "non"}`,
      expected: "des oui et des non de chaque côté de la variable",
      remedy: "réunir des modalités, retirer la variable, ou en faire un groupe à effet aléatoire",
    });
  }
}

function logitOf({ columns, values }: DesignMatrix, coefficients: ArrayLike<number>, row: number): number {
  let logit = 0;
  for (let k = 0; k < columns; k++) logit += coefficients[k] * values[row * columns + k];
  return logit;
}
