import { QuartiersError } from "../../codes/errors.ts";
import {
  cholesky,
  choleskyInverse,
  choleskyLogDeterminant,
  choleskySolve,
  quadraticForm,
} from "../linear-algebra/cholesky.ts";
import type { Covariates, DesignMatrix } from "./design-matrix.ts";
import { maximiseVariance } from "./variance-search.ts";

/** How the variance between areas is found: restricted or full maximum likelihood, the moments of Fay and Herriot (1979) or of Prasad and Rao (1990). */
export type VarianceMethod = "reml" | "ml" | "fay-herriot" | "prasad-rao";

export interface FayHerriotInput {
  /** One direct estimate an area, in any unit (a logit, a rate, EUR); NaN where the area has no sample. */
  readonly direct: Float64Array;
  /** Variance of each direct estimate, in the square of that unit, known and above 0; not read where the area has no sample. */
  readonly samplingVariance: Float64Array;
  /** Known in every area. The constant is added. */
  readonly covariates?: Covariates;
}

/** The areas with a direct estimate, once the columns are checked. */
export function sampledAreas({ direct, samplingVariance }: FayHerriotInput): Int32Array {
  if (samplingVariance.length !== direct.length)
    throw new QuartiersError({
      what: "Les variances d'échantillonnage n'ont pas une valeur par territoire",
      value: String(samplingVariance.length),
      expected: `${direct.length} valeurs`,
    });
  const sampled: number[] = [];
  direct.forEach((value, area) => {
    if (Number.isNaN(value)) return;
    const variance = samplingVariance[area];
    if (!Number.isFinite(value) || !(variance > 0 && variance < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Estimation directe ou variance d'échantillonnage inutilisable",
        value: `variance ${variance}`,
        where: `territoire ${area + 1}`,
        expected: "une estimation finie et une variance connue, supérieure à 0",
        remedy:
          "une variance nulle vient souvent d'un échantillon où tous répondent de même\u00a0: lisser les variances, ou laisser l'estimation absente (NaN)",
      });
    sampled.push(area);
  });
  return Int32Array.from(sampled);
}

/** Coefficients, their covariance, log |X'V^-1 X|, for a given variance between areas. */
export function generalisedLeastSquares(
  { direct, samplingVariance }: FayHerriotInput,
  { columns, values }: DesignMatrix,
  sampled: Int32Array,
  areaVariance: number,
): { readonly coefficients: Float64Array; readonly covariance: Float64Array; readonly logDeterminant: number } {
  const gram = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  for (const area of sampled) {
    const weight = 1 / (areaVariance + samplingVariance[area]);
    for (let j = 0; j < columns; j++) {
      const weighted = weight * values[area * columns + j];
      right[j] += weighted * direct[area];
      for (let k = 0; k < columns; k++) gram[j * columns + k] += weighted * values[area * columns + k];
    }
  }
  const factor = cholesky(gram, columns);
  if (!factor)
    throw new QuartiersError({
      what: "Les variables explicatives sont trop liées pour ce modèle",
      expected: "des variables d'échelles proches, aucune ne se déduisant des autres",
      remedy: "centrer et réduire les variables, ou en retirer une",
    });
  return {
    coefficients: choleskySolve(factor, right),
    covariance: choleskyInverse(factor, columns),
    logDeterminant: choleskyLogDeterminant(factor, columns),
  };
}

/** Sums over the sampled areas for a variance: what likelihoods and moments are made of. */
function sumsAt(input: FayHerriotInput, design: DesignMatrix, sampled: Int32Array, areaVariance: number) {
  const { coefficients, covariance, logDeterminant } = generalisedLeastSquares(input, design, sampled, areaVariance);
  const { columns, values } = design;
  const sums = { logTotals: 0, squares: 0, squaresByTotal: 0, traces: 0, leverages: 0, logDeterminant };
  for (const area of sampled) {
    const total = areaVariance + input.samplingVariance[area];
    let residual = input.direct[area];
    for (let k = 0; k < columns; k++) residual -= values[area * columns + k] * coefficients[k];
    sums.logTotals += Math.log(total);
    sums.squares += (residual * residual) / total;
    sums.squaresByTotal += (residual * residual) / (total * total);
    sums.traces += 1 / total;
    sums.leverages += quadraticForm(covariance, values, area * columns, columns) / (total * total);
  }
  return sums;
}

/**
 * The logarithm of the restricted likelihood of a variance between areas, up to a constant: what REML maximises, and what `fayHerriotDraws` draws from.
 */
export function restrictedLogLikelihood(
  input: FayHerriotInput,
  design: DesignMatrix,
  sampled: Int32Array,
  areaVariance: number,
): number {
  const { logTotals, squares, logDeterminant } = sumsAt(input, design, sampled, areaVariance);
  return -(logTotals + squares + logDeterminant) / 2;
}

/** The variance between areas by a method; 0 or more. */
export function varianceBetween(
  input: FayHerriotInput,
  design: DesignMatrix,
  sampled: Int32Array,
  method: VarianceMethod,
): number {
  const sums = (variance: number) => sumsAt(input, design, sampled, variance);
  const moment = prasadRaoVariance(input, design, sampled);
  if (method === "prasad-rao") return moment;
  const scale = Math.max(moment, medianVariance(input, sampled));
  if (method === "reml")
    return maximiseVariance(
      {
        logLikelihood: (variance) => restrictedLogLikelihood(input, design, sampled, variance),
        score: (variance) => {
          const { squaresByTotal, traces, leverages } = sums(variance);
          return (squaresByTotal - traces + leverages) / 2;
        },
      },
      scale,
    );
  if (method === "ml")
    return maximiseVariance(
      {
        logLikelihood: (variance) => {
          const { logTotals, squares } = sums(variance);
          return -(logTotals + squares) / 2;
        },
        score: (variance) => {
          const { squaresByTotal, traces } = sums(variance);
          return (squaresByTotal - traces) / 2;
        },
      },
      scale,
    );
  // Fay and Herriot: the weighted squares, which fall as the variance grows, equal their degrees of freedom.
  const freedom = sampled.length - design.columns;
  const excess = (variance: number): number => sums(variance).squares - freedom;
  return maximiseVariance({ logLikelihood: (variance) => -Math.abs(excess(variance)), score: excess }, scale);
}

/** Prasad and Rao (1990): least squares residuals less what the sampling errors put in them; 0 when that is negative. */
function prasadRaoVariance(input: FayHerriotInput, design: DesignMatrix, sampled: Int32Array): number {
  const flat = { direct: input.direct, samplingVariance: new Float64Array(input.direct.length).fill(1) };
  const { coefficients, covariance } = generalisedLeastSquares(flat, design, sampled, 0);
  const { columns, values } = design;
  let excess = 0;
  for (const area of sampled) {
    let residual = input.direct[area];
    for (let k = 0; k < columns; k++) residual -= values[area * columns + k] * coefficients[k];
    const leverage = quadraticForm(covariance, values, area * columns, columns);
    excess += residual * residual - input.samplingVariance[area] * (1 - leverage);
  }
  return Math.max(0, excess / (sampled.length - columns));
}

function medianVariance({ samplingVariance }: FayHerriotInput, sampled: Int32Array): number {
  const sorted = Float64Array.from(sampled, (area) => samplingVariance[area]).sort();
  return sorted[sorted.length >> 1];
}
