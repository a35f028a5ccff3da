import { describe, expect, test } from "vitest";
import { type GlmFit, type GlmInput, glm } from "../../../src/models/regression/glm.ts";
import type { ModelMatrix } from "../../../src/models/regression/model-term.ts";
import { expectRelative } from "../../reference/reference.ts";
import {
  column,
  crossedMatrix,
  type ExpectedFit,
  expected,
  logExposure,
  mainMatrix,
  scaledWeight,
} from "./regression-rows.ts";

function expectFit(fit: GlmFit, from: ExpectedFit): void {
  const tolerance = 1e-9;
  from.coefficients.forEach((value, k) => {
    expectRelative(fit.coefficients[k], value, tolerance, from.names[k]);
    expectRelative(fit.standardErrors[k], from.standardErrors[k], tolerance, `écart-type de ${from.names[k]}`);
  });
  const scale = fit.standardErrors;
  from.covariance.forEach((value, at) => {
    const size = scale[at % scale.length] * scale[Math.floor(at / scale.length)];
    expect(Math.abs(fit.covariance[at] - value) / size).toBeLessThan(1e-8);
  });
  from.fitted.forEach((value, row) => {
    expectRelative(fit.fitted[row], value, tolerance, "moyenne prédite");
  });
  expectRelative(fit.dispersion, Number(from.dispersion), tolerance, "dispersion");
  expectRelative(fit.deviance, from.deviance, 1e-11, "déviance");
  expectRelative(fit.nullDeviance, from.nullDeviance, 1e-11, "déviance nulle");
  expect([fit.degreesOfFreedom, fit.nullDegreesOfFreedom]).toEqual([from.degreesOfFreedom, from.nullDegreesOfFreedom]);
  if (from.aic === null) expect([fit.aic, fit.logLikelihood]).toEqual([Number.NaN, Number.NaN]);
  else {
    expectRelative(fit.aic, from.aic, 1e-11, "AIC");
    expectRelative(fit.logLikelihood, from.logLikelihood, 1e-11, "vraisemblance");
  }
  expect(fit.iterations).toBe(from.iterations);
}

const practice = { outcome: column("practice") };
const tried = { outcome: column("successes"), trials: column("trials") };
const counted = { outcome: column("count"), offset: logExposure };
const scored = { outcome: column("score") };

describe("glm beside R", () => {
  test.each<[string, ModelMatrix, GlmInput]>([
    ["logit", mainMatrix, { family: "binomial", ...practice }],
    ["probit", mainMatrix, { family: "binomial", link: "probit", ...practice }],
    ["cloglog", mainMatrix, { family: "binomial", link: "cloglog", ...practice }],
    ["crossed", crossedMatrix, { family: "binomial", ...practice }],
    ["weighted", mainMatrix, { family: "quasibinomial", ...practice, weights: scaledWeight }],
    ["trials", mainMatrix, { family: "binomial", ...tried }],
    ["trialsProbit", crossedMatrix, { family: "binomial", link: "probit", ...tried }],
    ["poisson", mainMatrix, { family: "poisson", ...counted }],
    ["quasipoisson", crossedMatrix, { family: "quasipoisson", ...counted, weights: scaledWeight }],
    ["gaussian", crossedMatrix, { family: "gaussian", ...scored }],
  ])("%s: coefficients, errors, deviance, likelihood", (name, matrix, input) => {
    expectFit(glm(matrix, input), expected.glms[name]);
  });

  test("rows of weight zero say nothing, and have a prediction", () => {
    const fit = glm(mainMatrix, { family: "gaussian", ...scored, weights: scaledWeight });
    expectFit(
      { ...fit, fitted: fit.fitted.filter((_, row) => scaledWeight[row] > 0) },
      expected.glms["gaussianWeighted"],
    );
    expect(fit.fitted.every(Number.isFinite)).toBe(true);
    expect(fit.observations).toBe(397);
  });
});
