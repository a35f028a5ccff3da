import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/codes/shape.ts";
import { numberColumn, numbers, reasonAt, rowAt, SECRET, table, textColumn, texts } from "../../src/codes/table.ts";
import type { Places } from "../../src/tables/area-shares.ts";
import { qpvPassage } from "../../src/tables/passage.ts";
import { convertQpv, passageQpv } from "../../src/tables/passage-qpv.ts";

const rectangle = (x: number, y: number, width: number, height: number): Shape => ({
  polygons: [[Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height)]],
});

/** Of 2015: one that stays, one cut in two, one that is left, one whose border moves by a hair into a neighbour. */
const old: Places = {
  codes: ["QP001001", "QP001002", "QP001003", "QP001004"],
  shapes: [
    rectangle(0, 0, 100, 100),
    rectangle(200, 0, 100, 100),
    rectangle(400, 0, 100, 100),
    rectangle(600, 0, 100, 100),
  ],
};
const recent: Places = {
  codes: ["QN00101M", "QN00102M", "QN00103M", "QN00104M", "QN00105M"],
  shapes: [
    rectangle(0, 0, 100, 100),
    rectangle(200, 0, 40, 100),
    rectangle(240, 0, 160, 50),
    rectangle(599.9, 0, 100.1, 100),
    rectangle(700, 0, 50, 50),
  ],
};
const options = { unit: "metres", sliver: 0.01 } as const;

describe("the passage of neighbourhoods from 2015 to 2024", () => {
  const { table: passage, report } = passageQpv(old, recent, options);

  test("the parts of each pair, in both directions", () => {
    const pairs = Array.from({ length: passage.numRows }, (_, row) => rowAt(passage, row));
    expect(pairs.map(({ code_2015, code_2024 }) => [code_2015, code_2024])).toEqual([
      ["QP001001", "QN00101M"],
      ["QP001002", "QN00102M"],
      ["QP001002", "QN00103M"],
      ["QP001004", "QN00104M"],
    ]);
    expect(numbers(passage, "part_2015").values[2]).toBeCloseTo(0.3, 9);
    expect(numbers(passage, "part_2024").values[2]).toBeCloseTo(3000 / 8000, 9);
    expect(report).toMatchObject({ pairs: 4, slivers: 0, left: ["QP001003"], entered: ["QN00105M"] });
    expect(report.sentence).toContain("1 quartiers de 2015 sans suite");
    expect(passage.columns["code_2015"]).toMatchObject({ geography: { kind: "qpv", vintage: 2015 } });
  });
  test("slivers go by the threshold, and are counted", () => {
    const moved: Places = { codes: ["QN00109M"], shapes: [rectangle(99.5, 0, 200, 100)] };
    expect(passageQpv(old, moved, options).report).toMatchObject({ pairs: 1, slivers: 1 });
    expect(passageQpv(old, moved, { ...options, sliver: 0 }).report).toMatchObject({ pairs: 2, slivers: 0 });
  });
  test("squares give the part of the people", () => {
    const squares = {
      places: { codes: ["c1", "c2"], shapes: [rectangle(200, 0, 40, 40), rectangle(260, 20, 40, 40)] },
      population: Float64Array.of(30, 10),
    };
    const { table: weighed } = passageQpv(old, recent, { ...options, squares });
    // The second square has 30 of its 40 metres in the southern half that QN00103M keeps.
    expect([...numbers(weighed, "population_commune").values].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([
      0, 30, 7.5, 0,
    ]);
    expect(numbers(weighed, "part_population_2015").values[1]).toBeCloseTo(0.75, 9);
    expect(numbers(weighed, "part_population_2024").values[2]).toBeCloseTo(1, 9);
    expect(reasonAt(numbers(weighed, "part_population_2015"), 0)).toBe("nd");
    const people = table({
      qpv: textColumn(["QP001002"], { label: "Quartier" }),
      pop: numberColumn([1000], { label: "Habitants", unit: "personnes", summable: true }),
    });
    const { table: out } = convertQpv(people, weighed, { key: "qpv", column: "pop", by: "population" });
    const of = (code: string): number => numbers(out, "pop").values[texts(out, "code").values.indexOf(code)] as number;
    expect([of("QN00102M"), of("QN00103M")].map(Math.round)).toEqual([750, 188]);
  });
  test("counts pass with their bounds, coverage and reasons; medians do not", () => {
    const t = table({
      qpv: textColumn(old.codes, { label: "Quartier" }),
      pop: numberColumn([500, 1000, 300, Number.NaN], {
        label: "Habitants",
        unit: "personnes",
        summable: true,
        missing: Uint8Array.of(0, 0, 0, SECRET),
      }),
      revenu: numberColumn([1, 2, 3, 4], { label: "Revenu médian", unit: "EUR/an" }),
    });
    const { table: out, report: converted } = convertQpv(t, passage, { key: "qpv", column: "pop" });
    expect(rowAt(out, 0)).toMatchObject({ code: "QN00101M", pop: 500, pop_min: 500, pop_max: 500 });
    expect(rowAt(out, 2)).toMatchObject({ code: "QN00103M", pop_min: 0, pop_max: 1000 });
    expect(numbers(out, "pop").values[2]).toBeCloseTo(300, 9);
    expect(numbers(out, "part_couverte").values[2]).toBeCloseTo(0.375, 9);
    expect(rowAt(out, 3)).toMatchObject({ code: "QN00104M", pop: "s" });
    expect(converted).toMatchObject({ total: 1800, withoutShape: ["QP001003"] });
    expect(converted.distributed + converted.rest).toBeCloseTo(1800, 9);
    expect(() => convertQpv(t, passage, { key: "qpv", column: "revenu" })).toThrow(/n'est pas sommable/);
  });
  test("a row without a code is left to the rest, wherever it stands", () => {
    const t = table({
      qpv: textColumn(["", "QP001001"], { label: "Quartier", missing: Uint8Array.of(3, 0) }),
      pop: numberColumn([7, 500], { label: "Habitants", unit: "personnes", summable: true }),
    });
    const { table: out, report: converted } = convertQpv(t, passage, { key: "qpv", column: "pop" });
    expect(rowAt(out, 0)).toMatchObject({ code: "QN00101M", pop: 500 });
    expect(converted).toMatchObject({ total: 507, rest: 7 });
  });
  test("the same parts backward, and as the passage that tables are converted by", () => {
    const t = table({
      qpv: textColumn(["QN00103M"], { label: "Quartier" }),
      pop: numberColumn([800], { label: "Habitants", unit: "personnes", summable: true }),
    });
    const { table: out } = convertQpv(t, passage, { key: "qpv", column: "pop" });
    expect(numbers(out, "pop").values[texts(out, "code").values.indexOf("QP001002")]).toBeNaN();
    expect(reasonAt(numbers(out, "pop"), texts(out, "code").values.indexOf("QP001002"))).toBe("nd"); // QN00102M has no row
    const alone = passageQpv(old, { codes: ["QN00103M"], shapes: recent.shapes.slice(2, 3) }, options).table;
    expect(numbers(convertQpv(t, alone, { key: "qpv", column: "pop" }).table, "pop").values[0]).toBeCloseTo(300, 9);
    expect([...qpvPassage(passage).shares].map((share) => Math.round(share * 1e6) / 1e6)).toEqual([1, 0.4, 0.3, 1]);
  });
  test("a generation on the wrong side, an impossible threshold, a perimeter cut by the antimeridian are refused", () => {
    expect(() => passageQpv(recent, recent, options)).toThrow(/autre génération que 2015.*QN00101M/);
    expect(() => passageQpv(old, old, options)).toThrow(/autre génération que 2024/);
    expect(() => passageQpv(old, recent, { ...options, sliver: 1 })).toThrow(/Seuil/);
    const cut: Places = {
      codes: ["QP988001"],
      shapes: [{ polygons: [[Float64Array.of(179, -16, -179, -16, -179, -17)]] }],
    };
    expect(() => passageQpv(cut, recent, { ...options, unit: "degrees" })).toThrow(/antiméridien/);
  });
});
