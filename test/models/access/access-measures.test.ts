import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancedFloatingCatchment } from "../../../src/models/access/balanced-floating-catchment.ts";
import { balancingCost } from "../../../src/models/access/balancing-cost.ts";
import { costToClosest, costToShare } from "../../../src/models/access/cost-to-closest.ts";
import { cumulativeCutoff, cutoffWeights } from "../../../src/models/access/cumulative-cutoff.ts";
import { cumulativeInterval } from "../../../src/models/access/cumulative-interval.ts";
import { binaryDecay, customDecay, decayWeights, exponentialDecay } from "../../../src/models/access/decay.ts";
import { distinctCosts } from "../../../src/models/access/distinct-costs.ts";
import { doublyConstrained } from "../../../src/models/access/doubly-constrained.ts";
import { explainAccess } from "../../../src/models/access/explain-access.ts";
import { twoStepFloatingCatchment } from "../../../src/models/access/floating-catchment.ts";
import { gravity } from "../../../src/models/access/gravity.ts";
import { sumByDestination, sumByOrigin, sumsByOrigin } from "../../../src/models/access/pair-sums.ts";
import { singlyConstrained } from "../../../src/models/access/singly-constrained.ts";
import { spatialAvailability } from "../../../src/models/access/spatial-availability.ts";
import { threeStepFloatingCatchment } from "../../../src/models/access/three-step-floating-catchment.ts";
import { totalConstrained } from "../../../src/models/access/total-constrained.ts";
import { pairCount, type TravelMatrix, travelMatrix } from "../../../src/models/access/travel-matrix.ts";
import { unservedOpportunities } from "../../../src/models/access/unserved-opportunities.ts";
import { expectRelative } from "../../reference/reference.ts";

const floats = (...values: number[]): Float64Array => Float64Array.of(...values);
const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0);
const outward = { direction: "outward" } as const;

/** Three origins and three destinations (Soukhov, Páez, Higgins and Mohamed 2023). */
const toyMatrix = travelMatrix(
  {
    from_id: ["A", "A", "A", "B", "B", "B", "C", "C", "C"],
    to_id: ["1", "2", "3", "1", "2", "3", "1", "2", "3"],
    costs: { timeMinutes: floats(15, 30, 100, 30, 15, 100, 100, 100, 15) },
  },
  outward,
);
const toy = {
  weights: decayWeights(toyMatrix.costs["timeMinutes"] ?? floats(), exponentialDecay(0.1)),
  demand: floats(50_000, 150_000, 10_000),
  opportunities: { jobs: floats(100_000, 100_000, 10_000) },
};

describe("the published toy", () => {
  test("spatial availability: 66 833, 133 203, 9 963, in all 210 000", () => {
    const { access } = spatialAvailability(toyMatrix, toy).jobs;
    for (const [i, expected] of [66_833.466, 133_203.363, 9_963.171].entries())
      expect(access[i]).toBeCloseTo(expected, 3);
    expect(sum(access)).toBeCloseTo(210_000, 8);
    expect([...access].map(Math.round)).toEqual([66_833, 133_203, 9_963]);
  });
  test("2SFCA a person", () => {
    const { access } = twoStepFloatingCatchment(toyMatrix, toy).jobs;
    for (const [i, expected] of [1.3366693, 0.8880224, 0.9963171].entries()) expect(access[i]).toBeCloseTo(expected, 7);
  });
  test("total constrained", () => {
    const { access } = totalConstrained(toyMatrix, toy).jobs;
    for (const [i, expected] of [100_860.252, 100_860.252, 8_279.495].entries())
      expect(access[i]).toBeCloseTo(expected, 3);
  });
  test("doubly constrained: margins are met by flows of the form a P b O f", () => {
    const { flows, gap, originBalance, destinationBalance } = doublyConstrained(toyMatrix, {
      ...toy,
      opportunities: toy.opportunities.jobs,
      tolerance: 1e-13,
    });
    expect(gap).toBeLessThanOrEqual(1e-13);
    for (const [i, people] of toy.demand.entries())
      expectRelative(sum(flows.subarray(3 * i, 3 * i + 3)), people, 1e-11);
    for (const [j, jobs] of toy.opportunities.jobs.entries())
      expectRelative(sum([0, 1, 2].map((i) => flows[3 * i + j] ?? 0)), jobs, 1e-12);
    expectRelative(
      flows[1] ?? 0,
      (originBalance[0] ?? 0) * 50_000 * (destinationBalance[1] ?? 0) * 100_000 * (toy.weights[1] ?? 0),
      1e-12,
    );
  });
});

/** A small territory with zeros, ties, absent and unreachable pairs, not symmetric. */
interface Small {
  readonly matrix: TravelMatrix;
  readonly demand: Float64Array;
  readonly supply: Float64Array;
}
const small: fc.Arbitrary<Small> = fc
  .tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 7 }),
    fc.constantFrom("sparse" as const, "dense" as const),
  )
  .chain(([origins, destinations, storage]) =>
    fc.record({
      costs: fc.array(
        fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)),
        {
          minLength: origins * destinations,
          maxLength: origins * destinations,
        },
      ),
      demand: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: origins, maxLength: origins }),
      supply: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: destinations, maxLength: destinations }),
      storage: fc.constant(storage),
    }),
  )
  .map(({ costs, demand, supply, storage }) => {
    // NaN stands for a pair that is not in the table.
    const kept = costs.flatMap((cost, pair) => (Number.isNaN(cost) ? [] : [pair]));
    return {
      matrix: travelMatrix(
        {
          from_id: kept.map((pair) => `i${Math.floor(pair / supply.length)}`),
          to_id: kept.map((pair) => `j${pair % supply.length}`),
          costs: { timeMinutes: Float64Array.from(kept, (pair) => costs[pair] ?? 0) },
        },
        {
          ...outward,
          storage,
          originIds: demand.map((_, i) => `i${i}`),
          destinationIds: supply.map((_, j) => `j${j}`),
        },
      ),
      demand: Float64Array.from(demand),
      supply: Float64Array.from(supply),
    };
  });
const timeOf = ({ matrix }: Small): Float64Array => matrix.costs["timeMinutes"] ?? floats();
const holds = (property: (territory: Small) => void): void => fc.assert(fc.property(small, property), { numRuns: 300 });
const near = (a: number, b: number): void =>
  expect(Math.abs(a - b), `${a} et ${b}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(b)));
const inputOf = (territory: Small, rate = 0.07) => ({
  weights: decayWeights(timeOf(territory), exponentialDecay(rate)),
  demand: territory.demand,
  opportunities: { jobs: territory.supply },
});

describe("conservation", () => {
  test("what 2SFCA gives to people is what they can reach; the rest is listed", () =>
    holds((territory) => {
      const input = inputOf(territory);
      const { access } = twoStepFloatingCatchment(territory.matrix, input).jobs;
      const { total, destinationIds } = unservedOpportunities(territory.matrix, input).jobs;
      near(sum(access.map((value, i) => value * territory.demand[i])), sum(territory.supply) - total);
      expect(total > 0).toBe(destinationIds.length > 0);
    }));
  test("spatial availability adds up to what can be reached, and a head is 2SFCA with the same weights", () =>
    holds((territory) => {
      const input = inputOf(territory);
      const shared = spatialAvailability(territory.matrix, input).jobs.access;
      const perHead = twoStepFloatingCatchment(territory.matrix, input).jobs.access;
      near(sum(shared), sum(territory.supply) - unservedOpportunities(territory.matrix, input).jobs.total);
      for (const [i, value] of shared.entries()) near(value, (territory.demand[i] ?? 0) * (perHead[i] ?? 0));
      expect(singlyConstrained(territory.matrix, input).jobs.access).toEqual(shared);
    }));
  test("active and passive count the same trips: Σ P A = Σ O B", () =>
    holds((territory) => {
      const { matrix, demand, supply } = territory;
      const limits = { time: { cost: timeOf(territory), cutoffs: [20] } };
      const [active] = cumulativeCutoff(matrix, { limits, opportunities: { jobs: supply } });
      const [passive] = cumulativeCutoff(matrix, { limits, opportunities: { people: demand }, active: false });
      const [byOrigin, byDestination] = [active?.access.jobs ?? floats(), passive?.access.people ?? floats()];
      expect(sum(byOrigin.map((value, i) => value * demand[i]))).toBe(
        sum(byDestination.map((value, j) => value * supply[j])),
      );
    }));
  test("people of the passive singly constrained measure are those who reach something", () =>
    holds((territory) => {
      const input = inputOf(territory);
      const { access } = singlyConstrained(territory.matrix, { ...input, active: false }).jobs;
      const reach = gravity(territory.matrix, input).jobs.access;
      near(sum(access), sum(territory.demand.filter((_, i) => reach[i] > 0)));
    }));
  test("total constrained adds up to all opportunities, or to nothing when nothing can be reached", () =>
    holds((territory) => {
      const input = inputOf(territory);
      const reach = sum(gravity(territory.matrix, input).jobs.access);
      near(sum(totalConstrained(territory.matrix, input).jobs.access), reach > 0 ? sum(territory.supply) : 0);
      const people = { weights: input.weights, opportunities: { people: territory.demand }, active: false };
      const passive = sum(gravity(territory.matrix, people).people.access);
      near(sum(totalConstrained(territory.matrix, people).people.access), passive > 0 ? sum(territory.demand) : 0);
    }));
  test("BFCA: Σ A = Σ R over the places reached", () =>
    holds((territory) => {
      const input = inputOf(territory);
      const { matrix, demand, supply } = territory;
      const measure = balancedFloatingCatchment(matrix, input).jobs;
      const out = sumByOrigin(matrix, input.weights, new Float64Array(supply.length).fill(1));
      const served = sumByDestination(
        matrix,
        input.weights,
        demand.map((people, i) => (out[i] > 0 ? people / out[i] : 0)),
      );
      near(sum(measure.access), sum(supply.map((jobs, j) => (served[j] > 0 ? jobs / served[j] : 0))));
      near(sum(served), sum(demand.filter((_, i) => out[i] > 0)));
    }));
  test("3SFCA gives to people what they can reach, whoever they may choose among", () =>
    holds((territory) => {
      const input = inputOf(territory);
      for (const choices of ["supplied", "listed"] as const) {
        const { access } = threeStepFloatingCatchment(territory.matrix, { ...input, choices }).jobs;
        near(
          sum(access.map((value, i) => value * territory.demand[i])),
          sum(territory.supply) - unservedOpportunities(territory.matrix, input).jobs.total,
        );
      }
    }));
});

describe("cumulative measures", () => {
  test("grow with the cut-off, up to all that can be reached; one histogram gives what single cut-offs give", () =>
    holds((territory) => {
      const { matrix, supply } = territory;
      const cutoffs = [40, 0, 10, 25];
      const several = cumulativeCutoff(matrix, {
        limits: { time: { cost: timeOf(territory), cutoffs } },
        opportunities: { supply },
      });
      expect(several.map((one) => one.cutoffs["time"])).toEqual(cutoffs);
      for (const { cutoffs: at, access } of several) {
        const weights = cutoffWeights(matrix, {
          time: { cost: distinctCosts(timeOf(territory)), cutoff: at["time"] ?? 0 },
        });
        expect(access.supply).toEqual(gravity(matrix, { weights, opportunities: { supply } }).supply.access);
        expect(access.supply).toEqual(
          gravity(matrix, {
            weights: decayWeights(timeOf(territory), binaryDecay(at["time"] ?? 0)),
            opportunities: { supply },
          }).supply.access,
        );
      }
      const [all, none, ten, more] = several.map(({ access }) => access.supply) as [
        Float64Array,
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      for (const [i, value] of none.entries())
        expect(value <= ten[i] && ten[i] <= more[i] && more[i] <= all[i]).toBe(true);
    }));
  test("several costs must all hold, and each bound is included", () => {
    const matrix = travelMatrix(
      {
        from_id: ["a", "a", "a"],
        to_id: ["x", "y", "z"],
        costs: { timeMinutes: floats(30, 20, 31), fareEuros: floats(5, 6, 1) },
      },
      outward,
    );
    const found = cumulativeCutoff(matrix, {
      limits: {
        timeMinutes: { cost: matrix.costs["timeMinutes"] ?? floats(), cutoffs: [30, 20, 60] },
        fareEuros: { cost: matrix.costs["fareEuros"] ?? floats(), cutoffs: [5, 10] },
      },
      opportunities: { jobs: floats(1, 10, 100), shops: floats(2, 20, 200) },
    });
    expect(
      found.map(({ cutoffs, access }) => [
        cutoffs["timeMinutes"],
        cutoffs["fareEuros"],
        access.jobs[0],
        access.shops[0],
      ]),
    ).toEqual([
      [30, 5, 1, 2],
      [30, 10, 11, 22],
      [20, 5, 0, 0],
      [20, 10, 10, 20],
      [60, 5, 101, 202],
      [60, 10, 111, 222],
    ]);
  });
  test("the mean over an interval is gravity with a ramp of weights; the median is between its ends", () =>
    holds((territory) => {
      const { matrix, supply } = territory;
      const input = { cost: timeOf(territory), interval: [10, 20], opportunities: { supply } } as const;
      const mean = cumulativeInterval(matrix, { ...input, summary: "mean" }).supply;
      const ramp = customDecay("ramp", (cost) => Math.min(1, Math.max(0, (21 - Math.max(cost, 10)) / 11)));
      const potential = gravity(matrix, { weights: decayWeights(timeOf(territory), ramp), opportunities: { supply } })
        .supply.access;
      for (const [i, value] of mean.entries()) near(value, potential[i] ?? 0);
      const [low, middle, high] = cumulativeCutoff(matrix, {
        limits: { time: { cost: timeOf(territory), cutoffs: [10, 15, 20] } },
        opportunities: { supply },
      });
      // Eleven cut-offs: the median is the sixth.
      expect(cumulativeInterval(matrix, input).supply).toEqual(middle?.access.supply);
      for (const [i, value] of mean.entries()) {
        expect(value).toBeGreaterThanOrEqual((low?.access.supply[i] ?? 0) - 1e-9);
        expect(value).toBeLessThanOrEqual((high?.access.supply[i] ?? 0) + 1e-9);
      }
    }));
  test("an even number of cut-offs takes the mean of the two in the middle, cut only when asked", () => {
    const matrix = travelMatrix(
      { from_id: ["a", "a"], to_id: ["x", "y"], costs: { timeMinutes: floats(1, 2) } },
      outward,
    );
    const input = {
      cost: matrix.costs["timeMinutes"] ?? floats(),
      interval: [1, 2],
      opportunities: { jobs: floats(1, 2) },
    } as const;
    expect([...cumulativeInterval(matrix, input).jobs]).toEqual([2]);
    expect([...cumulativeInterval(matrix, { ...input, opportunities: { jobs: floats(1, 1) } }).jobs]).toEqual([1.5]);
    expect([
      ...cumulativeInterval(matrix, { ...input, opportunities: { jobs: floats(1, 1) }, truncate: true }).jobs,
    ]).toEqual([1]);
  });
});

describe("costs to opportunities", () => {
  test("the k-th closest is the smallest cost whose cumulated opportunities reach k, from both sides", () =>
    holds((territory) => {
      const { matrix, supply, demand } = territory;
      const cost = timeOf(territory);
      const counts = [1, 30, 1000];
      for (const [active, opportunities] of [
        [true, supply],
        [false, demand],
      ] as const) {
        const found = costToClosest(matrix, { cost, opportunities, counts, active });
        for (const [k, column] of found.entries())
          for (const [place, value] of column.entries()) {
            const reached = (limit: number): number =>
              cumulativeCutoff(matrix, {
                limits: { time: { cost, cutoffs: [limit] } },
                opportunities: { it: opportunities },
                active,
              })[0]?.access.it[place] ?? 0;
            if (value === Number.POSITIVE_INFINITY) expect(reached(1e6)).toBeLessThan(counts[k] ?? 0);
            else {
              expect(reached(value)).toBeGreaterThanOrEqual(counts[k] ?? 0);
              if (value > 0) expect(reached(value - 0.5)).toBeLessThan(counts[k] ?? 0);
            }
          }
      }
    }));
  test("the cost to a share of all opportunities, Infinity when that share is out of reach", () => {
    const matrix = travelMatrix(
      { from_id: ["a", "a", "b"], to_id: ["x", "y", "x"], costs: { timeMinutes: floats(3, 8, 4) } },
      { ...outward, originIds: ["a", "b", "c"] },
    );
    const found = costToShare(matrix, {
      cost: matrix.costs["timeMinutes"] ?? floats(),
      opportunities: floats(1, 9),
      shares: [0.1, 0.5],
    });
    expect(found.map((column) => [...column])).toEqual([
      [3, 4, Number.POSITIVE_INFINITY],
      [8, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ]);
    expect(() => costToShare(matrix, { cost: floats(1, 2, 3), opportunities: floats(0, 0), shares: [0.5] })).toThrow(
      /Aucune opportunité/,
    );
    expect(() => costToShare(matrix, { cost: floats(1, 2, 3), opportunities: floats(1, 1), shares: [2] })).toThrow(
      /Part impossible/,
    );
    expect(() => costToClosest(matrix, { cost: floats(1, 2, 3), opportunities: floats(1, 1), counts: [0] })).toThrow(
      /impossible/,
    );
  });
  test("a share that falls on a cumulated sum is reached there, whatever the rounding", () => {
    const ids = ["v", "w", "x", "y", "z"];
    const rows = { from_id: ids.map(() => "a"), to_id: ids, costs: { timeMinutes: floats(1, 2, 3, 4, 5) } };
    const matrix = travelMatrix(rows, outward);
    const input = { cost: rows.costs.timeMinutes, opportunities: new Float64Array(5).fill(0.7) };
    const found = costToShare(matrix, { ...input, shares: [0.2, 0.4, 0.6, 0.8, 1] });
    expect(found.map(([minutes]) => minutes)).toEqual([1, 2, 3, 4, 5]);
  });
  test("balancing cost: strictly more opportunities than people, on the grid or exactly; 0 without people, Infinity when never", () => {
    const matrix = travelMatrix(
      {
        from_id: ["a", "a", "a", "b", "c"],
        to_id: ["x", "y", "z", "x", "x"],
        costs: { timeMinutes: floats(2.5, 7.2, 9, 1, 1) },
      },
      outward,
    );
    const input = {
      cost: matrix.costs["timeMinutes"] ?? floats(),
      opportunities: floats(4, 3, 10),
      demand: floats(4, 0, 4),
    };
    expect([...balancingCost(matrix, input)]).toEqual([8, 0, Number.POSITIVE_INFINITY]);
    expect([...balancingCost(matrix, { ...input, increment: null })]).toEqual([7.2, 0, Number.POSITIVE_INFINITY]);
    expect([...balancingCost(matrix, { ...input, increment: 5 })]).toEqual([10, 0, Number.POSITIVE_INFINITY]);
    expect(() => balancingCost(matrix, { ...input, increment: 0 })).toThrow(/Pas de coût/);
  });
});

describe("a measure explains itself", () => {
  test("the terms add up to the measure, largest first, for every measure and place", () =>
    holds((territory) => {
      const { matrix } = territory;
      const input = inputOf(territory);
      const passive = { weights: input.weights, opportunities: { jobs: territory.demand }, active: false };
      for (const measure of [
        gravity(matrix, input).jobs,
        gravity(matrix, passive).jobs,
        twoStepFloatingCatchment(matrix, input).jobs,
        threeStepFloatingCatchment(matrix, input).jobs,
        balancedFloatingCatchment(matrix, input).jobs,
        spatialAvailability(matrix, { ...input, alpha: 0.5 }).jobs,
        totalConstrained(matrix, input).jobs,
        singlyConstrained(matrix, { ...input, active: false }).jobs,
      ]) {
        const ids = measure.by === "origin" ? matrix.originIds : matrix.destinationIds;
        for (const [place, id] of ids.entries()) {
          const { access, terms, withoutEffect } = explainAccess(measure, id);
          expect(access).toBe(measure.access[place]);
          near(sum(terms.map(({ contribution }) => contribution)), access);
          if (terms.length > 0) near(sum(terms.map(({ share }) => share)), 1);
          expect(terms.every((term, k) => k === 0 || term.contribution <= (terms[k - 1]?.contribution ?? 0))).toBe(
            true,
          );
          for (const { contribution, originFactor, weight, destinationFactor } of terms)
            near(originFactor * weight * destinationFactor, contribution);
          expect(terms.length + withoutEffect).toBe(
            measure.by === "origin" ? matrix.destinationIds.length : matrix.originIds.length,
          );
        }
      }
    }));
  test("the toy in words: A has most of its jobs from the nearer place", () => {
    const { terms } = explainAccess(spatialAvailability(toyMatrix, toy).jobs, "A");
    expect(terms.map(({ id, costs }) => [id, costs["timeMinutes"]])).toEqual([
      ["1", 15],
      ["2", 30],
      ["3", 100],
    ]);
    expect(() => explainAccess(spatialAvailability(toyMatrix, toy).jobs, "Z")).toThrow(/Origine inconnue.*Z/);
  });
});

describe("kernels and columns", () => {
  test("several opportunities in one pass give what each alone gives", () =>
    holds((territory) => {
      const { matrix, supply } = territory;
      const { weights } = inputOf(territory);
      const columns = [supply, supply.map((jobs) => jobs * 2), supply.map((jobs) => Math.sqrt(jobs))];
      const together = sumsByOrigin(matrix, weights, columns);
      for (const [k, column] of columns.entries())
        for (const [i, value] of sumByOrigin(matrix, weights, column).entries())
          near(together[k]?.[i] ?? Number.NaN, value);
      expect(sumsByOrigin(matrix, weights, [])).toEqual([]);
    }));
  test("columns of another matrix, missing or negative ones are refused by name", () => {
    const { weights, demand, opportunities } = toy;
    expect(() => gravity(toyMatrix, { weights: floats(1), opportunities })).toThrow(/weights/);
    expect(() => gravity(toyMatrix, { weights, opportunities: { jobs: floats(1, 2) } })).toThrow(/jobs.*alignLandUse/);
    expect(() => gravity(toyMatrix, { weights, opportunities: { jobs: floats(1, Number.NaN, 2) } })).toThrow(
      /jobs \(destination 2\).*NaN/,
    );
    expect(() => spatialAvailability(toyMatrix, { ...toy, demand: floats(1, -1, 2) })).toThrow(/demand \(origine B\)/);
    expect(() => spatialAvailability(toyMatrix, { ...toy, alpha: -1 })).toThrow(/alpha/);
    expect(() =>
      cumulativeCutoff(toyMatrix, { limits: { time: { cost: floats(1), cutoffs: [3] } }, opportunities }),
    ).toThrow(/autre longueur/);
    expect(() =>
      cumulativeCutoff(toyMatrix, { limits: { time: { cost: weights, cutoffs: [-3] } }, opportunities }),
    ).toThrow(/Seuil/);
    expect(() =>
      cumulativeCutoff(toyMatrix, { limits: { time: { cost: weights, cutoffs: [] } }, opportunities }),
    ).toThrow(/Seuil/);
    expect(() => cumulativeInterval(toyMatrix, { cost: weights, interval: [60, 40], opportunities })).toThrow(
      /Intervalle/,
    );
    expect(() => twoStepFloatingCatchment(toyMatrix, { weights, demand: floats(1), opportunities })).toThrow(/demand/);
    expect(demand.length).toBe(3);
  });
  test("nobody, nothing, no way: zeros and Infinity, never NaN", () => {
    const empty = travelMatrix(
      { from_id: [], to_id: [], costs: { timeMinutes: floats() } },
      { ...outward, originIds: ["a", "b"], destinationIds: ["x"] },
    );
    expect(pairCount(empty)).toBe(0);
    for (const [matrix, demand, jobs] of [
      [empty, floats(5, 5), floats(3)],
      [toyMatrix, floats(0, 0, 0), floats(1, 2, 3)],
      [toyMatrix, floats(1, 2, 3), floats(0, 0, 0)],
    ] as const) {
      const input = { weights: matrix === toyMatrix ? toy.weights : floats(), demand, opportunities: { jobs } };
      const cost = matrix.costs["timeMinutes"] ?? floats();
      for (const column of [
        twoStepFloatingCatchment(matrix, input).jobs.access,
        threeStepFloatingCatchment(matrix, input).jobs.access,
        balancedFloatingCatchment(matrix, input).jobs.access,
        spatialAvailability(matrix, input).jobs.access,
        totalConstrained(matrix, input).jobs.access,
        singlyConstrained(matrix, { ...input, active: false }).jobs.access,
        ...costToClosest(matrix, { cost, opportunities: jobs, counts: [1] }),
        balancingCost(matrix, { cost, opportunities: jobs, demand }),
        cumulativeInterval(matrix, { cost, interval: [10, 20], opportunities: { jobs } }).jobs,
      ])
        expect([...column].some(Number.isNaN)).toBe(false);
    }
  });
  test("doubly constrained refuses what no flow can meet", () => {
    const input = { ...toy, opportunities: toy.opportunities.jobs };
    expect(() => doublyConstrained(toyMatrix, { ...input, opportunities: floats(1, 1, 1) })).toThrow(
      /Totaux différents/,
    );
    const closed = toy.weights.map((weight, pair) => (pair >= 6 ? 0 : weight));
    expect(() => doublyConstrained(toyMatrix, { ...input, weights: closed })).toThrow(
      /Origines sans aucun trajet possible \(1\).*C/,
    );
    const noArrival = toy.weights.map((weight, pair) => (pair % 3 === 2 ? 0 : weight));
    expect(() => doublyConstrained(toyMatrix, { ...input, weights: noArrival })).toThrow(
      /Destinations sans aucun trajet possible \(1\).*3/,
    );
    const apart = toy.weights.map((_, pair) => (pair % 4 === 0 ? 1 : 0));
    expect(() => doublyConstrained(toyMatrix, { ...input, weights: apart, maxIterations: 50 })).toThrow(
      /Marges non atteintes après 50/,
    );
    expect(
      doublyConstrained(toyMatrix, { ...input, demand: floats(0, 0, 0), opportunities: floats(0, 0, 0) }).flows,
    ).toEqual(new Float64Array(9));
  });
});
