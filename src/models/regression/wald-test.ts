import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskySolve } from "../linear-algebra/cholesky.ts";
import { fisherTail } from "../uncertainty/test-tails.ts";
import type { GlmFit } from "./glm.ts";
import { variableNamed } from "./model-term.ts";

/** A test that some coefficients are all 0. */
export interface CoefficientsTest {
  /** Chi-squared statistic, or F where the dispersion or the design gives degrees of freedom. */
  readonly statistic: number;
  readonly law: "chi-squared" | "F";
  readonly degreesOfFreedom: number;
  /** Of the denominator; infinite for a chi-squared. */
  readonly denominatorDegreesOfFreedom: number;
  readonly pValue: number;
}

/**
 * Wald's test that all the coefficients of a variable are 0 (its own columns, not its products), or of columns given by name: b' V^-1 b, divided by their number
 * and read as an F where the fit has degrees of freedom (R survey regTermTest). O(k^3).
 * @example
 * ```ts
 * const fit = { matrix: { names: ["(constante)", "âge"], columns: 2, variables: [{ name: "âge", columns: [1] }] }, coefficients: Float64Array.of(0, 2),
 *   covariance: Float64Array.of(1, 0, 0, 1), testDegreesOfFreedom: Infinity };
 * waldTest(fit, "âge").pValue.toFixed(6) // "0.045500"
 * ```
 */
export function waldTest(fit: GlmFit, tested: string | readonly string[]): CoefficientsTest {
  const { matrix, coefficients, covariance, testDegreesOfFreedom } = fit;
  const columns = typeof tested === "string" ? variableNamed(matrix, tested).columns : tested.map(columnNamed(fit));
  const size = columns.length;
  const part = new Float64Array(size * size);
  columns.forEach((row, i) => {
    columns.forEach((column, j) => {
      part[i * size + j] = covariance[row * matrix.columns + column];
    });
  });
  const factor = cholesky(part, size);
  if (!factor)
    throw new QuartiersError({
      what: "La covariance des coefficients testés est singulière",
      value: columns.map((column) => matrix.names[column]).join(", "),
      expected: "au plus autant de coefficients que de degrés de liberté du plan",
    });
  const b = Float64Array.from(columns, (column) => coefficients[column]);
  const quadratic = choleskySolve(factor, b).reduce((sum, value, k) => sum + value * b[k], 0);
  const infinite = testDegreesOfFreedom === Number.POSITIVE_INFINITY;
  return {
    statistic: infinite ? quadratic : quadratic / size,
    law: infinite ? "chi-squared" : "F",
    degreesOfFreedom: size,
    denominatorDegreesOfFreedom: testDegreesOfFreedom,
    pValue: fisherTail(quadratic / size, size, testDegreesOfFreedom),
  };
}

const columnNamed =
  ({ matrix }: GlmFit) =>
  (name: string): number => {
    const column = matrix.names.indexOf(name);
    if (column >= 0) return column;
    throw new QuartiersError({
      what: "Colonne absente du modèle",
      value: name,
      expected: matrix.names.join(", "),
    });
  };
