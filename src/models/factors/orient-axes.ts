import { QuartiersError } from "../../codes/errors.ts";
import type { NamedCategory } from "./mca-options.ts";

/**
 * Fixes the sign of the first `kept` axes, in place: the eigenvector (component of category k on axis s at `[s * J + k]`) is turned so that a category is positive on it, namely the one that `positive`
 * names for the axis, or the one of largest contribution (the first of them, when several are largest to 1e-9). Returns that category for each axis. Refuses a named category that has no part in the axis.
 * @example
 * ```ts
 * const vectors = Float64Array.of(0.6, -0.8);
 * const positive = orientAxes(vectors, 1, { names: ["sport"], question: Int32Array.of(0, 0), levels: ["non", "oui"] });
 * [positive[0], [...vectors]] // [ 1, [ -0.6, 0.8 ] ]
 * ```
 */
export function orientAxes(
  vectors: Float64Array,
  kept: number,
  categories: { readonly names: readonly string[]; readonly question: Int32Array; readonly levels: readonly string[] },
  positive: readonly (NamedCategory | null)[] = [],
): Int32Array {
  const size = categories.levels.length;
  return Int32Array.from({ length: kept }, (_, axis) => {
    const vector = vectors.subarray(axis * size, (axis + 1) * size);
    const named = positive[axis];
    const chosen = named ? findCategory(categories, named) : largest(vector);
    if (named && !(chosen >= 0 && Math.abs(vector[chosen]) > 1e-9))
      throw new QuartiersError({
        what: `L'axe ${axis + 1} ne peut pas être orienté par cette modalité`,
        value: `${named.question}, ${named.level}`,
        expected: "une modalité active, dont la coordonnée sur l'axe n'est pas nulle",
      });
    if (vector[chosen] < 0) for (let k = 0; k < size; k++) vector[k] = -vector[k];
    return chosen;
  });
}

function largest(vector: Float64Array): number {
  const most = vector.reduce((best, value) => Math.max(best, value * value), 0);
  return vector.findIndex((value) => value * value >= most * (1 - 1e-9));
}

function findCategory(
  { names, question, levels }: { names: readonly string[]; question: Int32Array; levels: readonly string[] },
  named: NamedCategory,
): number {
  return levels.findIndex((level, k) => level === named.level && names[question[k]] === named.question);
}
