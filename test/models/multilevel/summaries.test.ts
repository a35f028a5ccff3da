import { describe, expect, test } from "vitest";
import { effectiveCounts } from "../../../src/models/multilevel/effective-counts.ts";
import { intraclassCorrelation } from "../../../src/models/multilevel/intraclass-correlation.ts";
import { leaveAreasOut } from "../../../src/models/multilevel/leave-areas-out.ts";
import { medianOddsRatio } from "../../../src/models/multilevel/median-odds-ratio.ts";
import { mixedLogit } from "../../../src/models/multilevel/mixed-logit.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { expectNear } from "../../reference/reference.ts";
import { inventedRegion } from "./invented-region.ts";
import { coded } from "./reference-sets.ts";

describe("how much the levels of a group differ", () => {
  test("shares of the latent variance, π²/3 being chance's", () => {
    const [area = 0, age = 0] = intraclassCorrelation([1, 0.5]);
    expectNear(area, 1 / (1.25 + Math.PI ** 2 / 3), 1e-15);
    expectNear(age, area / 4, 1e-15);
    expect(intraclassCorrelation([0])).toEqual([0]);
  });

  test("median odds ratio: exp(0.954 deviation), by the law of two levels drawn at random", () => {
    expectNear(Math.log(medianOddsRatio(1)), 0.9538725524, 1e-9);
    expect(medianOddsRatio(0)).toBe(1);
  });
});

describe("counts of a weighted survey", () => {
  test("equal weights count persons; unequal ones count the effective number, at the weighted rate", () => {
    const answers = Float64Array.of(1, 0, 1, 1);
    const unit = Int32Array.of(0, 0, 0, 1);
    const equal = effectiveCounts({ answers, weights: new Float64Array(4).fill(800), unit });
    expect([...equal.trials]).toEqual([1, 1, 1, 1]);
    expect(equal.successes).toEqual(answers);
    const { successes, trials } = effectiveCounts({ answers, weights: Float64Array.of(1, 2, 3, 5), unit });
    const sum = (values: Float64Array): number => values.subarray(0, 3).reduce((total, value) => total + value, 0);
    expectNear(sum(trials), 36 / 14, 1e-14);
    expectNear(sum(successes) / sum(trials), 4 / 6, 1e-14);
    expect(trials[3]).toBe(1);
    const halved = effectiveCounts({ answers, weights: Float64Array.of(1, 2, 3, 5), unit, designEffect: 2 });
    expect([...halved.trials]).toEqual([...trials].map((count) => count / 2));
    expect([...effectiveCounts({ answers, weights: Float64Array.of(0, 2, 2, 5), unit }).trials]).toEqual([0, 1, 1, 1]);
  });

  test("a mixed logit takes them when told, with the likelihood of the effective number", () => {
    const { sample } = inventedRegion({ seed: 5, areas: 12 });
    const trials = sample.trials ?? new Float64Array(0);
    const half = { ...sample, successes: sample.successes.map((y) => y / 2), trials: trials.map((n) => n / 2) };
    expect(() => mixedLogit(half)).toThrow('counts: "weighted"');
    const [whole, weighted] = [mixedLogit(sample), mixedLogit(half, { counts: "weighted" })];
    expect(weighted.persons).toBe(whole.persons / 2);
    expect(Math.sqrt(weighted.covariance[0])).toBeGreaterThan(1.05 * Math.sqrt(whole.covariance[0]));
  });

  test("missing answers and weights are refused with their row", () => {
    const ok = { answers: Float64Array.of(1, 0), weights: Float64Array.of(1, 1), unit: Int32Array.of(0, 0) };
    expect(() => effectiveCounts({ ...ok, answers: Float64Array.of(1, Number.NaN) })).toThrow("ligne 2");
    expect(() => effectiveCounts({ ...ok, weights: Float64Array.of(-1, 1) })).toThrow("ligne 1");
    expect(() => effectiveCounts({ ...ok, unit: Int32Array.of(0, -1) })).toThrow("ligne 2");
    expect(() => effectiveCounts({ ...ok, designEffect: 0.5 })).toThrow("Effet de plan");
  });
});

describe("rates of areas left out", () => {
  test("told better by the model than by the rate of the others, and little beyond chance", () => {
    const { sample } = inventedRegion({ seed: 11, areas: 60, sampledShare: 0.8, perArea: 40, deviation: 0.25 });
    const result = leaveAreasOut(sample, { group: "quartier", folds: 8, seed: 1 });
    expect(result.error).toBeLessThan(result.baselineError);
    expectNear(result.modelError ** 2 + result.samplingError ** 2, result.error ** 2, 1e-12);
    // Effects of deviation 0.25 move a rate by about 0.06.
    expect(result.modelError).toBeLessThan(0.09);
    expect(Math.abs(result.bias)).toBeLessThan(0.03);
    expect(result.persons.every((count) => count === 40)).toBe(true);
    expect(leaveAreasOut(sample, { group: "quartier", folds: 8, seed: 1 }).predicted).toEqual(result.predicted);
  });

  test("the prediction of an area does not read its own answers", () => {
    const { sample } = inventedRegion({ seed: 12, areas: 12, sampledShare: 1, perArea: 20 });
    const before = leaveAreasOut(sample, { group: "quartier", folds: 12, seed: 1 });
    const trials = sample.trials ?? new Float64Array(0);
    const codes = sample.groups[2]?.codes ?? new Int32Array(0);
    const turned = sample.successes.map((y, row) => (codes[row] === 4 ? trials[row] - y : y));
    const after = leaveAreasOut({ ...sample, successes: turned }, { group: "quartier", folds: 12, seed: 1 });
    expectNear(after.predicted[4], before.predicted[4] ?? Number.NaN, 1e-7);
    expectNear(after.observed[4], 1 - (before.observed[4] ?? Number.NaN), 1e-12);
  });

  test("too many folds, or another group, are refused", () => {
    const groups = [coded("quartier", [0, 0, 1, 1, 2, 2])];
    const input = { successes: Float64Array.of(1, 0, 1, 0, 1, 1), fixed: modelMatrix([], { rows: 6 }), groups };
    expect(() => leaveAreasOut(input, { group: "quartier", folds: 4, seed: 1 })).toThrow("4 parts pour 3 niveaux");
    expect(() => leaveAreasOut(input, { group: "commune", folds: 2, seed: 1 })).toThrow("« commune » absent");
  });
});
