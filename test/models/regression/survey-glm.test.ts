import { describe, expect, test } from "vitest";
import { coefficientTable } from "../../../src/models/regression/coefficient-table.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { type SurveyGlmFit, surveyGlm } from "../../../src/models/regression/survey-glm.ts";
import { waldTest } from "../../../src/models/regression/wald-test.ts";
import { expectRelative } from "../../reference/reference.ts";
import { age, column, diploma, expected, mainTerms, minutes, sex } from "./regression-rows.ts";
import { seededDesign, whereWeighted } from "./seeded-design.ts";

function expectSurveyFit(fit: SurveyGlmFit, name: string): void {
  const from = expected.surveys[name];
  from.coefficients.forEach((value, k) => {
    expectRelative(fit.coefficients[k], value, 1e-9, from.names[k]);
    expectRelative(fit.standardErrors[k], from.standardErrors[k], 1e-9, `écart-type de ${from.names[k]}`);
    expectRelative(coefficientTable(fit)[k].pValue, from.p[k], 1e-7, `p de ${from.names[k]}`);
  });
  from.covariance.forEach((value, at) => {
    const [a, b] = [at % from.names.length, Math.floor(at / from.names.length)];
    const size = fit.standardErrors[a] * fit.standardErrors[b];
    expect(Math.abs(fit.covariance[at] - value) / size).toBeLessThan(1e-9);
  });
  expect(fit.testDegreesOfFreedom).toBe(from.degreesOfFreedom);
  expect([fit.logLikelihood, fit.aic]).toEqual([Number.NaN, Number.NaN]);
}

const main = modelMatrix(mainTerms, { where: whereWeighted });
const practice = column("practice");

describe("surveyGlm beside R survey", () => {
  test("logit, probit, Poisson and Gaussian", () => {
    expectSurveyFit(surveyGlm(seededDesign, main, { family: "quasibinomial", outcome: practice }), "logit");
    expectSurveyFit(
      surveyGlm(seededDesign, main, { family: "quasibinomial", link: "probit", outcome: practice }),
      "probit",
    );
    expectSurveyFit(surveyGlm(seededDesign, main, { family: "quasipoisson", outcome: column("count") }), "poisson");
    expectSurveyFit(surveyGlm(seededDesign, main, { family: "gaussian", outcome: column("score") }), "gaussian");
  });

  test("an interaction", () => {
    const matrix = modelMatrix([...mainTerms, { product: ["diploma", "minutes"] }], { where: whereWeighted });
    expectSurveyFit(surveyGlm(seededDesign, matrix, { family: "quasibinomial", outcome: practice }), "crossed");
  });

  test("a domain keeps the units of the whole design", () => {
    const where = whereWeighted.map((kept, row) => (sex.codes[row] === 1 ? kept : 0));
    const matrix = modelMatrix([diploma, age, minutes], { where });
    expectSurveyFit(surveyGlm(seededDesign, matrix, { family: "binomial", outcome: practice }), "domain");
  });

  test("the coefficients of a question are tested together", () => {
    const { statistic, degreesOfFreedom, denominatorDegreesOfFreedom, pValue } = waldTest(
      surveyGlm(seededDesign, main, { family: "quasibinomial", outcome: practice }),
      "diploma",
    );
    expectRelative(statistic, expected.surveyTerm.f, 1e-9);
    expect([degreesOfFreedom, denominatorDegreesOfFreedom]).toEqual([expected.surveyTerm.df, expected.surveyTerm.ddf]);
    expectRelative(pValue, expected.surveyTerm.p, 1e-8);
  });

  test("a design of other rows is refused", () => {
    const matrix = modelMatrix([{ name: "x", values: Float64Array.of(1, 2, 3) }]);
    expect(() => surveyGlm(seededDesign, matrix, { family: "binomial", outcome: Float64Array.of(0, 1, 0) })).toThrow(
      /mêmes lignes.*400 et 3/,
    );
  });
});
