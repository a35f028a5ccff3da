import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { distanceEffects, effectMinutes } from "../../../src/experiments/culture/distance-effect.ts";
import { inventedSurvey, type Person } from "./invented-survey.ts";

const diplomas = ["aucun", "CAP", "bac", "supérieur"] as const;
const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** 4 000 persons whose chance of going falls by `perMinute` on the logit, and rises with the diploma; who has diplomas lives nearer when `sorted`. */
function walkers(seed: number, perMinute: number, { sorted = false, missing = 0 } = {}): readonly Person[] {
  const random = seededRandom(seed);
  return Array.from({ length: 4_000 }, (): Person => {
    const rank = Math.floor(4 * random());
    const minutes = sorted ? 5 + 8 * (3 - rank) + 10 * random() : 40 * random();
    return {
      cinema: random() < missing ? Number.NaN : Number(random() < logistic(-1 + 0.7 * rank + perMinute * minutes)),
      age: random() < 0.5 ? "jeune" : "âgé",
      sex: random() < 0.5 ? "femme" : "homme",
      occupation: random() < 0.5 ? "ouvrier" : "cadre",
      diploma: diplomas[rank] ?? "",
      weight: 0.5 + random(),
      neighbourhood: random() < 0.3 ? "QP1" : "",
      minutes,
    };
  });
}
const effectOf = (people: readonly Person[]) => {
  const [effect] = distanceEffects(inventedSurvey(people, { place: true })) ?? [];
  if (!effect) throw new Error("no effect");
  return effect;
};

/** Mean change of the planted chance for ten more minutes, over the persons and their weights. */
const planted = (people: readonly Person[], perMinute: number): number => {
  const chance = ({ diploma = "", minutes = 0 }: Person, more: number): number =>
    logistic(-1 + 0.7 * diplomas.indexOf(diploma as "bac") + perMinute * (minutes + more));
  const weights = people.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return (
    people.reduce(
      (sum, person) => sum + (person.weight ?? 1) * (chance(person, effectMinutes) - chance(person, 0)),
      0,
    ) / weights
  );
};

describe("ten more minutes on foot", () => {
  test("have the effect that was planted", () => {
    const people = walkers(3, -0.04);
    const { heldEqual, practice } = effectOf(people);
    const truth = planted(people, -0.04);
    expect(practice.name).toBe("cinema");
    expect(Math.abs(heldEqual.estimate - truth)).toBeLessThan(3 * heldEqual.standardError);
    expect(heldEqual.standardError).toBeLessThan(0.015);
    expect(heldEqual.upper).toBeLessThan(0);
  });

  test("have none where none was planted, though who lives near goes more: the diploma explains it", () => {
    const { alone, heldEqual, diploma } = effectOf(walkers(5, 0, { sorted: true }));
    expect(alone.upper).toBeLessThan(-0.05);
    expect(heldEqual.lower).toBeLessThan(0);
    expect(heldEqual.upper).toBeGreaterThan(0);
    expect(diploma.estimate).toBeGreaterThan(0.3);
    expect(diploma.level).toBe("supérieur");
  });

  test("leave out those who did not answer, and count them, and those who went", () => {
    const people = walkers(7, -0.04, { missing: 0.1 });
    const answered = people.filter(({ cinema }) => !Number.isNaN(cinema));
    const { people: kept, missing, yes } = effectOf(people);
    expect(kept).toBe(answered.length);
    expect(missing).toBe(people.length - answered.length);
    expect(yes).toBe(answered.reduce((sum, { cinema }) => sum + cinema, 0));
  });
});

test("no effect is estimated where the survey does not know the walk, or the diploma", () => {
  const people = walkers(9, 0);
  expect(distanceEffects(inventedSurvey(people))).toBeNull();
  expect(distanceEffects(inventedSurvey(people, { place: true, schooled: false }))).toBeNull();
});
