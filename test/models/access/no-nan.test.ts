import fc from "fast-check";
import { expect, test } from "vitest";
import { balancedFloatingCatchment } from "../../../src/models/access/balanced-floating-catchment.ts";
import { balancingCost } from "../../../src/models/access/balancing-cost.ts";
import { catchmentRatio } from "../../../src/models/access/catchment-ratio.ts";
import { concentrationIndex } from "../../../src/models/access/concentration-index.ts";
import { costToClosest, costToShare } from "../../../src/models/access/cost-to-closest.ts";
import { cumulativeCutoff } from "../../../src/models/access/cumulative-cutoff.ts";
import { cumulativeInterval } from "../../../src/models/access/cumulative-interval.ts";
import {
  binaryDecay,
  type Decay,
  decayWeights,
  exponentialDecay,
  linearDecay,
} from "../../../src/models/access/decay.ts";
import { explainAccess } from "../../../src/models/access/explain-access.ts";
import { explainCosts } from "../../../src/models/access/explain-costs.ts";
import { fgtPoverty } from "../../../src/models/access/fgt-poverty.ts";
import { twoStepFloatingCatchment } from "../../../src/models/access/floating-catchment.ts";
import { giniIndex } from "../../../src/models/access/gini-index.ts";
import { gravity } from "../../../src/models/access/gravity.ts";
import { palmaRatio } from "../../../src/models/access/palma-ratio.ts";
import { raamEquilibrium } from "../../../src/models/access/raam-equilibrium.ts";
import { raamScheme } from "../../../src/models/access/raam-scheme.ts";
import { singlyConstrained } from "../../../src/models/access/singly-constrained.ts";
import { spatialAvailability } from "../../../src/models/access/spatial-availability.ts";
import { theilByGroup, theilT } from "../../../src/models/access/theil-t.ts";
import { threeStepFloatingCatchment } from "../../../src/models/access/three-step-floating-catchment.ts";
import { totalConstrained } from "../../../src/models/access/total-constrained.ts";
import { type TravelMatrix, travelMatrix } from "../../../src/models/access/travel-matrix.ts";

/** Whatever is numeric in an answer, however deep. */
function* numbersIn(value: unknown): Generator<number> {
  if (typeof value === "number") yield value;
  else if (ArrayBuffer.isView(value)) yield* value as unknown as Iterable<number>;
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) yield* numbersIn(part);
}

interface Case {
  readonly matrix: TravelMatrix;
  readonly demand: Float64Array;
  readonly supply: Float64Array;
}

const decays: readonly Decay[] = [binaryDecay(30), exponentialDecay(0.1), linearDecay(45)];

/** Every measure of every kind on one territory; those that refuse it (nobody, nothing) say so rather than answer. */
function everyMeasure({ matrix, demand, supply }: Case): Record<string, () => unknown> {
  const cost = matrix.costs["timeMinutes"] as Float64Array;
  const opportunities = { supply };
  const income = Float64Array.from(demand, (_, i) => 100 * (i % 3));
  const made: Record<string, () => unknown> = {
    cumulative: () => cumulativeCutoff(matrix, { limits: { cost: { cost, cutoffs: [0, 30, 60] } }, opportunities }),
    passive: () =>
      cumulativeCutoff(matrix, { limits: { cost: { cost, cutoffs: [30] } }, opportunities: { demand }, active: false }),
    interval: () => cumulativeInterval(matrix, { cost, interval: [20, 40], opportunities }),
    closest: () => costToClosest(matrix, { cost, opportunities: supply, counts: [1, 3] }),
    "closest, passive": () => costToClosest(matrix, { cost, opportunities: demand, counts: [1], active: false }),
    share: () => costToShare(matrix, { cost, opportunities: supply, shares: [0.1, 1] }),
    balancing: () => balancingCost(matrix, { cost, opportunities: supply, demand }),
    steps: () => matrix.originIds.map((id) => explainCosts(matrix, { cost, opportunities: supply, id })),
    raam: () => raamScheme(matrix, { cost, demand, opportunities: supply, cycles: 25 }),
    equilibrium: () => raamEquilibrium(matrix, { cost, demand, opportunities: supply }),
  };
  for (const decay of decays) {
    const weights = decayWeights(cost, decay);
    const input = { weights, demand, opportunities };
    const measures = {
      gravity: () => gravity(matrix, input),
      "2SFCA": () => twoStepFloatingCatchment(matrix, input),
      "3SFCA": () => threeStepFloatingCatchment(matrix, input),
      "3SFCA, listed": () => threeStepFloatingCatchment(matrix, { ...input, choices: "listed" }),
      BFCA: () => balancedFloatingCatchment(matrix, input),
      ratio: () => catchmentRatio(matrix, { ...input, neighbours: { matrix, weights, demand: supply } }),
      availability: () => spatialAvailability(matrix, input),
      "availability, alpha 0": () => spatialAvailability(matrix, { ...input, alpha: 0 }),
      total: () => totalConstrained(matrix, input),
      singly: () => singlyConstrained(matrix, input),
      "singly, passive": () => singlyConstrained(matrix, { ...input, active: false }),
    };
    for (const [name, measure] of Object.entries(measures)) {
      made[`${name}, ${decay.label}`] = () => {
        const { supply: result } = measure();
        const { access, matrix: own, by } = result;
        return [
          access,
          ...(by === "origin" ? own.originIds : own.destinationIds).map((id) => explainAccess(result, id)),
        ];
      };
      made[`inequality of ${name}, ${decay.label}`] = () => {
        const { access } = measure().supply;
        if (access.length !== demand.length) return [];
        return [
          giniIndex(access, demand),
          palmaRatio(access, { population: demand, income }),
          concentrationIndex(access, { population: demand, income }),
          theilT(access, demand),
          theilByGroup(
            access,
            demand,
            Array.from(demand, (_, i) => `g${i % 2}`),
          ),
          fgtPoverty(access, demand, 5),
        ];
      };
    }
  }
  return made;
}

const cost = fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(Number.POSITIVE_INFINITY));
const territory = fc
  .record({
    origins: fc.integer({ min: 1, max: 5 }),
    destinations: fc.integer({ min: 1, max: 5 }),
    pairs: fc.array(fc.tuple(fc.nat(4), fc.nat(4), cost), { maxLength: 25 }),
    people: fc.array(fc.oneof(fc.constant(0), fc.nat(50)), { minLength: 5, maxLength: 5 }),
    posts: fc.array(fc.oneof(fc.constant(0), fc.nat(50)), { minLength: 5, maxLength: 5 }),
  })
  .map(({ origins, destinations, pairs, people, posts }): Case => {
    const ids = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, k) => `${prefix}${k}`);
    const inside = pairs.filter(([i, j]) => i < origins && j < destinations);
    const once = [...new Map(inside.map((pair) => [`${pair[0]} ${pair[1]}`, pair])).values()];
    const matrix = travelMatrix(
      {
        from_id: once.map(([i]) => `o${i}`),
        to_id: once.map(([, j]) => `d${j}`),
        costs: { timeMinutes: Float64Array.from(once, ([, , minutes]) => minutes) },
      },
      { direction: "outward", originIds: ids("o", origins), destinationIds: ids("d", destinations) },
    );
    return {
      matrix,
      demand: Float64Array.from(people.slice(0, origins)),
      supply: Float64Array.from(posts.slice(0, destinations)),
    };
  });

const places = { direction: "outward", originIds: ["o0", "o1"], destinationIds: ["d0", "d1"] } as const;
const pair = (minutes: number): TravelMatrix =>
  travelMatrix({ from_id: ["o0"], to_id: ["d1"], costs: { timeMinutes: Float64Array.of(minutes) } }, places);
const none = Float64Array.of(0, 0);
const some = Float64Array.of(3, 5);

test("no measure, no explanation and no inequality gives NaN, whatever is empty, out of reach or alone", () => {
  let [answers, refusals] = [0, 0];
  fc.assert(
    fc.property(territory, (one) => {
      for (const [name, measure] of Object.entries(everyMeasure(one))) {
        let result: unknown;
        try {
          result = measure();
          answers++;
        } catch (error) {
          expect((error as Error).name, `${name} : ${error}`).toBe("QuartiersError");
          refusals++;
          continue;
        }
        for (const value of numbersIn(result)) expect(value, name).not.toBeNaN();
      }
    }),
    {
      numRuns: 150,
      examples: [
        [{ matrix: pair(10), demand: some, supply: none }],
        [{ matrix: pair(10), demand: none, supply: some }],
        [{ matrix: pair(10), demand: none, supply: none }],
        [{ matrix: pair(Number.POSITIVE_INFINITY), demand: some, supply: some }],
        [{ matrix: pair(0), demand: some, supply: some }],
      ],
    },
  );
  expect(answers).toBeGreaterThan(5 * refusals);
});
