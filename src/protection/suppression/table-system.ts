import { numbers, type Table, texts } from "../../codes/table.ts";
import { type Cell, type ColumnSum, cellKey, type Margin, relationsOf } from "../relations.ts";
import { type AdditiveSystem, type AdditiveSystemOptions, additiveSystem } from "./additive-system.ts";

export interface TableSystemOptions extends Omit<AdditiveSystemOptions, "label" | "open" | "contributors"> {
  /** What the table is, for messages. */
  readonly name: string;
  readonly margins?: readonly Margin[];
  readonly columnSums?: readonly ColumnSum[];
  /** Columns that stay visible. */
  readonly openColumns?: readonly string[];
  /** Text columns that name a row in labels. */
  readonly labels?: readonly string[];
}

/** The system of a table, and the table's cell behind each of its cells: `pattern.hide` read through `cells` is what `release({ hide })` takes. */
export interface TableSystem {
  readonly system: AdditiveSystem;
  readonly cells: readonly Cell[];
}

/**
 * The cells of a table that its declared relations tie, as one system. Linked tables written as rows of one table are one system too.
 * Errors: those of `relationsOf` and of `additiveSystem`; an absent cell in a relation is an error, since its value is needed to protect it.
 * @throws Refusal
 */
export function systemOfTable(table: Table, options: TableSystemOptions): TableSystem {
  const { name, margins = [], columnSums = [], openColumns = [], labels = [], ...rest } = options;
  const relations = relationsOf(table, name, margins, columnSums);
  const placeOf = new Map<string, number>();
  const cells: Cell[] = [];
  const place = (cell: Cell): number => {
    const key = cellKey(cell);
    const known = placeOf.get(key);
    if (known !== undefined) return known;
    placeOf.set(key, cells.length);
    cells.push(cell);
    return cells.length - 1;
  };
  const sums = relations.map(({ total, parts }) => ({ total: place(total), parts: parts.map(place) }));
  const rowWords = labels.map((column) => texts(table, column).values);
  const opened = new Set(openColumns);
  const system = additiveSystem(
    cells.map(({ column, row }) => numbers(table, column).values[row]),
    sums,
    {
      ...rest,
      open: [...cells.keys()].filter((i) => opened.has(cells[i]?.column ?? "")),
      label: (cell) => {
        const { column, row } = cells[cell] ?? { column: "", row: 0 };
        return [...rowWords.map((words) => words[row] ?? ""), numbers(table, column).label].join(" × ");
      },
    },
  );
  return { system, cells };
}
