import { QuartiersError } from "../../codes/errors.ts";
import { wardTree } from "../clustering/ward-tree.ts";

/** Rows to be grouped: `width` numbers each, row-major, on one scale (`standardised`). */
export interface Rows {
  readonly values: Float64Array;
  readonly width: number;
}

/** A tree of n rows: merge k joins `left[k]` and `right[k]` into node n + k; heights increase. */
export interface ClusterTree {
  readonly size: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Square root of twice the sum of squares that the merge adds: between two rows, their distance (the convention of scipy and of R's ward.D2). */
  readonly heights: Float64Array;
}

/**
 * Ward's hierarchical clustering (1963) of rows that count alike, with the heights of scipy and of R's ward.D2: `wardTree` of masses 1. The exact tree, no draw; of equal distances, one is taken.
 * Refuses a value that is missing or infinite.
 * @example
 * ```ts
 * const { heights } = wardClustering({ values: Float64Array.of(0, 1, 5), width: 1 });
 * [heights[0].toFixed(6), heights[1].toFixed(6)] // [ '1.000000', '5.196152' ]
 * ```
 */
export function wardClustering(rows: Rows): ClusterTree {
  const size = checkRows(rows);
  const { left, right, losses } = wardTree(rows.values, rows.width);
  return { size, left, right, heights: losses.map((loss) => Math.sqrt(2 * size * loss)) };
}

/**
 * Cuts a tree in `classes` groups, numbered from 0 in the order of their first row. Refuses a number of classes that the tree does not have. O(n).
 * @example
 * ```ts
 * cutTree(wardClustering({ values: Float64Array.of(7, 0, 8, 1), width: 1 }), 2) // Int32Array(4) [ 0, 1, 0, 1 ]
 * ```
 */
export function cutTree({ size, left, right }: ClusterTree, classes: number): Int32Array {
  if (!Number.isInteger(classes) || classes < 1 || classes > size)
    throw new QuartiersError({
      what: "Nombre de classes impossible",
      value: String(classes),
      expected: `un entier de 1 à ${size}`,
    });
  const top = Int32Array.from({ length: 2 * size - 1 }, (_, node) => node);
  for (let step = size - classes - 1; step >= 0; step--)
    for (const child of [left[step], right[step]]) top[child] = top[size + step];
  const numbers = new Map<number, number>();
  return Int32Array.from({ length: size }, (_, row) => {
    const root = top[row];
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root) ?? 0;
  });
}

/** Columns less their mean, over their standard deviation (n); a column that does not vary becomes 0: it separates nobody. */
export function standardised(columns: readonly Float64Array[]): Rows {
  const width = columns.length;
  const size = columns[0]?.length ?? 0;
  const values = Float64Array.from(
    { length: size * width },
    (_, at) => columns[at % width]?.[Math.floor(at / width)] ?? 0,
  );
  checkRows({ values, width });
  columns.forEach((column, k) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / size;
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size);
    const flat = !(deviation > 1e-12 * Math.max(1, Math.abs(mean)));
    column.forEach((value, row) => {
      values[row * width + k] = flat ? 0 : (value - mean) / deviation;
    });
  });
  return { values, width };
}

/** Squared Euclidean distances, n x n. */
export function squaredDistances({ values, width }: Rows, size: number): Float64Array {
  const squared = new Float64Array(size * size);
  for (let a = 0; a < size; a++)
    for (let b = a + 1; b < size; b++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += (values[a * width + k] - values[b * width + k]) ** 2;
      squared[a * size + b] = sum;
      squared[b * size + a] = sum;
    }
  return squared;
}

function checkRows({ values, width }: Rows): number {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (values.length > 0 && width > 0 && values.length % width === 0 && wrong < 0) return values.length / width;
  throw new QuartiersError({
    what: wrong >= 0 ? `Valeur manquante ou infinie à la ligne ${Math.floor(wrong / width) + 1}` : "Rien à classer",
    value: wrong >= 0 ? String(values[wrong]) : `${values.length} valeurs, ${width} colonnes`,
    expected: "des nombres finis, au moins une ligne et une colonne",
    remedy: "borner ce qui est hors d'atteinte par une durée déclarée, ou retirer ces lignes et dire combien",
  });
}
