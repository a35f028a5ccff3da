import { QuartiersError } from "../../codes/errors.ts";
import { column, type Table } from "../../codes/table.ts";
import {
  codedColumn,
  type EquivalenceClasses,
  equivalenceClasses,
  oneClass,
  refineClasses,
  sampleUniques,
} from "./equivalence-classes.ts";

/** What makes records special: few values suffice to find them. */
export interface SpecialUniques {
  /** Minimal sample uniques of each record: sets of columns, no smaller part of which is unique, as bits (first column = 1). */
  readonly minimal: readonly (readonly number[])[];
  /** SUDA score: each minimal unique of size s adds (n-s)! / (n-M-1)!, n columns, M the greatest size searched (n - 1 at most). */
  readonly scores: Float64Array;
  /** Probability that a unique match with an outside file is correct, shared among the uniques by their score; null unless asked for. */
  readonly disScores: Float64Array | null;
}

export interface SpecialUniquesOptions {
  /** Greatest number of columns of a minimal unique. 3 by default. */
  readonly maxSize?: number;
  /** Sampling fraction of the file: asks for DIS scores. */
  readonly disFraction?: number;
}

/**
 * Probability of a correct match given a unique match, estimated by data intrusion simulation: U f / (U f + P (1 - f)), with U sample uniques and P records
 * in pairs (Skinner & Elliot 2002). 0 without unique.
 */
export function uniqueMatchProbability(classes: EquivalenceClasses, fraction: number): number {
  const uniques = sampleUniques(classes);
  const paired = classes.sizes.reduce((count, size) => count + (size === 2 ? 2 : 0), 0);
  return uniques === 0 ? 0 : (uniques * fraction) / (uniques * fraction + paired * (1 - fraction));
}

/**
 * Minimal sample uniques and SUDA scores (Elliot, Manning & Ford 2002). Every set of at most `maxSize` columns is tried, small ones first.
 * DIS scores are DIS x score / mean score over the records unique on all columns, at most 1: their mean is the probability for the file, before the cut.
 * Time O(rows x sets of columns).
 * @throws for more than 30 columns, a size below 1, a fraction outside 0-1
 * @example
 * ```ts
 * const t = table({ a: numberColumn([2, 1, 1], { label: "", unit: "" }), b: numberColumn([0, 3, 0], { label: "", unit: "" }), c: numberColumn([0, 6, 0], { label: "", unit: "" }) });
 * specialUniques(t, ["a", "b", "c"]).minimal // [ [ 1 ], [ 2, 4 ], [ 3, 5 ] ]
 * ```
 */
export function specialUniques(
  t: Table,
  quasiIdentifiers: readonly string[],
  { maxSize = 3, disFraction }: SpecialUniquesOptions = {},
): SpecialUniques {
  const n = quasiIdentifiers.length;
  if (n < 1 || n > 30 || !(maxSize >= 1) || (disFraction !== undefined && !(disFraction > 0 && disFraction <= 1))) {
    throw new QuartiersError({
      what: "La recherche des uniques est mal bornée",
      expected: "de 1 à 30 colonnes, une taille d'au moins 1, un taux de sondage entre 0 et 1",
    });
  }
  const coded = quasiIdentifiers.map((name) => codedColumn(column(t, name)));
  const minimal: number[][] = Array.from({ length: t.numRows }, () => []);
  const search = (classes: EquivalenceClasses, from: number, left: number, set: number): void => {
    if (left === 0) {
      classes.classOf.forEach((own, row) => {
        if (classes.sizes[own] === 1 && !minimal[row].some((smaller) => (smaller & set) === smaller))
          minimal[row].push(set);
      });
      return;
    }
    for (let i = from; i <= n - left; i++) search(refineClasses(classes, coded[i]), i + 1, left - 1, set | (1 << i));
  };
  for (let size = 1; size <= Math.min(maxSize, n); size++) search(oneClass(t.numRows), 0, size, 0);
  const greatest = Math.max(1, Math.min(maxSize, n - 1));
  const worth = Array.from({ length: n + 1 }, (_, size) => {
    let product = 1;
    for (let i = size; i <= greatest; i++) product *= Math.max(1, n - i);
    return product;
  });
  const bits = (set: number): number => set.toString(2).replaceAll("0", "").length;
  const scores = Float64Array.from(minimal, (sets) => sets.reduce((sum, set) => sum + worth[bits(set)], 0));
  if (disFraction === undefined) return { minimal, scores, disScores: null };
  const classes = equivalenceClasses(t, quasiIdentifiers);
  const probability = uniqueMatchProbability(classes, disFraction);
  const total = scores.reduce((sum, score) => sum + score, 0);
  const mean = total / Math.max(1, sampleUniques(classes));
  return {
    minimal,
    scores,
    disScores: scores.map((score) => (total === 0 ? 0 : Math.min(1, (probability * score) / mean))),
  };
}
