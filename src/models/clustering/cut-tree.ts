import { QuartiersError } from "../../codes/errors.ts";
import { orderClasses } from "./order-classes.ts";
import type { WardTree } from "./ward-tree.ts";

/**
 * Class of each row when a tree is cut in `classes` groups, numbered from 0 by their mean on the first axis, lowest first. Refuses more classes than there are different rows: identical
 * rows are never parted. O(n).
 * @example
 * ```ts
 * const cloud = { coordinates: Float64Array.of(7, 0, 8, 1), dimensions: 1, masses: Float64Array.of(1, 1, 1, 1) };
 * cutTree({ cloud, size: 4, distinct: 4, left: Int32Array.of(0, 1, 4), right: Int32Array.of(2, 3, 5) }, 2) // Int32Array(4) [ 1, 0, 1, 0 ]
 * ```
 */
export function cutTree(
  tree: Pick<WardTree, "cloud" | "size" | "distinct" | "left" | "right">,
  classes: number,
): Int32Array {
  checkNumberOfClasses(tree, classes);
  const { size, left, right, cloud } = tree;
  const top = Int32Array.from({ length: 2 * size - 1 }, (_, node) => node);
  for (let step = size - classes - 1; step >= 0; step--) {
    top[left[step]] = top[size + step];
    top[right[step]] = top[size + step];
  }
  const numbers = new Int32Array(2 * size - 1).fill(-1);
  let found = 0;
  const classOf = new Int32Array(size);
  for (let row = 0; row < size; row++) {
    const root = top[row];
    if (numbers[root] < 0) numbers[root] = found++;
    classOf[row] = numbers[root];
  }
  return orderClasses(cloud, classOf);
}

/**
 * Refuses a number of classes that a tree cannot give.
 * @example
 * ```ts
 * checkNumberOfClasses({ distinct: 5 }, 3) // undefined
 * ```
 */
export function checkNumberOfClasses({ distinct }: Pick<WardTree, "distinct">, classes: number): void {
  if (Number.isInteger(classes) && classes >= 1 && classes <= distinct) return;
  throw new QuartiersError({
    what: "Nombre de classes impossible",
    value: String(classes),
    expected: `un entier de 1 à ${distinct}, le nombre de lignes différentes`,
    remedy: "demander moins de classes\u00a0: des lignes identiques ne se séparent pas",
  });
}
