import { describe, expect, test } from "vitest";
import { binomial, normal, seededRandom } from "../../../src/codes/random.ts";
import { empiricalBayesProportions } from "../../../src/models/areas/empirical-bayes-proportions.ts";
import { expectNear, reference } from "../../reference/reference.ts";

type Name = "trials" | "successes" | "estimates" | "posteriorVariance" | "mse" | "low" | "high";
const { proportions } = reference<{
  readonly proportions: Readonly<Record<Name, readonly number[]>> & {
    readonly mean: number;
    readonly theta: number;
    readonly logLikelihood: number;
  };
}>("small-areas");

test("the beta-binomial model written out in R", () => {
  const fit = empiricalBayesProportions({
    successes: Float64Array.from(proportions.successes),
    trials: Float64Array.from(proportions.trials),
  });
  expectNear(fit.mean, proportions.mean, 1e-8);
  expectNear(fit.dispersion, proportions.theta, 1e-8);
  expectNear(fit.logLikelihood, proportions.logLikelihood, 1e-10);
  proportions.trials.forEach((_, area) => {
    for (const name of ["estimates", "posteriorVariance", "mse", "low", "high"] as const)
      expectNear(fit[name][area], proportions[name][area] ?? Number.NaN, 1e-6, `${name} ${area}`);
  });
});

test("proportions closer than chance: a variance of 0, said; errors stay above 0", () => {
  const fit = empiricalBayesProportions({
    successes: Float64Array.of(5, 10, 20, 0),
    trials: Float64Array.of(10, 20, 40, 0),
  });
  expect(fit.status).toBe("zero-variance");
  expect(fit.warning).not.toBe("");
  for (const estimate of fit.estimates) expectNear(estimate, 0.5, 1e-12);
  for (const error of fit.mse) expectNear(error, 0.25 / 70, 1e-12);
  expect(fit.low.every((low, area) => low < 0.5 && 0.5 < fit.high[area])).toBe(true);
});

test("large areas keep their proportion, small ones go to the mean; nobody asked: the mean, with the widest interval", () => {
  const fit = empiricalBayesProportions({
    successes: Float64Array.of(2, 2000, 300, 70, 1, 0),
    trials: Float64Array.of(2, 10_000, 1000, 100, 2, 0),
  });
  expectNear(fit.estimates[1], 0.2, 1e-3);
  expect(fit.estimates[0]).toBeLessThan(0.8);
  expect(fit.estimates[0]).toBeGreaterThan(fit.mean);
  expectNear(fit.estimates[5], fit.mean, 1e-15);
  expect(fit.mse[5]).toBe(Math.max(...fit.mse));
});

test("planted proportions, which no beta law made: 90 % intervals hold the truth in 86 to 94 % of cases", () => {
  const random = seededRandom(12);
  let inside = 0;
  const repetitions = 150;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const truth = Float64Array.from({ length: 40 }, () => 1 / (1 + Math.exp(0.4 - 0.6 * normal(random))));
    const trials = truth.map((_, area) => (area < 38 ? 4 + ((area * 7) % 60) : 0));
    const successes = truth.map((p, area) => binomial(random, trials[area], p));
    const { low, high } = empiricalBayesProportions({ successes, trials });
    truth.forEach((p, area) => {
      if (low[area] <= p && p <= high[area]) inside++;
    });
  }
  expect(inside / (40 * repetitions)).toBeGreaterThan(0.86);
  expect(inside / (40 * repetitions)).toBeLessThan(0.94);
});

describe("bad input is refused with a reason", () => {
  test.each([
    ["more successes than trials", [3, 1], [2, 5], "territoire 1"],
    ["a missing count", [1, Number.NaN], [2, 5], "territoire 2"],
    ["a part of a person", [1, 0.5], [2, 5], "territoire 2"],
    ["nobody", [0, 0], [2, 5], "Personne"],
    ["everybody", [2, 5], [2, 5], "Personne"],
    ["one area", [1, 0], [2, 0], "Trop peu"],
    ["one person an area", [1, 0, 1], [1, 1, 1], "Trop peu"],
    ["unanimous areas", [4, 0, 3], [4, 5, 3], "unanime"],
    ["a short column", [1], [2, 3], "Chaque territoire"],
  ])("%s", (_, successes, trials, reason) => {
    const input = { successes: Float64Array.from(successes), trials: Float64Array.from(trials) };
    expect(() => empiricalBayesProportions(input)).toThrow(reason);
  });
});
