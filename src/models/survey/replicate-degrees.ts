import { degreesOfFreedomOfRows } from "./design.ts";
import type { ReplicateDesign } from "./replicate-design.ts";

/**
 * Degrees of freedom of a domain: for replicates made from a design, its units less its strata, and at most replicates - 1; for given replicates, the rank of their weights on the
 * rows less 1 (R survey's degf, which takes the rank in every case: the two agree on a whole survey). O(rows), or O(rows x replicates^2) for given ones.
 */
export function replicateDegreesOfFreedom(design: ReplicateDesign, rows: Int32Array): number {
  if (rows.length === 0) return 0;
  if (design.source) return Math.min(design.replicates - 1, degreesOfFreedomOfRows(design.source, rows));
  if (rows.length === design.weights.length) return design.degreesOfFreedom;
  return replicateRank(design, rows) - 1;
}

/** Numerical rank of the replicate weights on some rows: a column counts when what earlier ones leave of it is over 1e-5 of its length. O(rows x replicates^2). */
export function replicateRank(
  { weights, replicates, fill }: Pick<ReplicateDesign, "weights" | "replicates" | "fill">,
  rows: Int32Array,
): number {
  const whole = new Float64Array(weights.length);
  const basis: Float64Array[] = [];
  for (let r = 0; r < replicates && basis.length < rows.length; r++) {
    fill(r, whole);
    const column = Float64Array.from(rows, (row) => whole[row]);
    const length = Math.sqrt(dot(column, column));
    // Twice, so that rounding does not leave a dependent column with a length.
    for (let pass = 0; pass < 2; pass++) for (const direction of basis) remove(column, direction);
    const left = Math.sqrt(dot(column, column));
    if (left > 1e-5 * length) basis.push(column.map((value) => value / left));
  }
  return basis.length;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function remove(column: Float64Array, direction: Float64Array): void {
  const along = dot(column, direction);
  for (let i = 0; i < column.length; i++) column[i] -= along * direction[i];
}
