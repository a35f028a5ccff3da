import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crossCells } from "../../../src/models/comparison/cross-cells.ts";
import { standardisedGap } from "../../../src/models/comparison/standardised-gap.ts";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import { proportionGap } from "../../../src/models/survey/proportion.ts";
import type { PartEstimate } from "../../../src/models/survey/statistic-variance.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { age, cinema, designs, diploma, expected, pair, weights } from "./comparison-reference.ts";

const cells = crossCells([age, diploma]);
const design = (name: string) => designs[name] as ReturnType<typeof surveyDesign>;
function expectPart(found: PartEstimate, estimate: number, standardError: number): void {
  expectRelative(found.estimate, estimate, 1e-9);
  expectRelative(found.standardError, standardError, 1e-9);
}

describe("equal R survey to 1e-9", () => {
  const standard = Float64Array.from(cells.levels, (cell) => {
    const place = expected.population.cell.indexOf(cell);
    return expected.population.Freq[place] as number;
  });
  test.each(expected.standardised.map((value) => [value.design, value] as const))(
    "a known population, %s: svystandardize",
    (name, value) => {
      const found = standardisedGap(design(name), cinema, { ...pair, cells, standard });
      expectPart(found.standardised, value.gap, value.standardError);
      expectPart(found.first, value.rates[0] as number, value.standardErrors[0] as number);
      expectPart(found.second, value.rates[1] as number, value.standardErrors[1] as number);
      expect(found.unmatched).toEqual([]);
    },
  );

  test.each(expected.cellwise.map((value) => [value.design, value] as const))(
    "cells of the sample, estimated too, %s: svycontrast",
    (name, value) => {
      for (const [standard, key] of [
        ["pooled", "pooled"],
        ["first", "atFirst"],
        ["second", "atSecond"],
      ] as const) {
        const found = standardisedGap(design(name), cinema, { ...pair, cells, standard });
        expectPart(found.standardised, value[key].estimate, value[key].standardError);
        expectPart(found.raw, value.raw.estimate, value.raw.standardError);
        expectPart(found.matched, value.raw.estimate, value.raw.standardError);
        if (standard === "pooled") expectPart(found.first, value.pooledFirst.estimate, value.pooledFirst.standardError);
      }
    },
  );
});

describe("laws", () => {
  test("the raw gap is that of two domains", () => {
    const found = standardisedGap(design("clusters"), cinema, { ...pair, cells });
    const gap = proportionGap(design("clusters"), cinema, {
      domains: expected.rows.place,
      first: "QPV",
      second: "hors QPV",
    });
    expectRelative(found.raw.estimate, gap.estimate, 1e-12);
    expectRelative(found.raw.standardError, gap.standardError, 1e-12);
    expectRelative(found.raw.low, gap.low, 1e-12);
    expect(found.degreesOfFreedom).toBe(gap.degreesOfFreedom);
    expect(found.respondents[0] + found.respondents[1]).toBe(weights.length);
  });

  test("replicates say nearly the same as linearisation", () => {
    const linear = standardisedGap(design("clusters"), cinema, { ...pair, cells });
    const jackknife = standardisedGap(jackknifeReplicates(design("clusters")), cinema, { ...pair, cells });
    expect(jackknife.standardised.estimate).toBe(linear.standardised.estimate);
    expectRelative(jackknife.standardised.standardError, linear.standardised.standardError, 0.05);
    expect(jackknife.failedReplicates).toBe(0);
    expect(jackknife.degreesOfFreedom).toBe(linear.degreesOfFreedom);
  });

  test("one cell changes nothing; exchanged groups change the sign; equal rates by cell leave no gap", () => {
    const one = categoricalVariable("tous", new Array(weights.length).fill("a"));
    const found = standardisedGap(design("weights"), cinema, { ...pair, cells: one });
    expectNear(found.standardised.estimate, found.raw.estimate, 1e-12);
    expectNear(found.standardised.standardError, found.raw.standardError, 1e-12);
    const other = standardisedGap(design("weights"), cinema, { ...pair, cells, first: "hors QPV", second: "QPV" });
    const same = standardisedGap(design("weights"), cinema, { ...pair, cells });
    expectNear(other.standardised.estimate, -same.standardised.estimate, 1e-12);
    const byCell = Float64Array.from(cells.codes, (code) => code / 10);
    const none = standardisedGap(design("weights"), byCell, { ...pair, cells });
    expectNear(none.standardised.estimate, 0, 1e-12);
    expect(Math.abs(none.raw.estimate)).toBeGreaterThan(0.01);
    expectNear(none.standardised.standardError, 0, 1e-12);
  });
});

describe("what cannot be compared is said", () => {
  const groups = categoricalVariable("lieu", ["A", "A", "A", "A", "B", "B", "B", "B", "C"]);
  const own = categoricalVariable("case", ["x", "x", "y", "w", "x", "x", "y", "z", "x"], {
    levels: ["w", "x", "y", "z", "nobody"],
  });
  const answers = Float64Array.of(1, 0, 1, 1, 0, 0, 1, 1, 1);
  const small = surveyDesign({ weights: Float64Array.of(1, 1, 2, 4, 1, 1, 1, 2, 9) });
  test("cells that one group does not have leave both sides, with their weight", () => {
    const found = standardisedGap(small, answers, { groups, first: "A", second: "B", cells: own });
    expect(found.unmatched).toEqual([
      { cell: "w", respondents: [1, 0], shares: [0.5, 0], standardShare: 0 },
      { cell: "z", respondents: [0, 1], shares: [0, 0.4], standardShare: 0 },
    ]);
    expect(found.unmatchedShares).toEqual([0.5, 0.4]);
    // Cell x: 1/2 against 0, weight 2 + 2; cell y: 1 against 1, weight 2 + 1.
    expectNear(found.standardised.estimate, (4 / 7) * 0.5, 1e-12);
    expectNear(found.raw.estimate, 7 / 8 - 3 / 5, 1e-12);
    expectNear(found.matched.estimate, 3 / 4 - 1 / 3, 1e-12);
    // One respondent in cell y, on each side.
    expectNear(found.singleShare, 3 / 7, 1e-12);
  });
  test("a known population may have cells that nobody of the survey is in", () => {
    const standard = Float64Array.of(10, 40, 20, 10, 20);
    const found = standardisedGap(small, answers, { groups, first: "A", second: "B", cells: own, standard });
    expect(found.unmatched.map(({ cell, standardShare }) => [cell, standardShare])).toEqual([
      ["w", 0.1],
      ["z", 0.1],
      ["nobody", 0.2],
    ]);
    expectNear(found.unmatchedStandardShare, 0.4, 1e-12);
    expectNear(found.standardised.estimate, (40 / 60) * 0.5, 1e-12);
  });
  test("missing answers are counted; no common cell, no group and impossible populations are refused", () => {
    const found = standardisedGap(small, Float64Array.of(1, 0, 1, 1, 0, Number.NaN, 1, 1, 1), {
      groups,
      first: "A",
      second: "B",
      cells: own,
    });
    expect([found.missing, ...found.respondents]).toEqual([1, 4, 3]);
    const apart = categoricalVariable("case", ["x", "x", "x", "x", "y", "y", "y", "y", "y"]);
    const ask = { groups, first: "A", second: "B", cells: own };
    expect(() => standardisedGap(small, answers, { ...ask, cells: apart })).toThrow(/Aucune case commune/);
    expect(() => standardisedGap(small, answers, { ...ask, second: "D" })).toThrow(/distincts parmi A, B, C/);
    expect(() => standardisedGap(small, answers, { ...ask, standard: Float64Array.of(1) })).toThrow(/5 effectifs/);
    expect(() => standardisedGap(small, answers, { ...ask, standard: Float64Array.of(1, -2, 0, 0, 0) })).toThrow(/-2/);
    expect(() =>
      standardisedGap(
        small,
        answers.map(() => Number.NaN),
        ask,
      ),
    ).toThrow(/Groupe sans enquêté/);
  });
});

describe("cells of several questions", () => {
  test("every combination held, in the order of the levels, and nothing else", () => {
    const level = fc.integer({ min: -1, max: 2 });
    fc.assert(
      fc.property(fc.array(fc.tuple(level, level, level), { minLength: 1, maxLength: 30 }), (rows) => {
        const questions = ["a", "b", "c"].map((name, q) => ({
          name,
          levels: ["0", "1", "2"],
          codes: Int32Array.from(rows, (row) => row[q] as number),
        }));
        const crossed = crossCells(questions);
        rows.forEach((row, i) => {
          const name = row.includes(-1) ? undefined : row.join(" × ");
          expect(crossed.levels[crossed.codes[i] as number]).toBe(name);
        });
        expect([...crossed.levels].sort()).toEqual([...crossed.levels]);
        expect(new Set(crossed.codes.filter((code) => code >= 0)).size).toBe(crossed.levels.length);
      }),
    );
    expect(() => crossCells([])).toThrow(/croiser/);
    expect(() => crossCells([age, categoricalVariable("court", ["a"])])).toThrow(/longueurs/);
  });
});
