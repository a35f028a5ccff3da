import { Refusal } from "../refusal.ts";
import type { RuleFinding } from "./finding.ts";

/**
 * Rows where nobody, or everybody, has a sensitive attribute: the cell then speaks of each of its members, however many they are. An empty cell
 * speaks of nobody. Missing counts are not judged. O(rows).
 * @param having units that have the attribute, a row
 * @param base units of the row
 * @example
 * ```ts
 * wholeClassFindings([0, 12, 40, 0], [40, 40, 40, 0]).flatMap(({ rows }) => rows) // [0, 2]
 * ```
 */
export function wholeClassFindings(having: ArrayLike<number>, base: ArrayLike<number>): readonly RuleFinding[] {
  if (having.length !== base.length) {
    throw new Refusal({
      what: "Les effectifs d'un attribut sensible et leurs bases n'ont pas le même nombre de lignes",
      expected: "une base par effectif",
    });
  }
  const rows: number[] = [];
  for (let row = 0; row < base.length; row++) {
    if (having[row] < 0 || having[row] > base[row]) {
      throw new Refusal({
        what: "Un effectif n'est pas compris entre zéro et sa base",
        where: `ligne ${row + 1}`,
        expected: "une part de la base",
      });
    }
    if (base[row] > 0 && (having[row] === 0 || having[row] === base[row])) rows.push(row);
  }
  return rows.length === 0 ? [] : [wholeClassFinding(rows)];
}

/** The finding of a class of 0 % or 100 %: one wording for both, since telling which would tell the attribute. */
export const wholeClassFinding = (rows: readonly number[]): RuleFinding => ({
  code: "whole-class",
  rows,
  rule: "classe homogène",
  sentence: "Tous les membres de la cellule sont dans le même cas pour un attribut sensible.",
  remedy: "regrouper la cellule avec une autre, ou masquer le taux et ses effectifs",
});
