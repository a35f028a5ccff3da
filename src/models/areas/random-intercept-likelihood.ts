import { logGamma } from "../uncertainty/incomplete-beta.ts";
import type { DesignMatrix } from "./design-matrix.ts";
import type { GaussHermite } from "./gauss-hermite.ts";

/** Cells (profiles of an area) in the order of their area. */
export interface LogitCells {
  readonly design: DesignMatrix;
  readonly successes: Float64Array;
  readonly trials: Float64Array;
  /** Cells of area a: `order[starts[a]]` to `order[starts[a + 1] - 1]`. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** The law of the effect of an area, in units of its standard deviation, given the parameters and its counts. */
export interface EffectMode {
  readonly mode: number;
  /** Standard deviation from the curvature at the mode. */
  readonly spread: number;
}

/** What a sum over the cells of an area gives at an effect u: log of the joint density and what its derivatives are made of. */
interface CellSums {
  log: number;
  /** Sums over the cells of y - n p, of w = n p (1 - p), of w (1 - 2 p); and each of them times the columns of the design. */
  residual: number;
  weight: number;
  skew: number;
  readonly residualBy: Float64Array;
  readonly weightBy: Float64Array;
  readonly skewBy: Float64Array;
}

const emptySums = (columns: number): CellSums => ({
  log: 0,
  residual: 0,
  weight: 0,
  skew: 0,
  residualBy: new Float64Array(columns),
  weightBy: new Float64Array(columns),
  skewBy: new Float64Array(columns),
});

/** Fills the sums for an effect; by column only when asked. */
function sumCells(
  { design, successes, trials, starts, order }: LogitCells,
  parameters: Float64Array,
  area: number,
  effect: number,
  byColumn: boolean,
  sums: CellSums,
): void {
  const { columns, values } = design;
  sums.log = (-effect * effect) / 2;
  sums.residual = 0;
  sums.weight = 0;
  sums.skew = 0;
  if (byColumn) {
    sums.residualBy.fill(0);
    sums.weightBy.fill(0);
    sums.skewBy.fill(0);
  }
  for (let place = starts[area]; place < starts[area + 1]; place++) {
    const cell = order[place];
    const n = trials[cell];
    let logit = parameters[columns] * effect;
    for (let k = 0; k < columns; k++) logit += parameters[k] * values[cell * columns + k];
    // log(1 + e^logit) and the probability, without overflow on either side.
    const small = Math.exp(-Math.abs(logit));
    sums.log += successes[cell] * logit - n * (Math.max(logit, 0) + Math.log1p(small));
    const probability = logit >= 0 ? 1 / (1 + small) : small / (1 + small);
    const residual = successes[cell] - n * probability;
    const weight = (n * small) / (1 + small) ** 2;
    const skew = weight * (1 - 2 * probability);
    sums.residual += residual;
    sums.weight += weight;
    sums.skew += skew;
    if (!byColumn) continue;
    for (let k = 0; k < columns; k++) {
      const x = values[cell * columns + k];
      sums.residualBy[k] += residual * x;
      sums.weightBy[k] += weight * x;
      sums.skewBy[k] += skew * x;
    }
  }
}

/** The most likely effect of an area, by Newton's steps halved when they do not rise: the density is log-concave. */
export function effectMode(cells: LogitCells, parameters: Float64Array, area: number, from = 0): EffectMode {
  const { columns } = cells.design;
  const deviation = parameters[columns];
  const sums = emptySums(columns);
  let mode = from;
  sumCells(cells, parameters, area, mode, false, sums);
  for (let step = 0; step < 100; step++) {
    const curvature = deviation * deviation * sums.weight + 1;
    const move = (deviation * sums.residual - mode) / curvature;
    const before = sums.log;
    let part = 1;
    while (true) {
      sumCells(cells, parameters, area, mode + part * move, false, sums);
      if (sums.log >= before - 1e-12 * Math.abs(before) || part < 1e-6) break;
      part /= 2;
    }
    mode += part * move;
    if (Math.abs(move) < 1e-12 * (1 + Math.abs(mode))) break;
  }
  return { mode, spread: 1 / Math.sqrt(deviation * deviation * sums.weight + 1) };
}

/**
 * The marginal log-likelihood of the coefficients and the standard deviation of the effects (last parameter; its sign does not matter), each effect
 * integrated by adaptive Gauss-Hermite quadrature around its mode (Pinheiro and Bates 1995), Laplace's approximation with one node; its gradient
 * counts that modes and spreads move with the parameters. `modes` is a warm start, kept up to date. O(cells x columns x nodes).
 */
export function marginalLikelihood(
  cells: LogitCells,
  parameters: Float64Array,
  { nodes, logWeights }: GaussHermite,
  modes: Float64Array,
): { readonly logLikelihood: number; readonly gradient: Float64Array } {
  const { columns } = cells.design;
  const size = columns + 1;
  const deviation = parameters[columns];
  const gradient = new Float64Array(size);
  const atMode = emptySums(columns);
  const atNode = emptySums(columns);
  const modeSlope = new Float64Array(size);
  const spreadSlope = new Float64Array(size);
  const logs = new Float64Array(nodes.length);
  const slopes = new Float64Array(nodes.length * size);
  let total = 0;
  for (let area = 0; area + 1 < cells.starts.length; area++) {
    if (cells.starts[area] === cells.starts[area + 1]) continue;
    const { mode, spread } = effectMode(cells, parameters, area, modes[area]);
    modes[area] = mode;
    sumCells(cells, parameters, area, mode, true, atMode);
    const curvature = -(deviation * deviation * atMode.weight + 1);
    const third = -(deviation ** 3) * atMode.skew;
    for (let k = 0; k < size; k++) {
      const ofDeviation = k === columns;
      const first = ofDeviation ? atMode.residual - deviation * mode * atMode.weight : -deviation * atMode.weightBy[k];
      const second = ofDeviation
        ? -2 * deviation * atMode.weight - deviation * deviation * mode * atMode.skew
        : -deviation * deviation * atMode.skewBy[k];
      modeSlope[k] = -first / curvature;
      spreadSlope[k] = 0.5 * spread ** 3 * (second + third * modeSlope[k]);
    }
    let top = Number.NEGATIVE_INFINITY;
    for (let node = 0; node < nodes.length; node++) {
      const effect = mode + Math.SQRT2 * spread * nodes[node];
      sumCells(cells, parameters, area, effect, true, atNode);
      logs[node] = logWeights[node] + nodes[node] ** 2 + atNode.log;
      top = Math.max(top, logs[node]);
      const byEffect = deviation * atNode.residual - effect;
      for (let k = 0; k < size; k++)
        slopes[node * size + k] =
          (k === columns ? effect * atNode.residual : atNode.residualBy[k]) +
          byEffect * (modeSlope[k] + Math.SQRT2 * nodes[node] * spreadSlope[k]);
    }
    let sum = 0;
    for (const log of logs) sum += Math.exp(log - top);
    total += top + Math.log(sum) + Math.log(spread) - Math.log(Math.PI) / 2;
    for (let k = 0; k < size; k++) {
      gradient[k] += spreadSlope[k] / spread;
      for (let node = 0; node < nodes.length; node++)
        gradient[k] += (Math.exp(logs[node] - top) / sum) * slopes[node * size + k];
    }
  }
  return { logLikelihood: total, gradient };
}

/** The part of the log-likelihood that no parameter moves: the ways to choose the successes. */
export function logCombinations(successes: Float64Array, trials: Float64Array): number {
  let sum = 0;
  for (let cell = 0; cell < trials.length; cell++)
    sum += logGamma(trials[cell] + 1) - logGamma(successes[cell] + 1) - logGamma(trials[cell] - successes[cell] + 1);
  return sum;
}

/** The cells with columns of unit mean square, so that steps and tolerances are of one size; `scales` are what they were divided by, 1 for the deviation. */
export function scaleColumns(cells: LogitCells): { readonly scaled: LogitCells; readonly scales: Float64Array } {
  const { columns, values, rows } = cells.design;
  const scales = new Float64Array(columns + 1).fill(1);
  for (let k = 0; k < columns; k++) {
    let squares = 0;
    for (let cell = 0; cell < rows; cell++) squares += values[cell * columns + k] ** 2 / rows;
    scales[k] = Math.sqrt(squares);
  }
  const scaled = values.map((value, index) => value / scales[index % columns]);
  return { scaled: { ...cells, design: { ...cells.design, values: scaled } }, scales };
}
