import type { CategoricalVariable } from "../factors/categorical-variable.ts";

/** Respondents of two groups whose answers to every question are given by somebody of both. */
export interface CommonSupport {
  readonly rows: Int32Array;
  /** For each question, the levels that both groups keep, by code. */
  readonly levels: readonly (readonly number[])[];
}

/**
 * The rows whose levels both groups hold. Leaving a row out may empty another level of its group, so that the search goes on until nothing moves.
 * O(rows x questions x rounds).
 * @example
 * ```ts
 * const age = { name: "âge", levels: ["jeune", "âgé"], codes: Int32Array.of(0, 0, 1) };
 * commonSupport([1, 1, 1], Int8Array.of(0, 1, 1), Int32Array.of(0, 1, 2), [age]).rows // Int32Array(2) [ 0, 1 ]
 * ```
 */
export function commonSupport(
  weights: ArrayLike<number>,
  sideOf: Int8Array,
  rows: Int32Array,
  questions: readonly CategoricalVariable[],
): CommonSupport {
  let kept = rows.filter((row) => weights[row] !== 0);
  for (;;) {
    const held = questions.map(({ codes, levels }) => {
      const sides = new Uint8Array(levels.length);
      for (const row of kept) sides[codes[row]] |= sideOf[row] === 0 ? 1 : 2;
      return sides;
    });
    const next = kept.filter((row) => questions.every(({ codes }, q) => held[q][codes[row]] === 3));
    if (next.length === kept.length)
      return { rows: kept, levels: held.map((sides) => [...sides.keys()].filter((code) => sides[code] === 3)) };
    kept = next;
  }
}
