import { Refusal } from "../refusal.ts";
import type { RuleFinding } from "./finding.ts";

/** Which counts of a weighted survey the threshold bears on. "both" is the strictest, and the default. */
export type WeightedRule = "both" | "weighted" | "unweighted";

export interface FrequencyRule {
  /** Cells of more than 0 and fewer than this many units are hidden. */
  readonly minUnits: number;
  readonly weightedRule?: WeightedRule;
}

/**
 * Whether a cell breaks the threshold: 0 < units < minUnits. A count of 0 does not (see `zeros` for the cases where it does).
 * @example
 * ```ts
 * [0, 10, 11].map((units) => underThreshold(units, 11)) // [false, true, false]
 * ```
 */
export function underThreshold(units: number, minUnits: number): boolean {
  return units > 0 && units < minUnits;
}

/**
 * Rows of a table of counts that are under the threshold. With weights, the weighted and the unweighted count must both reach it: INSEE's manual
 * puts the rule on the weights only, ours is stricter unless `weightedRule` says otherwise.
 * A missing count is not judged here: who hid it has already decided. A negative count is refused.
 * @param units respondents of each row
 * @param weighted people they stand for, when they carry weights
 * @example
 * ```ts
 * frequencyFindings([12, 4, 0], { minUnits: 11 }).flatMap(({ rows }) => rows) // [1]
 * ```
 */
export function frequencyFindings(
  units: ArrayLike<number>,
  rule: FrequencyRule,
  weighted?: ArrayLike<number>,
): readonly RuleFinding[] {
  const { minUnits, weightedRule = "both" } = rule;
  checkThreshold(minUnits);
  if (weighted && weighted.length !== units.length) {
    throw new Refusal({
      what: "Les effectifs pondérés et non pondérés n'ont pas le même nombre de lignes",
      expected: "une ligne par cellule dans chaque liste",
    });
  }
  const judged: RuleFinding[] = [];
  const unweighted = weighted === undefined || weightedRule !== "weighted";
  if (unweighted) {
    const rows = rowsUnder(units, minUnits);
    if (rows.length > 0) judged.push(frequencyFinding(rows, minUnits));
  }
  if (weighted && weightedRule !== "unweighted") {
    const rows = rowsUnder(weighted, minUnits);
    if (rows.length > 0) judged.push(weightedFrequencyFinding(rows, minUnits));
  }
  return judged;
}

/** The finding of a count of units under the threshold. */
export const frequencyFinding = (rows: readonly number[], minUnits: number): RuleFinding => ({
  code: "frequency",
  rows,
  rule: `fréquence, t = ${minUnits}`,
  sentence: `La cellule compte au moins une unité et moins de ${minUnits}.`,
  remedy: "masquer la cellule, ou regrouper ses modalités",
});

/** The finding of a weighted count under the threshold. */
export const weightedFrequencyFinding = (rows: readonly number[], minUnits: number): RuleFinding => ({
  code: "weighted-frequency",
  rows,
  rule: `fréquence pondérée, t = ${minUnits}`,
  sentence: `La cellule représente moins de ${minUnits} unités une fois pondérée.`,
  remedy: "masquer la cellule, ou regrouper ses modalités",
});

/** Refuses a threshold that hides nothing. */
export function checkThreshold(minUnits: number): void {
  if (Number.isInteger(minUnits) && minUnits >= 1) return;
  throw new Refusal({
    what: "Le seuil de la règle de fréquence n'est pas utilisable",
    value: String(minUnits),
    expected: "un nombre entier d'unités, au moins 1",
    remedy: "reprendre le seuil du contrat du producteur",
  });
}

function rowsUnder(counts: ArrayLike<number>, minUnits: number): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row < counts.length; row++) {
    if (counts[row] < 0) {
      throw new Refusal({
        what: "Un effectif est négatif",
        where: `ligne ${row + 1}`,
        expected: "des effectifs positifs ou nuls",
        remedy: "corriger la source avant de publier",
      });
    }
    if (underThreshold(counts[row], minUnits)) rows.push(row);
  }
  return rows;
}
