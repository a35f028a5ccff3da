import { checkIndependent, type DesignMatrix, designMatrix } from "./design-matrix.ts";
import { type FayHerriotDiagnostics, fayHerriotDiagnostics } from "./fay-herriot-diagnostics.ts";
import { meanSquaredErrors } from "./fay-herriot-error.ts";
import {
  type FayHerriotInput,
  generalisedLeastSquares,
  sampledAreas,
  type VarianceMethod,
  varianceBetween,
} from "./fay-herriot-likelihood.ts";

/** A fitted model of Fay and Herriot: one value an area, in the order of the input. */
export interface FayHerriot {
  readonly method: VarianceMethod;
  readonly input: FayHerriotInput;
  readonly design: DesignMatrix;
  /** Areas with a direct estimate. */
  readonly sampled: Int32Array;
  /** Variance of the effects of the areas, what the covariates do not explain; 0 or more. */
  readonly areaVariance: number;
  /** "zero-variance": the areas differ no more than their sampling errors do; every estimate is then synthetic. */
  readonly status: "ok" | "zero-variance";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  readonly coefficients: Float64Array;
  /** Their covariance, columns x columns, given the variance of the areas. */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
  /** -2 x log-likelihood + 2 (coefficients + 1). */
  readonly aic: number;
  /** What the covariates alone say. */
  readonly synthetic: Float64Array;
  /** Weight of the direct estimate, areaVariance / (areaVariance + samplingVariance); 0 without a sample. */
  readonly shrinkage: Float64Array;
  /** Empirical best linear unbiased predictor; synthetic where there is no sample. */
  readonly estimates: Float64Array;
  /** Mean squared error of the estimates, to the second order. */
  readonly mse: Float64Array;
  readonly diagnostics: FayHerriotDiagnostics;
}

/**
 * The area model of Fay and Herriot (1979): direct = x'beta + effect of the area + sampling error of a known variance. Estimates are EBLUP, their
 * mean squared errors those of Prasad and Rao (1990), Datta and Lahiri (2000) and Datta, Rao and Smith (2005) for the method chosen: they count that
 * the coefficients and the variance are estimated. Same values as R's `sae::mseFH` carried to convergence. Areas without a sample have the
 * synthetic estimate and the limit of the same error as the sampling variance grows. Refuses missing or zero sampling variances, missing or
 * collinear covariates, no more sampled areas than coefficients. O(100 x areas x covariates^2).
 * @example
 * ```ts
 * const fit = fayHerriot({ direct: Float64Array.of(1, 5, 3, 9, NaN), samplingVariance: Float64Array.of(1, 1, 1, 1, NaN) }, "prasad-rao");
 * [fit.areaVariance.toFixed(4), fit.estimates[0].toFixed(4), fit.estimates[4]] // [ "10.6667", "1.3000", 4.5 ]
 * ```
 */
export function fayHerriot(input: FayHerriotInput, method: VarianceMethod = "reml"): FayHerriot {
  const areas = input.direct.length;
  const design = designMatrix(input.covariates ?? {}, areas);
  const sampled = sampledAreas(input);
  checkIndependent(design, sampled);
  const areaVariance = varianceBetween(input, design, sampled, method);
  const { coefficients, covariance } = generalisedLeastSquares(input, design, sampled, areaVariance);
  const { columns, values } = design;

  let logLikelihood = 0;
  const synthetic = new Float64Array(areas);
  for (let area = 0; area < areas; area++)
    for (let k = 0; k < columns; k++) synthetic[area] += values[area * columns + k] * coefficients[k];
  const shrinkage = new Float64Array(areas);
  const estimates = Float64Array.from(synthetic);
  for (const area of sampled) {
    const total = areaVariance + input.samplingVariance[area];
    const residual = input.direct[area] - synthetic[area];
    shrinkage[area] = areaVariance / total;
    estimates[area] += shrinkage[area] * residual;
    logLikelihood -= (Math.log(2 * Math.PI * total) + (residual * residual) / total) / 2;
  }
  const mse = meanSquaredErrors(input, design, sampled, { areaVariance, covariance, shrinkage, method });
  const none = areaVariance === 0;
  return {
    method,
    input,
    design,
    sampled,
    areaVariance,
    status: none ? "zero-variance" : "ok",
    warning: none
      ? "La variance entre territoires est estimée à 0\u00a0: les estimations suivent les seules variables explicatives, et l'erreur annoncée peut être trop petite."
      : "",
    coefficients,
    covariance,
    logLikelihood,
    aic: -2 * logLikelihood + 2 * (columns + 1),
    synthetic,
    shrinkage,
    estimates,
    mse,
    diagnostics: fayHerriotDiagnostics({ input, design, sampled, areaVariance, covariance, synthetic, mse }),
  };
}
