import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { numberColumn, numbers, table, textColumn } from "../../../src/codes/table.ts";
import {
  cafCheck,
  departementOfNeighbourhood,
  rsaCheck,
  rsaCovered,
  rsaTable,
} from "../../../src/experiments/c2s/rsa-check.ts";
import { rankCorrelation } from "../../../src/models/comparison/rank-correlation.ts";
import { minimaSociauxContract } from "../../../src/sources/minima-sociaux.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";

const folder = mkdtempSync(join(tmpdir(), "rsa-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file in DREES's own manner: Corsica as 20A, a place on two lines, totals without a code, two encodings in one line. */
mkdirSync(join(folder, "drees_minima_sociaux"));
const header = minimaSociauxContract.columns.map(({ name, from }) => from ?? name);
const line = (values: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([
    Buffer.from(`"${values["Code.departement"]}",`),
    Buffer.from(`"${values.Territoire}"`, "latin1"),
    Buffer.from(
      `,${header
        .slice(2)
        .map((name) => values[name] ?? "NA")
        .join(",")}\n`,
    ),
  ]);
const place = (code: string, name: string, year: number, persons: string, type = "Département"): Buffer =>
  line({
    "Code.departement": code,
    Territoire: name,
    TypeTerritoire: `"${type}"`,
    Annee: String(year),
    RSAbenef: persons,
  });
writeFileSync(
  join(folder, "drees_minima_sociaux/minsoc_departements.csv"),
  Buffer.concat([
    Buffer.from(`${header.map((name) => `"${name}"`).join(",")}\n`),
    place("09", "Ariège", 2018, "9000"),
    place("09", "Ariège", 2019, "1000"),
    place("20A", "Corse-du-Sud", 2019, "200"),
    place("47", "Lot-et-Garonne", 2019, "600"),
    place("47", "Lot-et-Garonne", 2019, "NA"),
    place("NA", "France", 2019, "999999", "France"),
  ]),
);
const covered = await rsaCovered(openTerritory({ territory: "occitanie", data: folder }));

describe("persons covered by the RSA", () => {
  test("of the latest year, a place once, totals left out, Corsica under its usual code, both encodings read", () => {
    expect(covered?.year).toBe(2019);
    expect([...(covered?.byDepartement ?? [])]).toEqual([
      ["09", { name: "Ariège", persons: 1000 }],
      ["2A", { name: "Corse-du-Sud", persons: 200 }],
      ["47", { name: "Lot-et-Garonne", persons: 600 }],
    ]);
  });

  test("simulated persons are summed by département and compared where both are known", () => {
    if (!covered) throw new Error("fichier absent");
    const check = rsaCheck(covered, {
      departements: ["09", "09", "2A", "47", "99", "47"],
      simulated: Float64Array.of(400, 200, 150, 500, 70, Number.NaN),
      persons: Float64Array.of(4000, 2000, 800, 5000, 70, 10),
    });
    expect(check.rows.map(({ departement, simulated }) => `${departement} ${simulated}`)).toEqual([
      "09 600",
      "2A 150",
      "47 500",
      "99 70",
    ]);
    expect(check.ratio).toBeCloseTo(1250 / 1800, 12);
    expect(check.rankCorrelation).toBeCloseTo(1, 12);
    // By inhabitant: simulated 0.1, 0.1875, 0.1; covered 0.167, 0.25, 0.12.
    expect(check.rateCorrelation).toBeCloseTo(0.866, 3);
    const shown = rsaTable(check);
    expect([...numbers(shown, "simules").values]).toEqual([600, 150, 500, 70]);
    expect(numbers(shown, "couverts").values[3]).toBeNaN();
    expect(shown.lineage.map(({ id }) => id)).toEqual(["minima-sociaux"]);
  });

  test("no file, no check", async () => {
    const empty = mkdtempSync(join(tmpdir(), "vide-"));
    expect(await rsaCovered(openTerritory({ territory: "occitanie", data: empty }))).toBeNull();
    rmSync(empty, { recursive: true });
  });

  test("a neighbourhood's code says its département", () => {
    expect(["QP009001", "QP031004", "QP02A001", "QP971002"].map(departementOfNeighbourhood)).toEqual([
      "09",
      "31",
      "2A",
      "971",
    ]);
  });
});

describe("persons covered by the CAF", () => {
  test("areas that hide them are left out, and more RSA than any benefit is reported", () => {
    const places = table({
      code_qp: textColumn(["a", "b", "c", "d"], { label: "Code" }),
      percou: numberColumn([500, Number.NaN, 100, 300], { label: "Couverts", unit: "personnes" }),
      pop_mun: numberColumn([1000, 1000, 1000, 1000], { label: "Habitants", unit: "personnes" }),
    });
    const check = cafCheck(places, {
      rsa: Float64Array.of(300, 900, 150, 200),
      participation: Float64Array.of(600, 950, 200, 400),
    });
    expect(check.areas).toBe(3);
    expect(check.above).toEqual(["c"]);
    expect(check.rankCorrelation).toBeCloseTo(1, 12);
  });
});

describe("rank correlation", () => {
  test("of ties, of missing pairs, of reversed orders; the values of R's cor(method = spearman)", () => {
    const x = Float64Array.of(106, 100, 86, 101, 99, 103, 97, 113, 112, 110);
    const y = Float64Array.of(7, 27, 2, 50, 28, 29, 20, 12, 6, 17);
    expect(rankCorrelation(x, y)).toBeCloseTo(-0.1757575757575758, 12);
    expect(rankCorrelation(Float64Array.of(1, 2, 2, 4), Float64Array.of(4, 3, 3, 1))).toBeCloseTo(-1, 12);
    expect(rankCorrelation(Float64Array.of(1, 2, 3, 9), Float64Array.of(1, 2, 3, Number.NaN))).toBeCloseTo(1, 12);
    expect(rankCorrelation(Float64Array.of(1, 2), Float64Array.of(1, 2))).toBeNaN();
    expect(rankCorrelation(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
  });
});

describe.skipIf(realData === null)("DREES's file", () => {
  test("every département of 2019 is there once: 3.87 million persons covered", async () => {
    const found = await rsaCovered(openTerritory({ territory: "occitanie", data: realData ?? "" }));
    expect(found?.year).toBe(2019);
    expect([found?.byDepartement.has("2A"), found?.byDepartement.has("47")]).toEqual([true, true]);
    const all = [...(found?.byDepartement.values() ?? [])].reduce((sum, { persons }) => sum + persons, 0);
    expect(all).toBeGreaterThan(3.8e6);
    expect(all).toBeLessThan(3.95e6);
  });
});
