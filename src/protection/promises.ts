import { numbers, reasonAt } from "../codes/table.ts";
import type { Guarantee } from "./attacker.ts";
import { othersAt, visibleWhole } from "./counts-behind-rates.ts";
import type { Draft } from "./draft.ts";
import { type Cell, cellKey } from "./relations.ts";

/** Percentage by which a hidden amount stays uncertain when no contract says it. */
export const defaultAmountPercent = 10;

/**
 * What is promised of each hidden cell, by the contract's own numbers: a count under the threshold, or hidden by the producer, may lie anywhere in the
 * contract's interval; an amount that broke a rule of concentration stays uncertain by a percentage of itself, above and below.
 * @param amounts columns judged by their contributors
 * @param wholes columns of numerators, with the column that they are parts of: the others of it are promised the same interval
 */
export function promises(
  draft: Draft,
  amounts: ReadonlySet<string> = new Set(),
  wholes: ReadonlyMap<string, string> = new Map(),
): (cell: Cell) => Guarantee {
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
    const base = wholes.get(column);
    const ceiling = base === undefined ? Number.POSITIVE_INFINITY : visibleWhole(draft, base, row);
    const bounds = outside.get(column) ?? {};
    const known = { outside: { ...bounds, greatest: Math.min(bounds.greatest ?? ceiling, ceiling) } };
    const reason = reasonAt(source, row);
    const counted = whole.has(column) || base !== undefined;
    if (reason !== null) {
      const kind = reason !== "s" ? "free" : counted ? "inherited" : "other";
      return { kind, least: 0, reach: kind === "inherited" ? reach : 0, ...known };
    }
    const first = primary.has(cellKey({ column, row }));
    const least = whole.get(column) && !draft.sensitive.has(column) ? 1 : 0;
    const others = base === undefined ? 0 : othersAt(draft, column, base, row);
    const fewOthers = others > 0 && others < rule.minUnits;
    if (counted && first && value < rule.minUnits)
      return { kind: "count", least, reach: fewOthers ? Math.max(reach, value + others) : reach, low, ...known };
    if (first && fewOthers)
      return { kind: "other", least, low: Math.max(0, value + others - reach), reach: value + others - low, ...known };
    if (first && amounts.has(column))
      return { kind: "other", least: 0, low: value * (1 - margin), reach: value * (1 + margin), ...known };
    return { kind: "other", least, reach: 0, ...known };
  };
}
