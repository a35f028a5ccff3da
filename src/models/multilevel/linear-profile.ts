import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from "../linear-algebra/cholesky.ts";
import type { LinearTerms } from "./linear-terms.ts";

/** A linear mixed model at given ratios, coefficients and variance of residuals being at their best. */
export interface LinearProfile {
  /** Restricted when asked. */
  readonly logLikelihood: number;
  readonly coefficients: Float64Array;
  /** Inverse of X'V^-1 X, as a share of the variance of the residuals. */
  readonly covariance: Float64Array;
  readonly residualVariance: number;
}

/**
 * The profiled log-likelihood of the ratios (Bates, Mächler, Bolker and Walker 2015, eq. 34 and 41). `products` are the cross products of the columns,
 * the outcome last. null when nothing is left to the residuals. O(columns^3), with the cost of the terms.
 */
export function linearProfile(
  terms: LinearTerms,
  products: Float64Array,
  rows: number,
  restricted: boolean,
  ratios: Float64Array,
): LinearProfile | null {
  const { logDeterminant, explained } = terms.at(ratios);
  const columns = Math.sqrt(products.length);
  const fixed = columns - 1;
  const inner = new Float64Array(fixed * fixed);
  const right = new Float64Array(fixed);
  const left = (a: number, b: number): number => products[a * columns + b] - explained[a * columns + b];
  for (let a = 0; a < fixed; a++) {
    for (let b = 0; b < fixed; b++) inner[a * fixed + b] = left(a, b);
    right[a] = left(a, fixed);
  }
  const factor = cholesky(inner, fixed);
  if (!factor) return null;
  const coefficients = choleskySolve(factor, right);
  let squares = left(fixed, fixed);
  for (let a = 0; a < fixed; a++) squares -= right[a] * coefficients[a];
  if (!(squares > 0)) return null;
  const degrees = restricted ? rows - fixed : rows;
  const deviance =
    logDeterminant +
    (restricted ? choleskyLogDeterminant(factor, fixed) : 0) +
    degrees * (1 + Math.log((2 * Math.PI * squares) / degrees));
  return {
    logLikelihood: -deviance / 2,
    coefficients,
    covariance: choleskyInverse(factor, fixed),
    residualVariance: squares / degrees,
  };
}

/** Cross products of columns written row after row. */
export function crossProducts(values: Float64Array, columns: number): Float64Array {
  const products = new Float64Array(columns * columns);
  for (let start = 0; start < values.length; start += columns)
    for (let a = 0; a < columns; a++) {
      const value = values[start + a];
      if (value !== 0) for (let b = 0; b < columns; b++) products[a * columns + b] += value * values[start + b];
    }
  return products;
}
