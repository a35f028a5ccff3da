import { describe, expect, test } from "vitest";
import { outings, practices } from "../../../src/sources/enquete-pratiques.ts";
import { expectationTruth } from "../../../src/sources/sample/expectation-rates.ts";
import { type PracticeEffects, practiceProfiles } from "../../../src/sources/sample/practice-effects.ts";
import { practicePopulation } from "../../../src/sources/sample/practice-population.ts";
import { practiceTruth } from "../../../src/sources/sample/practice-rates.ts";
import { makePracticeSurvey } from "../../../src/sources/sample/practices.ts";
import { json, mean, rows } from "./written.ts";

interface Truth {
  readonly effets: Record<string, PracticeEffects>;
  readonly strates: Record<string, number>;
  readonly pratiques: Record<
    string,
    {
      quartiers: number;
      hors: number;
      tous: number;
      ecart_brut: number;
      ecart_standardise: { poids_quartiers: number; poids_tous: number };
      effet_10_minutes: number;
    }
  >;
  readonly quartiers: Record<
    string,
    {
      habitants: number;
      taux: Record<string, number>;
      effets: Record<string, number>;
      veut_sans_faire: Record<string, number>;
      cellules: number[];
    }
  >;
}
const truth = json<Truth>("verite/pratiques-2018.json");
const inside = rows("population-qpv/population_qpv.csv", ";");
const outside = rows("population-qpv/population_hors_qpv.csv", ";");
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

describe("the margins of the population", () => {
  test("78 neighbourhoods; sexes and ages add up to the persons, so do diplomas", () => {
    expect(inside.length).toBe(78);
    for (const row of [...inside, ...outside]) {
      const values = Object.values(row).slice(1).map(Number);
      expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
      expect(values.slice(1, 9).reduce((a, b) => a + b, 0)).toBe(values[0]);
      expect(values.slice(9).reduce((a, b) => a + b, 0)).toBe(values[0]);
    }
  });

  test("they are those of the joint cells of the truth file", () => {
    for (const row of inside) {
      const { habitants, cellules } = truth.quartiers[row["CODE_QP"]];
      expect(Number(row["POP_15P"])).toBe(habitants);
      const values = Object.values(row).slice(2).map(Number);
      for (let k = 0; k < 8; k++) expect(cellules.slice(4 * k, 4 * k + 4).reduce((a, b) => a + b, 0)).toBe(values[k]);
      for (let d = 0; d < 4; d++)
        expect(cellules.filter((_, i) => i % 4 === d).reduce((a, b) => a + b, 0)).toBe(values[8 + d]);
    }
  });

  test("as many persons of 60 and over as the profiles of the neighbourhoods say", () => {
    const older = new Map(
      json<{ comptes: [string, string, string, number, string][] }>("verite/profil-qpv.json")
        .comptes.filter(([, variable, modality]) => variable === "age" && modality === "60 ans et plus")
        .map(([code, , , count]) => [code, count]),
    );
    for (const row of inside) {
      const here = Number(row["H_60P"]) + Number(row["F_60P"]);
      expect(Math.abs(here / (older.get(row["CODE_QP"]) as number) - 1), row["CODE_QP"]).toBeLessThan(0.1);
    }
  });

  test("the survey's strata hold the same persons", () => {
    const all = [...inside, ...outside].reduce((sum, row) => sum + Number(row["POP_15P"]), 0);
    expect(Object.values(truth.strates).reduce((a, b) => a + b, 0)).toBe(all);
  });

  test("fewer diplomas inside, and neighbourhoods that differ", () => {
    const share = (row: Record<string, string>, name: string): number => Number(row[name]) / Number(row["POP_15P"]);
    const none = inside.map((row) => share(row, "DIPL_AUCUN")).sort((a, b) => a - b);
    expect(mean(none)).toBeGreaterThan(2 * mean(outside.map((row) => share(row, "DIPL_AUCUN"))));
    expect(none[70] - none[7]).toBeGreaterThan(0.2);
  });
});

describe("the exact rates", () => {
  test("of one practice, computed again from the cells and a fine sum over the effects of the clusters", () => {
    const { constant, age, diploma, woman, qpv, cluster } = truth.effets["patrimoine"];
    const steps = Array.from({ length: 401 }, (_, i) => -5 + i / 40);
    const density = steps.map((z) => Math.exp(-0.5 * z * z));
    const total = density.reduce((a, b) => a + b, 0);
    for (const [code, { habitants, taux, effets, cellules }] of Object.entries(truth.quartiers)) {
      let expected = 0;
      for (const [i, persons] of cellules.entries()) {
        const odds = constant + age[(i >> 2) % 4] + diploma[i % 4] + (i >= 16 ? woman : 0) + qpv + effets["patrimoine"];
        expected += persons * steps.reduce((sum, z, s) => sum + (density[s] / total) * logistic(odds + cluster * z), 0);
      }
      expect(expected / habitants, code).toBeCloseTo(taux["patrimoine"], 5);
    }
  });

  test("of neighbourhoods add up to the rate of all of them", () => {
    const areas = Object.values(truth.quartiers);
    const persons = areas.reduce((sum, { habitants }) => sum + habitants, 0);
    for (const [name, { quartiers, hors, ecart_brut }] of Object.entries(truth.pratiques)) {
      const rate = areas.reduce((sum, { habitants, taux }) => sum + habitants * taux[name], 0) / persons;
      expect(rate, name).toBeCloseTo(quartiers, 5);
      expect(quartiers - hors, name).toBeCloseTo(ecart_brut, 5);
    }
  });

  test("cinema: a gap of some points, and none at equal age, diploma and occupation; ten minutes weigh on three outings only", () => {
    const { cinema } = truth.pratiques;
    expect(cinema.ecart_brut).toBeLessThan(-0.03);
    expect(Math.abs(cinema.ecart_standardise.poids_quartiers)).toBeLessThan(1e-6);
    expect(Math.abs(cinema.ecart_standardise.poids_tous)).toBeLessThan(1e-6);
    for (const name of ["bd", "presse"])
      expect(Math.abs(truth.pratiques[name].ecart_standardise.poids_quartiers), name).toBeLessThan(0.005);
    const walked = Object.entries(truth.pratiques).filter(([, { effet_10_minutes }]) => effet_10_minutes !== 0);
    expect(walked.map(([name]) => name)).toEqual(["biblio", "theatre", "concert"]);
    expect(walked.every(([, { effet_10_minutes }]) => effet_10_minutes < -0.01)).toBe(true);
  });
});

describe("surveys drawn again from the same population", () => {
  const population = practicePopulation();
  const truths = practiceTruth(population);

  test("the population is the embedded one", () => {
    for (const [a, { qpv, adults, cells }] of population.areas.entries()) {
      expect(cells.length).toBe(practiceProfiles.length);
      if (qpv === null) continue;
      expect(adults).toBe(truth.quartiers[qpv.code].habitants);
      for (const [i, [name]] of practices.entries())
        expect(truths[i].rates[a]).toBeCloseTo(truth.quartiers[qpv.code].taux[name], 5);
    }
  });

  test("their weighted rates are right on average, everywhere and inside the neighbourhoods, and the unmet wishes too", () => {
    const DRAWS = 16;
    const wishes = expectationTruth(population);
    const areas = population.areas.map(({ qpv, adults }, i) => ({ i, adults, inside: qpv !== null }));
    const found = new Map<string, number[]>();
    const expected = new Map<string, number>();
    for (let draw = 1; draw <= DRAWS; draw++) {
      const { respondents, strata } = makePracticeSurvey(population, draw);
      const sums = new Map<string, number>();
      for (const { stratum, weight } of respondents) sums.set(stratum, (sums.get(stratum) ?? 0) + weight);
      const add = (key: string, kept: (one: (typeof respondents)[number]) => number | "", truly: number): void => {
        let [persons, yes] = [0, 0];
        for (const one of respondents) {
          const answer = kept(one);
          if (answer === "") continue;
          const weight = (one.weight * (strata.get(one.stratum) as number)) / (sums.get(one.stratum) as number);
          persons += weight;
          yes += weight * answer;
        }
        found.set(key, [...(found.get(key) ?? []), yes / persons]);
        expected.set(key, truly);
      };
      for (const [i, [name]] of practices.entries()) {
        add(name, (one) => one.answers[i], truths[i].all);
        add(`${name}, quartiers`, (one) => (one.neighbourhood === "" ? "" : one.answers[i]), truths[i].inside);
      }
      for (const [o, [name]] of outings.entries()) {
        const i = practices.findIndex(([one]) => one === name);
        const own = areas.filter((area) => area.inside);
        const unmet =
          own.reduce((sum, area) => sum + area.adults * wishes[o].unmet[area.i], 0) /
          own.reduce((sum, area) => sum + area.adults, 0);
        add(
          `${name}, veut sans faire`,
          (one) =>
            one.neighbourhood === "" || one.wishes[o] === "" || one.answers[i] === ""
              ? ""
              : one.wishes[o] === 1 && one.answers[i] === 0
                ? 1
                : 0,
          unmet,
        );
      }
    }
    for (const [key, values] of found) {
      const middle = mean(values);
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (DRAWS - 1));
      expect(spread, key).toBeGreaterThan(0);
      expect(Math.abs(middle - (expected.get(key) as number)), key).toBeLessThan((4.6 * spread) / Math.sqrt(DRAWS));
    }
  });
});
