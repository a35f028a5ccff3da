import type { GateFinding } from "../gate-finding.ts";
import { countsOfRate, rateDiscloses } from "../rates.ts";
import type { DrawingContext, DrawnRate } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { measuredData, numberIn } from "./drawn-rows.ts";
import type { DrawnRow, SpecParts } from "./read-spec.ts";

/** Rates that turn back into a count under the threshold with the base that stands beside them. Released rows were judged by the gate. */
export function judgeRates(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  if (context.released) return [];
  return measuredData(parts, context).flatMap(({ place, rows }) =>
    drawnRates(context)
      .filter((rate) => tells(rows, rate, context.minUnits))
      .map(({ rate }) => drawingFinding("taux-petite-base", `${place}, champ ${rate}`, context)),
  );
}

/** The declared rates, and each other column of rates with the first column of counts as its base. */
export function drawnRates({ rates = [], columns, counts }: DrawingContext): readonly DrawnRate[] {
  const [base] = counts;
  const others = Object.keys(columns).filter(
    (name) => columns[name] === "rate" && !rates.some(({ rate }) => rate === name),
  );
  return [...rates, ...(base === undefined ? [] : others.map((rate) => ({ rate, base })))];
}

function tells(rows: readonly DrawnRow[], { rate, base, whole = 100 }: DrawnRate, minUnits: number): boolean {
  const shown = rows.flatMap((row) => {
    const value = numberIn(row, rate);
    const units = numberIn(row, base);
    return value === null || units === null ? [] : [{ value, units }];
  });
  const decimals = shown.reduce((most, { value }) => Math.max(most, decimalsOf(value)), 0);
  return shown.some(({ value, units }) => {
    if (units <= 0) return false;
    const counts = countsOfRate(value, units, { decimals, whole });
    return units < minUnits || counts === null || rateDiscloses(counts, units, minUnits);
  });
}

/** Decimals that a number is written with. */
export function decimalsOf(value: number): number {
  const [, fraction = ""] = String(value).split(".");
  return Math.min(fraction.length, 12);
}
