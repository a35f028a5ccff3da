import { describe, expect, test } from "vitest";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { averageMarginalEffect } from "../../../src/models/regression/average-marginal-effect.ts";
import { covariateCells } from "../../../src/models/regression/covariate-cells.ts";
import { glm } from "../../../src/models/regression/glm.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { predictedMargins } from "../../../src/models/regression/predicted-margins.ts";
import { expectRelative } from "../../reference/reference.ts";
import { column, diploma, expected, mainMatrix, minutes, sex } from "./regression-rows.ts";

const practice = column("practice");
const number = (name: string, ...values: number[]) => ({ name, values: Float64Array.from(values) });
const logit = { family: "binomial" } as const;

describe("separation", () => {
  const firth = expected.firth;

  test("a level where all answers are the same is named", () => {
    expect(() => glm(mainMatrix, { ...logit, outcome: Float64Array.from(firth["separated"].outcome) })).toThrow(
      /séparent parfaitement.*«\sdiploma : master\s»/s,
    );
  });

  test("the reference too, and a crossing of two questions", () => {
    const same = practice.map((value, row) => (diploma.codes[row] === 1 ? 0 : value));
    expect(() => glm(mainMatrix, { ...logit, outcome: same })).toThrow(/«\sdiploma : bac\s»/);
    const crossed = practice.map((value, row) => (diploma.codes[row] === 0 && sex.codes[row] === 1 ? 0 : value));
    const matrix = modelMatrix([sex, diploma, { product: ["sex", "diploma"] }]);
    expect(() => glm(matrix, { ...logit, outcome: crossed })).toThrow(/«\ssex : femme × diploma : aucun\s»/);
    const counts = column("count").map((value, row) => (diploma.codes[row] === 3 ? 0 : value));
    expect(() => glm(mainMatrix, { family: "poisson", outcome: counts })).toThrow(/«\sdiploma : master\s»/);
  });

  test("a number that parts, completely or but for ties, and a sum of two", () => {
    const x = [1, 2, 3, 4, 5, 6, 7, 8];
    const other = number("autre", 3, 1, 4, 1, 5, 9, 2, 6);
    const above = (bound: number, y: number[]) =>
      glm(modelMatrix([number("minutes", ...x), other]), { ...logit, outcome: Float64Array.from(y) }).coefficients[
        bound
      ];
    expect(() => above(0, [0, 0, 0, 0, 1, 1, 1, 1])).toThrow(/séparent parfaitement.*minutes/s);
    const tied = modelMatrix([number("minutes", 1, 2, 3, 4, 4, 5, 6, 7)]);
    expect(() => glm(tied, { ...logit, outcome: Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1) })).toThrow(/«\sminutes\s»/);
    const random = Array.from({ length: 60 }, (_, k) => [Math.sin(7 * k), Math.cos(11 * k)]);
    const matrix = modelMatrix([
      number("a", ...random.map(([a]) => a)),
      number("b", ...random.map(([, b]) => b)),
      number("c", ...random.map((_, k) => Math.sin(3 * k + 1))),
    ]);
    const outcome = Float64Array.from(random, ([a, b]) => (a + b > 0.1 ? 1 : 0));
    expect(() => glm(matrix, { ...logit, outcome })).toThrow(/«\sa, b/);
    expect(() => glm(matrix, { family: "binomial", link: "probit", outcome })).toThrow(
      /séparent parfaitement|ne converge/,
    );
  });

  test("Firth's penalty gives finite coefficients, those of its equations written in R", () => {
    const cases = [
      ["plain", { outcome: practice }],
      ["separated", { outcome: Float64Array.from(firth["separated"].outcome) }],
      ["trials", { outcome: column("successes"), trials: column("trials") }],
    ] as const;
    for (const [name, columns] of cases) {
      const fit = glm(mainMatrix, { ...logit, ...columns, penalty: "firth" });
      firth[name].coefficients.forEach((value, k) => {
        expectRelative(fit.coefficients[k], value, 1e-9, `${name}, ${fit.matrix.names[k]}`);
        expectRelative(fit.standardErrors[k], firth[name].standardErrors[k], 1e-9, `${name}, écart-type`);
      });
    }
    expect(() => glm(mainMatrix, { family: "poisson", outcome: column("count"), penalty: "firth" })).toThrow(
      /Firth n'est écrite que pour le logit/,
    );
  });
});

describe("input that cannot be fitted", () => {
  test("a column that follows from others is named with them", () => {
    const hours = { name: "heures", values: minutes.values.map((value) => value / 60) };
    expect(() => glm(modelMatrix([sex, minutes, hours]), { ...logit, outcome: practice })).toThrow(
      /«\sheures\s».*«\sminutes\s»/s,
    );
    const copy = { ...diploma, name: "niveau" };
    expect(() => glm(modelMatrix([sex, diploma, copy]), { ...logit, outcome: practice })).toThrow(/niveau : aucun/);
    const level = { ...minutes, name: "minutes décalées", values: minutes.values.map((value) => value + 3) };
    expect(() => glm(modelMatrix([minutes, level]), { family: "gaussian", outcome: practice })).toThrow(
      /«\sminutes décalées\s».*«\s\(constante\)\s», «\sminutes\s»/s,
    );
  });

  test("a practice that everybody has, or nobody", () => {
    const ones = new Float64Array(practice.length).fill(1);
    expect(() => glm(mainMatrix, { ...logit, outcome: ones })).toThrow(/Tout le monde a la pratique/);
    expect(() => glm(mainMatrix, { ...logit, outcome: ones.map(() => 0) })).toThrow(/Personne n'a la pratique/);
    const few = practice.map((_, row) => (row < 10 ? 1 : 0));
    const weights = practice.map((_, row) => (row < 10 ? 0 : 1));
    expect(() => glm(mainMatrix, { ...logit, outcome: few, weights })).toThrow(/Personne n'a la pratique/);
  });

  test("columns that are not of the family, missing or too short", () => {
    const outcome =
      (...values: number[]) =>
      () =>
        glm(modelMatrix([number("x", 1, 2, 3, 4)]), { ...logit, outcome: Float64Array.from(values) });
    expect(outcome(0, 1, 2, 1)).toThrow(/colonne de la réponse.*2.*ligne 3.*0 ou 1/s);
    expect(outcome(0, 1, Number.NaN, 1)).toThrow(/complete/);
    expect(outcome(0, 1)).toThrow(/n'a pas une valeur par ligne.*4 lignes/s);
    const matrix = modelMatrix([number("x", 1, 2, 3)]);
    const three = Float64Array.of(1, 0, 1);
    expect(() => glm(matrix, { ...logit, outcome: three, trials: Float64Array.of(1, 1, 0) })).toThrow(/Plus de succès/);
    expect(() => glm(matrix, { family: "poisson", outcome: three, trials: three })).toThrow(/n'en a pas.*poisson/s);
    expect(() => glm(matrix, { family: "poisson", outcome: Float64Array.of(0.5, 1, 2) })).toThrow(/nombre entier/);
    expect(() => glm(matrix, { ...logit, outcome: three, weights: Float64Array.of(1, -1, 1) })).toThrow(
      /des poids.*-1/s,
    );
    expect(() => glm(matrix, { ...logit, link: "log", outcome: three })).toThrow(/lien.*logit, probit, cloglog/s);
    const wide = modelMatrix([number("x", 1, 2), number("y", 1, 3)]);
    expect(() => glm(wide, { ...logit, outcome: Float64Array.of(0, 1) })).toThrow(
      /Moins de lignes que de coefficients/,
    );
  });
});

describe("effects that cannot be read", () => {
  const fit = glm(mainMatrix, { ...logit, outcome: practice });

  test("a change that is not of the variable, a level or a variable that is absent", () => {
    expect(() => averageMarginalEffect(fit, { variable: "diploma", by: 10 })).toThrow(
      /ne convient pas à «\sdiploma\s»/,
    );
    expect(() => averageMarginalEffect(fit, { variable: "minutes" })).toThrow(/by \(un écart\)/);
    expect(() => averageMarginalEffect(fit, { variable: "revenu", by: 1 })).toThrow(/absente du modèle.*revenu/);
    expect(() => averageMarginalEffect(fit, { variable: "diploma", reference: "CAP" })).toThrow(/CAP.*aucun, bac/s);
    expect(() => predictedMargins(fit, { variable: "minutes" })).toThrow(/ne conviennent pas/);
    const sampled = { covariates: "sampled" } as const;
    expect(() => averageMarginalEffect(fit, { variable: "minutes", by: 1 }, sampled)).toThrow(/plan de sondage/);
    const nobody = { where: new Uint8Array(practice.length) };
    expect(() => averageMarginalEffect(fit, { variable: "minutes", by: 1 }, nobody)).toThrow(/ne porte sur personne/);
  });

  test("a crossing that nobody has cannot be filled by a prediction", () => {
    const first = categoricalVariable("sexe", ["f", "h", "f", "h", "f", "h"]);
    const second = categoricalVariable("diplôme", ["bac", "aucun", "aucun", "aucun", "bac", "aucun"]);
    const matrix = modelMatrix([first, second, { product: ["sexe", "diplôme"] }]);
    const crossed = glm(matrix, { family: "gaussian", outcome: Float64Array.of(1, 2, 3, 4, 5, 6) });
    expect(() => predictedMargins(crossed, { variable: "diplôme" })).toThrow(
      /croisement de «\sdiplôme\s» n'a personne/,
    );
  });
});

describe("cells of equal covariates", () => {
  test("give the coefficients, errors and effects of the rows", () => {
    const matrix = modelMatrix([sex, diploma, { product: ["sex", "diploma"] }]);
    const weights = column("weight").map((value) => value / 1000);
    const cells = covariateCells(matrix, { outcome: practice, weights });
    expect(cells.matrix.rows).toBe(8);
    expect(cells.rowsInCell.reduce((sum, value) => sum + value)).toBe(practice.length);
    const byRow = glm(matrix, { ...logit, outcome: practice, weights });
    const byCell = glm(cells.matrix, { ...logit, outcome: cells.successes, trials: cells.trials });
    byRow.coefficients.forEach((value, k) => {
      expectRelative(byCell.coefficients[k], value, 1e-9);
      expectRelative(byCell.standardErrors[k], byRow.standardErrors[k], 1e-9);
    });
    const change = { variable: "diploma" };
    averageMarginalEffect(byRow, change).forEach((effect, k) => {
      const ofCells = averageMarginalEffect(byCell, change)[k];
      expectRelative(ofCells.estimate, effect.estimate, 1e-9);
      expectRelative(ofCells.standardError, effect.standardError, 1e-9);
    });
  });

  test("keep apart rows whose offset or number differ", () => {
    const matrix = modelMatrix([number("x", 1, 1, 2, 1)]);
    const offset = Float64Array.of(0, 1, 0, 0);
    const cells = covariateCells(matrix, { outcome: Float64Array.of(1, 0, 1, 1), offset });
    expect(Array.from(cells.cellOf)).toEqual([0, 1, 2, 0]);
    expect([Array.from(cells.successes), Array.from(cells.offset ?? [])]).toEqual([
      [2, 0, 1],
      [0, 1, 0],
    ]);
  });
});
