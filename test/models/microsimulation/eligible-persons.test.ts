import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { monotoneQuantile } from "../../../src/models/areas/monotone-quantile.ts";
import { eligibilityTable } from "../../../src/models/microsimulation/eligibility-table.ts";
import {
  eligibleByCategory,
  eligiblePersons,
  foyerProbabilities,
} from "../../../src/models/microsimulation/eligible-persons.ts";
import { placementGroupOf } from "../../../src/models/microsimulation/placement.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { inventSeed, plainThresholds } from "./invented-seed.ts";

const seed = inventSeed(2000, 12);
const foyers = splitFoyers(seed);
const thresholds = plainThresholds(foyers);
const table = eligibilityTable({ seed, foyers, thresholds });
const quantile = monotoneQuantile({
  probabilities: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
  values: [7210, 8890, 10120, 11370, 12760, 14390, 16530, 19340, 24010],
});
const shiftRandom = seededRandom(2);
const shifts = Float64Array.from({ length: 30 }, () => 0.5 * normal(shiftRandom));
const area = { weights: seed.weight, quantile, shifts };

describe("eligible persons", () => {
  test("what is counted is what a draw of incomes gives on average", () => {
    const { eligible, persons, households } = eligiblePersons(table, area);
    const random = seededRandom(5);
    const groups = placementGroupOf(seed);
    // Each household many times: ranks of persons among all scores, then the area's quantile.
    const copies = 400;
    const drawn: { readonly h: number; readonly score: number }[] = [];
    for (let h = 0; h < seed.households; h++)
      for (let c = 0; c < copies; c++) drawn.push({ h, score: shifts[groups[h]] + normal(random) });
    drawn.sort((a, b) => a.score - b.score);
    const total = drawn.reduce(
      (sum, { h }) => sum + (seed.weight[h] * (seed.start[h + 1] - seed.start[h])) / copies,
      0,
    );
    let [below, free, any] = [0, 0, 0];
    for (const { h } of drawn) {
      const held = (seed.weight[h] * (seed.start[h + 1] - seed.start[h])) / copies;
      const standard = quantile.quantile((below + held / 2) / total);
      below += held;
      for (let f = table.foyerStart[h]; f < table.foyerStart[h + 1]; f++) {
        const count = (seed.weight[h] / copies) * table.foyerPersons[f];
        if (standard < thresholds.free[f]) free += count;
        if (standard < thresholds.participation[f]) any += count;
      }
    }
    expect(free / eligible.free).toBeCloseTo(1, 2);
    expect(any / eligible.all).toBeCloseTo(1, 2);
    expect(persons).toBeCloseTo(total, 6);
    expect(households).toBeCloseTo(
      seed.weight.reduce((sum, weight) => sum + weight, 0),
      6,
    );
  });

  test("rights are nested and add up", () => {
    const { eligible, persons } = eligiblePersons(table, area);
    expect(eligible.rsa).toBeLessThan(eligible.free);
    expect(eligible.free).toBeLessThan(eligible.all);
    expect(eligible.all).toBeLessThan(persons);
    expect(eligible.free + eligible.participationOnly).toBeCloseTo(eligible.all, 9);
  });

  test("categories add up to the whole; foyer probabilities are those that are counted", () => {
    const found = eligibleByCategory(
      table,
      area,
      foyers.age.map((age) => (age < 30 ? 0 : age < 60 ? 1 : 2)),
      3,
    );
    const { eligible } = eligiblePersons(table, area);
    const sum = (column: Float64Array): number => column.reduce((total, count) => total + count, 0);
    expect(sum(found.eligible.all)).toBeCloseTo(eligible.all, 7);
    expect(sum(found.eligible.rsa)).toBeCloseTo(eligible.rsa, 7);
    const probabilities = foyerProbabilities(table, area);
    let all = 0;
    for (let f = 0; f < foyers.foyers; f++)
      all += seed.weight[foyers.household[f]] * foyers.persons[f] * probabilities[3 * f + 2];
    expect(all).toBeCloseTo(eligible.all, 7);
  });

  test("who may not claim is not counted, thresholds of 0 and Infinity are nobody and everybody", () => {
    const none = {
      ...thresholds,
      rsa: thresholds.rsa.map(() => 0),
      participation: thresholds.rsa.map(() => Number.POSITIVE_INFINITY),
    };
    const { eligible, persons } = eligiblePersons(eligibilityTable({ seed, foyers, thresholds: none }), area);
    expect(eligible.rsa).toBe(0);
    expect(eligible.all).toBeCloseTo(persons, 7);
    const young = splitFoyers(seed, { youngAlone: "depends" });
    const fewer = eligibilityTable({ seed, foyers: young, thresholds: none });
    expect(eligiblePersons(fewer, area).eligible.all).toBeLessThan(persons - 1);
  });

  test("thresholds missing, negative or in disorder, and weights too short, are refused", () => {
    const odd = (value: number) => ({ ...thresholds, free: thresholds.free.map((own, f) => (f === 3 ? value : own)) });
    for (const value of [Number.NaN, -1, 1e9])
      expect(() => eligibilityTable({ seed, foyers, thresholds: odd(value) })).toThrow("en désordre");
    expect(() => eligibilityTable({ seed, foyers, thresholds: { ...thresholds, rsa: new Float64Array(2) } })).toThrow(
      "Seuils trop courts",
    );
    expect(() => eligiblePersons(table, { weights: new Float64Array(3), quantile })).toThrow("Poids trop courts");
  });
});
