import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { numbers } from "../../../src/codes/table.ts";
import { partnerPractices } from "../../../src/experiments/culture/partner-survey.ts";
import { type PostStrata, postStrata } from "../../../src/experiments/culture/post-strata.ts";
import type { PracticeSurvey } from "../../../src/experiments/culture/practice-survey.ts";
import { loadTable } from "../../../src/sources/load.ts";
import { populationAges, populationDiplomas, populationQpvContract } from "../../../src/sources/population-qpv.ts";
import { type SampleFolder, sampleFolder } from "./sample-survey.ts";

const file = "population-qpv/population_qpv.csv";
let sample: SampleFolder;
let survey: PracticeSurvey;

beforeEach(async () => {
  sample = sampleFolder("enquete-pratiques", "population-qpv");
  survey = await partnerPractices(sample.territory);
});
afterEach(() => sample.remove());

/** Persons of one neighbourhood in the cells that are asked for. */
const persons = (strata: PostStrata, area: number, of: (cell: number) => boolean): number =>
  strata.persons.reduce((sum, count, cell) => (strata.area[cell] === area && of(cell) ? sum + count : sum), 0);

/** Changes columns of one neighbourhood, as its file writes them. */
const editRow = (code: string, change: (cells: number[]) => void): void =>
  sample.editLines(file, (line) => {
    if (!line.startsWith(`${code};`)) return line;
    const cells = line.split(";").slice(1).map(Number);
    change(cells);
    return [code, ...cells].join(";");
  });

/** The largest relative difference between what the cells add up to and what is published, over all margins and neighbourhoods. */
async function worstMargin(strata: PostStrata): Promise<number> {
  const published = await loadTable(sample.territory, populationQpvContract);
  let worst = 0;
  const compare = (column: string, area: number, of: (cell: number) => boolean): void => {
    const wanted = numbers(published, column).values[area];
    worst = Math.max(worst, Math.abs(persons(strata, area, of) - wanted) / Math.max(1, wanted));
  };
  for (const area of strata.codes.keys()) {
    compare("pop_15p", area, () => true);
    for (const [a, [age]] of populationAges.entries())
      for (const [s, letter] of ["h", "f"].entries())
        compare(`${letter}_${age}`, area, (cell) => strata.age[cell] === a && strata.sex[cell] === s);
    for (const [d, [diploma]] of populationDiplomas.entries())
      compare(`dipl_${diploma}`, area, (cell) => strata.diploma[cell] === d);
  }
  return worst;
}

describe("joint cells of the 78 neighbourhoods", () => {
  test("meet every published margin to a millionth: sex by age, and diplomas", async () => {
    const strata = await postStrata(sample.territory, survey);
    expect(strata.codes.length).toBe(78);
    expect(strata.persons.length).toBe(78 * 32);
    expect(await worstMargin(strata)).toBeLessThan(1e-6);
  });

  test("are all positive: a kind of person that the survey did not meet is not impossible", async () => {
    const strata = await postStrata(sample.territory, survey);
    expect(strata.persons.every((count) => count > 0)).toBe(true);
    // The rarest kind of the survey, young or old, is not met at all once its respondents are taken away: the cell stays positive.
    const { age, diploma } = survey.social;
    const codes = age.codes.map((code, row) => (code === 3 && diploma?.codes[row] === 3 ? -1 : code));
    const without = await postStrata(sample.territory, {
      ...survey,
      social: { ...survey.social, age: { ...age, codes } },
    });
    expect(without.persons.every((count) => count > 0)).toBe(true);
    expect(await worstMargin(without)).toBeLessThan(1e-6);
    const older = (of: PostStrata): number =>
      of.persons.reduce((sum, count, cell) => sum + (of.age[cell] === 3 && of.diploma[cell] === 3 ? count : 0), 0);
    expect(older(without)).toBeLessThan(older(strata) / 2);
  });

  test("keep the association of diploma with age that the survey has: their odds ratio is its own", async () => {
    const strata = await postStrata(sample.territory, survey);
    const at = (area: number, age: number, diploma: number): number =>
      persons(
        strata,
        area,
        (cell) => strata.age[cell] === age && strata.diploma[cell] === diploma && strata.sex[cell] === 0,
      );
    const odds = (area: number): number => (at(area, 0, 0) * at(area, 3, 3)) / (at(area, 0, 3) * at(area, 3, 0));
    for (const area of [1, 20, 77]) expect(odds(area) / odds(0)).toBeCloseTo(1, 6);
    expect(odds(0)).toBeLessThan(0.5);
  });

  test("hold nobody where a margin is 0, and meet the others", async () => {
    editRow("QP000003", (cells) => {
      // The men of 60 and over are counted in the class before.
      cells[3] += cells[4];
      cells[4] = 0;
    });
    const strata = await postStrata(sample.territory, survey);
    const area = strata.codes.indexOf("QP000003");
    expect(persons(strata, area, (cell) => strata.age[cell] === 3 && strata.sex[cell] === 0)).toBe(0);
    expect(persons(strata, area, (cell) => strata.age[cell] === 3 && strata.sex[cell] === 1)).toBeGreaterThan(0);
    expect(await worstMargin(strata)).toBeLessThan(1e-6);
  });
});

describe("margins that contradict each other are refused", () => {
  test("with the neighbourhood, why, and what to do; nothing is invented to meet them", async () => {
    editRow("QP000005", (cells) => {
      cells[9] += 40;
    });
    const error = await postStrata(sample.territory, survey).then(
      () => new Error("accepté"),
      (caught: Error) => caught,
    );
    expect(error).toBeInstanceOf(QuartiersError);
    expect(error.message).toContain("QP000005");
    expect(error.message).toContain("des marges de sexe, d'âge et de diplôme qui s'accordent");
    expect(error.message).toContain("À faire");
    expect(error.message).not.toContain("QP000004");
  });
});

test("a survey that does not know neighbourhoods or diplomas has no such cells", async () => {
  await expect(postStrata(sample.territory, { ...survey, homes: null })).rejects.toThrow(/neighbourhoods/);
  await expect(
    postStrata(sample.territory, { ...survey, social: { ...survey.social, diploma: null } }),
  ).rejects.toThrow(/diplomas/);
});
