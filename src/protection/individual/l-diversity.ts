import type { SensitiveCounts } from "./sensitive-counts.ts";

/** The smallest of a measure over classes; 0 when there is no class. */
const least = (measures: Float64Array): number =>
  measures.length === 0 ? 0 : measures.reduce((a, b) => Math.min(a, b));

/** The number of distinct sensitive values of each class. */
export function distinctValues({ starts }: SensitiveCounts): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, own) => starts[own + 1] - starts[own]);
}

/**
 * Distinct l-diversity: the fewest distinct sensitive values in a class (Machanavajjhala et al. 2007).
 * @example
 * ```ts
 * distinctDiversity({ starts: Int32Array.of(0, 2, 3), values: Int32Array.of(0, 1, 0), counts: Int32Array.of(3, 1, 5), totals: Int32Array.of(8, 1), ordered: false }) // 1
 * ```
 */
export function distinctDiversity(counts: SensitiveCounts): number {
  return least(distinctValues(counts));
}

/** The exponential of the entropy of the sensitive values of each class: an effective number of values. */
export function effectiveValues({ starts, counts }: SensitiveCounts): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, own) => {
    let size = 0;
    for (let i = starts[own]; i < starts[own + 1]; i++) size += counts[i];
    let entropy = 0;
    for (let i = starts[own]; i < starts[own + 1]; i++) entropy -= (counts[i] / size) * Math.log(counts[i] / size);
    return Math.exp(entropy);
  });
}

/** Entropy l-diversity: exp of the least entropy of a class, a real number (pyCANON cuts it to an integer). */
export function entropyDiversity(counts: SensitiveCounts): number {
  return least(effectiveValues(counts));
}

/** The infimum c of each class for recursive (c, l): r1 / (rl + ... + rm), frequencies descending; infinite with fewer than l values. */
export function recursiveRatios({ starts, counts }: SensitiveCounts, l: number): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, own) => {
    const descending = counts.slice(starts[own], starts[own + 1]).sort((a, b) => b - a);
    const tail = descending.subarray(l - 1).reduce((sum, count) => sum + count, 0);
    return tail === 0 ? Number.POSITIVE_INFINITY : descending[0] / tail;
  });
}

/**
 * Recursive (c, l)-diversity: the infimum of the c for which r1 < c (rl + ... + rm) in every class. Frequencies are in descending order, as in the paper
 * (Machanavajjhala et al. 2007, definition 4.2); pyCANON sorts them ascending. The inequality is strict: a file is (c, l)-diverse when c is greater than
 * this number. Infinite when a class has fewer than l values; 0 without classes.
 */
export function recursiveDiversity(counts: SensitiveCounts, l: number): number {
  return recursiveRatios(counts, l).reduce((a, b) => Math.max(a, b), 0);
}
