import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import {
  degreesOfFreedom,
  effectiveSampleSize,
  type LonelyUnitRule,
  surveyDesign,
  totalVariance,
} from "../../../src/models/survey/design.ts";
import { groupProportions } from "../../../src/models/survey/group-proportions.ts";
import { proportionInterval } from "../../../src/models/survey/proportion-interval.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { invented, surveyTests } from "./survey-tests.ts";

describe("equal R survey's svyby to 1e-9", () => {
  test.each(surveyTests.groups.map((expected) => [expected.design, expected] as const))("%s", (name, expected) => {
    const answers = Float64Array.from(surveyTests.rows.common);
    const codes = Int32Array.from(surveyTests.rows.group, (group) => group - 1);
    const found = groupProportions(invented(name), answers, codes, 60);
    expected.group.forEach((group, i) => {
      expectNear(found.estimate[group - 1] as number, expected.estimate[i] as number, 1e-9);
      expectNear(found.standardError[group - 1] as number, expected.standardError[i] as number, 1e-9);
    });
    expect(expected.group).toHaveLength(60);
  });
});

/** The same numbers the long way: one domain at a time, over the whole survey. */
function oneByOne(
  design: ReturnType<typeof surveyDesign>,
  answers: Float64Array,
  codes: Int32Array,
  group: number,
): Record<string, number> {
  const inDomain = Uint8Array.from(codes, (code, row) => Number(code === group && !Number.isNaN(answers[row])));
  const weights = design.weights.filter((_, row) => inDomain[row] === 1);
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const estimate =
    answers.reduce((sum, answer, row) => sum + (inDomain[row] === 1 ? answer * (design.weights[row] ?? 0) : 0), 0) /
    weightSum;
  const linearised = answers.map((answer, row) => (inDomain[row] === 1 ? (answer - estimate) / weightSum : 0));
  const df = degreesOfFreedom(design, inDomain);
  const standardError = Math.sqrt(totalVariance(design, linearised));
  const [low, high] = proportionInterval(
    { estimate, standardError, degreesOfFreedom: df, respondents: weights.length },
    "logit",
  );
  return {
    estimate,
    standardError,
    low,
    high,
    respondents: weights.length,
    weightSum,
    effectiveSize: weights.length > 0 ? effectiveSampleSize(weights) : 0,
    degreesOfFreedom: df,
  };
}

describe("one pass equals one domain at a time", () => {
  const row = fc.record({
    weight: fc.double({ min: 0.1, max: 1000, noNaN: true }),
    answer: fc.constantFrom(0, 1, Number.NaN),
    group: fc.integer({ min: -1, max: 5 }),
    stratum: fc.constantFrom("a", "b", "c"),
    cluster: fc.constantFrom("1", "2", "3"),
  });
  test.each(["certainty", "centred", "average"] as const)("any design, rule %s", (lonelyUnit: LonelyUnitRule) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (list) => {
        const strata = new Map<string, Set<string>>();
        for (const { stratum, cluster } of list) strata.set(stratum, (strata.get(stratum) ?? new Set()).add(cluster));
        // The mean of the other strata needs one of two units.
        fc.pre(lonelyUnit !== "average" || [...strata.values()].some((clusters) => clusters.size > 1));
        const design = surveyDesign({
          weights: Float64Array.from(list, ({ weight }) => weight),
          strata: list.map(({ stratum }) => stratum),
          clusters: list.map(({ cluster }) => cluster),
          nest: true,
          lonelyUnit,
        });
        const answers = Float64Array.from(list, ({ answer }) => answer);
        const codes = Int32Array.from(list, ({ group }) => group);
        const found = groupProportions(design, answers, codes, 6);
        for (let group = 0; group < 6; group++) {
          const expected = oneByOne(design, answers, codes, group);
          for (const name of ["respondents", "weightSum", "effectiveSize", "degreesOfFreedom"] as const)
            expectNear(found[name][group] as number, expected[name] as number, 1e-12, name);
          if (expected.respondents === 0) {
            expect(found.estimate[group]).toBeNaN();
            expect(found.low[group]).toBeNaN();
            continue;
          }
          expectNear(found.estimate[group] as number, expected.estimate as number, 1e-12);
          if (found.exact[group] === 1) continue;
          for (const name of ["standardError", "low", "high"] as const) {
            if (Number.isNaN(expected[name])) expect(found[name][group]).toBeNaN();
            else expectNear(found[name][group] as number, expected[name] as number, 1e-9, name);
          }
        }
      }),
    );
  });

  test("thousands of groups: those taken at random equal the long way", () => {
    const random = seededRandom(3);
    const n = 20_000;
    const count = 3000;
    const design = surveyDesign({
      weights: Float64Array.from({ length: n }, () => 1 + 9 * random()),
      strata: Array.from({ length: n }, (_, i) => `${i % 40}`),
      clusters: Array.from({ length: n }, (_, i) => `${Math.floor(i / 7) % 300}`),
      nest: true,
    });
    const answers = Float64Array.from({ length: n }, () => Number(random() < 0.3));
    const codes = Int32Array.from({ length: n }, () => Math.floor(random() * count));
    const found = groupProportions(design, answers, codes, count);
    for (const group of [0, 17, 555, 1800, 2999]) {
      const expected = oneByOne(design, answers, codes, group);
      expectRelative(found.estimate[group] as number, expected.estimate as number, 1e-12);
      if (found.exact[group] === 0)
        expectRelative(found.standardError[group] as number, expected.standardError as number, 1e-9);
    }
    expect(found.respondents.reduce((sum, r) => sum + r, 0)).toBe(n);
  });
});

describe("edges", () => {
  const design = surveyDesign({ weights: Float64Array.of(1, 2, 3, 4) });
  const codes = Int32Array.of(0, 0, 2, -1);
  test("an empty group, a group that all agree, and inputs left alone", () => {
    const answers = Object.freeze([1, 1, 0, 1]);
    const found = groupProportions(design, Float64Array.from(answers), codes, 3);
    expect(found.estimate).toEqual(Float64Array.of(1, Number.NaN, 0));
    expect(found.exact).toEqual(Uint8Array.of(1, 0, 1));
    expect(found.respondents).toEqual(Int32Array.of(2, 0, 1));
    expect(found.effectiveSize).toEqual(Float64Array.of(9 / 5, 0, 1));
    expect(codes).toEqual(Int32Array.of(0, 0, 2, -1));
  });
  test("refusals name the row and the value", () => {
    const answers = Float64Array.of(1, 1, 0, 1);
    expect(() => groupProportions(design, answers, Int32Array.of(0, 3, 0, 0), 3)).toThrow(/ligne 2.*«.3.»/u);
    expect(() => groupProportions(design, Float64Array.of(1, 1, 0, 7), codes, 3)).toThrow(/ligne 4.*«.7.»/u);
    expect(() => groupProportions(design, Float64Array.of(1), codes, 3)).toThrow(/longueurs/);
    expect(() => groupProportions(design, answers, codes, 3, { confidence: 95 })).toThrow(/confiance/);
  });
});
