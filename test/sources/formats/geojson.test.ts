import { join } from "node:path";
import { topology } from "topojson-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { readGeojson } from "../../../src/sources/formats/geojson.ts";
import { signedArea } from "../../../src/sources/formats/rings.ts";
import { readTopojson } from "../../../src/sources/formats/topojson.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions } from "../../support/formats.ts";
import { realData } from "../../support/real-data.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const square = (x: number, y: number, size: number): [number, number][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
type Feature = Record<string, unknown>;
const feature = (geometry: unknown, properties: unknown = { code: "01001" }, id?: string | number): Feature => ({
  type: "Feature",
  ...(id === undefined ? {} : { id }),
  properties,
  geometry,
});
const polygon = (...rings: [number, number][][]): unknown => ({ type: "Polygon", coordinates: rings });
const collection = (features: readonly Feature[], more: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: "FeatureCollection",
  ...more,
  features,
});
const read = (document: unknown, epsg?: number): ReturnType<typeof readGeojson> =>
  readGeojson(place.file("essai.geojson", JSON.stringify(document)), epsg === undefined ? {} : { epsg });
const named = (name: string): Record<string, unknown> => ({ crs: { type: "name", properties: { name } } });

describe("GeoJSON", () => {
  test("properties are columns, whatever their order; what is inside another is dotted; blanks are null", async () => {
    const table = await read(
      collection([
        feature(polygon(square(1, 45, 1)), { code: "01001", n: 1.5, lieu: { nom: "Été", tags: ["a", "b"] } }, 7),
        feature(polygon(square(3, 45, 1)), { lieu: null, code: "", vrai: true }, 8),
      ]),
    );
    expect(table.names).toEqual(["id", "code", "n", "lieu.nom", "lieu.tags", "lieu", "vrai"]);
    expect(table.columns.map((column) => column[0])).toEqual(["7", "01001", "1.5", "Été", "a;b", null, null]);
    expect(table.columns.map((column) => column[1])).toEqual(["8", null, null, null, null, null, "true"]);
    expect(table.where(1)).toBe("objet 2");
    expect(table.shapes[1]?.polygons[0]?.[0]).toEqual(Float64Array.from(square(3, 45, 1).flat()));
  });

  test("points with their degrees, NaN where there is none; lines have no outline; a feature alone is a collection", async () => {
    const points = await read(collection([feature({ type: "Point", coordinates: [2, 48, 30] }), feature(null)]));
    expect(points.points).toEqual({ lon: Float64Array.of(2, Number.NaN), lat: Float64Array.of(48, Number.NaN) });
    const line = { type: "LineString", coordinates: square(1, 45, 1) };
    expect((await read(collection([feature(line)]))).shapes).toEqual([{ polygons: [] }]);
    expect((await read(feature(polygon(square(1, 45, 1))))).shapes[0]?.polygons.length).toBe(1);
  });

  test("an old document says its system in many ways, and comes out in degrees", async () => {
    const metres = collection([feature(polygon(square(652_000, 6_862_000, 500)))]);
    for (const name of [
      "urn:ogc:def:crs:EPSG::2154",
      "EPSG:2154",
      "urn:x-ogc:def:crs:EPSG:6.9:2154",
      "http://www.opengis.net/def/crs/EPSG/0/2154",
    ]) {
      const { shapes } = await read({ ...metres, ...named(name) });
      const [lon, lat] = shapes[0]?.polygons[0]?.[0] ?? [];
      // By pyproj 3.7.2.
      expect(lon).toBeCloseTo(2.345812, 5);
      expect(lat).toBeCloseTo(48.856248, 5);
    }
    expect((await read(metres, 2154)).count).toBe(1);
    const points = await read(
      collection([feature({ type: "Point", coordinates: [338_700, 7_690_000] })], named("EPSG:2975")),
    );
    expect(points.points?.lon[0]).toBeCloseTo(55.44932, 5);
    const degrees = collection([feature(polygon(square(1, 45, 1)))], named("urn:ogc:def:crs:OGC:1.3:CRS84"));
    expect((await read(degrees)).shapes[0]?.polygons[0]?.[0]?.[1]).toBe(45);
  });

  test.each<[string, unknown, RegExp]>([
    ["an unknown system", collection([feature(polygon(square(1, 45, 1)))], named("EPSG:27572")), /EPSG:27572/],
    ["a system that is not said", collection([feature(polygon(square(1, 45, 1)))], { crs: null }), /crs: null/],
    ["a system elsewhere", collection([], { crs: { type: "link", properties: { href: "x" } } }), /sans nom/],
    [
      "metres without a system",
      collection([feature(polygon(square(652_000, 6_862_000, 1)))]),
      /hors des degrés.*objet 1/,
    ],
    ["degrees under metres", collection([feature(polygon(square(1, 45, 1)))], named("EPSG:2154")), /hors de l'aire/],
    [
      "mixed kinds",
      collection([feature(polygon(square(1, 45, 1))), feature({ type: "LineString", coordinates: [] })]),
      /mélange.*objet 2/,
    ],
    [
      "a point among polygons",
      collection([feature({ type: "Point", coordinates: [1, 45] }), feature(polygon())]),
      /pas un point.*objet 2/,
    ],
    ["text for a number", collection([feature({ type: "Point", coordinates: ["1", 45] })]), /pas un point/],
    ["a ring that is none", collection([feature({ type: "Polygon", coordinates: [null] })]), /mal formées.*objet 1/],
    ["an open ring", collection([feature(polygon(square(1, 45, 1).slice(0, 4)))]), /pas fermé/],
    [
      "a geometry collection",
      collection([feature({ type: "GeometryCollection", geometries: [] })]),
      /Géométrie inattendue/,
    ],
    ["no geometry", collection([feature(polygon(square(1, 45, 1))), feature(null)]), /pas de géométrie.*objet 2/],
    ["no collection", { records: [] }, /pas une collection/],
    ["a list", [1], /pas une collection/],
  ])("%s is refused in words", async (_, document, words) => {
    const error = await refusal(() => read(document));
    expect(error.message).toMatch(words);
    expect(error.message).toContain("essai.geojson");
  });

  test("Latin-1, a web page and an absent file are refused in words", async () => {
    const latin = Buffer.from(
      JSON.stringify(collection([feature(polygon(square(1, 45, 1)), { nom: "été" })])),
      "latin1",
    );
    expect((await refusal(() => readGeojson(place.file("l.geojson", latin)))).message).toMatch(/UTF-8/);
    expect((await refusal(() => readGeojson(place.file("p.geojson", "<html>")))).message).toMatch(/page web/);
    expect((await refusal(() => readGeojson(place.path("absent.geojson")))).message).toMatch(/ne peut pas être lu/);
  });

  test("every cut is seen, changed bytes end in a reading or in words", async () => {
    const whole = Buffer.from(JSON.stringify(collection([feature(polygon(square(1, 45, 1)))], named("EPSG:4326"))));
    for (const { how, bytes } of corruptions(whole, { cuts: whole.length, flips: 300, seed: 16 })) {
      const result = await outcome(how, () => readGeojson(place.file("abime.geojson", bytes)));
      if (bytes.length < whole.length) expect(result, how).toBeInstanceOf(QuartiersError);
    }
  });

  test.skipIf(realData === null)("the centroids of the QPV of 2024, as published", async () => {
    const table = await readGeojson(join(realData ?? "", "anct_qpv2024/centroide-4326_qpv.geojson"));
    expect(table.names).toEqual(["insee_com", "lib_com", "code_qp", "lib_qp"]);
    expect(table.points?.lon.length).toBe(table.count);
    expect(table.columns[2]?.every((code) => /^QN\d/.test(code ?? ""))).toBe(true);
  });
});

describe("TopoJSON", () => {
  const features = [
    feature(polygon(square(1, 45, 1)), { code: "01001" }, "a"),
    feature(polygon(square(2, 45, 1), square(2.4, 45.4, 0.2).reverse()), { code: "01002" }, "b"),
  ];
  const made = (quantization?: number): unknown =>
    topology({ communes: collection(features) as never, vide: collection([]) as never }, quantization);
  const readTopology = (document: unknown, object = "communes"): ReturnType<typeof readTopojson> =>
    readTopojson(place.file("essai.json", JSON.stringify(document)), { object });

  test("the rings that neighbours share come back, with their properties", async () => {
    const table = await readTopology(made());
    expect(table.names).toEqual(["id", "code"]);
    expect(table.columns[1]).toEqual(["01001", "01002"]);
    expect(table.shapes.map(({ polygons }) => polygons.map((rings) => rings.length))).toEqual([[1], [2]]);
    expect(Math.abs(signedArea(table.shapes[0]?.polygons[0]?.[0] as Float64Array))).toBeCloseTo(2, 12);
    const rounded = await readTopology(made(1e5));
    expect(Math.abs(signedArea(rounded.shapes[1]?.polygons[0]?.[1] as Float64Array))).toBeCloseTo(0.08, 3);
  });

  test.each<[string, (document: Record<string, unknown>) => unknown, RegExp]>([
    ["a GeoJSON", () => collection(features), /type FeatureCollection/],
    ["no arcs", ({ arcs: _, ...rest }) => rest, /abîmé/],
    ["an arc of one point", (document) => ({ ...document, arcs: [[[0, 0]]] }), /arc 0/],
    ["a broken scale", (document) => ({ ...document, transform: { scale: [1] } }), /transform/],
    [
      "an arc that is not there",
      (document) => ({ ...document, arcs: (document.arcs as unknown[]).slice(0, 1) }),
      /un numéro de 0 à 0/,
    ],
  ])("%s is refused in words", async (_, change, words) => {
    const document = change(made() as Record<string, unknown>);
    expect((await refusal(() => readTopology(document))).message).toMatch(words);
  });

  test("the object is chosen by its name", async () => {
    expect((await refusal(() => readTopology(made(), "iris"))).message).toMatch(/iris.*communes, vide/);
    const path = place.file("deux.json", JSON.stringify(made()));
    expect((await refusal(() => readTopojson(path))).message).toMatch(/2 objets/);
  });

  test("every cut is seen, changed bytes end in a reading or in words", async () => {
    const whole = Buffer.from(JSON.stringify(made(1e4)));
    for (const { how, bytes } of corruptions(whole, { cuts: 200, flips: 400, seed: 17 })) {
      const path = place.file("abime.json", bytes);
      const result = await outcome(how, () => readTopojson(path, { object: "communes" }));
      if (bytes.length < whole.length) expect(result, how).toBeInstanceOf(QuartiersError);
    }
  });
});
