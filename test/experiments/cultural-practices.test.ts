import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import { type CulturalPractices, culturalPractices } from "../../src/experiments/cultural-practices.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";

const truth = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../data-samples/verite/pratiques.json"), "utf8"),
) as { probabilites: { cinema: number[][] } };

describe("on the synthetic territory", () => {
  let result: CulturalPractices;
  beforeAll(async () => {
    result = await culturalPractices(openTerritory());
  });
  const cinema = (group: string): { value: number; low: number; high: number } => {
    const { data } = result.byDiploma;
    const row = texts(data, "pratique").values.findIndex(
      (name, i) => name === "Cinéma" && texts(data, "groupe").values[i] === group,
    );
    return {
      value: numbers(data, "part").values[row],
      low: numbers(data, "bas").values[row],
      high: numbers(data, "haut").values[row],
    };
  };

  test("the planted effect of the diploma is found: rates lie between the planted extremes of each level", () => {
    ["sans études ou primaire", "collège, CAP ou BEP", "lycée ou technique long", "études supérieures"].forEach(
      (group, level) => {
        const planted = truth.probabilites.cinema[level] ?? [];
        const { low, high } = cinema(group);
        expect(high).toBeGreaterThan(100 * Math.min(...planted));
        expect(low).toBeLessThan(100 * Math.max(...planted));
      },
    );
    expect(cinema("études supérieures").low).toBeGreaterThan(cinema("sans études ou primaire").high);
  });

  test("supply grows with the distance accepted", () => {
    const { data } = result.supply;
    const kinds = texts(data, "lieu").values;
    for (let row = 1; row < data.numRows; row++) {
      if (kinds[row] === kinds[row - 1])
        expect(numbers(data, "part").values[row]).toBeGreaterThanOrEqual(numbers(data, "part").values[row - 1]);
    }
  });
});

describe.skipIf(realData === null)("on Occitanie", () => {
  test("the commune is the finest place, and the chapter says so; the survey gives its known rate", async () => {
    const result = await culturalPractices(openTerritory({ territory: "occitanie", data: realData ?? "" }));
    expect(result.supply.champ).toContain("à la commune");
    expect(result.missing.markdown).toContain("coordonnées");
    const { data } = result.byDiploma;
    const higher = texts(data, "groupe").values.findIndex(
      (group, i) => group === "études supérieures" && texts(data, "pratique").values[i] === "Cinéma",
    );
    expect(numbers(data, "part").values[higher]).toBeGreaterThan(55);
    expect(result.byDiploma.vintage).toContain("2003");
  });
});
