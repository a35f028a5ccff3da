import { describe, expect, test } from "vitest";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";
import { inventSeed, seedOf } from "./invented-seed.ts";

const [reference, partner, child, other] = [0, 1, 2, 3];
const person = (age: number, link: number, employed = 0) => ({ age, link, employed });
const household = (...persons: { age: number; link: number; employed: number }[]) =>
  seedOf([{ type: 4, tenure: 1, persons }]);

describe("the foyers C2S of a household (R861-2)", () => {
  test("parents and children under 25 are one foyer, counted by age", () => {
    const foyers = splitFoyers(
      household(
        person(45, reference, 1),
        person(43, partner, 1),
        person(24, child),
        person(19, child),
        person(13, child),
        person(3, child),
        person(2, other),
      ),
    );
    expect(foyers.foyers).toBe(1);
    expect([foyers.persons[0], foyers.couple[0], foyers.earners[0], foyers.age[0]]).toEqual([7, 1, 2, 45]);
    expect([
      foyers.children0to2[0],
      foyers.children3to13[0],
      foyers.children14to19[0],
      foyers.children20to24[0],
    ]).toEqual([1, 2, 1, 1]);
    expect(foyers.householdUnits[0]).toBe(3.4);
  });

  test("at 25 a child is a foyer of its own, housed by the household", () => {
    const foyers = splitFoyers(household(person(50, reference), person(25, child, 1), person(24, child, 1)));
    expect([...foyers.persons]).toEqual([2, 1]);
    expect([...foyers.age]).toEqual([50, 25]);
    expect([...foyers.tenure]).toEqual([1, 3]);
    expect([...foyers.earners]).toEqual([0, 1]);
    expect([...foyers.incomeShare]).toEqual([0.5, 0.5]);
  });

  test("a partner stays in the foyer at any age, a flat-sharer does not", () => {
    expect([...splitFoyers(household(person(40, reference), person(60, partner))).persons]).toEqual([2]);
    expect([...splitFoyers(household(person(40, reference), person(60, other))).persons]).toEqual([1, 1]);
  });

  test("income by adult or by unit", () => {
    const home = household(person(50, reference), person(48, partner), person(10, child), person(26, child));
    expect([...splitFoyers(home).incomeShare]).toEqual([2 / 3, 1 / 3]);
    expect(splitFoyers(home, { sharing: "by-unit" }).incomeShare[0]).toBeCloseTo(1.8 / 2.8, 12);
  });

  test("a person under 25 alone may claim or depends, as is chosen; with a child it may", () => {
    const young = household(person(20, reference));
    expect(splitFoyers(young).mayClaim[0]).toBe(1);
    expect(splitFoyers(young, { youngAlone: "depends" }).mayClaim[0]).toBe(0);
    const mother = household(person(20, reference), person(1, child));
    expect(splitFoyers(mother, { youngAlone: "depends" }).mayClaim[0]).toBe(1);
  });

  test("no person is lost, the shares of a household add up to 1", () => {
    for (const sharing of ["by-adult", "by-unit"] as const) {
      const seed = inventSeed(3000, 4);
      const foyers = splitFoyers(seed, { sharing });
      const shares = new Float64Array(seed.households);
      const persons = new Int32Array(seed.households);
      for (let f = 0; f < foyers.foyers; f++) {
        shares[foyers.household[f]] += foyers.incomeShare[f];
        persons[foyers.household[f]] += foyers.persons[f];
        const inside =
          1 +
          foyers.couple[f] +
          foyers.children0to2[f] +
          foyers.children3to13[f] +
          foyers.children14to19[f] +
          foyers.children20to24[f];
        expect(inside).toBe(foyers.persons[f]);
      }
      expect(Math.max(...shares.map((share) => Math.abs(share - 1)))).toBeLessThan(1e-12);
      expect([...persons]).toEqual(Array.from(persons, (_, h) => seed.start[h + 1] - seed.start[h]));
    }
  });

  test("impossible households are refused", () => {
    expect(() => splitFoyers(household(person(40, partner)))).toThrow("Ménage de départ impossible");
    expect(() => splitFoyers(household(person(40, reference), person(40, partner), person(30, partner)))).toThrow(
      "2 conjoints",
    );
  });
});
