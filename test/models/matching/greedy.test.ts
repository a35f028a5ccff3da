import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bottleneck } from "../../../src/models/matching/bottleneck.ts";
import { greedy } from "../../../src/models/matching/greedy.ts";
import { nearestOffers } from "../../../src/models/matching/nearest-offer.ts";
import { transport } from "../../../src/models/matching/transport.ts";
import { type InstanceKind, problem, transportInstance } from "./instances.ts";
import "../../support/seed.ts";

describe("the cheapest pair first", () => {
  test("a near pair can cost dear to the others", () => {
    const given = problem({ a: 1, b: 1 }, { x: 1, y: 1 }, "a x 1; a y 2; b x 2; b y 9");
    expect(greedy(given).total).toBe(10);
    expect(transport(given, "none").total).toBe(4);
  });
  test("equal costs go by id, whatever the order of the table", () => {
    const given = problem({ b: 1, a: 1 }, { y: 1, x: 1 }, "b y 1; b x 1; a y 1; a x 1");
    expect([...greedy(given).flow]).toEqual([1, 0, 0, 1]);
  });
  test("dear pairs are not made", () => {
    const given = problem({ a: 2, b: 1 }, { x: 3 }, "a x 4; b x 7");
    expect(greedy(given, 5)).toMatchObject({ assignedCount: 2, unassignedCount: 1, total: 8 });
  });
  test("refuses what transport refuses", () => {
    const given = problem({ a: 2, b: 1 }, { x: 3 }, "a x 4; b x 7");
    expect(() => greedy({ ...given, posts: Float64Array.of(0) })).toThrow(/postes/);
    expect(() => nearestOffers({ ...given, posts: Float64Array.of(0) })).toThrow(/postes/);
  });
});

describe("the nearest, as if alone", () => {
  test("several are sent to the same post, equal costs by id", () => {
    const given = problem({ a: 3, b: 2, c: 1 }, { y: 1, x: 1 }, "a y 2; a x 2; b x 1; b y 8");
    const found = nearestOffers(given);
    expect([...found.recommended]).toEqual([0, 5]);
    expect(found).toMatchObject({ reachedCount: 5, unreachedCount: 1, total: 8 });
    expect(nearestOffers(given, 1)).toMatchObject({ reachedCount: 2, unreachedCount: 4, total: 2 });
  });
});

const anyInstance = fc.record({
  kind: fc.constantFrom<InstanceKind>("random", "integer", "tied", "clustered-rounded", "sparse"),
  cells: fc.integer({ min: 1, max: 12 }),
  offers: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

test("nearest alone <= best plan <= greedy, all with the same cost of an unassigned seeker", () => {
  let strictly = 0;
  fc.assert(
    fc.property(anyInstance, fc.constantFrom(20, 400), ({ kind, cells, offers, seed }, unassignedCost) => {
      const given = transportInstance(kind, cells, offers, seed);
      const best = transport(given, { cost: unassignedCost }).objective;
      const first = greedy(given, unassignedCost);
      const nearest = nearestOffers(given, unassignedCost);
      const greedyCost = first.total + unassignedCost * first.unassignedCount;
      expect(greedyCost).toBeGreaterThanOrEqual(best - 1e-9 * best);
      expect(nearest.total + unassignedCost * nearest.unreachedCount).toBeLessThanOrEqual(best + 1e-9 * best);
      if (greedyCost > best * 1.001) strictly++;
    }),
    { numRuns: 300 },
  );
  expect(strictly).toBeGreaterThan(40);
});

describe("the worst cost made smallest", () => {
  test("at the price of a dearer total", () => {
    const given = problem({ a: 1, b: 1 }, { x: 1, y: 1 }, "a x 1; a y 7; b x 6; b y 9");
    expect(transport(given, "none").total).toBe(10);
    const { plan, worstCost } = bottleneck(given);
    expect([worstCost, plan.total, plan.assignedCount]).toEqual([7, 13, 2]);
  });
  test("nobody can be placed", () => {
    const given = {
      ...problem({ a: 1 }, { x: 1 }, "a x 1"),
      arcs: { cell: new Int32Array(0), offer: new Int32Array(0), cost: new Float64Array(0) },
    };
    expect(bottleneck(given)).toMatchObject({
      worstCost: null,
      plan: { assignedCount: 0, unassignedCount: 1, total: 0 },
    });
  });
  test("as many are placed, nobody beyond it, and one cost less would place fewer", () => {
    fc.assert(
      fc.property(anyInstance, ({ kind, cells, offers, seed }) => {
        const given = transportInstance(kind, cells, offers, seed);
        const most = transport(given, "fewest");
        const { plan, worstCost } = bottleneck(given);
        expect(plan.assignedCount).toBe(most.assignedCount);
        expect(plan.total).toBeGreaterThanOrEqual(most.total - 1e-9 * most.total);
        if (worstCost === null) return;
        const used = [...given.arcs.cost].filter((_, k) => plan.flow[k] > 0);
        expect(Math.max(...used)).toBe(worstCost);
        const kept = [...given.arcs.cost.keys()].filter((k) => given.arcs.cost[k] < worstCost);
        const nearer = {
          cell: Int32Array.from(kept, (k) => given.arcs.cell[k]),
          offer: Int32Array.from(kept, (k) => given.arcs.offer[k]),
          cost: Float64Array.from(kept, (k) => given.arcs.cost[k]),
        };
        expect(transport({ ...given, arcs: nearer }, "fewest").assignedCount).toBeLessThan(most.assignedCount);
      }),
      { numRuns: 100 },
    );
  });
});
