import { frenchNumber } from "../codes/french.ts";
import { geographyLabel } from "../codes/geography.ts";
import { type Table, texts } from "../codes/table.ts";
import type { Fate, Plan } from "./conversion-plan.ts";
import type { Passage } from "./passage.ts";

/** What a conversion did to each row: rowsIn = unchanged + recoded + merged + split + withoutKey + unknown. */
export interface ConversionReport {
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Rows alone in a new unit that has the same code, or another. */
  readonly unchanged: number;
  readonly recoded: number;
  /** Rows whose new unit is made of several old ones. */
  readonly merged: number;
  /** Rows shared between several new units. */
  readonly split: number;
  /** Rows lost: no key, or a code that the old list does not have. */
  readonly withoutKey: number;
  readonly unknown: number;
  /** A few codes that the old list does not have. */
  readonly unknownKeys: readonly string[];
  /** New rows whose amounts are `nd` because an old unit has no row, or because the old list covers too little of their ground. */
  readonly incomplete: number;
  readonly uncovered: number;
  /** The same in French. */
  readonly sentence: string;
}

/** Counts what became of each row, and says it. */
export function reportOf(from: Table, key: string, passage: Passage, plan: Plan): ConversionReport {
  const count = (fate: Fate): number => plan.fates.filter((other) => other === fate).length;
  const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
  const unknownKeys = [...new Set(texts(from, key).values.filter((_, row) => plan.fates[row] === "unknown"))];
  const counts = {
    rowsIn: from.numRows,
    rowsOut: plan.codes.length,
    unchanged: count("unchanged"),
    recoded: count("recoded"),
    merged: count("merged"),
    split: count("split"),
    withoutKey: count("withoutKey"),
    unknown: count("unknown"),
    incomplete: sum(plan.incomplete),
    uncovered: sum(plan.uncovered),
  };
  return { ...counts, unknownKeys: unknownKeys.slice(0, 5), sentence: sentenceOf(counts, unknownKeys, passage) };
}

function sentenceOf(
  counts: Omit<ConversionReport, "sentence" | "unknownKeys">,
  unknownKeys: readonly string[],
  { from, to, dated, coverage }: Passage,
): string {
  const n = frenchNumber;
  const parts = [
    `De ${geographyLabel(from)} à ${geographyLabel(to)}\u00a0: ${n(counts.rowsIn)} lignes deviennent ${n(counts.rowsOut)}\u00a0; ${n(counts.unchanged)} inchangées, ${n(counts.recoded)} changées de code, ${n(counts.merged)} fusionnées, ${n(counts.split)} partagées\u00a0; ${n(counts.unknown + counts.withoutKey)} perdues (${n(counts.withoutKey)} sans code, ${n(counts.unknown)} de code inconnu${unknownKeys.length > 0 ? `, comme ${unknownKeys.slice(0, 3).join(", ")}` : ""}).`,
  ];
  if (unknownKeys.some((code) => /^(751|132|693)\d\d$/.test(code)))
    parts.push(
      "Des codes inconnus sont des arrondissements de Paris, Lyon ou Marseille, qui ne sont pas des communes.",
    );
  if (counts.incomplete > 0)
    parts.push(
      `${n(counts.incomplete)} unités nouvelles sont non disponibles, faute d'une ligne pour chacune des anciennes.`,
    );
  if (counts.uncovered > 0)
    parts.push(
      `${n(counts.uncovered)} unités nouvelles sont non disponibles, car trop peu couvertes par les anciennes.`,
    );
  if (coverage) parts.push("Ce qui se trouve hors des unités nouvelles n'est pas compté.");
  if (!dated)
    parts.push(
      "Passage non daté\u00a0: la présence de toutes les anciennes unités n'a pas été vérifiée, et les divisions ne sont pas connues.",
    );
  return parts.join(" ");
}
