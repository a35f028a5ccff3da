import { numbers, reasonAt } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { NOT_RELEASED } from "./theme.ts";

/** What a figure calls a value that cannot be drawn. A hidden one is always « non diffusé »; what the two others mean here, the caller may say. */
export interface GapWords {
  /** Reason `nd`: "pas de service", "non calculé"... */
  readonly notAvailable?: string;
  /** Infinity: no trip exists. */
  readonly unreachable?: string;
}

/** In the order of legends. */
export const defaultGapWords: Readonly<Record<"unreachable" | "notAvailable" | "notSignificant" | "hidden", string>> = {
  unreachable: "hors d’atteinte",
  notAvailable: "non disponible",
  notSignificant: "non significatif",
  hidden: NOT_RELEASED,
};

/** For each row of a number column: why it has no drawn value, in French, or null when it has one. */
export function gapsOf(data: Released, name: string, words: GapWords = {}): readonly (string | null)[] {
  const column = numbers(data, name);
  return Array.from(column.values, (value, row) => {
    const reason = reasonAt(column, row);
    if (reason === "s") return defaultGapWords.hidden;
    if (reason === "ns") return defaultGapWords.notSignificant;
    if (reason === "nd") return words.notAvailable ?? defaultGapWords.notAvailable;
    return Number.isFinite(value) ? null : (words.unreachable ?? defaultGapWords.unreachable);
  });
}

/** The words met, each once, in the order of legends. */
export function gapLegend(gaps: readonly (string | null)[], words: GapWords = {}): readonly string[] {
  const order = [
    words.unreachable ?? defaultGapWords.unreachable,
    words.notAvailable ?? defaultGapWords.notAvailable,
    defaultGapWords.notSignificant,
    defaultGapWords.hidden,
  ];
  return [...new Set(order)].filter((word) => gaps.includes(word));
}
