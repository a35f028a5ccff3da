import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import { type AdditiveSystem, additiveSystem } from "../../../src/protection/suppression/additive-system.ts";
import { comparePattern } from "../../../src/protection/suppression/compare-pattern.ts";
import { crossedSystem, dimensionWithTotal, withSums } from "../../../src/protection/suppression/crossed-system.ts";
import { minimumSuppression } from "../../../src/protection/suppression/minimum-suppression.ts";
import { type Primary, smallCounts } from "../../../src/protection/suppression/primaries.ts";
import { suppressLargeTable } from "../../../src/protection/suppression/suppress-large-table.ts";
import { unsafePrimaries } from "../../../src/protection/suppression/unsafe-primaries.ts";
import { reference } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import { crossedCounts } from "./adult.ts";

interface Instance {
  readonly name: string;
  readonly values: readonly number[];
  readonly sums: readonly { readonly total: number; readonly parts: readonly number[] }[];
  readonly primaries: readonly Primary[];
  readonly costs: "cells" | "values";
  readonly contributors: readonly number[] | null;
  readonly minimum: number;
}
const { instances, adult } = reference<{
  readonly instances: readonly Instance[];
  readonly adult: readonly { readonly columns: readonly [string, string]; readonly minimum: number }[];
}>("minimum-suppression");

const systemOf = ({ values, sums, costs, contributors }: Instance): AdditiveSystem =>
  additiveSystem(values, sums, {
    costs,
    ...(contributors ? { contributors, whole: false } : {}),
  });

describe("the minimum against an independent solver run of the whole model", () => {
  test.each(instances.map((instance) => [instance.name, instance] as const))(
    "%s",
    { timeout: 120_000 },
    async (_, instance) => {
      const system = systemOf(instance);
      const pattern = await minimumSuppression(system, instance.primaries);
      expect(pattern.proven).toBe(true);
      expect(pattern.cost).toBeCloseTo(instance.minimum, 6);
      expect(unsafePrimaries(system, instance.primaries, pattern.hide, await highsSolver())).toEqual([]);
      expect(pattern.sentence).toContain("minimum prouvé");
      const large = await suppressLargeTable(system, instance.primaries);
      expect(large.unprotected).toEqual([]);
      expect(large.cost).toBeGreaterThanOrEqual(instance.minimum - 1e-6);
      expect(large.bound).toBeLessThanOrEqual(instance.minimum + 1e-6);
    },
  );

  test
    .skipIf(realData === null)
    .each(adult.map(({ columns, minimum }) => [columns.join(" by "), columns, minimum] as const))(
    "adult, %s",
    { timeout: 300_000 },
    async (_, columns, minimum) => {
      const system = crossedCounts(realData ?? "", columns);
      const pattern = await minimumSuppression(system, smallCounts(system, 11));
      expect(pattern.proven).toBe(true);
      expect(pattern.cost).toBe(minimum);
    },
  );
});

describe("what a pattern must resist", () => {
  const two = dimensionWithTotal(["A", "B"]);
  const table = crossedSystem([two, two], [4, 20, 24, 15, 30, 45, 19, 50, 69]);

  test("a pattern that is not exactly recoverable is refused when the interval is too narrow", async () => {
    // 4 and 3 hidden in a line of sum 7, over 5 and 60: no cell is recovered, and nobody can believe the first above 7.
    const narrow = crossedSystem([two, two], [4, 3, 7, 5, 60, 65, 9, 63, 72]);
    const primaries = smallCounts(narrow, 11).filter(({ cell }) => cell === 0);
    const found = unsafePrimaries(narrow, primaries, [0, 1, 3, 4], await highsSolver());
    expect(found).toMatchObject([
      { primary: { cell: 0 }, reader: { rising: true, insider: -1 }, inWholeNumbers: false },
    ]);
    const { hide } = await minimumSuppression(narrow, primaries);
    expect(unsafePrimaries(narrow, primaries, hide, await highsSolver())).toEqual([]);
  });

  test("a contributor alone in a cell does not find the one beside it", async () => {
    const line = (contributors?: readonly number[]): AdditiveSystem =>
      additiveSystem([400, 500, 300, 1200], [{ total: 3, parts: [0, 1, 2] }], {
        open: [3],
        whole: false,
        ...(contributors ? { contributors } : {}),
      });
    const primaries = [
      { cell: 0, up: 40, down: 40 },
      { cell: 1, up: 50, down: 50 },
    ];
    expect([...(await minimumSuppression(line(), primaries)).hide]).toEqual([0, 1]);
    expect([...(await minimumSuppression(line([1, 1, 5, 7]), primaries)).hide]).toEqual([0, 1, 2]);
    expect([...(await suppressLargeTable(line([1, 1, 5, 7]), primaries)).hide]).toEqual([0, 1, 2]);
  });

  test("a level with one child is hidden with its child", async () => {
    const system = additiveSystem(
      [5, 5, 40, 30, 75],
      [
        { total: 1, parts: [0] },
        { total: 4, parts: [1, 2, 3] },
      ],
      { open: [4] },
    );
    const { hide, proven } = await minimumSuppression(system, [{ cell: 0, up: 6, down: 5 }]);
    expect(proven).toBe(true);
    expect([...hide.subarray(0, 2)]).toEqual([0, 1]);
    expect(hide.length).toBe(3);
  });

  test("safe in real numbers, not in whole numbers: said, and repaired", async () => {
    // The first three cells make the fourth move by twos; the fifth stops it at 7 more, so at 6 in whole numbers, where 7 is needed.
    const system = additiveSystem(
      [2, 2, 20, 4, 8, 30, 22, 22, 42],
      [
        { total: 3, parts: [0, 1] },
        { total: 6, parts: [0, 2] },
        { total: 7, parts: [1, 2] },
        { total: 8, parts: [3, 4, 5] },
      ],
      { costs: [1, 1, 1, 1, 1, 3, 1, 1, 1], open: [6, 7, 8] },
    );
    const primaries = [{ cell: 3, up: 7, down: 4 }];
    const cheap = unsafePrimaries(system, primaries, [0, 1, 2, 3, 4], await highsSolver());
    expect(cheap).toMatchObject([{ reader: { rising: true }, inWholeNumbers: true }]);
    const { hide, proven, unsafeInWholeNumbers } = await minimumSuppression(system, primaries);
    expect(unsafeInWholeNumbers).toBeGreaterThan(0);
    expect(proven).toBe(true);
    expect([...hide]).toEqual([0, 1, 2, 3, 5]);
  });

  test("a table that nothing protects is said to be so", async () => {
    const system = additiveSystem([4, 0, 4], [{ total: 2, parts: [0, 1] }], { open: [2] });
    const pattern = await minimumSuppression(system, [{ cell: 0, up: 7, down: 4 }]);
    expect(pattern.unprotected).toEqual([0]);
    expect(pattern.proven).toBe(false);
    expect(pattern.sentence).toContain("la table ne peut pas paraître ainsi");
  });

  test("a student's choice is compared with the minimum, in words", async () => {
    const primaries = smallCounts(table, 11);
    const short = await comparePattern(table, primaries, [0, 1]);
    expect(short).toMatchObject({
      safe: false,
      unprotected: ["A × A"],
      complementary: 1,
      leastComplementary: 3,
      proven: true,
    });
    expect(short.sentence).not.toMatch(/\b(4|20|15|30)\b/);
    const all = await comparePattern(table, primaries, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(all).toMatchObject({ safe: true, complementary: 8, leastComplementary: 3 });
    expect(all.sentence).toContain("5 cellule(s) de trop");
  });

  test("stopped before the end, the gap is printed and the pattern is safe", async () => {
    const random = seededRandom(3);
    const dimensions = ["a", "b", "c"].map((word) => dimensionWithTotal([1, 2, 3].map((i) => word + i)));
    const system = crossedSystem(
      dimensions,
      withSums(
        dimensions,
        Float64Array.from({ length: 64 }, () => Math.floor(60 * random() ** 2) + 1),
      ),
    );
    const primaries = smallCounts(system, 11);
    const stopped = await minimumSuppression(system, primaries, { rounds: 1 });
    expect(stopped.proven).toBe(false);
    expect(stopped.gapPercent).toBeGreaterThan(0);
    expect(stopped.sentence).toContain("écart à la borne");
    expect(unsafePrimaries(system, primaries, stopped.hide, await highsSolver())).toEqual([]);
  });
});
