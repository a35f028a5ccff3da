import { describe, expect, test } from "vitest";
import { numbers, reasonAt, texts } from "../../../src/codes/table.ts";
import { everybody, rateOf, releasedRates } from "../../../src/experiments/culture/practice-rates.ts";
import type { Practice, PracticeSurvey } from "../../../src/experiments/culture/practice-survey.ts";
import { rateFigures } from "../../../src/experiments/culture/rate-figures.ts";
import { inventedSurvey, type Person, times } from "./invented-survey.ts";

/** So many workers and managers who go, and who do not. */
const survey = (
  workers: readonly [yes: number, no: number],
  managers: readonly [yes: number, no: number],
  more: Partial<Person> = {},
): PracticeSurvey =>
  inventedSurvey([
    ...times(workers[0], { cinema: 1, occupation: "ouvrier" }),
    ...times(workers[1], { cinema: 0, occupation: "ouvrier" }),
    ...times(managers[0], { cinema: 1, occupation: "cadre", ...more }),
    ...times(managers[1], { cinema: 0, occupation: "cadre", ...more }),
  ]);
const byOccupation = (of: PracticeSurvey) => releasedRates(of, of.practices, of.social.occupation);

describe("the share of a practice", () => {
  test("of everybody is weighted, in whole points, inside its interval, on those who answered", () => {
    const people = [
      ...times(30, { cinema: 1, weight: 3 }),
      ...times(30, { cinema: 0, weight: 1 }),
      ...times(5, { cinema: Number.NaN, weight: 50 }),
    ];
    const { practices, ...rest } = inventedSurvey(people);
    const data = releasedRates({ practices, ...rest }, practices);
    const { value, low, high } = rateOf(data, "Cinéma");
    expect(value).toBe(75);
    expect(low).toBeLessThan(75);
    expect(high).toBeGreaterThan(75);
    expect([low, high].every(Number.isInteger)).toBe(true);
    expect([...texts(data, "groupe").values]).toEqual([everybody]);
    expect(["enquetes", "oui", "non"].map((name) => numbers(data, name).values[0])).toEqual([60, 30, 30]);
  });

  test("of a group is that of its own people", () => {
    const data = byOccupation(survey([20, 60], [30, 20]));
    expect(rateOf(data, "Cinéma", "ouvrier").value).toBe(25);
    expect(rateOf(data, "Cinéma", "cadre").value).toBe(60);
    expect(rateOf(data, "Cinéma", "retraité").value).toBeNaN();
  });
});

test("the three practices drawn by group are the first whose groups can all be released", () => {
  const base = inventedSurvey(
    (["jeune", "âgé"] as const).flatMap((age) =>
      (["ouvrier", "cadre"] as const).flatMap((occupation) =>
        (["aucun", "bac"] as const).flatMap((diploma) => times(20, { cinema: 1, age, occupation, diploma })),
      ),
    ),
  );
  const practice = (name: string, answer: (row: number) => boolean): Practice => ({
    name,
    label: name,
    wording: name,
    answers: Float64Array.from({ length: base.people }, (_, row) => Number(answer(row))),
  });
  const half = (row: number): boolean => row % 2 === 0;
  const rare = practice("cinema", (row) => row < 5);
  const drawn = (practices: readonly Practice[]): readonly string[] => [
    ...new Set(texts(rateFigures({ ...base, practices }).byAge.data, "pratique").values as readonly string[]),
  ];
  const often = ["biblio", "musee", "livre"].map((name) => practice(name, half));
  expect(drawn([rare, ...often])).toEqual(["biblio", "musee", "livre"]);
  expect(drawn([rare, ...often.slice(0, 2)])).toEqual(["biblio", "musee", "cinema"]);
});

describe("the gate", () => {
  test("hides a group of fewer than 11 people who practise, with its bounds and its counts", () => {
    const data = byOccupation(survey([20, 60], [10, 40]));
    const row = texts(data, "groupe").values.indexOf("cadre");
    for (const name of ["part", "bas", "haut", "enquetes", "oui", "non"]) {
      expect(numbers(data, name).values[row], name).toBeNaN();
      expect(reasonAt(numbers(data, name), row), name).toBe("s");
    }
  });

  test("hides one of fewer than 11 who do not practise, though those who do are many", () => {
    expect(rateOf(byOccupation(survey([20, 60], [200, 10])), "Cinéma", "cadre").value).toBeNaN();
    expect(rateOf(byOccupation(survey([20, 60], [200, 11])), "Cinéma", "cadre").value).toBe(95);
  });

  test("counts people and not weights: 5 people who stand for 5 000 are hidden", () => {
    const data = byOccupation(survey([20, 60], [5, 40], { weight: 1_000 }));
    expect(rateOf(data, "Cinéma", "cadre").value).toBeNaN();
  });

  test("counts those who are in no group: a few of them would be the practice's total less the groups shown", () => {
    const people = (unplaced: number) =>
      inventedSurvey([
        ...times(40, { cinema: 1, diploma: "bac" }),
        ...times(40, { cinema: 0, diploma: "bac" }),
        ...times(30, { cinema: 1, diploma: "supérieur" }),
        ...times(30, { cinema: 0, diploma: "supérieur" }),
        ...times(unplaced, { cinema: 1, diploma: "" }),
      ]);
    const shown = (unplaced: number): readonly string[] => {
      const survey = people(unplaced);
      const data = releasedRates(survey, survey.practices, survey.social.diploma);
      return texts(data, "groupe").values.filter((_, row) =>
        Number.isFinite(numbers(data, "oui").values[row]),
      ) as string[];
    };
    expect(shown(0)).toEqual(["bac", "supérieur"]);
    expect(shown(4)).toEqual(["bac"]);
    expect(shown(11)).toEqual(["bac", "supérieur"]);
  });

  test("shows a group in which nobody practises, as 0 with an interval", () => {
    const { value, low, high } = rateOf(byOccupation(survey([20, 60], [0, 40])), "Cinéma", "cadre");
    expect([value, low]).toEqual([0, 0]);
    expect(high).toBeGreaterThan(3);
  });
});
