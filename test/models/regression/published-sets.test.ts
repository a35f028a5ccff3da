import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { glm } from "../../../src/models/regression/glm.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import type { CategoricalTerm, NumberTerm } from "../../../src/models/regression/model-term.ts";
import { surveyGlm } from "../../../src/models/regression/survey-glm.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { expectRelative } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import { expected } from "./regression-rows.ts";

/** Columns of a published set: an empty cell is missing. */
function publishedSet(name: string) {
  const text = readFileSync(join(realData ?? "", "reference/statistics", `${name}.csv`), "utf8").trim();
  const [header, ...rows] = text
    .split("\n")
    .map((line) => [...`,${line}`.matchAll(/,(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? ""));
  const cells = (column: string): string[] => rows.map((row) => row[header.indexOf(column)]);
  const numbers = (column: string): Float64Array =>
    Float64Array.from(cells(column), (cell) => (cell === "" ? Number.NaN : Number(cell)));
  const number = (column: string): NumberTerm => ({ name: column, values: numbers(column) });
  const question = (column: string): CategoricalTerm => categoricalVariable(column, cells(column));
  const yes = (column: string, answer: string): Float64Array =>
    Float64Array.from(cells(column), (cell) => Number(cell === answer));
  return { cells, numbers, number, question, yes };
}

function expectSame(
  fit: { coefficients: Float64Array; standardErrors: Float64Array; deviance: number; testDegreesOfFreedom: number },
  name: string,
): void {
  const from = expected.real[name];
  from.coefficients.forEach((value, k) => {
    expectRelative(fit.coefficients[k], value, 1e-9, from.names[k]);
    expectRelative(fit.standardErrors[k], from.standardErrors[k], 1e-9, `écart-type de ${from.names[k]}`);
  });
  if (from.deviance) expectRelative(fit.deviance, from.deviance, 1e-11, "déviance");
  else expect(fit.testDegreesOfFreedom).toBe(from.degreesOfFreedom);
}

describe.runIf(realData)("published sets, equal to R", () => {
  test("lung: rows with a missing value are counted", () => {
    const lung = publishedSet("lung");
    const terms = [lung.number("age"), lung.question("sex"), lung.number("ph.ecog"), lung.number("wt.loss")];
    const matrix = modelMatrix(terms, { missing: "drop" });
    expect([matrix.rows, matrix.droppedRows]).toEqual([expected.real["lung"].rows, 228 - matrix.rows]);
    expectSame(glm(matrix, { family: "binomial", outcome: lung.yes("status", "2") }), "lung");
  });

  test("cbpp: cases among animals, and poison: a meal's dishes", () => {
    const cbpp = publishedSet("cbpp");
    const herds = glm(modelMatrix([cbpp.question("period")]), {
      ...{ family: "binomial" as const, outcome: cbpp.numbers("incidence"), trials: cbpp.numbers("size") },
    });
    expectSame(herds, "cbpp");
    const poison = publishedSet("poison");
    const terms = [poison.number("Age"), ...["Sex", "Cheese", "Icecream"].map(poison.question)];
    expectSame(glm(modelMatrix(terms), { family: "binomial", outcome: poison.yes("Sick", "Sick_y") }), "poison");
  });

  test("api: a stratified and a clustered sample of schools", () => {
    const stratified = publishedSet("apistrat");
    const weights = stratified.numbers("pw");
    const design = surveyDesign({ weights, strata: stratified.cells("stype") });
    const terms = ["ell", "meals", "mobility"].map(stratified.number);
    const wide = { family: "quasibinomial" as const, outcome: stratified.yes("sch.wide", "Yes") };
    expectSame(surveyGlm(design, modelMatrix(terms), wide), "apistrat");
    const score = { family: "gaussian" as const, outcome: stratified.numbers("api00") };
    const matrix = modelMatrix([...terms, stratified.question("stype")]);
    expectSame(surveyGlm(design, matrix, score), "apistratMean");
    const clustered = publishedSet("apiclus2");
    const clusters = surveyDesign({ weights: clustered.numbers("pw"), clusters: clustered.cells("dnum") });
    const known = modelMatrix(["ell", "meals", "mobility"].map(clustered.number), { missing: "drop" });
    expectSame(surveyGlm(clusters, known, { family: "gaussian", outcome: clustered.numbers("api00") }), "apiclus2");
  });

  test("a survey of neighbourhoods in two stages, each with its finite population", () => {
    const survey = publishedSet("synth_qpv_culture_survey");
    const design = surveyDesign({
      ...{ weights: survey.numbers("w"), strata: survey.cells("dep"), clusters: survey.cells("qpv") },
      populationUnits: survey.numbers("fpc1"),
      lowerStages: [{ clusters: survey.cells("id"), populationUnits: survey.numbers("fpc2") }],
    });
    const questions = ["diploma", "age", "sex"].map(survey.question);
    const terms = questions.map((term) => ({ ...term, reference: [...term.levels].sort()[0] }));
    const matrix = modelMatrix([...terms, survey.number("walk_min_library")]);
    const fit = surveyGlm(design, matrix, { family: "quasibinomial", outcome: survey.numbers("library") });
    const from = expected.real["qpv"];
    expect(fit.testDegreesOfFreedom).toBe(from.degreesOfFreedom);
    const places = from.names.map((name) => {
      const plain = name.replace(/^(diploma|age|sex)/, "$1 : ").replace("(Intercept)", "(constante)");
      return matrix.names.indexOf(plain);
    });
    places.forEach((place, k) => {
      expectRelative(fit.coefficients[place], from.coefficients[k], 1e-9, from.names[k]);
      expectRelative(fit.standardErrors[place], from.standardErrors[k], 1e-9, from.names[k]);
    });
  });
});
