import { expect, test } from "vitest";
import { numbers, reasonAt, texts } from "../../../src/codes/table.ts";
import { areaFigures } from "../../../src/experiments/culture/area-figures.ts";
import type { AreaRates } from "../../../src/experiments/culture/area-rates.ts";
import type { OutingAreas } from "../../../src/experiments/culture/area-study.ts";
import type { PostStrata } from "../../../src/experiments/culture/post-strata.ts";
import { proportions } from "../../../src/models/survey/proportion.ts";
import { inventedSurvey, times } from "./invented-survey.ts";

/** Who goes and who does not, neighbourhood by neighbourhood; the last one is never surveyed. */
const sides: readonly (readonly [name: string, yes: number, no: number])[] = [
  ["montré", 30, 40],
  ["juste au seuil", 11, 11],
  ["peu y vont", 10, 40],
  ["peu n’y vont pas", 40, 10],
  ["aucun n’y va, nombreux", 0, 40],
  ["tous y vont, nombreux", 40, 0],
  ["aucun n’y va, peu", 0, 4],
  ["tous y vont, peu", 4, 0],
  ["un seul", 1, 0],
  ["sans réponse", 0, 0],
  ["jamais enquêté", 0, 0],
];
const codes = sides.map(([name]) => name);
const survey = inventedSurvey(
  sides.flatMap(([name, yes, no]) => [
    ...times(yes, { neighbourhood: name, cinema: 1 }),
    ...times(no, { neighbourhood: name, cinema: 0 }),
    ...(name === "sans réponse" ? times(3, { neighbourhood: name, cinema: Number.NaN }) : []),
  ]),
  { place: true },
);
const answers = survey.practices[0]?.answers ?? new Float64Array();

/** The rates that `areaRates` gives for these respondents; the model's are of no matter here. */
function rates(freedom?: number): AreaRates {
  const flat = (value: number): Float64Array => new Float64Array(codes.length).fill(value);
  const model = { rates: flat(0.4), low: flat(0.3), high: flat(0.5) };
  const found = new Map(
    proportions(survey.design, answers, { domains: survey.homes?.neighbourhood ?? [] }).map((rate) => [
      rate.domain,
      freedom === undefined ? rate : { ...rate, degreesOfFreedom: freedom },
    ]),
  );
  return {
    direct: codes.map((code) => found.get(code) ?? null),
    yes: Float64Array.from(sides, ([, yes]) => yes),
    no: Float64Array.from(sides, ([, , no]) => no),
    model,
    overall: { rates: Float64Array.of(0.4), low: Float64Array.of(0.3), high: Float64Array.of(0.5) },
    spread: 0,
    unseen: 1,
  } as unknown as AreaRates;
}

function drawn(freedom?: number) {
  const practice = rates(freedom);
  const one = { outing: { practice: survey.practices[0] }, supply: null, practice, unmet: practice };
  const strata = { codes, residents: new Float64Array(codes.length).fill(1_000), lineage: survey.lineage };
  return areaFigures(strata as unknown as PostStrata, [one as OutingAreas], one as OutingAreas, {
    names: codes,
    field: "quartiers d’essai",
    lineage: survey.lineage,
  });
}

const cells = ["direct", "direct_bas", "direct_haut"];

test("a direct estimate is shown with its bounds or hidden with them, for one reason: the cells do not tell that all answered alike", () => {
  const { released } = drawn();
  const reasons = cells.map((name) => codes.map((_, row) => reasonAt(numbers(released, name), row)));
  expect([...texts(released, "nom").values]).toEqual(codes);
  expect(reasons[0]).toEqual([null, null, "s", "s", "s", "s", "s", "s", "s", "s", "nd"]);
  expect(reasons[1]).toEqual(reasons[0]);
  expect(reasons[2]).toEqual(reasons[0]);
});

test("so is an estimate of too few clusters, and those of few people stay secret", () => {
  const { released } = drawn(2);
  for (const name of cells) {
    const shown = codes.map((_, row) => reasonAt(numbers(released, name), row));
    expect(shown, name).toEqual(["ns", "ns", "s", "s", "s", "s", "s", "s", "s", "s", "nd"]);
    expect(numbers(released, name).values.every(Number.isNaN), name).toBe(true);
  }
});

test("where no difference between neighbourhoods is found, the title does not say that they are equal", () => {
  expect(drawn().check.title).toMatch(/Cinéma.*n’est décelée.*pas une preuve/);
});

test("rounded shares are written with one decimal, without a tail of binary digits", () => {
  const { check } = drawn();
  for (const name of ["taux", "bas", "haut", "minimum", "maximum", "attente"])
    for (const value of numbers(check.data, name).values) expect(String(value), name).toMatch(/^\d+(\.\d)?$/);
});
