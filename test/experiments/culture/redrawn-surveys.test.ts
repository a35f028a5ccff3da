import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { distanceEffects } from "../../../src/experiments/culture/distance-effect.ts";
import { partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import { practiceGaps } from "../../../src/experiments/culture/practice-gaps.ts";
import { practicePopulation } from "../../../src/sources/sample/practice-population.ts";
import { practiceTruth } from "../../../src/sources/sample/practice-rates.ts";
import { writePracticeSurvey } from "../../../src/sources/sample/practice-survey-file.ts";
import { makePracticeSurvey } from "../../../src/sources/sample/practices.ts";
import { type SampleFolder, sampleFolder } from "./sample-survey.ts";

const SURVEYS = 20;
const level = 0.95;
const file = "enquete-pratiques/pratiques_2018.csv";

/** How many of `trials` intervals may hold the truth when each does so 95 times in 100: three standard errors either side. */
const expected = (trials: number): readonly [number, number] => {
  const error = 3 * Math.sqrt(trials * level * (1 - level));
  return [trials * level - error, Math.min(trials, trials * level + error)];
};

const total = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);
const told = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, count]) => `${name} ${count}/${SURVEYS}`).join(", ");

describe(`${SURVEYS} surveys drawn again from the population behind the sample, each read, analysed and set against the same truth`, () => {
  const gapsHeld = new Map<string, number>();
  const effectsHeld = new Map<string, number>();
  const cinema: string[] = [];
  let sample: SampleFolder;

  beforeAll(async () => {
    sample = sampleFolder("enquete-pratiques");
    const population = practicePopulation();
    const truths = new Map(practiceTruth(population).map((truth) => [truth.name, truth]));
    const add = (counts: Map<string, number>, name: string, low: number, truth: number, high: number): void => {
      counts.set(name, (counts.get(name) ?? 0) + (low <= truth && truth <= high ? 1 : 0));
    };
    for (let seed = 1; seed <= SURVEYS; seed++) {
      sample.write(file, writePracticeSurvey(makePracticeSurvey(population, seed)));
      const survey = await partnerPractices(sample.territory);
      for (const { practice, tests } of practiceGaps(survey).gaps) {
        const [low, high] = tests.interval95;
        add(gapsHeld, practice.name, low, truths.get(practice.name)?.gapAsInside ?? Number.NaN, high);
        if (practice.name === "cinema") cinema.push(tests.verdict);
      }
      for (const { practice, heldEqual } of distanceEffects(survey) ?? []) {
        const truth = truths.get(practice.name)?.tenMoreMinutes ?? Number.NaN;
        add(effectsHeld, practice.name, heldEqual.lower, truth, heldEqual.upper);
      }
    }
  }, 180_000);
  afterAll(() => sample.remove());

  test("intervals of 95 % of the standardised gaps hold the planted gap: 331 of 340 were seen, 311 to 335 are allowed", () => {
    expect(gapsHeld.size).toBe(17);
    const [least, most] = expected(17 * SURVEYS);
    expect(total(gapsHeld), told(gapsHeld)).toBeGreaterThanOrEqual(least);
    expect(total(gapsHeld), told(gapsHeld)).toBeLessThanOrEqual(most);
    // Fewer than 16 of 20 would come by chance in 3 practices of 1 000.
    for (const [name, count] of gapsHeld) expect(count, `${name} ${count}/${SURVEYS}`).toBeGreaterThanOrEqual(16);
  });

  test("so do those of the effect of ten minutes: 75 of 80 were seen, 71 or more are allowed", () => {
    expect([...effectsHeld.keys()].sort()).toEqual(["biblio", "cinema", "concert", "theatre"]);
    expect(total(effectsHeld), told(effectsHeld)).toBeGreaterThanOrEqual(expected(4 * SURVEYS)[0]);
    for (const [name, count] of effectsHeld) expect(count, `${name} ${count}/${SURVEYS}`).toBeGreaterThanOrEqual(16);
  });

  test("cinema, where nothing was planted, is called equivalent in most surveys (20 of 20 were seen), and hardly ever different", () => {
    expect(cinema.length).toBe(SURVEYS);
    const called = (verdict: string): number => cinema.filter((one) => one === verdict).length;
    expect(called("équivalent")).toBeGreaterThan(SURVEYS / 2);
    expect(called("différent") + called("différent mais négligeable")).toBeLessThanOrEqual(3);
  });
});
