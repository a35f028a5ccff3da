import { describe, expect, test } from "vitest";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { columns, designs, type EstimateCase, expectCase, lonelyRules, own, pick } from "./survey-reference.ts";

const named = <T extends EstimateCase>(cases: readonly T[]) =>
  cases.map((c) => [`${c.design}, ${c.statistic}, ${c.domain}`, c] as const);

describe("totals, means and ratios by domain equal R survey's to 1e-9", () => {
  test.each(named(own.cases))("%s", (_, expected) => {
    const found = expectCase(designs[expected.design], expected, columns);
    expect(found.degreesOfFreedom).toBe(expected.df);
    expect(found.variance).toBe(
      {
        random: "ultimate-cluster-fpc",
        clustersFpc: "ultimate-cluster-fpc",
        fractions: "ultimate-cluster-fpc",
        zeroWeights: "ultimate-cluster-fpc",
        twoStages: "multistage",
        threeStages: "multistage",
      }[expected.design] ?? "ultimate-cluster",
    );
  });

  test.each(named(own.ultimate))("ultimate cluster on request: %s", (_, expected) => {
    expect(expectCase(designs.ultimate, expected, columns).variance).toBe("ultimate-cluster-fpc");
  });
});

describe("lonely units: R survey's rules under our names, to 1e-9", () => {
  test.each(own.lonely.map((c) => [`${c.design} ${c.rule} ${c.statistic} ${c.domain}`, c] as const))(
    "%s",
    (_, expected) => {
      const kept = expected.design === "lonely" ? own.smallRows : own.censusRows;
      const { rows } = own;
      const strata = pick(rows.stratum, kept);
      const census = expected.design === "census";
      const design = surveyDesign({
        weights: Float64Array.from(pick(rows.weight, kept)),
        strata,
        clusters: pick(rows.block, kept),
        populationUnits: Float64Array.from(strata, (name, i) => (census && name === "bord" ? 1 : rows.N1[kept[i]])),
        lonelyUnit: lonelyRules[expected.rule],
      });
      expect(design.lonelyStrata).toBe(census ? 0 : 1);
      const part = {
        y: Float64Array.from(pick(columns.y, kept)),
        x: Float64Array.from(pick(columns.x, kept)),
        domains: pick(rows.domain, kept),
      };
      expectCase(design, expected, part);
    },
  );
});
