import type { Column } from "../../codes/table.ts";
import { codedColumn, type EquivalenceClasses } from "./equivalence-classes.ts";

/** How often each sensitive value is met in each class: only the values that are met, class after class. */
export interface SensitiveCounts {
  /** Where each class starts in `values` and `counts`; one more entry closes the last. */
  readonly starts: Int32Array;
  /** The ranks of the values: ascending numbers, or the order of first appearance for texts; missing values come last. */
  readonly values: Int32Array;
  readonly counts: Int32Array;
  /** How often each value is met in the whole file. */
  readonly totals: Int32Array;
  /** True for numbers: the ranks are an order. */
  readonly ordered: boolean;
}

/** Codes whose order is that of the numbers, missing values after all. */
function rankedCodes(sensitive: Column): { readonly codes: Int32Array; readonly count: number } {
  const coded = codedColumn(sensitive);
  if (sensitive.type === "text") return coded;
  const numberOf = new Float64Array(coded.count);
  for (let row = 0; row < coded.codes.length; row++) numberOf[coded.codes[row]] = sensitive.values[row];
  const key = (code: number): number => (Number.isNaN(numberOf[code]) ? Number.POSITIVE_INFINITY : numberOf[code]);
  const order = Array.from(numberOf, (_, code) => code).sort((a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0,
  );
  const rank = new Int32Array(coded.count);
  order.forEach((code, position) => {
    rank[code] = position;
  });
  return { codes: coded.codes.map((code) => rank[code]), count: coded.count };
}

/** Counts of a sensitive column by class: two counting sorts, by value then by class. A missing value is a value of its own. Time O(rows + values + classes). */
export function sensitiveCounts({ classOf, sizes }: EquivalenceClasses, sensitive: Column): SensitiveCounts {
  const { codes, count } = rankedCodes(sensitive);
  const rows = codes.length;
  const totals = new Int32Array(count);
  for (let row = 0; row < rows; row++) totals[codes[row]]++;
  const byValue = new Int32Array(rows);
  const nextOfValue = new Int32Array(count + 1);
  for (let code = 0; code < count; code++) nextOfValue[code + 1] = nextOfValue[code] + totals[code];
  for (let row = 0; row < rows; row++) byValue[nextOfValue[codes[row]]++] = row;
  const nextOfClass = new Int32Array(sizes.length + 1);
  for (let own = 0; own < sizes.length; own++) nextOfClass[own + 1] = nextOfClass[own] + sizes[own];
  const firsts = nextOfClass.slice();
  const sorted = new Int32Array(rows);
  for (const row of byValue) sorted[nextOfClass[classOf[row]]++] = codes[row];
  const starts = new Int32Array(sizes.length + 1);
  const values = new Int32Array(rows);
  const counts = new Int32Array(rows);
  let used = 0;
  for (let own = 0; own < sizes.length; own++) {
    starts[own] = used;
    for (let i = firsts[own]; i < firsts[own + 1]; i++) {
      if (used === starts[own] || values[used - 1] !== sorted[i]) values[used++] = sorted[i];
      counts[used - 1]++;
    }
  }
  starts[sizes.length] = used;
  return {
    starts,
    values: values.slice(0, used),
    counts: counts.slice(0, used),
    totals,
    ordered: sensitive.type === "number",
  };
}
