import { QuartiersError } from "../codes/errors.ts";
import { reasonAt } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";

export type DrawnValue = string | number | null;
export type DrawnRow = Readonly<Record<string, DrawnValue>>;

/**
 * The rows that a specification carries: the named columns of a released table and nothing else. A missing value is null; its
 * reason stands in a column of the same name with "_manque" when any row lacks one.
 */
export function drawnRows(data: Released, columns: readonly string[]): readonly DrawnRow[] {
  return Array.from({ length: data.numRows }, (_, row) => {
    const values: Record<string, DrawnValue> = {};
    for (const name of columns) {
      const column = data.columns[name];
      if (!column) continue;
      const reason = reasonAt(column, row);
      const value = column.values[row] ?? null;
      values[name] = reason || value === Number.POSITIVE_INFINITY ? null : value;
      if (column.missing) values[`${name}_manque`] = reason;
    }
    return values;
  });
}

/** True when any file behind the table is invented. */
export const isSynthetic = (data: Released): boolean => data.lineage.some(({ synthetic }) => synthetic);

/** Refuses two rows for one mark: the second would be drawn over the first. `keys` are names, never values. */
export function refuseDoubles(keys: readonly string[], id: string): void {
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key)) {
      throw new QuartiersError({
        what: `La figure « ${id} » reçoit deux lignes pour un même point`,
        value: key,
        expected: "une ligne par point",
      });
    }
    seen.add(key);
  }
}
