import { QuartiersError } from "../../codes/errors.ts";
import {
  cholesky,
  choleskyInverse,
  choleskyLogDeterminant,
  choleskySolve,
  quadraticForm,
} from "../linear-algebra/cholesky.ts";
import type { DesignMatrix } from "./design-matrix.ts";
import { maximiseVariance } from "./variance-search.ts";

/** Units grouped by area: what the likelihood of nested errors reads. */
export interface GroupedUnits {
  readonly design: DesignMatrix;
  readonly response: Float64Array;
  readonly area: Int32Array;
  /** Sampled units an area, 0 for an area without any. */
  readonly counts: Int32Array;
  /** Means of the columns of the design over the sampled units, areas x columns. */
  readonly means: Float64Array;
}

/** The restricted likelihood at a ratio of variances, profiled over the coefficients and the variance of units. */
export interface NestedErrorFit {
  readonly coefficients: Float64Array;
  /** Covariance of the coefficients over the variance of units. */
  readonly scaledCovariance: Float64Array;
  readonly unitVariance: number;
  readonly logLikelihood: number;
  /** Its derivative in the ratio. */
  readonly score: number;
  /** Mean residual of each area; 0 without a unit. */
  readonly meanResiduals: Float64Array;
}

/** Counts and means by area. */
export function groupUnits(
  design: DesignMatrix,
  response: Float64Array,
  area: Int32Array,
  areas: number,
): GroupedUnits {
  const { columns, values } = design;
  const counts = new Int32Array(areas);
  const means = new Float64Array(areas * columns);
  for (let unit = 0; unit < area.length; unit++) {
    counts[area[unit]]++;
    for (let k = 0; k < columns; k++) means[area[unit] * columns + k] += values[unit * columns + k];
  }
  for (let index = 0; index < areas; index++)
    if (counts[index] > 0) for (let k = 0; k < columns; k++) means[index * columns + k] /= counts[index];
  return { design, response, area, counts, means };
}

/** The fit for a ratio (variance between areas / variance of units): the inverse of 1 + ratio x n in place of any matrix of the size of the units. */
export function nestedErrorAt({ design, response, area, counts, means }: GroupedUnits, ratio: number): NestedErrorFit {
  const { rows, columns, values } = design;
  const areas = counts.length;
  const gram = new Float64Array(columns * columns);
  const right = new Float64Array(columns);
  // Each column less its part of the mean of its area makes errors independent, of one variance (Fuller and Battese 1973).
  const part = Float64Array.from(counts, (n) => 1 - 1 / Math.sqrt(1 + ratio * n));
  const responseMeans = new Float64Array(areas);
  for (let unit = 0; unit < rows; unit++) responseMeans[area[unit]] += response[unit] / counts[area[unit]];
  const row = new Float64Array(columns);
  for (let unit = 0; unit < rows; unit++) {
    const group = area[unit];
    for (let k = 0; k < columns; k++) row[k] = values[unit * columns + k] - part[group] * means[group * columns + k];
    const target = response[unit] - part[group] * responseMeans[group];
    for (let j = 0; j < columns; j++) {
      right[j] += row[j] * target;
      for (let k = 0; k <= j; k++) gram[j * columns + k] += row[j] * row[k];
    }
  }
  const factor = cholesky(gram, columns);
  if (!factor)
    throw new QuartiersError({
      what: "Les variables explicatives sont trop liées pour ce modèle",
      expected: "des variables d'échelles proches, aucune ne se déduisant des autres ni du seul territoire",
      remedy: "centrer et réduire les variables, ou en retirer une",
    });
  const coefficients = choleskySolve(factor, right);
  const scaledCovariance = choleskyInverse(factor, columns);
  const meanResiduals = Float64Array.from(responseMeans);
  for (let index = 0; index < areas; index++)
    for (let k = 0; k < columns; k++) meanResiduals[index] -= means[index * columns + k] * coefficients[k];
  let squares = 0;
  for (let unit = 0; unit < rows; unit++) {
    let residual = response[unit] - part[area[unit]] * meanResiduals[area[unit]];
    for (let k = 0; k < columns; k++) residual -= values[unit * columns + k] * coefficients[k];
    squares += residual * residual;
  }
  const freedom = rows - columns;
  const unitVariance = squares / freedom;
  let [logs, traces, residuals, leverages] = [0, 0, 0, 0];
  for (let index = 0; index < areas; index++) {
    const weight = counts[index] / (1 + ratio * counts[index]);
    logs += Math.log1p(ratio * counts[index]);
    traces += weight;
    residuals += (weight * meanResiduals[index]) ** 2;
    leverages += weight * weight * quadraticForm(scaledCovariance, means, index * columns, columns);
  }
  return {
    coefficients,
    scaledCovariance,
    unitVariance,
    logLikelihood:
      -(freedom * (1 + Math.log(2 * Math.PI * unitVariance)) + logs + choleskyLogDeterminant(factor, columns)) / 2,
    score: (residuals / unitVariance - traces + leverages) / 2,
    meanResiduals,
  };
}

/** Ratios are sought up to a million times this one. */
const ratioScale = 0.1;

/** The ratio of variances that maximises the restricted likelihood; 0 or more. Refuses one beyond all measure: units do not differ within their areas. */
export function restrictedRatio(units: GroupedUnits): number {
  const ratio = maximiseVariance(
    {
      logLikelihood: (tried) => nestedErrorAt(units, tried).logLikelihood,
      score: (tried) => nestedErrorAt(units, tried).score,
    },
    ratioScale,
  );
  const meanSquare = units.response.reduce((sum, value) => sum + value * value, 0) / units.response.length;
  if (ratio >= 0.9e6 * ratioScale || !(nestedErrorAt(units, ratio).unitVariance > 1e-20 * meanSquare))
    throw new QuartiersError({
      what: "Le modèle prédit chaque unité de son territoire sans erreur\u00a0: aucune variance ne peut être estimée",
      expected: "des unités qui diffèrent dans leur territoire au-delà de ce que les variables expliquent",
    });
  return ratio;
}
