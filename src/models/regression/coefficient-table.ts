import { studentCdf, studentQuantile } from "../uncertainty/student-t.ts";
import type { GlmFit } from "./glm.ts";

/** A coefficient on the scale of the link, as a table prints it. */
export interface CoefficientRow {
  readonly name: string;
  readonly estimate: number;
  readonly standardError: number;
  /** Estimate over standard error: z, or t where the fit has degrees of freedom. */
  readonly statistic: number;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * The coefficients of a fit with Wald's tests and intervals, by Student's law where the dispersion is estimated or the design gives degrees of freedom.
 * @example
 * ```ts
 * const fit = { matrix: { names: ["âge"] }, coefficients: Float64Array.of(2), standardErrors: Float64Array.of(1), testDegreesOfFreedom: Infinity };
 * coefficientTable(fit)[0].lower.toFixed(6) // "0.040036"
 * ```
 */
export function coefficientTable(
  { matrix, coefficients, standardErrors, testDegreesOfFreedom }: GlmFit,
  { level = 0.95 }: { readonly level?: number } = {},
): readonly CoefficientRow[] {
  const half = studentQuantile(0.5 + level / 2, testDegreesOfFreedom);
  return matrix.names.map((name, k) => {
    const [estimate, standardError] = [coefficients[k], standardErrors[k]];
    const statistic = estimate / standardError;
    return {
      ...{ name, estimate, standardError, statistic },
      pValue: 2 * studentCdf(-Math.abs(statistic), testDegreesOfFreedom),
      lower: estimate - half * standardError,
      upper: estimate + half * standardError,
    };
  });
}
