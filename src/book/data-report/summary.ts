import { NOT_AVAILABLE, NOT_SIGNIFICANT, SECRET, type Table } from "../../codes/table.ts";
import type { Contract } from "../../sources/contract.ts";
import { type Distribution, distributionOf } from "./distribution.ts";
import { countTexts, profileOf, type TextProfile } from "./text-profile.ts";

/** What is counted in one column, before protection: it goes to no page as it is. */
export interface ColumnSummary {
  readonly name: string;
  /** Rows that hold a value, and rows absent for each reason: they add up to the rows of the table. */
  readonly present: number;
  readonly s: number;
  readonly ns: number;
  readonly nd: number;
  /** Zeros that the contract reads as secret: part of `s`. */
  readonly suspiciousZeros: number;
  readonly numbers: Distribution | null;
  readonly texts: TextProfile | null;
  /** Rows of each text; null for a column of numbers, and for a streamed column that is not a code of places. */
  readonly counts: ReadonlyMap<string, number> | null;
}

export interface TableSummary {
  readonly rows: number;
  readonly columns: readonly ColumnSummary[];
  /** Rows that repeat an earlier row whole; null when a key makes it impossible, or when the file was streamed. */
  readonly duplicates: number | null;
}

/** Counts a loaded table column by column. O(rows × columns), with a sort for each column of numbers. */
export function summariseTable(t: Table, { key }: Pick<Contract, "key">): TableSummary {
  return {
    rows: t.numRows,
    columns: Object.keys(t.columns).map((name) => summariseColumn(t, name)),
    duplicates: key.length > 0 ? null : repeatedRows(t),
  };
}

function summariseColumn(t: Table, name: string): ColumnSummary {
  const column = t.columns[name];
  if (!column) throw new RangeError(name);
  const reasons = [0, 0, 0, 0];
  if (column.missing) for (const code of column.missing) reasons[code]++;
  const absent = reasons[SECRET] + reasons[NOT_SIGNIFICANT] + reasons[NOT_AVAILABLE];
  const base = {
    name,
    present: t.numRows - absent,
    s: reasons[SECRET],
    ns: reasons[NOT_SIGNIFICANT],
    nd: reasons[NOT_AVAILABLE],
    suspiciousZeros: 0,
  };
  if (column.type === "number") return { ...base, numbers: distributionOf(column.values), texts: null, counts: null };
  const counts = countTexts(column.values, column.missing);
  return { ...base, numbers: null, texts: profileOf(counts), counts };
}

/** Rows equal in all columns to an earlier one. O(rows × columns). */
function repeatedRows({ columns, numRows }: Table): number {
  const all = Object.values(columns);
  const seen = new Set<string>();
  for (let row = 0; row < numRows; row++)
    seen.add(all.map(({ values, missing }) => `${missing?.[row] ?? 0}\u001f${values[row]}`).join("\u001e"));
  return numRows - seen.size;
}
