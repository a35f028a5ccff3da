import { Refusal } from "../refusal.ts";
import type { AdditiveLine } from "./accuracy.ts";
import { type CountInterval, narrowIntervals } from "./narrow-intervals.ts";
import { checkBase } from "./rounding.ts";

export interface RoundedIntervalsOptions {
  /** "nearest": an exact half goes up. "either": random or controlled rounding, to one of the two multiples around the count. */
  readonly rounding: "nearest" | "either";
}

/**
 * What a published rounded number says by itself.
 * @example
 * ```ts
 * intervalOfRounded(5, 5, "nearest") // { least: 3, greatest: 7 }
 * ```
 */
export function intervalOfRounded(value: number, base: number, rounding: "nearest" | "either"): CountInterval {
  checkBase(base);
  if (!(value >= 0) || value % base !== 0) {
    throw new Refusal({
      what: "Un nombre publié n'est pas un multiple de la base d'arrondi",
      expected: `un multiple de ${base}, jamais négatif`,
    });
  }
  const below = rounding === "nearest" ? Math.floor(base / 2) : base - 1;
  const above = rounding === "nearest" ? Math.ceil(base / 2) - 1 : base - 1;
  return { least: Math.max(0, value - below), greatest: value + above };
}

/**
 * Attack on rounded numbers published with rounded totals: the counts that remain possible for each cell, for a reader who knows the base, the way of
 * rounding, that true counts add up and that they are whole and not negative. Exact for lists and crossed tables of at most 1 000 cells; see
 * `narrowIntervals()`. NaN for a cell that is not published: nothing but its lines bounds it.
 * @throws Refusal when the numbers cannot come from rounding a table whose sums hold.
 * @example
 * ```ts
 * roundedIntervals([5, 5, 5, 5, 30], [{ total: 4, parts: [0, 1, 2, 3] }], 5, { rounding: "nearest" })[0] // { least: 7, greatest: 7 }
 * ```
 */
export function roundedIntervals(
  published: ArrayLike<number>,
  lines: readonly AdditiveLine[],
  base: number,
  { rounding }: RoundedIntervalsOptions,
): readonly CountInterval[] {
  const alone = Array.from(published, (value) =>
    Number.isNaN(value) ? { least: 0, greatest: Number.POSITIVE_INFINITY } : intervalOfRounded(value, base, rounding),
  );
  return narrowIntervals(alone, lines);
}
