import { Refusal } from "../refusal.ts";
import { type Equation, simplex } from "../simplex.ts";
import type { AdditiveLine } from "./accuracy.ts";

/** Counts that a reader knows possible. */
export interface CountInterval {
  readonly least: number;
  readonly greatest: number;
}

/**
 * What additive lines leave of the intervals of counts: bounds are first tightened line by line (exact, whole numbers), then by linear programming over all
 * lines at once. For lists and crossed tables the result is the exact interval of whole counts; beyond them it may be wider. Above `most` cells
 * linear programming is left out, and the result may be wider still. Cost: two simplex runs a cell on a dense tableau.
 * @param most default 1 000
 * @throws Refusal when no counts fit.
 * @example
 * ```ts
 * narrowIntervals([{ least: 0, greatest: 9 }, { least: 0, greatest: 9 }, { least: 15, greatest: 15 }], [{ total: 2, parts: [0, 1] }])[0] // { least: 6, greatest: 9 }
 * ```
 */
export function narrowIntervals(
  alone: readonly CountInterval[],
  lines: readonly AdditiveLine[],
  { most = 1000 }: { readonly most?: number } = {},
): readonly CountInterval[] {
  const low = Float64Array.from(alone, ({ least }) => least);
  const high = Float64Array.from(alone, ({ greatest }) => greatest);
  tighten(low, high, lines);
  if (alone.length <= most) optimise(low, high, lines);
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
    what: "Ces nombres publiés ne peuvent pas venir d'un tableau dont les sommes tiennent",
    expected: "la méthode, ses paramètres et les totaux du tableau publié",
  });
}
