import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import { type EmploymentDistance, employmentDistance } from "../../src/experiments/employment-distance.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";

const truth = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../data-samples/verite/distances.json"), "utf8"),
) as {
  quartiers: Record<
    string,
    Record<
      "strict" | "proche" | "domaine",
      { par_demandeur: { mediane_km: number; q1_km: number; q3_km: number; part_10_km: number } }
    >
  >;
};

describe("on the synthetic territory", () => {
  let result: EmploymentDistance;
  let unlimited: EmploymentDistance;
  beforeAll(async () => {
    result = await employmentDistance(openTerritory());
    unlimited = await employmentDistance(openTerritory(), { radiusKm: 100_000 });
  });

  test("the planted distances are recovered for every neighbourhood", () => {
    const { data } = unlimited.map;
    const codes = texts(data, "code_qp").values;
    let compared = 0;
    codes.forEach((code, row) => {
      const planted = truth.quartiers[code]?.proche.par_demandeur;
      const median = numbers(data, "mediane").values[row];
      if (!planted || Number.isNaN(median)) return;
      compared++;
      // Published to a tenth of a kilometre; the origin is the same polygon's centre on the projection instead of in degrees.
      expect(Math.abs(median - planted.mediane_km), code).toBeLessThanOrEqual(0.35);
      expect(Math.abs(numbers(data, "part_10").values[row] - 100 * planted.part_10_km), code).toBeLessThanOrEqual(4);
    });
    expect(compared).toBeGreaterThan(70);
  });

  test("the three levels of match are drawn side by side, from the narrowest to the widest", () => {
    const levels = result.levels as Figure;
    expect(levels.kind).toBe("chart");
    expect([...new Set(texts(levels.data, "niveau").values)]).toEqual([
      "même métier",
      "métier proche",
      "même domaine professionnel",
    ]);
  });

  test("the number of seekers behind a row is never written: subtracted from the total it would give secret cells", () => {
    for (const made of [result.map, result.bySize, result.shares, result.levels as Figure]) {
      expect(made.columns).not.toContain("demandeurs");
      expect(JSON.stringify(made.spec)).not.toContain('demandeurs":');
    }
  });

  test("every figure carries the synthetic stamp", () => {
    for (const made of [result.map, result.bySize, result.shares, result.levels as Figure])
      expect(made.synthetic, made.id).toBe(true);
  });
});

describe.skipIf(realData === null)("on Occitanie", () => {
  test("105 neighbourhoods are drawn, job seekers hidden in the file stay hidden, and the missing files are named", async () => {
    const result = await employmentDistance(openTerritory({ territory: "occitanie", data: realData ?? "" }));
    expect(result.map.data.numRows).toBe(105);
    const drawn = (result.map.spec as { datasets: { drawn: unknown[] } }).datasets.drawn;
    expect(drawn).toHaveLength(105);
    expect(result.levels.kind).toBe("note");
    expect(result.missing.markdown).toContain("France Travail");
    expect(result.missing.markdown).toContain("Clause à demander");
    expect(result.map.synthetic).toBe(false);

    // Four neighbourhoods whose job seekers the publisher wrote as 0: hidden, never zero.
    const seekers = (
      result.seekersMap.spec as { datasets: { drawn: { properties: Record<string, unknown> }[] } }
    ).datasets.drawn.map(({ properties }) => properties);
    expect(seekers).toHaveLength(105);
    expect(
      seekers
        .filter(({ part }) => part === null)
        .map(({ code_qp }) => code_qp)
        .sort(),
    ).toEqual(["QP011005", "QP034016", "QP066009", "QP082002"]);
    expect(seekers.filter(({ part }) => part === 0)).toEqual([]);

    // Every indicator that the file leaves empty is counted as such.
    const holes = result.holes.data;
    const missing = Object.fromEntries(
      texts(holes, "colonne").values.map((name, row) => [
        name,
        numbers(holes, "secrets").values[row] + numbers(holes, "absents").values[row],
      ]),
    );
    expect(missing).toMatchObject({
      tx_tot_et: 17,
      tx_f_et: 23,
      pmimp: 20,
      part_chomprinc: 55,
      tx_tot_empl: 1,
      tx_f_empl: 2,
      tx_et_empl: 15,
      tx_tot_eprec: 5,
      tx_f_eprec: 20,
      tx_et_eprec: 45,
      ind_jeune: 11,
      brev: 1,
      abcde: 4,
    });
  });
});
