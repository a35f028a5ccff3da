import { numbers, type Table } from "../../codes/table.ts";
import { summaryFindings } from "../rules/summaries.ts";
import { roundStep } from "./bins.ts";
import { summarise } from "./group-counts.ts";

/** Quantiles of a box, from the widest that a group of that size allows to none. */
const boxes = [[0.05, 0.25, 0.5, 0.75, 0.95], [0.25, 0.5, 0.75], [0.5]] as const;

/** Names of the columns of a box, by order. */
export const boxColumns: Readonly<Record<string, number>> = { p5: 0.05, q1: 0.25, mediane: 0.5, q3: 0.75, p95: 0.95 };

/**
 * The box of each group, with the quantiles that leave at least `minUnits` units in every slice that they cut: a group too small for the 5th and 95th
 * centiles keeps its quartiles, then its median, then nothing. Values are rounded to a step of about a hundredth of the widest span.
 */
export function groupBoxes(records: Table, by: readonly string[], of: string, minUnits: number): Table {
  const allowed = (count: number): readonly number[] =>
    boxes.find((quantiles) => count > 0 && summaryFindings({ n: count, quantiles }, minUnits).length === 0) ?? [];
  const middle = summarise(records, by, [
    { name: "low", of, summary: (sorted) => quantile(sorted, 0.05) },
    { name: "high", of, summary: (sorted) => quantile(sorted, 0.95) },
  ]);
  const low = Math.min(...numbers(middle, "low").values);
  const high = Math.max(...numbers(middle, "high").values);
  const step = roundStep((high - low) / 100);
  return summarise(
    records,
    by,
    Object.entries(boxColumns).map(([name, order]) => ({
      name,
      of,
      summary: (sorted: readonly number[]) =>
        allowed(sorted.length).includes(order)
          ? Number((Math.round((quantile(sorted, order) ?? 0) / step) * step).toPrecision(12))
          : null,
    })),
  );
}

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan); null for nobody. */
export function quantile(sorted: readonly number[], order: number): number | null {
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * order;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (place - Math.floor(place)) * (above - below);
}
