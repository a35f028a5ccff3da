import { describe, expect, test } from "vitest";
import { means } from "../../../src/models/survey/estimates.ts";
import { estimateCovariance, linearisedEstimates } from "../../../src/models/survey/linearised-estimate.ts";
import { smoothEstimate } from "../../../src/models/survey/smooth-estimate.ts";
import { expectRelative } from "../../reference/reference.ts";
import { columns, designs, own, type TogetherCase } from "./survey-reference.ts";

describe("several estimates of one survey equal R survey's svyby and svycontrast to 1e-9", () => {
  test.each(own.together.map((c) => [c.design, c] as const))("%s", (name, expected: TogetherCase) => {
    const design = designs[name];
    const byDomain = linearisedEstimates(design, "mean", columns.y, { domains: columns.domains });
    const sorted = expected.domains.map((domain) => byDomain.find((one) => one.domain === domain) as never);
    const covariance = estimateCovariance(design, sorted);
    covariance.forEach((value, k) => {
      expectRelative(value, expected.covariance[k], 1e-9, `covariance ${k}`);
    });
    const x = columns.x.map((value, i) => (Number.isNaN(columns.y[i]) ? Number.NaN : value));
    const both = [...linearisedEstimates(design, "mean", columns.y), ...linearisedEstimates(design, "mean", x)];
    estimateCovariance(design, both).forEach((value, k) => {
      expectRelative(value, expected.meansCovariance[k], 1e-9, `covariance ${k}`);
    });
    const totals = [...linearisedEstimates(design, "total", columns.y), ...linearisedEstimates(design, "total", x)];
    const value = ([a, b]: readonly number[]) => Math.log(a / b) + a / (b + 1000);
    const gradient = ([a, b]: readonly number[]) => [1 / a + 1 / (b + 1000), -1 / b - a / (b + 1000) ** 2];
    for (const options of [{}, { gradient }]) {
      const found = smoothEstimate(design, totals, value, options);
      expectRelative(found.estimate, expected.smooth, 1e-9);
      expectRelative(found.standardError, expected.smoothError, 1e-9);
    }
    const mean = smoothEstimate(design, both, ([a]) => a);
    expectRelative(mean.standardError, means(design, columns.y)[0].standardError, 1e-12);
    expect(mean.variance).toBe(design.variance);
  });
});
