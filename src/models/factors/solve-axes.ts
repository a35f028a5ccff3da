import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";

/** The table whose eigenvectors are the axes. */
export interface StandardisedTable {
  /** Categories that have a part in the axes: rows and columns of S, in order. */
  readonly active: Int32Array;
  /** S_kl = (f_kl - f_k f_l) / (Q sqrt(F_k F_l)), active x active. */
  readonly values: Float64Array;
}

/**
 * S of an MCA from the shares of pairs: f_kl in the rows that count, F_k in the rows of reference (the same, but in a class-specific analysis). Passive categories leave S; shares, centring and Q stay. O(J²).
 * @example
 * ```ts
 * const pairs = Float64Array.of(0.5, 0, 0, 0.5); // one question, two answers of one half
 * standardisedTable(pairs, Float64Array.of(0.5, 0.5), Uint8Array.of(0, 0), 1).values // Float64Array(4) [ 0.5, -0.5, -0.5, 0.5 ]
 * ```
 */
export function standardisedTable(
  pairs: Float64Array,
  reference: Float64Array,
  passive: Uint8Array,
  questions: number,
): StandardisedTable {
  const all = passive.length;
  const active = Int32Array.from(passive.keys()).filter((k) => passive[k] === 0);
  const values = new Float64Array(active.length * active.length);
  active.forEach((k, row) => {
    active.forEach((l, column) => {
      const gap = pairs[k * all + l] - pairs[k * all + k] * pairs[l * all + l];
      values[row * active.length + column] = gap / (questions * Math.sqrt(reference[k] * reference[l]));
    });
  });
  return { active, values };
}

/** Axes of an MCA. */
export interface SolvedAxes {
  /** All eigenvalues that are not zero to rounding, decreasing. */
  readonly eigenvalues: Float64Array;
  /** Trace of S: the inertia of the indicator table. */
  readonly inertia: number;
  /** Sum of the squares of S over pairs of categories of different questions. */
  readonly betweenInertia: number;
  /** Unit eigenvectors, one per eigenvalue: component of category k on axis s at `[s * J + k]`, 0 for a passive category. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of S, those of J - Q at most that are over 1e-12 times the first. O(J³).
 * @example
 * ```ts
 * const square = { active: Int32Array.of(0, 1), values: Float64Array.of(0.5, -0.5, -0.5, 0.5) };
 * const { eigenvalues, inertia } = solveAxes(square, Int32Array.of(0, 0));
 * [eigenvalues.length, eigenvalues[0].toFixed(12), inertia] // [ 1, "1.000000000000", 1 ]
 * ```
 */
export function solveAxes(table: StandardisedTable, question: Int32Array): SolvedAxes {
  const { active, values } = table;
  const size = active.length;
  const categories = question.length;
  const { values: found, vectors: unit } = symmetricEigen(values, size);
  const rank = found.findIndex((value) => !(value > 1e-12 * found[0]));
  const eigenvalues = found.slice(0, rank < 0 ? size : rank);
  const vectors = new Float64Array(eigenvalues.length * categories);
  for (let s = 0; s < eigenvalues.length; s++)
    for (let k = 0; k < size; k++) vectors[s * categories + active[k]] = unit[s * size + k];
  let inertia = 0;
  let betweenInertia = 0;
  for (let k = 0; k < size; k++) {
    inertia += values[k * size + k];
    for (let l = 0; l < size; l++) {
      if (question[active[k]] !== question[active[l]]) betweenInertia += values[k * size + l] ** 2;
    }
  }
  return { eigenvalues, inertia, betweenInertia, vectors };
}
