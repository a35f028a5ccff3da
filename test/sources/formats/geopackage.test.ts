import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { readGeopackage, readGeopackageTable } from "../../../src/sources/formats/geopackage.ts";
import type { RawFeatures } from "../../../src/sources/formats/raw-table.ts";
import { readGeopackageGeometry } from "../../../src/sources/formats/wkb.ts";
import { reference } from "../../reference/reference.ts";
import { expectSamePolygons, type GeoFiles } from "../../support/formats/geo-files.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, type GpkgLayer, gpkgGeometry, prj, wkb, writeGeopackage } from "../../support/formats.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const square = (x: number, y: number, size: number, ...height: number[]): number[][] =>
  [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ].map((point) => [...point, ...height]);

const columns = [
  ["code", "TEXT"],
  ["ind", "REAL"],
  ["siret", "INTEGER"],
] as const;
const cells = ["QN04401M", 0.1, 12345678900012n];
const layer = (geometry: Uint8Array | null, srsId = 4326, name = "qp"): GpkgLayer => ({
  name,
  srsId,
  columns,
  rows: [{ geometry, cells }],
});
const read = (...layers: GpkgLayer[]): Promise<RawFeatures> =>
  readGeopackage(writeGeopackage(place.path("essai.gpkg"), layers));
const polygon = gpkgGeometry(wkb.polygon([square(1, 45, 1)]));

describe("what a GeoPackage says", () => {
  test("cells as text, digits kept, blanks null", async () => {
    const rows = [
      { geometry: polygon, cells },
      { geometry: null, cells: [null, 12, ""] },
      { geometry: polygon, cells: ["01001", null, 9_007_199_254_740_993n] },
    ];
    const table = await read({ ...layer(null), rows });
    expect(table.names).toEqual(["fid", "code", "ind", "siret"]);
    expect(table.columns).toEqual([
      ["1", "2", "3"],
      ["QN04401M", null, "01001"],
      ["0.1", "12", null],
      ["12345678900012", null, "9007199254740993"],
    ]);
    expect(table.shapes.map(({ polygons }) => polygons.length)).toEqual([1, 0, 1]);
    expect(table.where(2)).toBe("couche qp, ligne 3");
  });

  test("polygons with holes, of several parts, of both byte orders, with heights and envelopes", async () => {
    const rings = [square(1, 45, 4), square(2, 46, 1)];
    for (const geometry of [
      gpkgGeometry(wkb.polygon(rings)),
      gpkgGeometry(wkb.polygon(rings, false), { envelope: true }),
      gpkgGeometry(wkb.polygon([square(1, 45, 4, 12), square(2, 46, 1, 12)])),
      gpkgGeometry(wkb.several(6, [wkb.polygon(rings)])),
    ]) {
      const { shapes } = await read(layer(geometry));
      expect(shapes[0]?.polygons).toEqual([rings.map((ring) => Float64Array.from(ring.flat()))]);
    }
  });

  test("points, empty geometries and lines", async () => {
    const point = gpkgGeometry(wkb.point([2, 48, 100]));
    const empty = gpkgGeometry(wkb.point([Number.NaN, Number.NaN]), { empty: true });
    const rows = [point, empty, null].map((geometry) => ({ geometry, cells }));
    const table = await read({ ...layer(null), rows });
    expect(table.points).toEqual({
      lon: Float64Array.of(2, Number.NaN, Number.NaN),
      lat: Float64Array.of(48, Number.NaN, Number.NaN),
    });
  });

  test("the squares of INSEE, in metres of Europe", async () => {
    const { shapes } = await read(layer(gpkgGeometry(wkb.polygon([square(3_760_000, 2_890_000, 200)])), 3035));
    const [lon, lat] = shapes[0]?.polygons[0]?.[0] ?? [];
    expect(lon).toBeCloseTo(2.36, 1);
    expect(lat).toBeCloseTo(48.9, 1);
  });

  test("a table without geometry, some of its columns", async () => {
    const attributes: GpkgLayer = { name: "carreaux", columns, rows: [{ cells }, { cells }] };
    const path = writeGeopackage(place.path("essai.gpkg"), [attributes, layer(polygon)]);
    const table = await readGeopackageTable(path, { layer: "carreaux", columns: ["ind", "code"] });
    expect(table).toMatchObject({
      names: ["code", "ind"],
      count: 2,
      columns: [
        ["QN04401M", "QN04401M"],
        ["0.1", "0.1"],
      ],
    });
    expect((await refusal(() => readGeopackage(path, { layer: "carr*" }))).message).toMatch(
      /pas de géométrie.*carreaux/,
    );
    const absent = await refusal(() => readGeopackageTable(path, { layer: "carreaux", columns: ["men"] }));
    expect(absent.message).toMatch(/men.*fid, code, ind, siret/);
  });

  test("a reference system by its definition, or by the contract when the file has none", async () => {
    const geometry = gpkgGeometry(wkb.point([652_000, 6_862_000]));
    const own = writeGeopackage(place.path("essai.gpkg"), [layer(geometry, 100_000)], { definition: prj.lambert93 });
    const byContract = writeGeopackage(place.path("autre.gpkg"), [layer(geometry, -1)]);
    const [one, other] = [await readGeopackage(own), await readGeopackage(byContract, { epsg: 2154 })];
    expect(one.points?.lon[0]).toBeCloseTo(2.346, 2);
    expect(other.points).toEqual(one.points);
    expect((await refusal(() => readGeopackage(byContract))).message).toMatch(/Rien ne dit le système.*srs_id -1/);
  });

  test("a GeoPackage written by GDAL, outlines within 1 mm of PROJ", async () => {
    const made = reference<GeoFiles>("geo-files");
    const path = place.file("qp.gpkg", gunzipSync(Buffer.from(made.gzippedFiles["qp.gpkg"] ?? "", "base64")));
    const table = await readGeopackage(path);
    expect(table.names).toEqual(["fid", "code_qp", "nom", "pop"]);
    expect(table.columns.slice(1)).toEqual([made.codes, made.names, made.pop.map(String)]);
    expectSamePolygons(table.shapes, made.polygons);
    expect(place.names().filter((name) => name.startsWith("qp."))).toEqual(["qp.gpkg"]);
  });
});

describe("what is refused in words", () => {
  test("layers: none of that name, or several", async () => {
    const path = writeGeopackage(place.path("essai.gpkg"), [layer(polygon), layer(polygon, 4326, "iris")]);
    expect((await refusal(() => readGeopackage(path))).message).toMatch(/2 couches.*iris, qp/);
    expect((await refusal(() => readGeopackage(path, { layer: "qp15" }))).message).toMatch(
      /n'a pas cette couche.*qp15/,
    );
  });

  test.each<[string, Uint8Array, number, RegExp]>([
    ["SpatiaLite", Buffer.from("0001e6100000fe", "hex"), 4326, /SpatiaLite.*ligne 1/],
    ["another blob", Buffer.from("ABCDEFGHIJK"), 4326, /pas celle d'un GeoPackage/],
    ["a collection", gpkgGeometry(wkb.several(7, [])), 4326, /genre qui n'est pas lu ici.*type 7/],
    ["a curve", gpkgGeometry(wkb.several(10, [])), 4326, /type 10/],
    [
      "several points",
      gpkgGeometry(wkb.several(4, [wkb.point([1, 45]), wkb.point([2, 45])])),
      4326,
      /plusieurs points/,
    ],
    ["an open ring", gpkgGeometry(wkb.polygon([square(1, 45, 1).slice(0, 4)])), 4326, /pas fermé/],
    ["too many rings", gpkgGeometry(Buffer.from("0103000000ffffffff", "hex")), 4326, /tronquée/],
    ["an infinite point", gpkgGeometry(wkb.point([1, Number.POSITIVE_INFINITY])), 4326, /pas un nombre/],
    ["the system of before 1993", polygon, 27572, /NTF \(Paris\)/],
    ["degrees said to be metres", polygon, 2154, /hors de l'aire/],
    ["metres said to be degrees", gpkgGeometry(wkb.point([652_000, 6_862_000])), 4326, /hors des degrés/],
  ])("%s", async (_, geometry, srsId, words) => {
    expect((await refusal(() => read(layer(geometry, srsId)))).message).toMatch(words);
  });

  test("bytes in a cell", async () => {
    const bytes = { ...layer(null), rows: [{ geometry: polygon, cells: [Buffer.of(1), 1, 1] }] };
    expect((await refusal(() => read(bytes))).message).toMatch(/octets.*ligne 1, colonne code/);
  });

  test("another database, another file, a cut one", async () => {
    const spatialite = writeGeopackage(place.path("sl.gpkg"), [layer(polygon)], { applicationId: 0 });
    expect((await refusal(() => readGeopackage(spatialite))).message).toMatch(/n'est pas un GeoPackage.*00000000/);
    const page = place.file("page.gpkg", "<!doctype html><html>");
    expect((await refusal(() => readGeopackage(page))).message).toMatch(/page web/);
    const text = place.file("texte.gpkg", "code;ind\n");
    expect((await refusal(() => readGeopackage(text))).message).toMatch(/n'est pas un GeoPackage/);
    const whole = readFileSync(writeGeopackage(place.path("essai.gpkg"), [layer(polygon)]));
    const cut = place.file("coupe.gpkg", whole.subarray(0, whole.length - 4096));
    expect((await refusal(() => readGeopackage(cut))).message).toMatch(/tronqué/);
    expect((await refusal(() => readGeopackage(place.folder))).message).toMatch(/ne peut pas être lu/);
  });

  test("every cut is seen, changed bytes end in a reading or in words", async () => {
    const whole = readFileSync(writeGeopackage(place.path("essai.gpkg"), [layer(polygon)]));
    for (const { how, bytes } of corruptions(whole, { cuts: 40, flips: 200, seed: 10 })) {
      const path = place.file("abime.gpkg", bytes);
      const result = await outcome(how, () => readGeopackage(path));
      if (bytes.length < whole.length) expect(result, how).toBeInstanceOf(QuartiersError);
    }
  });

  test("every cut of a geometry is seen", async () => {
    const whole = gpkgGeometry(wkb.several(6, [wkb.polygon([square(1, 45, 4), square(2, 46, 1)])]), { envelope: true });
    for (let length = 0; length < whole.length; length++)
      await refusal(() => readGeopackageGeometry(whole.subarray(0, length), "essai"));
    for (const { how, bytes } of corruptions(whole, { cuts: 0, flips: 300, seed: 11 }))
      await outcome(how, () => readGeopackageGeometry(bytes, "essai"));
  });
});
