import { QuartiersError } from "../../codes/errors.ts";
import type { CostMatrix } from "./cost-matrix.ts";
import type { Margins } from "./margins.ts";

/** A table whose sides hold as much as each other. */
export interface BalancedTable {
  readonly costs: CostMatrix;
  readonly margins: Margins;
  /** What was added: a column for the seekers left over, a row for the posts left over, or nothing. */
  readonly added: "unassigned" | "vacant" | null;
}

/**
 * Makes two sides equal for optimal transport, by one last column « non affectés » at a stated cost each when seekers are more than posts, or one last row
 * « postes vacants » at no cost when they are fewer. As many are placed as there are posts. O(rows x columns).
 * @example
 * ```ts
 * const costs = { rows: 1, columns: 1, values: Float64Array.of(3) };
 * const balanced = balanceMargins(costs, { rows: Float64Array.of(5), columns: Float64Array.of(2) }, 30);
 * [[...balanced.costs.values], [...balanced.margins.columns], balanced.added] // [ [ 3, 30 ], [ 2, 3 ], "unassigned" ]
 * ```
 */
export function balanceMargins(costs: CostMatrix, margins: Margins, unassignedCost: number): BalancedTable {
  if (!(unassignedCost >= 0 && unassignedCost < Number.POSITIVE_INFINITY)) {
    throw new QuartiersError({
      what: "Coût d'un non-affecté impossible",
      value: String(unassignedCost),
      expected: "un nombre fini, positif ou nul, dans l'unité des coûts",
    });
  }
  const sum = (amounts: Float64Array): number => amounts.reduce((total, amount) => total + amount, 0);
  const { rows, columns, values } = costs;
  const excess = sum(margins.rows) - sum(margins.columns);
  if (Math.abs(excess) <= 1e-9 * sum(margins.rows)) return { costs, margins, added: null };
  if (excess < 0) {
    const more = new Float64Array(values.length + columns);
    more.set(values);
    const rowIds = costs.rowIds ? { rowIds: [...costs.rowIds, "postes vacants"] } : {};
    return {
      costs: { ...costs, ...rowIds, rows: rows + 1, values: more },
      margins: { rows: Float64Array.of(...margins.rows, -excess), columns: margins.columns },
      added: "vacant",
    };
  }
  const wider = new Float64Array(rows * (columns + 1)).fill(unassignedCost);
  for (let i = 0; i < rows; i++) wider.set(values.subarray(i * columns, (i + 1) * columns), i * (columns + 1));
  const columnIds = costs.columnIds ? { columnIds: [...costs.columnIds, "non affectés"] } : {};
  return {
    costs: { ...costs, ...columnIds, columns: columns + 1, values: wider },
    margins: { rows: margins.rows, columns: Float64Array.of(...margins.columns, excess) },
    added: "unassigned",
  };
}
