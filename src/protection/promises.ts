import { numbers, reasonAt } from "../codes/table.ts";
import type { Guarantee } from "./attacker.ts";
import type { Draft } from "./draft.ts";
import { type Cell, cellKey } from "./relations.ts";

/** Percentage by which a hidden amount stays uncertain when no contract says it. */
export const defaultAmountPercent = 10;

/**
 * What is promised of each hidden cell, by the contract's own numbers: a count under the threshold, or hidden by the producer, may lie anywhere in the
 * contract's interval; an amount that broke a rule of concentration stays uncertain by a percentage of itself, above and below.
 * @param amounts columns judged by their contributors
 */
export function promises(draft: Draft, amounts: ReadonlySet<string> = new Set()): (cell: Cell) => Guarantee {
  const { table, rule, primary, countNames } = draft;
  const [low, reach] = rule.interval ?? [0, rule.minUnits];
  const margin = (rule.amountPercent ?? defaultAmountPercent) / 100;
  const outside = new Map((rule.outsideKnowledge ?? []).map(({ column, ...bounds }) => [column, bounds]));
  const whole = new Map(
    countNames.map((name) => [
      name,
      numbers(table, name).values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
    ]),
  );
  return ({ column, row }) => {
    const source = numbers(table, column);
    const value = source.values[row];
    const bounds = outside.get(column);
    const known = bounds === undefined ? {} : { outside: bounds };
    const reason = reasonAt(source, row);
    const counted = whole.has(column);
    if (reason !== null) {
      const kind = reason !== "s" ? "free" : counted ? "inherited" : "other";
      return { kind, least: 0, reach: kind === "inherited" ? reach : 0, ...known };
    }
    const first = primary.has(cellKey({ column, row }));
    if (counted && first && value < rule.minUnits)
      return { kind: "count", least: whole.get(column) ? 1 : 0, reach, low, ...known };
    if (first && amounts.has(column))
      return { kind: "other", least: 0, low: value * (1 - margin), reach: value * (1 + margin), ...known };
    return { kind: "other", least: whole.get(column) ? 1 : 0, reach: 0, ...known };
  };
}
