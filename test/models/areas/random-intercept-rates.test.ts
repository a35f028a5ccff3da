import { describe, expect, test } from "vitest";
import { binomial, normal, seededRandom } from "../../../src/codes/random.ts";
import { areaIntervals } from "../../../src/models/areas/area-draws.ts";
import { randomInterceptLogit } from "../../../src/models/areas/random-intercept-logit.ts";
import { randomInterceptDraws, randomInterceptRates } from "../../../src/models/areas/random-intercept-rates.ts";
import { rankAreas } from "../../../src/models/areas/rank-intervals.ts";
import { expectNear } from "../../reference/reference.ts";

/** 30 areas of two profiles, the last two without a sample. */
function planted(seed: number, deviation: number) {
  const random = seededRandom(seed);
  const areas = 30;
  const effects = Float64Array.from({ length: areas }, () => deviation * normal(random));
  const area = Int32Array.from({ length: 2 * areas }, (_, cell) => cell >> 1);
  const old = Float64Array.from(area, (_, cell) => cell % 2);
  const chance = old.map((value, cell) => 1 / (1 + Math.exp(0.5 - 0.9 * value - effects[area[cell]])));
  const trials = Float64Array.from(area, (own) => (own < 28 ? 5 + ((own * 5) % 20) : 0));
  const successes = trials.map((n, cell) => binomial(random, n, chance[cell]));
  const persons = Float64Array.from(area, (own, cell) => 100 + 10 * own + 40 * (cell % 2));
  const truth = Float64Array.from({ length: areas }, (_, own) => {
    const [young, aged] = [2 * own, 2 * own + 1];
    return (persons[young] * chance[young] + persons[aged] * chance[aged]) / (persons[young] + persons[aged]);
  });
  const covariates = { old };
  return { sample: { successes, trials, area, covariates, areas }, target: { area, persons, covariates }, truth };
}

test("rates integrate the effect: a fine sum over it agrees, sampled or not", () => {
  const { sample, target } = planted(5, 0.8);
  const fit = randomInterceptLogit(sample, { nodes: 30 });
  const rates = randomInterceptRates(fit, target);
  for (const own of [0, 13, 29]) {
    let [sum, rate] = [0, 0];
    for (let u = -8; u <= 8; u += 0.01) {
      let log = -(u * u) / 2;
      let [here, total] = [0, 0];
      for (const cell of [2 * own, 2 * own + 1]) {
        const logit = fit.coefficients[0] + fit.coefficients[1] * (cell % 2) + fit.deviation * u;
        log += sample.successes[cell] * logit - sample.trials[cell] * Math.log1p(Math.exp(logit));
        here += target.persons[cell] / (1 + Math.exp(-logit));
        total += target.persons[cell];
      }
      sum += Math.exp(log);
      rate += (Math.exp(log) * here) / total;
    }
    expectNear(rates[own], rate / sum, 1e-7);
  }
});

test("planted take-up: 90 % intervals of the draws hold the truth in 85 to 95 % of cases, and the rates beat the direct ones", () => {
  let [inside, model, direct, none] = [0, 0, 0, 0];
  const repetitions = 30;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const { sample, target, truth } = planted(100 + repetition, 0.6);
    const fit = randomInterceptLogit(sample, { nodes: 5 });
    if (fit.status === "zero-variance") none++;
    const rates = randomInterceptRates(fit, target);
    const { low, high } = areaIntervals(randomInterceptDraws(fit, target, { seed: repetition, draws: 200 }));
    truth.forEach((value, own) => {
      if (low[own] <= value && value <= high[own]) inside++;
      if (own >= 28) return;
      const own2 = 2 * own;
      const plain =
        (sample.successes[own2] + sample.successes[own2 + 1]) / (sample.trials[own2] + sample.trials[own2 + 1]);
      model += (rates[own] - value) ** 2;
      direct += (plain - value) ** 2;
    });
  }
  expect(inside / (30 * repetitions)).toBeGreaterThan(0.85);
  expect(inside / (30 * repetitions)).toBeLessThan(0.95);
  expect(model).toBeLessThan(0.8 * direct);
  expect(none).toBeLessThan(3);
});

test("draws of a variance of 0 are not all equal, same seed same draws, and they give ranks", () => {
  const sample = {
    successes: Float64Array.of(5, 10, 20, 4),
    trials: Float64Array.of(20, 40, 80, 16),
    area: Int32Array.of(0, 1, 2, 3),
    areas: 4,
  };
  const fit = randomInterceptLogit(sample);
  expect(fit.status).toBe("zero-variance");
  const target = { area: sample.area, persons: Float64Array.of(10, 10, 10, 10) };
  const draws = randomInterceptDraws(fit, target, { seed: 1, draws: 300 });
  expect(draws.values).toEqual(randomInterceptDraws(fit, target, { seed: 1, draws: 300 }).values);
  const { standardDeviation } = areaIntervals(draws);
  expect(standardDeviation[0]).toBeGreaterThan(standardDeviation[2]);
  const { probabilityHighest } = rankAreas(draws, { share: 0.25 });
  expectNear(
    probabilityHighest.reduce((sum, p) => sum + p, 0),
    1,
    1e-9,
  );
  expect(Math.max(...probabilityHighest)).toBeLessThan(0.6);
});

describe("bad input is refused with a reason", () => {
  const { sample, target } = planted(3, 0.8);
  const fit = randomInterceptLogit(sample, { nodes: 1 });
  test.each([
    ["another covariate", { ...target, covariates: { young: target.covariates.old } }, "comme l'échantillon"],
    ["an empty area", { ...target, persons: target.persons.map((n, cell) => (cell < 2 ? 0 : n)) }, "territoire 1"],
    [
      "missing persons",
      { ...target, persons: target.persons.map((n, cell) => (cell === 4 ? Number.NaN : n)) },
      "cellule 5",
    ],
    ["an unknown area", { ...target, area: target.area.map((own) => own + 1) }, "cellule 59"],
  ])("%s", (_, bad, reason) => {
    expect(() => randomInterceptRates(fit, bad)).toThrow(reason);
    expect(() => randomInterceptDraws(fit, bad, { seed: 1 })).toThrow(reason);
  });
});
