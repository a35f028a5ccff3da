import { marginTotals, type SeedColumns } from "./seed-columns.ts";

/**
 * How many times more (or fewer) households the targets hold than the start weights, by the first household variable; by persons when no margin is of households; 1
 * when neither can be told. O(cells).
 * @example
 * ```ts
 * const columns = { households: 2, profiles: 1, profileOf: Int32Array.of(0, 0), profileSize: Int32Array.of(2), margins: [{ variable: "taille", category: "1", of: "households" }],
 *   rowStart: Int32Array.of(0, 1), column: Int32Array.of(0), value: Float64Array.of(1) };
 * startScale(columns, Float64Array.of(200), Float64Array.of(50)) // 0.25
 * ```
 */
export function startScale(columns: SeedColumns, start: Float64Array, targets: Float64Array): number {
  const { margins } = columns;
  const variable = firstHouseholdVariable(columns);
  const held = marginTotals(columns, start);
  let [asked, had] = [0, 0];
  margins.forEach((margin, k) => {
    if (variable === undefined ? margin.of !== "persons" : margin.variable !== variable) return;
    asked += targets[k];
    had += held[k];
  });
  return asked > 0 && had > 0 ? asked / had : 1;
}

/** Multipliers of raking that already give the categories of the first household variable their totals: Newton then starts at the right scale. O(cells). */
export function rakingStart(
  columns: SeedColumns,
  start: Float64Array,
  targets: Float64Array,
  free: Int32Array,
): Float64Array {
  const first = new Float64Array(columns.margins.length);
  const variable = firstHouseholdVariable(columns);
  const held = marginTotals(columns, start);
  for (const margin of free)
    if (columns.margins[margin].variable === variable && held[margin] > 0 && targets[margin] > 0)
      first[margin] = Math.log(targets[margin] / held[margin]);
  return first;
}

const firstHouseholdVariable = ({ margins }: SeedColumns): string | undefined =>
  margins.find(({ of }) => of === "households")?.variable;
