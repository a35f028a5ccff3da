import { type Column, numbers, reasonAt } from "../codes/table.ts";
import { type Draft, hide } from "./draft.ts";
import { type CountInterval, narrowIntervals } from "./perturbation/narrow-intervals.ts";
import { countsOfRate, type RateRelation, rateDiscloses, wholeOf } from "./rates.ts";
import { irreparable, Refusal } from "./refusal.ts";
import type { Relation } from "./relations.ts";

/** Cells up to which the sums are solved together; above, each is taken alone. */
const together = 200;

/**
 * Rows whose count behind a rate is known to be small once the other rates of a sum are subtracted: where the bases add up, so do the counts that the
 * rates stand for. A rate hidden alone beside its whole is found again to the precision of the others. Rows that are known by themselves are left out.
 */
export function ratesByDifference(
  columns: Readonly<Record<string, Column>>,
  relation: RateRelation,
  relations: readonly Relation[],
  minUnits: number,
): readonly number[] {
  const rate = columns[relation.rate];
  const base = columns[relation.base];
  const part = relation.part === undefined ? undefined : columns[relation.part];
  if (rate?.type !== "number" || base?.type !== "number") return [];
  const whole = wholeOf(rate.unit);
  const lines = sumsOf(relations, relation.base);
  if (lines.length === 0) return [];
  const baseAt = (row: number): number => (reasonAt(base, row) === null ? base.values[row] : Number.POSITIVE_INFINITY);
  const alone = Array.from(rate.values, (value, row): CountInterval => {
    const of = baseAt(row);
    if (part?.type === "number" && reasonAt(part, row) === null)
      return { least: part.values[row], greatest: part.values[row] };
    const counts =
      reasonAt(rate, row) === null && of < Number.POSITIVE_INFINITY
        ? countsOfRate(value, of, { decimals: relation.decimals, whole })
        : null;
    return counts ?? { least: 0, greatest: of };
  });
  const discloses = (counts: CountInterval, row: number): boolean =>
    counts.greatest < Number.POSITIVE_INFINITY && baseAt(row) < Number.POSITIVE_INFINITY
      ? rateDiscloses(counts, baseAt(row), minUnits, relation.guarantee)
      : counts.greatest > 0 && counts.greatest < minUnits;
  const known = narrowed(alone, lines);
  return known.flatMap((counts, row) => {
    const own = alone[row];
    return own !== undefined && !discloses(own, row) && discloses(counts, row) ? [row] : [];
  });
}

/** Hides further rates until none is found by difference. Returns how many. */
export function hideRatesByDifference(
  draft: Draft,
  relation: RateRelation,
  relations: readonly Relation[],
  name: string,
): number {
  const lines = sumsOf(relations, relation.base);
  let hidden = 0;
  for (;;) {
    const known = ratesByDifference(draft.columns, relation, relations, draft.rule.minUnits);
    if (known.length === 0) return hidden;
    for (const row of known) {
      const chosen = leastLoss(draft, relation, lines, row);
      if (chosen === null) throw irreparable(name);
      hide(draft, { column: relation.rate, row: chosen }, draft.complementary);
      hidden++;
    }
  }
}

/** The visible rate of the smallest base beside that row: parts before totals. */
function leastLoss(
  draft: Draft,
  { rate, base }: RateRelation,
  lines: readonly { readonly total: number; readonly parts: readonly number[] }[],
  row: number,
): number | null {
  const shown = numbers({ ...draft.table, columns: draft.columns }, rate);
  const sizes = numbers(draft.table, base).values;
  const own = lines.filter(({ total, parts }) => total === row || parts.includes(row));
  const visible = (rows: readonly number[]): number[] => rows.filter((at) => reasonAt(shown, at) === null);
  const parts = visible(own.flatMap((line) => line.parts)).filter((at) => at !== row);
  const choice = parts.length > 0 ? parts : visible(own.map(({ total }) => total));
  const [first] = (choice.length > 0 ? choice : visible([row])).sort((a, b) => sizes[a] - sizes[b] || a - b);
  return first ?? null;
}

/** Relations among the rows of one column. */
function sumsOf(
  relations: readonly Relation[],
  column: string,
): readonly { readonly total: number; readonly parts: readonly number[] }[] {
  return relations
    .filter(({ total, parts }) => [total, ...parts].every((cell) => cell.column === column))
    .map(({ total, parts }) => ({ total: total.row, parts: parts.map(({ row }) => row) }));
}

/** Rates that contradict the sums are not shares of these bases: their differences say nothing. */
function narrowed(
  alone: readonly CountInterval[],
  lines: readonly { readonly total: number; readonly parts: readonly number[] }[],
): readonly CountInterval[] {
  try {
    return narrowIntervals(alone, lines, { most: together });
  } catch (error) {
    if (error instanceof Refusal) return alone;
    throw error;
  }
}
