import { describe, expect, test } from "vitest";
import { numberColumn, numbers, type Table, texts, withColumns } from "../../../src/codes/table.ts";
import { censusSeed } from "../../../src/experiments/c2s/census-seed.ts";
import { communeHousing } from "../../../src/experiments/c2s/commune-housing.ts";
import { type AreaFit, calibrateMarginSets } from "../../../src/experiments/c2s/margin-sets.ts";
import { areaMargins } from "../../../src/experiments/c2s/real-margins.ts";
import { referenceSeed } from "../../../src/models/microsimulation/reference-seed.ts";
import { type SeedHouseholds, tenures } from "../../../src/models/microsimulation/seed-households.ts";
import { loadTable } from "../../../src/sources/load.ts";
import { menagesQpvContract } from "../../../src/sources/menages-qpv.ts";
import { profilQpvContract } from "../../../src/sources/profil-qpv.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { loadNeighbourhoods } from "../../../src/tables/neighbourhoods.ts";
import { realData } from "../../support/real-data.ts";

/** Weighted count of persons (or of households) of an area. */
const persons = (seed: SeedHouseholds, { weights }: AreaFit, kept: (person: number) => boolean): number => {
  let sum = 0;
  for (let h = 0; h < seed.households; h++)
    for (let k = seed.start[h]; k < seed.start[h + 1]; k++) if (kept(k)) sum += weights?.[h] ?? Number.NaN;
  return sum;
};
const households = ({ weights }: AreaFit, kept: (household: number) => boolean): number =>
  Array.from(weights ?? []).reduce((sum, weight, h) => (kept(h) ? sum + weight : sum), 0);

/** What an area counts, as its published indicators say it. */
const indicators = (seed: SeedHouseholds, fit: AreaFit) => {
  const works = (k: number): boolean => seed.age[k] >= 15 && seed.age[k] <= 64;
  return {
    inhabitants: persons(seed, fit, () => true),
    youth: persons(seed, fit, (k) => seed.age[k] < 20) / persons(seed, fit, (k) => seed.age[k] >= 60),
    employment: (100 * persons(seed, fit, (k) => works(k) && seed.employed[k] === 1)) / persons(seed, fit, works),
  };
};

const withoutYouth = (places: Table, row: number): Table =>
  withColumns(places, {
    ind_jeune: numberColumn(
      Float64Array.from(numbers(places, "ind_jeune").values, (value, i) => (i === row ? Number.NaN : value)),
      { label: "Indice de jeunesse", unit: "" },
    ),
  });

describe("margins of the published indicators", async () => {
  const seed = referenceSeed({ start: "priority" });
  const { table } = await loadNeighbourhoods(openTerritory());
  const places = withoutYouth(table, 3);
  const margins = areaMargins({ places, seed, communes: new Map() });
  const fits = calibrateMarginSets(margins.sets, seed);

  test("an indicator that is missing is left out of its area, counted, and no other area loses it", () => {
    const missing = (name: string): number =>
      margins.leftOut.filter((list) => list.some((one) => one.startsWith(name))).length;
    const kind = (name: string): number => margins.kinds.find((one) => one.name === name)?.areas ?? Number.NaN;
    expect(margins.leftOut[3]?.some((one) => one.startsWith("jeunesse"))).toBe(true);
    expect(kind("jeunesse")).toBe(places.numRows - missing("jeunesse"));
    expect(missing("jeunesse")).toBeLessThan(places.numRows / 2);
    expect([kind("ménages"), missing("ménages")]).toEqual([0, places.numRows]);
    expect(
      margins.sets.find(({ rows }) => rows[0] === 3)?.columns.margins.map(({ variable }) => variable),
    ).not.toContain("jeunesse");
  });

  test("weights give back the population, the youth index and the employment rate that are published", () => {
    expect(fits.map(({ failure }) => failure)).toEqual(fits.map(() => null));
    for (const fit of fits) {
      const found = indicators(seed, fit);
      expect(found.inhabitants / numbers(places, "pop_mun").values[fit.row]).toBeCloseTo(1, 8);
      const [youth, rate] = ["ind_jeune", "tx_tot_empl"].map((name) => numbers(places, name).values[fit.row]);
      if (Number.isFinite(youth)) expect(found.youth).toBeCloseTo(youth ?? 0, 6);
      if (Number.isFinite(rate)) expect(found.employment).toBeCloseTo(rate ?? 0, 6);
      expect(fit.effectiveAfter).toBeLessThanOrEqual(seed.households);
    }
  });

  test("a town with more owners gives more of them, and the level stays that of the seed", () => {
    const hosts = [...new Set(texts(places, "code_commune").values)];
    const communes = new Map(hosts.map((code, i) => [code, { meanSize: 2.2, ownerShare: i % 2 === 0 ? 0.3 : 0.6 }]));
    const owned = calibrateMarginSets(areaMargins({ places, seed, communes }).sets, seed).map((fit) => ({
      few: communes.get(texts(places, "code_commune").values[fit.row] ?? "")?.ownerShare === 0.3,
      share: households(fit, (h) => tenures[seed.tenure[h]] === "owner") / households(fit, () => true),
    }));
    const mean = (few: boolean): number => {
      const list = owned.filter((one) => one.few === few);
      return list.reduce((sum, { share }) => sum + share, 0) / list.length;
    };
    expect(mean(false)).toBeGreaterThan(mean(true) + 0.05);
    expect((mean(true) + mean(false)) / 2).toBeCloseTo(0.273, 1);
  });
});

describe("margins of the partner's profiles", async () => {
  const territory = openTerritory({ purpose: "non-recours-c2s" });
  const [{ table: places }, byCensus, sizes, profiles] = await Promise.all([
    loadNeighbourhoods(territory),
    censusSeed(territory),
    loadTable(territory, menagesQpvContract),
    loadTable(territory, profilQpvContract),
  ]);
  const { seed } = byCensus;
  const margins = areaMargins({ places, seed, households: sizes, profiles });
  const fits = calibrateMarginSets(margins.sets, seed);

  test("six margins, and every area is calibrated", () => {
    expect(margins.kinds.map(({ name }) => name)).toEqual([
      "habitants",
      "taille",
      "type",
      "occupation",
      "age",
      "emploi",
    ]);
    expect(margins.sets.length).toBe(1);
    expect(fits.filter(({ failure }) => failure !== null)).toEqual([]);
    for (const fit of fits)
      expect(persons(seed, fit, () => true) / numbers(places, "pop_mun").values[fit.row]).toBeCloseTo(1, 8);
  });

  test("what is published is met within its census error; what is hidden weighs nothing", () => {
    const published = numbers(profiles, "effectif").values;
    const codes = texts(profiles, "code_qp").values;
    const modalities = texts(profiles, "modalite").values;
    const hidden = published.filter((count) => Number.isNaN(count)).length;
    expect(hidden).toBeGreaterThan(0);
    expect(margins.leftOut.flat().length).toBeGreaterThanOrEqual(hidden);
    const byArea = new Map(fits.map((fit) => [fit.area, fit]));
    let [met, all] = [0, 0];
    codes.forEach((code, row) => {
      const fit = byArea.get(code);
      if (modalities[row] !== "HLM" || !fit || Number.isNaN(published[row])) return;
      const count = households(fit, (h) => tenures[seed.tenure[h]] === "social");
      all++;
      if (Math.abs(count - published[row]) <= Math.sqrt(1.5 * published[row])) met++;
    });
    expect(all).toBeGreaterThan(50);
    expect(met / all).toBeGreaterThan(0.9);
  });
});

describe.skipIf(realData === null)("the 105 neighbourhoods of Occitanie", () => {
  test("all are calibrated on what is published, 94 with a youth index, 104 with an employment rate", async () => {
    const territory = openTerritory({ territory: "occitanie", data: realData ?? "" });
    const [{ table: places }, communes] = await Promise.all([loadNeighbourhoods(territory), communeHousing(territory)]);
    const seed = referenceSeed({ start: "priority" });
    const margins = areaMargins({ places, seed, communes: communes.byCode });
    expect(margins.kinds.map(({ name, areas }) => `${name} ${areas}`)).toEqual([
      "habitants 105",
      "jeunesse 94",
      "emploi 104",
      "ménages 105",
      "propriétaires 105",
    ]);
    const fits = calibrateMarginSets(margins.sets, seed);
    expect(fits.filter(({ failure }) => failure !== null)).toEqual([]);
    expect(Math.min(...fits.map(({ effectiveAfter }) => effectiveAfter))).toBeGreaterThan(60);
    const total = fits.reduce((sum, fit) => sum + persons(seed, fit, () => true), 0);
    expect(total / 358_011).toBeCloseTo(1, 8);
  });
});
