import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { chooseClasses } from "../../../src/models/clustering/choose-classes.ts";
import { consolidate } from "../../../src/models/clustering/consolidate.ts";
import { cutTree } from "../../../src/models/clustering/cut-tree.ts";
import { wardTree } from "../../../src/models/clustering/ward-tree.ts";
import { cases, expectAll, inOrder } from "./class-cases.ts";

const { own } = cases;
const coordinates = Float64Array.from(own.coordinates);
const ones = (size: number): Float64Array => new Float64Array(size).fill(1);
const equal = wardTree(coordinates, own.dimensions, ones(own.masses.length));
const weighted = wardTree(coordinates, own.dimensions, Float64Array.from(own.masses));

describe("the rules of the cut", () => {
  test.each([
    ["equal masses", equal, own.equal],
    ["masses", weighted, own.weighted],
  ] as const)("%s: those of FactoMineR, with what each reads", (_, tree, expected) => {
    const chosen = chooseClasses(tree, { min: expected.min, max: expected.max });
    expectAll(
      chosen.candidates.map(({ withinRatio }) => withinRatio),
      expected.quotients,
      1e-9,
    );
    expect(chosen.byRule).toEqual({ "factominer-2.7": expected.rule27, "factominer-2.14": expected.rule214 });
    expect(chosen.classes).toBe(expected.rule27);
    expect(chooseClasses(tree, { rule: "factominer-2.14" }).classes).toBe(expected.rule214);
  });
  test("they disagree where one merge stands out, and the ones after it leave more within", () => {
    const tree = { size: 6, distinct: 6, losses: Float64Array.of(9.9, 10, 29, 30, 100), totalInertia: 178.9 };
    const { byRule, candidates } = chooseClasses(tree, { min: 2, max: 4 });
    expect(byRule).toEqual({ "factominer-2.7": 4, "factominer-2.14": 2 });
    expect(candidates.map(({ gain }) => gain)).toEqual([100, 30, 29]);
    const rounded = candidates.map(({ withinRatio, gainRatio }) => [withinRatio.toFixed(3), gainRatio.toFixed(3)]);
    expect(rounded).toEqual([
      ["0.441", "3.333"],
      ["0.620", "1.034"],
      ["0.407", "2.900"],
    ]);
    expect(candidates[0]?.within).toBeCloseTo(78.9, 12);
    expect(candidates[0]?.betweenShare).toBeCloseTo(100 / 178.9, 12);
  });
  test("bounds are kept; nothing to choose is said", () => {
    expect(chooseClasses(equal, { min: 5, max: 6 }).candidates.map(({ classes }) => classes)).toEqual([5, 6]);
    const same = wardTree(Float64Array.of(4, 4, 4, 7, 7, 9), 1, ones(6));
    expect(chooseClasses(same, { min: 2 }).candidates.map(({ classes }) => classes)).toEqual([2]);
    expect(() => chooseClasses(same)).toThrow(/de 3 à 10, 3 lignes différentes sur 6/);
    expect(() => chooseClasses(wardTree(Float64Array.of(1), 1, ones(1)))).toThrow(/Aucun nombre de classes/);
    expect(() => chooseClasses(equal, { min: 1 })).toThrow(/Aucun nombre de classes/);
  });
});

describe("consolidation", () => {
  test("is at least as good as R's k-means from the same cut", () => {
    const before = cutTree(equal, own.equal.rule27);
    const after = consolidate(equal.cloud, before);
    const { consolidated } = own;
    expect(after.betweenBefore / consolidated.before).toBeCloseTo(1, 9);
    expect(after.between).toBeGreaterThanOrEqual(consolidated.after * (1 - 1e-12));
    expect(inOrder(after.classOf)).toEqual(inOrder(consolidated.labels ?? []));
    expect(after.totalInertia / equal.totalInertia).toBeCloseTo(1, 12);
    expect(after).toMatchObject({ classes: consolidated.classes, emptied: [], converged: true });
  });
  test("no single move of a row lowers the inertia within, with masses", () => {
    const random = seededRandom(11);
    const cloud = {
      coordinates: Float64Array.from({ length: 400 }, () => normal(random)),
      dimensions: 2,
      masses: Float64Array.from({ length: 200 }, () => 0.1 + 5 * random()),
    };
    const tree = wardTree(cloud.coordinates, 2, cloud.masses);
    const { classOf, between, betweenBefore, converged } = consolidate(cloud, cutTree(tree, 5));
    expect(converged).toBe(true);
    expect(between).toBeGreaterThan(betweenBefore);
    expect(Math.abs(betweenOf(cloud, classOf) / between - 1)).toBeLessThan(1e-12);
    for (let row = 0; row < 200; row++)
      for (let label = 0; label < 5; label++) {
        const moved = Int32Array.from(classOf);
        moved[row] = label;
        if (new Set(moved).size === 5) expect(betweenOf(cloud, moved)).toBeLessThanOrEqual(between * (1 + 1e-9));
      }
  });
  test("identical rows stay together, classes are numbered along the first axis, moves are counted", () => {
    const cloud = { coordinates: Float64Array.of(9, 9, 0, 1, 0, 5), dimensions: 1, masses: ones(6) };
    const { classOf, moved, centres } = consolidate(cloud, Int32Array.of(0, 1, 1, 1, 1, 0));
    expect([...classOf]).toEqual([1, 1, 0, 0, 0, 1]);
    expect([...centres].map((x) => x.toFixed(6))).toEqual(["0.333333", "7.666667"]);
    expect(moved).toBeGreaterThan(0);
  });
  test("a class that loses all its rows is named", () => {
    // Class 1 holds one row on each side: its mean is in the middle, where nobody is near.
    const cloud = { coordinates: Float64Array.of(-1, -1.1, -0.9, 1, 1.1, 0.9), dimensions: 1, masses: ones(6) };
    const { emptied, classes, classOf } = consolidate(cloud, Int32Array.of(0, 0, 1, 2, 2, 1));
    expect(emptied).toEqual([1]);
    expect(classes).toBe(2);
    expect([...classOf]).toEqual([0, 0, 0, 1, 1, 1]);
  });
  test("bad input and an unfinished search are said", () => {
    const cloud = { coordinates: Float64Array.of(0, 1, 5), dimensions: 1, masses: ones(3) };
    expect(() => consolidate(cloud, Int32Array.of(0, -1, 0))).toThrow(/dont 1 manquantes/);
    expect(() => consolidate(cloud, Int32Array.of(0, 1))).toThrow(/chacune des 3 lignes/);
    const far = { coordinates: Float64Array.of(0, 1, 4, 9, 10), dimensions: 1, masses: ones(5) };
    expect(consolidate(far, Int32Array.of(0, 0, 1, 1, 1), { maxPasses: 1 }).converged).toBe(false);
  });
});

function betweenOf({ coordinates: rows, dimensions, masses }: typeof equal.cloud, classOf: Int32Array): number {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  let between = 0;
  for (let k = 0; k < dimensions; k++) {
    const mean = masses.reduce((sum, mass, row) => sum + mass * (rows[row * dimensions + k] ?? 0), 0) / total;
    for (const label of new Set(classOf)) {
      const members = [...classOf.keys()].filter((row) => classOf[row] === label);
      const mass = members.reduce((sum, row) => sum + (masses[row] ?? 0), 0);
      const own2 = members.reduce((sum, row) => sum + (masses[row] ?? 0) * (rows[row * dimensions + k] ?? 0), 0) / mass;
      between += (mass / total) * (own2 - mean) ** 2;
    }
  }
  return between;
}
