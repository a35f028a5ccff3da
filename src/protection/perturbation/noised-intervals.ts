import { Refusal } from "../refusal.ts";
import type { AdditiveLine } from "./accuracy.ts";
import { type CountInterval, narrowIntervals } from "./narrow-intervals.ts";
import type { NoiseTable } from "./noise-table.ts";

/**
 * Attack on counts published with noise and noised totals: the counts that remain possible for each cell, for a reader who knows the noise table (not the keys),
 * and that true counts add up. The law says more than the interval: counts in its middle are likelier. NaN for a cell that is not published.
 * @throws Refusal when a number cannot be published by that table, or the numbers cannot come from one whose sums hold.
 */
export function noisedIntervals(
  published: ArrayLike<number>,
  lines: readonly AdditiveLine[],
  noise: NoiseTable,
): readonly CountInterval[] {
  const alone = Array.from(published, (value): CountInterval => {
    if (Number.isNaN(value)) return { least: 0, greatest: Number.POSITIVE_INFINITY };
    const possible: number[] = [];
    for (let count = Math.max(0, value - noise.greatest); count <= value + noise.greatest; count++) {
      const law = noise.rows[Math.min(count, noise.rows.length - 1)];
      const at = law?.deviations.indexOf(value - count) ?? -1;
      if (at >= 0 && (law?.probabilities[at] ?? 0) > 0) possible.push(count);
    }
    if (possible.length === 0) {
      throw new Refusal({
        what: "Un nombre publié ne peut pas venir de cette table de bruit",
        expected: "un nombre entier que la table permet",
      });
    }
    return { least: possible[0] ?? 0, greatest: possible.at(-1) ?? 0 };
  });
  return narrowIntervals(alone, lines);
}
