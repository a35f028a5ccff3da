import { describe, expect, test } from "vitest";
import { coefficientTable } from "../../../src/models/regression/coefficient-table.ts";
import { crossProduct } from "../../../src/models/regression/cross-product.ts";
import { BLOCK_ROWS } from "../../../src/models/regression/cross-product-module.ts";
import { glm } from "../../../src/models/regression/glm.ts";
import { likelihoodRatioTest } from "../../../src/models/regression/likelihood-ratio-test.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { waldTest } from "../../../src/models/regression/wald-test.ts";
import { chiSquaredTail, fisherTail } from "../../../src/models/uncertainty/test-tails.ts";
import { expectRelative } from "../../reference/reference.ts";
import { age, column, crossedMatrix, diploma, expected, mainMatrix, sex } from "./regression-rows.ts";

const outcome = column("practice");
const score = column("score");
const { likelihoodRatio, f, wald, table, tableGaussian, chiSquaredTails, fTails } = expected.tests;

describe("tests of a regression beside R", () => {
  test("likelihood ratio of nested models, as a chi-squared and as an F", () => {
    const small = glm(modelMatrix([sex, age]), { family: "binomial", outcome });
    const large = glm(mainMatrix, { family: "binomial", outcome });
    const ratio = likelihoodRatioTest(small, large);
    expectRelative(ratio.statistic, likelihoodRatio.statistic, 1e-9);
    expectRelative(ratio.pValue, likelihoodRatio.p, 1e-9);
    expect([ratio.law, ratio.degreesOfFreedom]).toEqual(["chi-squared", likelihoodRatio.df]);
    const gaussian = (terms: Parameters<typeof modelMatrix>[0]) =>
      glm(modelMatrix(terms), { family: "gaussian", outcome: score });
    const fTest = likelihoodRatioTest(gaussian([sex, age]), gaussian([sex, age, diploma]));
    expectRelative(fTest.statistic, f.statistic, 1e-9);
    expectRelative(fTest.pValue, f.p, 1e-9);
    expect([fTest.law, fTest.degreesOfFreedom]).toEqual(["F", f.df]);
    expect(() => likelihoodRatioTest(large, small)).toThrow(/ne sont pas emboîtés.*diploma : aucun/s);
    const others = glm(mainMatrix, { family: "binomial", outcome: outcome.map((value) => 1 - value) });
    expect(() => likelihoodRatioTest(small, others)).toThrow(/mêmes lignes, la même réponse/);
    const firth = glm(mainMatrix, { family: "binomial", outcome, penalty: "firth" });
    expect(() => likelihoodRatioTest(small, firth)).toThrow(/waldTest/);
  });

  test("Wald's test of a question, by its name or by its columns", () => {
    const fit = glm(mainMatrix, { family: "binomial", outcome });
    const tested = waldTest(fit, "diploma");
    expectRelative(tested.statistic, wald.statistic, 1e-9);
    expectRelative(tested.pValue, wald.p, 1e-9);
    const columns = ["diploma : aucun", "diploma : licence", "diploma : master"];
    expect(waldTest(fit, columns)).toEqual(tested);
    expect(() => waldTest(fit, ["diploma : bac"])).toThrow(/Colonne absente.*diploma : bac/);
  });

  test("tables of coefficients, by the normal law or by Student's", () => {
    coefficientTable(glm(mainMatrix, { family: "binomial", outcome })).forEach((row, k) => {
      expectRelative(row.statistic, table.statistic[k], 1e-9);
      expectRelative(row.pValue, table.p[k], 1e-8);
      expectRelative(row.lower, table.lower[k], 1e-8);
      expectRelative(row.upper, table.upper[k], 1e-8);
    });
    coefficientTable(glm(crossedMatrix, { family: "gaussian", outcome: score })).forEach((row, k) => {
      expectRelative(row.statistic, tableGaussian.statistic[k], 1e-8);
      expectRelative(row.pValue, tableGaussian.p[k], 1e-7);
    });
  });

  test("tails of the chi-squared and of Fisher's law", () => {
    const chi = [
      [0.1, 1],
      [3, 2],
      [20, 7],
      [50, 60],
      [400, 300],
    ];
    chi.forEach(([x, df], k) => {
      expectRelative(chiSquaredTail(x, df), chiSquaredTails[k], 1e-11);
    });
    const fisher = [
      [0.1, 1, 5],
      [3, 2, 10],
      [20, 7, 3],
      [2, 60, 2000],
    ];
    fisher.forEach(([x, one, other], k) => {
      expectRelative(fisherTail(x, one, other), fTails[k], 1e-11);
    });
    expect([chiSquaredTail(0, 3), chiSquaredTail(1, 0), fisherTail(0, 1, 1)]).toEqual([1, Number.NaN, 1]);
  });
});

describe("cross products by blocks", () => {
  test.each([1, 3, 5, 22])("with vectors or without, %i columns give the same bits", (columns) => {
    const [plain, simd] = [crossProduct(columns, "plain"), crossProduct(columns, "simd")];
    for (let turn = 0; turn < 3; turn++) {
      for (let k = 0; k < columns * BLOCK_ROWS; k++) plain.block[k] = simd.block[k] = Math.sin(k * 1.7 + turn);
      plain.add();
      simd.add();
    }
    const [left, right] = [plain.take(), simd.take()];
    expect(left).toEqual(right);
    let first = 0;
    for (let turn = 0; turn < 3; turn++) for (let k = 0; k < BLOCK_ROWS; k++) first += Math.sin(k * 1.7 + turn) ** 2;
    expectRelative(left[0], first, 1e-13);
    expect(plain.take().every((value) => value === 0)).toBe(true);
  });
});
