import type { CrossedCounts } from "../../../src/protection/perturbation/crossed-counts.ts";

/** A crossed table of those cells, row after row. */
export function crossed(rows: number, columns: number, cells: readonly number[]): CrossedCounts {
  const rowTotals = Array.from({ length: rows }, (_, r) =>
    cells.slice(r * columns, (r + 1) * columns).reduce((a, b) => a + b, 0),
  );
  const columnTotals = Array.from({ length: columns }, (_, c) =>
    rowTotals.reduce((sum, _, r) => sum + (cells[r * columns + c] ?? 0), 0),
  );
  return { rows, columns, cells, rowTotals, columnTotals, total: rowTotals.reduce((a, b) => a + b, 0) };
}
/** Cells, row totals, column totals, total. */
export const listOf = ({ cells, rowTotals, columnTotals, total }: CrossedCounts): number[] => [
  ...Array.from(cells),
  ...Array.from(rowTotals),
  ...Array.from(columnTotals),
  total,
];
/** The additive lines of that list. */
export function linesOf({ rows, columns }: CrossedCounts): { total: number; parts: number[] }[] {
  const inner = rows * columns;
  const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  return [
    ...range(rows).map((r) => ({ total: inner + r, parts: range(columns).map((c) => r * columns + c) })),
    ...range(columns).map((c) => ({ total: inner + rows + c, parts: range(rows).map((r) => r * columns + c) })),
    { total: inner + rows + columns, parts: range(rows).map((r) => inner + r) },
    { total: inner + rows + columns, parts: range(columns).map((c) => inner + rows + c) },
  ];
}
