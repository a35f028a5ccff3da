import { Refusal } from "../refusal.ts";
import type { RuleFinding } from "./finding.ts";
import { checkThreshold, underThreshold } from "./frequency.ts";

/**
 * Judges two groups, one inside the other, that are both published, by a count or by a mean and its n: their difference is a group too, and its total
 * is known. Null when it counts 0 or at least t units. (A difference of 0 is accepted: whether an inhabited ring with 0 must be told is the author's
 * note to write.)
 * @example
 * ```ts
 * [437, 443, 432].map((outer) => nestedFinding(432, outer, 11)?.code ?? "accepted") // ["difference", "accepted", "accepted"]
 * ```
 */
export function nestedFinding(
  inner: number,
  outer: number,
  minUnits: number,
  rows: readonly number[] = [],
): RuleFinding | null {
  checkThreshold(minUnits);
  if (!(inner >= 0 && outer >= inner)) {
    throw new Refusal({
      what: "Un groupe contenu dans un autre compte plus d'unités que lui",
      expected: "un effectif au plus égal à celui du groupe qui le contient",
      remedy: "vérifier que les deux groupes ont le même champ et la même date",
    });
  }
  if (!underThreshold(outer - inner, minUnits)) return null;
  return {
    code: "difference",
    rows,
    rule: `différence de deux groupes emboîtés, t = ${minUnits}`,
    sentence: `La différence des deux groupes publiés compte moins de ${minUnits} unités, dont le total se déduit.`,
    remedy: "ne publier qu'un des deux groupes, ou regrouper jusqu'au seuil",
  };
}
