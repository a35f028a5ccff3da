import { numbers, type Table } from "../../codes/table.ts";
import { attackPublished } from "../../protection/attack/attack-published.ts";
import { type HiddenInterval, publishedIntervals } from "../../protection/attack/hidden-intervals.ts";
import { linesOf, type Published } from "../../protection/attack/published.ts";
import type { Relation } from "../../protection/relations.ts";
import { highsSolver } from "../../protection/solver/highs.ts";

/** Everything that a reader of a table has: its visible cells and its additions. Columns of whole numbers count units. */
export function whatIsPrinted(t: Table, relations: readonly Relation[]): Published {
  const names = new Set(relations.flatMap(({ total, parts }) => [total, ...parts].map(({ column }) => column)));
  const whole = [...names].filter((name) =>
    numbers(t, name).values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
  );
  return { columns: t.columns, lines: linesOf(relations), whole };
}

/**
 * The interval of each hidden cell under all printed numbers at once: linear programs in whole numbers where all that is printed is whole. Null when the printed
 * numbers contradict each other.
 */
export async function possibleValues(
  t: Table,
  relations: readonly Relation[],
): Promise<readonly HiddenInterval[] | null> {
  const printed = whatIsPrinted(t, relations);
  const solver = await highsSolver();
  const nothingPromised = { kind: "other", least: 0, reach: 0 } as const;
  const { status } = attackPublished(printed, () => nothingPromised, solver, { explained: 0 });
  return status === "contradiction" ? null : publishedIntervals(printed, solver).map(held);
}

/** What the solver does not prove is held as open: a lesson never claims more than it knows. */
const held = (found: HiddenInterval): HiddenInterval =>
  Number.isNaN(found.least) ? { ...found, least: 0, greatest: Number.POSITIVE_INFINITY } : found;
