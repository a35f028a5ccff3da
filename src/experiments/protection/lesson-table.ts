import type { SourceRef } from "../../codes/lineage.ts";
import { table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure, FigureText } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";

/** One column of a table of words: its heading and what stands under it, line by line. */
export interface WordColumn {
  readonly label: string;
  readonly values: readonly string[];
}

/** A table of words made from published or invented sources: steps, verdicts, sentences. */
export function lessonTable(
  lineage: readonly SourceRef[],
  columns: Readonly<Record<string, WordColumn>>,
  text: FigureText,
): Figure {
  const names = Object.keys(columns);
  const words = table(
    Object.fromEntries(
      Object.entries(columns).map(([name, { label, values }]) => [name, textColumn(values, { label })]),
    ),
    lineage,
  );
  return dataTable(release(words, { name: text.id, open: names }), text);
}
