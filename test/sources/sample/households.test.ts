import { describe, expect, test } from "vitest";
import { profilModalities, profilQpvContract } from "../../../src/sources/profil-qpv.ts";
import { profileModel } from "../../../src/sources/sample/neighbourhood-profiles.ts";
import { grouped, json, mean, rows } from "./written.ts";

const residents = rows("rp-indcvi/FD_INDCVI_2019.csv", ";");
const households = [...grouped(residents, (row) => `${row["CANTVILLE"]} ${row["NUMMI"]}`).values()];
const share = (rows: readonly boolean[]): number => mean(rows.map(Number));

describe("households of the census", () => {
  test("the persons of a number in a canton are one household: one dwelling, one weight, as many persons as it says", () => {
    expect(residents.length).toBeGreaterThan(6_000);
    expect(residents.length).toBeLessThan(7_000);
    const shared = "DEPT HLML INPER IPONDI IRIS REGION STOCD TYPL TYPMR VOIT".split(" ");
    for (const members of households) {
      for (const name of shared) expect(new Set(members.map((row) => row[name])).size, name).toBe(1);
      expect(members.length).toBe(Number(members[0]["INPER"]));
      expect(members[0]["HLML"] === "1").toBe(members[0]["STOCD"] === "22");
    }
    expect(new Set(residents.map((row) => row["STOCD"]))).toEqual(new Set(["10", "21", "22", "23", "30"]));
  });

  test("links, ages, couples and family types agree", () => {
    for (const members of households) {
      const [reference] = members;
      const partners = members.filter((row) => row["LPRM"] === "2");
      const children = members.filter((row) => row["LPRM"] === "3");
      expect(members.map((row) => row["LPRM"]).filter((link) => link === "1")).toEqual(["1"]);
      expect(reference["LPRM"]).toBe("1");
      expect(Number(reference["AGED"])).toBeGreaterThanOrEqual(19);
      for (const parent of [reference, ...partners])
        for (const child of children) expect(Number(parent["AGED"]) - Number(child["AGED"])).toBeGreaterThanOrEqual(18);
      for (const row of members)
        expect(row["COUPLE"]).toBe(partners.length > 0 && Number(row["LPRM"]) <= 2 ? "1" : "2");
      const works = (sex: string): boolean =>
        [reference, ...partners].some((row) => row["SEXE"] === sex && row["TACT"] === "11");
      const expected =
        members.length === 1
          ? reference["SEXE"] === "1"
            ? "11"
            : "12"
          : partners.length > 0
            ? works("1")
              ? works("2")
                ? "41"
                : "42"
              : works("2")
                ? "43"
                : "44"
            : children.length > 0
              ? reference["SEXE"] === "1"
                ? "31"
                : "32"
              : "20";
      expect(reference["TYPMR"]).toBe(expected);
    }
  });

  test("work, school and retirement at their ages", () => {
    for (const row of residents) {
      const age = Number(row["AGED"]);
      expect(row["EMPL"] === "ZZ").toBe(row["TACT"] !== "11");
      if (row["TACT"] === "11") expect(age >= 15 && age < 65).toBe(true);
      if (row["TACT"] === "21") expect(age).toBeGreaterThanOrEqual(60);
      expect(row["TACT"] === "23").toBe(age < 14);
    }
    for (const code of ["11", "12", "21", "22", "23", "24", "25"])
      expect(residents.filter((row) => row["TACT"] === code).length, code).toBeGreaterThan(50);
  });

  test("grown children at home, others than the family: what splits a household into foyers", () => {
    const grown = residents.filter((row) => row["LPRM"] === "3" && Number(row["AGED"]) >= 25);
    expect(grown.length).toBeGreaterThan(60);
    expect(grown.length).toBeLessThan(0.12 * residents.filter((row) => row["LPRM"] === "3").length);
    const others = residents.filter((row) => Number(row["LPRM"]) > 3);
    expect(others.length).toBeGreaterThan(60);
    expect(others.every((row) => Number(row["AGED"]) >= 25)).toBe(true);
  });

  test("more social tenants, lone parents and large families where neighbourhoods are", () => {
    const inside = json<{ part_quartier: Record<string, number> }>("verite/voitures.json").part_quartier;
    const of = (least: number, most: number) =>
      households.filter(([{ IRIS = "" }]) => inside[IRIS] >= least && inside[IRIS] <= most);
    const [priority, outside] = [of(0.6, 1), of(0, 0)];
    expect(priority.length).toBeGreaterThan(150);
    for (const [is, least] of [
      [([row]) => row["STOCD"] === "22", 0.4],
      [([row]) => row["TYPMR"] === "32" || row["TYPMR"] === "31", 0.06],
      [([row]) => Number(row["INPER"]) >= 5, 0.02],
    ] as readonly [(members: readonly Record<string, string>[]) => boolean, number][])
      expect(share(priority.map(is)) - share(outside.map(is))).toBeGreaterThan(least);
  });
});

describe("profiles of the neighbourhoods", () => {
  const profiles = rows("profil-qpv/profil_qpv.csv", ";");
  const truth = json<{ comptes: [string, string, string, number, string][] }>("verite/profil-qpv.json").comptes;
  const number = (text: string): number => Number(text.replace(",", "."));

  test("every modality of the four variables, in the order of the contract", () => {
    const expected = Object.entries(profilModalities).flatMap(([variable, all]) =>
      all.map((one) => `${variable} ${one}`),
    );
    for (const own of grouped(profiles, (row) => row["code_qp"]).values())
      expect(own.map((row) => `${row["variable"]} ${row["modalite"]}`)).toEqual(expected);
    expect(Object.keys(profiles[0])).toEqual(profilQpvContract.columns.map(({ name }) => name));
  });

  test("small counts are hidden, never one alone; the others are the counts of the truth within a small error", () => {
    const deviations: number[] = [];
    for (const [i, row] of profiles.entries()) {
      const [qpv, variable, modality, count, hidden] = truth[i];
      expect([qpv, variable, modality]).toEqual([row["code_qp"], row["variable"], row["modalite"]]);
      expect(row["effectif"] === "s").toBe(hidden === "s");
      if (count > 0 && count < profileModel.hiddenUnder) expect(hidden).toBe("s");
      if (hidden !== "s") deviations.push((number(row["effectif"]) - count) / Math.sqrt(Math.max(1, count)));
    }
    for (const own of grouped(profiles, (row) => `${row["code_qp"]} ${row["variable"]}`).values())
      expect(own.filter((row) => row["effectif"] === "s").length).not.toBe(1);
    expect(profiles.filter((row) => row["effectif"] === "s").length).toBeGreaterThan(5);
    expect(Math.sqrt(mean(deviations.map((z) => z * z)))).toBeLessThan(1.2 * profileModel.noise);
    expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(5 * profileModel.noise);
  });

  test("households add up to those by size, persons by age to the population; work follows the indicator", () => {
    const sizes = grouped(rows("menages-qpv/menages_qpv.csv", ";"), (row) => row["code_qp"]);
    const indicators = new Map(rows("qpv-indicateurs/qp.csv", ",").map((row) => [row["code_qp"], row]));
    for (const [code, own] of grouped(profiles, (row) => row["code_qp"])) {
      const known = own.filter((row) => row["effectif"] !== "s");
      const total = (variable: string): number => {
        const part = known.filter((row) => row["variable"] === variable);
        return part.length === own.filter((row) => row["variable"] === variable).length
          ? part.reduce((sum, row) => sum + number(row["effectif"]), 0)
          : Number.NaN;
      };
      const households = (sizes.get(code) ?? []).reduce((sum, row) => sum + number(row["menages"]), 0);
      for (const [variable, expected] of [
        ["type", households],
        ["occupation", households],
        ["age", Number(indicators.get(code)?.["pop_mun"])],
      ] as const)
        if (!Number.isNaN(total(variable))) expect(total(variable), `${code} ${variable}`).toBeCloseTo(expected, 6);
      const rate = indicators.get(code)?.["tx_tot_empl"] ?? "";
      const working = number(known.find((row) => row["modalite"] === "en emploi")?.["effectif"] ?? "");
      if (rate !== "") expect(Math.abs(working / total("emploi") - Number(rate) / 100)).toBeLessThan(0.08);
    }
  });
});
