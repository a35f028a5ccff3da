import { describe, expect, test } from "vitest";
import { referenceSeed } from "../../../src/models/microsimulation/reference-seed.ts";
import { householdTypes, links, tenures } from "../../../src/models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../../src/models/microsimulation/split-foyers.ts";

const seed = referenceSeed();
const size = (h: number): number => seed.start[h + 1] - seed.start[h];
const all = [...seed.weight.keys()];
const weightOf = (kept: (h: number) => boolean, of = seed): number =>
  all.filter(kept).reduce((sum, h) => sum + of.weight[h], 0);

describe("reference households", () => {
  test("every type is met in every size, age class, tenure and state of employment that it can have", () => {
    for (const [place, name] of householdTypes.entries()) {
      const rows = all.filter((h) => seed.type[h] === place);
      expect(new Set(rows.map((h) => seed.tenure[h])).size).toBe(tenures.length);
      const ages = rows.map((h) => seed.age[seed.start[h]]);
      expect([Math.min(...ages) < 30, Math.max(...ages) >= 60], name).toEqual([true, true]);
      expect(new Set(rows.map((h) => seed.employed[seed.start[h]]))).toEqual(new Set([0, 1]));
    }
    expect(new Set(all.map((h) => Math.min(size(h), 6)))).toEqual(new Set([1, 2, 3, 4, 5, 6]));
  });

  test("the type is what the links say", () => {
    for (const h of all) {
      const found = [...seed.link.subarray(seed.start[h], seed.start[h + 1])].map((link) => links[link]);
      expect(found[0]).toBe("reference");
      const expected = found.includes("other")
        ? "complex"
        : found.length === 1
          ? "alone"
          : found.includes("partner")
            ? found.includes("child")
              ? "couple-children"
              : "couple"
            : "lone-parent";
      expect(householdTypes[seed.type[h]]).toBe(expected);
    }
  });

  test("nobody works under 20 nor over 64, children are younger than their parent", () => {
    for (const h of all)
      for (let k = seed.start[h]; k < seed.start[h + 1]; k++) {
        if (seed.employed[k] === 1) expect(seed.age[k] >= 20 && seed.age[k] <= 64).toBe(true);
        if (links[seed.link[k]] === "child") expect(seed.age[seed.start[h]] - seed.age[k]).toBeGreaterThanOrEqual(15);
      }
  });

  test("mean sizes are those of the census of 2016 by type, and of all households (2.22)", () => {
    const mean = (name: (typeof householdTypes)[number]): number => {
      const rows = all.filter((h) => householdTypes[seed.type[h]] === name);
      const total = rows.reduce((sum, h) => sum + seed.weight[h], 0);
      return rows.reduce((sum, h) => sum + seed.weight[h] * size(h), 0) / total;
    };
    expect(mean("couple-children")).toBeCloseTo(29_628_113 / 7_607_629, 1);
    expect(mean("lone-parent")).toBeCloseTo(7_461_210 / 2_819_623, 1);
    expect(mean("complex")).toBeCloseTo(1_642_795 / 685_775, 1);
    expect(all.reduce((sum, h) => sum + seed.weight[h] * size(h), 0)).toBeCloseTo(2.22, 1);
  });

  test("types have the national shares, or count the same by cell when asked", () => {
    expect(weightOf((h) => householdTypes[seed.type[h]] === "lone-parent")).toBeCloseTo(0.097, 9);
    const priority = referenceSeed({ start: "priority" });
    expect(weightOf((h) => householdTypes[priority.type[h]] === "lone-parent", priority)).toBeCloseTo(1 / 6, 3);
    expect(weightOf((h) => tenures[priority.tenure[h]] === "social", priority)).toBeCloseTo(0.6, 9);
    for (const start of ["national", "priority", "equal"] as const)
      expect(weightOf(() => true, referenceSeed({ start }))).toBeCloseTo(1, 12);
    const equal = referenceSeed({ start: "equal" });
    expect(weightOf((h) => householdTypes[equal.type[h]] === "alone", equal)).toBeCloseTo(1 / 13, 9);
    expect(weightOf((h) => tenures[equal.tenure[h]] === "free", equal)).toBeCloseTo(1 / 4, 9);
    expect([...equal.age]).toEqual([...seed.age]);
  });

  test("splits into foyers, more than one for some households", () => {
    const foyers = splitFoyers(seed);
    expect(foyers.foyers).toBeGreaterThan(seed.households);
    expect(foyers.persons.reduce((sum, count) => sum + count, 0)).toBe(seed.age.length);
  });
});
