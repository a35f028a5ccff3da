import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { calibrate } from "../../../src/models/calibration/calibrate.ts";
import { seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { calibratedDesign } from "../../../src/models/survey/calibrated-design.ts";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { estimateCovariance, linearisedEstimates } from "../../../src/models/survey/linearised-estimate.ts";
import { smoothEstimate } from "../../../src/models/survey/smooth-estimate.ts";
import { expectRelative } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import { expectQuantile } from "./expect-quantile.ts";
import { api, type EstimateCase, expectCase } from "./survey-reference.ts";

/** The api samples of R survey: California's schools, drawn in four ways. */
interface ApiSample {
  readonly text: (name: string) => string[];
  readonly number: (name: string) => Float64Array;
}

function readSample(folder: string, name: string): ApiSample {
  const lines = readFileSync(join(folder, "reference/statistics", `${name}.csv`), "utf8")
    .trim()
    .split("\n");
  const cells = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? ""),
  );
  const column = (wanted: string): string[] => cells.slice(1).map((row) => row[cells[0].indexOf(wanted)]);
  return {
    text: column,
    number: (wanted) => Float64Array.from(column(wanted), (cell) => (cell === "" ? Number.NaN : Number(cell))),
  };
}

describe.runIf(realData)("the api samples equal R survey to 1e-9", () => {
  const names = ["apistrat", "apiclus1", "apiclus2", "apisrs"];
  const samples = new Map(realData ? names.map((name) => [name, readSample(realData as string, name)] as const) : []);
  const sampleOf = (name: string): ApiSample => samples.get(name) as ApiSample;
  const designOf = (name: string, ultimateCluster = false): SurveyDesign => {
    const { text, number } = sampleOf(name);
    const weights = number("pw");
    if (name === "apistrat") return surveyDesign({ weights, strata: text("stype"), populationUnits: number("fpc") });
    if (name === "apiclus1") return surveyDesign({ weights, clusters: text("dnum"), populationUnits: number("fpc") });
    if (name === "apisrs") return surveyDesign({ weights, populationUnits: number("fpc") });
    const schools = { clusters: text("snum"), populationUnits: number("fpc2") };
    return surveyDesign({
      weights,
      clusters: text("dnum"),
      populationUnits: number("fpc1"),
      lowerStages: [schools],
      ultimateCluster,
    });
  };
  const columnsOf = (name: string) => {
    const { text, number } = sampleOf(name);
    return { y: number("api00"), x: number("enroll"), domains: text("stype") };
  };
  const check = (design: SurveyDesign, expected: EstimateCase) =>
    expectCase(design, expected, columnsOf(expected.design));
  const named = <T extends EstimateCase>(cases: readonly T[]) =>
    cases.map((c) => [`${c.design}, ${c.statistic}, ${c.domain}`, c] as const);

  test.each(named(api.cases))("%s", (_, expected) => {
    const found = check(designOf(expected.design), expected);
    expect(found.degreesOfFreedom).toBe(expected.df);
    expect(found.variance).toBe(expected.design === "apiclus2" ? "multistage" : "ultimate-cluster-fpc");
  });

  test.each(named(api.ultimate))("ultimate cluster: %s", (_, expected) => {
    check(designOf("apiclus2", true), expected);
  });

  test.each(api.quantiles.map((c) => [`${c.design} ${c.probability} ${c.domain}`, c] as const))(
    "quantile: %s",
    (_, expected) => {
      const { y, x, domains } = columnsOf(expected.design);
      const complete = y.map((value, i) => (Number.isNaN(x[i]) ? Number.NaN : value));
      expectQuantile(designOf(expected.design), { y: complete, domains }, expected);
    },
  );

  test.each(api.together.map((c) => [c.design, c] as const))(
    "covariance of domains and a smooth function: %s",
    (name, expected) => {
      const design = designOf(name);
      const { y, x, domains } = columnsOf(name);
      const complete = y.map((value, i) => (Number.isNaN(x[i]) ? Number.NaN : value));
      const byDomain = linearisedEstimates(design, "mean", complete, { domains });
      const sorted = expected.domains.map((domain) => byDomain.find((one) => one.domain === domain) as never);
      estimateCovariance(design, sorted).forEach((value, k) => {
        // What cancels to zero in R between strata has no relative error.
        const scale = Math.sqrt(expected.covariance[0] * expected.covariance[8]);
        if (Math.abs(expected.covariance[k]) < 1e-9 * scale) expect(Math.abs(value)).toBeLessThan(1e-9 * scale);
        else expectRelative(value, expected.covariance[k], 1e-9, `covariance ${k}`);
      });
      const totals = [...linearisedEstimates(design, "total", complete), ...linearisedEstimates(design, "total", x)];
      const found = smoothEstimate(design, totals, ([a, b]) => Math.log(a / b) + a / (b + 1000));
      expectRelative(found.estimate, expected.smooth, 1e-9);
      expectRelative(found.standardError, expected.smoothError, 1e-9);
    },
  );

  test.each(api.calibrated.map((c) => [`${c.fun}, ${c.design}, ${c.statistic}, ${c.domain}`, c] as const))(
    "calibrated: %s",
    (_, expected) => {
      const { text, number } = sampleOf(expected.design);
      const categories = ["E", "H", "M"];
      const margins = seedColumns({
        households: text("stype").length,
        variables: [
          { of: "households", name: "stype", categories, codes: text("stype").map((type) => categories.indexOf(type)) },
          { of: "quantity", name: "api99", values: number("api99") },
        ],
      });
      const design = designOf(expected.design);
      const targets = Float64Array.of(6194 - 755 - 1018, 755, 1018, 3914069);
      const found = calibrate(margins, { weights: design.weights, targets, method: expected.fun, tolerance: 1e-13 });
      check(calibratedDesign(design, margins, found), expected);
    },
  );

  test.each(named(api.replicated))("jackknife: %s", (_, expected) => {
    expectCase(jackknifeReplicates(designOf(expected.design)), expected, columnsOf(expected.design));
  });
});
