import { type AdditiveSystem, type AdditiveSystemOptions, type SumOfCells, systemOfLines } from "./additive-system.ts";

/** One dimension of a crossed table, and which of its labels are sums of others: margins, a hierarchy, two groupings of the same labels. */
export interface Dimension {
  readonly labels: readonly string[];
  /** Labels by their place in `labels`. */
  readonly hierarchy: readonly SumOfCells[];
}

/** The labels, and one more for their sum. */
export const dimensionWithTotal = (labels: readonly string[], total = "Ensemble"): Dimension => ({
  labels: [...labels, total],
  hierarchy: [{ total: labels.length, parts: labels.map((_, i) => i) }],
});

/**
 * The system of a crossed table whose cells are given in order, the last dimension turning fastest: along each dimension, for every label of the others,
 * the sums of its hierarchy hold. Groupings that overlap in a dimension make linked tables that share cells, in one system.
 * @throws Refusal when the cells are not as many as the labels make, or contradict a sum
 * @example
 * ```ts
 * const two = dimensionWithTotal(["F", "H"]);
 * crossedSystem([two, two], [4, 20, 24, 15, 30, 45, 19, 50, 69]).label(1) // "F × H"
 * ```
 */
export function crossedSystem(
  dimensions: readonly Dimension[],
  values: ArrayLike<number>,
  options: Omit<AdditiveSystemOptions, "label"> = {},
): AdditiveSystem {
  const sizes = dimensions.map(({ labels }) => labels.length);
  const count = sizes.reduce((product, size) => product * size, 1);
  let lineCount = 0;
  let entries = 0;
  for (const { labels, hierarchy } of dimensions) {
    const others = count / labels.length;
    lineCount += others * hierarchy.length;
    for (const { parts } of hierarchy) entries += others * (parts.length + 1);
  }
  const starts = new Int32Array(lineCount + 1);
  const cells = new Int32Array(entries);
  let line = 0;
  let at = 0;
  let stride = count;
  for (const { labels, hierarchy } of dimensions) {
    const block = stride;
    stride /= labels.length;
    for (const { total, parts } of hierarchy) {
      for (let outer = 0; outer < count; outer += block) {
        for (let inner = 0; inner < stride; inner++) {
          const base = outer + inner;
          cells[at++] = base + total * stride;
          for (const part of parts) cells[at++] = base + part * stride;
          starts[++line] = at;
        }
      }
    }
  }
  return systemOfLines(values, { starts, cells }, { ...options, label: (cell) => labelOf(dimensions, cell) });
}

function labelOf(dimensions: readonly Dimension[], cell: number): string {
  let rest = cell;
  const words: string[] = [];
  for (const { labels } of [...dimensions].reverse()) {
    words.unshift(labels[rest % labels.length] ?? "");
    rest = Math.floor(rest / labels.length);
  }
  return words.join(" × ");
}

/**
 * The cells of a crossed table from those that are not sums: `inner` holds the number of each combination of labels, at their places, 0 where a label is a sum
 * (it is overwritten). Sums are filled in the order of each hierarchy: a total after its parts.
 */
export function withSums(dimensions: readonly Dimension[], inner: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(inner);
  let stride = values.length;
  for (const { labels, hierarchy } of dimensions) {
    const block = stride;
    stride /= labels.length;
    for (const { total, parts } of hierarchy) {
      for (let outer = 0; outer < values.length; outer += block) {
        for (let k = outer; k < outer + stride; k++) {
          let sum = 0;
          for (const part of parts) sum += values[k + part * stride];
          values[k + total * stride] = sum;
        }
      }
    }
  }
  return values;
}
