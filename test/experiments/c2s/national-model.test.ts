import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { numberColumn, numbers, table, textColumn } from "../../../src/codes/table.ts";
import { communeSpreads, isMunicipalArrondissement } from "../../../src/experiments/c2s/commune-spread.ts";
import { drees2021, dreesEligible2021 } from "../../../src/experiments/c2s/drees-eligible.ts";
import { nationalComposition } from "../../../src/experiments/c2s/national-composition.ts";
import { nationalModel } from "../../../src/experiments/c2s/national-model.ts";
import { nationalSensitivity, nationalTable } from "../../../src/experiments/c2s/national-sensitivity.ts";
import { rsaCheck, rsaCovered } from "../../../src/experiments/c2s/rsa-check.ts";
import { referenceSeed } from "../../../src/models/microsimulation/reference-seed.ts";
import { filosofiCommunesContract } from "../../../src/sources/filosofi-communes.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";

interface Commune {
  readonly code: string;
  readonly households?: number;
  readonly persons?: number;
  readonly median?: number;
  readonly d1?: number;
  readonly d9?: number;
}

const communesTable = (communes: readonly Commune[]) => {
  const column = (ofCommune: (commune: Commune) => number | undefined) =>
    numberColumn(
      communes.map((commune) => ofCommune(commune) ?? Number.NaN),
      { label: "", unit: "" },
    );
  return table({
    code_commune: textColumn(
      communes.map(({ code }) => code),
      { label: "Code" },
    ),
    NBMENFISC: column(({ households }) => households),
    NBPERSMENFISC: column(({ persons }) => persons),
    MED: column(({ median }) => median),
    D1: column(({ d1 }) => d1),
    D9: column(({ d9 }) => d9),
  });
};

/** Five towns of 01 that show their deciles, a village that does not, one that hides all, Lyon twice. */
const towns: readonly Commune[] = [
  ...[18_000, 19_000, 20_000, 21_000, 30_000].map((median, i) => ({
    code: `0100${i + 1}`,
    households: 4000,
    persons: 9000,
    median,
    d1: 0.5 * median,
    d9: (i === 4 ? 2.5 : 1.8) * median,
  })),
  { code: "01010", households: 100, persons: 240, median: 19_400 },
  { code: "01011" },
  { code: "69123", households: 200_000, persons: 430_000, median: 21_000, d1: 10_000, d9: 42_000 },
  { code: "69381", households: 15_000, persons: 28_000, median: 22_000, d1: 9_000, d9: 45_000 },
];

describe("incomes of all communes", () => {
  test("Paris, Lyon and Marseille are counted once", () => {
    expect(
      ["75056", "75101", "75120", "69123", "69381", "69389", "13055", "13201", "13216"].filter(
        isMunicipalArrondissement,
      ),
    ).toEqual(["75101", "75120", "69381", "69389", "13201", "13216"]);
  });

  test("a village without deciles is lent those of the five nearest medians of its département; one without anything is left out and counted", () => {
    const { communes, hidden } = communeSpreads(communesTable(towns));
    expect(hidden).toBe(1);
    expect(communes.length).toBe(7);
    const village = communes.find(({ code }) => code === "01010");
    expect(village).toMatchObject({ spread: "imputed", departement: "01", median: 19_400, meanSize: 2.4 });
    expect(village?.d1).toBeCloseTo(0.5 * 19_400, 8);
    expect(village?.d9).toBeCloseTo(((4 * 1.8 + 2.5) / 5) * 19_400, 8);
    expect(communes.find(({ code }) => code === "69123")).toMatchObject({ spread: "shown", d1: 10_000, d9: 42_000 });
  });
});

describe("composition of a place of a given household size", () => {
  const seed = referenceSeed();
  const composition = nationalComposition(seed);
  const per = (weights: Float64Array, kept: (person: number, household: number) => boolean): number => {
    let sum = 0;
    for (let h = 0; h < seed.households; h++)
      for (let k = seed.start[h]; k < seed.start[h + 1]; k++) if (kept(k, h)) sum += weights[h];
    return sum;
  };

  test("one person in all, of that mean size; larger households where it is larger", () => {
    for (const size of [1.6, 2.2, 3]) {
      const weights = composition(size);
      expect(per(weights, () => true)).toBeCloseTo(1, 8);
      expect(1 / weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(size, 7);
      expect(Math.min(...weights)).toBeGreaterThan(0);
    }
    const young = (size: number): number => per(composition(size), (k) => seed.age[k] < 20);
    expect(young(1.6)).toBeLessThan(young(2.2));
    expect(young(2.2)).toBeLessThan(young(3));
  });

  test("at the mean size of France: its youth index and its employment rate", () => {
    const weights = composition(2.2);
    const works = (k: number): boolean => seed.age[k] >= 15 && seed.age[k] <= 64;
    expect(per(weights, (k) => seed.age[k] < 20) / per(weights, (k) => seed.age[k] >= 60)).toBeCloseTo(0.91, 6);
    expect(per(weights, (k) => works(k) && seed.employed[k] === 1) / per(weights, works)).toBeCloseTo(0.64, 6);
  });
});

describe("national identities", () => {
  test("DREES's eligible are its holders over its take-up: 8.26 and 4.24 million, 44 % of non-take-up in all to a point", () => {
    const { free, participationOnly } = dreesEligible2021();
    expect(free).toBeCloseTo(5.7e6 / 0.69, 3);
    expect(participationOnly).toBeCloseTo(1.4e6 / 0.33, 3);
    expect(1 - (drees2021.free + drees2021.participationOnly) / (free + participationOnly)).toBeCloseTo(0.44, 1);
  });
});

const folder = mkdtempSync(join(tmpdir(), "national-"));
afterAll(() => rmSync(folder, { recursive: true }));
mkdirSync(join(folder, "insee_doremifasoldata"));
const header = filosofiCommunesContract.columns.map(({ name, from }) => from ?? name);
writeFileSync(
  join(folder, "insee_doremifasoldata/filosofi_com_2016.csv"),
  [
    header.map((name) => `"${name}"`).join(","),
    ...towns.map(({ code, households, persons, median, d1, d9 }) => {
      const values: Readonly<Record<string, number | string | undefined>> = {
        CODGEO: `"${code}"`,
        LIBGEO: `"Commune ${code}"`,
        NBMENFISC16: households,
        NBPERSMENFISC16: persons,
        MED16: median,
        D116: d1,
        D916: d9,
        TP6016: d1 && 15,
        TP60TOL116: d1 && 8,
        TP60TOL216: d1 && 28,
        TP60AGE116: d1 && 25,
        TP60AGE216: d1 && 20,
        TP60AGE316: d1 && 20,
        TP60AGE416: d1 && 16,
        TP60AGE516: d1 && 10,
        TP60AGE616: d1 && 9,
      };
      return header.map((name) => values[name] ?? "NA").join(",");
    }),
    "",
  ].join("\n"),
);

describe("the national model on a few communes", () => {
  const territory = openTerritory({ territory: "occitanie", data: folder });

  test("counts all persons once, keeps rights in order, and meets DREES's totals by kappa to 1e-9", async () => {
    const model = await nationalModel(territory);
    if (!model) throw new Error("modèle absent");
    expect(model.communes).toEqual({ shown: 6, imputed: 1, hidden: 1 });
    expect(model.modelledPersons).toBe(5 * 9000 + 240 + 430_000);
    expect([model.departements, [...model.persons]]).toEqual([
      ["01", "69"],
      [45_240, 430_000],
    ]);
    expect(model.grossUp).toBe(1);
    const { rsa, free, participationOnly, all } = model.eligible;
    expect(rsa).toBeGreaterThan(0);
    expect(free).toBeGreaterThanOrEqual(rsa);
    expect(free + participationOnly).toBeCloseTo(all, 6);
    expect(all).toBeLessThan(model.modelledPersons);
    const target = dreesEligible2021();
    expect(Math.abs((model.kappa.free * free) / target.free - 1)).toBeLessThan(1e-9);
    expect(Math.abs((model.kappa.participationOnly * participationOnly) / target.participationOnly - 1)).toBeLessThan(
      1e-9,
    );
  });

  test("richer by a tenth, fewer are eligible", async () => {
    const [now, richer] = [
      await nationalModel(territory, { growth: 1 }),
      await nationalModel(territory, { growth: 1.1 }),
    ];
    expect(richer?.eligible.all).toBeLessThan(now?.eligible.all ?? 0);
    expect(richer?.eligible.rsa).toBeLessThan(now?.eligible.rsa ?? 0);
  });

  test("what is supposed is changed one thing at a time, and each line has its own kappa", async () => {
    const rows = await nationalSensitivity(territory);
    expect(rows.map(({ kind }) => kind)[0]).toBe("référence");
    expect(new Set(rows.map(({ label }) => label)).size).toBe(rows.length);
    const target = dreesEligible2021();
    for (const { free, participationOnly, kappa } of rows) {
      expect((kappa.free * free) / target.free).toBeCloseTo(1, 9);
      expect((kappa.participationOnly * participationOnly) / target.participationOnly).toBeCloseTo(1, 9);
    }
    const free = (label: string): number => rows.find((row) => row.label.startsWith(label))?.free ?? Number.NaN;
    expect(free("Aucun revenu plus bas")).toBeLessThan(free("Modèle"));
    expect(free("Tous à zéro sous le premier décile")).toBeGreaterThan(free("Modèle"));
    expect(free("Revenus de 2016")).toBeGreaterThan(free("Modèle"));
    expect(numbers(nationalTable(rows), "gratuite").values[0]).toBe(Math.round(free("Modèle") / 10_000) / 100);
  });

  test("no incomes of communes, no model nor table", async () => {
    expect(await nationalModel(openTerritory())).toBeNull();
    expect(await nationalSensitivity(openTerritory())).toEqual([]);
  });
});

describe.skipIf(realData === null)("the national model on every commune of 2016", () => {
  test("is near DREES's free, a little over its participation, and orders départements as the RSA paid does", async () => {
    const territory = openTerritory({ territory: "occitanie", data: realData ?? "" });
    const [model, covered] = [await nationalModel(territory), await rsaCovered(territory)];
    if (!model || !covered) throw new Error("fichiers absents");
    expect(model.communes).toEqual({ shown: 5248, imputed: 26_112, hidden: 3527 });
    expect(model.modelledPersons * model.grossUp).toBeCloseTo(0.978 * 67_183_000, -6);
    expect(model.kappa.free).toBeGreaterThan(0.9);
    expect(model.kappa.free).toBeLessThan(1.1);
    expect(model.kappa.participationOnly).toBeGreaterThan(0.75);
    expect(model.kappa.participationOnly).toBeLessThan(1.1);
    const { departements, persons, byDepartement } = model;
    const check = rsaCheck(covered, { departements, persons, simulated: byDepartement.rsa });
    expect(check.rows.length).toBe(98);
    expect(check.rankCorrelation).toBeGreaterThan(0.9);
    expect(check.rateCorrelation).toBeGreaterThan(0.7);
  });
});
