import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hashOf } from "../../../src/experiments/c2s/census-sampling.ts";
import { type CensusSeed, censusSeed } from "../../../src/experiments/c2s/census-seed.ts";
import {
  householdTypes,
  links,
  type SeedHouseholds,
  tenures,
} from "../../../src/models/microsimulation/seed-households.ts";
import { rpIndcviContract } from "../../../src/sources/rp-indcvi.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

interface Person {
  readonly canton: string;
  readonly household: string;
  readonly age: number;
  readonly link: string;
  readonly tenure: string;
  readonly activity?: string;
  readonly weight?: number;
  readonly departement?: string;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Writes a file of the census as INSEE lays it out, in a territory of its own, and reads it. */
const seedOf = (persons: readonly Person[], options: Parameters<typeof censusSeed>[1] = {}): Promise<CensusSeed> => {
  const folder = mkdtempSync(join(tmpdir(), "recensement-"));
  folders.push(folder);
  mkdirSync(join(folder, "rp-indcvi"));
  writeFileSync(join(folder, "synthetique.json"), "{}");
  const header = rpIndcviContract.columns.map(({ name }) => name);
  const cell = (person: Person, name: string): string =>
    ({
      CANTVILLE: person.canton,
      NUMMI: person.household,
      DEPT: person.departement ?? "00",
      AGED: String(person.age).padStart(3, "0"),
      LPRM: person.link,
      STOCD: person.tenure,
      TACT: person.activity ?? "22",
      IPONDI: String(person.weight ?? 3.5),
      SEXE: "1",
    })[name] ?? "1";
  writeFileSync(
    join(folder, "rp-indcvi/FD_INDCVI_2019.csv"),
    [header.join(";"), ...persons.map((person) => header.map((name) => cell(person, name)).join(";")), ""].join("\n"),
  );
  return censusSeed(openTerritory({ territory: "exemple", data: folder }), options);
};

const one = (household: string, link: string, age: number, more: Partial<Person> = {}): Person => ({
  canton: "000001",
  household,
  link,
  age,
  tenure: "22",
  ...more,
});
/** Each household in words: tenure, type, weight, and its persons. */
const described = (seed: SeedHouseholds): readonly string[] =>
  Array.from({ length: seed.households }, (_, h) => {
    const persons = Array.from({ length: seed.start[h + 1] - seed.start[h] }, (_unused, i) => {
      const k = seed.start[h] + i;
      return `${links[seed.link[k]]} ${seed.age[k]}${seed.employed[k] === 1 ? " employed" : ""}`;
    });
    return `${tenures[seed.tenure[h]]}, ${householdTypes[seed.type[h]]}, ${seed.weight[h]}: ${persons.join("; ")}`;
  });

const town: readonly Person[] = [
  one("0000001", "3", 9),
  one("0000001", "1", 41, { activity: "11" }),
  one("0000002", "1", 70, { tenure: "10", weight: 2 }),
  one("0000002", "2", 68, { tenure: "10", weight: 2 }),
  one("0000003", "1", 30, { tenure: "21" }),
  one("0000004", "1", 30, { tenure: "30" }),
  one("0000004", "2", 29, { tenure: "30", activity: "11" }),
  one("0000004", "3", 2, { tenure: "30" }),
  one("0000004", "3", 5, { tenure: "30" }),
  one("0000005", "1", 50),
  one("0000005", "6", 47),
  // The same number in another canton is another household.
  one("0000001", "1", 33, { canton: "000002", tenure: "23" }),
  // Outside ordinary households, and outside the territory.
  one("ZZZZZZZ", "Z", 84),
  one("0000009", "Z", 88),
  one("0000009", "1", 50, { departement: "31" }),
];

describe("households of the census", () => {
  test("persons who share a number in a canton are a household, reference person first", async () => {
    const { seed, outsideHouseholds, kept } = await seedOf(town);
    expect(described(seed)).toEqual([
      "social, lone-parent, 3.5: reference 41 employed; child 9",
      "owner, couple, 2: reference 70; partner 68",
      "private, alone, 3.5: reference 30",
      "free, couple-children, 3.5: reference 30; partner 29 employed; child 5; child 2",
      "social, complex, 3.5: reference 50; other 47",
      "private, alone, 3.5: reference 33",
    ]);
    expect([outsideHouseholds, kept]).toEqual([2, 1]);
  });

  test("the order of the file changes nothing", async () => {
    const [straight, reversed] = [await seedOf(town), await seedOf([...town].reverse())];
    expect(described(reversed.seed)).toEqual(described(straight.seed));
  });

  test("above the number of households asked for, a sample is kept, its weights grow, and it does not depend on the order", async () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [
      one(String(i).padStart(7, "0"), "1", 20 + (i % 60), { weight: 1 }),
      one(String(i).padStart(7, "0"), "3", 1 + (i % 20), { weight: 1 }),
    ]).flat();
    const found = await seedOf(many, { mostHouseholds: 100, seed: 5 });
    const { seed, kept } = found;
    expect(kept).toBeLessThan(1);
    expect(Number.isInteger(Math.log2(kept))).toBe(true);
    expect(seed.households).toBeGreaterThan(60);
    expect(seed.households).toBeLessThanOrEqual(200);
    expect(new Set(seed.weight)).toEqual(new Set([1 / kept]));
    const total = seed.weight.reduce((sum, weight) => sum + weight, 0);
    // 2 000 households, known with the error of an equal-probability sample: four of its standard errors.
    expect(Math.abs(total - 2_000)).toBeLessThan(4 * Math.sqrt(2_000 * (1 / kept - 1)));
    for (let h = 0; h < seed.households; h++) expect(seed.start[h + 1] - seed.start[h]).toBe(2);
    expect(described((await seedOf([...many].reverse(), { mostHouseholds: 100, seed: 5 })).seed)).toEqual(
      described(seed),
    );
    expect(described((await seedOf(many, { mostHouseholds: 100, seed: 6 })).seed)).not.toEqual(described(seed));
  });

  test("a file without household of the territory is refused, in French", async () => {
    await expect(seedOf(town.map((person) => ({ ...person, departement: "31" })))).rejects.toThrow(
      /aucun ménage du territoire.*«\s00\s»/,
    );
    await expect(seedOf([one("ZZZZZZZ", "Z", 84)])).rejects.toThrow(/aucun ménage du territoire/);
  });

  test("a household without reference person is refused, in French", async () => {
    await expect(seedOf([one("0000001", "2", 40), one("0000001", "3", 9)])).rejects.toThrow(/personne de référence/);
  });
});

test("the hash of a text is spread over 0 to 1, and depends on the text and the seed", () => {
  const values = Array.from({ length: 4_000 }, (_, i) => hashOf(`000001 ${String(i).padStart(7, "0")}`, 3));
  for (let tenth = 0; tenth < 10; tenth++) {
    const count = values.filter((value) => value >= tenth / 10 && value < (tenth + 1) / 10).length;
    // 400 expected, a standard deviation of 19.
    expect(Math.abs(count - 400)).toBeLessThan(95);
  }
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(new Set(values).size).toBeGreaterThan(3_990);
  expect(hashOf("a", 1)).toBe(hashOf("a", 1));
  expect(hashOf("a", 1)).not.toBe(hashOf("a", 2));
});
