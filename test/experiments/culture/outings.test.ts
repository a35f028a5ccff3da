import { describe, expect, test } from "vitest";
import { outingsOf } from "../../../src/experiments/culture/outings.ts";
import { partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import { cultureTypequ } from "../../../src/sources/bpe-typequ.ts";
import { bpeXyContract } from "../../../src/sources/bpe-xy.ts";
import { inventedSurvey, times } from "./invented-survey.ts";
import { sampleTerritory } from "./sample-survey.ts";

const none = Number.NaN;

describe("an unmet wish", () => {
  test("is to have wanted and not gone; it is missing when either answer is", () => {
    const survey = inventedSurvey(
      [
        { wanted: 1, cinema: 0 },
        { wanted: 1, cinema: 1 },
        { wanted: 0, cinema: 0 },
        { wanted: 0, cinema: 1 },
        { wanted: none, cinema: 0 },
        { wanted: 1, cinema: none },
        { wanted: 0, cinema: none },
      ],
      { place: true },
    );
    const [outing] = outingsOf(survey);
    expect([...(outing?.unmet ?? [])]).toEqual([1, 0, 0, 0, none, none, none]);
    expect(outing?.typequ).toBe("F303");
  });

  test("is not known where the survey asks no wish, nor for a practice that it does not ask", () => {
    const people = times(2, { wanted: 1, cinema: 0 });
    expect(outingsOf(inventedSurvey(people))).toEqual([]);
    expect(outingsOf({ ...inventedSurvey(people, { place: true }), practices: [] })).toEqual([]);
  });
});

test("the five outings of the sample go with a kind of place of the year of the file", async () => {
  const survey = await partnerPractices(sampleTerritory());
  const found = outingsOf(survey);
  expect(found.map(({ practice }) => practice.name)).toEqual(["biblio", "cinema", "musee", "theatre", "concert"]);
  const kinds = cultureTypequ(Number(bpeXyContract.vintage))?.labels;
  for (const { typequ, practice, wish, unmet } of found) {
    expect(kinds?.has(typequ), practice.name).toBe(true);
    // A brake is only told by those who wanted and did not go.
    wish.brake.forEach((code, row) => {
      if (code >= 0) expect(unmet[row], practice.name).toBe(1);
    });
    expect(unmet.filter((is) => is === 1).length, practice.name).toBeGreaterThan(400);
  }
});
