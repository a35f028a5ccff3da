import { beforeAll, describe, expect, test } from "vitest";
import { partnerAgeClass, partnerAges, partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import {
  brakeLabels,
  type PracticeSurvey,
  type SurveyHomes,
} from "../../../src/experiments/culture/practice-survey.ts";
import { barriers, practices } from "../../../src/sources/enquete-pratiques.ts";
import { rows } from "../../sources/sample/written.ts";
import { sampleTerritory } from "./sample-survey.ts";

const written = rows("enquete-pratiques/pratiques_2018.csv", ";");
const number = (cell: string | undefined): number => (cell === "" || cell === undefined ? Number.NaN : Number(cell));

describe("the survey of a partner, read beside its own lines", () => {
  let survey: PracticeSurvey;
  let homes: SurveyHomes;
  beforeAll(async () => {
    survey = await partnerPractices(sampleTerritory());
    homes = survey.homes as SurveyHomes;
  });

  test("keeps its strata and its clusters, and its weights as they are", () => {
    expect(survey.known).toBe("design");
    expect(survey.people).toBe(written.length);
    expect([...survey.design.weights]).toEqual(written.map((row) => number(row["POIDS"])));
    const clusters = new Set(written.map((row) => row["GRAPPE"]));
    const strata = new Set(written.map((row) => row["STRATE"]));
    expect(survey.design.stratumOfUnit.length).toBe(clusters.size);
    expect(survey.design.unitsInStratum.length).toBe(strata.size);
    expect(survey.design.unitsInStratum.reduce((a, b) => a + b, 0)).toBe(clusters.size);
    // Two people are in one unit when they are in one cluster.
    const unitOf = new Map<string | undefined, number>();
    written.forEach((row, i) => {
      const unit = unitOf.get(row["GRAPPE"]) ?? survey.design.unitOf[i];
      unitOf.set(row["GRAPPE"], unit);
      expect(survey.design.unitOf[i]).toBe(unit);
    });
    expect(new Set(unitOf.values()).size).toBe(clusters.size);
  });

  test("gives each answer of each practice, and no answer where the line has none", () => {
    expect(survey.practices.map(({ name, wording }) => [name, wording])).toEqual(practices.map((one) => [...one]));
    for (const { name, answers } of survey.practices) {
      const lines = written.map((row) => number(row[name.toUpperCase()]));
      expect([...answers], name).toEqual(lines);
      expect(lines.some(Number.isNaN), name).toBe(true);
    }
  });

  test("codes age, sex, diploma and occupation in the order of their words", () => {
    const { age, sex, diploma, occupation } = survey.social;
    expect(sex.levels).toEqual(["homme", "femme"]);
    written.forEach((row, i) => {
      expect(sex.codes[i]).toBe(row["SEXE"] === "2" ? 1 : 0);
      expect(diploma?.codes[i]).toBe(row["DIPLOME"] === "" ? -1 : number(row["DIPLOME"]) - 1);
      expect(occupation.codes[i]).toBe(row["PCS"] === "" ? -1 : number(row["PCS"]) - 3);
      expect(age.codes[i]).toBe([15, 30, 45, 60].findLastIndex((from) => number(row["AGE"]) >= from));
    });
    expect([15, 29, 30, 44, 45, 59, 60, 99].map((years) => partnerAges[partnerAgeClass(years)])).toEqual([
      "15 à 29 ans",
      "15 à 29 ans",
      "30 à 44 ans",
      "30 à 44 ans",
      "45 à 59 ans",
      "45 à 59 ans",
      "60 ans et plus",
      "60 ans et plus",
    ]);
  });

  test("knows where people live, and how far: the stage is not the cinema", () => {
    const column = (name: string): readonly number[] => written.map((row) => number(row[name]));
    expect([...homes.minutes.library]).toEqual(column("MIN_BIBLIO"));
    expect([...homes.minutes.cinema]).toEqual(column("MIN_CINEMA"));
    expect([...homes.minutes.stage]).toEqual(column("MIN_SCENE"));
    expect(homes.neighbourhood).toEqual(written.map((row) => row["CODE_QP"]));
    homes.neighbourhood.forEach((code, i) => {
      expect(homes.inside[i]).toBe(code === "" ? 0 : 1);
    });
  });

  test("knows what they wished and what stopped them, in as many words as the questionnaire", () => {
    expect(brakeLabels.length).toBe(barriers.length);
    for (const { practice, wanted, brake } of homes.wishes) {
      const name = practice.toUpperCase();
      expect([...wanted], practice).toEqual(written.map((row) => number(row[`ENVIE_${name}`])));
      expect([...brake], practice).toEqual(
        written.map((row) => (row[`FREIN_${name}`] === "" ? -1 : number(row[`FREIN_${name}`]) - 1)),
      );
      expect(new Set(brake).size, practice).toBe(brakeLabels.length + 1);
    }
  });
});
