import { describe, expect, test } from "vitest";
import { costToClosest } from "../../../src/models/access/cost-to-closest.ts";
import { cumulativeCutoff } from "../../../src/models/access/cumulative-cutoff.ts";
import { explainCosts, explainRaam } from "../../../src/models/access/explain-costs.ts";
import { raamEquilibrium } from "../../../src/models/access/raam-equilibrium.ts";
import { inventedTerritory, prepare } from "../../support/access-measures.ts";

describe.each(["sparse", "dense"] as const)("from one origin of a %s matrix", (storage) => {
  const { matrix, jobs, population } = prepare(inventedTerritory(), storage);
  const cost = matrix.costs["timeMinutes"] as Float64Array;

  test("the steps give the cumulative measure at every cost, and the cost to the k-th closest", () => {
    for (const [origin, id] of matrix.originIds.entries()) {
      const steps = explainCosts(matrix, { cost, opportunities: jobs, id });
      const cutoffs = [...new Set(steps.map((step) => step.cost))];
      expect(cutoffs).toEqual(cutoffs.toSorted((a, b) => a - b));
      if (cutoffs.length === 0) continue;
      const found = cumulativeCutoff(matrix, { limits: { time: { cost, cutoffs } }, opportunities: { jobs } });
      for (const { cost: at, within } of steps)
        expect(within).toBe(found.find(({ cutoffs: limit }) => limit["time"] === at)?.access.jobs[origin]);
      const closest = costToClosest(matrix, { cost, opportunities: jobs, counts: [500] })[0]?.[origin];
      expect(closest).toBe(steps.find(({ within }) => within >= 500)?.cost ?? Number.POSITIVE_INFINITY);
    }
    expect(explainCosts(matrix, { cost, opportunities: jobs, id: "p39" })).toEqual([]);
    expect(() => explainCosts(matrix, { cost, opportunities: jobs, id: "nowhere" })).toThrow(/Origine inconnue/);
  });

  test("at equilibrium, all the places that an origin uses cost the same, and its people are all somewhere", () => {
    const raam = raamEquilibrium(matrix, { cost, demand: population, opportunities: jobs });
    for (const [origin, id] of matrix.originIds.entries()) {
      const steps = explainRaam(matrix, raam, { cost, id });
      const placed = steps.reduce((total, { people }) => total + people, 0);
      expect(placed).toBeCloseTo(id === "p39" ? 0 : (population[origin] ?? 0), 6);
      for (const { total, travel, crowding } of steps) {
        expect(total).toBe(travel + crowding);
        expect(total).toBeCloseTo(raam.access[origin] ?? Number.NaN, 8);
      }
    }
    expect(() => explainRaam(matrix, raam, { cost: new Float64Array(2), id: "p00" })).toThrow(/autre matrice/);
  });
});
