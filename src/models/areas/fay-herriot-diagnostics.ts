import { quadraticForm } from "../linear-algebra/cholesky.ts";
import type { FayHerriot } from "./fay-herriot.ts";

/** One value an area, NaN without a sample. */
export interface FayHerriotDiagnostics {
  /** Residual over its standard error, both given the variances: about normal of variance 1 when the model holds; beyond 3, look at the area. The effect of an area over its standard error is the same number. */
  readonly standardisedResiduals: Float64Array;
  /** How much the area's own direct estimate makes its synthetic one, 0 to 1; they add up to the number of coefficients. */
  readonly leverage: Float64Array;
  /** Cook's distance: how far the coefficients move without the area, in their own covariance and by coefficient; beyond 1, look at the area. */
  readonly cookDistance: Float64Array;
  /** Mean squared error over sampling variance: under 1 where the model gains over the direct estimate. */
  readonly errorRatio: Float64Array;
}

/**
 * Diagnostics of a model of Fay and Herriot, given its variance between areas: residuals standardised with the part that the coefficients took
 * (Rao and Molina 2015, 5.4), leverage and Cook's distance of the generalised least squares. O(areas x covariates^2).
 */
export function fayHerriotDiagnostics({
  input,
  design,
  sampled,
  areaVariance,
  covariance,
  synthetic,
  mse,
}: Pick<
  FayHerriot,
  "input" | "design" | "sampled" | "areaVariance" | "covariance" | "synthetic" | "mse"
>): FayHerriotDiagnostics {
  const { rows, columns, values } = design;
  const empty = (): Float64Array => new Float64Array(rows).fill(Number.NaN);
  const diagnostics = {
    standardisedResiduals: empty(),
    leverage: empty(),
    cookDistance: empty(),
    errorRatio: empty(),
  };
  for (const area of sampled) {
    const total = areaVariance + input.samplingVariance[area];
    const leverage = quadraticForm(covariance, values, area * columns, columns) / total;
    const standardised = (input.direct[area] - synthetic[area]) / Math.sqrt(total * (1 - leverage));
    diagnostics.leverage[area] = leverage;
    diagnostics.standardisedResiduals[area] = standardised;
    diagnostics.cookDistance[area] = (standardised * standardised * leverage) / ((1 - leverage) * columns);
    diagnostics.errorRatio[area] = mse[area] / input.samplingVariance[area];
  }
  return diagnostics;
}
