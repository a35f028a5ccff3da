import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { type Column, type NumberColumn, numberColumn, table } from "../../codes/table.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";

/** A share in a sentence. */
export const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** Shares in tenths of a point. */
export const points = (values: readonly number[], label: string): NumberColumn =>
  numberColumn(
    Float64Array.from(values, (value) => Math.round(10 * value) / 10),
    { label, unit: "%" },
  );

/** Releases what counts facilities and published residents: open data, no person behind a cell. */
export const releaseOpen = (
  name: string,
  columns: Readonly<Record<string, Column>>,
  lineage: readonly SourceRef[],
): Released => release(table(columns, lineage), { name, open: Object.keys(columns) });
