import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Geography } from "../../src/codes/geography.ts";
import type { SourceRef } from "../../src/codes/lineage.ts";
import { numberColumn, rowAt, type Table, table, textColumn, texts } from "../../src/codes/table.ts";
import { joinTables } from "../../src/tables/join.ts";
import type { Passage } from "../../src/tables/passage.ts";
import { orderOfMagnitude } from "../../src/tables/row-flow.ts";
import { sampleLineage } from "../support/lineage.ts";

const cog = (vintage: number): Geography => ({ kind: "commune", vintage });
const of = (
  name: string,
  codes: readonly string[],
  values: readonly number[],
  { geography, lineage = [] }: { geography?: Geography; lineage?: readonly SourceRef[] } = {},
): Table =>
  table(
    {
      code: textColumn(codes, { label: "Code", ...(geography ? { geography } : {}) }),
      [name]: numberColumn(values, { label: name, unit: "personnes", summable: true }),
    },
    lineage,
  );
const passage: Passage = {
  from: cog(2018),
  to: cog(2024),
  fromCodes: ["44003", "44160", "35238"],
  toCodes: ["44003", "44003", "35238"],
  shares: Float64Array.of(1, 1, 1),
  inside: Uint8Array.of(0, 0, 1),
  dated: true,
  lineage: sampleLineage({ id: "cog-mouvements" }),
};
const old = of("pop", ["44003", "44160", "35238"], [7, 3, 200], { geography: cog(2018) });
const recent = of("emplois", ["44003", "35238"], [4, 90], { geography: cog(2024) });

describe("codes of two years", () => {
  test("are refused without a passage, and joined with one", () => {
    expect(() => joinTables(old, recent, { on: "code" })).toThrow(/COG 2018.*COG 2024.*passage/);
    const { table: joined, report } = joinTables(old, recent, { on: "code", passage });
    expect([rowAt(joined, 0), rowAt(joined, 1)]).toEqual([
      { code: "44003", pop: 10, emplois: 4 },
      { code: "35238", pop: 200, emplois: 90 },
    ]);
    expect(texts(joined, "code").geography).toEqual(cog(2024));
    expect(report.conversion).toMatchObject({ side: "left", rowsIn: 3, rowsOut: 2, merged: 2, unchanged: 1 });
    expect(report.sentence).toMatch(/3 lignes deviennent 2.*2 lignes sur 2/);
    expect(joined.lineage.map(({ id }) => id)).toContain("cog-mouvements");
  });
  test("the right side is converted when it is the older one", () => {
    const { table: joined, report } = joinTables(recent, old, { on: "code", passage });
    expect(rowAt(joined, 0)).toEqual({ code: "44003", emplois: 4, pop: 10 });
    expect(report.conversion?.side).toBe("right");
  });
  test("a passage that starts from neither, or arrives elsewhere, is refused", () => {
    expect(() => joinTables(recent, recent, { on: "code", passage })).toThrow(/COG 2018/);
    expect(() => joinTables(old, of("x", ["35238"], [1], { geography: cog(2026) }), { on: "code", passage })).toThrow(
      /COG 2024.*COG 2026/,
    );
  });
  test("the codes of départements are one list since Mayotte, and not before", () => {
    const at = (name: string, vintage: number): Table =>
      of(name, ["35"], [1], { geography: { kind: "departement", vintage } });
    expect(joinTables(at("un", 2018), at("deux", 2026), { on: "code" }).report.matched).toBe(1);
    expect(() => joinTables(at("un", 2010), at("deux", 2026), { on: "code" })).toThrow(/2010.*2026/);
  });
  test("a list that is not said is joined as before", () =>
    expect(joinTables(old, of("x", ["35238"], [1]), { on: "code" }).report.matched).toBe(1));
  test("a place column keeps its list through the join", () => {
    const places = table({
      code: textColumn(["a"], { label: "Code" }),
      commune: textColumn(["35238"], { label: "Commune", geography: cog(2018) }),
    });
    expect(texts(joinTables(of("x", ["a"], [1]), places, { on: "code" }).table, "commune").geography).toEqual(
      cog(2018),
    );
  });
});

describe("the two generations of neighbourhoods", () => {
  const pairs = table({
    code_2015: textColumn(["QP044001", "QP044002"], { label: "2015" }),
    code_2024: textColumn(["QN04401M", "QN04401M"], { label: "2024" }),
    part_2015: numberColumn([1, 0.5], { label: "Part", unit: "part" }),
    part_2024: numberColumn([0.7, 0.3], { label: "Part", unit: "part" }),
  });
  const first = of("pop", ["QP044001", "QP044002"], [10, 4]);
  const second = of("emplois", ["QN04401M"], [5]);
  test("are joined by a table of overlaps, one way or the other", () => {
    expect(() => joinTables(first, second, { on: "code" })).toThrow(/générations/);
    expect(rowAt(joinTables(first, second, { on: "code", passage: pairs }).table, 0)).toEqual({
      code: "QN04401M",
      pop: 12,
      emplois: 5,
    });
    expect(
      rowAt(joinTables(second, first, { on: "code", passage: pairs, conversion: { minCoverage: 0 } }).table, 1),
    ).toEqual({
      code: "QP044002",
      emplois: 1.5,
      pop: 4,
    });
  });
});

describe("rights", () => {
  const ref = (id: string, joins?: readonly string[], synthetic = true): readonly SourceRef[] =>
    sampleLineage({ id, synthetic }).map((source) => ({ ...source, ...(joins ? { joins } : {}) }));
  const join = (left: readonly SourceRef[], right: readonly SourceRef[]) =>
    joinTables(of("un", ["a"], [1], { lineage: left }), of("deux", ["a"], [2], { lineage: right }), { on: "code" });
  test("both contracts must allow the join, by whichever side it is asked", () => {
    const missions = ref("missions", ["qpv", "communes"]);
    expect(join(missions, ref("qpv")).report.matched).toBe(1);
    expect(join(ref("qpv", ["missions"]), missions).report.matched).toBe(1);
    for (const attempt of [() => join(missions, ref("c2s")), () => join(ref("c2s"), missions)])
      expect(attempt).toThrow(/\(missions\).*\(c2s\).*article 5 de la clause de données \(Croisements autorisés\)/);
    expect(() => join(ref("qpv", []), missions)).toThrow(/\(qpv\).*aucun croisement/);
  });
  test("the right follows the data through an earlier join", () => {
    const first = join(ref("missions", ["qpv"]), ref("qpv")).table;
    expect(() => joinTables(first, of("trois", ["a"], [3], { lineage: ref("c2s") }), { on: "code" })).toThrow(
      /\(missions\).*\(c2s\)/,
    );
  });
  test("invented data that meet real ones are allowed, and said", () => {
    const { table: joined, report } = join(ref("a"), ref("b", undefined, false));
    expect(report.notes).toHaveLength(1);
    expect(report.sentence).toMatch(/SYNTHÉTIQUE/);
    expect(joined.lineage.some(({ synthetic }) => synthetic)).toBe(true);
    expect(join(ref("a"), ref("b")).report.notes).toEqual([]);
  });
});

describe("keys written otherwise", () => {
  const near = (left: readonly string[], right: readonly string[]) =>
    joinTables(
      of(
        "un",
        left,
        left.map(() => 1),
      ),
      of(
        "deux",
        right,
        right.map(() => 1),
      ),
      { on: "code" },
    ).report;
  test("a lost zero, an underscore, a case, blanks: told with their remedy, never joined", () => {
    const report = near(
      ["1001", "1002", "2a004", "35238_0901", " 35238", "99999"],
      ["01001", "01002", "2A004", "352380901", "35238"],
    );
    expect(report.matched).toBe(0);
    expect(report.nearKeys.rows).toBe(5);
    expect(report.nearKeys.causes).toEqual([
      {
        cause: "zéro initial",
        rows: 2,
        examples: [
          ["1001", "01001"],
          ["1002", "01002"],
        ],
      },
      { cause: "casse", rows: 1, examples: [["2a004", "2A004"]] },
      { cause: "soulignement", rows: 1, examples: [["35238_0901", "352380901"]] },
      { cause: "blancs", rows: 1, examples: [[" 35238", "35238"]] },
    ]);
    expect(report.sentence).toMatch(/2 lignes de plus trouveraient leur clé si le zéro initial/);
  });
  test("the zero lost on the right is told too; nothing is said when all match or nothing is near", () => {
    expect(near(["01001"], ["1001"]).nearKeys.causes[0]).toMatchObject({ cause: "zéro initial", rows: 1 });
    expect(near(["01001"], ["01001"]).nearKeys).toEqual({ rows: 0, causes: [], sentence: "" });
    expect(near(["01001"], ["02001"]).nearKeys.rows).toBe(0);
  });
});

test("the flow of a join adds up, and an incomplete report is refused", () => {
  const key = fc.constantFrom("", "a", "b", "c", "01", "1");
  fc.assert(
    fc.property(fc.array(key, { maxLength: 20 }), fc.uniqueArray(fc.constantFrom("a", "b", "01", "x")), (l, r) => {
      const { report } = joinTables(
        of(
          "un",
          l,
          l.map(() => 1),
        ),
        of(
          "deux",
          r,
          r.map(() => 1),
        ),
        { on: "code" },
      );
      const flow = orderOfMagnitude(report);
      expect(flow.matched + Object.values(flow.lost).reduce((a, b) => a + b, 0)).toBe(l.length);
      expect(report.nearKeys.rows).toBeLessThanOrEqual(report.leftOnly);
    }),
  );
  expect(() => orderOfMagnitude({ leftRows: 5, matched: 3, leftOnly: 1, leftWithoutKey: 0 })).toThrow(
    /toutes les lignes/,
  );
});
