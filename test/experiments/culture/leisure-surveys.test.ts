import { describe, expect, test } from "vitest";
import { leisureActivities, weightedLeisure } from "../../../src/experiments/culture/leisure-surveys.ts";
import { cumulation, practiceMap } from "../../../src/experiments/culture/practice-map.ts";
import { practiceOf } from "../../../src/experiments/culture/practice-survey.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";
import { sampleTerritory } from "./sample-survey.ts";

const mean = (answers: Float64Array): number => {
  const known = answers.filter((answer) => !Number.isNaN(answer));
  return known.reduce((sum, answer) => sum + answer, 0) / known.length;
};
const occitanie = () =>
  openTerritory({ territory: "occitanie", data: realData ?? "", purpose: "pratiques-culturelles" });

describe("the extract of 2 000 persons", () => {
  test("has weights, ages in years and diplomas, and does not know where people live", async () => {
    const survey = await weightedLeisure(sampleTerritory());
    expect(survey.known).toBe("weights");
    expect(survey.homes).toBeNull();
    expect(survey.synthetic).toBe(true);
    expect(survey.field).toContain("inventées");
    expect(survey.design.weights.length).toBe(survey.people);
    for (const { answers, name } of survey.practices) {
      expect(answers.length, name).toBe(survey.people);
      expect(new Set(answers.filter((answer) => !Number.isNaN(answer))), name).toEqual(new Set([0, 1]));
    }
    expect(survey.social.diploma?.levels.length).toBe(4);
    expect(survey.years?.every((age) => age >= 18)).toBe(true);
    expect(survey.design.unitsInStratum.length).toBe(1);
  });
});

describe.skipIf(realData === null)("the extract of 8 403 persons", () => {
  test("has seventeen practices, neither weight nor diploma nor place; its simple shares are known", async () => {
    const survey = await leisureActivities(occitanie());
    expect(survey).toMatchObject({ people: 8_403, known: "none", homes: null, years: null, synthetic: false });
    expect(survey.social.diploma).toBeNull();
    expect(survey.practices.length).toBe(17);
    expect(survey.design.weights.every((weight) => weight === 1)).toBe(true);
    expect(mean(practiceOf(survey, "lecture")?.answers ?? new Float64Array())).toBeCloseTo(0.67, 2);
    expect(survey.social.age.codes.every((code) => code >= 0)).toBe(true);
    // An English word of the file that is not translated would be « non déclarée » for all.
    const { levels, codes } = survey.social.occupation;
    const people = levels.map((_, level) => codes.filter((code) => code === level).length);
    expect(Math.min(...people)).toBeGreaterThan(100);
    expect(people.reduce((a, b) => a + b, 0)).toBe(8_403);
  });

  test("puts those who add practices up on one side of the first axis", async () => {
    const map = practiceMap(await leisureActivities(occitanie()));
    expect(cumulation(map)).toBeGreaterThanOrEqual(0.8);
    const { categories, axes } = map.analysis;
    const first = (variable: string, level: string): number => {
      const k = categories.levels.findIndex(
        (name, i) => name === level && categories.questionNames[categories.question[i]] === variable,
      );
      return categories.coordinates[k * axes.kept];
    };
    for (const practice of ["Exposition", "Cinéma", "Lecture"])
      expect(Math.sign(first(practice, "oui")), practice).toBe(-Math.sign(first(practice, "non")));
  });
});
