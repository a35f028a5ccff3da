import type { ContributedColumn } from "./contributed-column.ts";
import { type Draft, hide, hideableColumns } from "./draft.ts";

/** Rules on how many units there are; the others are on how an amount is shared between them. */
const frequencyRules: ReadonlySet<string> = new Set(["frequency", "weighted-frequency"]);

/**
 * Hides the amounts that break a rule of the provider; where too few units contribute, the whole row. Returns how many cells it hid.
 */
export function hideConcentrated(
  draft: Draft,
  contributed: readonly ContributedColumn[],
  protects: readonly string[] | undefined,
): number {
  const before = draft.primary.size;
  for (const { column, broken } of contributed) {
    broken.forEach((codes, row) => {
      if (codes.length === 0) return;
      const few = codes.some((code) => frequencyRules.has(code));
      for (const name of few ? hideableColumns(draft, protects) : [column])
        hide(draft, { column: name, row }, draft.primary);
    });
  }
  return draft.primary.size - before;
}
