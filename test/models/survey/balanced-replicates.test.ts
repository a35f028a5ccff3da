import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { balancedReplicates, hadamardSign } from "../../../src/models/survey/balanced-replicates.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { totals } from "../../../src/models/survey/estimates.ts";
import { expectRelative } from "../../reference/reference.ts";
import { expectCase, own } from "./survey-reference.ts";

const { rows, cases } = own.pairs;
const weights = Float64Array.from(rows.weight);
const paired = { weights, strata: rows.stratum, clusters: rows.unit.map(String) };
const columns = { y: Float64Array.from(rows.y), x: Float64Array.from(rows.x), domains: rows.domain };

describe("balanced replicates equal R survey's BRR and Fay on Sylvester's matrix, to 1e-9", () => {
  test.each(cases.map((c) => [`${c.design} ${c.statistic} ${c.domain}`, c] as const))("%s", (_, expected) => {
    const survey = balancedReplicates(surveyDesign(paired), { fay: expected.design === "fay" ? 0.3 : 0, mse: true });
    expect(survey.method).toBe(expected.design);
    expect(survey.replicates).toBe(8);
    const found = expectCase(survey, expected, columns);
    if (expected.domain === "Ensemble") expect(found.degreesOfFreedom).toBe(expected.df);
  });
});

test("the variance of a total is the linearised one, with a finite population too", () => {
  const designs = [
    paired,
    { ...paired, populationUnits: Float64Array.from(rows.stratum, (name) => (name === "a" ? 2 : 9)) },
  ];
  for (const input of designs) {
    const design = surveyDesign(input);
    for (const fay of [0, 0.5])
      expectRelative(
        totals(balancedReplicates(design, { fay }), columns.y)[0].standardError,
        totals(design, columns.y)[0].standardError,
        1e-12,
      );
  }
});

test("rows of the matrix are orthogonal", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 63 }), (a, b) => {
      let product = 0;
      for (let column = 0; column < 64; column++) product += hadamardSign(a, column) * hadamardSign(b, column);
      expect(product).toBe(a === b ? 64 : 0);
    }),
  );
});

test("strata of another size, and impossible coefficients, are refused", () => {
  expect(() => balancedReplicates(surveyDesign({ weights: new Float64Array(3).fill(1) }))).toThrow(
    /deux unités primaires/u,
  );
  expect(() => balancedReplicates(surveyDesign(paired), { fay: 1 })).toThrow(/Fay/u);
});
