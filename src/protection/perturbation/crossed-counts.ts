import { Refusal } from "../refusal.ts";
import { checkCounts } from "./rounding.ts";

/** Counts of a crossed table, row after row, with its margins. */
export interface CrossedCounts {
  readonly rows: number;
  readonly columns: number;
  /** Inner cells: row r, column c at r * columns + c. */
  readonly cells: ArrayLike<number>;
  readonly rowTotals: ArrayLike<number>;
  readonly columnTotals: ArrayLike<number>;
  readonly total: number;
}

/** Refuses a table with holes, or whose margins are not the sums of its cells. */
export function checkCrossed({ rows, columns, cells, rowTotals, columnTotals, total }: CrossedCounts): void {
  for (const counts of [cells, rowTotals, columnTotals, [total]]) {
    checkCounts(counts);
    if (Array.from(counts).some(Number.isNaN)) {
      throw new Refusal({
        what: "Un tableau à arrondir a des cellules absentes",
        expected: "un effectif dans chaque cellule et chaque marge",
      });
    }
  }
  const sum = (from: number, step: number, length: number): number => {
    let seen = 0;
    for (let i = 0; i < length; i++) seen += cells[from + i * step];
    return seen;
  };
  const holds =
    cells.length === rows * columns &&
    rowTotals.length === rows &&
    columnTotals.length === columns &&
    Array.from(rowTotals).every((value, r) => value === sum(r * columns, 1, columns)) &&
    Array.from(columnTotals).every((value, c) => value === sum(c, columns, rows)) &&
    total === sum(0, 1, rows * columns);
  if (holds) return;
  throw new Refusal({
    what: "Un tableau à arrondir n'est pas la somme de ses cellules",
    expected: "des marges égales à la somme de leur ligne ou de leur colonne",
    remedy: "calculer les marges sur les mêmes unités que les cellules",
  });
}
