import type { CrossedPattern } from "./crossed-pattern.ts";
import {
  type CrossedSystem,
  crossedInverse,
  crossedLogDeterminant,
  crossedSystem,
  solveCrossed,
} from "./crossed-system.ts";
import type { LinearTerms } from "./linear-terms.ts";

/** Intercepts of several crossed groups, one ratio each, in the order of the caller. O(rows + columns x solves) an evaluation. */
export function crossedTerms(
  pattern: CrossedPattern,
  levels: readonly number[],
  columns: number,
  values: Float64Array,
): LinearTerms {
  const { rows, order, starts, first, rest, firstLevels, restLevels } = pattern;
  const ones = new Float64Array(rows).fill(1);
  const size = firstLevels + restLevels;
  const sums = Array.from({ length: columns }, () => new Float64Array(size));
  sums.forEach((sum, column) => {
    for (let row = 0; row < rows; row++) {
      const value = values[row * columns + column];
      sum[first[row]] += value;
      for (const codes of rest) sum[firstLevels + codes[row]] += value;
    }
  });
  const deviationsOf = (ratios: Float64Array): Float64Array => Float64Array.from(order, (group) => ratios[group]);
  const scaled = (sum: Float64Array, deviations: Float64Array): Float64Array => {
    const result = Float64Array.from(sum);
    deviations.forEach((deviation, place) => {
      const end = starts[place + 1] ?? size;
      for (let level = starts[place] ?? 0; level < end; level++) result[level] *= deviation;
    });
    return result;
  };
  const systemAt = (deviations: Float64Array): CrossedSystem => crossedSystem(pattern, ones, deviations);
  return {
    ratios: levels.length,
    at(ratios) {
      const deviations = deviationsOf(ratios);
      const system = systemAt(deviations);
      const explained = new Float64Array(columns * columns);
      const rights = sums.map((sum) => scaled(sum, deviations));
      rights.forEach((right, a) => {
        const solution = solveCrossed(system, right);
        rights.forEach((other, b) => {
          let sum = 0;
          for (let level = 0; level < size; level++) sum += solution[level] * other[level];
          explained[a * columns + b] = sum;
        });
      });
      return { logDeterminant: crossedLogDeterminant(system), explained };
    },
    effects(ratios, combination) {
      const deviations = deviationsOf(ratios);
      const system = systemAt(deviations);
      const right = new Float64Array(size);
      sums.forEach((sum, column) => {
        for (let level = 0; level < size; level++) right[level] += combination[column] * sum[level];
      });
      const modes = scaled(solveCrossed(system, scaled(right, deviations)), deviations);
      const inverse = crossedInverse(system);
      return levels.map((count, group) => {
        const place = order.indexOf(group);
        const start = starts[place] ?? 0;
        const variance = (level: number): number =>
          place === 0 ? inverse.first[level] : inverse.rest[(start - firstLevels + level) * (restLevels + 1)];
        return {
          modes: modes.slice(start, start + count),
          covariances: Float64Array.from({ length: count }, (_, level) => ratios[group] ** 2 * variance(level)),
        };
      });
    },
  };
}
