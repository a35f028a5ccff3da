import { describe, expect, test } from "vitest";
import { texts } from "../../../src/codes/table.ts";
import { groupIncomes } from "../../../src/experiments/c2s/group-incomes.ts";
import { pooledRate } from "../../../src/experiments/c2s/pooled-rate.ts";
import { placementCategory, placementGroupOf } from "../../../src/models/microsimulation/placement.ts";
import { placementShifts } from "../../../src/models/microsimulation/placement-shifts.ts";
import { referenceSeed } from "../../../src/models/microsimulation/reference-seed.ts";
import { householdTypes } from "../../../src/models/microsimulation/seed-households.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { loadNeighbourhoods } from "../../../src/tables/neighbourhoods.ts";
import { realData } from "../../support/real-data.ts";

describe("a rate pooled over communes", () => {
  test("weighs by persons, and is surer with more communes", () => {
    const rates = [0.1, 0.3];
    const two = pooledRate([0, 1], (row) => rates[row] ?? 0, Float64Array.of(300, 100));
    expect(two.rate).toBeCloseTo(0.15, 12);
    expect(two.communes).toBe(2);
    expect(two.spread).toBeCloseTo(
      Math.hypot(Math.sqrt(0.75 * 0.05 ** 2 + 0.25 * 0.15 ** 2), 0.01 / Math.sqrt(12)),
      12,
    );
    expect(two.se).toBeCloseTo((two.spread * Math.hypot(300, 100)) / 400, 12);
    const many = pooledRate([0, 1, 2, 3], (row) => rates[row % 2] ?? 0, Float64Array.of(300, 100, 300, 100));
    expect(many.rate).toBeCloseTo(0.15, 12);
    expect(many.se).toBeCloseTo(two.se / Math.SQRT2, 12);
  });

  test("one commune alone is as unsure as its rounding", () => {
    expect(pooledRate([0], () => 0.2, Float64Array.of(50)).se).toBeCloseTo(0.01 / Math.sqrt(12), 12);
  });
});

describe("groups of the invented territory", async () => {
  const territory = openTerritory();
  const { table: places } = await loadNeighbourhoods(territory);
  const groups = await groupIncomes(territory, texts(places, "code_commune").values);

  test("rates by type come from the distributions of its communes; what is not published places nobody", () => {
    expect(Object.keys(groups.rates)).toEqual(["type"]);
    const rates = groups.rates.type ?? [];
    expect(rates.length).toBe(householdTypes.length);
    expect(groups.details.type?.map(({ pool }) => pool)).toEqual(rates.map(() => "host"));
    const at = (name: (typeof householdTypes)[number]): number => rates[householdTypes.indexOf(name)] ?? Number.NaN;
    expect(at("lone-parent")).toBeGreaterThan(at("couple"));
    expect(groups.overall).toBeGreaterThan(Math.min(...rates));
    expect(groups.overall).toBeLessThan(Math.max(...rates));
    expect(groups.notes.join(" ")).toMatch(/statut d'occupation/);
    expect(groups.lineage.length).toBeGreaterThan(0);
  });
});

describe.skipIf(realData === null)("groups of Occitanie", () => {
  test("tenure and age from the communes that hold a neighbourhood, type from the nation; the shifts give the gaps back", async () => {
    const territory = openTerritory({ territory: "occitanie", data: realData ?? "" });
    const { table: places } = await loadNeighbourhoods(territory);
    const { rates, overall, details } = await groupIncomes(territory, texts(places, "code_commune").values);
    expect(details.tenure?.map(({ pool, communes }) => `${pool} ${communes}`)).toEqual(["host 48", "host 48"]);
    expect(details.type?.every(({ pool }) => pool === "national")).toBe(true);
    const [owners, tenants] = rates.tenure ?? [];
    expect(owners).toBeCloseTo(0.086, 3);
    expect(tenants).toBeCloseTo(0.359, 3);
    for (const list of Object.values(details)) for (const { se, spread } of list) expect(se).toBeLessThan(spread);
    const seed = referenceSeed({ start: "priority" });
    const groupPersons = new Float64Array(30);
    placementGroupOf(seed).forEach((group, h) => {
      groupPersons[group] += seed.weight[h] * (seed.start[h + 1] - seed.start[h]);
    });
    const { shifts, reproduced } = placementShifts({ groupPersons, rates, overall });
    expect((reproduced.tenure?.[1] ?? 0) / (reproduced.tenure?.[0] ?? 1)).toBeGreaterThan(2);
    const mean = (tenure: number): number => {
      const members = [...shifts.keys()].filter((g) => placementCategory.tenure(g) === tenure);
      return members.reduce((sum, g) => sum + shifts[g], 0) / members.length;
    };
    expect(mean(0)).toBeGreaterThan(mean(1));
  });
});
