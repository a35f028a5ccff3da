import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { cutTree } from "../../../src/models/clustering/cut-tree.ts";
import { distinctRows } from "../../../src/models/clustering/distinct-rows.ts";
import { type WardTree, wardTree } from "../../../src/models/clustering/ward-tree.ts";
import { cases, expectAll, inOrder } from "./class-cases.ts";

const { own } = cases;
const coordinates = Float64Array.from(own.coordinates);
const ones = (size: number): Float64Array => new Float64Array(size).fill(1);
const descending = (tree: WardTree): number[] => [...tree.losses].reverse();

/** The definition: all pairs of groups at each step. */
function lossesByDefinition(rows: Float64Array, dimensions: number, masses: Float64Array): number[] {
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const groups = [...masses].map((mass, row) => ({
    mass: mass / total,
    centre: [...rows.subarray(row * dimensions, (row + 1) * dimensions)],
  }));
  const losses: number[] = [];
  while (groups.length > 1) {
    let best = { loss: Number.POSITIVE_INFINITY, a: 0, b: 0 };
    groups.forEach((one, a) => {
      groups.slice(0, a).forEach((other, b) => {
        const squared = one.centre.reduce((sum, x, k) => sum + (x - (other.centre[k] ?? 0)) ** 2, 0);
        const loss = (squared * one.mass * other.mass) / (one.mass + other.mass);
        if (loss < best.loss) best = { loss, a, b };
      });
    });
    const [one, other] = [groups[best.a], groups[best.b]];
    if (!one || !other) break;
    const mass = one.mass + other.mass;
    const centre = one.centre.map((x, k) => (one.mass * x + other.mass * (other.centre[k] ?? 0)) / mass);
    groups.splice(best.a, 1);
    groups.splice(best.b, 1);
    groups.push({ mass, centre });
    losses.push(best.loss);
  }
  return losses;
}

describe("Ward's tree is that of FactoMineR's HCPC", () => {
  const size = own.masses.length;
  test("equal masses: losses, cuts from 2 to 7 classes, and hclust's ward.D2", () => {
    const tree = wardTree(coordinates, own.dimensions, ones(size));
    expectAll(descending(tree), own.equal.gains, 1e-9);
    own.cuts.forEach((labels, at) => {
      expect(inOrder(cutTree(tree, at + 2))).toEqual(inOrder(labels));
    });
    const heights = [...tree.losses].map((loss) => Math.sqrt(2 * size * loss));
    expectAll(heights, own.wardD2, 1e-9);
    expect(tree.ties).toBe(0);
  });
  test("masses", () => {
    const tree = wardTree(coordinates, own.dimensions, Float64Array.from(own.masses));
    expectAll(descending(tree), own.weighted.gains, 1e-9);
    expect(inOrder(cutTree(tree, own.weighted.rule27))).toEqual(inOrder(own.weighted.labels));
    const thousandfold = wardTree(
      coordinates,
      own.dimensions,
      Float64Array.from(own.masses, (mass) => 1000 * mass),
    );
    expectAll(thousandfold.losses, [...tree.losses], 1e-12);
  });
  test("rows repeated are one row with the sum of their masses", () => {
    const rows = own.times.flatMap((times, row) => Array.from({ length: times }, () => row));
    const repeated = Float64Array.from(
      rows.flatMap((row) => [...coordinates.subarray(row * own.dimensions, (row + 1) * own.dimensions)]),
    );
    const tree = wardTree(repeated, own.dimensions, ones(rows.length));
    expect(tree.distinct).toBe(size);
    expect(tree.losses.filter((loss) => loss === 0).length).toBe(rows.length - size);
    expectAll(descending(tree), own.repeated.gains, 1e-9);
    const weighted = wardTree(coordinates, own.dimensions, Float64Array.from(own.times));
    expectAll(descending(tree).slice(0, size - 1), descending(weighted), 1e-12);
  });
});

describe("laws of the tree", () => {
  test("it is the definition, on random clouds with masses and repeated rows", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer(),
        fc.boolean(),
        (size, dimensions, seed, repeated) => {
          const random = seededRandom(seed);
          const rows = Float64Array.from({ length: size * dimensions }, () => normal(random));
          if (repeated) rows.copyWithin(0, dimensions, 2 * dimensions);
          const masses = Float64Array.from({ length: size }, () => 0.1 + random());
          const tree = wardTree(rows, dimensions, masses);
          expectAll(tree.losses, lossesByDefinition(rows, dimensions, masses), 1e-9, 1e-7);
          const sum = tree.losses.reduce((all, loss) => all + loss, 0);
          expect(Math.abs(sum - tree.totalInertia)).toBeLessThanOrEqual(1e-12 * tree.totalInertia);
          expect(tree.losses.every((loss, step) => step === 0 || loss >= (tree.losses[step - 1] ?? 0))).toBe(true);
        },
      ),
      { seed: 20261124, numRuns: 150 },
    );
  });
  test("every node is joined once, and only to a node made before", () => {
    const { left, right, size } = wardTree(coordinates, own.dimensions, Float64Array.from(own.masses));
    const joined = [...left, ...right].sort((a, b) => a - b);
    expect(joined).toEqual(Array.from({ length: 2 * size - 2 }, (_, node) => node));
    left.forEach((node, step) => {
      expect(Math.max(node, right[step] ?? 0)).toBeLessThan(size + step);
      expect(node).toBeLessThan(right[step] ?? 0);
    });
  });
  test("losses add up and equal fits hold where clusters are many: 3 000 rows on 6 axes", () => {
    const random = seededRandom(5);
    const rows = Float64Array.from({ length: 18_000 }, () => normal(random));
    const tree = wardTree(rows, 6, ones(3000));
    const sum = tree.losses.reduce((all, loss) => all + loss, 0);
    expect(Math.abs(sum / tree.totalInertia - 1)).toBeLessThan(1e-12);
    // Within k classes as the tree says it, and as the classes have it.
    const classOf = cutTree(tree, 7);
    const within = tree.losses.slice(0, 3000 - 7).reduce((all, loss) => all + loss, 0);
    expect(withinInertia(rows, 6, classOf) / within).toBeCloseTo(1, 10);
  });
  test("ties are counted: a square has some, points in general position none", () => {
    expect(wardTree(Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1), 2, ones(4)).ties).toBeGreaterThan(0);
    expect(wardTree(Float64Array.of(0, 0, 0, 1, 1.1, 0, 1.3, 1.2), 2, ones(4)).ties).toBe(0);
  });
  test("rounding does not choose between ties: answers to closed questions, shaken in their last digits, have the same tree", () => {
    const random = seededRandom(21);
    const answers = Float64Array.from({ length: 500 * 8 }, () => (random() < 0.4 ? 1 : 0));
    const tree = wardTree(answers, 8, ones(500));
    expect(tree.ties).toBeGreaterThan(50);
    const shaken = wardTree(
      answers.map((x) => x + 1e-13 * (random() - 0.5)),
      8,
      ones(500),
    );
    expect(shaken.distinct).toBe(500);
    expectAll([...shaken.losses], [...tree.losses], 1e-9);
    for (const classes of [2, 5, 9]) expect(cutTree(shaken, classes)).toEqual(cutTree(tree, classes));
  });
  test("clouds made of ties, or of one long chain, have a whole tree", () => {
    const grid = Float64Array.from({ length: 2 * 900 }, (_, at) =>
      at % 2 === 0 ? Math.floor(at / 60) : (at >> 1) % 30,
    );
    const chain = Float64Array.from({ length: 400 }, (_, row) => 1.05 ** row);
    for (const [rows, dimensions] of [
      [grid, 2],
      [chain, 1],
    ] as const) {
      const tree = wardTree(rows, dimensions);
      const sum = tree.losses.reduce((all, loss) => all + loss, 0);
      expect(sum / tree.totalInertia).toBeCloseTo(1, 8);
      expect(new Set([...tree.left, ...tree.right]).size).toBe(2 * tree.size - 2);
      const within = tree.losses.slice(0, tree.size - 8).reduce((all, loss) => all + loss, 0);
      expect(withinInertia(rows, dimensions, cutTree(tree, 8)) / within).toBeCloseTo(1, 8);
    }
  });
});

function withinInertia(rows: Float64Array, dimensions: number, classOf: Int32Array): number {
  let sum = 0;
  for (const label of new Set(classOf)) {
    const members = [...classOf.keys()].filter((row) => classOf[row] === label);
    for (let k = 0; k < dimensions; k++) {
      const mean = members.reduce((all, row) => all + (rows[row * dimensions + k] ?? 0), 0) / members.length;
      for (const row of members) sum += ((rows[row * dimensions + k] ?? 0) - mean) ** 2 / classOf.length;
    }
  }
  return sum;
}

describe("classes of a cut", () => {
  test("are numbered by their mean on the first axis", () => {
    const tree = wardTree(Float64Array.of(9, 0, 5, 9.1, 0.2, 5.1), 1, ones(6));
    expect([...cutTree(tree, 3)]).toEqual([2, 0, 1, 2, 0, 1]);
    expect([...cutTree(tree, 1)]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...cutTree(tree, 6)]).toEqual([4, 0, 2, 5, 1, 3]);
  });
});

describe("bad input", () => {
  test("a coordinate or a mass that is none, or lengths that disagree, are told with their row", () => {
    expect(() => wardTree(Float64Array.of(0, 1, 2, Number.NaN), 2, ones(2))).toThrow(/ligne 2, axe 2/);
    expect(() => wardTree(Float64Array.of(0, 1, 2), 1, Float64Array.of(1, 0, 0))).toThrow(/ligne 2, et 2 en tout/);
    expect(() => wardTree(Float64Array.of(0, 1, 2), 1, Float64Array.of(1, -1, 1))).toThrow(/Masse impossible/);
    expect(() => wardTree(Float64Array.of(0, 1, 2), 2, ones(2))).toThrow(/ne vont pas ensemble/);
    expect(() => wardTree(new Float64Array(0), 1, ones(0))).toThrow(/Rien à classer/);
  });
  test("one row has a tree without merges; more classes than different rows are refused", () => {
    const one = wardTree(Float64Array.of(3), 1, ones(1));
    expect(one.losses.length).toBe(0);
    expect([...cutTree(one, 1)]).toEqual([0]);
    const same = wardTree(Float64Array.of(4, 4, 4, 7), 1, ones(4));
    expect(same.distinct).toBe(2);
    expect(() => cutTree(same, 3)).toThrow(/de 1 à 2, le nombre de lignes différentes/);
    expect([...wardTree(new Float64Array(5), 1, ones(5)).losses]).toEqual([0, 0, 0, 0]);
  });
  test("distinct rows: 0 and -0 are alike, a last bit is a difference", () => {
    const rows = Float64Array.of(0, -0, 1, 1 + Number.EPSILON);
    expect([...distinctRows(rows, 1, ones(4)).pointOf]).toEqual([0, 0, 1, 2]);
  });
});
