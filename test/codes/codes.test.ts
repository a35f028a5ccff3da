import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  codeCommune,
  codeDepartement,
  codeIris,
  codeQpv,
  codeRome,
  departementOf,
  qpvGeneration,
  romeDomain,
} from "../../src/codes/code.ts";
import { QuartiersError } from "../../src/codes/errors.ts";
import { frenchNumber } from "../../src/codes/french.ts";
import { mergeLineages, type SourceRef } from "../../src/codes/lineage.ts";
import { binomial, normal, seededRandom, weightedIndex } from "../../src/codes/random.ts";
import {
  column,
  numberColumn,
  numbers,
  reasonAt,
  rowAt,
  selectColumns,
  table,
  takeRows,
  textColumn,
  texts,
  withColumns,
} from "../../src/codes/table.ts";

describe("codes are text of an official shape", () => {
  test("leading zeros, Corsica, overseas, both generations", () => {
    expect([codeCommune("01001"), codeCommune("2A004"), codeIris("35238_0901"), codeRome("G1602")]).toEqual([
      "01001",
      "2A004",
      "352380901",
      "G1602",
    ]);
    expect([
      departementOf(codeCommune("2B033")),
      departementOf(codeCommune("97411")),
      departementOf(codeCommune("01001")),
    ]).toEqual(["2B", "974", "01"]);
    expect([qpvGeneration(codeQpv("QP044004")), qpvGeneration(codeQpv("QN04404M"))]).toEqual([2015, 2024]);
    expect(romeDomain(codeRome("G1602"))).toBe("G16");
    expect(codeDepartement("00")).toBe("00");
  });
  test.each(["1001", "010011", "2C004", "", " 01001"])("« %s » is not a commune", (text) =>
    expect(() => codeCommune(text)).toThrow(QuartiersError),
  );
  test.each(["QP44004", "QN044044", "qp044004", "QP0440040"])("« %s » is not a neighbourhood", (text) =>
    expect(() => codeQpv(text)).toThrow(/génération 2015/),
  );
});

describe("missing is not zero", () => {
  const t = table({
    n: numberColumn([1, 0, Number.NaN, 9], { label: "n", unit: "", missing: Uint8Array.of(0, 0, 0, 1) }),
    c: textColumn(["a", "b", "", "d"], { label: "c" }),
  });
  test("a reason for each absent value, none for a zero", () => {
    expect([0, 1, 2, 3].map((row) => reasonAt(numbers(t, "n"), row))).toEqual([null, null, "nd", "s"]);
    expect(Number.isNaN(numbers(t, "n").values[3])).toBe(true);
    expect(rowAt(t, 3)).toEqual({ n: "s", c: "d" });
  });
  test("reasons follow the rows", () => {
    const taken = takeRows(t, [3, 0, 3]);
    expect([0, 1, 2].map((row) => reasonAt(numbers(taken, "n"), row))).toEqual(["s", null, "s"]);
    expect(texts(taken, "c").values).toEqual(["d", "a", "d"]);
  });
  test("refuses uneven columns, unknown names, the wrong type", () => {
    expect(() => withColumns(t, { x: numberColumn([1], { label: "x", unit: "" }) })).toThrow(/longueurs différentes/);
    expect(() => column(t, "z")).toThrow(/n, c/);
    expect(() => numbers(t, "c")).toThrow(/texte/);
    expect(() => texts(t, "n")).toThrow(/nombres/);
    expect(Object.keys(selectColumns(t, ["c"]).columns)).toEqual(["c"]);
  });
});

test("lineages merge in order, one entry a file", () => {
  const ref = (id: string, sha256: string): SourceRef => ({
    id,
    sha256,
    title: "",
    publisher: "",
    licence: "",
    vintage: "",
    url: "",
    file: "",
    synthetic: false,
    published: true,
    secrecy: { unit: "", minUnits: 1, statedBy: "" },
  });
  expect(
    mergeLineages([ref("a", "1"), ref("b", "1")], [ref("a", "1"), ref("a", "2")]).map(({ id, sha256 }) => id + sha256),
  ).toEqual(["a1", "b1", "a2"]);
});

describe("French numbers", () => {
  test.each([
    [1234567.891, { decimals: 2 }, "1\u202f234\u202f567,89"],
    [-0.04, { decimals: 1 }, "0,0"],
    [-3, {}, "\u22123"],
    [3, { signed: true, unit: "%" }, "+3\u202f%"],
    [999, { unit: "km" }, "999\u00a0km"],
    [Number.NaN, {}, "non disponible"],
    [Number.POSITIVE_INFINITY, { unit: "km" }, "hors d’atteinte"],
  ])("%d", (value, format, text) => expect(frenchNumber(value, format)).toBe(text));
});

describe("seeded chance", () => {
  test("the same seed gives the same numbers, another seed others", () => {
    const draw = (seed: number): number[] =>
      Array.from(
        { length: 5 },
        (
          (random) => () =>
            random()
        )(seededRandom(seed)),
      );
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32));
  });
  test("moments of 20 000 draws", () => {
    const random = seededRandom(2022);
    const draws = Array.from({ length: 20_000 }, () => normal(random));
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length;
    const variance = draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
    const successes = Array.from({ length: 2000 }, () => binomial(random, 10, 0.3)).reduce((a, b) => a + b, 0);
    expect(Math.abs(successes / 20_000 - 0.3)).toBeLessThan(0.015);
  });
  test("an index of weight zero is never drawn", () => {
    fc.assert(fc.property(fc.integer(), (seed) => weightedIndex(seededRandom(seed), [0, 2, 0, 5, 0]) % 2 === 1));
  });
});
