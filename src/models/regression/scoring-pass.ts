import { type CrossProduct, crossProduct } from "./cross-product.ts";
import { BLOCK_ROWS } from "./cross-product-module.ts";
import type { Family } from "./family.ts";

/** The numbers of a fit: columns of the model and one outcome, one weight a row (prior weight times trials; 0 leaves a row out). */
export interface ScoringProblem {
  readonly rows: number;
  readonly columns: number;
  /** Column after column. */
  readonly values: Float64Array;
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly offset: Float64Array | null;
  readonly family: Family;
}

/** What one pass over the rows tells at some coefficients. */
export interface ScoringPoint {
  readonly deviance: number;
  /** Expected information X'WX, for a dispersion of 1. */
  readonly information: Float64Array;
  /** Score X'W r, r the working residuals. */
  readonly score: Float64Array;
  /** Linear predictor of each row, offset in it. Written over at the next pass. */
  readonly predictor: Float64Array;
  /** Mean of each row. Written over at the next pass. */
  readonly mean: Float64Array;
}

/** Passes over the rows of a problem; buffers are kept from one to the next. */
export interface ScoringPasses {
  /** The pass at some coefficients. */
  readonly at: (coefficients: Float64Array) => ScoringPoint;
  /** The pass that starts a fit: means near the outcomes, and the score of the whole working response against coefficients of 0. */
  readonly start: () => ScoringPoint;
}

export interface PassOptions {
  /** How the cross products are made; both give the same bits. */
  readonly engine?: "simd" | "plain" | "best";
  /** "observed": minus the second derivatives of the likelihood of a proportion, for Newton's steps where Fisher's fail. */
  readonly information?: "expected" | "observed";
}

/**
 * Prepares passes. In each, blocks of rows stay in the cache while their predictor, mean, weight and cross products are made, so that the columns are read once.
 * A pass is O(rows x columns^2).
 */
export function scoringPasses(
  problem: ScoringProblem,
  { engine = "best", information = "expected" }: PassOptions = {},
): ScoringPasses {
  const { rows, columns, values, outcome, weights, offset, family } = problem;
  const products = crossProduct(columns + 1, engine);
  const predictor = new Float64Array(rows);
  const mean = new Float64Array(rows);
  const rootWeight = new Float64Array(BLOCK_ROWS);
  const residual = products.block.subarray(columns * BLOCK_ROWS, (columns + 1) * BLOCK_ROWS);
  const work = rowWork(family, information);
  const run = (coefficients: Float64Array | null): ScoringPoint => {
    let deviance = 0;
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      const to = Math.min(rows, from + BLOCK_ROWS);
      if (coefficients) fillPredictor(predictor, values, rows, coefficients, offset, from, to);
      else
        for (let row = from; row < to; row++)
          predictor[row] = family.link.predictor(family.startMean(outcome[row], weights[row]));
      deviance += work(predictor, outcome, weights, mean, rootWeight, residual, from, to);
      if (!coefficients)
        for (let row = from; row < to; row++)
          residual[row - from] += rootWeight[row - from] * (predictor[row] - (offset ? offset[row] : 0));
      fillBlock(products, values, rows, columns, rootWeight, from, to);
      products.add();
    }
    return { deviance, ...split(products.take(), columns), predictor, mean };
  };
  return { at: run, start: () => run(null) };
}

function fillPredictor(
  predictor: Float64Array,
  values: Float64Array,
  rows: number,
  coefficients: Float64Array,
  offset: Float64Array | null,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) predictor[row] = offset ? offset[row] : 0;
  for (let column = 0; column < coefficients.length; column++) {
    const coefficient = coefficients[column];
    const at = column * rows;
    for (let row = from; row < to; row++) predictor[row] += coefficient * values[at + row];
  }
}

/** Columns of the block times the root of the working weight. */
function fillBlock(
  { block }: CrossProduct,
  values: Float64Array,
  rows: number,
  columns: number,
  rootWeight: Float64Array,
  from: number,
  to: number,
): void {
  const filled = to - from;
  for (let column = 0; column < columns; column++) {
    const [target, source] = [column * BLOCK_ROWS, column * rows + from];
    for (let k = 0; k < filled; k++) block[target + k] = rootWeight[k] * values[source + k];
  }
  if (filled < BLOCK_ROWS)
    for (let column = 0; column <= columns; column++)
      block.fill(0, column * BLOCK_ROWS + filled, (column + 1) * BLOCK_ROWS);
}

function split(whole: Float64Array, columns: number): { information: Float64Array; score: Float64Array } {
  const information = new Float64Array(columns * columns);
  for (let row = 0; row < columns; row++)
    information.set(whole.subarray(row * (columns + 1), row * (columns + 1) + columns), row * columns);
  return { information, score: whole.slice(columns * (columns + 1), columns * (columns + 1) + columns) };
}

/** Fills the mean, the root of the working weight and that root times the working residual of some rows; returns their deviance. */
type RowWork = (
  predictor: Float64Array,
  outcome: Float64Array,
  weights: Float64Array,
  mean: Float64Array,
  rootWeight: Float64Array,
  residual: Float64Array,
  from: number,
  to: number,
) => number;

/** Proportions by the logit: one exponential and one logarithm a row, none lost in the tails. */
const logisticRows: RowWork = (predictor, outcome, weights, mean, rootWeight, residual, from, to) => {
  let deviance = 0;
  for (let row = from; row < to; row++) {
    const eta = predictor[row];
    const y = outcome[row];
    const weight = weights[row];
    const odds = Math.exp(-Math.abs(eta));
    const near = 1 / (1 + odds);
    const far = odds * near;
    const [yes, no] = eta >= 0 ? [near, far] : [far, near];
    mean[row] = yes;
    const working = weight * near * far;
    const root = Math.sqrt(working);
    rootWeight[row - from] = root;
    residual[row - from] = root > 0 ? (weight * (y * no - (1 - y) * yes)) / root : 0;
    // -log(mean) is log(1 + odds) on the likely side and that plus |eta| on the other.
    const cost = Math.log1p(odds) + (eta >= 0 ? (1 - y) * eta : -y * eta);
    deviance += 2 * weight * (y === 0 || y === 1 ? cost : cost + y * Math.log(y) + (1 - y) * Math.log1p(-y));
  }
  return deviance;
};

function rowWork(family: Family, information: "expected" | "observed"): RowWork {
  if (family.link.name === "logit") return logisticRows;
  return information === "observed" && family.kind === "proportion" ? observedRows(family) : generalRows(family);
}

const generalRows =
  ({ kind, link, variance, deviance: cost }: Family): RowWork =>
  (predictor, outcome, weights, mean, rootWeight, residual, from, to) => {
    let deviance = 0;
    for (let row = from; row < to; row++) {
      const eta = predictor[row];
      const y = outcome[row];
      const weight = weights[row];
      mean[row] = link.mean(eta);
      const slope = link.slope(eta);
      const spread = variance(eta);
      const root = weight > 0 && spread > 0 ? slope * Math.sqrt(weight / spread) : 0;
      const gap = kind === "proportion" ? y * link.complement(eta) - (1 - y) * mean[row] : y - mean[row];
      rootWeight[row - from] = root;
      residual[row - from] = root > 0 ? (gap / slope) * root : 0;
      if (weight > 0) deviance += weight * cost(y, eta);
    }
    return deviance;
  };

/** Proportions by the derivatives of their likelihood: the pull of a row is kept where its expected weight is lost. */
const observedRows =
  ({ link, deviance: cost }: Family): RowWork =>
  (predictor, outcome, weights, mean, rootWeight, residual, from, to) => {
    let deviance = 0;
    for (let row = from; row < to; row++) {
      const [eta, y, weight] = [predictor[row], outcome[row], weights[row]];
      const [upPull, upBend] = link.success(eta);
      const [downPull, downBend] = link.failure(eta);
      const root = Math.sqrt(Math.max(0, weight * (y * upBend + (1 - y) * downBend)));
      mean[row] = link.mean(eta);
      rootWeight[row - from] = root;
      residual[row - from] = root > 0 ? (weight * (y * upPull + (1 - y) * downPull)) / root : 0;
      if (weight > 0) deviance += weight * cost(y, eta);
    }
    return deviance;
  };
