import { QuartiersError } from "../../codes/errors.ts";
import type { WardTree } from "./ward-tree.ts";

/**
 * How the number of classes is read on the losses of inertia g_k (merge from k + 1 to k classes) and W_k = g_k + g_{k+1} + ... (inertia within k classes):
 * "factominer-2.7" takes the k whose W_k / W_{k-1} is least, "factominer-2.14" the k whose g_{k-1} / g_k is largest. They often disagree; neither is a test.
 */
export type CutRule = "factominer-2.7" | "factominer-2.14";

/** What the rules read for a number of classes. */
export interface CutCandidate {
  readonly classes: number;
  /** Inertia that the merge from `classes` to one fewer takes from between the groups, g_{k-1}. */
  readonly gain: number;
  /** Inertia left within the classes, W_k. */
  readonly within: number;
  /** Share of the total inertia between the classes. */
  readonly betweenShare: number;
  /** Criterion of "factominer-2.7", W_k / W_{k-1}: the least wins. */
  readonly withinRatio: number;
  /** Criterion of "factominer-2.14", g_{k-1} / g_k: the largest wins. */
  readonly gainRatio: number;
}

export interface ChosenClasses {
  readonly classes: number;
  readonly rule: CutRule;
  /** What each rule would take. */
  readonly byRule: Readonly<Record<CutRule, number>>;
  /** From `min` to `max` classes. */
  readonly candidates: readonly CutCandidate[];
}

/**
 * Chooses a number of classes on a tree by a named rule, and shows what both rules read. From `min` to `max` classes (as HCPC, 3 to 10, or to half the rows when that is less), and fewer than the
 * different rows. Refuses bounds in which the tree has nothing to choose. O(n).
 * @example
 * ```ts
 * const tree = { size: 7, distinct: 7, losses: Float64Array.of(0.1, 0.1, 0.2, 1, 3, 4), totalInertia: 8.4 };
 * const { classes, byRule } = chooseClasses(tree, { min: 2, max: 4 });
 * [classes, byRule] // [ 4, { 'factominer-2.7': 4, 'factominer-2.14': 4 } ]
 * ```
 */
export function chooseClasses(
  tree: Pick<WardTree, "size" | "losses" | "distinct" | "totalInertia">,
  {
    rule = "factominer-2.7",
    min = 3,
    max,
  }: { readonly rule?: CutRule; readonly min?: number; readonly max?: number } = {},
): ChosenClasses {
  const { size, losses, distinct, totalInertia } = tree;
  const most = Math.min(max ?? Math.min(10, Math.round(size / 2)), distinct - 1);
  if (!Number.isInteger(min) || !Number.isInteger(most) || min < 2 || most < min)
    throw new QuartiersError({
      what: "Aucun nombre de classes à choisir",
      value: `de ${min} à ${max ?? 10}, ${distinct} lignes différentes sur ${size}`,
      expected: "des bornes entières, la première d'au moins 2, et plus de lignes différentes que de classes",
      remedy: "avec si peu de lignes, les décrire une par une",
    });
  // gain[k] is g_k, within[k] is W_k.
  const gain = (classes: number): number => losses[size - 1 - classes];
  const within = new Float64Array(most + 1);
  for (let step = 0; step < size - 1 - most; step++) within[most] += losses[step];
  within[most] += gain(most);
  for (let k = most - 1; k >= 1; k--) within[k] = within[k + 1] + gain(k);
  const candidates = Array.from({ length: most - min + 1 }, (_, at): CutCandidate => {
    const classes = min + at;
    return {
      classes,
      gain: gain(classes - 1),
      within: within[classes],
      betweenShare: 1 - within[classes] / totalInertia,
      withinRatio: within[classes] / within[classes - 1],
      gainRatio: gain(classes - 1) / gain(classes),
    };
  });
  const first = (better: (one: CutCandidate, best: CutCandidate) => boolean): number =>
    candidates.reduce((best, one) => (better(one, best) ? one : best)).classes;
  const byRule: Record<CutRule, number> = {
    "factominer-2.7": first((one, best) => one.withinRatio < best.withinRatio),
    "factominer-2.14": first((one, best) => one.gainRatio > best.gainRatio),
  };
  return { classes: byRule[rule], rule, byRule, candidates };
}
