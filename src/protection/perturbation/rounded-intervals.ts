import { Refusal } from "../refusal.ts";
import { type Equation, simplex } from "../simplex.ts";
import type { AdditiveLine } from "./accuracy.ts";
import { checkBase } from "./rounding.ts";

/** Counts that a reader of rounded numbers knows possible. */
export interface CountInterval {
  readonly least: number;
  readonly greatest: number;
}

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
 * rounding, that true counts add up and that they are whole and not negative. Bounds are first tightened line by line (exact, whole numbers), then by
 * linear programming over all lines at once; for lists and crossed tables the result is the exact interval, beyond them it contains it. NaN for a cell
 * that is not published: nothing but its lines bounds it. Cost: two simplex runs a cell on a dense tableau; for tables of a few hundred cells.
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
  const low = Float64Array.from(alone, ({ least }) => least);
  const high = Float64Array.from(alone, ({ greatest }) => greatest);
  tighten(low, high, lines);
  optimise(low, high, lines);
  return alone.map((_, cell) => ({ least: low[cell], greatest: high[cell] }));
}

/** Each line bounds each of its cells by the others, until nothing moves. */
function tighten(low: Float64Array, high: Float64Array, lines: readonly AdditiveLine[]): void {
  for (let moved = true; moved; ) {
    moved = false;
    const narrow = (cell: number, least: number, greatest: number): void => {
      if (least > low[cell]) {
        low[cell] = least;
        moved = true;
      }
      if (greatest < high[cell]) {
        high[cell] = greatest;
        moved = true;
      }
      if (low[cell] > high[cell]) throw contradiction();
    };
    for (const { total, parts } of lines) {
      const sum = (bounds: Float64Array, except = -1): number =>
        parts.reduce((seen, part) => (part === except ? seen : seen + bounds[part]), 0);
      narrow(total, sum(low), sum(high));
      for (const part of parts) narrow(part, low[total] - sum(high, part), high[total] - sum(low, part));
    }
  }
}

/** The ends of each cell over all lines at once. Unknowns: x - low, and for each bounded cell the room left above it. */
function optimise(low: Float64Array, high: Float64Array, lines: readonly AdditiveLine[]): void {
  const cells = low.length;
  const equations: Equation[] = [];
  let unknowns = cells;
  for (let cell = 0; cell < cells; cell++) {
    if (high[cell] === Number.POSITIVE_INFINITY) continue;
    equations.push({
      coefficients: new Map([
        [cell, 1],
        [unknowns++, 1],
      ]),
      right: high[cell] - low[cell],
    });
  }
  for (const { total, parts } of lines) {
    const coefficients = new Map<number, number>(parts.map((part) => [part, 1]));
    coefficients.set(total, -1);
    equations.push({ coefficients, right: low[total] - parts.reduce((sum, part) => sum + low[part], 0) });
  }
  const seenLow = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
  const seenHigh = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY);
  const program = simplex(equations, unknowns, (point) => {
    for (let cell = 0; cell < cells; cell++) {
      seenLow[cell] = Math.min(seenLow[cell], point[cell]);
      seenHigh[cell] = Math.max(seenHigh[cell], point[cell]);
    }
  });
  if (program === null) throw contradiction();
  for (let cell = 0; cell < cells; cell++) {
    if (low[cell] === high[cell]) continue;
    const ends = { least: low[cell], greatest: high[cell] };
    program.push(cell, -1, () => seenLow[cell] <= 1e-7, 0);
    program.push(cell, 1, () => low[cell] + seenHigh[cell] >= high[cell] - 1e-7, 1);
    const bounded = high[cell] !== Number.POSITIVE_INFINITY;
    low[cell] = ends.least + Math.ceil(seenLow[cell] - 1e-6);
    if (bounded) high[cell] = ends.least + Math.floor(seenHigh[cell] + 1e-6);
  }
}

function contradiction(): Refusal {
  return new Refusal({
    what: "Ces nombres arrondis ne peuvent pas venir d'un tableau dont les sommes tiennent",
    expected: "la base, le mode d'arrondi et les totaux du tableau publié",
  });
}
