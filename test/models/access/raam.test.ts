import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { raamEquilibrium } from "../../../src/models/access/raam-equilibrium.ts";
import { raamScheme } from "../../../src/models/access/raam-scheme.ts";
import { travelMatrix } from "../../../src/models/access/travel-matrix.ts";

const floats = (...values: number[]): Float64Array => Float64Array.of(...values);
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const outward = { direction: "outward" } as const;

function territory(costs: readonly (readonly number[])[], storage: "sparse" | "dense" = "sparse") {
  const kept = costs.flatMap((row, i) => row.flatMap((cost, j) => (Number.isNaN(cost) ? [] : [{ i, j, cost }])));
  const matrix = travelMatrix(
    {
      from_id: kept.map(({ i }) => `i${i}`),
      to_id: kept.map(({ j }) => `j${j}`),
      costs: { timeMinutes: Float64Array.from(kept, ({ cost }) => cost) },
    },
    {
      ...outward,
      storage,
      originIds: costs.map((_, i) => `i${i}`),
      destinationIds: (costs[0] ?? []).map((_, j) => `j${j}`),
    },
  );
  return { matrix, cost: matrix.costs["timeMinutes"] ?? floats() };
}

describe("RAAM at equilibrium", () => {
  test("two equal places, one origin nearer to the first: travel and crowding balance to the person", () => {
    // 100 people, rho 50, tau 60: D1/50 + 0 = D2/50 + 12/60, D1 + D2 = 100, so D1 = 55.
    const { matrix, cost } = territory([[0, 12]]);
    const { loads, access, crowding, regret } = raamEquilibrium(matrix, {
      cost,
      demand: floats(100),
      opportunities: floats(1, 1),
    });
    expect(loads[0]).toBeCloseTo(55, 9);
    expect(access[0]).toBeCloseTo(1.1, 9);
    expect([...crowding].map((value) => Number(value.toFixed(9)))).toEqual([1.1, 0.9]);
    expect(regret).toBeLessThanOrEqual(1e-9);
  });
  test("without travel, everybody pays the mean crowding of 1", () => {
    const { matrix, cost } = territory([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const { access } = raamEquilibrium(matrix, { cost, demand: floats(30, 90), opportunities: floats(1, 2, 5) });
    for (const value of access) expect(value).toBeCloseTo(1, 9);
  });
  test("where nobody lives, what a person who came would pay; Infinity where nothing can be reached", () => {
    const { matrix, cost } = territory([
      [0, 60],
      [30, Number.NaN],
      [Number.NaN, Number.NaN],
    ]);
    const { access } = raamEquilibrium(matrix, {
      cost,
      demand: floats(10, 0, 5),
      opportunities: floats(1, 0),
      rho: 10,
    });
    expect([...access]).toEqual([1, 1.5, Number.POSITIVE_INFINITY]);
  });

  const small = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([origins, destinations]) =>
      fc.record({
        costs: fc.array(
          fc.array(
            fc.oneof(
              { weight: 6, arbitrary: fc.integer({ min: 0, max: 90 }) },
              { weight: 1, arbitrary: fc.constant(Number.NaN) },
            ),
            { minLength: destinations, maxLength: destinations },
          ),
          { minLength: origins, maxLength: origins },
        ),
        demand: fc.array(fc.integer({ min: 0, max: 500 }), { minLength: origins, maxLength: origins }),
        supply: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: destinations, maxLength: destinations }),
        storage: fc.constantFrom("sparse" as const, "dense" as const),
      }),
    )
    .filter(({ demand, supply }) => sum(demand) > 0 && sum(supply) > 0);

  test("the certificate, recomputed from the assignment alone: no one would pay less elsewhere, everybody is somewhere", () =>
    fc.assert(
      fc.property(small, ({ costs, demand, supply, storage }) => {
        const { matrix, cost } = territory(costs, storage);
        const { assignment, loads, excess } = raamEquilibrium(matrix, {
          cost,
          demand: Float64Array.from(demand),
          opportunities: Float64Array.from(supply),
        });
        const rho = sum(demand) / sum(supply);
        const people = costs.map((row) => row.map(() => 0));
        for (let i = 0; i < costs.length; i++)
          for (let pair = matrix.starts[i] ?? 0; pair < (matrix.starts[i + 1] ?? 0); pair++) {
            const j = matrix.destinations ? (matrix.destinations[pair] ?? 0) : pair - (matrix.starts[i] ?? 0);
            (people[i] as number[])[j] = assignment[pair] ?? 0;
          }
        for (const [j, load] of loads.entries())
          expect(Math.abs(sum(people.map((row) => row[j] ?? 0)) - load)).toBeLessThan(1e-6);
        for (const [i, row] of costs.entries()) {
          const open = row.map((time, j) =>
            Number.isNaN(time) || supply[j] === 0
              ? Number.POSITIVE_INFINITY
              : time / 60 + (loads[j] ?? 0) / (rho * (supply[j] ?? 0)),
          );
          const cheapest = Math.min(...open);
          const placed = sum(people[i] ?? []);
          expect(Math.abs(placed - (cheapest < Number.POSITIVE_INFINITY ? (demand[i] ?? 0) : 0))).toBeLessThan(1e-6);
          for (const [j, price] of open.entries())
            if ((people[i]?.[j] ?? 0) > 0) expect(price - cheapest).toBeLessThan(1e-8);
        }
        expect(Math.abs(excess)).toBeLessThan(1e-9);
      }),
      { numRuns: 200 },
    ));
  test("loads do not depend on the order of origins", () => {
    const costs = [
      [5, 20, 40],
      [30, 10, 12],
      [22, 25, 3],
    ];
    const run = (order: readonly number[]) => {
      const { matrix, cost } = territory(order.map((i) => costs[i] ?? []));
      return raamEquilibrium(matrix, {
        cost,
        demand: Float64Array.from(order, (i) => [120, 300, 80][i] ?? 0),
        opportunities: floats(2, 5, 3),
      }).loads;
    };
    const forward = run([0, 1, 2]);
    for (const [j, load] of run([2, 0, 1]).entries()) expect(load).toBeCloseTo(forward[j] ?? 0, 6);
  });
});

describe("the scheme of PySAL", () => {
  test("keeps whole people, none lost, and says how far from equilibrium it stops", () => {
    const { matrix, cost } = territory([
      [0, 12, 40],
      [20, 0, 8],
    ]);
    const input = { cost, demand: floats(101, 57), opportunities: floats(3, 1, 2) };
    const { assignment, loads, regret, access } = raamScheme(matrix, input);
    expect([...assignment].every((people) => Number.isInteger(people) && people >= 0)).toBe(true);
    expect(sum(assignment)).toBe(158);
    expect(sum(loads)).toBe(158);
    const exact = raamEquilibrium(matrix, input);
    expect(exact.regret).toBeLessThan(regret);
    for (const [i, value] of exact.access.entries()) expect(Math.abs(value - (access[i] ?? 0))).toBeLessThan(0.05);
  });
});

test("the scheme rounds halves to even, as numpy does", () => {
  // One cycle: a fifth of the 25 people would move, but the second place holds 2.5: 5 / (5 / 2.5) = 2.5, of which 2 move.
  const { matrix, cost } = territory([[0, 1]]);
  const { loads } = raamScheme(matrix, { cost, demand: floats(25), opportunities: floats(1, 1), rho: 2.5, cycles: 1 });
  expect([...loads]).toEqual([23, 2]);
});

test("a model without people, opportunities or a positive tau is refused; so is an answer without certificate", () => {
  const { matrix, cost } = territory([
    [0, 12],
    [5, 9],
  ]);
  const input = { cost, demand: floats(5, 5), opportunities: floats(1, 1) };
  expect(() => raamEquilibrium(matrix, { ...input, demand: floats(0, 0) })).toThrow(/RAAM impossible/);
  expect(() => raamScheme(matrix, { ...input, opportunities: floats(0, 0) })).toThrow(/RAAM impossible/);
  expect(() => raamScheme(matrix, { ...input, tau: 0 })).toThrow(/tau 0/);
  expect(() => raamScheme(matrix, { ...input, cost: floats(1) })).toThrow(/4 coûts/);
  expect(() => raamEquilibrium(matrix, { ...input, maxSweeps: 1, tolerance: 0 })).toThrow(/Équilibre non atteint/);
});
