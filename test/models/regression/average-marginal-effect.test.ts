import { describe, test } from "vitest";
import { averageMarginalEffect } from "../../../src/models/regression/average-marginal-effect.ts";
import { type GlmFit, glm } from "../../../src/models/regression/glm.ts";
import type { LinkName } from "../../../src/models/regression/link.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { predictedMargins } from "../../../src/models/regression/predicted-margins.ts";
import { type SurveyGlmFit, surveyGlm } from "../../../src/models/regression/survey-glm.ts";
import { expectRelative } from "../../reference/reference.ts";
import { column, crossedMatrix, expected, mainMatrix, mainTerms } from "./regression-rows.ts";
import { seededDesign, whereWeighted } from "./seeded-design.ts";

/** Gradients of the reference are numeric: about nine digits. */
const tolerance = 1e-8;
const practice = column("practice");
const logit = (link: LinkName, matrix = mainMatrix): GlmFit =>
  glm(matrix, { family: "binomial", link, outcome: practice });

function expectEffects(fit: GlmFit | SurveyGlmFit, name: string, covariates: "fixed" | "sampled" = "fixed"): void {
  const from = expected.effects[name];
  const check = (key: string, actual: { estimate: number; standardError: number }): void => {
    expectRelative(actual.estimate, from[key].estimate, tolerance, key);
    const error = covariates === "fixed" ? from[key].standardError : from[key].sampledCovariates;
    expectRelative(actual.standardError, error ?? Number.NaN, tolerance, `écart-type, ${key}`);
  };
  for (const effect of averageMarginalEffect(fit, { variable: "diploma" }, { covariates }))
    check(`bac_${effect.level}`, effect);
  check("sex", averageMarginalEffect(fit, { variable: "sex" }, { covariates })[0]);
  check("plus10", averageMarginalEffect(fit, { variable: "minutes", by: 10 }, { covariates })[0]);
  check("slopeMinutes", averageMarginalEffect(fit, { variable: "minutes", slope: true }, { covariates })[0]);
  check("slopeAge", averageMarginalEffect(fit, { variable: "age", slope: true }, { covariates })[0]);
  const margins = predictedMargins(fit, { variable: "diploma" }, { covariates });
  check("marginAucun", margins[0]);
  check("marginBac", margins[1]);
  check("marginMaster", margins[3]);
}

describe("average effects beside numeric gradients in R", () => {
  test("of the logit, with products and a square, of the probit and the complementary log-log", () => {
    expectEffects(logit("logit"), "logit");
    expectEffects(logit("logit", crossedMatrix), "crossed");
    expectEffects(logit("probit"), "probit");
    expectEffects(logit("cloglog"), "cloglog");
  });

  test("of a survey, with the people fixed or drawn", () => {
    const where = { where: whereWeighted };
    const main = surveyGlm(seededDesign, modelMatrix(mainTerms, where), { family: "quasibinomial", outcome: practice });
    const terms = [...mainTerms, { product: ["diploma", "minutes"] as const }];
    const crossed = surveyGlm(seededDesign, modelMatrix(terms, where), { family: "quasibinomial", outcome: practice });
    expectEffects(main, "survey");
    expectEffects(main, "survey", "sampled");
    expectEffects(crossed, "surveyCrossed");
    expectEffects(crossed, "surveyCrossed", "sampled");
  });
});
