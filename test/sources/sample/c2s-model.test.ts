import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { foyersOf, rightThresholds } from "../../../src/sources/sample/c2s-rights.ts";
import { type FoyerKind, foyerBudget } from "../../../src/sources/sample/foyer-budgets.ts";
import {
  drawHousehold,
  type InventedHousehold,
  type InventedPerson,
  usualPlaces,
} from "../../../src/sources/sample/invented-households.ts";
import { livingStandards, priorityShifts, throughDeciles } from "../../../src/sources/sample/living-standards.ts";
import { normalQuantile, normalShare } from "../../../src/sources/sample/normal-law.ts";
import { mean } from "./written.ts";

const single: FoyerKind = {
  adults: 1,
  dependants: 0,
  under20: 0,
  earners: 0,
  housing: "free",
  rsaAge: true,
};

describe("the planted budget of a foyer", () => {
  test("one person housed free, without work: the amounts of the texts, worked out by hand", () => {
    const { rsa, disposable, resources } = foyerBudget(single, 0);
    expect(rsa).toBeCloseTo(12 * 0.88 * 564.78, 6);
    expect(disposable).toBeCloseTo(rsa, 6);
    expect(resources).toBeCloseTo(12 * 0.12 * 564.78, 6);
    const [untilRsa, untilFree, untilPaying] = rightThresholds(single);
    expect(untilRsa).toBeCloseTo(12 * 0.88 * 564.78, 3);
    expect(untilFree).toBeCloseTo(9_032 - 12 * 0.12 * 564.78, 3);
    expect(untilPaying).toBeCloseTo(1.35 * 9_032 - 12 * 0.12 * 564.78, 3);
  });

  test("a lone parent of two, tenant, who works: prime, allowances and housing benefit", () => {
    const kind: FoyerKind = { adults: 1, dependants: 2, under20: 2, earners: 1, housing: "tenant", rsaAge: true };
    const market = 15_000;
    const [full, bonus] = [12 * 564.78 * 1.8, 12 * 553.16 * 1.8];
    const family = 12 * 131.95;
    const forfait = 12 * 564.78 * 0.297;
    const housing = 12 * (320 + 50) - 0.36 * (market - (full - family - forfait));
    const flat = Math.min(housing, forfait);
    const prime = bonus + 12 * 160.98 + 0.61 * market - (market + family + flat);
    expect(foyerBudget(kind, market).rsa).toBe(0);
    expect(foyerBudget(kind, market).disposable).toBeCloseTo(market + prime + family + housing, 6);
    expect(foyerBudget(kind, market).resources).toBeCloseTo(market + family + flat, 6);
  });

  test("with market income resources never fall and the RSA never grows; disposable income falls by no more than is said", () => {
    for (const adults of [1, 2] as const)
      for (const dependants of [0, 1, 3, 5])
        for (const earners of [0, 1] as const)
          for (const housing of ["owner", "tenant", "free"] as const) {
            const kind = { adults, dependants, under20: dependants, earners, housing, rsaAge: true };
            let last = foyerBudget(kind, 0);
            for (let market = 20; market < 60_000; market += 20) {
              const next = foyerBudget(kind, market);
              expect(next.resources).toBeGreaterThanOrEqual(last.resources);
              expect(next.rsa).toBeLessThanOrEqual(last.rsa);
              expect(next.disposable).toBeGreaterThan(last.disposable - (earners ? 0.4 * 20 : 1e-9));
              last = next;
            }
            const [rsa, free, participation] = rightThresholds(kind);
            expect(rsa <= free && free <= participation).toBe(true);
          }
  });
});

describe("foyers of a household", () => {
  const person = (age: number, link: InventedPerson["link"], employed = false): InventedPerson => ({
    age,
    link,
    woman: true,
    employed,
  });
  const household = (persons: readonly InventedPerson[]): InventedHousehold => ({
    type: "lone-parent",
    tenure: "social",
    persons,
  });

  test("a grown child and a grandparent are foyers apart; each adult brings the same", () => {
    const foyers = foyersOf(
      household([
        person(52, "reference"),
        person(25, "child", true),
        person(24, "child"),
        person(8, "child"),
        person(80, "other"),
      ]),
    );
    expect(foyers.map(({ kind }) => [kind.adults, kind.dependants, kind.under20, kind.earners, kind.housing])).toEqual([
      [1, 2, 1, 0, "tenant"],
      [1, 0, 0, 1, "free"],
      [1, 0, 0, 0, "free"],
    ]);
    expect(foyers.map(({ share }) => share)).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test("under 25, alone: no RSA; with a child, RSA", () => {
    expect(foyersOf(household([person(22, "reference")]))[0].kind.rsaAge).toBe(false);
    expect(foyersOf(household([person(22, "reference"), person(1, "child")]))[0].kind.rsaAge).toBe(true);
  });
});

describe("standards of living", () => {
  test("normal quantiles are those of the tables", () => {
    for (const [p, z] of [
      [0.001, -3.090232],
      [0.1, -1.281552],
      [0.5, 0],
      [0.75, 0.67449],
      [0.99, 2.326348],
    ]) {
      expect(normalQuantile(p)).toBeCloseTo(z, 5);
      expect(normalShare(z)).toBeCloseTo(p, 6);
    }
  });

  test("the persons of an area follow its deciles whatever the shifts; lone parents are lower", () => {
    const random = seededRandom(5);
    const households = Array.from({ length: 8_000 }, () => drawHousehold(random, usualPlaces.priority));
    const standards = livingStandards(
      random,
      households,
      priorityShifts,
      throughDeciles({ d1: 7_000, q2: 12_500, d9: 22_000 }),
    );
    const persons = households
      .flatMap((household, h) => household.persons.map(() => standards[h]))
      .sort((a, b) => a - b);
    for (const [p, value] of [
      [0.1, 7_000],
      [0.5, 12_500],
      [0.9, 22_000],
    ])
      expect(Math.abs(persons[Math.round(p * persons.length)] / value - 1)).toBeLessThan(0.005);
    const meanOf = (type: string): number => mean(Array.from(standards).filter((_, h) => households[h].type === type));
    expect(meanOf("lone-parent")).toBeLessThan(0.85 * meanOf("couple"));
  });
});
