import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { benchmarkByDifference, benchmarkByRatio } from "../../../src/models/areas/benchmarking.ts";
import { rankAreas } from "../../../src/models/areas/rank-intervals.ts";
import { expectNear } from "../../reference/reference.ts";

const random = seededRandom(4);
const column = (low: number, high: number): Float64Array =>
  Float64Array.from({ length: 60 }, () => low + (high - low) * random());
const input = {
  estimates: column(0.1, 0.6),
  weights: column(500, 9000).map(Math.round),
  groups: Int32Array.from({ length: 60 }, (_, area) => area % 4),
  totals: Float64Array.of(20_000, 31_000, 18_500.5, 25_000),
};
const mse = column(0.0001, 0.01);

describe("benchmarking to published totals", () => {
  test.each([
    ["ratio", benchmarkByRatio(input)],
    ["difference", benchmarkByDifference({ ...input, mse })],
    ["difference, equally sure", benchmarkByDifference(input)],
  ])("%s: every total holds to 1e-9", (_, { estimates, adjustments }) => {
    const sums = new Float64Array(4);
    estimates.forEach((value, area) => {
      sums[area % 4] += value * input.weights[area];
      expectNear(value - input.estimates[area], adjustments[area], 1e-12);
    });
    sums.forEach((sum, group) => {
      expectNear(sum / input.totals[group], 1, 1e-12);
    });
  });
  test("ratios keep the shape, differences are the least move in the metric of the errors", () => {
    const { estimates, ratios } = benchmarkByRatio(input);
    expectNear(estimates[5] / input.estimates[5], ratios[1], 1e-12);
    const { adjustments } = benchmarkByDifference({ ...input, mse });
    const price = (moves: Float64Array): number => moves.reduce((sum, move, area) => sum + move ** 2 / mse[area], 0);
    // Any other move that keeps the totals costs more: shift between two areas of a group.
    for (const step of [1e-3, -1e-3]) {
      const other = adjustments.map((move, area) =>
        area === 0 ? move + step / input.weights[0] : area === 4 ? move - step / input.weights[4] : move,
      );
      expect(price(other)).toBeGreaterThan(price(adjustments));
    }
  });
  test("a sure area does not move; totals already held move nothing", () => {
    const sure = mse.map((value, area) => (area === 9 ? 0 : value));
    expect(benchmarkByDifference({ ...input, mse: sure }).adjustments[9]).toBe(0);
    const held = { estimates: Float64Array.of(1, 2), weights: Float64Array.of(1, 1), totals: Float64Array.of(3) };
    expect(benchmarkByDifference(held).estimates).toEqual(held.estimates);
  });
  test.each([
    [
      "a missing estimate",
      { ...input, estimates: input.estimates.map((v, i) => (i === 2 ? Number.NaN : v)) },
      "territoire 3",
    ],
    ["a negative weight", { ...input, weights: input.weights.map((v, i) => (i === 0 ? -1 : v)) }, "territoire 1"],
    ["a group without total", { ...input, totals: Float64Array.of(1, 2) }, "Groupe"],
    ["a missing total", { ...input, totals: Float64Array.of(1, 2, 3, Number.NaN) }, "groupe 3"],
    ["a short column", { ...input, weights: new Float64Array(2) }, "60"],
  ])("%s is refused", (_, bad, reason) => {
    expect(() => benchmarkByRatio(bad)).toThrow(reason);
    expect(() => benchmarkByDifference(bad)).toThrow(reason);
  });
  test("what cannot be accorded is said", () => {
    const none = { estimates: Float64Array.of(0, 0), weights: Float64Array.of(1, 1), totals: Float64Array.of(3) };
    expect(() => benchmarkByRatio(none)).toThrow("par différence");
    expect(() => benchmarkByRatio({ ...none, estimates: Float64Array.of(-1, -1) })).toThrow("signe");
    expect(() => benchmarkByDifference({ ...none, mse: Float64Array.of(0, 0) })).toThrow("Aucun territoire");
    expect(() => benchmarkByDifference({ ...none, mse: Float64Array.of(1, Number.NaN) })).toThrow("territoire 2");
  });
});

describe("ranks from draws", () => {
  test("known draws: certain order, ties, places shared", () => {
    const certain = rankAreas(
      { areas: 3, draws: 4, values: Float64Array.from([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]) },
      { share: 1 / 3 },
    );
    expect([...certain.rankLow, ...certain.rankHigh]).toEqual([3, 2, 1, 3, 2, 1]);
    expect([...certain.order]).toEqual([2, 1, 0]);
    expect(certain.shareOfPairsOrdered).toBe(1);
    const equal = rankAreas({ areas: 4, draws: 2, values: new Float64Array(8).fill(7) }, { share: 0.25 });
    expect([...equal.probabilityHighest]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect([...equal.meanRank]).toEqual([2.5, 2.5, 2.5, 2.5]);
    expect([...equal.rankLow, ...equal.rankHigh]).toEqual([1, 1, 1, 1, 4, 4, 4, 4]);
    expect(equal.shareOfPairsOrdered).toBe(0);
  });
  test("the order follows the probability, not the mean of the draws", () => {
    // Area 0 is often just under the limit and once far above it: a higher mean, a lower probability.
    const values = Array.from({ length: 10 }, (_, draw) => [draw === 0 ? 1000 : 4, 5, 1]).flat();
    const { order, probabilityHighest } = rankAreas(
      { areas: 3, draws: 10, values: Float64Array.from(values) },
      { share: 0.3 },
    );
    expect([...order]).toEqual([1, 0, 2]);
    expectNear(probabilityHighest[1], 0.9, 1e-12);
  });
  test("probabilities add up to the places; intervals hold the true rank of planted areas", () => {
    const truth = Float64Array.from({ length: 30 }, (_, area) => area / 10);
    let inside = 0;
    for (let repetition = 0; repetition < 60; repetition++) {
      const seen = truth.map((value) => value + (random() + random() + random() - 1.5));
      const draws = 400;
      const values = Float64Array.from(
        { length: draws * 30 },
        (_, index) => seen[index % 30] + (random() + random() + random() - 1.5),
      );
      const ranks = rankAreas({ areas: 30, draws, values }, { share: 0.1 });
      expectNear(
        ranks.probabilityHighest.reduce((sum, p) => sum + p, 0),
        3,
        1e-9,
      );
      for (let area = 0; area < 30; area++)
        if (ranks.rankLow[area] <= 30 - area && 30 - area <= ranks.rankHigh[area]) inside++;
    }
    expect(inside / 1800).toBeGreaterThan(0.84);
  });
  test.each([
    ["one area", { areas: 1, draws: 1, values: Float64Array.of(1) }, {}, "deux territoires"],
    ["a missing draw", { areas: 2, draws: 1, values: Float64Array.of(1, Number.NaN) }, {}, "tirage manque"],
    ["a share of 0", { areas: 2, draws: 1, values: Float64Array.of(1, 2) }, { share: 0 }, "Part"],
  ])("%s is refused", (_, draws, options, reason) => {
    expect(() => rankAreas(draws, options)).toThrow(reason);
  });
});
