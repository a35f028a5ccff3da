import { type NumberColumn, numbers, reasonAt } from "../codes/table.ts";
import { type Draft, hide, hideableColumns } from "./draft.ts";
import type { ReleaseOptions } from "./release-options.ts";

/** Rows under the threshold lose their protected numbers; counts that are parts of a column sum are judged one by one. */
export function hideUnderThreshold(draft: Draft, { protects, columnSums = [] }: ReleaseOptions): void {
  const { table, countNames, counts, open, rule, primary } = draft;
  if (counts.length === 0) return;
  const hideable = hideableColumns(draft, protects);
  const parts = new Set(columnSums.flatMap((sum) => sum.parts));
  // Where every count is a part, nothing else counts the units behind the amounts of the row.
  const units = new Set(counts.map(({ unit }) => unit));
  const amounts = countNames.every((name) => parts.has(name))
    ? hideable.filter((name) => !units.has(numbers(table, name).unit))
    : [];
  // A count that is neither zero nor at the threshold hides its row; so does one that is not known.
  const small = (count: NumberColumn, row: number): boolean =>
    !(count.values[row] === 0 || count.values[row] >= rule.minUnits);
  counts.forEach((count, i) => {
    const own = countNames[i] ?? "";
    const alone = parts.has(own);
    for (let row = 0; row < table.numRows; row++) {
      const unknown = reasonAt(count, row) !== null;
      if (!small(count, row) && !unknown) continue;
      if (alone) {
        for (const column of [own, ...amounts]) if (!open.has(column)) hide(draft, { column, row }, primary);
        continue;
      }
      for (const column of hideable) {
        const isCount = countNames.includes(column);
        const structural = isCount && numbers(table, column).values[row] === 0;
        if (!structural && !(isCount && unknown)) hide(draft, { column, row }, primary);
      }
    }
  });
}
