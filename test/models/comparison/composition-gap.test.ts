import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compositionGap, type ReferenceRates } from "../../../src/models/comparison/composition-gap.ts";
import { crossCells } from "../../../src/models/comparison/cross-cells.ts";
import { standardisedGap } from "../../../src/models/comparison/standardised-gap.ts";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { surveyDesign } from "../../../src/models/survey/design.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import type { PartEstimate } from "../../../src/models/survey/statistic-variance.ts";
import { expectNear, expectRelative } from "../../reference/reference.ts";
import { age, cinema, designs, diploma, expected, pair } from "./comparison-reference.ts";

const cells = crossCells([age, diploma]);
const design = (name: string) => designs[name] as ReturnType<typeof surveyDesign>;
function expectPart(
  found: PartEstimate,
  value: { readonly estimate: number; readonly standardError: number },
  tolerance = 1e-9,
): void {
  expectRelative(found.estimate, value.estimate, tolerance);
  expectRelative(found.standardError, value.standardError, tolerance);
}

describe("equal R survey to 1e-9", () => {
  test.each(expected.cellwise.map((value) => [value.design, value] as const))(
    "one question of cells, three references, %s: svycontrast",
    (name, value) => {
      const of = (reference: ReferenceRates) =>
        compositionGap(design(name), cinema, { ...pair, variables: [cells], reference });
      expectPart(of("average").composition, value.compositionAverage);
      expectPart(of("average").remaining, value.remainingAverage);
      expectPart(of("average").raw, value.raw);
      expectPart(of("first").composition, value.compositionAtFirst);
      expectPart(of("first").remaining, value.atSecond);
      expectPart(of("second").composition, value.compositionAtSecond);
      expectPart(of("second").remaining, value.atFirst);
    },
  );

  test("two questions: the parts and their jackknife", () => {
    const of = (reference: ReferenceRates) =>
      compositionGap(jackknifeReplicates(design("clusters")), cinema, {
        ...pair,
        variables: [age, diploma],
        reference,
      });
    const found = of("average");
    [
      found.raw,
      found.composition,
      found.remaining,
      found.byVariable[0] as PartEstimate,
      found.byVariable[1] as PartEstimate,
      of("second").composition,
      of("first").composition,
    ].forEach((part, k) => {
      expectRelative(part.estimate, expected.oaxaca.estimate[k] as number, 1e-9);
      expectRelative(part.standardError, expected.oaxaca.jackknife[k] as number, 1e-9);
    });
    expect(found.failedReplicates).toBe(0);
  });
});

describe("laws", () => {
  test("linearisation is close to the jackknife with two questions", () => {
    const found = compositionGap(design("clusters"), cinema, { ...pair, variables: [age, diploma] });
    [found.raw, found.composition, found.remaining, found.byVariable[0], found.byVariable[1]].forEach((part, k) => {
      expectRelative(part?.standardError as number, expected.oaxaca.jackknife[k] as number, 0.06);
    });
  });

  test("raw gap = outside + composition + remaining, and the questions sum to the composition, whatever the data", () => {
    const row = fc.record({
      weight: fc.double({ min: 0.1, max: 50, noNaN: true }),
      answer: fc.constantFrom(0, 1),
      place: fc.constantFrom("A", "B"),
      age: fc.constantFrom("1", "2", "3"),
      work: fc.constantFrom("x", "y"),
    });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 12, maxLength: 60 }),
        fc.constantFrom<ReferenceRates>("first", "second", "average"),
        (rows, reference) => {
          fc.pre(new Set(rows.map(({ place }) => place)).size === 2);
          const survey = surveyDesign({ weights: Float64Array.from(rows, ({ weight }) => weight) });
          const answers = Float64Array.from(rows, ({ answer }) => answer);
          const ask = {
            groups: categoricalVariable(
              "lieu",
              rows.map(({ place }) => place),
            ),
            first: "A",
            second: "B",
            variables: [
              crossCells([
                categoricalVariable(
                  "âge",
                  rows.map((r) => r.age),
                ),
                categoricalVariable(
                  "métier",
                  rows.map((r) => r.work),
                ),
              ]),
            ],
            reference,
          };
          let found: ReturnType<typeof compositionGap>;
          try {
            found = compositionGap(survey, answers, ask);
          } catch (error) {
            expect(String(error)).toMatch(/Aucune réponse commune/);
            return;
          }
          const { raw, outside, composition, remaining, byVariable } = found;
          expectNear(outside.estimate + composition.estimate + remaining.estimate, raw.estimate, 1e-12);
          expectNear(byVariable[0]?.estimate as number, composition.estimate, 1e-12);
          expectNear(byVariable[0]?.standardError as number, composition.standardError, 1e-9);
          if (found.unmatched.length === 0) expect(outside).toMatchObject({ estimate: 0, standardError: 0 });
        },
      ),
    );
  });

  test("equal composition explains nothing, equal rates leave nothing", () => {
    const mirror = categoricalVariable("lieu", [..."AAAABBBB"]);
    const same = categoricalVariable("âge", [..."xxyyxxyy"]);
    const survey = surveyDesign({ weights: new Float64Array(8).fill(2) });
    const answers = Float64Array.of(1, 0, 1, 1, 0, 0, 1, 0);
    const found = compositionGap(survey, answers, { groups: mirror, first: "A", second: "B", variables: [same] });
    expectNear(found.composition.estimate, 0, 1e-15);
    expectNear(found.remaining.estimate, 0.5, 1e-15);
    const shifted = categoricalVariable("âge", [..."xxxyxyyy"]);
    const level = Float64Array.of(0, 0, 0, 1, 0, 1, 1, 1);
    const all = compositionGap(survey, level, { groups: mirror, first: "A", second: "B", variables: [shifted] });
    expectNear(all.remaining.estimate, 0, 1e-15);
    expectNear(all.composition.estimate, all.raw.estimate, 1e-15);
  });

  test("the explained share is that of a gap that is seen, and of no other", () => {
    const found = compositionGap(design("clusters"), cinema, { ...pair, variables: [cells] });
    expectNear(found.explainedShare as number, found.composition.estimate / found.raw.estimate, 1e-15);
    const coin = Float64Array.from(cinema, (_, row) => row % 2);
    const none = compositionGap(design("clusters"), coin, { ...pair, variables: [cells] });
    expect(none.raw.low * none.raw.high).toBeLessThan(0);
    expect(none.explainedShare).toBeNull();
  });

  test("what remains at the rates of one group is the gap standardised on the other", () => {
    const found = compositionGap(design("clusters"), cinema, { ...pair, variables: [cells], reference: "second" });
    const { standardised } = standardisedGap(design("clusters"), cinema, { ...pair, cells, standard: "first" });
    expectRelative(found.remaining.estimate, standardised.estimate, 1e-12);
    expectRelative(found.remaining.standardError, standardised.standardError, 1e-12);
  });
});

describe("what cannot be compared is said", () => {
  const groups = categoricalVariable("lieu", [..."AAAAABBBBB"]);
  const work = categoricalVariable("métier", [..."xxyywxxyyy"]);
  const survey = surveyDesign({ weights: Float64Array.of(1, 1, 1, 1, 4, 1, 1, 1, 1, 1) });
  const answers = Float64Array.of(1, 0, 1, 1, 1, 0, 1, 1, 0, 0);
  const ask = { groups, first: "A", second: "B" };

  test("an answer that one group only gives is set apart, with its share", () => {
    const found = compositionGap(survey, answers, { ...ask, variables: [work] });
    expect(found.unmatched).toEqual([{ variable: "métier", level: "w", shares: [0.5, 0] }]);
    expect(found.unmatchedShares).toEqual([0.5, 0]);
    expectNear(found.raw.estimate, 7 / 8 - 2 / 5, 1e-12);
    expectNear(found.outside.estimate, 7 / 8 - 3 / 4, 1e-12);
    expectNear(found.composition.estimate + found.remaining.estimate, 3 / 4 - 2 / 5, 1e-12);
  });

  test("a question that another makes up is named", () => {
    const twin = { ...work, name: "secteur" };
    expect(() => compositionGap(survey, answers, { ...ask, variables: [work, twin] })).toThrow(
      /groupe « A ».*secteur/u,
    );
  });

  test("no question, and nothing in common, are refused", () => {
    expect(() => compositionGap(survey, answers, { ...ask, variables: [] })).toThrow(/Aucune question/);
    const apart = categoricalVariable("métier", [..."xxxxxyyyyy"]);
    expect(() => compositionGap(survey, answers, { ...ask, variables: [apart] })).toThrow(/Aucune réponse commune/);
  });
});
