import { beforeAll, describe, expect, it } from "vitest";
import { numberColumn } from "../../../src/codes/table.ts";
import { attackPublished, type PublishedAttack } from "../../../src/protection/attack/attack-published.ts";
import { chainSentences } from "../../../src/protection/attack/chain-sentences.ts";
import type { Guarantee } from "../../../src/protection/attack/guarantee.ts";
import { hiddenIntervals, publishedIntervals } from "../../../src/protection/attack/hidden-intervals.ts";
import { minimalSubset } from "../../../src/protection/attack/minimal-subset.ts";
import { linesOf, linesOfRate, type Published } from "../../../src/protection/attack/published.ts";
import type { Relation } from "../../../src/protection/relations.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";

let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});

const cell = (row: number, column = "n") => ({ column, row });
const relation = (total: number, ...parts: number[]): Relation => ({
  total: cell(total),
  parts: parts.map((row) => cell(row)),
});

function published(
  values: readonly (number | null)[],
  relations: readonly Relation[],
  more: Partial<Published> = {},
): Published {
  const missing = Uint8Array.from(values, (value) => (value === null ? 1 : 0));
  const n = numberColumn(
    values.map((value) => value ?? Number.NaN),
    { label: "Effectif", unit: "personnes", summable: true },
  );
  return { columns: { n: { ...n, missing } }, lines: linesOf(relations), whole: ["n"], ...more };
}

const promise =
  (changes: Partial<Guarantee> = {}) =>
  (): Guarantee => ({ kind: "other", least: 0, reach: 0, ...changes });

/** Row: verdict and means, for the cells that are not safe. */
function brokenBy(attack: PublishedAttack): Record<number, string> {
  if (attack.status === "contradiction") return { [-1]: "contradiction" };
  const unsafe = attack.cells.filter(({ verdict }) => verdict !== "safe");
  return Object.fromEntries(unsafe.map(({ cell: { row }, verdict, means }) => [row, `${verdict}, ${means}`]));
}

describe("intervalles d'un lecteur", () => {
  it("2 x 2 : 4, 20 / 15, 30 avec ses totaux", async () => {
    const ends = async (grid: readonly (readonly (number | null)[])[]) =>
      (await hiddenIntervals(grid)).map(({ least, greatest }) => [least, greatest]);
    const totals = [19, 50, 69];
    expect(await ends([[null, 20, 24], [15, 30, 45], totals])).toEqual([[4, 4]]);
    expect(await ends([[null, null, 24], [15, 30, 45], totals])).toEqual([
      [4, 4],
      [20, 20],
    ]);
    const four = await ends([[null, null, 24], [null, null, 45], totals]);
    expect(four[0]).toEqual([0, 19]);
    expect(four[3]).toEqual([26, 45]);
  });

  it("total 103 et trois parts masquées : [0, 103], et ce que des bornes connues en laissent", async () => {
    const grid = [[null, null, null, 103]];
    expect((await hiddenIntervals(grid)).map(({ least, greatest }) => [least, greatest])).toEqual([
      [0, 103],
      [0, 103],
      [0, 103],
    ]);
    const known = [
      { row: 0, column: 1, greatest: 2 },
      { row: 0, column: 2, greatest: 3 },
    ];
    expect((await hiddenIntervals(grid, { known }))[0]).toEqual({ row: 0, column: 0, least: 98, greatest: 103 });
    const outside = published([null, null, null, 103], [relation(3, 0, 1, 2)], {
      outside: [{ column: "n", greatest: 60 }],
    });
    expect(publishedIntervals(outside, solver)).toEqual(
      [0, 1, 2].map((row) => ({ cell: cell(row), least: 0, greatest: 60 })),
    );
  });

  it("sans total, rien ne borne", async () => {
    const [first] = await hiddenIntervals([
      [null, 3, null],
      [4, 5, 9],
      [null, 8, null],
    ]);
    expect(first).toEqual({ row: 0, column: 0, least: 0, greatest: Number.POSITIVE_INFINITY });
  });

  it("des nombres arrondis bornent à leur arrondi près", () => {
    const rounded = published([null, 40, 50], [relation(2, 0, 1)], { rounding: { n: 2.5 } });
    expect(publishedIntervals(rounded, solver)).toEqual([{ cell: cell(0), least: 6, greatest: 14 }]);
    expect(publishedIntervals(rounded, solver, { whole: false })).toEqual([{ cell: cell(0), least: 5, greatest: 15 }]);
  });
});

describe("attaque d'une publication", () => {
  it("la soustraction, la positivité, les nombres entiers et les bornes connues, chacune là où les précédentes ne suffisent pas", () => {
    // Rank: one hidden part.
    expect(brokenBy(attackPublished(published([null, 20, 24], [relation(2, 0, 1)]), promise(), solver))).toEqual({
      0: "recovered, rank",
    });
    // Linear: hidden parts that add up to 0.
    expect(
      brokenBy(attackPublished(published([null, null, 24, 24], [relation(3, 0, 1, 2)]), promise(), solver)),
    ).toEqual({
      0: "single value, linear",
      1: "single value, linear",
    });
    // Linear: known to be under the threshold.
    const small = promise({ kind: "count", reach: 11 });
    expect(brokenBy(attackPublished(published([null, null, 24, 33], [relation(3, 0, 1, 2)]), small, solver))).toEqual({
      0: "known small, linear",
      1: "known small, linear",
    });
    // Outside: a bound on every cell.
    const known = published([null, null, 60, 83], [relation(3, 0, 1, 2)], { outside: [{ column: "n", greatest: 20 }] });
    expect(brokenBy(attackPublished(known, small, solver))).toEqual({
      0: "bounded away from zero, outside",
      1: "bounded away from zero, outside",
    });
  });

  it("nomme les sommes qu'un lecteur combine, et elles seules", () => {
    // Women and men by age: ages 0-2 of women, 3-5 of men, 6-8 of all, then totals 9-11 by sex.
    const values = [30, null, 20, null, 25, 17, 37, null, 37, 55, null, 104];
    const relations = [
      relation(6, 0, 3),
      relation(7, 1, 4),
      relation(8, 2, 5),
      relation(9, 0, 1, 2),
      relation(10, 3, 4, 5),
      relation(11, 9, 10),
      relation(11, 6, 7, 8),
    ];
    const attack = attackPublished(published(values, relations), promise(), solver);
    if (attack.status !== "attacked") throw new Error("contradiction");
    const names = [
      "F 18-29",
      "F 30-59",
      "F 60+",
      "H 18-29",
      "H 30-59",
      "H 60+",
      "18-29",
      "30-59",
      "60+",
      "F",
      "H",
      "ensemble",
    ];
    const chains = new Map(
      attack.cells.map(({ cell: { row }, chain }) => [names[row], chainSentences(chain, (at) => names[at.row] ?? "")]),
    );
    expect(chains.get("H 18-29")).toEqual(["« 18-29 » est la somme de « F 18-29 » et « H 18-29 »."]);
    expect(chains.get("H")).toEqual(["« ensemble » est la somme de « F » et « H »."]);
    expect(attack.cells.every(({ verdict, means }) => verdict === "recovered" && means === "rank")).toBe(true);
    const written = JSON.stringify(attack);
    expect(written).not.toMatch(/"(?:value|least|greatest|own)"/);
  });

  it("un seul contributeur en trahit un autre dans sa ligne", () => {
    const table = published([null, null, 24, 60], [relation(3, 0, 1, 2)]);
    expect(brokenBy(attackPublished(table, promise(), solver))).toEqual({});
    const insiders = [
      { cell: cell(0), own: 16, alone: true },
      { cell: cell(1), own: 20, alone: true },
    ];
    const attack = attackPublished({ ...table, insiders }, promise(), solver);
    expect(brokenBy(attack)).toEqual({ 0: "recovered, insider", 1: "recovered, insider" });
    if (attack.status === "attacked")
      expect(attack.cells[1]).toMatchObject({ insider: cell(0), chain: linesOf([relation(3, 0, 1, 2)]) });
    // One of several contributors knows a floor of his own cell, no more.
    const several = { ...table, insiders: [{ cell: cell(0), own: 7, alone: false }] };
    expect(brokenBy(attackPublished(several, promise(), solver))).toEqual({});
    const amount = promise({ low: 20 * 0.9, reach: 20 * 1.1 });
    expect(
      brokenBy(attackPublished({ ...several, insiders: [{ cell: cell(0), own: 15, alone: false }] }, amount, solver)),
    ).toMatchObject({
      1: "too narrow, insider",
    });
  });

  it("un taux publié à côté de sa base borne l'effectif masqué", () => {
    const rate = numberColumn([12.5, 40], { label: "Part", unit: "%", summable: false });
    const base = numberColumn([40, 100], { label: "Base", unit: "personnes", summable: true });
    const n = numberColumn([Number.NaN, Number.NaN], { label: "Effectif", unit: "personnes", summable: true });
    const columns = { rate, base, n: { ...n, missing: Uint8Array.of(1, 1) } };
    const lines = linesOfRate(columns, { rate: "rate", base: "base", part: "n", decimals: 1 });
    const table: Published = { columns, lines, whole: ["n", "base"] };
    expect(publishedIntervals(table, solver)).toEqual([
      { cell: cell(0), least: 5, greatest: 5 },
      { cell: cell(1), least: 40, greatest: 40 },
    ]);
    const broken = attackPublished(table, promise(), solver);
    expect(brokenBy(broken)).toEqual({ 0: "single value, linear", 1: "single value, linear" });
    if (broken.status === "attacked")
      expect(chainSentences(broken.cells[0]?.chain ?? [], ({ column }) => column)[0]).toBe(
        "« n », « base » et « rate » se bornent entre eux.",
      );
  });

  it("des sommes qui se contredisent sont nommées, sans une de trop", () => {
    const relations = [relation(3, 0, 1, 2), relation(5, 0, 4), relation(7, 1, 6), relation(9, 0, 8)];
    // 0 is at most 10 by the first; 25 by the second: 3 = 10, 5 = 45, 4 = 20.
    const attack = attackPublished(
      published([null, null, null, 10, 20, 45, null, 99, null, 70], relations),
      promise(),
      solver,
    );
    expect(attack).toEqual({
      status: "contradiction",
      lines: linesOf([relations[0] as Relation, relations[1] as Relation]),
    });
    const visible = attackPublished(published([1, 2, 4], [relation(2, 0, 1)]), promise(), solver);
    expect(visible).toEqual({ status: "contradiction", lines: linesOf([relation(2, 0, 1)]) });
  });

  it("n'accuse pas une cellule absente, ni ce qui se sait par ailleurs", () => {
    expect(
      brokenBy(attackPublished(published([null, 20, 24], [relation(2, 0, 1)]), promise({ kind: "free" }), solver)),
    ).toEqual({});
    const known = published([null, 20, 24], [relation(2, 0, 1)], { outside: [{ column: "n", least: 4, greatest: 4 }] });
    expect(brokenBy(attackPublished(known, promise(), solver))).toEqual({});
  });
});

describe("la plus petite partie qui suffit", () => {
  it("ne garde rien de trop, quel que soit ce qui suffit", () => {
    const items = Array.from({ length: 40 }, (_, i) => i);
    for (const needed of [[], [0], [39], [3, 17], [0, 1, 2], [5, 20, 21, 38]]) {
      let questions = 0;
      const found = minimalSubset(items, (some) => {
        questions++;
        return needed.every((item) => some.includes(item));
      });
      expect([...found].sort((a, b) => a - b)).toEqual(needed);
      expect(questions).toBeLessThanOrEqual(45);
    }
    expect(minimalSubset(items, (some) => some.length >= 3)).toHaveLength(3);
  });
});
