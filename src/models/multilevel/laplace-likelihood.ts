import type { CrossedPattern } from "./crossed-pattern.ts";
import {
  type CrossedSystem,
  crossedInverse,
  crossedLogDeterminant,
  crossedSystem,
  solveCrossed,
} from "./crossed-system.ts";
import type { MixedCells } from "./mixed-cells.ts";

/** The most likely effects given the parameters, in units of their standard deviations, and the law around them. */
export interface EffectModes {
  /** Over all levels: those of the largest factor, then the others. */
  readonly modes: Float64Array;
  /** Its inverse is the covariance of the effects around their modes, in the same units. */
  readonly system: CrossedSystem;
}

interface State extends EffectModes {
  /** Log of the joint density of answers and effects, without its constants. */
  readonly log: number;
  readonly residuals: Float64Array;
  readonly weights: Float64Array;
  readonly probabilities: Float64Array;
}

/**
 * Laplace's approximation of the marginal likelihood of a logit with crossed random intercepts (one node; lme4's `nAGQ = 1`). Parameters are the
 * coefficients, then a standard deviation for each factor in the order of the pattern, whose sign does not matter. Each call starts from the modes of
 * the call before.
 */
export interface LaplaceLikelihood {
  readonly size: number;
  at(parameters: Float64Array): { readonly logLikelihood: number; readonly gradient: Float64Array };
  modesAt(parameters: Float64Array): EffectModes;
}

/** O(rows x (columns + factors^2)) a step of the search of the modes, with the cost of the system of the factors; the search ends when a step gains less than `precision`. */
export function laplaceLikelihood(cells: MixedCells, precision = 1e-18): LaplaceLikelihood {
  const { pattern, design } = cells;
  const levels = pattern.firstLevels + pattern.restLevels;
  let start = new Float64Array(levels);
  const stateAt = (parameters: Float64Array): State => {
    const state = findModes(cells, parameters, start, precision);
    start = Float64Array.from(state.modes);
    return state;
  };
  return {
    size: design.columns + pattern.starts.length,
    modesAt: stateAt,
    at(parameters) {
      const state = stateAt(parameters);
      return {
        logLikelihood: state.log - crossedLogDeterminant(state.system) / 2,
        gradient: gradientAt(cells, parameters, state),
      };
    },
  };
}

/** Penalised iteratively reweighted least squares: Newton's steps on the effects, halved when the joint density does not rise. */
function findModes(
  { design, successes, trials, pattern }: MixedCells,
  parameters: Float64Array,
  from: Float64Array,
  precision: number,
): State {
  const { rows, columns, values } = design;
  const deviations = parameters.subarray(columns);
  const fixed = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let k = 0; k < columns; k++) sum += values[row * columns + k] * parameters[k];
    fixed[row] = sum;
  }
  const residuals = new Float64Array(rows);
  const weights = new Float64Array(rows);
  const probabilities = new Float64Array(rows);
  let modes = Float64Array.from(from);
  const evaluate = (effects: Float64Array): number => {
    const logits = addEffects(pattern, fixed, effects, deviations);
    let log = 0;
    for (const effect of effects) log -= (effect * effect) / 2;
    for (let row = 0; row < rows; row++) {
      const logit = logits[row];
      const small = Math.exp(-Math.abs(logit));
      const inverse = 1 / (1 + small);
      const probability = logit >= 0 ? inverse : small * inverse;
      log += successes[row] * logit - trials[row] * (Math.max(logit, 0) + Math.log1p(small));
      probabilities[row] = probability;
      residuals[row] = successes[row] - trials[row] * probability;
      weights[row] = trials[row] * small * inverse * inverse;
    }
    return log;
  };
  let log = evaluate(modes);
  for (let step = 0; ; step++) {
    const system = crossedSystem(pattern, weights, deviations);
    const slope = sumByLevel(pattern, residuals, deviations);
    for (let level = 0; level < slope.length; level++) slope[level] -= modes[level];
    const move = solveCrossed(system, slope);
    let gain = 0;
    for (let level = 0; level < move.length; level++) gain += move[level] * slope[level];
    if (!(gain > precision) || step === 100) return { modes, system, log, residuals, weights, probabilities };
    for (let part = 1; ; part /= 2) {
      const tried = modes.map((mode, level) => mode + part * move[level]);
      const next = evaluate(tried);
      if (next >= log - 1e-12 * Math.abs(log) || part < 1e-6) {
        modes = tried;
        log = next;
        break;
      }
    }
  }
}

/**
 * The exact gradient: the modes move with the parameters, and the determinant with the modes. With `a` the derivative of log-determinant by the logit of
 * each row at fixed parameters, one more solve gives what the move of the modes adds (adjoint), whatever the number of parameters.
 */
function gradientAt({ design, pattern }: MixedCells, parameters: Float64Array, state: State): Float64Array {
  const { rows, columns, values } = design;
  const { modes, system, residuals, weights, probabilities } = state;
  const deviations = parameters.subarray(columns);
  const factors = pattern.starts.length;
  const { leverage, own } = leverages(system, deviations);
  const byLogit = new Float64Array(rows);
  for (let row = 0; row < rows; row++) byLogit[row] = leverage[row] * weights[row] * (1 - 2 * probabilities[row]);
  const adjoint = solveCrossed(system, sumByLevel(pattern, byLogit, deviations));
  const moved = addEffects(pattern, new Float64Array(rows), adjoint, deviations);
  const gradient = new Float64Array(columns + factors);
  // Each logit's full effect on the determinant, the modes' answer included.
  for (let row = 0; row < rows; row++) byLogit[row] = residuals[row] - (byLogit[row] - weights[row] * moved[row]) / 2;
  for (let row = 0; row < rows; row++)
    for (let k = 0; k < columns; k++) gradient[k] += byLogit[row] * values[row * columns + k];
  pattern.starts.forEach((_, factor) => {
    const { codes, shift } = levelsOf(pattern, factor);
    const scaled = own[factor] ?? leverage;
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      const level = shift + codes[row];
      sum += byLogit[row] * modes[level] - scaled[row] * weights[row] - (adjoint[level] * residuals[row]) / 2;
    }
    gradient[columns + factor] = sum;
  });
  return gradient;
}

/** For each row: z' M^-1 z with z its row of Z S; and for each factor the part of it that a unit of that factor's deviation makes. */
function leverages(
  system: CrossedSystem,
  deviations: Float64Array,
): { readonly leverage: Float64Array; readonly own: readonly Float64Array[] } {
  const { pattern } = system;
  const { rows, restLevels, first, rest, pairOf } = pattern;
  const inverse = crossedInverse(system);
  const own = pattern.starts.map(() => new Float64Array(rows));
  const [ofFirst = new Float64Array(rows)] = own;
  for (let row = 0; row < rows; row++) ofFirst[row] = deviations[0] * inverse.first[first[row]];
  rest.forEach((levels, factor) => {
    const mine = own[factor + 1] ?? ofFirst;
    const pairs = pairOf[factor] ?? levels;
    for (let row = 0; row < rows; row++) {
      const entry = inverse.pairs[pairs[row]];
      ofFirst[row] += deviations[factor + 1] * entry;
      mine[row] += deviations[0] * entry;
    }
    rest.forEach((others, other) => {
      for (let row = 0; row < rows; row++)
        mine[row] += deviations[other + 1] * inverse.rest[levels[row] * restLevels + others[row]];
    });
  });
  const leverage = new Float64Array(rows);
  own.forEach((values, factor) => {
    for (let row = 0; row < rows; row++) leverage[row] += deviations[factor] * values[row];
  });
  return { leverage, own };
}

function levelsOf(pattern: CrossedPattern, factor: number): { readonly codes: Int32Array; readonly shift: number } {
  if (factor === 0) return { codes: pattern.first, shift: 0 };
  return { codes: pattern.rest[factor - 1] ?? pattern.first, shift: pattern.firstLevels };
}

/** Adds to each row the effects of its levels, each times the deviation of its factor. */
export function addEffects(
  pattern: CrossedPattern,
  fixed: Float64Array,
  effects: Float64Array,
  deviations: ArrayLike<number>,
): Float64Array {
  const sums = Float64Array.from(fixed);
  pattern.starts.forEach((_, factor) => {
    const { codes, shift } = levelsOf(pattern, factor);
    const deviation = deviations[factor];
    for (let row = 0; row < sums.length; row++) sums[row] += deviation * effects[shift + codes[row]];
  });
  return sums;
}

/** The transpose: sums of the rows by level, each times the deviation of its factor. */
function sumByLevel(pattern: CrossedPattern, values: Float64Array, deviations: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(pattern.firstLevels + pattern.restLevels);
  pattern.starts.forEach((_, factor) => {
    const { codes, shift } = levelsOf(pattern, factor);
    const deviation = deviations[factor];
    for (let row = 0; row < values.length; row++) sums[shift + codes[row]] += deviation * values[row];
  });
  return sums;
}
