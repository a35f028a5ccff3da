import { QuartiersError } from "../../codes/errors.ts";
import { type CategoricalTerm, missingLevel } from "./model-term.ts";

/** The levels of a question that somebody has among some rows, and the level of each of these rows. */
export interface KeptLevels {
  readonly levels: readonly string[];
  readonly codes: Int32Array;
  readonly reference: string;
  /** Levels that nobody has. */
  readonly empty: readonly string[];
}

/**
 * Drops the levels that nobody has and settles the reference; a missing answer still among the rows is a level of its own, the last. Refuses a reference that is
 * no level or that nobody has, and a question with one level left. O(rows).
 */
export function keptLevels({ name, levels, codes, reference }: CategoricalTerm, rows: Int32Array): KeptLevels {
  const all = [...levels, missingLevel];
  const counts = new Int32Array(all.length);
  const codeOf = (row: number): number => (codes[row] < 0 ? levels.length : codes[row]);
  for (const row of rows) counts[codeOf(row)]++;
  const kept = all.filter((_, level) => counts[level] > 0);
  if (reference !== undefined && !kept.includes(reference))
    throw new QuartiersError({
      what: `La modalité de référence de « ${name} » n'a personne`,
      value: reference,
      expected: `une modalité présente parmi les lignes du modèle (${kept.join(", ")})`,
      remedy: "choisir une autre référence",
    });
  if (kept.length < 2)
    throw new QuartiersError({
      what: `« ${name} » n'a qu'une modalité parmi les lignes du modèle`,
      value: kept.join(", "),
      expected: "au moins deux modalités, sans quoi rien ne se compare",
      remedy: "retirer la variable",
    });
  const place = Int32Array.from(all, (level) => kept.indexOf(level));
  return {
    levels: kept,
    codes: Int32Array.from(rows, (row) => place[codeOf(row)]),
    reference: reference ?? kept[0],
    empty: levels.filter((_, level) => counts[level] === 0),
  };
}
