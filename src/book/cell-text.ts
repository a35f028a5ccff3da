import { frenchNumber } from "../codes/french.ts";
import type { BundledColumn, BundledFigure } from "../notebook/bundle.ts";
import { frenchSpaces } from "./typography.ts";

const reasons: Readonly<Record<string, string>> = { s: "s", ns: "ns", nd: "nd", Infinity: "hors d’atteinte" };
const meanings: Readonly<Record<string, string>> = {
  s: "secret statistique",
  ns: "non significatif",
  nd: "non disponible",
};

/** One decimal more than needed helps nobody: whole numbers stay whole, shares become percents with one decimal. */
function decimalsOf({ values, unit }: BundledColumn): number {
  const found = values.filter((value): value is number => typeof value === "number");
  if (unit === "part") return 1;
  if (found.every((value) => Number.isInteger(value))) return 0;
  return Math.max(...found.map(Math.abs)) < 1 ? 3 : 1;
}

/** The printed cells of a column, missing ones as their reason. */
export function cellTexts(column: BundledColumn): readonly string[] {
  const decimals = decimalsOf(column);
  return column.values.map((value) => {
    if (typeof value === "string") return column.type === "number" ? (reasons[value] ?? value) : frenchSpaces(value);
    return column.unit === "part"
      ? frenchNumber(value * 100, { decimals, unit: "%" })
      : frenchNumber(value, { decimals });
  });
}

/** The printed heading of a column, with its unit. */
export const columnHeading = ({ label, unit }: BundledColumn): string =>
  frenchSpaces(unit && unit !== "part" && !label.includes(`(${unit})`) ? `${label} (${unit})` : label);

/** "s : secret statistique", for the reasons met in the table; "" when nothing is missing. */
export function missingLegend({ columns }: BundledFigure): string {
  const met = new Set(
    Object.values(columns).flatMap(({ type, values }) =>
      type === "number" ? values.filter((value): value is string => typeof value === "string") : [],
    ),
  );
  return Object.entries(meanings)
    .filter(([reason]) => met.has(reason))
    .map(([reason, meaning]) => `${reason}\u00a0: ${meaning}`)
    .join("\u202f; ");
}
