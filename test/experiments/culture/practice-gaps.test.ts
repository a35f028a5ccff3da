import { describe, expect, test } from "vitest";
import { gapFigures } from "../../../src/experiments/culture/gap-figures.ts";
import { contrastOf, equivalenceMargin, practiceGaps } from "../../../src/experiments/culture/practice-gaps.ts";
import { practiceOf } from "../../../src/experiments/culture/practice-survey.ts";
import { inventedSurvey, times } from "./invented-survey.ts";

/** Inside and outside, people of one diploma go as often; but few inside have the higher one. */
const composed = inventedSurvey(
  [
    ...times(45, { neighbourhood: "QP1", diploma: "aucun", cinema: 1 }),
    ...times(45, { neighbourhood: "QP1", diploma: "aucun", cinema: 0 }),
    ...times(9, { neighbourhood: "QP1", diploma: "supérieur", cinema: 1 }),
    ...times(1, { neighbourhood: "QP1", diploma: "supérieur", cinema: 0 }),
    ...times(10, { diploma: "aucun", cinema: 1 }),
    ...times(10, { diploma: "aucun", cinema: 0 }),
    ...times(72, { diploma: "supérieur", cinema: 1 }),
    ...times(8, { diploma: "supérieur", cinema: 0 }),
  ],
  { place: true },
);

describe("who is compared with whom", () => {
  test("the place, at equal age, diploma and occupation, where the survey knows it", () => {
    const contrast = contrastOf(composed);
    expect(contrast).toMatchObject({
      kind: "place",
      first: "en quartier prioritaire",
      second: "hors quartier",
      heldEqual: "âge, diplôme et profession",
    });
    expect(contrast.cells.name).toBe("âge × diplôme × profession");
    expect([...contrast.groups.codes].reduce((sum, code) => sum + code, 0)).toBe(100);
  });

  test("women and men where it does not, and no diploma that was not asked", () => {
    const contrast = contrastOf(inventedSurvey(times(4, { cinema: 1 }), { schooled: false }));
    expect(contrast).toMatchObject({ kind: "sex", first: "femme", second: "homme", heldEqual: "âge et profession" });
    expect(contrast.cells.name).toBe("âge × profession");
    expect(contrastOf(inventedSurvey(times(4, { cinema: 1 }))).heldEqual).toBe("âge, diplôme et profession");
  });
});

describe("the gap", () => {
  test("is that of the composition alone: 28 points less in raw, none once held equal", () => {
    const [gap] = practiceGaps(composed).gaps;
    expect(gap?.measured.raw.estimate).toBeCloseTo(0.54 - 0.82, 12);
    expect(gap?.tests.gap).toBeCloseTo(0, 12);
    expect(gap?.tests.gap).toBe(gap?.measured.standardised.estimate);
    expect(gap?.measured.unmatched).toEqual([]);
    expect(gap?.counts).toEqual({ yes: [54, 82], no: [46, 18] });
  });

  test("gives both groups the cells of the neighbourhoods, not those of all", () => {
    // Inside 90 of 100 are without diploma: gap -0.2 there, 0 among the others.
    const survey = inventedSurvey(
      [
        ...times(27, { neighbourhood: "QP1", diploma: "aucun", cinema: 1 }),
        ...times(63, { neighbourhood: "QP1", diploma: "aucun", cinema: 0 }),
        ...times(5, { neighbourhood: "QP1", diploma: "supérieur", cinema: 1 }),
        ...times(5, { neighbourhood: "QP1", diploma: "supérieur", cinema: 0 }),
        ...times(10, { diploma: "aucun", cinema: 1 }),
        ...times(10, { diploma: "aucun", cinema: 0 }),
        ...times(90, { diploma: "supérieur", cinema: 1 }),
        ...times(90, { diploma: "supérieur", cinema: 0 }),
      ],
      { place: true },
    );
    expect(practiceGaps(survey).gaps[0]?.tests.gap).toBeCloseTo(-0.18, 12);
  });

  test("leaves out the cells that one group does not have, and says which and how many people they hold", () => {
    const survey = inventedSurvey(
      [
        ...times(30, { neighbourhood: "QP1", diploma: "aucun", cinema: 1 }),
        ...times(10, { neighbourhood: "QP1", diploma: "aucun", cinema: 0 }),
        ...times(10, { neighbourhood: "QP1", diploma: "CAP", cinema: 1 }),
        ...times(20, { diploma: "aucun", cinema: 1 }),
        ...times(20, { diploma: "aucun", cinema: 0 }),
        ...times(60, { diploma: "supérieur", cinema: 1 }),
      ],
      { place: true },
    );
    const [gap] = practiceGaps(survey).gaps;
    expect(gap?.tests.gap).toBeCloseTo(0.25, 12);
    expect(gap?.measured.unmatched.map(({ cell, respondents }) => [cell, ...respondents])).toEqual([
      ["jeune × CAP × ouvrier", 10, 0],
      ["jeune × supérieur × ouvrier", 0, 60],
    ]);
    expect(gap?.measured.unmatchedShares[0]).toBeCloseTo(0.2, 12);
    expect(gap?.measured.unmatchedShares[1]).toBeCloseTo(0.6, 12);
  });

  test("counts out, and tells, those without an answer or a diploma", () => {
    const survey = inventedSurvey(
      [
        ...times(20, { neighbourhood: "QP1", cinema: 1 }),
        ...times(20, { neighbourhood: "QP1", cinema: 0 }),
        ...times(3, { neighbourhood: "QP1", cinema: Number.NaN }),
        ...times(4, { neighbourhood: "QP1", cinema: 1, diploma: "" }),
        ...times(20, { cinema: 1 }),
        ...times(20, { cinema: 0 }),
      ],
      { place: true },
    );
    const [gap] = practiceGaps(survey).gaps;
    expect(gap?.measured.missing).toBe(7);
    expect(gap?.tests.gap).toBeCloseTo(0, 12);
  });

  test("as it is, is that of everybody who answered: those without a diploma are in it, and are counted", () => {
    const survey = inventedSurvey(
      [
        ...times(20, { neighbourhood: "QP1", cinema: 1 }),
        ...times(20, { neighbourhood: "QP1", cinema: 0 }),
        ...times(40, { neighbourhood: "QP1", cinema: 0, diploma: "" }),
        ...times(20, { cinema: 1 }),
        ...times(20, { cinema: 0 }),
        ...times(2, { cinema: Number.NaN }),
      ],
      { place: true },
    );
    const { gaps, withoutCell } = practiceGaps(survey);
    const raw = gaps[0]?.measured.raw;
    expect(raw?.estimate).toBeCloseTo(-0.25, 12);
    expect(raw?.low).toBeLessThan(-0.25);
    expect(raw?.high).toBeGreaterThan(-0.25);
    expect(gaps[0]?.tests.gap).toBeCloseTo(0, 12);
    expect(withoutCell).toBe(40);
    expect(gapFigures(survey, practiceGaps(survey)).plot.champ).toContain("sans 40 personnes dont");
  });
});

test("verdicts are counted over the family: one test alone has the p-values it has, several have larger ones", () => {
  const cinema = practiceOf(composed, "cinema");
  if (!cinema) throw new Error("no cinema");
  const alone = practiceGaps(composed).gaps[0]?.tests;
  const both = practiceGaps({ ...composed, practices: [cinema, { ...cinema, name: "bis" }] }).gaps[0]?.tests;
  expect(alone?.adjustedEquivalence).toBe(alone?.pEquivalence);
  expect(both?.pEquivalence).toBe(alone?.pEquivalence);
  expect(both?.adjustedEquivalence).toBeCloseTo(Math.min(1, 2 * (alone?.pEquivalence ?? Number.NaN)), 12);
  expect(practiceGaps(composed).margin).toBe(equivalenceMargin);
});
