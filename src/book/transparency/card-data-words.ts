import { frenchNumber } from "../../codes/french.ts";
import type { CardData, CardEquity, CardSensitivity } from "./transparency-card.ts";

/** « Insee, Revenus des quartiers (2019) » for each file, several years of one title together. */
export function dataWords(data: readonly CardData[]): string {
  const vintages = new Map<string, Set<string>>();
  for (const { publisher, title, vintage } of data) {
    const name = `${publisher}, ${title}`;
    vintages.set(name, (vintages.get(name) ?? new Set()).add(vintage));
  }
  return [...vintages]
    .map(([name, years]) => {
      const told = [...years].filter(Boolean).join(", ");
      return told ? `${name} (${told})` : name;
    })
    .join(" ; ");
}

/** A result as printed; « non disponible » where it is missing. */
export const resultWords = (
  result: number | null,
  { decimals, unit }: Pick<CardSensitivity, "decimals" | "unit">,
): string => frenchNumber(result ?? Number.NaN, { decimals, ...(unit ? { unit } : {}) });

/** A gap of the table of errors, in points; « s » where the gate hides the group. */
export const gapWords = (value: CardEquity["error"]): string =>
  value === null ? "s" : frenchNumber(value, { decimals: 1, unit: "points" });
