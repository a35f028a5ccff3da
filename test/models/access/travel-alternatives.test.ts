import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catchmentRatio } from "../../../src/models/access/catchment-ratio.ts";
import { cumulativeCutoff } from "../../../src/models/access/cumulative-cutoff.ts";
import { explainAccess } from "../../../src/models/access/explain-access.ts";
import {
  cumulativeAlternatives,
  leastCostMatrix,
  travelAlternatives,
} from "../../../src/models/access/travel-alternatives.ts";
import { type TravelRows, travelMatrix } from "../../../src/models/access/travel-matrix.ts";

const pareto = { direction: "outward", alternatives: "pareto" } as const;
/** Home a reaches x fast and dear or slow and cheap; y in one way; nobody goes to z. */
const ways: TravelRows = {
  from_id: ["a", "a", "a", "b"],
  to_id: ["x", "x", "y", "x"],
  costs: { timeMinutes: Float64Array.of(20, 50, 30, 10), fareEuros: Float64Array.of(4, 1, 2, 5) },
};

describe("several ways of one trip", () => {
  const jobs = Float64Array.of(100, 10);
  const within = (time: number, fare: number): number[] => [
    ...(cumulativeAlternatives(travelAlternatives(ways, pareto), {
      limits: { fareEuros: [fare], timeMinutes: [time] },
      opportunities: { jobs },
    })[0]?.access.jobs ?? []),
  ];
  test("a destination counts once, when one way is within both limits", () => {
    expect(within(60, 5)).toEqual([110, 100]);
    expect(within(60, 2)).toEqual([110, 0]);
    expect(within(40, 2)).toEqual([10, 0]);
    expect(within(20, 4)).toEqual([100, 0]);
    expect(within(60, 0)).toEqual([0, 0]);
  });
  test("the fastest way that one can pay is a matrix for any measure, with all its places", () => {
    const matrix = leastCostMatrix(travelAlternatives(ways, pareto), { cost: "timeMinutes", limits: { fareEuros: 2 } });
    expect(matrix.originIds).toEqual(["a", "b"]);
    expect([...matrix.starts]).toEqual([0, 2, 2]);
    expect([...(matrix.costs["timeMinutes"] ?? [])]).toEqual([50, 30]);
  });
  test("refused: no rule said, the same way twice, a cost of another name, what a matrix refuses", () => {
    const { alternatives: _, ...silent } = pareto;
    expect(() => travelAlternatives(ways, silent as typeof pareto)).toThrow(/pareto/);
    const twice = { ...ways, costs: { ...ways.costs, timeMinutes: Float64Array.of(20, 20, 30, 10) } };
    expect(travelAlternatives(twice, pareto).options.originIds).toEqual(["a", "b"]);
    const same = { ...twice, costs: { ...twice.costs, fareEuros: Float64Array.of(4, 4, 2, 5) } };
    expect(() => travelAlternatives(same, pareto)).toThrow(/a – x, lignes 1 et 2/);
    expect(() => leastCostMatrix(travelAlternatives(ways, pareto), { cost: "distanceKm" })).toThrow(/timeMinutes/);
    const negative = {
      ...ways,
      costs: { timeMinutes: Float64Array.of(20, -50, 30, 10), fareEuros: ways.costs["fareEuros"] as Float64Array },
    };
    expect(() => travelAlternatives(negative, pareto)).toThrow(/négatif.*ligne 2/);
  });
  test("equals a search through all the ways, and one way a pair equals cumulativeCutoff", () => {
    const way = fc.tuple(fc.nat(3), fc.nat(4), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(
        fc.uniqueArray(way, { minLength: 1, maxLength: 40, selector: (one) => one.join() }),
        fc.array(fc.nat(9), { minLength: 5, maxLength: 5 }),
        (list, posts) => {
          const rows: TravelRows = {
            from_id: list.map(([i]) => `o${i}`),
            to_id: list.map(([, j]) => `d${j}`),
            costs: {
              timeMinutes: Float64Array.from(list, ([, , time]) => time),
              fareEuros: Float64Array.from(list, ([, , , fare]) => fare),
            },
          };
          const places = { originIds: ["o0", "o1", "o2", "o3"], destinationIds: ["d0", "d1", "d2", "d3", "d4"] };
          const opportunities = { posts: Float64Array.from(posts) };
          const limits = { fareEuros: [2, 9], timeMinutes: [15, 30, 60] };
          const found = cumulativeAlternatives(travelAlternatives(rows, { ...pareto, ...places }), {
            limits,
            opportunities,
          });
          expect(found).toHaveLength(6);
          for (const { cutoffs, access } of found)
            for (const [i, value] of access.posts.entries()) {
              const reached = new Set(
                list
                  .filter(
                    ([o, , t, f]) => o === i && t <= (cutoffs["timeMinutes"] ?? 0) && f <= (cutoffs["fareEuros"] ?? 0),
                  )
                  .map(([, j]) => j),
              );
              expect(value).toBe([...reached].reduce((sum, j) => sum + (posts[j] ?? 0), 0));
            }
          const single = [...new Map(list.map((one) => [`${one[0]} ${one[1]}`, one])).values()];
          const plain: TravelRows = {
            from_id: single.map(([i]) => `o${i}`),
            to_id: single.map(([, j]) => `d${j}`),
            costs: {
              timeMinutes: Float64Array.from(single, ([, , time]) => time),
              fareEuros: Float64Array.from(single, ([, , , fare]) => fare),
            },
          };
          const matrix = travelMatrix(plain, { direction: "outward", ...places });
          expect(
            cumulativeAlternatives(travelAlternatives(plain, { ...pareto, ...places }), { limits, opportunities }),
          ).toEqual(
            cumulativeCutoff(matrix, {
              limits: {
                fareEuros: { cost: matrix.costs["fareEuros"] as Float64Array, cutoffs: [2, 9] },
                timeMinutes: { cost: matrix.costs["timeMinutes"] as Float64Array, cutoffs: [15, 30, 60] },
              },
              opportunities,
            }),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("floating catchment ratio", () => {
  const places = { originIds: ["a", "b", "c"], destinationIds: ["a", "b", "c"] };
  const matrix = travelMatrix(
    { from_id: ["a", "a", "b"], to_id: ["a", "b", "b"], costs: { timeMinutes: Float64Array.of(1, 2, 1) } },
    { direction: "outward", ...places },
  );
  const weights = Float64Array.of(1, 0.5, 1);
  const demand = Float64Array.of(10, 20, 30);
  test("opportunities over people, both weighed around the same place, and its terms add up", () => {
    const { jobs } = catchmentRatio(matrix, {
      weights,
      opportunities: { jobs: Float64Array.of(4, 8, 16) },
      neighbours: { matrix, weights, demand },
    });
    expect([...jobs.access]).toEqual([8 / 20, 8 / 20, 0]);
    const { terms, access } = explainAccess(jobs, "a");
    expect(terms.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(access, 14);
  });
  test("people of other places are refused", () => {
    const other = { ...matrix, originIds: ["a", "z", "c"] };
    expect(() =>
      catchmentRatio(matrix, {
        weights,
        opportunities: { jobs: demand },
        neighbours: { matrix: other, weights, demand },
      }),
    ).toThrow(/z au rang 2.*b, dans le même ordre/);
  });
});
