import type { SourceRef } from "../../src/codes/lineage.ts";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn } from "../../src/codes/table.ts";

/** A source with a threshold; invented. */
export const source = (minUnits: number, changes: Partial<SourceRef> = {}): SourceRef => ({
  id: `source-${minUnits}`,
  title: "Comptage",
  publisher: "Partenaire",
  licence: "Licence Ouverte 2.0",
  vintage: "2024",
  url: "https://example.org",
  file: "comptage.csv",
  sha256: `empreinte-${minUnits}`,
  synthetic: true,
  published: false,
  secrecy: { unit: "personne", minUnits, statedBy: `contrat (${minUnits})` },
  ...changes,
});

/** Counts by zone and age with every total, the last row and column of the result. */
export function withTotals(inside: readonly (readonly number[])[]): number[][] {
  const rows = inside.map((row) => [...row, row.reduce((a, b) => a + b, 0)]);
  const [first = []] = rows;
  return [...rows, first.map((_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0))];
}

/** The same as a long table: zone, age, n; totals are labelled « Ensemble ». */
export function crossed(inside: readonly (readonly number[])[], minUnits: number): Table {
  const grid = withTotals(inside);
  const label = (index: number, length: number, letter: string): string =>
    index === length - 1 ? "Ensemble" : `${letter}${index}`;
  const cells = grid.flatMap((row, i) =>
    row.map((n, j) => ({ zone: label(i, grid.length, "Z"), age: label(j, row.length, "A"), n })),
  );
  return table(
    {
      zone: textColumn(
        cells.map(({ zone }) => zone),
        { label: "Zone" },
      ),
      age: textColumn(
        cells.map(({ age }) => age),
        { label: "Âge" },
      ),
      n: numberColumn(
        cells.map(({ n }) => n),
        { label: "Effectif", unit: "personnes", summable: true },
      ),
    },
    [source(minUnits)],
  );
}

export const crossedMargin = { column: "n", by: ["zone", "age"], totalLabel: "Ensemble" } as const;

/** The same as a wide table: one column an age, then their total. */
export function wide(inside: readonly (readonly number[])[], minUnits: number): Table {
  const grid = withTotals(inside);
  const width = grid[0]?.length ?? 0;
  const names = Array.from({ length: width }, (_, j) => (j === width - 1 ? "total" : `age${j}`));
  return table(
    Object.fromEntries(
      names.map((name, j) => [
        name,
        numberColumn(
          grid.map((row) => row[j] ?? 0),
          { label: name, unit: "personnes", summable: true },
        ),
      ]),
    ),
    [source(minUnits)],
  );
}

/** A column as a reader sees it: null for a hidden cell. */
export function seen(t: Table, name: string): (number | null)[] {
  const found = numbers(t, name);
  return Array.from(found.values, (value, row) => (reasonAt(found, row) === null ? value : null));
}

const firmSecrecy = { unit: "entreprise", minUnits: 3, statedBy: "contrat" } as const;

/** Sales of firms, and the table of sums by zone that would be published. */
export function firmSales(
  byZone: Readonly<Record<string, readonly number[]>>,
  rule: object,
): { records: Table; published: Table; last: number } {
  const rows = Object.entries(byZone).flatMap(([zone, amounts]) =>
    amounts.map((amount, i) => ({ zone, firm: `${zone}${i}`, amount })),
  );
  const lineage = [source(3, { secrecy: { ...firmSecrecy, ...rule } })];
  const records = table(
    {
      zone: textColumn(
        rows.map(({ zone }) => zone),
        { label: "Zone" },
      ),
      firm: textColumn(
        rows.map(({ firm }) => firm),
        { label: "Entreprise" },
      ),
      amount: numberColumn(
        rows.map(({ amount }) => amount),
        { label: "Ventes", unit: "EUR", summable: true },
      ),
    },
    lineage,
  );
  const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
  const sums = Object.values(byZone).map(sum);
  const published = table(
    {
      zone: textColumn([...Object.keys(byZone), "Ensemble"], { label: "Zone" }),
      sales: numberColumn([...sums, sum(sums)], { label: "Ventes", unit: "EUR", summable: true }),
    },
    lineage,
  );
  return { records, published, last: sums.length };
}
