import type { SecrecyRule } from "../codes/lineage.ts";
import { numbers, reasonAt, type Table, takeRows, texts } from "../codes/table.ts";
import { Refusal } from "./refusal.ts";
import type { Contributions } from "./release-options.ts";
import { contributionsByCell } from "./rules/contributors.ts";
import type { RuleCode } from "./rules/finding.ts";
import { judgeCells, type PrimaryRules } from "./rules/judge-cells.ts";

/** What the provider's rules say of a column of amounts, row by row. Protected: it names cells by what they hold. */
export interface ContributedColumn {
  readonly column: string;
  /** Rules that each row breaks; none for a row without contributor. */
  readonly broken: readonly (readonly RuleCode[])[];
  /** Rows whose amount is one contributor's: he knows it. */
  readonly alone: readonly number[];
  /** Whether rows taken together break a rule: their sum is known by subtraction when they are the hidden cells of a line. */
  readonly unionBreaks: (rows: readonly number[]) => boolean;
}

/** The rules of concentration and frequency of a provider, as `judgeCells` reads them. */
export const primaryRulesOf = ({ minUnits, dominance, pPercent, zeros, weighted }: SecrecyRule): PrimaryRules => ({
  minUnits,
  zeros: zeros ?? "structural",
  weightedRule: weighted ?? "both",
  ...(dominance === undefined ? {} : { dominance }),
  ...(pPercent === undefined ? {} : { pPercent }),
});

/**
 * Judges each row of a column of amounts by the contributions behind it. A row labelled with `totalLabel` gathers all values of that column.
 * O(records × kinds of total), and one sort a cell.
 * @throws Refusal when a published amount is not the sum of its contributions
 */
export function contributedColumn(
  table: Table,
  contributions: Contributions,
  rule: SecrecyRule,
  name: string,
): ContributedColumn {
  const { records, by, totalLabel, column } = contributions;
  const { value, contributor, weight } = contributions;
  const columns = {
    value,
    ...(contributor === undefined ? {} : { contributor }),
    ...(weight === undefined ? {} : { weight }),
  };
  const rules = primaryRulesOf(rule);
  const labels = by.map((key) => texts(table, key).values);
  const published = numbers(table, column);
  const cellsOf = new Map<string, ReadonlyMap<string, Judged>>();
  const behind = Array.from({ length: table.numRows }, (_, row): Judged => {
    const kept = by.filter((_, i) => labels[i]?.[row] !== totalLabel);
    const kind = JSON.stringify(kept);
    const cells = cellsOf.get(kind) ?? judged(records, kept, columns, rules);
    cellsOf.set(kind, cells);
    const key = JSON.stringify(kept.map((one) => labels[by.indexOf(one)]?.[row]));
    const found = cells.get(key) ?? { rows: [], units: 0, broken: [] };
    const sum = found.rows.reduce((total, record) => total + numbers(records, value).values[record], 0);
    if (reasonAt(published, row) === null && !(Math.abs(sum - published.values[row]) <= 1e-9 * Math.max(1, sum))) {
      throw new Refusal({
        what: `La colonne ${column} de la table « ${name} » n'est pas la somme des contributions déclarées`,
        expected: `la somme de ${value} pour chaque ${by.join(" et ") || "table"}`,
        remedy: "vérifier contributions.by, ou recalculer la table depuis les mêmes enregistrements",
      });
    }
    return found;
  });
  return {
    column,
    broken: behind.map(({ broken }) => broken),
    alone: behind.flatMap(({ units }, row) => (units === 1 ? [row] : [])),
    unionBreaks: (rows) => {
      const members = [...new Set(rows.flatMap((row) => behind[row]?.rows ?? []))].sort((a, b) => a - b);
      const [union] = judgeCells(takeRows(records, members), rules, { cells: [], ...columns });
      return (union?.findings ?? []).length > 0;
    },
  };
}

interface Judged {
  /** Rows of the records. */
  readonly rows: readonly number[];
  readonly units: number;
  readonly broken: readonly RuleCode[];
}

function judged(
  records: Table,
  cells: readonly string[],
  columns: { readonly value: string; readonly contributor?: string; readonly weight?: string },
  rules: PrimaryRules,
): ReadonlyMap<string, Judged> {
  const units = contributionsByCell(records, { cells, ...columns });
  const verdicts = judgeCells(records, rules, { cells, ...columns });
  return new Map(
    verdicts.map(({ cell, rows, findings }, i) => [
      JSON.stringify(cell),
      { rows, units: units[i]?.units ?? 0, broken: findings.map(({ code }) => code) },
    ]),
  );
}
