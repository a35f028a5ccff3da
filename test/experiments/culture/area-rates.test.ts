import { beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { type AreaRates, areaRates } from "../../../src/experiments/culture/area-rates.ts";
import type { PostStrata } from "../../../src/experiments/culture/post-strata.ts";
import { inventedSurvey, type Person } from "./invented-survey.ts";

const codes = Array.from({ length: 12 }, (_, area) => `QP${area + 1}`);
const diplomas = ["aucun", "CAP", "bac", "supérieur"] as const;
const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** What each neighbourhood adds on the logit; the last one is never surveyed, the one before by three persons. */
const own = codes.map((_, area) => (area % 2 === 0 ? 0.9 : -0.9));
const respondents = codes.map((_, area) => (area === 11 ? 0 : area === 10 ? 3 : 60));
const chance = (area: number, rank: number): number => logistic(-0.5 + 0.6 * (rank - 1.5) + (own[area] ?? 0));

const random = seededRandom(21);
const people = codes.flatMap((code, area) =>
  Array.from({ length: respondents[area] ?? 0 }, (): Person => {
    const rank = Math.floor(4 * random());
    return {
      cinema: Number(random() < chance(area, rank)),
      wanted: Number(random() < 0.3),
      age: random() < 0.5 ? "jeune" : "âgé",
      sex: random() < 0.5 ? "femme" : "homme",
      diploma: diplomas[rank] ?? "",
      neighbourhood: code,
      minutes: 5 + 3 * area,
    };
  }),
);
const survey = inventedSurvey(
  [...people, ...Array.from({ length: 50 }, (): Person => ({ cinema: Number(random() < 0.9) }))],
  { place: true },
);
const answers = survey.practices[0]?.answers ?? new Float64Array();

/** 16 cells a neighbourhood, all alike. */
const cells = codes.flatMap((_, area) =>
  [0, 1].flatMap((age) =>
    [0, 1].flatMap((sex) => [0, 1, 2, 3].map((rank) => ({ area, age, sex, rank, persons: 100 }))),
  ),
);
const strata: PostStrata = {
  codes,
  area: Int32Array.from(cells, ({ area }) => area),
  age: Int32Array.from(cells, ({ age }) => age),
  sex: Int32Array.from(cells, ({ sex }) => sex),
  diploma: Int32Array.from(cells, ({ rank }) => rank),
  persons: Float64Array.from(cells, ({ persons }) => persons),
  residents: new Float64Array(12).fill(1_600),
  lineage: survey.lineage,
};
const truth = (area: number): number => [0, 1, 2, 3].reduce((sum, rank) => sum + chance(area, rank) / 4, 0);

describe("rates of twelve neighbourhoods, of which one was never surveyed", () => {
  let found: AreaRates;
  beforeAll(() => {
    found = areaRates(survey, strata, answers, null, { seed: 3, draws: 400 });
  });
  const width = (area: number): number => found.model.high[area] - found.model.low[area];

  test("the never surveyed has no direct rate, and an interval of the model that is the widest of all", () => {
    // The never surveyed, and the one of three respondents, who are left out.
    expect(found.unseen).toBe(2);
    expect(found.direct[11]).toBeNull();
    expect([found.yes[11], found.no[11]]).toEqual([0, 0]);
    const { rates, low, high } = found.model;
    expect(low[11]).toBeGreaterThan(0);
    expect(low[11]).toBeLessThan(rates[11]);
    expect(rates[11]).toBeLessThan(high[11]);
    expect(high[11]).toBeLessThan(1);
    for (let area = 0; area < 10; area++) expect(width(11), codes[area]).toBeGreaterThan(2 * width(area));
  });

  test("one with three respondents is estimated without them: changing their answers changes nothing", () => {
    expect(found.direct[10]?.respondents).toBe(3);
    expect(width(10)).toBeGreaterThan(width(0));
    const turned = survey.homes?.neighbourhood.map((code, row) =>
      code === codes[10] ? 1 - answers[row] : answers[row],
    );
    const again = areaRates(survey, strata, Float64Array.from(turned ?? []), null, { seed: 3, draws: 400 });
    expect([...again.model.rates]).toEqual([...found.model.rates]);
  });

  test("the others are near what was planted, and most intervals of 90 % hold it", () => {
    const seen = [...codes.keys()].slice(0, 11);
    for (const area of seen.slice(0, 10))
      expect(Math.abs(found.model.rates[area] - truth(area)), codes[area]).toBeLessThan(0.15);
    expect(
      seen.filter((area) => found.model.low[area] <= truth(area) && truth(area) <= found.model.high[area]).length,
    ).toBeGreaterThanOrEqual(8);
    expect(found.spread).toBeGreaterThan(0.4);
    expect(found.spread).toBeLessThan(1.8);
  });

  test("who lives outside weighs nothing: 50 persons, nine in ten of whom go, change no rate", () => {
    const inside = areaRates(inventedSurvey(people, { place: true }), strata, answers.slice(0, people.length), null, {
      seed: 3,
      draws: 400,
    });
    expect([...inside.model.rates]).toEqual([...found.model.rates]);
    expect(found.yes.reduce((a, b) => a + b, 0) + found.no.reduce((a, b) => a + b, 0)).toBe(people.length);
  });

  test("the whole is the mean of the neighbourhoods by their residents", () => {
    const mean = found.model.rates.reduce((sum, rate) => sum + rate / 12, 0);
    expect(found.overall.rates[0]).toBeCloseTo(mean, 9);
  });

  test("the seed makes the intervals, and nothing else", () => {
    const again = areaRates(survey, strata, answers, null, { seed: 3, draws: 400 });
    const other = areaRates(survey, strata, answers, null, { seed: 4, draws: 400 });
    expect([...again.model.low]).toEqual([...found.model.low]);
    expect([...other.model.low]).not.toEqual([...found.model.low]);
    expect(other.spread).toBe(found.spread);
  });

  test("the walk of the neighbourhood, once in the model, moves its rates", () => {
    const walk = {
      ofAreas: Float64Array.from(codes, (_, area) => 5 + 3 * area),
      ofRespondents: survey.homes?.minutes.cinema ?? new Float64Array(),
    };
    const walked = areaRates(survey, strata, answers, walk, { seed: 3, draws: 400 });
    expect(walked.model.rates.every((rate) => rate > 0 && rate < 1)).toBe(true);
    expect([...walked.model.rates]).not.toEqual([...found.model.rates]);
  });
});

test("a survey that does not know neighbourhoods gives no rate of them", () => {
  expect(() =>
    areaRates(inventedSurvey(people), strata, answers.slice(0, people.length), null, { seed: 1, draws: 10 }),
  ).toThrow(/neighbourhoods/);
});
