import { numbers, reasonAt } from "../codes/table.ts";
import type { Guarantee } from "./attacker.ts";
import type { Draft } from "./draft.ts";
import { type Cell, cellKey } from "./relations.ts";

/** What is promised of each hidden cell. */
export function promises(draft: Draft): (cell: Cell) => Guarantee {
  const { table, rule, primary, countNames } = draft;
  const whole = new Map(
    countNames.map((name) => [
      name,
      numbers(table, name).values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
    ]),
  );
  return ({ column, row }) => {
    const source = numbers(table, column);
    const reason = reasonAt(source, row);
    const counted = whole.has(column);
    if (reason !== null) {
      const kind = reason !== "s" ? "free" : counted ? "inherited" : "other";
      return { kind, least: 0, reach: kind === "inherited" ? rule.minUnits : 0 };
    }
    const small = counted && primary.has(cellKey({ column, row })) && source.values[row] < rule.minUnits;
    return { kind: small ? "count" : "other", least: whole.get(column) ? 1 : 0, reach: small ? rule.minUnits : 0 };
  };
}
