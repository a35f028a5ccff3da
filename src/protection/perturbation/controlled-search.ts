import { Refusal } from "../refusal.ts";
import type { AdditiveLine } from "./accuracy.ts";
import { checkBase, checkCounts } from "./rounding.ts";

/**
 * Controlled rounding of any additive table (three-way, hierarchical, linked) by exact search: each cell becomes one of the two multiples of the base
 * around it, every line adds up, the sum of distances is the least possible. Null when no such rounding exists, which happens from three dimensions on
 * (Causey, Cox and Ernst 1985). Branch and bound, exponential: for small tables.
 * @param most cells tried before giving up, with an error; default one million
 * @throws Refusal when lines do not hold on the true counts, or after `most` trials without a proof.
 * @example
 * ```ts
 * roundLines([2, 1, 1, 4], [{ total: 3, parts: [0, 1, 2] }], 3) // Float64Array(4) [ 3, 0, 0, 3 ]
 * ```
 */
export function roundLines(
  counts: ArrayLike<number>,
  lines: readonly AdditiveLine[],
  base: number,
  { most = 1_000_000 }: { readonly most?: number } = {},
): Float64Array | null {
  checkBase(base);
  checkCounts(counts);
  for (const { total, parts } of lines) {
    if (parts.reduce((sum, part) => sum + counts[part], 0) === counts[total]) continue;
    throw new Refusal({
      what: "Un tableau à arrondir n'est pas la somme de ses cellules",
      expected: "des totaux égaux à la somme de leurs parties",
    });
  }
  const cells = counts.length;
  const floor = Float64Array.from(counts, (count) => Math.floor(count / base));
  const rest = Float64Array.from(counts, (count, i) => count - floor[i] * base);
  // Units to add to floors: 0 or 1 in each cell, so that each line holds. A line lacks what its total's floor has above its parts' floors.
  const lack = lines.map(({ total, parts }) => floor[total] - parts.reduce((sum, part) => sum + floor[part], 0));
  const low: number[] = lines.map(({ total }) => (rest[total] > 0 ? -1 : 0));
  const high = lines.map(({ parts }) => parts.filter((part) => rest[part] > 0).length);
  const linesOf: { readonly line: number; readonly sign: 1 | -1 }[][] = Array.from({ length: cells }, () => []);
  lines.forEach(({ total, parts }, line) => {
    linesOf[total]?.push({ line, sign: -1 });
    for (const part of parts) linesOf[part]?.push({ line, sign: 1 });
  });
  const free = Array.from({ length: cells }, (_, i) => i).filter((i) => rest[i] > 0);
  free.sort((a, b) => (linesOf[b]?.length ?? 0) - (linesOf[a]?.length ?? 0) || a - b);
  const cheapestLeft = new Float64Array(free.length + 1);
  for (let at = free.length - 1; at >= 0; at--) {
    const r = rest[free[at] ?? 0];
    cheapestLeft[at] = cheapestLeft[at + 1] + Math.min(r, base - r);
  }
  const up = new Uint8Array(cells);
  let best: Uint8Array | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  let tried = 0;

  /** Fixes one cell in its lines; false when a line can no longer hold. `low` and `high` bound parts minus total over what is still free. */
  const fix = (cell: number, value: 0 | 1, direction: 1 | -1): boolean => {
    let possible = true;
    for (const { line, sign } of linesOf[cell] ?? []) {
      if (sign === 1) {
        high[line] = (high[line] ?? 0) - direction * (1 - value);
        low[line] = (low[line] ?? 0) + direction * value;
      } else {
        high[line] = (high[line] ?? 0) - direction * value;
        low[line] = (low[line] ?? 0) + direction * (1 - value);
      }
      if ((low[line] ?? 0) > (lack[line] ?? 0) || (high[line] ?? 0) < (lack[line] ?? 0)) possible = false;
    }
    return possible;
  };
  const search = (at: number, cost: number): void => {
    if (cost + cheapestLeft[at] >= bestCost) return;
    const cell = free[at];
    if (cell === undefined) {
      best = Uint8Array.from(up);
      bestCost = cost;
      return;
    }
    if (++tried > most) {
      throw new Refusal({
        what: "L'arrondi contrôlé exact de ce tableau est trop long à chercher",
        expected: "un petit tableau, ou un tableau croisé à deux dimensions",
        remedy: "arrondir chaque tableau croisé à part avec roundCrossed()",
      });
    }
    const order: readonly (0 | 1)[] = 2 * rest[cell] >= base ? [1, 0] : [0, 1];
    for (const value of order) {
      up[cell] = value;
      if (fix(cell, value, 1)) search(at + 1, cost + (value === 1 ? base - rest[cell] : rest[cell]));
      fix(cell, value, -1);
    }
    up[cell] = 0;
  };
  if (lines.every((_, line) => (low[line] ?? 0) <= (lack[line] ?? 0) && (lack[line] ?? 0) <= (high[line] ?? 0)))
    search(0, 0);
  const found = best as Uint8Array | null;
  return found && Float64Array.from(found, (one, i) => (floor[i] + one) * base);
}
