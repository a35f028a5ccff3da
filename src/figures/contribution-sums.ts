import { QuartiersError } from "../codes/errors.ts";
import { column, numbers, texts } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";

/**
 * Refuses parts that do not add up to their total, to 1e-6 of the largest: what is printed must add up for who checks it by hand. Groups with a
 * missing part or total are not checked. The error names the group, never a value.
 */
export function checkAddingUp(
  data: Released,
  {
    row,
    value,
    total,
    id,
  }: { readonly row: string; readonly value: string; readonly total: string; readonly id: string },
): void {
  const [groups, values, totals] = [texts(data, row).values, numbers(data, value).values, numbers(data, total).values];
  const sums = new Map<string, { sum: number; size: number; total: number }>();
  for (const [i, group] of groups.entries()) {
    const known = sums.get(group) ?? { sum: 0, size: 0, total: totals[i] };
    if (!Object.is(known.total, totals[i]))
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit deux totaux pour un même territoire`,
        value: group,
        expected: `la même valeur de « ${column(data, total).label} » sur chacune de ses lignes`,
      });
    known.sum += values[i];
    known.size = Math.max(known.size, Math.abs(values[i]), Math.abs(totals[i]));
    sums.set(group, known);
  }
  for (const [group, { sum, size, total: expected }] of sums)
    if (Math.abs(sum - expected) > 1e-6 * Math.max(1e-9, size))
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit des contributions qui ne s'additionnent pas`,
        value: group,
        expected: `des parts dont la somme est « ${column(data, total).label} »`,
        remedy: "les arrondir ensemble (roundedParts), et ne pas en retirer",
      });
}
