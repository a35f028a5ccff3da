import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignment } from "../../../src/models/matching/assignment.ts";
import { balanceMargins } from "../../../src/models/matching/balance-margins.ts";
import { entropicTransport, explainEntropic } from "../../../src/models/matching/optimal-transport.ts";
import { transport } from "../../../src/models/matching/transport.ts";
import { expectRelative, reference } from "../../reference/reference.ts";
import { costInstance, countInstance, type InstanceKind, transportInstance } from "./instances.ts";
import "../../support/seed.ts";

interface Expected {
  readonly kind: InstanceKind;
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  readonly epsilon: number;
  readonly total: number;
  readonly largest: number;
}
const instances = reference<{ entropic: readonly Expected[] }>("matching").entropic;

const shares = (counts: Float64Array): Float64Array => {
  const sum = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => count / sum);
};
const lineSums = (plan: Float64Array, rows: number, columns: number): { rows: number[]; columns: number[] } => ({
  rows: Array.from({ length: rows }, (_, i) =>
    plan.subarray(i * columns, (i + 1) * columns).reduce((a, b) => a + b, 0),
  ),
  columns: Array.from({ length: columns }, (_, j) =>
    plan.reduce((sum, amount, k) => (k % columns === j ? sum + amount : sum), 0),
  ),
});
const X = Number.POSITIVE_INFINITY;

describe("the same plan as Sinkhorn in the log domain by scipy", () => {
  test.each(instances)(
    "$kind $rows x $columns, epsilon $epsilon",
    ({ kind, rows, columns, seed, epsilon, total, largest }) => {
      const costs = { rows, columns, values: costInstance(kind, rows, columns, seed) };
      const margins = {
        rows: shares(countInstance(rows, 9, seed + 1)),
        columns: shares(countInstance(columns, 5, seed + 2)),
      };
      const found = entropicTransport(costs, margins, { epsilon, iterations: 30_000 });
      expect(found.converged).toBe(true);
      expectRelative(found.total, total, 1e-9);
      expectRelative(Math.max(...found.plan), largest, 1e-9);
      expect(found.marginError).toBeLessThan(1e-12);
      expect(found.moved).toBeLessThan(2e-12);
      // The potentials are those of the plan.
      found.plan.forEach((amount, k) => {
        const [i, j] = [Math.floor(k / columns), k % columns];
        const expected = Math.exp((found.rowPotentials[i] + found.columnPotentials[j] - costs.values[k]) / epsilon);
        expect(Math.abs(amount - expected)).toBeLessThan(1e-11);
      });
    },
  );
});

describe("towards the exact optimum", () => {
  test.each(["random", "clustered", "clustered-rounded", "tied"] as const)("%s", (kind) => {
    const [rows, columns] = [40, 40];
    const costs = { rows, columns, values: costInstance(kind, rows, columns, 3) };
    const ones = { rows: new Float64Array(rows).fill(1), columns: new Float64Array(columns).fill(1) };
    const exact = assignment(costs).total;
    let [before, boundBefore] = [X, -1];
    for (const epsilon of [10, 1, 0.1, 0.01]) {
      const { total, lowerBound, marginError, moved, converged } = entropicTransport(costs, ones, { epsilon });
      expect(marginError).toBeLessThan(1e-12);
      expect(moved).toBeLessThan(1e-7);
      if (epsilon >= 0.1) expect(converged || kind === "random").toBe(true);
      expect(lowerBound).toBeLessThanOrEqual(exact + 1e-9);
      expect(total).toBeGreaterThanOrEqual(exact - 1e-9);
      expect(total).toBeLessThan(before);
      expect(lowerBound).toBeGreaterThanOrEqual(boundBefore - 1e-9);
      [before, boundBefore] = [total, lowerBound];
    }
    expect(before - exact).toBeLessThan(0.002 * Math.max(exact, 1));
    expect(exact - boundBefore).toBeLessThan(0.002 * Math.max(exact, 1));
  });
  test("cells and posts, the unassigned in a last column", () => {
    const [rows, columns] = [15, 10];
    const problem = transportInstance("integer", rows, columns, 77);
    const { costs, margins, added } = balanceMargins(
      { rows, columns, values: costInstance("integer", rows, columns, 77) },
      { rows: problem.seekers, columns: problem.posts },
      2000,
    );
    expect(added).toBe("unassigned");
    const exact = transport(problem, { cost: 2000 }).objective;
    const { total, lowerBound } = entropicTransport(costs, margins, { epsilon: 0.5 });
    expect(lowerBound).toBeLessThanOrEqual(exact * (1 + 1e-12));
    expect(total).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    expectRelative(total, exact, 1e-3);
    expectRelative(lowerBound, exact, 1e-3);
  });
});

test("margins hold to 1e-12 of the mass, whatever the table and however few iterations", () => {
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom<InstanceKind>("random", "integer", "tied", "clustered"),
        rows: fc.integer({ min: 1, max: 12 }),
        columns: fc.integer({ min: 1, max: 12 }),
        seed: fc.integer({ min: 0, max: 1e6 }),
        epsilon: fc.constantFrom(50, 1, 0.05, 0.002),
        iterations: fc.constantFrom(0, 3, 200),
      }),
      ({ kind, rows, columns, seed, epsilon, iterations }) => {
        const costs = { rows, columns, values: costInstance(kind, rows, columns, seed) };
        const margins = {
          rows: shares(countInstance(rows, 900, seed)),
          columns: shares(countInstance(columns, 5, seed + 1)),
        };
        const found = entropicTransport(costs, margins, { epsilon, iterations });
        const sums = lineSums(found.plan, rows, columns);
        for (const [i, sum] of sums.rows.entries()) expect(Math.abs(sum - margins.rows[i])).toBeLessThan(1e-12);
        for (const [j, sum] of sums.columns.entries()) expect(Math.abs(sum - margins.columns[j])).toBeLessThan(1e-12);
        for (const value of [
          found.total,
          found.lowerBound,
          found.moved,
          ...found.plan,
          ...found.rowPotentials,
          ...found.columnPotentials,
        ])
          expect(Number.isFinite(value)).toBe(true);
        expect(found.lowerBound).toBeLessThanOrEqual(found.total + 1e-9);
        expect(Math.min(...found.plan)).toBeGreaterThanOrEqual(0);
      },
    ),
    { numRuns: 400 },
  );
});

test("both engines give the same numbers to the last bit", () => {
  for (const [rows, columns] of [
    [1, 1],
    [3, 5],
    [7, 8],
    [33, 70],
  ] as const) {
    const costs = { rows, columns, values: costInstance("clustered", rows, columns, 8) };
    const margins = { rows: shares(countInstance(rows, 9, 1)), columns: shares(countInstance(columns, 9, 2)) };
    const [simd, plain] = (["simd", "plain"] as const).map((engine) =>
      entropicTransport(costs, margins, { epsilon: 0.5, engine }),
    );
    expect(simd).toEqual(plain);
  }
});

describe("forbidden pairs", () => {
  const costs = { rows: 2, columns: 2, values: Float64Array.of(1, X, 1, 4), rowIds: ["a", "b"], columnIds: ["x", "y"] };
  test("hold nothing", () => {
    const found = entropicTransport(
      costs,
      { rows: Float64Array.of(2, 3), columns: Float64Array.of(3, 2) },
      { epsilon: 1 },
    );
    expect(found.plan[1]).toBe(0);
    expectRelative(found.total, 2 + 1 + 8, 1e-11);
    expect(found.converged).toBe(true);
    expect(found.lowerBound).toBeLessThanOrEqual(11);
    expect(found.lowerBound).toBeGreaterThan(10);
  });
  test("no plan: refused, not approached", () => {
    const margins = { rows: Float64Array.of(4, 1), columns: Float64Array.of(3, 2) };
    expect(() => entropicTransport(costs, margins, { epsilon: 1, iterations: 500 })).toThrow(/Aucun plan.*itérations/);
  });
  test("a line out of reach is named", () => {
    const ones = { rows: Float64Array.of(1, 1), columns: Float64Array.of(1, 1) };
    expect(() => entropicTransport({ ...costs, values: Float64Array.of(1, 1, X, X) }, ones, { epsilon: 1 })).toThrow(
      /portée.*b/,
    );
    expect(() => entropicTransport({ ...costs, values: Float64Array.of(1, X, 1, X) }, ones, { epsilon: 1 })).toThrow(
      /portée.*y/,
    );
  });
});

describe("sides made equal", () => {
  const costs = { rows: 1, columns: 2, values: Float64Array.of(3, 4), rowIds: ["a"], columnIds: ["x", "y"] };
  test("posts left over", () => {
    const balanced = balanceMargins(costs, { rows: Float64Array.of(1), columns: Float64Array.of(2, 2) }, 30);
    expect(balanced).toMatchObject({
      added: "vacant",
      costs: { rows: 2, columns: 2, rowIds: ["a", "postes vacants"] },
    });
    expect([...balanced.costs.values]).toEqual([3, 4, 0, 0]);
    expect([...balanced.margins.rows]).toEqual([1, 3]);
  });
  test("nothing to add", () => {
    expect(balanceMargins(costs, { rows: Float64Array.of(4), columns: Float64Array.of(2, 2) }, 30).added).toBeNull();
  });
  test("a cost that is not one", () =>
    expect(() =>
      balanceMargins(costs, { rows: Float64Array.of(4), columns: Float64Array.of(2, 2) }, Number.NaN),
    ).toThrow(/non-affecté/));
});

describe("bad input", () => {
  const costs = { rows: 1, columns: 2, values: Float64Array.of(3, 4) };
  const margins = { rows: Float64Array.of(2), columns: Float64Array.of(1, 1) };
  test.each([
    ["a zero margin", { ...margins, columns: Float64Array.of(2, 0) }, /Effectif.*0.*offre n° 2/],
    ["a masked margin", { ...margins, rows: Float64Array.of(Number.NaN) }, /masqué/],
    ["a margin missing", { ...margins, columns: Float64Array.of(2) }, /2 effectifs/],
    ["unequal sides", { ...margins, rows: Float64Array.of(3) }, /3 et 2.*balanceMargins/],
  ])("%s is refused", (_, bad, message) =>
    expect(() => entropicTransport(costs, bad, { epsilon: 1 })).toThrow(message),
  );
  test.each([0, -1, Number.NaN, X, 1e-9])("an epsilon of %s is refused", (epsilon) =>
    expect(() => entropicTransport(costs, margins, { epsilon })).toThrow(/epsilon/),
  );
  test("negative, missing costs and empty sides", () => {
    expect(() => entropicTransport({ ...costs, values: Float64Array.of(-1, 2) }, margins, { epsilon: 1 })).toThrow(
      /négatif/,
    );
    expect(() =>
      entropicTransport({ ...costs, values: Float64Array.of(Number.NaN, 2) }, margins, { epsilon: 1 }),
    ).toThrow(/manquant/);
    expect(() =>
      entropicTransport({ rows: 0, columns: 2, values: new Float64Array(0) }, margins, { epsilon: 1 }),
    ).toThrow(/vide/);
  });
  test("costs that are all 0", () => {
    const found = entropicTransport({ rows: 1, columns: 2, values: new Float64Array(2) }, margins, { epsilon: 1 });
    expect([[...found.plan], found.total, found.lowerBound]).toEqual([[1, 1], 0, 0]);
  });
});

test("the plan in words", () => {
  const costs = { rows: 2, columns: 2, values: Float64Array.of(0, 1, 3, 0) };
  const margins = { rows: Float64Array.of(1, 2), columns: Float64Array.of(2, 1) };
  expect(explainEntropic(entropicTransport(costs, margins, { epsilon: 1 }), "km")).toMatch(
    /aucun plan ne coûte moins de.*km\.$/,
  );
  expect(explainEntropic(entropicTransport(costs, margins, { epsilon: 0.1, iterations: 0 }), "km")).toContain(
    "déplacés",
  );
});
