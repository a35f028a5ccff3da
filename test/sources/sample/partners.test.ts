import { describe, expect, test } from "vitest";
import { c2sBeneficiairesContract } from "../../../src/sources/c2s-beneficiaires.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { checkTerms, readContract } from "../../../src/sources/contracts/agreement.ts";
import { demandeursEmploiRomeContract } from "../../../src/sources/demandeurs-emploi-rome.ts";
import { enquetePratiquesContract } from "../../../src/sources/enquete-pratiques.ts";
import { frequentationCulturelleContract } from "../../../src/sources/frequentation-culturelle.ts";
import { menagesQpvContract } from "../../../src/sources/menages-qpv.ts";
import { missionsInterimContract } from "../../../src/sources/missions-interim.ts";
import { profilQpvContract } from "../../../src/sources/profil-qpv.ts";
import { attendanceModel, type VenueType } from "../../../src/sources/sample/attendance.ts";
import { c2sTrend } from "../../../src/sources/sample/c2s-areas.ts";
import { centroid, distance, type Point, toKilometres } from "../../../src/sources/sample/geometry.ts";
import { missionSeasons } from "../../../src/sources/sample/missions.ts";
import { trajectoiresContract } from "../../../src/sources/trajectoires.ts";
import { bytes, folder, json, mean, parseRows, rows } from "./written.ts";

describe("missions of a temp agency", () => {
  const missions = parseRows(Buffer.from(bytes("missions-interim/missions.csv")).toString("latin1"), ";");
  const truth = json<{ cachees: string[]; missions_par_commune: Record<string, number> }>("verite/missions.json");

  test("Latin-1 that is not UTF-8, decimal commas, a key without repeats", () => {
    expect(Buffer.from(bytes("missions-interim/missions.csv")).toString("utf8")).toContain("\uFFFD");
    expect(missions.some((row) => /^\d+,\d$/.test(row["heures"]))).toBe(true);
    const keys = missions.map((row) => missionsInterimContract.key.map((name) => row[name]).join(" "));
    expect(new Set(keys).size).toBe(keys.length);
    expect(Object.keys(missions[0])).toEqual(missionsInterimContract.columns.map(({ name, from }) => from ?? name));
  });

  test("under five workers all three numbers are hidden, and the truth file has them; communes add up", () => {
    const hidden = missions.filter((row) => row["interimaires"] === "s");
    expect(hidden.every((row) => row["missions"] === "s" && row["heures"] === "s")).toBe(true);
    expect(missions.filter((row) => row["interimaires"] !== "s").every((row) => Number(row["interimaires"]) >= 5)).toBe(
      true,
    );
    expect(truth.cachees.length).toBe(hidden.length);
    expect(hidden.length / missions.length).toBeGreaterThan(0.25);
    expect(hidden.length / missions.length).toBeLessThan(0.75);
    const totals: Record<string, number> = {};
    const secret = truth.cachees.map((line) => line.split(";"));
    for (const row of missions)
      if (row["missions"] !== "s")
        totals[row["commune_travail"]] = (totals[row["commune_travail"]] ?? 0) + Number(row["missions"]);
    for (const [, , commune, , count] of secret) totals[commune] = (totals[commune] ?? 0) + Number(count);
    expect(totals).toEqual(truth.missions_par_commune);
    expect(secret.every(([, , , , , workers]) => Number(workers) < 5)).toBe(true);
  });

  test("the planted seasons are found again: the sea in summer", () => {
    const months = Array.from({ length: 12 }, () => 0);
    for (const row of missions)
      if (row["code_rome"].startsWith("X") && row["missions"] !== "s")
        months[Number(row["mois"].slice(5)) - 1] += Number(row["missions"]);
    const summer = (months[6] + months[7]) / (months[0] + months[1]);
    const planted = (missionSeasons.X[6] + missionSeasons.X[7]) / (missionSeasons.X[0] + missionSeasons.X[1]);
    expect(summer).toBeGreaterThan(planted * 0.8);
  });
});

describe("users of cultural places", () => {
  const attendance = rows("frequentation-culturelle/frequentation.csv", ";");
  const truth = json<{ lieux: Record<string, [number, number]>; cachees: string[] }>("verite/frequentation.json");

  test("a key without repeats, nothing from 1 to 10 in clear, some visits unknown", () => {
    const keys = attendance.map((row) => `${row["id_lieu"]} ${row["code_qp"]}`);
    expect(new Set(keys).size).toBe(keys.length);
    const clear = attendance.filter((row) => row["usagers"] !== "s");
    expect(clear.every((row) => Number(row["usagers"]) >= 11)).toBe(true);
    expect(attendance.length - clear.length).toBe(truth.cachees.length);
    expect(clear.some((row) => row["entrees"] === "")).toBe(true);
    expect(clear.every((row) => row["entrees"] === "" || Number(row["entrees"]) >= Number(row["usagers"]))).toBe(true);
  });

  test("the planted fall with distance is found again", () => {
    const features = json<{ features: { properties: { code_qp: string }; geometry: { coordinates: Point[][] } }[] }>(
      "qpv-perimetres/qp.geojson",
    ).features;
    const homes = new Map(
      features.map(({ properties, geometry }) => [
        properties.code_qp,
        toKilometres(centroid(geometry.coordinates[0].slice(0, -1))),
      ]),
    );
    const persons = new Map(
      json<{ quartiers: { code: string; population: number }[] }>("verite/territoire.json").quartiers.map((q) => [
        q.code,
        q.population,
      ]),
    );
    const ratios: Record<string, number[]> = {};
    for (const row of attendance) {
      const type = row["type_lieu"] as VenueType;
      const { part, km } = attendanceModel[type];
      const away = distance(homes.get(row["code_qp"]) as Point, truth.lieux[row["id_lieu"]]);
      const expected = (persons.get(row["code_qp"]) ?? 0) * part * Math.exp(-away / km);
      if (expected < 40) continue;
      const own = ratios[type] ?? [];
      own.push(Math.log(Number(row["usagers"]) / expected));
      ratios[type] = own;
    }
    for (const [type, logs] of Object.entries(ratios)) {
      expect(logs.length, type).toBeGreaterThan(5);
      expect(Math.abs(mean(logs)), type).toBeLessThan(0.15);
    }
  });
});

describe("C2S by year and area", () => {
  const areas = rows("c2s-insee/benef_c2s.csv", ";");
  type Measure = "NB_C2S" | "NB_C2S_SANS_PART" | "NB_C2S_AVEC_PART";
  const hidden = json<{
    cachees: { niveau: string; code: string; annee: number; mesure: Measure; valeur: number; retrouvable: string[] }[];
  }>("verite/c2s-zones.json").cachees;
  const find = (code: string, year: number): Record<string, string> =>
    areas.find((row) => row["CODGEO"] === code && Number(row["ANNEE"]) === year) ?? {};

  test("every hole is told", () => {
    const holes = areas.flatMap((row) =>
      (["NB_C2S", "NB_C2S_SANS_PART", "NB_C2S_AVEC_PART"] as const)
        .filter((measure) => row[measure] === "s")
        .map((measure) => `${row["CODGEO"]} ${row["ANNEE"]} ${measure}`),
    );
    expect(holes.sort()).toEqual(hidden.map(({ code, annee, mesure }) => `${code} ${annee} ${mesure}`).sort());
    expect(hidden.every(({ valeur }) => valeur > 0 && valeur < 11)).toBe(true);
  });

  test("the holes that are said to be found again are, by subtraction, and the others are not by these two ways", () => {
    const parts = { ligne: 0, commune: 0 };
    for (const { niveau, code, annee, mesure, valeur, retrouvable } of hidden) {
      const row = find(code, annee);
      const [all, free, paying] = [row["NB_C2S"], row["NB_C2S_SANS_PART"], row["NB_C2S_AVEC_PART"]].map((cell) =>
        cell === "s" ? Number.NaN : Number(cell),
      );
      const byLine = mesure === "NB_C2S" ? free + paying : mesure === "NB_C2S_SANS_PART" ? all - paying : all - free;
      expect(retrouvable.includes("ligne")).toBe(!Number.isNaN(byLine));
      if (!Number.isNaN(byLine)) expect(byLine).toBe(valeur);
      let byTotal = Number.NaN;
      if (niveau === "IRIS") {
        const total = find(code.slice(0, 5), annee)[mesure];
        const others = areas.filter(
          (other) =>
            other["NIVGEO"] === "IRIS" &&
            Number(other["ANNEE"]) === annee &&
            other["CODGEO"].startsWith(code.slice(0, 5)) &&
            other["CODGEO"] !== code,
        );
        byTotal = Number(total) - others.reduce((sum, other) => sum + Number(other[mesure]), 0);
      }
      expect(retrouvable.includes("commune")).toBe(!Number.isNaN(byTotal));
      if (!Number.isNaN(byTotal)) expect(byTotal).toBe(valeur);
      for (const way of retrouvable) parts[way as "ligne" | "commune"]++;
    }
    expect(parts.ligne).toBeGreaterThan(20);
    expect(parts.commune).toBeGreaterThan(3);
    expect(hidden.some(({ retrouvable }) => retrouvable.length === 0)).toBe(true);
  });

  test("the planted growth over the years is found again", () => {
    const total = (year: number, column: string): number =>
      areas
        .filter((row) => row["NIVGEO"] === "COM" && Number(row["ANNEE"]) === year)
        .reduce((sum, row) => sum + (row[column] === "s" ? 5 : Number(row[column])), 0);
    expect(total(2019, "NB_C2S") / total(2021, "NB_C2S")).toBeCloseTo(c2sTrend[2019], 1);
  });
});

describe("signed contracts", () => {
  const signed: readonly (readonly [string, Contract, string, string])[] = [
    ["demandeurs-emploi/demandeurs_qpv_rome", demandeursEmploiRomeContract, "distance-emploi", "non-recours-c2s"],
    ["missions-interim/missions", missionsInterimContract, "distance-emploi", "pratiques-culturelles"],
    ["c2s-beneficiaires/c2s_qpv", c2sBeneficiairesContract, "non-recours-c2s", "distance-emploi"],
    ["menages-qpv/menages_qpv", menagesQpvContract, "non-recours-c2s", "publicité"],
    ["profil-qpv/profil_qpv", profilQpvContract, "non-recours-c2s", "distance-emploi"],
    ["enquete-pratiques/pratiques_2018", enquetePratiquesContract, "pratiques-culturelles", "distance-emploi"],
    ["trajectoires/trajectoires", trajectoiresContract, "trajectoires-emploi", "non-recours-c2s"],
    [
      "frequentation-culturelle/frequentation",
      frequentationCulturelleContract,
      "pratiques-culturelles",
      "distance-emploi",
    ],
  ];
  test.each(signed)("%s allows its purpose and no other, and ends in 2099", (file, template, purpose, other) => {
    const contract = readContract(`${folder}/${file}.contrat.yaml`, `${file}.contrat.yaml`);
    expect(contract.id).toBe(template.id);
    expect(contract.access).toBe("partner");
    expect(contract.columns.map(({ name }) => name)).toEqual(template.columns.map(({ name }) => name));
    expect(
      contract.terms?.signatures.every(
        ({ organisation, name }) => `${organisation} ${name}`.match(/\(fictif\)/g)?.length === 2,
      ),
    ).toBe(true);
    expect(() => checkTerms(contract, { purpose, today: "2026-11-24" })).not.toThrow();
    expect(() => checkTerms(contract, { purpose: other, today: "2026-11-24" })).toThrow(/finalit/i);
    expect(() => checkTerms(contract, { purpose, today: "2100-01-01" })).toThrow(/conservation/i);
  });
});
