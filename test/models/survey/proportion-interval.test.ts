import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { proportions } from "../../../src/models/survey/proportion.ts";
import {
  clopperPearsonInterval,
  type EstimatedProportion,
  type ProportionMethod,
  proportionInterval,
} from "../../../src/models/survey/proportion-interval.ts";
import { betaQuantile } from "../../../src/models/uncertainty/incomplete-beta.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import { apiSurvey, invented, surveyTests } from "./survey-tests.ts";

type DesignMethod = Exclude<ProportionMethod, "wilson">;
const methods: readonly DesignMethod[] = ["logit", "mean", "beta", "likelihood", "asin", "xlogit"];
/** R profiles the likelihood of a fit that it stops at 1e-8; the others are formulas. */
const toleranceOf = (method: DesignMethod): number => (method === "likelihood" ? 1e-6 : 1e-9);

describe("equal R survey's six intervals", () => {
  test.each(surveyTests.intervals.map((c) => [`${c.design} ${c.answer} ${c.domain} ${c.method}`, c] as const))(
    "%s",
    (_, c) => {
      const domains = c.domain === "" ? {} : { domains: surveyTests.rows.diploma };
      const answers = Float64Array.from(surveyTests.rows[c.answer]);
      const found = proportions(invented(c.design), answers, { ...domains, method: c.method }).find(
        ({ domain }) => domain === (c.domain || "Ensemble"),
      );
      expectRelative(found?.estimate as number, c.estimate, 1e-9);
      expectRelative(found?.standardError as number, c.standardError, 1e-9);
      expect(found?.degreesOfFreedom).toBe(c.df);
      expectNear(found?.low as number, c.low, toleranceOf(c.method), "low");
      expectNear(found?.high as number, c.high, toleranceOf(c.method), "high");
    },
  );

  test.skipIf(realData === null).each(surveyTests.apiIntervals.map((c) => [`${c.data} ${c.method}`, c] as const))(
    "%s",
    (_, c) => {
      const { design, column } = apiSurvey(c.data);
      const answers = Float64Array.from(column("sch.wide"), (answer) => (answer === "Yes" ? 1 : 0));
      const [found] = proportions(design, answers, { method: c.method });
      expectRelative(found?.estimate as number, c.estimate, 1e-9);
      expectNear(found?.low as number, c.low, toleranceOf(c.method), "low");
      expectNear(found?.high as number, c.high, toleranceOf(c.method), "high");
    },
  );
});

describe("laws", () => {
  const anyProportion: fc.Arbitrary<EstimatedProportion> = fc.record({
    estimate: fc.double({ min: 0.001, max: 0.999, noNaN: true }),
    standardError: fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
    degreesOfFreedom: fc.integer({ min: 1, max: 400 }),
    respondents: fc.integer({ min: 2, max: 5000 }),
  });

  test("every interval holds its estimate; all but Wald's stay between 0 and 1; a no mirrors a yes", () => {
    fc.assert(
      fc.property(anyProportion, fc.constantFrom(...methods), (proportion, method) => {
        const [low, high] = proportionInterval(proportion, method);
        expect(low).toBeLessThanOrEqual(proportion.estimate + 1e-12);
        expect(high).toBeGreaterThanOrEqual(proportion.estimate - 1e-12);
        if (method !== "mean") {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
        }
        const [mirrorLow, mirrorHigh] = proportionInterval(
          { ...proportion, estimate: 1 - proportion.estimate },
          method,
        );
        expectNear(mirrorLow, 1 - high, 1e-9);
        expectNear(mirrorHigh, 1 - low, 1e-9);
      }),
    );
  });

  test("in a large sample the six agree", () => {
    const proportion = { estimate: 0.3, standardError: 0.001, degreesOfFreedom: 100_000, respondents: 200_000 };
    for (const method of methods) {
      const [low, high] = proportionInterval(proportion, method);
      expectNear(low, 0.3 - 1.96 * 0.001, 1e-5, method);
      expectNear(high, 0.3 + 1.96 * 0.001, 1e-5, method);
    }
  });

  test("the bounds of the likelihood have the ratio asked", () => {
    const proportion = { estimate: 0.02, standardError: 0.01, degreesOfFreedom: 30, respondents: 200 };
    const ratio = (q: number): number => 0.02 * Math.log(0.02 / q) + 0.98 * Math.log(0.98 / (1 - q));
    const [low, high] = proportionInterval(proportion, "likelihood");
    expectRelative(ratio(low), ratio(high), 1e-9);
    expectRelative(ratio(low), (2.0422724563012373 ** 2 * 1e-4 * (200 / 199)) / (2 * 0.02 * 0.98), 1e-9);
  });

  test("no degree of freedom, no bound; no variance, no width; an unknown method is refused", () => {
    const proportion = { estimate: 0.3, standardError: 0.1, degreesOfFreedom: 0, respondents: 3 };
    for (const method of methods) {
      expect(proportionInterval(proportion, method)).toEqual([Number.NaN, Number.NaN]);
      expect(proportionInterval({ ...proportion, standardError: 0, degreesOfFreedom: 5 }, method)).toEqual([0.3, 0.3]);
    }
    expect(() =>
      proportionInterval({ ...proportion, degreesOfFreedom: 5 }, "jeffreys" as unknown as DesignMethod),
    ).toThrow(/jeffreys/);
  });

  test("Clopper and Pearson's ends in closed form equal the beta quantiles", () => {
    for (const n of [1, 2.5, 40, 3000.7]) {
      expectRelative(clopperPearsonInterval(0, n)[1], betaQuantile(0.975, 1, n), 1e-11);
      expectRelative(clopperPearsonInterval(n, n)[0], betaQuantile(0.025, n, 1), 1e-11);
    }
  });
});
