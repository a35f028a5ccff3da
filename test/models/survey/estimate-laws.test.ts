import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { totalCovariance, totalVariance } from "../../../src/models/survey/design-variance.ts";
import { domainVariance } from "../../../src/models/survey/domain-variance.ts";
import { means, ratios, totals } from "../../../src/models/survey/estimates.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { estimateCovariance, linearisedEstimates } from "../../../src/models/survey/linearised-estimate.ts";
import { quantiles } from "../../../src/models/survey/quantiles.ts";
import { smoothEstimate } from "../../../src/models/survey/smooth-estimate.ts";
import { expectNear } from "../../reference/reference.ts";

interface Row {
  readonly weight: number;
  readonly stratum: string;
  readonly cluster: string;
  readonly y: number;
  readonly x: number;
  readonly domain: string;
}
const number = fc.integer({ min: -50, max: 100 });
const row: fc.Arbitrary<Row> = fc.record({
  weight: fc.integer({ min: 1, max: 50 }),
  stratum: fc.constantFrom("nord", "sud"),
  cluster: fc.constantFrom("1", "2", "3", "4"),
  y: fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: fc.constant(Number.NaN) }),
  x: fc.integer({ min: 1, max: 30 }),
  domain: fc.constantFrom("a", "b", "c"),
});
const sample = fc.array(row, { minLength: 4, maxLength: 40 });

interface Survey {
  readonly design: SurveyDesign;
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly domains: string[];
}
function survey(list: readonly Row[], scale = 1, fpc = false): Survey {
  const n = list.length;
  return {
    design: surveyDesign({
      weights: Float64Array.from(list, ({ weight }) => scale * weight),
      strata: list.map(({ stratum }) => stratum),
      clusters: list.map(({ cluster }) => cluster),
      nest: true,
      lonelyUnit: "centred",
      ...(fpc
        ? {
            populationUnits: new Float64Array(n).fill(6),
            lowerStages: [{ populationUnits: new Float64Array(n).fill(60) }],
          }
        : {}),
    }),
    y: Float64Array.from(list, ({ y }) => y),
    x: Float64Array.from(list, ({ x }) => x),
    domains: list.map(({ domain }) => domain),
  };
}
const property = (check: (list: readonly Row[], fpc: boolean) => void): void => {
  fc.assert(fc.property(sample, fc.boolean(), check), { numRuns: 60 });
};

describe("laws of estimates", () => {
  test("totals of domains add up to the total, and so do the variances with their covariances", () => {
    property((list, fpc) => {
      const { design, y, domains } = survey(list, 1, fpc);
      const [whole] = totals(design, y);
      if (whole.respondents === 0) return;
      const parts = totals(design, y, { domains }).filter(({ respondents }) => respondents > 0);
      expectNear(
        parts.reduce((sum, { estimate }) => sum + estimate, 0),
        whole.estimate,
        1e-12,
      );
      const counts = parts.reduce((sum, { respondents, missing }) => sum + respondents + missing, 0);
      expect(counts).toBeLessThanOrEqual(list.length);
      const linearised = linearisedEstimates(design, "total", y, { domains }).filter(({ rows }) => rows.length > 0);
      const sum = estimateCovariance(design, linearised).reduce((a, b) => a + b, 0);
      expectNear(sum, whole.standardError ** 2, 1e-9);
    });
  });

  test("weights multiplied by k: means, ratios, quantiles and their errors stay, totals are multiplied", () => {
    property((list, fpc) => {
      const [one, ten] = [survey(list, 1, fpc), survey(list, 10, fpc)];
      for (const [statistic, factor] of [
        [totals, 10],
        [means, 1],
      ] as const) {
        const [before] = statistic(one.design, one.y, { domains: one.domains });
        const [after] = statistic(ten.design, ten.y, { domains: ten.domains });
        if (before.respondents === 0) continue;
        expectNear(after.estimate, factor * before.estimate, 1e-9);
        expectNear(after.standardError, factor * before.standardError, 1e-9);
        expect(after.degreesOfFreedom).toBe(before.degreesOfFreedom);
        expectNear(after.effectiveSize, before.effectiveSize, 1e-9);
      }
      expect(quantiles(ten.design, ten.y)[0].estimate).toEqual(quantiles(one.design, one.y)[0].estimate);
    });
  });

  test("a mean is the ratio to 1; y moved by c moves its mean by c and no error", () => {
    property((list, fpc) => {
      const { design, y } = survey(list, 1, fpc);
      const [mean] = means(design, y);
      if (mean.respondents === 0) return;
      const [ratio] = ratios(design, y, new Float64Array(y.length).fill(1));
      expectNear(ratio.estimate, mean.estimate, 1e-12);
      expectNear(ratio.standardError, mean.standardError, 1e-9);
      const [moved] = means(
        design,
        y.map((value) => value + 1000),
      );
      expectNear(moved.estimate, mean.estimate + 1000, 1e-12);
      expectNear(moved.standardError, mean.standardError, 1e-8);
    });
  });

  test("the order of the rows changes nothing", () => {
    property((list, fpc) => {
      const [forth, back] = [survey(list, 1, fpc), survey(list.toReversed(), 1, fpc)];
      const [a] = means(forth.design, forth.y);
      const [b] = means(back.design, back.y);
      if (a.respondents === 0) return;
      expectNear(a.estimate, b.estimate, 1e-12);
      expectNear(a.standardError, b.standardError, 1e-9);
      expectNear(a.designEffectReplace || 0, b.designEffectReplace || 0, 1e-7);
    });
  });

  test("rows alone, whole columns and covariances give one variance", () => {
    property((list, fpc) => {
      const { design, x, domains } = survey(list, 1, fpc);
      const rows = Int32Array.from(domains.keys()).filter((i) => domains[i] === "a");
      const values = Float64Array.from(rows, (i) => x[i] - 3);
      const whole = x.map((value, i) => (domains[i] === "a" ? value - 3 : 0));
      const variance = totalVariance(design, whole);
      expectNear(domainVariance(design)(rows, values), variance, 1e-9);
      const covariance = totalCovariance(design, [whole, x]);
      expectNear(covariance[0], variance, 1e-12);
      expect(covariance[1]).toBe(covariance[2]);
      expect(covariance[1] ** 2).toBeLessThanOrEqual(covariance[0] * covariance[3] * (1 + 1e-9) + 1e-9);
    });
  });

  test("a finite population and more of it never raise the variance of the first stage", () => {
    property((list) => {
      const { design, y } = survey(list);
      const populations = [4, 8, 1000].map((size) => {
        const finite = surveyDesign({
          weights: design.weights,
          strata: list.map(({ stratum }) => stratum),
          clusters: list.map(({ cluster }) => cluster),
          nest: true,
          lonelyUnit: "centred",
          populationUnits: new Float64Array(list.length).fill(size),
        });
        return totals(finite, y)[0].standardError;
      });
      const bound = totals(design, y)[0].standardError * (1 + 1e-12);
      if (Number.isNaN(bound)) return;
      expect(populations[0]).toBeLessThanOrEqual(populations[1] * (1 + 1e-12));
      expect(populations[1]).toBeLessThanOrEqual(populations[2] * (1 + 1e-12));
      expect(populations[2]).toBeLessThanOrEqual(bound);
    });
  });

  test("the difference of two domains has the variance of the contrast", () => {
    property((list, fpc) => {
      const { design, y, domains } = survey(list, 1, fpc);
      const parts = linearisedEstimates(design, "mean", y, { domains }).filter(({ rows }) => rows.length > 0);
      if (parts.length < 2) return;
      const [a, b] = parts;
      const covariance = estimateCovariance(design, [a, b]);
      const gap = smoothEstimate(design, [a, b], ([first, second]) => first - second);
      expectNear(gap.estimate, a.estimate - b.estimate, 1e-12);
      expectNear(gap.standardError ** 2, covariance[0] + covariance[3] - 2 * covariance[1], 1e-7);
    });
  });

  test("jackknife with one unit a respondent equals linearisation for totals", () => {
    property((list) => {
      const design = surveyDesign({ weights: Float64Array.from(list, ({ weight }) => weight) });
      const y = Float64Array.from(list, ({ x }) => x);
      expectNear(totals(jackknifeReplicates(design), y)[0].standardError, totals(design, y)[0].standardError, 1e-9);
    });
  });

  test("quantiles grow with their order and stand among the answers", () => {
    property((list, fpc) => {
      const { design, y } = survey(list, 1, fpc);
      const found = quantiles(design, y, { probabilities: [0, 0.2, 0.5, 0.8, 1], rule: "hf5" });
      if (found[0].respondents === 0) return;
      for (let k = 1; k < found.length; k++) expect(found[k].estimate).toBeGreaterThanOrEqual(found[k - 1].estimate);
      const answers = y.filter((value) => !Number.isNaN(value));
      expect(found[0].estimate).toBe(Math.min(...answers));
      expect(found[4].estimate).toBe(Math.max(...answers));
    });
  });

  test("inputs are left as they were", () => {
    const list: Row[] = [..."aabbcc"].map((domain, i) => ({
      weight: i + 1,
      stratum: "nord",
      cluster: String(i),
      y: i,
      x: 1,
      domain,
    }));
    const { design, y, x, domains } = survey(list);
    const before = [design.weights.slice(), y.slice(), x.slice()];
    ratios(design, y, x, { domains: Object.freeze(domains) });
    quantiles(design, y);
    means(jackknifeReplicates(design), y);
    expect([design.weights, y, x]).toEqual(before);
  });
});
