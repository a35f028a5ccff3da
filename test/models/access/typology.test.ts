import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { accessClasses } from "../../../src/models/access/access-classes.ts";
import { classRule, explainRule, obeys, type PlaceMeasure } from "../../../src/models/access/class-rule.ts";
import { placeTypology, programmePlaceRules } from "../../../src/models/access/place-typology.ts";
import { silhouette } from "../../../src/models/access/silhouette.ts";
import { cutTree, standardised, wardClustering } from "../../../src/models/access/ward-clustering.ts";
import { expectNear, reference } from "../../reference/reference.ts";

interface Case {
  readonly width: number;
  readonly values: readonly number[];
  readonly heights: readonly number[];
  readonly cuts: Readonly<
    Record<string, { readonly labels: readonly number[]; readonly silhouette: readonly number[] }>
  >;
}

/** Labels numbered by first appearance. */
function inOrder(labels: readonly number[]): number[] {
  const seen = [...new Set(labels)];
  return labels.map((label) => seen.indexOf(label));
}

describe("Ward's trees and silhouettes are those of scipy and scikit-learn", () => {
  const { cases } = reference<{ readonly cases: readonly Case[] }>("clustering");
  test.each(cases.map((one, k) => [k, one] as const))("case %i", (_, { width, values, heights, cuts }) => {
    const rows = { values: Float64Array.from(values), width };
    const tree = wardClustering(rows);
    heights.forEach((height, step) => {
      expectNear(tree.heights[step], height, 1e-9);
    });
    for (const [number, cut] of Object.entries(cuts)) {
      const labels = cutTree(tree, Number(number));
      expect([...labels]).toEqual(inOrder(cut.labels));
      const { values: own, mean } = silhouette(rows, labels);
      cut.silhouette.forEach((value, row) => {
        expectNear(own[row], value, 1e-9);
      });
      expectNear(mean, cut.silhouette.reduce((a, b) => a + b, 0) / own.length, 1e-9);
    }
  });
  test("the order of the rows changes the numbers of the classes, not the classes", () => {
    const [, one] = cases;
    const width = one?.width ?? 1;
    const values = one?.values ?? [];
    const size = values.length / width;
    const turned = Float64Array.from({ length: values.length }, (_, at) => {
      const row = size - 1 - Math.floor(at / width);
      return values[row * width + (at % width)] ?? 0;
    });
    const straight = cutTree(wardClustering({ values: Float64Array.from(values), width }), 4);
    const back = cutTree(wardClustering({ values: turned, width }), 4);
    expect(inOrder([...back].reverse())).toEqual([...straight]);
  });
  test("equal rows, one class, as many classes as rows", () => {
    const tree = wardClustering({ values: new Float64Array(5), width: 1 });
    expect([...tree.heights]).toEqual([0, 0, 0, 0]);
    expect([...cutTree(tree, 1)]).toEqual([0, 0, 0, 0, 0]);
    expect([...cutTree(tree, 5)]).toEqual([0, 1, 2, 3, 4]);
    expect(silhouette({ values: new Float64Array(5), width: 1 }, new Int32Array(5)).mean).toBe(0);
    expect(() => cutTree(tree, 6)).toThrow(/classes.*6/);
    expect(() => wardClustering({ values: Float64Array.of(1, Number.POSITIVE_INFINITY), width: 1 })).toThrow(/ligne 2/);
  });
  test("standardised columns have mean 0 and deviation 1; a flat one is 0", () => {
    const { values } = standardised([Float64Array.of(1, 2, 3, 6), new Float64Array(4).fill(7)]);
    expect([...values].filter((_, at) => at % 2 === 1)).toEqual([0, 0, 0, 0]);
    const first = [...values].filter((_, at) => at % 2 === 0);
    expect(first.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 12);
    expect(first.reduce((a, b) => a + b * b, 0)).toBeCloseTo(4, 12);
  });
});

/** Places of three planted kinds: near and served, far by transit, far by everything. */
function planted(seed: number, apart = 1): { readonly measures: PlaceMeasure[]; readonly kind: number[] } {
  const random = seededRandom(seed);
  const kind = Array.from({ length: 60 }, (_, place) => place % 3);
  const around = (centres: readonly number[], spread: number): Float64Array =>
    Float64Array.from(kind, (k) => 30 + apart * ((centres[k] ?? 0) - 30) + spread * normal(random));
  return {
    kind,
    measures: [
      { label: "durée médiane en transport en commun", unit: "min", values: around([20, 48, 60], 3) },
      { label: "durée médiane en voiture", unit: "min", values: around([12, 14, 35], 2) },
      { label: "part des offres à 30 minutes", unit: "%", values: around([45, 15, 8], 4) },
    ],
  };
}

describe("classes made from the data", () => {
  test("three planted kinds are found, hold, and are told by a short rule", () => {
    const { measures, kind } = planted(3);
    const result = accessClasses(measures, { seed: 1, draws: 40 });
    expect([...result.classOf]).toEqual(kind);
    expect(result.structured).toBe(true);
    expect(result.silhouetteByNumber.indexOf(Math.max(...result.silhouetteByNumber))).toBe(1);
    for (const one of result.classes) {
      expect(one.size).toBe(20);
      expect(one.stability).toBeGreaterThan(0.9);
      expect([one.rule.right, one.rule.wrong]).toEqual([20, 0]);
      expect(one.rule.bounds.length).toBeLessThanOrEqual(2);
    }
    expect(result.classes[2]?.explanation).toMatch(
      /^durée médiane en voiture d’au moins \d+\u00a0min\u00a0: 20 sur 20/,
    );
    expect(accessClasses(measures, { seed: 1, draws: 40 })).toEqual(result);
  });
  test("a cloud without kinds: the classes asked for are made, and nothing pretends that they hold", () => {
    const { measures } = planted(4, 0);
    const result = accessClasses(measures, { seed: 1, classes: 5, draws: 40 });
    expect(result.classes.length).toBe(5);
    expect(result.meanSilhouette).toBeLessThan(0.3);
    const stability = result.classes.reduce((sum, one) => sum + one.stability, 0) / 5;
    expect(stability).toBeLessThan(0.75);
  });
  test("the rule says what it finds: right and wrong counted again by its own bounds", () => {
    const { measures, kind } = planted(5, 0.4);
    for (const label of [0, 1, 2]) {
      const rule = classRule(measures, (row) => kind[row] === label);
      const found = kind.map((_, row) => rule.bounds.every((bound) => obeys(measures, bound, row)));
      expect(found.filter((one, row) => one && kind[row] === label).length).toBe(rule.right);
      expect(found.filter((one, row) => one && kind[row] !== label).length).toBe(rule.wrong);
      expect(rule.bounds.length).toBeLessThanOrEqual(3);
    }
  });
  test("no bound separates equal places, and the sentence says so", () => {
    const flat = [{ label: "durée", unit: "min", values: new Float64Array(4).fill(3) }];
    expect(
      explainRule(
        flat,
        classRule(flat, (row) => row < 2),
      ),
    ).toMatch(/^aucune borne.*2 sur 2, et 2 autres$/);
  });
  test("too few places, an infinite measure", () => {
    const few = [{ label: "durée", unit: "min", values: Float64Array.of(1, 2) }];
    expect(() => accessClasses(few, { seed: 1 })).toThrow(/Trop peu de lieux/);
    const infinite = [
      { label: "durée", unit: "min", values: Float64Array.of(1, 2, 3, 4, 5, Number.POSITIVE_INFINITY) },
    ];
    expect(() => accessClasses(infinite, { seed: 1 })).toThrow(/infinie/);
  });
});

describe("declared rules", () => {
  const townResidents = Float64Array.of(200_000, 199_999, 19_999, 20_000, 5_000, Number.NaN);
  test("bounds: from included, below excluded; the first rule wins", () => {
    const coastKm = Float64Array.of(2, 9.9, 10, 30, 1, 40);
    const typology = placeTypology({ townResidents, coastKm }, programmePlaceRules);
    expect(typology.types).toEqual([
      ...["métropole", "ville littorale", "petite ville", "ville moyenne", "ville littorale", "autre"],
    ]);
    expect([...typology.counts]).toEqual([
      ["métropole", 1],
      ["ville littorale", 2],
      ["petite ville", 1],
      ["ville moyenne", 1],
      ["autre", 1],
    ]);
    expect(typology.undecided).toBe(1);
    expect(typology.explanation[0]).toBe("métropole\u00a0: habitants de la ville d’au moins 200\u202f000");
  });
  test("without the coast its rule is left out, and said", () => {
    const typology = placeTypology({ townResidents }, programmePlaceRules);
    expect(typology.rulesLeftOut).toEqual(["ville littorale"]);
    expect(typology.types[1]).toBe("ville moyenne");
    expect(typology.explanation.join()).not.toMatch(/côte/);
  });
  test("a range in words; nothing to type", () => {
    const when = [{ column: "jobs", label: "emplois par habitant", unit: "", from: 1, below: 2 }];
    const { explanation } = placeTypology({ jobs: Float64Array.of(1) }, [{ type: "pôle", when }]);
    expect(explanation).toEqual(["pôle\u00a0: emplois par habitant de 1 à moins de 2"]);
    expect(() => placeTypology({}, programmePlaceRules)).toThrow(/Rien à classer/);
    expect(() => placeTypology({ a: new Float64Array(2), b: new Float64Array(3) }, programmePlaceRules)).toThrow(/b/);
  });
});
