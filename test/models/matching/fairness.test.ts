import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bottleneck } from "../../../src/models/matching/bottleneck.ts";
import { fairness, priceOfFairness } from "../../../src/models/matching/fairness.ts";
import { greedy } from "../../../src/models/matching/greedy.ts";
import { explainInevitable, inevitableShare } from "../../../src/models/matching/inevitable-share.ts";
import { flowsOf, transport } from "../../../src/models/matching/transport.ts";
import { type InstanceKind, problem, transportInstance } from "./instances.ts";
import "../../support/seed.ts";

const given = problem({ q1: 4, q2: 2, h1: 3 }, { x: 3, y: 2, z: 2 }, "q1 x 5; q1 y 2; q1 z 5; q2 x 9; h1 x 1; h1 z 4");
const groups = ["QPV", "QPV", "hors QPV"];
const flow = Float64Array.of(1, 2, 0, 0, 2, 1);

describe("groups under a plan", () => {
  const found = fairness(given, { flow }, groups, 20);
  test("means, shares and ranks by hand", () => {
    expect(found.groups).toEqual([
      // 3 placed of 6: costs 5 + 2 x 2, ranks 2 (x and z tie behind y) + 1 + 1.
      { group: "QPV", seekers: 6, assigned: 3, unassignedShare: 0.5, meanCost: 3, meanRank: 4 / 3, meanBurden: 69 / 6 },
      { group: "hors QPV", seekers: 3, assigned: 3, unassignedShare: 0, meanCost: 2, meanRank: 4 / 3, meanBurden: 2 },
    ]);
  });
  test("the worst group and how far it is", () => {
    expect(found.worst.group).toBe("QPV");
    expect(found.spread).toBeCloseTo(69 / 6 - 2, 12);
  });
  test("a group that gets nothing has no mean, and nothing is NaN", () => {
    const none = fairness(given, { flow: Float64Array.of(0, 0, 0, 0, 2, 1) }, groups, 20);
    expect(none.groups[0]).toMatchObject({ meanCost: null, meanRank: null, unassignedShare: 1, meanBurden: 20 });
  });
  test.each([
    ["a label missing", groups.slice(1), 20, /2 groupes/],
    ["no cost of the unassigned", groups, Number.NaN, /NaN/],
  ])("%s is refused", (_, labels, cost, message) =>
    expect(() => fairness(given, { flow }, labels, cost)).toThrow(message),
  );
});

describe("the price of fairness", () => {
  test("what the max-min plan costs more", () => {
    const two = problem({ a: 1, b: 1 }, { x: 1, y: 1 }, "a x 1; a y 7; b x 6; b y 9");
    expect(priceOfFairness(transport(two, "none"), bottleneck(two).plan, 50)).toEqual({ extraCost: 3, share: 0.3 });
  });
  test("no share of nothing", () => {
    const free = problem({ a: 1 }, { x: 1 }, "a x 0");
    expect(priceOfFairness(transport(free, "none"), greedy(free), 50)).toEqual({ extraCost: 0, share: null });
  });
});

describe("the share that no reassignment can remove", () => {
  test("by hand", () => {
    const two = problem({ a: 1, b: 1 }, { x: 1, y: 1 }, "a x 1; a y 2; b x 2; b y 9");
    const split = inevitableShare(two, greedy(two), 50);
    expect(split).toMatchObject({
      observed: 10,
      best: 4,
      distance: 3,
      competition: 1,
      organisation: 6,
      inevitableShare: 0.4,
    });
    expect(split.certificate.optimal).toBe(true);
    const text = explainInevitable(split, 2, "km");
    expect(text).toContain("En moyenne 5,0\u00a0km");
    expect(text).toContain("inévitable\u00a0: 40");
  });
  test("three parts, none negative, that add up to what is observed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<InstanceKind>("random", "integer", "clustered", "sparse"),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 1e6 }),
        (kind, cells, offers, seed) => {
          const instance = transportInstance(kind, cells, offers, seed);
          const split = inevitableShare(instance, greedy(instance), 60);
          const slack = 1e-9 * split.observed;
          for (const part of [split.distance, split.competition, split.organisation])
            expect(part).toBeGreaterThanOrEqual(-slack);
          expect(
            Math.abs(split.distance + split.competition + split.organisation - split.observed),
          ).toBeLessThanOrEqual(slack);
          if (split.inevitableShare !== null) expect(split.inevitableShare).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
      { numRuns: 200 },
    );
  });
  test("nothing observed, no share", () => {
    const free = problem({ a: 1 }, { x: 1 }, "a x 0");
    const split = inevitableShare(free, greedy(free), 50);
    expect(split.inevitableShare).toBeNull();
    expect(explainInevitable(split, 1, "km")).not.toContain("inévitable");
  });
  test("observed flows that are not possible are refused", () => {
    expect(() => inevitableShare(given, { flow: Float64Array.of(9, 0, 0, 0, 0, 0) }, 20)).toThrow(/plan d'affectation/);
    expect(() => flowsOf(given, new Float64Array(2))).toThrow(/2 flux/);
  });
});
