import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { numberColumn, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { communeExpected } from "../../../src/experiments/culture/commune-expected.ts";
import type { Practice, PracticeSurvey } from "../../../src/experiments/culture/practice-survey.ts";
import { sampleLineage } from "../../support/lineage.ts";
import { inventedSurvey, type Person } from "./invented-survey.ts";

const diplomas = ["aucun", "CAP", "bac", "supérieur"] as const;

/** 600 persons of all ages and diplomas; some students have no diploma to tell. Who has the higher one goes to the cinema. */
const random = seededRandom(11);
const people = Array.from({ length: 600 }, (): Person => {
  const diploma = random() < 0.1 ? "" : (diplomas[Math.floor(4 * random())] ?? "");
  return {
    cinema: random() < (diploma === "supérieur" ? 0.8 : 0.3) ? 1 : 0,
    sex: random() < 0.5 ? "femme" : "homme",
    years: 15 + Math.floor(75 * random()),
    diploma,
    weight: 0.5 + random(),
  };
});
const asked = inventedSurvey(people);
/** What the composition of the reweighted survey is, asked as if it were a practice. */
const composition = (name: string, is: (person: Person) => boolean): Practice => ({
  name,
  label: name,
  wording: name,
  answers: Float64Array.from(people, (person) => Number(is(person))),
});
const survey: PracticeSurvey = {
  ...asked,
  practices: [
    ...asked.practices,
    ...diplomas.map((diploma) => composition(diploma, (person) => person.diploma === diploma)),
    composition("femmes", ({ sex }) => sex === "femme"),
    composition("jeunes", ({ years = 0 }) => years < 30),
    composition("âgés", ({ years = 0 }) => years >= 75),
  ],
};

interface Commune {
  readonly code: string;
  readonly [column: string]: number | string;
}
const town: Commune = {
  code: "31555",
  pop_tot: 1_200,
  pop_0_14: 200,
  pop_15_29: 400,
  pop_75p: 90,
  pop_femmes: 624,
  pop_dipl_aucun: 150,
  pop_dipl_bepc: 40,
  pop_dipl_capbep: 110,
  pop_dipl_bac: 160,
  pop_dipl_sup2: 100,
  pop_dipl_sup34: 140,
  pop_dipl_sup: 160,
};
const poor: Commune = {
  ...town,
  code: "11069",
  pop_dipl_aucun: 500,
  pop_dipl_sup34: 30,
  pop_dipl_sup: 20,
  pop_dipl_sup2: 0,
};

function census(...rows: readonly Commune[]): Table {
  const names = Object.keys(town).filter((name) => name !== "code");
  const text = (label: string) =>
    textColumn(
      rows.map(({ code }) => code),
      { label },
    );
  return table(
    {
      code_commune: text("Code"),
      nom_commune: text("Commune"),
      ...Object.fromEntries(
        names.map((name) => [
          name,
          numberColumn(
            rows.map((row) => Number(row[name])),
            { label: name, unit: "personnes" },
          ),
        ]),
      ),
    },
    sampleLineage({ id: "rp", published: true }),
  );
}

const shareOf = (name: string, commune = town): number =>
  communeExpected(survey, census(commune), [commune.code], name)?.communes[0]?.rate.estimate ?? Number.NaN;

describe("the survey brought to a commune", () => {
  test("has its diplomas, the brevet with the CAP, and the higher ones together: counts of all persons of 15 or more", () => {
    expect(shareOf("aucun")).toBeCloseTo(150 / 1_000, 7);
    expect(shareOf("CAP")).toBeCloseTo(150 / 1_000, 7);
    expect(shareOf("bac")).toBeCloseTo(160 / 1_000, 7);
    expect(shareOf("supérieur")).toBeCloseTo(400 / 1_000, 7);
  });

  test("has its women, its young and its old", () => {
    expect(shareOf("femmes")).toBeCloseTo(624 / 1_200, 7);
    expect(shareOf("jeunes")).toBeCloseTo(0.4, 7);
    expect(shareOf("âgés")).toBeCloseTo(0.09, 7);
  });

  test("goes more to the cinema where the diplomas are higher, with an interval around it", () => {
    const found = communeExpected(survey, census(poor, town), ["31555", "11069", "31555"], "cinema");
    expect(found?.communes.map(({ code, persons }) => [code, persons])).toEqual([
      ["11069", 1_000],
      ["31555", 1_000],
    ]);
    const [low, high] = found?.communes.map(({ rate }) => rate) ?? [];
    if (!low || !high) throw new Error("a commune is lacking");
    expect(high.estimate - low.estimate).toBeGreaterThan(0.1);
    for (const rate of [low, high]) {
      expect(rate.low).toBeLessThan(rate.estimate);
      expect(rate.high).toBeGreaterThan(rate.estimate);
    }
    // What the margins fix has hardly any variance left: it is that of a calibrated design.
    const fixed = communeExpected(survey, census(town), [town.code], "femmes")?.communes[0]?.rate.standardError;
    expect(fixed).toBeLessThan(1e-6);
    expect(high.standardError).toBeGreaterThan(0.005);
  });
});

describe("a commune without an answer is counted, never filled", () => {
  test("when the census does not list it, or when its margins cannot be met", () => {
    const broken: Commune = { ...town, code: "34172", pop_75p: 0 };
    const found = communeExpected(survey, census(town, broken), ["31555", "34172", "66136"], "cinema");
    expect(found?.communes.map(({ code }) => code)).toEqual(["31555"]);
    expect(found?.left).toBe(2);
  });

  test("and nothing is expected of a survey without ages or diplomas, nor of a practice that it does not ask", () => {
    const communes = census(town);
    expect(communeExpected({ ...survey, years: null }, communes, ["31555"], "cinema")).toBeNull();
    expect(communeExpected(inventedSurvey(people, { schooled: false }), communes, ["31555"], "cinema")).toBeNull();
    expect(communeExpected(survey, communes, ["31555"], "opéra")).toBeNull();
  });
});
