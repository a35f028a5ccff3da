import { describe, expect, test } from "vitest";
import { seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { calibratedReplicates } from "../../../src/models/survey/calibrated-replicates.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { means, totals } from "../../../src/models/survey/estimates.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { columns, expectCase, own, pick } from "./survey-reference.ts";

const kept = own.complete;
const rows = {
  y: Float64Array.from(pick(columns.y, kept)),
  x: Float64Array.from(pick(columns.x, kept)),
  domains: pick(columns.domains, kept),
};
const strata = pick(own.rows.stratum, kept);
const design = surveyDesign({
  weights: Float64Array.from(pick(own.rows.weight, kept)),
  strata,
  clusters: pick(own.rows.block, kept),
});
const coded = (name: string, categories: readonly string[], column: readonly string[]) =>
  ({ of: "households", name, categories, codes: column.map((value) => categories.indexOf(value)) }) as const;
const margins = seedColumns({
  households: kept.length,
  variables: [
    coded("âge", ["adultes", "jeunes", "retraités"], rows.domains),
    coded("lieu", ["bord", "campagne", "centre"], strata),
    { of: "quantity", name: "x", values: rows.x },
  ],
});
const targets = Float64Array.of(620, 330, 200, 250, 600, 300, 17500);

describe("each replicate is calibrated, as R survey's calibrate does on replicate weights", () => {
  test.each(own.calibratedReplicates.map((c) => [`${c.fun}, ${c.statistic}, ${c.domain}`, c] as const))(
    "%s",
    (_, expected) => {
      const { survey, failed } = calibratedReplicates(jackknifeReplicates(design), margins, {
        targets,
        method: expected.fun,
        tolerance: 1e-13,
      });
      expect(failed).toBe(0);
      expectCase(survey, expected, rows, 1e-9);
    },
  );
});

test("a margin has no variance left; a category lost with its cluster is a failed replicate, said twice", () => {
  const { survey } = calibratedReplicates(jackknifeReplicates(design), margins, { targets, method: "linear" });
  const [total] = totals(survey, rows.x);
  expectRelative(total.estimate, 17500, 1e-9);
  expectNear(total.standardError / 17500, 0, 1e-9);
  const only = pick(own.rows.block, kept).map((block) => (block === "b1" ? "un" : "autres"));
  const lone = seedColumns({ households: kept.length, variables: [coded("bloc", ["un", "autres"], only)] });
  const found = calibratedReplicates(jackknifeReplicates(design), lone, { targets: Float64Array.of(100, 1000) });
  expect(found.failed).toBe(1);
  expect(means(found.survey, rows.y)[0].failedReplicates).toBe(1);
});

test("errors of the whole sample are thrown", () => {
  const short = { ...margins, households: 3 };
  expect(() => calibratedReplicates(jackknifeReplicates(design), short, { targets })).toThrow(/autre échantillon/u);
  expect(() =>
    calibratedReplicates(jackknifeReplicates(design), margins, { targets: targets.map((value) => -value) }),
  ).toThrow();
});
