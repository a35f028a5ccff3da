import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numberColumn, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { judgeCells, type PrimaryRules } from "../../../src/protection/rules/judge-cells.ts";
import { realData } from "../../support/real-data.ts";

const rules: PrimaryRules = { minUnits: 3, dominance: { n: 1, k: 85 }, pPercent: 10, zeros: "structural" };

function records(rows: readonly (readonly [string, string, number, number?])[]): Table {
  return table({
    zone: textColumn(
      rows.map(([zone]) => zone),
      { label: "Zone" },
    ),
    firm: textColumn(
      rows.map(([, firm]) => firm),
      { label: "Entreprise" },
    ),
    sales: numberColumn(
      rows.map(([, , sales]) => sales),
      { label: "Ventes", unit: "EUR" },
    ),
    weight: numberColumn(
      rows.map(([, , , weight = 1]) => weight),
      { label: "Poids", unit: "" },
    ),
  });
}

const columns = { cells: ["zone"], value: "sales", contributor: "firm" };
const codes = (t: Table, r: PrimaryRules = rules, c: Parameters<typeof judgeCells>[2] = columns) =>
  judgeCells(t, r, c).map(({ findings }) => findings.map(({ code }) => code));

test("several rows of one contributor are summed first", () => {
  const split = records([
    ["A", "1", 450],
    ["A", "1", 400.1],
    ["A", "2", 100],
    ["A", "3", 50],
  ]);
  expect(codes(split, { minUnits: 3, dominance: { n: 1, k: 85 }, zeros: "structural" })).toEqual([["dominance"]]);
  expect(codes(split, rules, { cells: ["zone"], value: "sales" })).toEqual([[]]);
});

test("the threshold counts contributors, weighted and unweighted", () => {
  const three = (weight: number) =>
    records([
      ["A", "1", 5, weight],
      ["A", "2", 5, weight],
      ["A", "3", 5, weight],
    ]);
  const weighted = { ...columns, weight: "weight" };
  expect(codes(three(1), rules, weighted)).toEqual([[]]);
  expect(codes(three(0.99), rules, weighted)).toEqual([["weighted-frequency"]]);
  expect(codes(three(4), { ...rules, minUnits: 4 }, weighted)).toEqual([["frequency"]]);
  expect(codes(three(4), { ...rules, minUnits: 4, weightedRule: "weighted" }, weighted)).toEqual([[]]);
  expect(codes(three(0.99), { ...rules, weightedRule: "unweighted" }, weighted)).toEqual([[]]);
});

test("a total of 0 is left when zeros are structural, found when they are sensitive", () => {
  const zeros = records(["1", "2", "3"].map((firm) => ["A", firm, 0] as const));
  expect(codes(zeros)).toEqual([[]]);
  expect(codes(zeros, { ...rules, zeros: "sensitive" })).toEqual([["zero-sensitive"]]);
});

test("a missing contribution leaves the cell unjudged, and says so", () => {
  expect(
    codes(
      records([
        ["A", "1", 5],
        ["A", "2", Number.NaN],
        ["A", "3", 5],
      ]),
    ),
  ).toEqual([["contribution-missing"]]);
});

test("findings never carry a value of the cell, nor vary with it", () => {
  const told = (big: number, small: number) =>
    JSON.stringify(
      judgeCells(
        records([
          ["A", "1", big],
          ["A", "2", small],
        ]),
        rules,
        columns,
      ),
    );
  expect(told(7771, 13)).toBe(told(987654.321, 0.5));
  expect(told(7771, 13)).not.toMatch(/7771|13/);
});

const folder = realData === null ? null : join(realData, "reference/disclosure");
const reference: { readonly files: Record<string, Record<string, string[]>> } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../reference/primary-rules.json"), "utf8"),
);

// ACRO's defaults. Its zero totals fail p % by a quirk of division; we find them as sensitive zeros.
const acro: PrimaryRules = { minUnits: 10, dominance: { n: 2, k: 90 }, pPercent: 10, zeros: "sensitive" };
const checks: Record<string, string> = {
  frequency: "MinimumThresholdCheck",
  dominance: "NKCheck",
  "p-percent": "PPercentCheck",
  "zero-sensitive": "PPercentCheck",
};

describe.skipIf(folder === null)("the same cells fail the same checks as with ACRO", () => {
  test.each(Object.entries(reference.files))("%s", (name, expected) => {
    const lines = readFileSync(join(folder ?? "", `acro_${name}.csv`), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const fields = lines.map((line) => line.trim().split(","));
    const cells = ["a", "b", "c", "d"];
    const people = table({
      ...Object.fromEntries(
        cells.map((cell, i) => [
          cell,
          textColumn(
            fields.map((field) => field[i] ?? ""),
            { label: cell },
          ),
        ]),
      ),
      amount: numberColumn(
        fields.map((field) => Number(field[4])),
        { label: "Montant", unit: "" },
      ),
    });
    const found = judgeCells(people, acro, { cells, value: "amount" })
      .filter(({ findings }) => findings.length > 0)
      .map(({ cell, findings }) => [cell.join(""), findings.map(({ code }) => checks[code]).sort()]);
    // ACRO also finds empty crossings of its product of categories (0 < 10); a frequency of 0 is left by our rule.
    const present = new Set(fields.map((field) => field.slice(0, 4).join("")));
    const empty = Object.keys(expected).filter((cell) => !present.has(cell));
    expect(empty).toEqual(name === "safe_3d" ? ["CACC", "CBCC", "CCCC"] : []);
    const judged = Object.entries(expected).filter(([cell]) => present.has(cell));
    const theirs = judged.map(([cell, failed]) => [cell, [...failed].sort()]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(theirs));
  });
});
