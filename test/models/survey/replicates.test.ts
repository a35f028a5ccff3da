import { describe, expect, test } from "vitest";
import { bootstrapReplicates } from "../../../src/models/survey/bootstrap-replicates.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { means, totals } from "../../../src/models/survey/estimates.ts";
import { givenReplicates } from "../../../src/models/survey/given-replicates.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { replicateEstimates } from "../../../src/models/survey/replicate-estimates.ts";
import { expectRelative } from "../../reference/reference.ts";
import { columns, expectCase, own, pick } from "./survey-reference.ts";

const kept = own.complete;
const complete = {
  y: Float64Array.from(pick(columns.y, kept)),
  x: Float64Array.from(pick(columns.x, kept)),
  domains: pick(columns.domains, kept),
};
const weights = Float64Array.from(pick(own.rows.weight, kept));
const clusters = pick(own.rows.block, kept);
const strata = pick(own.rows.stratum, kept);
const designs = {
  jk1: surveyDesign({ weights, clusters }),
  jk1Fpc: surveyDesign({ weights, clusters, populationUnits: new Float64Array(weights.length).fill(60) }),
  jkn: surveyDesign({ weights, clusters, strata }),
  jknFpc: surveyDesign({ weights, clusters, strata, populationUnits: Float64Array.from(pick(own.rows.N1, kept)) }),
};

describe("replicate weights equal R survey's to 1e-9", () => {
  test.each(own.replicated.map((c) => [`${c.design} mse ${c.mse} ${c.statistic} ${c.domain}`, c] as const))(
    "jackknife: %s",
    (_, expected) => {
      const survey = jackknifeReplicates(designs[expected.design as keyof typeof designs], { mse: expected.mse });
      expect(survey.method).toBe(expected.design.slice(0, 3));
      const found = expectCase(survey, expected, complete);
      if (expected.domain === "Ensemble") expect(found.degreesOfFreedom).toBe(expected.df);
      expect(found.failedReplicates).toBe(0);
    },
  );

  const given = givenReplicates({
    weights,
    replicates: own.given.matrix.map((column) => Float64Array.from(column)),
    scale: own.given.scale,
    replicateScales: Float64Array.from(own.given.replicateScales),
  });
  test.each(own.given.cases.map((c) => [`${c.statistic} ${c.domain}`, c] as const))(
    "a published matrix: %s",
    (_, expected) => {
      expect(expectCase(given, expected, complete).degreesOfFreedom).toBe(expected.df);
    },
  );
});

describe("the bootstrap of Rao and Wu", () => {
  test("comes near the linearised variance, with and without a finite population, and is the same for the same seed", () => {
    for (const design of [designs.jkn, designs.jknFpc]) {
      const [linear] = totals(design, complete.y);
      const survey = bootstrapReplicates(design, { seed: 5, replicates: 4000 });
      const [drawn] = totals(survey, complete.y);
      expectRelative(drawn.estimate, linear.estimate, 1e-12);
      // 4 000 draws: the standard error is known to about 1 %.
      expectRelative(drawn.standardError, linear.standardError, 0.04);
      expect(drawn.degreesOfFreedom).toBe(linear.degreesOfFreedom);
      expect(drawn.variance).toBe("bootstrap");
    }
    const again = [1, 1, 2].map(
      (seed) => means(bootstrapReplicates(designs.jkn, { seed, replicates: 50 }), complete.y)[0].standardError,
    );
    expect(again[0]).toBe(again[1]);
    expect(again[0]).not.toBe(again[2]);
  });

  test("weights of each stratum add up to its own under equal weights, and no factor is negative", () => {
    const equal = surveyDesign({ weights: new Float64Array(12).fill(3), strata: [..."aaaabbbbbccc"] });
    const survey = bootstrapReplicates(equal, { seed: 1, replicates: 40 });
    const into = new Float64Array(12);
    for (let replicate = 0; replicate < 40; replicate++) {
      survey.fill(replicate, into);
      expectRelative(
        into.slice(0, 4).reduce((a, b) => a + b),
        12,
        1e-12,
      );
      expectRelative(
        into.slice(4, 9).reduce((a, b) => a + b),
        15,
        1e-12,
      );
      expect(Math.min(...into)).toBeGreaterThanOrEqual(0);
    }
  });

  test("a lonely stratum keeps its weight, or is refused", () => {
    const input = { weights: new Float64Array(5).fill(2), strata: [..."aabbc"] };
    const survey = bootstrapReplicates(surveyDesign({ ...input, lonelyUnit: "certainty" }), {
      seed: 3,
      replicates: 10,
    });
    const into = new Float64Array(5);
    survey.fill(4, into);
    expect(into[4]).toBe(2);
    expect(() => bootstrapReplicates(surveyDesign({ ...input, lonelyUnit: "average" }), { seed: 3 })).toThrow(
      /bootstrap.*average/u,
    );
  });
});

describe("any statistic by replicates", () => {
  test("a mean is that of means, and a domain that a replicate empties is said", () => {
    const survey = jackknifeReplicates(designs.jkn);
    const mean = (w: Float64Array) => [
      w.reduce((sum, wi, i) => sum + wi * complete.y[i], 0) / w.reduce((a, b) => a + b),
    ];
    const found = replicateEstimates(survey, mean);
    const [expected] = means(survey, complete.y);
    expectRelative(found.standardErrors[0], expected.standardError, 1e-12);
    expectRelative(found.low[0], expected.low, 1e-12);
    expect(found.failed).toBe(0);
    const one = clusters[0];
    const alone = clusters.map((block) => (block === one ? "seul" : "autres"));
    const [lone] = means(survey, complete.y, { domains: alone });
    expect(lone).toMatchObject({ domain: "seul", failedReplicates: 1, degreesOfFreedom: 0, low: Number.NaN });
  });

  test("totals under the jackknife of independent draws are those of linearisation", () => {
    for (const design of Object.values(designs)) {
      const [linear] = totals(design, complete.y);
      expectRelative(
        totals(jackknifeReplicates(design, { mse: true }), complete.y)[0].standardError,
        linear.standardError,
        1e-9,
      );
    }
  });
});

test("factors are weights divided by those of the survey; on a domain, given replicates count the rank of their weights", () => {
  const input = { weights, scale: own.given.scale };
  const columnsOfWeights = own.given.matrix.map((column) => Float64Array.from(column));
  const byWeights = givenReplicates({ ...input, replicates: columnsOfWeights });
  const factors = columnsOfWeights.map((column) => column.map((value, i) => value / weights[i]));
  const byFactors = givenReplicates({ ...input, replicates: factors, columns: "factors" });
  const [one] = means(byWeights, complete.y, { domains: complete.domains });
  const [two] = means(byFactors, complete.y, { domains: complete.domains });
  expectRelative(two.standardError, one.standardError, 1e-12);
  expect(byWeights.degreesOfFreedom).toBe(11);
  expect(two.degreesOfFreedom).toBe(one.degreesOfFreedom);
});

test("bad replicates are refused", () => {
  const two = [Float64Array.of(1, 2), Float64Array.of(2, 1)];
  const input = { weights: Float64Array.of(1, 1), replicates: two, scale: 0.5 };
  expect(() => givenReplicates({ ...input, replicates: two.slice(1) })).toThrow(/au moins deux/u);
  expect(() => givenReplicates({ ...input, replicates: [two[0], Float64Array.of(1)] })).toThrow(
    /Réplication 2 trop courte/u,
  );
  expect(() => givenReplicates({ ...input, replicates: [two[0], Float64Array.of(1, Number.NaN)] })).toThrow(
    /réplication 2, ligne 2/u,
  );
  expect(() => givenReplicates({ ...input, scale: -1 })).toThrow(/Échelle/u);
  expect(() => givenReplicates({ ...input, replicateScales: Float64Array.of(1) })).toThrow(/échelle par réplication/u);
  expect(() => givenReplicates({ ...input, weights: Float64Array.of(1, -1) })).toThrow(/ligne 2/u);
  const census = surveyDesign({ weights: Float64Array.of(1, 1), populationUnits: Float64Array.of(2, 2) });
  expect(() => jackknifeReplicates(census)).toThrow(/recensées/u);
});
