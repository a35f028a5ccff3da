import { describe, expect, test } from "vitest";
import { C2S_THRESHOLD, takeUpModel } from "../../../src/sources/sample/c2s.ts";
import { grouped, json, mean, rows } from "./written.ts";

interface ByRight {
  readonly rsa: number;
  readonly gratuite_hors_rsa: number;
  readonly participation: number;
}
interface Area {
  readonly code_qp?: string;
  readonly code_commune?: string;
  readonly recours_plante: ByRight;
  readonly part_du_regime_general: number;
  readonly personnes: number;
  readonly personnes_du_regime_general: number;
  readonly eligibles: ByRight;
  readonly couverts: ByRight;
  readonly eligibles_du_regime_general: ByRight;
  readonly couverts_du_regime_general: ByRight;
  readonly eligibles_sans_participation: number;
  readonly eligibles_avec_participation: number;
  readonly couverts_sans_participation: number;
  readonly couverts_avec_participation: number;
}
const { quartiers, hors_quartiers } = json<{ quartiers: Area[]; hors_quartiers: Area[] }>("verite/recours-c2s.json");
const rights = ["rsa", "gratuite_hors_rsa", "participation"] as const;
const total = (areas: readonly Area[], pick: (area: Area) => number): number =>
  areas.reduce((sum, area) => sum + pick(area), 0);
const all = ({ rsa, gratuite_hors_rsa, participation }: ByRight): number => rsa + gratuite_hors_rsa + participation;

describe("the truth of the C2S", () => {
  test("the written counts are those of the truth: all schemes for the partner, the general one by area", () => {
    const small = json<{ c2s: string[] }>("verite/petites-cases.json").c2s;
    const shown = (count: number): string => (count > 0 && count < C2S_THRESHOLD ? "s" : String(count));
    let hidden = 0;
    for (const [i, row] of rows("c2s-beneficiaires/c2s_qpv.csv", ";").entries()) {
      expect(row["code_qp"]).toBe(quartiers[i].code_qp);
      for (const part of ["sans_participation", "avec_participation"] as const) {
        const covered = quartiers[i][`couverts_${part}`];
        expect(row[part]).toBe(shown(covered));
        if (row[part] !== "s") continue;
        hidden++;
        expect(small).toContain(`${row["code_qp"]};${part};${covered}`);
      }
    }
    expect(hidden).toBe(small.length);
    expect(hidden).toBeGreaterThan(0);
    const areas = rows("c2s-insee/benef_c2s.csv", ";").filter((row) => row["ANNEE"] === "2021");
    for (const [i, row] of areas.filter((row) => row["NIVGEO"] === "QP").entries()) {
      const { couverts_du_regime_general: covered, personnes_du_regime_general } = quartiers[i];
      expect(row["NB_BENEF_RG"]).toBe(String(personnes_du_regime_general));
      expect(row["NB_C2S_SANS_PART"]).toBe(shown(covered.rsa + covered.gratuite_hors_rsa));
      expect(row["NB_C2S_AVEC_PART"]).toBe(shown(covered.participation));
    }
  });

  test("communes are their neighbourhoods and the rest; a commune cut in IRIS is their sum", () => {
    const areas = rows("c2s-insee/benef_c2s.csv", ";").filter((row) => row["ANNEE"] === "2021");
    const of = (level: string) => areas.filter((row) => row["NIVGEO"] === level);
    const insured = (list: readonly Record<string, string>[]): number =>
      list.reduce((sum, row) => sum + Number(row["NB_BENEF_RG"]), 0);
    expect(insured(of("COM"))).toBe(
      total([...quartiers, ...hors_quartiers], (area) => area.personnes_du_regime_general),
    );
    for (const [commune, parts] of grouped(of("IRIS"), (row) => row["CODGEO"].slice(0, 5)))
      expect(insured(parts)).toBe(insured(of("COM").filter((row) => row["CODGEO"] === commune)));
    const truths = new Map(hors_quartiers.map((area) => [area.code_commune, area]));
    const crossed = new Set(
      json<{ quartiers: { communes: string[] }[] }>("verite/territoire.json").quartiers.flatMap(
        ({ communes }) => communes,
      ),
    );
    for (const row of of("COM").filter((row) => !crossed.has(row["CODGEO"])))
      expect(row["NB_BENEF_RG"]).toBe(String(truths.get(row["CODGEO"])?.personnes_du_regime_general));
  });

  test("persons are the population; no more are covered than eligible, nor insured than there are", () => {
    const population = new Map(
      rows("qpv-indicateurs/qp.csv", ",").map((row) => [row["code_qp"], Number(row["pop_mun"])]),
    );
    for (const area of quartiers)
      expect(Math.abs(area.personnes - (population.get(area.code_qp ?? "") ?? 0))).toBeLessThan(60);
    for (const area of [...quartiers, ...hors_quartiers]) {
      for (const right of rights) {
        expect(area.couverts[right]).toBeLessThanOrEqual(area.eligibles[right]);
        expect(area.couverts_du_regime_general[right]).toBeLessThanOrEqual(area.couverts[right]);
        expect(area.eligibles_du_regime_general[right]).toBeLessThanOrEqual(area.eligibles[right]);
      }
      expect(area.eligibles_sans_participation).toBe(area.eligibles.rsa + area.eligibles.gratuite_hors_rsa);
      expect(area.couverts_avec_participation).toBe(area.couverts.participation);
      expect(all(area.eligibles)).toBeLessThan(area.personnes);
    }
  });

  test("realised take-up is the planted one, by right; five neighbourhoods are reluctant to pay", () => {
    for (const [where, areas] of [
      ["inside", quartiers],
      ["outside", hors_quartiers],
    ] as const)
      for (const [i, right] of rights.entries()) {
        const realised = total(areas, (area) => area.couverts[right]) / total(areas, (area) => area.eligibles[right]);
        expect(Math.abs(realised - takeUpModel[where].takeUp[i]), `${where} ${right}`).toBeLessThan(0.04);
        const deviations = areas
          .filter((area) => area.eligibles[right] > 200)
          .map((area) => {
            const p = area.recours_plante[right];
            // Foyers of about two persons and a half draw together.
            const error = Math.sqrt((p * (1 - p) * 3.2) / area.eligibles[right]);
            return (area.couverts[right] / area.eligibles[right] - p) / error;
          });
        expect(Math.abs(mean(deviations))).toBeLessThan(0.5);
        expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(4.5);
      }
    expect(quartiers.filter((area) => area.recours_plante.participation === takeUpModel.reluctant).length).toBe(5);
    for (const area of quartiers) {
      expect(Math.abs(area.personnes_du_regime_general / area.personnes - area.part_du_regime_general)).toBeLessThan(
        0.06,
      );
    }
  });

  test("neighbourhoods have three times the share of eligible persons of the rest, and less non-take-up: planted", () => {
    const share = (areas: readonly Area[]): number =>
      total(areas, (area) => all(area.eligibles)) / total(areas, (area) => area.personnes);
    expect(share(quartiers) / share(hors_quartiers)).toBeGreaterThan(2.5);
    const taken = (areas: readonly Area[]): number =>
      total(areas, (area) => all(area.couverts)) / total(areas, (area) => all(area.eligibles));
    expect(taken(quartiers)).toBeGreaterThan(taken(hors_quartiers) + 0.05);
  });
});
