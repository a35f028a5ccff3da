import { strFromU8, unzipSync } from "fflate";
import proj4 from "proj4";
import { describe, expect, test } from "vitest";
import { contains, type Point, type Ring } from "../../../src/sources/sample/geometry.ts";
import { fromLaea, toLaea } from "../../../src/sources/sample/laea.ts";
import { normalShare } from "../../../src/sources/sample/normal-law.ts";
import { bytes, json, parseRows, rows } from "./written.ts";

interface Feature {
  readonly properties: Readonly<Record<string, string>>;
  readonly geometry: { readonly coordinates: Point[][][] };
}
const features = (file: string): readonly Feature[] => json<{ features: Feature[] }>(file).features;
const outer = ({ geometry }: Feature): Ring => (geometry.coordinates[0]?.[0] ?? []).slice(0, -1);
const iris = features("iris-contours/contours-iris.geojson");
const communes = features("communes-contours/communes.geojson");
const population = new Map(
  json<{ code: string; type: string; population?: number }[]>("communes/communes.json")
    .filter(({ type }) => type === "commune-actuelle")
    .map(({ code, population: persons }) => [code, persons ?? 0]),
);
const census = rows("rp-iris/base-ic-evol-struct-pop-2019.CSV", ";");
const squares = parseRows(
  strFromU8(unzipSync(bytes("filosofi-carreaux/Filosofi2019_carreaux_200m_csv.zip"))["carreaux_200m_met.csv"]),
  ",",
);
const quarters = json<{ quartiers: { code: string; population: number }[] }>("verite/territoire.json").quartiers;

const qpvRing = (rank: number): Ring =>
  json<{ features: { geometry: { coordinates: Point[][] } }[] }>("qpv-perimetres/qp.geojson").features[
    rank
  ].geometry.coordinates[0].slice(0, -1);

/** Twice the area in units of 1e-8 square degree, in whole numbers: four decimals make it exact. */
const exactArea = (ring: Ring): bigint => {
  const whole = ring.map(([lon, lat]) => [BigInt(Math.round(lon * 1e4)), BigInt(Math.round(lat * 1e4))] as const);
  return whole.reduce((sum, [x, y], i) => {
    const [x1, y1] = whole[(i + 1) % whole.length];
    return sum + x * y1 - x1 * y;
  }, 0n);
};

describe("the IRIS", () => {
  test("they tile their communes exactly: areas add up to the last digit, every inner side is shared by two", () => {
    expect(iris.length).toBeGreaterThan(300);
    for (const commune of communes) {
      const parts = iris.filter(({ properties }) => properties["INSEE_COM"] === commune.properties["code_commune"]);
      expect(parts.length).toBeGreaterThan(0);
      const sum = parts.reduce((total, part) => total + exactArea(outer(part)), 0n);
      expect(sum, commune.properties["code_commune"]).toBe(exactArea(outer(commune)));
      const sides = new Map<string, number>();
      for (const part of [...parts, commune]) {
        const ring = outer(part);
        for (const [i, a] of ring.entries()) {
          const side = [String(a), String(ring[(i + 1) % ring.length])].sort().join(" ");
          sides.set(side, (sides.get(side) ?? 0) + 1);
        }
      }
      expect([...sides.values()].every((count) => count === 2)).toBe(true);
    }
  });

  test("their codes are those of the BPE and of the census, and their inhabitants those of the commune", () => {
    const codes = iris.map(({ properties }) => properties["CODE_IRIS"]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(census.map((row) => row["IRIS"])).toEqual(codes);
    expect(census.map((row) => row["TYP_IRIS"])).toEqual(iris.map(({ properties }) => properties["TYP_IRIS"]));
    const known = new Set(codes);
    for (const { DCIRIS = "" } of rows("bpe-iris/bpe18_ensemble_iris.csv", ","))
      expect(known.has(DCIRIS.includes("_") ? DCIRIS.replace("_", "") : `${DCIRIS}0000`), DCIRIS).toBe(true);
    for (const [code, persons] of population) {
      const own = census.filter((row) => row["COM"] === code);
      expect(own.reduce((sum, row) => sum + Number(row["P19_POP"]), 0)).toBe(persons);
    }
    const ages = Object.keys(census[0]).filter((name) => /^P19_POP\d/.test(name));
    expect(ages.length).toBe(10);
    for (const row of census)
      expect(ages.reduce((sum, name) => sum + Number(row[name]), 0)).toBeCloseTo(Number(row["P19_POP"]), 5);
    expect(new Set(census.map((row) => row["TYP_IRIS"]))).toEqual(new Set(["H", "A", "D", "Z"]));
  });
});

describe("the squares of 200 m", () => {
  test("the projection is EPSG:3035, both ways", () => {
    const other = proj4("+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m");
    for (const place of [
      [-7.3, 45.8],
      [-6.6, 46.2],
      [2.35, 48.85],
      [9.2, 41.9],
    ] as const) {
      const [x, y] = toLaea(place[0], place[1]);
      const [px, py] = other.forward([...place]);
      expect(Math.hypot(x - px, y - py)).toBeLessThan(0.001);
      const [lon, lat] = fromLaea(x, y);
      expect(Math.hypot(lon - place[0], lat - place[1])).toBeLessThan(2e-8);
    }
  });

  test("names hold: north then east, the kilometre around, the communes that it touches", () => {
    const known = new Set(population.keys());
    for (const row of squares) {
      const [, north = "", east = ""] = /^CRS3035RES200mN(\d{7})E(\d{7})$/.exec(row["idcar_200m"]) ?? [];
      expect(row["idcar_1km"]).toBe(`CRS3035RES1000mN${north.slice(0, 4)}000E${east.slice(0, 4)}000`);
      expect(row["idcar_nat"]).toBe(row["i_est_200"] === "1" ? row["idcar_1km"] : row["idcar_200m"]);
      const codes = row["lcog_geo"].match(/.{5}/g) ?? [];
      expect(codes.length * 5).toBe(row["lcog_geo"].length);
      expect(codes.every((code) => known.has(code))).toBe(true);
    }
    expect(new Set(squares.map((row) => row["idcar_200m"])).size).toBe(squares.length);
    expect(squares.some((row) => row["lcog_geo"].length > 5)).toBe(true);
    expect(Object.keys(squares[0]).length).toBe(34);
  });

  test("inhabitants are whole and add up to the towns; parts add up; imputed squares have under eleven households", () => {
    const towns = new Set(
      json<{ quartiers: { communes: string[] }[] }>("verite/territoire.json").quartiers.flatMap((q) => q.communes),
    );
    const expected = [...towns].reduce((sum, code) => sum + (population.get(code) ?? 0), 0);
    expect(squares.reduce((sum, row) => sum + Number(row["ind"]), 0)).toBe(expected);
    const sum = (row: Record<string, string>, names: readonly string[]): number =>
      names.reduce((total, name) => total + Number(row[name]), 0);
    const ages = Object.keys(squares[0]).slice(-11);
    for (const row of squares) {
      const men = Number(row["men"]);
      expect(row["i_est_200"]).toBe(men < 11 ? "1" : "0");
      if (men < 11) continue;
      expect(sum(row, ["men_coll", "men_mais"])).toBe(men);
      expect(sum(row, ["log_av45", "log_45_70", "log_70_90", "log_ap90", "log_inc"])).toBe(men);
      expect(sum(row, ages)).toBe(Number(row["ind"]));
      expect(Number(row["men_pauv"])).toBeLessThanOrEqual(men);
    }
    const imputed = squares.filter((row) => row["i_est_200"] === "1").length / squares.length;
    expect(imputed).toBeGreaterThan(0.2);
    expect(imputed).toBeLessThan(0.7);
  });

  test("the planted parts of the neighbourhoods are those of their squares", () => {
    const truth = json<{ quartiers: Record<string, Record<string, number>> }>("verite/carreaux.json").quartiers;
    const persons = new Map(squares.map((row) => [row["idcar_200m"], Number(row["ind"])]));
    for (const { code, population: total } of quarters) {
      const parts = Object.entries(truth[code] ?? {});
      expect(
        parts.reduce((all, [, count]) => all + count, 0),
        code,
      ).toBe(total);
      for (const [id, count] of parts) expect(persons.get(id) ?? 0).toBeGreaterThanOrEqual(count);
    }
    const ring = qpvRing(0);
    const inside = Object.keys(truth["QP000001"] ?? {}).filter((id) => {
      const [, north, east] = /N(\d{7})E(\d{7})$/.exec(id) ?? [];
      return contains(ring, fromLaea(Number(east) + 100, Number(north) + 100));
    });
    expect(inside.length).toBeGreaterThan(2);
  });
});

/** Cells of a sheet, by a plain reading of the XML. */
function sheets(file: string): Map<string, string[][]> {
  const members = Object.fromEntries(
    Object.entries(unzipSync(bytes(file))).map(([name, content]) => [name, strFromU8(content)]),
  );
  const strings = [...members["xl/sharedStrings.xml"].matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, t]) => t);
  const names = [...members["xl/workbook.xml"].matchAll(/<sheet name="([^"]+)"/g)].map(([, name]) => name);
  return new Map(
    names.map((name, i) => [
      name,
      [...members[`xl/worksheets/sheet${i + 1}.xml`].matchAll(/<row[^>]*>(.*?)<\/row>/g)].map(([, row]) =>
        [...row.matchAll(/<c r="[A-Z]+\d+"( t="s")?><v>([^<]*)<\/v><\/c>/g)].map(([, shared, v]) =>
          shared ? strings[Number(v)] : v,
        ),
      ),
    ]),
  );
}

describe("incomes by commune", () => {
  const book = sheets("filosofi-communes/FILO2019_DISP_COM.xlsx");
  const planted = json<{
    cellules: [string, string, number, number, number][];
    melanges: { commune: string; reste: [number, number, number]; quartiers: [string, number][] }[];
  }>("verite/revenus.json");
  const mixed = new Map(planted.melanges.map((mixture) => [mixture.commune, mixture]));
  const truth = new Map(
    planted.cellules.map(([code, sheet, households, median, sigma]) => [
      `${code} ${sheet}`,
      { households, median, sigma },
    ]),
  );

  test("twelve sheets, technical names on line 6, stamped", () => {
    expect([...book.keys()]).toEqual([
      "ENSEMBLE",
      ...[1, 2, 3, 4, 5].map((i) => `TAILLEM_${i}`),
      ...[1, 2, 3, 4, 5, 6].map((i) => `TYPMENR_${i}`),
    ]);
    for (const [name, lines] of book) {
      expect(lines[0][0]).toContain("SYNTHÉTIQUES");
      expect(lines[5].slice(0, 3)).toEqual([
        "CODGEO",
        "LIBGEO",
        name === "ENSEMBLE" ? "NBMEN19" : `${name.startsWith("TAI") ? "TME" : "TYM"}${name.slice(-1)}NBMEN19`,
      ]);
      expect(lines.slice(6).map(([code]) => code)).toEqual([...population.keys()]);
    }
  });

  test("holes follow the size, and nothing else; what is shown follows the planted law", () => {
    const z: Readonly<Record<string, number>> = { D1: -1.2816, Q1: -0.6745, Q2: 0, Q3: 0.6745, D9: 1.2816 };
    const signs = { s: 0, nd: 0 };
    for (const [name, lines] of book) {
      for (const line of lines.slice(6)) {
        const cell = truth.get(`${line[0]} ${name}`);
        if (!cell) throw new Error(line[0]);
        for (const [quantile, score] of Object.entries(z)) {
          const at = lines[5].findIndex((column) => column.endsWith(`${quantile}19`));
          const expected =
            cell.households < 11
              ? "s"
              : (cell.households < 200 && quantile !== "Q2") || (cell.households < 1_000 && quantile[0] === "D")
                ? "nd"
                : name === "ENSEMBLE" && mixed.has(String(line[0]))
                  ? null
                  : cell.median * Math.exp(score * cell.sigma);
          if (expected === null) continue;
          if (typeof expected === "string") {
            expect(line[at]).toBe(expected);
            signs[expected as "s" | "nd"]++;
          } else expect(Math.abs(Number(line[at]) - expected)).toBeLessThan(6);
        }
      }
    }
    expect(signs.s).toBeGreaterThan(20);
    expect(signs.nd).toBeGreaterThan(500);
  });

  test("a commune is its neighbourhoods and the rest: a tenth of its persons live under its first decile", () => {
    const quarters = new Map(rows("qpv-indicateurs/qp.csv", ",").map((row) => [row["code_qp"], row]));
    const lines = book.get("ENSEMBLE") ?? [];
    expect(mixed.size).toBe(32);
    for (const line of lines.slice(6)) {
      const mixture = mixed.get(String(line[0]));
      if (!mixture) continue;
      const [restMedian, restSigma, restPersons] = mixture.reste;
      for (const [quantile, share] of [
        ["D1", 0.1],
        ["Q1", 0.25],
        ["Q2", 0.5],
        ["Q3", 0.75],
        ["D9", 0.9],
      ] as const) {
        const value = Number(line[lines[5].indexOf(`${quantile}19`)]);
        let under = restPersons * normalShare(Math.log(value / restMedian) / restSigma);
        for (const [code, persons] of mixture.quartiers) {
          const [d1, q2, d9] = ["disp_d1", "disp_q2", "disp_d9"].map((name) => Number(quarters.get(code)?.[name]));
          const side = value < q2 ? Math.log(q2 / d1) : Math.log(d9 / q2);
          under += persons * normalShare((1.2815515655 * Math.log(value / q2)) / side);
        }
        const all = restPersons + mixture.quartiers.reduce((sum, [, persons]) => sum + persons, 0);
        expect(Math.abs(under / all - share), `${line[0]} ${quantile}`).toBeLessThan(0.001);
      }
    }
  });
});
