import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { commuteModel } from "../../../src/sources/sample/census-details.ts";
import { contains, distance, isSimple, type Point, type Ring } from "../../../src/sources/sample/geometry.ts";
import { toLambert93 } from "../../../src/sources/sample/lambert93.ts";
import { bytes, json, rows } from "./written.ts";

const communes =
  json<{ code: string; nom: string; type: string; chefLieu?: string; population?: number }[]>("communes/communes.json");
const current = new Map(
  communes.filter(({ type }) => type === "commune-actuelle").map((commune) => [commune.code, commune]),
);
const persons = (code: string): number => current.get(code)?.population ?? 0;

describe("history of the communes", () => {
  const events = rows("cog/v_mvt_commune_2026.csv", ",");
  const truth = json<{
    passage: Record<string, Record<string, number>>;
    ancien_nom: Record<string, string>;
    fusion_de_1972: Record<string, string>;
    absente_en_2017: string[];
  }>("verite/cog.json");

  test("INSEE's columns and codes of events; what is after exists in the list", () => {
    expect(Object.keys(events[0])).toEqual(
      "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TNCC_AV,NCC_AV,NCCENR_AV,LIBELLE_AV,TYPECOM_AP,COM_AP,TNCC_AP,NCC_AP,NCCENR_AP,LIBELLE_AP".split(
        ",",
      ),
    );
    expect(new Set(events.map((row) => row["MOD"]))).toEqual(new Set(["10", "21", "31", "32"]));
    for (const row of events.filter(({ TYPECOM_AP }) => TYPECOM_AP === "COM"))
      expect(current.get(row["COM_AP"])?.nom).toBe(row["LIBELLE_AP"]);
    const delegated = communes.find(({ type }) => type === "commune-deleguee");
    expect(
      events.some(
        (row) =>
          row["MOD"] === "32" &&
          row["TYPECOM_AP"] === "COM" &&
          row["COM_AV"] === delegated?.code &&
          row["COM_AP"] === delegated?.chefLieu,
      ),
    ).toBe(true);
  });

  test("read backwards from 2017, the events give the planted passage", () => {
    const after: Record<string, Set<string>> = {};
    for (const row of events) {
      if (row["DATE_EFF"] < "2017" || row["TYPECOM_AV"] !== "COM" || row["TYPECOM_AP"] !== "COM") continue;
      const own = after[row["COM_AV"]] ?? new Set();
      own.add(row["COM_AP"]);
      after[row["COM_AV"]] = own;
    }
    expect(Object.fromEntries(Object.entries(after).map(([code, to]) => [code, [...to].sort()]))).toEqual(
      Object.fromEntries(Object.entries(truth.passage).map(([code, to]) => [code, Object.keys(to).sort()])),
    );
    for (const [, to] of Object.entries(truth.passage)) {
      const total = Object.keys(to).reduce((sum, code) => sum + persons(code), 0);
      for (const [code, share] of Object.entries(to)) expect(share).toBeCloseTo(persons(code) / total, 12);
    }
    const [[renamed, before]] = Object.entries(truth.ancien_nom);
    expect(events.find((row) => row["MOD"] === "10" && row["COM_AV"] === renamed)?.["LIBELLE_AV"]).toBe(before);
    const [[old, into]] = Object.entries(truth.fusion_de_1972);
    expect(events.some((row) => row["MOD"] === "31" && row["COM_AV"] === old && row["COM_AP"] === into)).toBe(true);
  });
});

interface Feature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
}
const rings = ({ geometry }: Feature): Ring[] =>
  (geometry.type === "Polygon" ? [geometry.coordinates as Point[][]] : (geometry.coordinates as Point[][][])).map(
    ([outer]) => outer.slice(0, -1),
  );
const old = json<{ features: Feature[] }>("qpv-perimetres/qp.geojson").features;

describe("the second generation of neighbourhoods", () => {
  const archive = unzipSync(bytes("qpv-perimetres-2024/qp2024.zip"));
  const text = strFromU8(archive["GEOJSON/QP2024_France_Hexagonale_Outre_Mer_WGS84.geojson"]);
  const { features, synthetique } = JSON.parse(text) as { features: Feature[]; synthetique: boolean };
  const truth = json<{
    liens: {
      qp2015: string;
      qn2024: string;
      devenir: string;
      part_de_2015: number;
      part_de_2024: number;
      part_plantee?: number;
    }[];
    sortis: string[];
    nouveaux: string[];
  }>("verite/qpv-2024.json");

  test("codes of the generation, known communes, simple outlines, every fate", () => {
    expect(synthetique).toBe(true);
    const codes = features.map(({ properties }) => properties["code_qp"]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^QN000\d{2}M$/.test(code))).toBe(true);
    for (const feature of features) {
      expect(feature.properties["insee_com"].split(",").every((code) => current.has(code))).toBe(true);
      for (const ring of rings(feature)) expect(isSimple(ring), feature.properties["code_qp"]).toBe(true);
    }
    expect(new Set(truth.liens.map(({ devenir }) => devenir))).toEqual(
      new Set(["inchangé", "réduit", "agrandi", "coupé en deux", "réuni à un autre"]),
    );
    expect(truth.sortis.length).toBe(6);
    expect(truth.nouveaux.length).toBe(5);
    expect(features.some(({ geometry }) => geometry.type === "MultiPolygon")).toBe(true);
  });

  test("the planted overlaps are found again by counting points of a fine grid", () => {
    const shapes = new Map([...features, ...old].map((feature) => [feature.properties["code_qp"], rings(feature)]));
    const inside = (code: string, p: Point): boolean => (shapes.get(code) ?? []).some((ring) => contains(ring, p));
    for (const { qp2015, qn2024, part_de_2015, part_de_2024, part_plantee } of truth.liens) {
      const points = [...(shapes.get(qp2015) ?? []), ...(shapes.get(qn2024) ?? [])].flat();
      const [x0, x1] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
      const [y0, y1] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
      const counts = { old: 0, recent: 0, both: 0 };
      for (let i = 0.5; i < 90; i++) {
        for (let j = 0.5; j < 90; j++) {
          const p: Point = [x0 + (i * (x1 - x0)) / 90, y0 + (j * (y1 - y0)) / 90];
          const [a, b] = [inside(qp2015, p), inside(qn2024, p)];
          if (a) counts.old++;
          if (b) counts.recent++;
          if (a && b) counts.both++;
        }
      }
      expect(Math.abs(counts.both / counts.old - part_de_2015), `${qp2015} ${qn2024}`).toBeLessThan(0.03);
      expect(Math.abs(counts.both / counts.recent - part_de_2024), `${qp2015} ${qn2024}`).toBeLessThan(0.03);
      if (part_plantee !== undefined) expect(Math.abs(part_de_2015 - part_plantee)).toBeLessThan(0.02);
    }
    expect(
      truth.liens.filter(({ devenir }) => devenir === "inchangé").every(({ part_de_2015 }) => part_de_2015 === 1),
    ).toBe(true);
  });
});

describe("establishments", () => {
  const stock = rows("sirene/StockEtablissement_utf8.csv", ",");
  const places = rows("sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv", ";");
  const truth = json<{
    quartiers: Record<string, number>;
    pile: { adresses: number; en_activite: number; point: [number, number]; commune: string };
    sans_point: number;
  }>("verite/etablissements.json");
  const luhn = (digits: string): boolean =>
    [...digits].reverse().reduce((sum, digit, i) => {
      const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0) %
      10 ===
    0;

  test("a SIRET each, with its keys; known communes; some without a point", () => {
    const sirets = stock.map((row) => row["siret"]);
    expect(new Set(sirets).size).toBe(3_000);
    expect(sirets.every((siret) => siret.length === 14 && luhn(siret) && luhn(siret.slice(0, 9)))).toBe(true);
    expect(
      stock.every((row) => current.has(row["codeCommuneEtablissement"]) && row["siret"] === row["siren"] + row["nic"]),
    ).toBe(true);
    expect(stock.length - places.length).toBe(truth.sans_point);
    expect(truth.sans_point).toBeGreaterThan(50);
  });

  test("metres and degrees say the same point, and the neighbourhoods hold what is said", () => {
    const open = new Set(
      stock.filter((row) => row["etatAdministratifEtablissement"] === "A").map((row) => row["siret"]),
    );
    const counts: Record<string, number> = {};
    for (const row of places) {
      const p: Point = [Number(row["x_longitude"]), Number(row["y_latitude"])];
      expect(distance(toLambert93(...(p as [number, number])), [Number(row["x"]), Number(row["y"])])).toBeLessThan(
        0.02,
      );
      const home = old.find((feature) => contains(rings(feature)[0], p))?.properties["code_qp"];
      expect(row["plg_qp15"]).toBe(home ?? "CSZ");
      if (home && open.has(row["siret"])) counts[home] = (counts[home] ?? 0) + 1;
    }
    expect(counts).toEqual(truth.quartiers);
    expect(Object.keys(counts).length).toBeGreaterThan(50);
  });

  test("the pile stands at one door", () => {
    const [lon, lat] = truth.pile.point;
    const there = places.filter((row) => Number(row["x_longitude"]) === lon && Number(row["y_latitude"]) === lat);
    expect(there.length).toBeGreaterThan(0.9 * truth.pile.adresses);
    expect(there.length).toBeGreaterThan(100);
  });
});

describe("details of the census, cultural places", () => {
  test("weights of the commuters add up to the employed of each commune, and flows fall with distance", () => {
    const commutes = rows("rp-mobpro/FD_MOBPRO_2019.csv", ";");
    const sums: Record<string, number> = {};
    let own = 0;
    for (const row of commutes) {
      sums[row["COMMUNE"]] = (sums[row["COMMUNE"]] ?? 0) + Number(row["IPONDI"]);
      if (row["COMMUNE"] === row["DCLT"]) own += Number(row["IPONDI"]);
      expect(current.has(row["DCLT"])).toBe(true);
    }
    for (const code of current.keys()) expect(sums[code]).toBeCloseTo(commuteModel.employed * persons(code), 4);
    const total = Object.values(sums).reduce((a, b) => a + b, 0);
    expect(own / total).toBeGreaterThan(0.25);
    expect(own / total).toBeLessThan(0.8);
  });

  test("weights of the residents add up to the inhabitants; IRIS is masked outside divided communes", () => {
    const residents = rows("rp-indcvi/FD_INDCVI_2019.csv", ";");
    const census = new Map(
      rows("rp-iris/base-ic-evol-struct-pop-2019.CSV", ";").map((row) => [row["IRIS"], Number(row["P19_POP"])]),
    );
    const sums: Record<string, number> = {};
    for (const row of residents) sums[row["IRIS"]] = (sums[row["IRIS"]] ?? 0) + Number(row["IPONDI"]);
    for (const [code, sum] of Object.entries(sums))
      if (code !== "ZZZZZZZZZ") expect(sum, code).toBeCloseTo(census.get(code) ?? 0, 4);
    const all = [...current.keys()].reduce((sum, code) => sum + persons(code), 0);
    expect(Object.values(sums).reduce((a, b) => a + b, 0)).toBeCloseTo(all, 3);
    expect(residents.every((row) => row["IRIS"] === "ZZZZZZZZZ" || !row["IRIS"].endsWith("0000"))).toBe(true);
    expect(residents.every((row) => Number(row["IPONDI"]) < 200)).toBe(true);
  });

  test("places of culture: some without a point, some under two types", () => {
    const places = rows("basilic/basilic.csv", ";");
    const ids = places.map((row) => row["identifiant_origine"]);
    expect(places.length).toBeGreaterThan(300);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(places.some((row) => row["coordonnees_gps_lat_lon"] === "")).toBe(true);
    expect(
      places.every(
        (row) =>
          row["coordonnees_gps_lat_lon"] === "" || /^4\d(\.\d+)?, -\d(\.\d+)?$/.test(row["coordonnees_gps_lat_lon"]),
      ),
    ).toBe(true);
  });
});
