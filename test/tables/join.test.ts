import { table as arqueroTable, desc, op } from "arquero";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SourceRef } from "../../src/codes/lineage.ts";
import { numberColumn, type Table, table, textColumn } from "../../src/codes/table.ts";
import { fromArquero, toArquero } from "../../src/tables/arquero.ts";
import { joinTables } from "../../src/tables/join.ts";

const source = (id: string): SourceRef => ({
  id,
  title: id,
  publisher: "test",
  licence: "test",
  vintage: "2020",
  url: "",
  file: id,
  sha256: id,
  synthetic: true,
  published: true,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "test" },
});
const keyed = (
  codes: readonly string[],
  name: string,
  values: readonly number[],
  missing: Uint8Array | null = null,
): Table =>
  table(
    {
      code: textColumn(codes, { label: "Code" }),
      [name]: numberColumn(values, { label: name, unit: "personnes", summable: true, missing }),
    },
    [source(name)],
  );

describe("join by key", () => {
  const left = keyed(["a", "b", "", "c", "b"], "habitants", [1, 2, 3, 4, 5]);
  const right = keyed(["b", "z", "c", ""], "demandeurs", [20, 90, Number.NaN, 7], Uint8Array.of(0, 0, 1, 0));

  test("keeps every left row, and why a value is missing", () => {
    const { table: joined, report } = joinTables(left, right, { on: "code" });
    expect([...(joined.columns.demandeurs?.values ?? [])]).toEqual([Number.NaN, 20, Number.NaN, Number.NaN, 20]);
    expect([...(joined.columns.demandeurs?.missing ?? [])]).toEqual([3, 0, 3, 1, 0]);
    expect(joined.columns.demandeurs).toMatchObject({ label: "demandeurs", unit: "personnes", summable: true });
    expect(joined.lineage.map(({ id }) => id)).toEqual(["habitants", "demandeurs"]);
    expect(report).toMatchObject({
      leftRows: 5,
      rightRows: 4,
      matched: 3,
      leftOnly: 1,
      leftWithoutKey: 1,
      rightOnly: 1,
      rightWithoutKey: 1,
      leftOnlyKeys: ["a"],
      rightOnlyKeys: ["z"],
    });
    expect(report.sentence).toContain("3 lignes sur 5");
  });
  test("inner keeps the matched rows", () => {
    const { table: joined } = joinTables(left, right, { on: "code", kind: "inner" });
    expect(joined.columns.habitants?.values).toEqual(Float64Array.of(2, 4, 5));
  });
  test("nobody is lost or made: the report accounts for every row", () => {
    const key = fc.constantFrom("", "a", "b", "c", "d", "e");
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 30 }),
        fc.uniqueArray(fc.constantFrom("a", "b", "c", "x", "y")),
        (leftKeys, rightKeys) => {
          const one = keyed(
            leftKeys,
            "un",
            leftKeys.map((_, i) => i),
          );
          const other = keyed(
            rightKeys,
            "deux",
            rightKeys.map((_, i) => i),
          );
          const { table: joined, report } = joinTables(one, other, { on: "code" });
          expect(report.matched + report.leftOnly + report.leftWithoutKey).toBe(leftKeys.length);
          expect(
            new Set(leftKeys.filter((k) => (rightKeys as readonly string[]).includes(k))).size +
              report.rightOnly +
              report.rightWithoutKey,
          ).toBe(rightKeys.length);
          expect(joined.numRows).toBe(leftKeys.length);
          expect(joinTables(one, other, { on: "code", kind: "inner" }).table.numRows).toBe(report.matched);
        },
      ),
    );
  });
  test("two generations of neighbourhoods are refused, across the tables or within one", () => {
    const of = (codes: readonly string[], name: string) =>
      keyed(
        codes,
        name,
        codes.map(() => 1),
      );
    expect(() => joinTables(of(["QP044004"], "un"), of(["QN04404M"], "deux"), { on: "code" })).toThrow(
      /QP044004 \(2015\), QN04404M \(2024\)/,
    );
    expect(() => joinTables(of(["QP044004", "QN04404M"], "un"), of(["QP044004"], "deux"), { on: "code" })).toThrow(
      /générations/,
    );
    expect(joinTables(of(["QN04404M"], "un"), of(["QN04404M"], "deux"), { on: "code" }).report.matched).toBe(1);
  });
  test("refuses a repeated key, a taken name, an absent column", () => {
    expect(() => joinTables(left, keyed(["b", "b"], "x", [1, 2]), { on: "code" })).toThrow(/Clé répétée.*«.b.»/u);
    expect(() => joinTables(left, keyed(["b"], "habitants", [1]), { on: "code" })).toThrow(/habitants/);
    expect(() => joinTables(left, right, { on: { left: "code", right: "habitants" } })).toThrow(/habitants/);
    expect(() => joinTables(left, right, { on: "code", columns: ["rien"] })).toThrow(/rien/);
    expect(() => joinTables(left, right, { on: "demandeurs" })).toThrow(/demandeurs/);
  });
  test("empty tables", () => {
    expect(joinTables(keyed([], "un", []), right, { on: "code" }).report).toMatchObject({
      leftRows: 0,
      matched: 0,
      rightOnly: 3,
    });
    expect(joinTables(left, keyed([], "deux", []), { on: "code" }).report).toMatchObject({ matched: 0, leftOnly: 4 });
  });
});

describe("arquero and back", () => {
  const data = table(
    {
      code: textColumn(["a", "b", "c", ""], { label: "Code", missing: Uint8Array.of(0, 0, 0, 3) }),
      revenu: numberColumn([100, Number.NaN, Number.NaN, 40], {
        label: "Revenu médian",
        unit: "EUR/an",
        missing: Uint8Array.of(0, 1, 2, 0),
      }),
      habitants: numberColumn([1, 2, 3, 4], { label: "Habitants", unit: "personnes", summable: true }),
    },
    [source("x")],
  );
  test("keeps values, reasons, units, labels and lineage", () =>
    expect(fromArquero(toArquero(data), { from: [data] })).toEqual(data));
  test("reasons follow the rows through verbs, and aggregates skip what is missing", () => {
    const sorted = fromArquero(
      toArquero(data)
        .orderby(desc("habitants"))
        .filter((row: { habitants: number }) => row.habitants > 1),
      { from: [data] },
    );
    expect([...(sorted.columns.revenu?.missing ?? [])]).toEqual([0, 2, 1]);
    const mean = toArquero(data).rollup({ revenu: op.mean("revenu"), n: op.valid("revenu") });
    const meanings = {
      revenu: { label: "Revenu médian, moyenne des valeurs connues", unit: "EUR/an" },
      n: { label: "Valeurs", unit: "lignes" },
    };
    expect(fromArquero(mean, { from: [data], meanings }).columns).toMatchObject({
      revenu: { values: Float64Array.of(70), unit: "EUR/an" },
      n: { values: Float64Array.of(2) },
    });
  });
  test("a column of nothing but missing values stays of its kind", () => {
    const hidden = table({
      part: numberColumn([Number.NaN], { label: "Part", unit: "%", missing: Uint8Array.of(1) }),
      nom: textColumn([""], { label: "Nom", missing: Uint8Array.of(3) }),
    });
    expect(fromArquero(toArquero(hidden), { from: [hidden] })).toEqual(hidden);
  });
  test("the list of places of a code comes back, and two lists are not taken for one", () => {
    const communes = (vintage: number, id: string): Table =>
      table({ code: textColumn(["49144"], { label: "Code", geography: { kind: "commune", vintage } }) }, [source(id)]);
    const [old, recent] = [communes(2018, "ancien"), communes(2026, "recent")];
    const joined = toArquero(old).join(toArquero(recent), "code");
    expect(fromArquero(joined, { from: [old] }).columns["code"]).toMatchObject({
      geography: { kind: "commune", vintage: 2018 },
    });
    expect(() => fromArquero(joined, { from: [old, recent] })).toThrow(/deux listes.*COG 2018.*COG 2026/);
    const meanings = { code: { label: "Code", geography: { kind: "commune", vintage: 2026 } } } as const;
    expect(fromArquero(joined, { from: [old, recent], meanings }).columns["code"]).toMatchObject({
      geography: { kind: "commune", vintage: 2026 },
    });
  });

  test("a sum without its secret part does not pass for the whole", () => {
    const data = keyed(["a", "a"], "habitants", [1, Number.NaN], Uint8Array.of(0, 1));
    const sum = toArquero(data)
      .groupby("code")
      .rollup({ habitants: op.sum("habitants") });
    expect(() => fromArquero(sum, { from: [data] })).toThrow(/motifs.*perdus.*habitants_manque/);
    const meanings = { habitants: { label: "Habitants, sans les secrets", unit: "personnes" } };
    expect(fromArquero(sum, { from: [data], meanings }).columns["habitants"]).toMatchObject({ values: { 0: 1 } });
    const known = keyed(["a", "a"], "habitants", [1, 2]);
    const whole = toArquero(known)
      .groupby("code")
      .rollup({ habitants: op.sum("habitants") });
    expect(fromArquero(whole, { from: [known] }).columns["habitants"]).toMatchObject({ values: { 0: 3 } });
  });

  test("tables whose contracts do not allow each other do not meet through arquero either", () => {
    const lent = table({ code: textColumn(["a"], { label: "Code" }) }, [
      { ...source("partenaire"), joins: ["communes"] },
    ]);
    const other = keyed(["a"], "habitants", [1]);
    const joined = toArquero(lent).join(toArquero(other), "code");
    expect(() => fromArquero(joined, { from: [lent, other] })).toThrow(/n'autorise pas son croisement/);
    expect(fromArquero(toArquero(lent), { from: [lent] }).lineage).toEqual(lent.lineage);
  });

  test("a column that arquero made needs a label and a unit; mixed types and a taken name are refused", () => {
    const derived = toArquero(data).derive({ double: (row: { habitants: number }) => row.habitants * 2 });
    expect(() => fromArquero(derived, { from: [data] })).toThrow(/double/);
    expect(() =>
      fromArquero(arqueroTable({ jour: [new Date(0)] }), { from: [data], meanings: { jour: { label: "Jour" } } }),
    ).toThrow(/type/);
    expect(() =>
      toArquero(table({ ...data.columns, revenu_manque: textColumn(["", "", "", ""], { label: "x" }) })),
    ).toThrow(/revenu_manque/);
  });
});
