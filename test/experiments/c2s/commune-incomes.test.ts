import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { communeIncomes } from "../../../src/experiments/c2s/commune-incomes.ts";
import { monotoneQuantile } from "../../../src/models/areas/monotone-quantile.ts";
import { filosofiCommunesContract } from "../../../src/sources/filosofi-communes.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

describe("the full distribution", () => {
  test("eleven quantiles in order for each commune, less those that are hidden", async () => {
    const found = await communeIncomes(openTerritory());
    if (!found) throw new Error("no file");
    expect(found.year).toBe("2019");
    expect(found.byCode.size).toBeGreaterThan(30);
    for (const [code, { knots, households, persons }] of found.byCode) {
      expect(knots.probabilities.length, code).toBeGreaterThanOrEqual(2);
      expect(knots.values.length).toBe(knots.probabilities.length);
      expect(persons).toBeGreaterThanOrEqual(households);
      const { quantile } = monotoneQuantile(knots);
      knots.probabilities.forEach((p, i) => {
        expect(quantile(p)).toBeCloseTo(knots.values[i] ?? Number.NaN, 6);
      });
    }
    expect(Math.max(...[...found.byCode.values()].map(({ knots }) => knots.probabilities.length))).toBe(11);
  });
});

describe("the comparator", () => {
  const folder = mkdtempSync(join(tmpdir(), "comparateur-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "filosofi"));
  const header = filosofiCommunesContract.columns.map(({ name, from }) => from ?? name);
  const line = (values: Readonly<Record<string, string | number>>): string =>
    header.map((name) => values[name] ?? "").join(",");
  const town = { NBMENFISC16: 100, NBPERSMENFISC16: 250 };
  writeFileSync(
    join(folder, "filosofi/filosofi_com_2016.csv"),
    [
      header.join(","),
      line({ ...town, CODGEO: "31555", LIBGEO: "Toulouse", MED16: 20_000, D116: 9_000, D916: 41_000, TP6016: 20 }),
      line({ ...town, CODGEO: "31001", LIBGEO: "Agassac", MED16: 18_000 }),
      line({ CODGEO: "31002", LIBGEO: "Aignes" }),
      "",
    ].join("\n"),
  );

  test("three quantiles; a commune that shows one of them, or none, has no answer rather than an invented one", async () => {
    const found = await communeIncomes(openTerritory({ territory: "occitanie", data: folder }));
    expect([...(found?.byCode.keys() ?? [])]).toEqual(["31555"]);
    expect(found?.byCode.get("31555")).toEqual({
      households: 100,
      persons: 250,
      knots: { probabilities: [0.1, 0.5, 0.9], values: [9_000, 20_000, 41_000] },
    });
    expect(found?.year).toBe("2016");
  });

  test("without either file there is nothing", async () => {
    const empty = mkdtempSync(join(tmpdir(), "sans-revenus-"));
    expect(await communeIncomes(openTerritory({ territory: "exemple", data: empty }))).toBeNull();
    rmSync(empty, { recursive: true });
  });
});
