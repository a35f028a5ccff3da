import { describe, expect, test } from "vitest";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { totals } from "../../../src/models/survey/estimates.ts";
import { expectRelative } from "../../reference/reference.ts";

/** Every way to choose k of the numbers from 0 to n - 1. */
function choices(n: number, k: number): number[][] {
  if (k === 0) return [[]];
  return Array.from({ length: n }, (_, last) => choices(last, k - 1).map((rest) => [...rest, last])).flat();
}

/** Every way to take one of each list. */
const combinations = <T>(lists: readonly (readonly T[])[]): T[][] =>
  lists.reduce<T[][]>((found, list) => found.flatMap((row) => list.map((one) => [...row, one])), [[]]);

/** Mean and variance of the estimated total over every sample, and the mean of its estimated variances. */
function overSamples(samples: readonly { readonly design: SurveyDesign; readonly y: Float64Array }[]) {
  const found = samples.map(({ design, y }) => totals(design, y)[0]);
  const mean = found.reduce((sum, { estimate }) => sum + estimate, 0) / found.length;
  const variance = found.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0) / found.length;
  const estimated = found.reduce((sum, { standardError }) => sum + standardError ** 2, 0) / found.length;
  return { mean, variance, estimated };
}

describe("over every sample that could be drawn from a small population, the estimated variance is right on average", () => {
  test("two strata without replacement", () => {
    const population = [
      [3, 7, 8, 20, 1],
      [100, 140, 90, 95],
    ];
    const taken = [2, 3];
    const strata = population.map((values, h) =>
      choices(values.length, taken[h]).map((picks) => picks.map((i) => ({ h, y: values[i] }))),
    );
    const samples = combinations(strata).map((parts) => {
      const rows = parts.flat();
      const weights = Float64Array.from(rows, ({ h }) => population[h].length / taken[h]);
      const populationUnits = Float64Array.from(rows, ({ h }) => population[h].length);
      return {
        design: surveyDesign({ weights, strata: rows.map(({ h }) => `${h}`), populationUnits }),
        y: Float64Array.from(rows, ({ y }) => y),
      };
    });
    const { mean, variance, estimated } = overSamples(samples);
    expect(samples.length).toBe(40);
    expectRelative(mean, 3 + 7 + 8 + 20 + 1 + 100 + 140 + 90 + 95, 1e-12);
    expectRelative(estimated, variance, 1e-12);
  });

  test("two stages without replacement; the ultimate cluster alone is too small by what is seen below", () => {
    const population = [
      [3, 7, 8],
      [20, 31, 1, 4],
      [5, 5, 90],
      [12, 0, 44, 8],
    ];
    const draw = (ultimateCluster: boolean) =>
      choices(4, 2).flatMap((clusters) => {
        // Samples within clusters are more numerous in larger ones: each pair of clusters stands for as many samples of its own.
        const within = clusters.map((c) =>
          choices(population[c].length, 2).map((picks) => picks.map((i) => ({ c, y: population[c][i] }))),
        );
        return [
          combinations(within).map((parts) => {
            const rows = parts.flat();
            const weights = Float64Array.from(rows, ({ c }) => (4 / 2) * (population[c].length / 2));
            const design = surveyDesign({
              weights,
              clusters: rows.map(({ c }) => `${c}`),
              populationUnits: new Float64Array(4).fill(4),
              lowerStages: [{ populationUnits: Float64Array.from(rows, ({ c }) => population[c].length) }],
              ultimateCluster,
            });
            return { design, y: Float64Array.from(rows, ({ y }) => y) };
          }),
        ];
      });
    /** Every pair of clusters is as likely, then every sample within it. */
    const expectation = (ultimateCluster: boolean) => {
      const pairs = draw(ultimateCluster).map((samples) => overSamples(samples));
      const mean = pairs.reduce((sum, pair) => sum + pair.mean, 0) / pairs.length;
      const variance = pairs.reduce((sum, pair) => sum + pair.variance + (pair.mean - mean) ** 2, 0) / pairs.length;
      const estimated = pairs.reduce((sum, pair) => sum + pair.estimated, 0) / pairs.length;
      return { mean, variance, estimated };
    };
    const whole = expectation(false);
    expectRelative(
      whole.mean,
      population.flat().reduce((a, b) => a + b, 0),
      1e-12,
    );
    expectRelative(whole.estimated, whole.variance, 1e-12);
    expect(expectation(true).estimated).toBeLessThan(whole.variance);
  });
});
