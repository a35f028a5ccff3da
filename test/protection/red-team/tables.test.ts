import { describe, expect, test } from "vitest";
import { type Column, numberColumn, numbers, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import type { ReleaseOptions } from "../../../src/protection/release-options.ts";
import { isReleased } from "../../../src/protection/released.ts";
import type { Statement } from "../../../src/protection/statement.ts";
import { seen, source } from "../support.ts";

const count = (values: readonly number[], label = "Effectif"): Column =>
  numberColumn(values, { label, unit: "personnes", summable: true });
const amount = (values: readonly number[], unit = "EUR"): Column => numberColumn(values, { label: "Montant", unit });
const names = (length: number): Column =>
  textColumn(
    Array.from({ length }, (_, i) => `Z${i}`),
    { label: "Zone" },
  );
const counted = (n: readonly number[], more: Readonly<Record<string, Column>> = {}): Table =>
  table({ zone: names(n.length), n: count(n), ...more }, [source(11)]);
const let_ = (t: Table, more: Partial<ReleaseOptions> = {}) => release(t, { name: "essai", counts: "n", ...more });

describe("a table that is not what it says", () => {
  test("rows beyond the number of rows do not pass unjudged", () => {
    const short = { ...counted([20, 3, 4]), numRows: 1 };
    expect(() => let_(short)).toThrow();
  });
  test("a hide pattern names cells that exist", () => {
    const t = counted([20, 30, 40]);
    expect(() => let_(t, { hide: [{ column: "n", row: 99 }] })).toThrow(/masquer/);
    expect(() => let_(t, { hide: [{ column: "n", row: -1 }] })).toThrow(/masquer/);
    expect(() => let_(t, { hide: [{ column: "absente", row: 0 }] })).toThrow(/absente/);
    expect(() => let_(t, { hide: [{ column: "zone", row: 0 }] })).toThrow(/texte/);
    expect(let_(t, { hide: [{ column: "n", row: 1 }] }).release.complementary).toBe(1);
  });
  test("an empty table passes, and says nothing", () => {
    expect(let_(counted([])).numRows).toBe(0);
  });
  test("impossible counts are refused, unknown ones hide their row, none is printed", () => {
    for (const wrong of [-1, -3, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => let_(counted([wrong, 20]))).toThrow(Refusal);
    const km = amount([1, 2, 3, 4], "km");
    const out = let_(counted([Number.NaN, 10.999, 11, -0], { km }));
    expect(seen(out, "n")).toEqual([null, null, 11, -0]);
    expect(seen(out, "km")).toEqual([null, null, 3, 4]);
  });
});

describe("what is said to be public", () => {
  test("a count that the gate judges is not declared public in itself", () => {
    expect(() => let_(counted([20, 3]), { open: ["n"] })).toThrow(/open/);
  });
  test("a number that is neither protected nor public goes with its row", () => {
    const t = counted([20, 3], { revenu: amount([15_000, 9_000]) });
    expect(() => let_(t, { protects: [] })).toThrow(/revenu/);
    expect(seen(let_(t, { protects: ["revenu"] }), "revenu")).toEqual([15_000, null]);
    expect(seen(let_(t, { protects: [], open: ["revenu"] }), "revenu")).toEqual([15_000, 9_000]);
  });
  test("a mean beside parts of a sum goes with them when no count of its own is judged", () => {
    const t = table(
      { n: count([4, 30]), autres: count([60, 40]), ensemble: count([64, 70]), revenu: amount([9_000, 15_000]) },
      [source(11)],
    );
    const out = release(t, { name: "essai", counts: "n", columnSums: [{ total: "ensemble", parts: ["n", "autres"] }] });
    expect(seen(out, "revenu")).toEqual([null, 15_000]);
  });
});

describe("sensitive rates", () => {
  const t = table(
    {
      oui: count([0, 40, 20]),
      n: count([40, 40, 40]),
      taux: numberColumn([0, 100, 50], { label: "Taux", unit: "%" }),
    },
    [source(11)],
  );
  const rate = { rate: "taux", base: "n", part: "oui", decimals: 0, sensitive: true } as const;
  test("0 % and 100 % are not told by the numerator beside the hidden rate", () => {
    const out = release(t, { name: "essai", counts: "n", rates: [rate] });
    expect(seen(out, "taux")).toEqual([null, null, 50]);
    expect(seen(out, "oui")).toEqual([null, null, 20]);
  });
  test("nor when it is counted itself", () => {
    const out = release(t, { name: "essai", counts: ["n", "oui"], rates: [rate] });
    expect(seen(out, "oui")).toEqual([null, null, 20]);
  });
});

describe("a released table", () => {
  const statement = (): Statement => ({
    population: "habitants, 2024",
    unit: "personne",
    zone: { column: "zone", kind: "qpv2024" },
    by: [],
    numbers: [{ column: "n", kind: "count", measure: "habitants" }],
  });
  test("does not share its columns with the caller", () => {
    const n = [20, 30];
    const t = counted(n);
    const out = let_(t);
    (numbers(t, "n").values as Float64Array)[0] = 3;
    expect(seen(out, "n")).toEqual([20, 30]);
    expect(isReleased(out)).toBe(true);
  });
  test("cannot be assigned, copied or rewritten", () => {
    const out = let_(counted([20, 30]));
    expect(() => Object.assign(out, { numRows: 0 })).toThrow(TypeError);
    expect(() => Object.assign(out.columns, { n: count([3, 4]) })).toThrow(TypeError);
    expect(isReleased({ ...out })).toBe(false);
    expect(isReleased(Object.create(out))).toBe(false);
    numbers(out, "n").values[0] = 3;
    expect(isReleased(out)).toBe(false);
  });
  test("keeps the statement that was judged, whatever the caller does with it later", () => {
    const stated = statement();
    const out = let_(counted([20, 30]), { statement: stated });
    (stated.numbers as unknown[]).length = 0;
    expect(out.release.statement?.numbers).toHaveLength(1);
    expect(Object.isFrozen(out.release.statement?.numbers)).toBe(true);
  });
  test("states every count that it publishes: the ledger would not see the others", () => {
    const t = table({ zone: names(2), n: count([20, 30]), f: count([11, 15], "Femmes") }, [source(11)]);
    const both = ["n", "f"];
    expect(() => release(t, { name: "essai", counts: both, statement: statement() })).toThrow(/énonce/);
  });
});

describe("totals that nobody declared", () => {
  const zonesAnd = (last: string): Table =>
    table({ zone: textColumn(["A", "B", "C", last], { label: "Zone" }), n: count([4, 30, 40, 74]) }, [source(11)]);
  test("a row named as the total is attacked as one", () => {
    const hidden = (t: Table) => seen(let_(t), "n").filter((value) => value === null).length;
    expect(["Ensemble", "Total des zones", "TOTAL"].map((last) => hidden(zonesAnd(last)))).toEqual([2, 2, 2]);
    expect(hidden(zonesAnd("D"))).toBe(1);
  });
  test("a column named as the total is attacked as one", () => {
    const t = table({ a: count([4, 30]), b: count([50, 41]), total: count([54, 71]), km: amount([1, 2]) }, [
      source(11),
    ]);
    const out = release(t, { name: "essai", counts: ["a", "b", "total"] });
    expect(["a", "b", "total"].map((name) => seen(out, name)[0])).toEqual([null, null, null]);
    const partly = release(t, {
      name: "essai",
      counts: ["a", "b", "total"],
      columnSums: [{ total: "total", parts: ["a", "b"] }],
    });
    expect(["a", "b", "total"].map((name) => seen(partly, name)[0]).filter((value) => value === null)).toHaveLength(2);
  });
});
