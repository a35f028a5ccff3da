import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { classStability } from "../../../src/models/clustering/class-stability.ts";
import { consolidate } from "../../../src/models/clustering/consolidate.ts";
import { cutTree } from "../../../src/models/clustering/cut-tree.ts";
import { dendrogramShape } from "../../../src/models/clustering/dendrogram-shape.ts";
import { partitionAgreement } from "../../../src/models/clustering/partition-agreement.ts";
import { wardTree } from "../../../src/models/clustering/ward-tree.ts";

/** 300 points around three centres `apart` from one another, or around one. */
function groups(apart: number, seed = 2) {
  const random = seededRandom(seed);
  const coordinates = Float64Array.from({ length: 600 }, (_, at) => {
    const kind = Math.floor(at / 2) % 3;
    return normal(random) + (at % 2 === 0 ? apart * kind : kind === 1 ? apart : 0);
  });
  return { coordinates, dimensions: 2, masses: Float64Array.from({ length: 300 }, () => 0.5 + random()) };
}

function classesOf(cloud: ReturnType<typeof groups>, classes: number): Int32Array {
  return consolidate(cloud, cutTree(wardTree(cloud.coordinates, 2, cloud.masses), classes)).classOf;
}

describe("agreement of partitions", () => {
  test("equal ones agree whatever their numbers, independent ones do not", () => {
    expect(partitionAgreement(Float64Array.of(0, 5, 7, 0), 2)).toMatchObject({ adjustedRand: 1 });
    expect(partitionAgreement(Float64Array.of(25, 25, 25, 25), 2).adjustedRand).toBeCloseTo(-1 / 98, 12);
    expect(partitionAgreement(Float64Array.of(9), 1).adjustedRand).toBe(1);
    expect([...partitionAgreement(Float64Array.of(4, 0, 0, 0), 2).jaccard]).toEqual([1, 0]);
  });
  test("the example of Hubert and Arabie's table, by pairs of people", () => {
    const table = Float64Array.of(5, 1, 2, 1, 4, 0, 0, 2, 3);
    const cells = [...table.keys()].flatMap((at) => Array.from({ length: table[at] ?? 0 }, () => at));
    let [both, rows, columns, all] = [0, 0, 0, 0];
    cells.forEach((one, i) => {
      for (const other of cells.slice(0, i)) {
        const [row, column] = [Math.floor(one / 3) === Math.floor(other / 3), one % 3 === other % 3];
        both += Number(row && column);
        rows += Number(row);
        columns += Number(column);
        all++;
      }
    });
    const expected = (rows * columns) / all;
    const index = (both - expected) / ((rows + columns) / 2 - expected);
    expect(partitionAgreement(table, 3).adjustedRand).toBeCloseTo(index, 12);
  });
});

describe("stability of classes", () => {
  test("planted groups hold, classes cut in one cloud do not", () => {
    const apart = groups(9);
    const held = classStability(apart, classesOf(apart, 3), { seed: 1, draws: 30 });
    expect(Math.min(...held.jaccard)).toBeGreaterThan(0.97);
    expect(held.meanAdjustedRand).toBeGreaterThan(0.97);
    expect([...held.dissolved]).toEqual([0, 0, 0]);
    const one = groups(0);
    const loose = classStability(one, classesOf(one, 5), { seed: 1, draws: 30 });
    expect(Math.min(...loose.jaccard)).toBeLessThan(0.7);
    expect(loose.meanAdjustedRand).toBeLessThan(0.7);
    expect(loose.adjustedRand.length).toBe(30);
  });
  test("same seed, same numbers; progress is told; few different rows are said", () => {
    const cloud = groups(2);
    const classOf = classesOf(cloud, 3);
    const told: number[] = [];
    const first = classStability(cloud, classOf, { seed: 7, draws: 4, progress: (done) => told.push(done) });
    expect(classStability(cloud, classOf, { seed: 7, draws: 4 })).toEqual(first);
    expect(classStability(cloud, classOf, { seed: 8, draws: 4 })).not.toEqual(first);
    expect(told).toEqual([1, 2, 3, 4]);
    const few = { coordinates: Float64Array.of(0, 0, 0, 0, 9), dimensions: 1, masses: new Float64Array(5).fill(1) };
    const { failed, draws } = classStability(few, Int32Array.of(0, 0, 0, 0, 1), { seed: 1, draws: 50 });
    expect(failed).toBeGreaterThan(5);
    expect(failed).toBeLessThan(draws);
    expect(() => classStability(few, Int32Array.of(0, 1), { seed: 1 })).toThrow(/chacune des 5 lignes/);
  });
});

describe("the top of the tree", () => {
  const cloud = groups(9);
  const tree = wardTree(cloud.coordinates, 2, cloud.masses);
  const shape = dendrogramShape(tree, { classes: 3, leaves: 12, minimum: 5 });

  test("holds everybody once, at most as many leaves as asked, none under the minimum", () => {
    expect(shape.leaves.length).toBeLessThanOrEqual(12);
    expect(shape.leaves.reduce((sum, { people }) => sum + people, 0)).toBe(300);
    expect(shape.leaves.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(Math.min(...shape.leaves.map(({ people }) => people))).toBeGreaterThanOrEqual(5);
    expect(shape.leaves.map(({ x }) => x)).toEqual(shape.leaves.map((_, x) => x));
    expect(shape.joins.length).toBe(shape.leaves.length - 1);
  });
  test("arches stand on what they join, the highest over all", () => {
    for (const { leftX, rightX, leftHeight, rightHeight, height } of shape.joins) {
      expect(leftX).toBeLessThan(rightX);
      expect(Math.max(leftHeight, rightHeight)).toBeLessThanOrEqual(height);
    }
    expect(shape.joins.at(-1)).toMatchObject({ people: 300, label: -1, height: tree.losses.at(-1) });
    const heights = shape.joins.map(({ height }) => height);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });
  test("the cut goes through as many uprights as classes, and each leaf has the class of its rows", () => {
    const { cutHeight, joins, leaves } = shape;
    const crossed = joins
      .filter(({ height }) => height > cutHeight)
      .flatMap(({ leftHeight, rightHeight }) => [leftHeight, rightHeight].filter((foot) => foot < cutHeight));
    expect(crossed.length).toBe(3);
    expect(new Set(leaves.map(({ label }) => label))).toEqual(new Set([0, 1, 2]));
    const sizes = [0, 1, 2].map((label) =>
      leaves.filter((leaf) => leaf.label === label).reduce((sum, { people }) => sum + people, 0),
    );
    const classOf = cutTree(tree, 3);
    expect(sizes).toEqual([0, 1, 2].map((label) => classOf.filter((one) => one === label).length));
  });
  test("a merge with too few people on a side stays closed, and is counted", () => {
    const alone = wardTree(Float64Array.of(0, 0.1, 0.2, 0.3, 5, 5.1, 5.2, 5.3, 100), 1, new Float64Array(9).fill(1));
    const closed = dendrogramShape(alone, { classes: 2, leaves: 5, minimum: 2 });
    expect(closed.leaves).toEqual([{ x: 0, people: 9, share: 1, label: -1, height: alone.losses.at(-1) }]);
    expect(closed.whole).toBe(1);
    expect(dendrogramShape(alone, { classes: 2, leaves: 5, minimum: 1 }).leaves.length).toBe(5);
  });
  test("one row, one class, and what cannot be drawn", () => {
    const one = wardTree(Float64Array.of(3), 1, Float64Array.of(2));
    expect(dendrogramShape(one, { classes: 1 })).toMatchObject({ joins: [], cutHeight: 0, leaves: [{ people: 1 }] });
    expect(dendrogramShape(tree, { classes: 1 }).cutHeight).toBeGreaterThan(tree.losses.at(-1) ?? 0);
    expect(() => dendrogramShape(tree, { classes: 6, leaves: 5 })).toThrow(/au moins une feuille par classe/);
    expect(() => dendrogramShape(tree, { classes: 301 })).toThrow(/de 1 à 300/);
  });
});
