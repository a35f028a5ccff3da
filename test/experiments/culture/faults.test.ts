import { describe, expect, test } from "vitest";
import { checkDrawnData } from "../../../src/book/drawn-data.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import { numbers, texts } from "../../../src/codes/table.ts";
import { areaStudy } from "../../../src/experiments/culture/area-study.ts";
import { gapFigures } from "../../../src/experiments/culture/gap-figures.ts";
import { stepFigures } from "../../../src/experiments/culture/map-steps.ts";
import type { PostStrata } from "../../../src/experiments/culture/post-strata.ts";
import { practiceGaps } from "../../../src/experiments/culture/practice-gaps.ts";
import { releasedRates } from "../../../src/experiments/culture/practice-rates.ts";
import type { Practice } from "../../../src/experiments/culture/practice-survey.ts";
import type { PlacedSupply } from "../../../src/experiments/culture/supply.ts";
import { crossCells } from "../../../src/models/comparison/cross-cells.ts";
import type { BundledFigure } from "../../../src/notebook/bundle.ts";
import { inventedSurvey, type Person, times } from "./invented-survey.ts";

test("supply is that of the neighbourhood, whatever the order of the two files", () => {
  const codes = ["QP1", "QP2", "QP3", "QP4"];
  const random = seededRandom(5);
  const people = codes.flatMap((code) =>
    Array.from(
      { length: 40 },
      (): Person => ({
        cinema: Number(random() < 0.5),
        wanted: Number(random() < 0.6),
        age: random() < 0.5 ? "jeune" : "âgé",
        sex: random() < 0.5 ? "femme" : "homme",
        diploma: random() < 0.5 ? "aucun" : "bac",
        neighbourhood: code,
      }),
    ),
  );
  const survey = inventedSurvey(people, { place: true });
  const strata: PostStrata = {
    codes,
    area: Int32Array.of(0, 1, 2, 3),
    age: new Int32Array(4),
    sex: new Int32Array(4),
    diploma: new Int32Array(4),
    persons: new Float64Array(4).fill(100),
    residents: new Float64Array(4).fill(100),
    lineage: survey.lineage,
  };
  // The supply has the second, the first and the third neighbourhood, in this order, and not the fourth.
  const near = [12, 4, 30].map((minutes) => ({ minutes, median: minutes, within: [] }));
  const placed = {
    kinds: [{ code: "F303", near: { walk: near }, catchments: [{ perThousand: Float64Array.of(0.2, 0.1, 0.3) }] }],
  } as unknown as PlacedSupply;
  const supply = { codes: ["QP2", "QP1", "QP3"], placed: null };
  expect(areaStudy(survey, strata, supply, { seed: 1, draws: 20 })[0]?.perThousand).toBeNull();
  const three: PostStrata = { ...strata, codes: codes.slice(0, 3), area: Int32Array.of(0, 1, 2, 2) };
  const inThree = inventedSurvey(people.slice(0, 120), { place: true });
  const [found] = areaStudy(inThree, three, { ...supply, placed }, { seed: 1, draws: 20 });
  expect([...(found?.perThousand ?? [])]).toEqual([0.1, 0.2, 0.3]);
});

describe("the small map", () => {
  /** 207 persons go to the cinema, `both` of them to the museum too, and half of all read. */
  const small = (both: number) => {
    const survey = inventedSurvey([...times(207, { cinema: 1 }), ...times(200, { cinema: 0 })]);
    const practice = (name: string, answer: (row: number) => boolean): Practice => ({
      name,
      label: name,
      wording: name,
      answers: Float64Array.from({ length: survey.people }, (_, row) => Number(answer(row))),
    });
    return stepFigures({
      ...survey,
      practices: [
        ...survey.practices,
        practice("musee", (row) => row < both || (row >= 207 && row < 327)),
        practice("livre", (row) => row % 2 === 1),
      ],
    });
  };

  test("is not shown when a cell holds fewer than 11 people: they would be found back from the others", () => {
    expect(small(7)).toBeNull();
    expect(small(30)?.burt.lecture).toContain("30 ont répondu");
  });
});

describe("a choice by click", () => {
  const spec = (on: unknown) => ({
    datasets: { drawn: [] },
    params: [{ name: "essai", select: { type: "point", fields: ["practice"], on } }],
  });
  const check = (on: unknown) => (): void =>
    checkDrawnData(
      {
        id: "essai",
        columns: {},
        numRows: 0,
        spec: spec(on),
        sources: [],
        release: { unit: "personne", minUnits: 11 },
      } as unknown as BundledFigure,
      "essai",
    );

  test("is made by clicks on marks", () => {
    for (const on of ["click", "@active_marks:click", "@a:click, @b:dblclick", undefined])
      expect(check(on)).not.toThrow();
  });

  test.each([
    ["a movement", "pointerover"],
    ["a filter", "click[datum.share > 3]"],
    ["a filter as an object", { type: "click", filter: "datum.share > 3" }],
    ["a signal", { signal: "autre" }],
    ["a number", 3],
  ])("is not made by %s", (_, on) => {
    expect(check(on)).toThrow(/demande un calcul/);
  });

  test("is an object: null is refused in the words of the book", () => {
    const figure = { id: "essai", columns: {}, numRows: 0, spec: { datasets: { drawn: [] }, params: [null] } };
    expect(() => checkDrawnData(figure as unknown as BundledFigure, "essai")).toThrow(/demande un calcul/);
  });
});

test("a gap that is hidden has no verdict either, and the number read aloud is one that is shown", () => {
  const survey = inventedSurvey(
    [
      ...times(5, { neighbourhood: "QP1", cinema: 1 }),
      ...times(395, { neighbourhood: "QP1", cinema: 0 }),
      ...times(50, { cinema: 1 }),
      ...times(950, { cinema: 0 }),
    ],
    { place: true },
  );
  const [cinema] = survey.practices;
  if (!cinema) throw new Error("no cinema");
  const often = {
    ...cinema,
    name: "livre",
    label: "Livre",
    answers: Float64Array.from(cinema.answers, (_, row) => row % 2),
  };
  const both = { ...survey, practices: [cinema, often] };
  const { table: figure } = gapFigures(both, practiceGaps(both));
  const hidden = texts(figure.data, "pratique").values.indexOf("Cinéma");
  expect(numbers(figure.data, "ecart").values[hidden]).toBeNaN();
  for (const name of ["conclusion", "seule"]) {
    expect(texts(figure.data, name).values[hidden], name).toBe("");
    expect(texts(figure.data, name).values[1 - hidden], name).not.toBe("");
  }
  expect(figure.lecture).toMatch(/^Livre/);
  expect(figure.lecture).not.toContain("non disponible");
});

test("a group hidden alone is not found back from the total of the practice: a second one hides with it", () => {
  const people = (["ouvrier", "cadre"] as const).flatMap((occupation) =>
    (["femme", "homme"] as const).flatMap((sex) => [
      ...times(occupation === "cadre" && sex === "homme" ? 5 : 40, { occupation, sex, cinema: 1 }),
      ...times(40, { occupation, sex, cinema: 0 }),
    ]),
  );
  const survey = inventedSurvey(people);
  const groups = crossCells([survey.social.occupation, survey.social.sex]);
  const data = releasedRates(survey, survey.practices, groups);
  expect(texts(data, "groupe").values.length).toBe(4);
  expect(numbers(data, "oui").values.filter(Number.isNaN).length).toBe(2);
  expect(numbers(data, "part").values.filter(Number.isNaN).length).toBe(2);
  const whole = releasedRates(survey, survey.practices, survey.social.sex);
  expect(numbers(whole, "oui").values.filter(Number.isNaN).length).toBe(0);
});
