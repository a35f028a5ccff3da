import { describe, expect, test } from "vitest";
import { calibrate } from "../../../src/models/calibration/calibrate.ts";
import { type SeedColumns, seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { calibratedDesign } from "../../../src/models/survey/calibrated-design.ts";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { means, totals } from "../../../src/models/survey/estimates.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { columns, designs, expectCase, own } from "./survey-reference.ts";

const { rows } = own;
const codes = (names: readonly string[], column: readonly string[]) => column.map((name) => names.indexOf(name));
const ages = ["adultes", "jeunes", "retraités"];
const places = ["bord", "campagne", "centre"];
const margins: SeedColumns = seedColumns({
  households: rows.weight.length,
  variables: [
    { of: "households", name: "âge", categories: ages, codes: codes(ages, rows.domain) },
    { of: "households", name: "lieu", categories: places, codes: codes(places, rows.stratum) },
    { of: "quantity", name: "x", values: rows.x },
  ],
});
const targets = Float64Array.of(620, 330, 200, 250, 600, 300, 17500);
const calibrated = (design: SurveyDesign, method: "linear" | "raking" | "logit"): SurveyDesign =>
  calibratedDesign(
    design,
    margins,
    calibrate(margins, {
      weights: design.weights,
      targets,
      method,
      tolerance: 1e-13,
      ...(method === "logit" ? { bounds: [0.2, 6] as const } : {}),
    }),
  );

describe("a calibrated design equals R survey's calibrate", () => {
  test.each(own.calibrated.map((c) => [`${c.fun}, ${c.design}, ${c.statistic}, ${c.domain}`, c] as const))(
    "%s",
    (_, expected) => {
      // Weights come from iterations but for the linear distance: their own tolerance is 1e-13 of a margin.
      const found = expectCase(calibrated(designs[expected.design], expected.fun), expected, columns, 1e-9);
      expect(found.degreesOfFreedom).toBe(expected.df);
    },
  );

  test("a margin has no variance left, and calibration on x helps y that follows it", () => {
    const before = designs.clusters;
    const after = calibrated(before, "raking");
    const [total] = totals(after, columns.x);
    expectRelative(total.estimate, 17500, 1e-9);
    expectNear(total.standardError / 17500, 0, 1e-9);
    for (const { weightSum, standardError } of totals(after, new Float64Array(columns.x.length).fill(1), {
      domains: rows.domain,
    })) {
      expectNear(standardError / weightSum, 0, 1e-9);
    }
    expect(means(after, columns.y)[0].standardError).toBeLessThan(means(before, columns.y)[0].standardError);
  });
});

test("refusals: another sample, other weights, twice, and replicates of it", () => {
  const after = calibrated(designs.clusters, "raking");
  const found = { weights: after.weights, ratios: new Float64Array(margins.profiles).fill(1) };
  expect(() => calibratedDesign(after, margins, found)).toThrow(/déjà calé/u);
  expect(() => calibratedDesign(designs.clusters, margins, found)).toThrow(
    /ne vient pas du poids du plan à la ligne 1/u,
  );
  expect(() => calibratedDesign(surveyDesign({ weights: Float64Array.of(1, 1) }), margins, found)).toThrow(
    /autre échantillon/u,
  );
  expect(() => jackknifeReplicates(after)).toThrow(/déjà calé/u);
});
