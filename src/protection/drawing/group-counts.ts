import {
  type Column,
  column,
  numberColumn,
  numbers,
  reasonAt,
  type Table,
  table,
  textColumn,
} from "../../codes/table.ts";

/** Records of one group, by row number. */
export interface RecordGroup {
  readonly labels: readonly string[];
  readonly rows: readonly number[];
}

/** Groups of records by their classes, in the order of the classes' names. A record that lacks a class is in none. */
export function groupsOf(records: Table, by: readonly string[]): readonly RecordGroup[] {
  const labels = by.map((name) => labelsOf(column(records, name)));
  const groups = new Map<string, { labels: readonly string[]; rows: number[] }>();
  for (let row = 0; row < records.numRows; row++) {
    const own = labels.map((list) => list[row] ?? "");
    if (own.includes("")) continue;
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { labels: own, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

const labelsOf = (source: Column): readonly string[] =>
  Array.from({ length: source.values.length }, (_, row) =>
    reasonAt(source, row) === null ? String(source.values[row]) : "",
  );

/**
 * One row a group: its classes, its count in the column `n`, and one value a measure, computed from the group's known numbers.
 * @param summary what is computed of a group; null where it cannot be, and the cell is then hidden
 */
export function summarise(
  records: Table,
  by: readonly string[],
  measures: readonly {
    readonly name: string;
    readonly of: string;
    readonly summary: (sorted: readonly number[]) => number | null;
  }[],
): Table {
  const groups = groupsOf(records, by);
  const columns: Record<string, Column> = {};
  by.forEach((name, i) => {
    columns[name] = textColumn(
      groups.map(({ labels }) => labels[i] ?? ""),
      { label: column(records, name).label },
    );
  });
  columns.n = numberColumn(
    groups.map(({ rows }) => rows.length),
    { label: "Effectif", unit: "unités", summable: true },
  );
  for (const { name, of, summary } of measures) {
    const source = numbers(records, of);
    const values = groups.map(({ rows }) => summary(knownSorted(source.values, rows)));
    columns[name] = numberColumn(
      values.map((value) => value ?? Number.NaN),
      { label: source.label, unit: source.unit, missing: Uint8Array.from(values, (value) => (value === null ? 1 : 0)) },
    );
  }
  return table(columns, records.lineage);
}

const knownSorted = (values: ArrayLike<number>, rows: readonly number[]): readonly number[] =>
  rows
    .map((row) => values[row])
    .filter((value): value is number => Number.isFinite(value))
    .sort((a, b) => a - b);
