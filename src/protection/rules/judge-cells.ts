import type { Table } from "../../codes/table.ts";
import {
  type DominanceRule,
  descending,
  dominatesExactly,
  type NegativeContributions,
  pPercentFailsExactly,
} from "./concentration.ts";
import { type ContributionColumns, contributionsByCell } from "./contributors.ts";
import type { RuleFinding } from "./finding.ts";
import {
  checkThreshold,
  frequencyFinding,
  underThreshold,
  type WeightedRule,
  weightedFrequencyFinding,
} from "./frequency.ts";

/** The primary rules of a provider, as its data contract states them. */
export interface PrimaryRules {
  readonly minUnits: number;
  /** Several when a contract states (1, k) and (n, k). */
  readonly dominance?: DominanceRule | readonly DominanceRule[];
  readonly pPercent?: number;
  /**
   * "structural": a cell of contributors whose total is 0 is left, as INSEE leaves frequencies of 0. "sensitive": it is found, since a total of 0
   * says that each of them has 0 (ACRO calls such zeros disclosive).
   */
  readonly zeros: "structural" | "sensitive";
  readonly weightedRule?: WeightedRule;
  readonly negatives?: NegativeContributions;
}

/** The verdict of one cell. Protected like the cell: an author reads it, a book does not print it. */
export interface CellVerdict {
  readonly cell: readonly string[];
  readonly rows: readonly number[];
  readonly findings: readonly RuleFinding[];
}

/**
 * Judges each cell of a table of records by the rules of a contract: threshold on units and on weights, dominance, p %, zeros. A contribution that is
 * missing leaves the cell unjudged, which is a finding. Cells come in order of first record, those without finding too.
 * Linear in the records, but for the sort of each cell's contributions.
 * @throws Refusal on a rule that cannot be used, on negative contributions unless `negatives` is "absolute", on a weight that is missing
 * @example
 * ```ts
 * const records = table({
 *   zone: textColumn(["A", "A", "A", "B"], { label: "Zone" }),
 *   sales: numberColumn([900, 60, 40, 5], { label: "Ventes", unit: "EUR" }),
 * });
 * const verdicts = judgeCells(records, { minUnits: 3, dominance: { n: 1, k: 85 }, zeros: "structural" }, { cells: ["zone"], value: "sales" });
 * verdicts.map(({ findings }) => findings.map(({ code }) => code)) // [["dominance"], ["frequency", "dominance"]]
 * ```
 */
export function judgeCells(records: Table, rules: PrimaryRules, columns: ContributionColumns): readonly CellVerdict[] {
  const { minUnits, pPercent, zeros, weightedRule = "both", negatives = "refuse" } = rules;
  checkThreshold(minUnits);
  const dominance: readonly DominanceRule[] =
    rules.dominance === undefined ? [] : "n" in rules.dominance ? [rules.dominance] : rules.dominance;
  return contributionsByCell(records, columns).map(
    ({ cell, rows, units, weighted, weightDecimals, contributions, missing }) => {
      const findings: RuleFinding[] = [];
      const hasWeights = columns.weight !== undefined;
      if ((!hasWeights || weightedRule !== "weighted") && underThreshold(units, minUnits))
        findings.push(frequencyFinding(rows, minUnits));
      // A weighted count of 0 over real respondents is under the threshold too: people are there.
      if (hasWeights && weightedRule !== "unweighted" && weighted < BigInt(minUnits) * 10n ** BigInt(weightDecimals))
        findings.push(weightedFrequencyFinding(rows, minUnits));
      if (missing.length > 0) findings.push(missingFinding(missing));
      else if (columns.value !== undefined) {
        const sorted = descending(contributions, negatives);
        for (const rule of dominance) if (dominatesExactly(sorted, rule)) findings.push(dominanceFinding(rows, rule));
        if (pPercent !== undefined && pPercentFailsExactly(sorted, pPercent))
          findings.push(pPercentFinding(rows, pPercent));
        if (zeros === "sensitive" && sorted.every((amount) => amount === 0n)) findings.push(zeroFinding(rows));
      }
      return { cell, rows, findings };
    },
  );
}

const dominanceFinding = (rows: readonly number[], { n, k }: DominanceRule): RuleFinding => ({
  code: "dominance",
  rows,
  rule: n === 1 ? `dominance (1, ${k} %), strictement plus` : `dominance (${n}, ${k} %), au moins`,
  sentence:
    n === 1
      ? `Le premier contributeur fait plus de ${k} % de la cellule, ou il est seul.`
      : `Les ${n} premiers contributeurs font au moins ${k} % de la cellule, ou il n'y en a qu'un.`,
  remedy: "masquer la cellule, ou la regrouper avec une autre",
});

const pPercentFinding = (rows: readonly number[], p: number): RuleFinding => ({
  code: "p-percent",
  rows,
  rule: `p % (${p} %)`,
  sentence: `Le deuxième contributeur peut estimer le premier à moins de ${p} % près.`,
  remedy: "masquer la cellule, ou la regrouper avec une autre",
});

const zeroFinding = (rows: readonly number[]): RuleFinding => ({
  code: "zero-sensitive",
  rows,
  rule: "zéros sensibles",
  sentence: "Le total de la cellule dit la contribution de chacun de ses membres.",
  remedy: "masquer la cellule, ou déclarer les zéros structurels dans le contrat",
});

const missingFinding = (rows: readonly number[]): RuleFinding => ({
  code: "contribution-missing",
  rows,
  rule: "contributions connues",
  sentence: "Une contribution ou un contributeur manque : la concentration de la cellule ne se juge pas.",
  remedy: "masquer la cellule, ou compléter la source",
});
