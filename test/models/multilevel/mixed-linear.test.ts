import { describe, expect, test } from "vitest";
import { type MixedLinear, mixedLinear } from "../../../src/models/multilevel/mixed-linear.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import {
  coded,
  type ExpectedLinear,
  expected,
  group,
  hasPublishedSets,
  numberMatrix,
  numbers,
  publishedSet,
} from "./reference-sets.ts";

/** `independent`: lme4 writes a term for the constant and one for the slope, whose variances follow each other. */
function expectLinear(fit: MixedLinear, values: ExpectedLinear, independent = false): void {
  expectRelative(fit.logLikelihood, values.logLikelihood, 1e-9, "vraisemblance");
  expectRelative(fit.residualDeviation, values.residual, 1e-6, "résidus");
  values.coefficients.forEach((value, k) => {
    expectNear(fit.coefficients[k], value, 1e-6, `coefficient ${k}`);
  });
  values.covariance.forEach((value, k) => {
    expectNear(fit.covariance[k], value, 1e-5, `covariance ${k}`);
  });
  const variances = Object.values(values.effectCovariance);
  fit.groups.forEach(({ name, levels, terms, covariance, effects, effectCovariances }, index) => {
    const q = terms.length;
    const own = independent ? [variances[0]?.[0] ?? 0, 0, 0, variances[1]?.[0] ?? 0] : values.effectCovariance[name];
    own?.forEach((value, k) => {
      expectNear(covariance[k], value, 3e-5, `covariance des effets ${k}`);
    });
    const effect = Object.values(values.effects)[independent ? 0 : Object.keys(values.effects).indexOf(name)];
    expect(effect, `groupe ${index}`).toBeDefined();
    effect?.levels.forEach((level, place) => {
      const at = levels.indexOf(level);
      for (let a = 0; a < q; a++) {
        expectNear(effects[at * q + a], effect.modes[place * q + a] ?? Number.NaN, 1e-5, `effet ${level}`);
        if (independent)
          expectNear(
            effectCovariances[(at * q + a) * q + a],
            effect.variances[a * levels.length + place] ?? Number.NaN,
            1e-5,
          );
        else
          for (let b = 0; b < q; b++)
            expectNear(
              effectCovariances[(at * q + a) * q + b],
              effect.variances[(place * q + a) * q + b] ?? Number.NaN,
              1e-5,
              `variance ${level}`,
            );
      }
    });
  });
}

describe("the linear mixed model is that of R lmer", () => {
  const { linear } = expected;
  const days = { name: "days", values: numbers(linear.days) };
  const fixed = modelMatrix([days, { name: "kind", values: numbers(linear.kind) }]);
  const outcome = numbers(linear.y);
  const groups = [coded("group", linear.group)];

  test.each([
    ["slopeReml", "reml", true],
    ["slopeMl", "ml", true],
    ["independentReml", "reml", false],
  ] as const)("unequal groups, %s", (name, method, correlated) => {
    const fit = mixedLinear({ outcome, fixed, groups, slopes: [days], correlated }, { method });
    expectLinear(fit, linear[name] as ExpectedLinear, !correlated);
    expect(fit.groups[0]?.terms).toEqual(["(constante)", "days"]);
  });

  test.each([
    ["interceptReml", "reml"],
    ["interceptMl", "ml"],
  ] as const)("unequal groups, %s", (name, method) => {
    expectLinear(mixedLinear({ outcome, fixed, groups }, { method }), linear[name] as ExpectedLinear);
  });

  test.each([
    ["crossedReml", "reml"],
    ["crossedMl", "ml"],
  ] as const)("two crossed groups, %s", (name, method) => {
    const crossed = [...groups, coded("item", linear.item)];
    expectLinear(mixedLinear({ outcome, fixed, groups: crossed }, { method }), linear[name] as ExpectedLinear);
    const turned = mixedLinear({ outcome, fixed, groups: crossed.toReversed() }, { method });
    expect(turned.groups.map(({ name: of }) => of)).toEqual(["item", "group"]);
    expectLinear(turned, linear[name] as ExpectedLinear);
  });

  test("a large mean, as of incomes, and another unit change nothing but the constant and the unit", () => {
    const fit = mixedLinear({ outcome, fixed, groups, slopes: [days] });
    const moved = mixedLinear({ outcome: outcome.map((y) => 1e6 + y), fixed, groups, slopes: [days] });
    expectNear(moved.coefficients[0] - 1e6, fit.coefficients[0] ?? Number.NaN, 1e-7);
    expectRelative(moved.coefficients[1] ?? Number.NaN, fit.coefficients[1] ?? Number.NaN, 1e-7);
    expectRelative(moved.logLikelihood, fit.logLikelihood, 1e-9);
    const hours = { name: "hours", values: days.values.map((day) => 24 * day) };
    const other = mixedLinear({
      outcome,
      fixed: modelMatrix([hours, { name: "kind", values: numbers(linear.kind) }]),
      groups,
      slopes: [hours],
    });
    expectRelative(24 * (other.coefficients[1] ?? Number.NaN), fit.coefficients[1] ?? Number.NaN, 1e-7);
    expectRelative(24 ** 2 * (other.groups[0]?.covariance[3] ?? 0), fit.groups[0]?.covariance[3] ?? Number.NaN, 1e-6);
  });

  test.runIf(hasPublishedSets).each([
    ["correlatedReml", "reml", true, true],
    ["correlatedMl", "ml", true, true],
    ["independentReml", "reml", true, false],
    ["independentMl", "ml", true, false],
    ["interceptReml", "reml", false, true],
    ["interceptMl", "ml", false, true],
  ] as const)("sleepstudy, %s", (name, method, slope, correlated) => {
    const set = publishedSet("sleepstudy");
    const day = { name: "Days", values: numbers(set.Days) };
    const fit = mixedLinear(
      {
        outcome: numbers(set.Reaction),
        fixed: modelMatrix([day]),
        groups: [group("Subject", set.Subject)],
        slopes: slope ? [day] : [],
        correlated,
      },
      { method },
    );
    expectLinear(fit, expected.sleepstudy[name] as ExpectedLinear, slope && !correlated);
  });
});

describe("linear answers that are no estimate", () => {
  const outcome = Float64Array.of(1, 3, 2, 2, 3, 1, 3, 1);
  const groups = [coded("quartier", [0, 0, 1, 1, 2, 2, 3, 3])];
  const fixed = modelMatrix([], { rows: 8 });

  test("groups that do not differ: a variance of 0, said", () => {
    const fit = mixedLinear({ outcome, fixed, groups });
    expect(fit.status).toBe("singular");
    expect(fit.warning).toContain("estimée à 0");
    expect(fit.groups[0]?.covariance[0]).toBe(0);
    expect([...(fit.groups[0]?.effects ?? [])]).toEqual([0, 0, 0, 0]);
    expectNear(fit.coefficients[0], 2, 1e-12);
    expectNear(fit.residualDeviation ** 2, 6 / 7, 1e-9);
  });

  test("each bad input has its message", () => {
    expect(() => mixedLinear({ outcome: outcome.with(2, Number.NaN), fixed, groups })).toThrow("ligne 3");
    expect(() => mixedLinear({ outcome, fixed, groups: [] })).toThrow("Groupes et pentes");
    expect(() => mixedLinear({ outcome, fixed, groups: [coded("quartier", [0, 1, 2, 3, 4, 5, 6, 7])] })).toThrow(
      "autant de niveaux que de lignes",
    );
    const x = numbers([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(() => mixedLinear({ outcome, fixed: numberMatrix({ x, y: x }, 8), groups })).toThrow("colinéarité");
    expect(() => mixedLinear({ outcome, fixed, groups, slopes: [{ name: "x", values: x }] })).toThrow("que de lignes");
    expect(() => mixedLinear({ outcome: x, fixed: numberMatrix({ x }, 8), groups })).toThrow("explique tout");
  });
});
