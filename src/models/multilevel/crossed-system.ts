import { cholesky, choleskyInverse, choleskyLogDeterminant, choleskySolve } from "../linear-algebra/cholesky.ts";
import type { CrossedPattern } from "./crossed-pattern.ts";

/**
 * The penalised normal equations of crossed random intercepts, I + S Z'WZ S, with S the standard deviation of each factor: a diagonal over the levels of
 * the first factor, a sparse block of pairs, and the Cholesky factor of what is left over the other levels (Schur complement).
 */
export interface CrossedSystem {
  readonly pattern: CrossedPattern;
  readonly diagonal: Float64Array;
  readonly cross: Float64Array;
  /** Cholesky factor over the rest, row by row. */
  readonly factor: Float64Array;
}

/** Assembles and factors the system for the weights of the rows. O(rows x factors^2 + pairs x rest + rest^3). */
export function crossedSystem(
  pattern: CrossedPattern,
  weights: Float64Array,
  deviations: ArrayLike<number>,
): CrossedSystem {
  const { firstLevels, restLevels, first, rest, pairOf, pairStarts, pairLevels } = pattern;
  const diagonal = new Float64Array(firstLevels);
  const cross = new Float64Array(pairLevels.length);
  const dense = new Float64Array(restLevels * restLevels);
  for (let row = 0; row < first.length; row++) diagonal[first[row]] += weights[row];
  const own = deviations[0];
  for (let level = 0; level < firstLevels; level++) diagonal[level] = own * own * diagonal[level] + 1;
  rest.forEach((levels, factor) => {
    const deviation = deviations[factor + 1];
    const pairs = pairOf[factor] ?? levels;
    for (let row = 0; row < levels.length; row++) cross[pairs[row]] += own * deviation * weights[row];
    for (let other = 0; other <= factor; other++) {
      const others = rest[other] ?? levels;
      const scale = deviation * deviations[other + 1];
      for (let row = 0; row < levels.length; row++)
        dense[levels[row] * restLevels + others[row]] += scale * weights[row];
    }
  });
  for (let level = 0; level < restLevels; level++) dense[level * restLevels + level] += 1;
  for (let level = 0; level < firstLevels; level++)
    for (let a = pairStarts[level]; a < pairStarts[level + 1]; a++) {
      const ratio = cross[a] / diagonal[level];
      const row = pairLevels[a] * restLevels;
      for (let b = pairStarts[level]; b <= a; b++) dense[row + pairLevels[b]] -= ratio * cross[b];
    }
  // The penalty keeps every eigenvalue at 1 or more: only an overflow of the weights could make it fail.
  const factor = cholesky(dense, restLevels) ?? new Float64Array(restLevels * restLevels).fill(Number.NaN);
  return { pattern, diagonal, cross, factor };
}

/** The solution over all levels, those of the first factor, then the rest. O(pairs + rest^2). */
export function solveCrossed(system: CrossedSystem, right: Float64Array): Float64Array {
  const { diagonal, cross, factor, pattern } = system;
  const { firstLevels, pairStarts, pairLevels } = pattern;
  const left = right.slice(firstLevels);
  for (let level = 0; level < firstLevels; level++) {
    const ratio = right[level] / diagonal[level];
    for (let pair = pairStarts[level]; pair < pairStarts[level + 1]; pair++)
      left[pairLevels[pair]] -= cross[pair] * ratio;
  }
  const solution = Float64Array.from(right);
  solution.set(choleskySolve(factor, left), firstLevels);
  eliminate(system, solution);
  return solution;
}

/** Turns a vector of independent standard normals into one whose covariance is the inverse of the system. O(pairs + rest^2). */
export function spreadCrossed(system: CrossedSystem, deviates: Float64Array): Float64Array {
  const { diagonal, factor, pattern } = system;
  const { firstLevels, restLevels } = pattern;
  const spread = Float64Array.from(deviates);
  for (let row = restLevels - 1; row >= 0; row--) {
    let value = spread[firstLevels + row];
    for (let k = row + 1; k < restLevels; k++) value -= factor[k * restLevels + row] * spread[firstLevels + k];
    spread[firstLevels + row] = value / factor[row * restLevels + row];
  }
  for (let level = 0; level < firstLevels; level++) spread[level] *= Math.sqrt(diagonal[level]);
  eliminate(system, spread);
  return spread;
}

/** Back substitution of the first factor, in place. */
function eliminate({ diagonal, cross, pattern }: CrossedSystem, values: Float64Array): void {
  const { firstLevels, pairStarts, pairLevels } = pattern;
  for (let level = 0; level < firstLevels; level++) {
    let sum = values[level];
    for (let pair = pairStarts[level]; pair < pairStarts[level + 1]; pair++)
      sum -= cross[pair] * values[firstLevels + pairLevels[pair]];
    values[level] = sum / diagonal[level];
  }
}

/** The logarithm of the determinant. */
export function crossedLogDeterminant({ diagonal, factor, pattern }: CrossedSystem): number {
  let sum = choleskyLogDeterminant(factor, pattern.restLevels);
  for (const value of diagonal) sum += Math.log(value);
  return sum;
}

/** The entries of the inverse that rows meet. */
export interface CrossedInverse {
  /** Diagonal over the levels of the first factor. */
  readonly first: Float64Array;
  /** Entry of each pair (first level, rest level). */
  readonly pairs: Float64Array;
  /** Whole over the rest, row by row. */
  readonly rest: Float64Array;
}

/** O(sum over first levels of the square of their pairs + rest^3). */
export function crossedInverse({ diagonal, cross, factor, pattern }: CrossedSystem): CrossedInverse {
  const { firstLevels, restLevels, pairStarts, pairLevels } = pattern;
  const rest = choleskyInverse(factor, restLevels);
  const first = new Float64Array(firstLevels);
  const pairs = new Float64Array(cross.length);
  for (let level = 0; level < firstLevels; level++) {
    let own = 1;
    for (let a = pairStarts[level]; a < pairStarts[level + 1]; a++) {
      const row = pairLevels[a] * restLevels;
      let sum = 0;
      for (let b = pairStarts[level]; b < pairStarts[level + 1]; b++) sum += cross[b] * rest[row + pairLevels[b]];
      pairs[a] = -sum / diagonal[level];
      own -= pairs[a] * cross[a];
    }
    first[level] = own / diagonal[level];
  }
  return { first, pairs, rest };
}
