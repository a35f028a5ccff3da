import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numbers, reasonAt, type Table, texts } from "../../src/codes/table.ts";
import { bpeIrisContract } from "../../src/sources/bpe-iris.ts";
import { serviceTypequ } from "../../src/sources/bpe-typequ.ts";
import { c2sBeneficiairesContract } from "../../src/sources/c2s-beneficiaires.ts";
import { sources } from "../../src/sources/catalogue.ts";
import { communePointsContract } from "../../src/sources/commune-points.ts";
import { communesContract } from "../../src/sources/communes.ts";
import { agreementFor } from "../../src/sources/contracts/agreement.ts";
import { enqueteLoisirsContract } from "../../src/sources/enquete-loisirs.ts";
import { loadShapes, loadTable } from "../../src/sources/load.ts";
import { isAvailable, locateSource } from "../../src/sources/locate.ts";
import { qpvIndicateursContract } from "../../src/sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../../src/sources/qpv-perimetres.ts";
import { romeCodesContract } from "../../src/sources/rome-codes.ts";
import { romeMobilitesContract } from "../../src/sources/rome-mobilites.ts";
import { forPurpose, openTerritory } from "../../src/sources/territory.ts";

const data = join(import.meta.dirname, "../../../shared/data");
const here = existsSync(data);

/** Rows without a value, by reason. */
function missingCounts(t: Table, name: string): Record<string, number> {
  const counts: Record<string, number> = { s: 0, ns: 0, nd: 0 };
  const column = t.columns[name];
  if (!column) throw new Error(`pas de colonne ${name}`);
  for (let row = 0; row < t.numRows; row++) {
    const reason = reasonAt(column, row);
    if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(!here)(`real files of Occitanie${here ? "" : " (skipped: ../shared/data is not here)"}`, () => {
  const territory = here ? openTerritory({ territory: "occitanie", data }) : openTerritory();

  test("105 neighbourhoods, with INSEE's holes kept as holes", async () => {
    const t = await loadTable(territory, qpvIndicateursContract);
    expect(t.numRows).toBe(105);
    expect(Object.keys(t.columns)).toHaveLength(44);
    expect(numbers(t, "pop_mun").values.reduce((sum, value) => sum + value, 0)).toBe(358_011);
    const holes = {
      tx_tot_empl: 1,
      tx_f_empl: 2,
      tx_tot_eprec: 5,
      tx_tot_et: 17,
      ind_jeune: 11,
      brev: 1,
      pmimp: 20,
      part_chomprinc: 55,
      tx_f_et: 23,
      tx_et_empl: 15,
      tx_f_eprec: 20,
      tx_et_eprec: 45,
      tp60: 0,
      disp_q2: 0,
    };
    for (const [name, nd] of Object.entries(holes))
      expect({ name, ...missingCounts(t, name) }).toEqual({ name, s: 0, ns: 0, nd });
    for (const name of Object.keys(holes)) {
      const column = numbers(t, name);
      for (const [row, value] of column.values.entries())
        expect(Number.isNaN(value)).toBe(reasonAt(column, row) !== null);
    }
    expect(t.lineage).toHaveLength(1);
    expect(t.lineage[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(t.lineage[0]).toMatchObject({
      synthetic: false,
      published: true,
      file: "hackaviz2021_qpv_occitanie/qp.csv",
    });
  });

  test("a zero that hides a count is secret; a zero decile is a value", async () => {
    const t = await loadTable(territory, qpvIndicateursContract);
    const hidden = texts(t, "code_qp").values.filter((_, row) => reasonAt(numbers(t, "abcde"), row) === "s");
    expect(hidden).toEqual(["QP011005", "QP034016", "QP066009", "QP082002"]);
    expect(missingCounts(t, "percou")).toEqual({ s: 2, ns: 0, nd: 0 });
    expect(missingCounts(t, "a")).toEqual({ s: 2, ns: 0, nd: 0 });
    expect(missingCounts(t, "decuc_d1")).toEqual({ s: 0, ns: 0, nd: 0 });
    expect(numbers(t, "decuc_d1").values.filter((value) => value === 0)).toHaveLength(55);
    expect(texts(t, "nom_commune").values.filter((name) => name.includes(","))).toContain("Séméac, Tarbes");
  });

  test("every neighbourhood has its perimeter, in degrees", async () => {
    const [t, { table, shapes }] = await Promise.all([
      loadTable(territory, qpvIndicateursContract),
      loadShapes(territory, qpvPerimetresContract),
    ]);
    expect(shapes).toHaveLength(105);
    expect([...texts(table, "code_qp").values].sort()).toEqual([...texts(t, "code_qp").values].sort());
    for (const { polygons } of shapes) expect(polygons[0]?.[0]?.length).toBeGreaterThanOrEqual(8);
  });

  test("the equipment file whole, IRIS spelled in one way", async () => {
    const t = await loadTable(territory, bpeIrisContract);
    expect(t.numRows).toBe(104_048);
    expect(numbers(t, "NB_EQUIP").values.reduce((sum, value) => sum + value, 0)).toBe(256_813);
    const iris = texts(t, "DCIRIS").values;
    expect(iris.filter((code) => code.length === 9)).toHaveLength(55_986);
    expect(iris.filter((code) => code.length === 5)).toHaveLength(104_048 - 55_986);
    const kinds = new Set(texts(t, "TYPEQU").values);
    expect([...serviceTypequ.keys()].filter((code) => kinds.has(code)).length).toBeGreaterThan(110);
  });

  test("communes, points, occupations, survey", async () => {
    const communes = await loadTable(territory, communesContract);
    expect(communes.numRows).toBe(34_969);
    expect(missingCounts(communes, "population")).toEqual({ s: 0, ns: 0, nd: 6 });
    const points = await loadTable(territory, communePointsContract);
    expect(points.numRows).toBe(39_201);
    expect(missingCounts(points, "lon")).toEqual({ s: 0, ns: 0, nd: 269 });
    expect(numbers(points, "lat").values[0]).toBe(47.7237763721);
    expect(numbers(points, "lon").values[0]).toBe(7.00757336099);
    expect((await loadTable(territory, romeCodesContract)).numRows).toBe(531);
    const kinds = texts(await loadTable(territory, romeMobilitesContract), "libelle_type_mobilite").values;
    expect([
      kinds.filter((kind) => kind === "Proche").length,
      kinds.filter((kind) => kind === "Evolution").length,
    ]).toEqual([1917, 2301]);
    const survey = await loadTable(territory, enqueteLoisirsContract);
    expect(survey.numRows).toBe(2000);
    expect(missingCounts(survey, "nivetud")).toEqual({ s: 0, ns: 0, nd: 112 });
    expect(numbers(survey, "poids").values[0]).toBe(2634.3982157);
  });

  test("partners' files are absent here", () => {
    const present = sources().filter((contract) => isAvailable(territory, contract));
    expect(present.length).toBeGreaterThan(9);
    expect(present.filter(({ access }) => access === "partner")).toEqual([]);
  });
});

describe("the sample territory", () => {
  test("holds a file of many sources, and each keeps its contract", async () => {
    const territory = openTerritory();
    const located = sources().flatMap((contract) => locateSource(territory, contract) ?? []);
    expect(located.length).toBeGreaterThan(14);
    for (const { contract, file } of located) {
      const purposes = (agreementFor(territory, contract, file) ?? contract).terms?.purposes;
      const lent = forPurpose(territory, Array.isArray(purposes) ? String(purposes[0]) : "essai");
      const t = await loadTable(lent, contract);
      expect(t.numRows, contract.id).toBeGreaterThan(0);
      expect(t.lineage[0]?.synthetic, contract.id).toBe(true);
      expect(t.lineage[0]?.publisher).toContain("imite");
    }
  });

  test("a partner's file is lent for the purposes of its contract only, and until its last day", async () => {
    const territory = openTerritory({ today: "2026-11-24" });
    await expect(loadTable(territory, c2sBeneficiairesContract)).rejects.toThrow(/finalité.*article 3/);
    await expect(loadTable(forPurpose(territory, "distance-emploi"), c2sBeneficiairesContract)).rejects.toThrow(
      /distance-emploi.*article 3/,
    );
    const later = openTerritory({ today: "2100-01-01", purpose: "non-recours-c2s" });
    await expect(loadTable(later, c2sBeneficiairesContract)).rejects.toThrow(/article 7.*conservation/i);
    const allowed = await loadTable(forPurpose(territory, "non-recours-c2s"), c2sBeneficiairesContract);
    expect(allowed.numRows).toBeGreaterThan(70);
  });
});
