import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import type { RawFeatures } from "../../../src/sources/formats/raw-table.ts";
import { polygonsOf, reversed, signedArea } from "../../../src/sources/formats/rings.ts";
import { readShapefile, type ShapefileOptions } from "../../../src/sources/formats/shapefile.ts";
import { projectionOfWkt } from "../../../src/sources/formats/wkt.ts";
import { reference } from "../../reference/reference.ts";
import { expectSamePolygons, type GeoFiles } from "../../support/formats/geo-files.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, prj, type ShpFeature, type ShpField, writeShapefile, writeZip } from "../../support/formats.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

type Point = readonly [number, number];
/** Clockwise: an outline for ESRI. */
const square = (x: number, y: number, size: number): Point[] => [
  [x, y],
  [x, y + size],
  [x + size, y + size],
  [x + size, y],
  [x, y],
];
const hole = (x: number, y: number, size: number): Point[] => square(x, y, size).reverse();
const fields: ShpField[] = [
  { name: "CODE_QP", type: "C", length: 8 },
  { name: "NOM_QP", type: "C", length: 30 },
  { name: "POP", type: "N", length: 10 },
  { name: "LE", type: "D", length: 8 },
  { name: "ACTIF", type: "L", length: 1 },
];
const cells = ["QP044004", "Été, Ânerie", "1234.5", "20150101", "T"];

/** Writes the parts of a shapefile, some of them replaced or left out, and reads it. */
async function readParts(
  features: readonly ShpFeature[],
  parts: Readonly<Record<string, string | Uint8Array | null>> = {},
  options: ShapefileOptions & Parameters<typeof writeShapefile>[2] = {},
): Promise<RawFeatures> {
  const { shp, shx, dbf } = writeShapefile(features, fields, options);
  const own = scratch();
  try {
    const all = { shp, shx, dbf, prj: prj.wgs84, cpg: "UTF-8", ...parts };
    for (const [suffix, content] of Object.entries(all))
      if (content !== null) writeFileSync(join(own.folder, `couche.${suffix}`), content);
    return await readShapefile(own.path("couche.shp"), options);
  } finally {
    own.remove();
  }
}

describe("what a shapefile says", () => {
  test("texts, numbers, dates and booleans of the table; blanks are null", async () => {
    const features = [
      { rings: [square(1, 45, 1)], cells },
      { rings: [square(3, 45, 1)], cells: ["QP044005", null, "*****", "00000000", "?"] },
    ];
    const table = await readParts(features);
    expect(table.names).toEqual(["CODE_QP", "NOM_QP", "POP", "LE", "ACTIF"]);
    expect(table.columns.map((column) => column[0])).toEqual([
      "QP044004",
      "Été, Ânerie",
      "1234.5",
      "2015-01-01",
      "true",
    ]);
    expect(table.columns.map((column) => column[1])).toEqual(["QP044005", null, null, null, null]);
    expect(table.where(1)).toBe("objet 2");
  });

  test("holes go to their own outline, outlines come out counterclockwise", async () => {
    const island = square(1.4, 45.4, 0.2);
    const rings = [hole(1.3, 45.3, 0.4), square(1, 45, 1), square(5, 45, 1), island, hole(5.2, 45.2, 0.1)];
    const { shapes } = await readParts([{ rings, cells }]);
    const [polygons] = shapes.map(({ polygons }) => polygons);
    expect(polygons.map((polygon) => polygon.length)).toEqual([2, 2, 1]);
    for (const [outline, ...holes] of polygons) {
      expect(signedArea(outline)).toBeGreaterThan(0);
      for (const ring of holes) expect(signedArea(ring)).toBeLessThan(0);
    }
    expect([...(polygons[0][0] ?? [])].slice(0, 2)).toEqual([1, 45]);
  });

  test("null shapes, points, heights", async () => {
    const empty = await readParts([{ cells }, { rings: [square(1, 45, 1)], cells }], {}, { type: 15 });
    expect(empty.shapes.map(({ polygons }) => polygons.length)).toEqual([0, 1]);
    const points = await readParts([{ point: [2, 48], cells }, { cells }], {}, { type: 11 });
    expect(points.points).toEqual({ lon: Float64Array.of(2, Number.NaN), lat: Float64Array.of(48, Number.NaN) });
    expect(points.shapes.map(({ polygons }) => polygons.length)).toEqual([0, 0]);
  });

  test("Lambert-93 and overseas metres become degrees", async () => {
    const nantes = await readParts([{ point: [355_577.8, 6_689_723.1], cells }], { prj: prj.lambert93 }, { type: 1 });
    expect(nantes.points?.lon[0]).toBeCloseTo(-1.5534, 2);
    expect(nantes.points?.lat[0]).toBeCloseTo(47.2173, 2);
    const reunion = await readParts([{ rings: [square(338_700, 7_690_000, 500)], cells }], { prj: prj.utm40s });
    expect(reunion.shapes[0]?.polygons[0]?.[0]?.[0]).toBeCloseTo(55.44932, 4);
    const asked = await readParts([{ point: [355_577.8, 6_689_723.1], cells }], { prj: null }, { type: 1, epsg: 2154 });
    expect(asked.points?.lon[0]).toBe(nantes.points?.lon[0]);
  });

  test("Latin-1 without a .cpg, or by its many names", async () => {
    for (const cpg of [null, "ISO-8859-1", "1252", "ISO 88591"]) {
      const table = await readParts([{ rings: [square(1, 45, 1)], cells }], { cpg }, { encoding: "latin1" });
      expect(table.columns[1]).toEqual(["Été, Ânerie"]);
    }
  });

  test("a layer of an archive, by its name", async () => {
    const { shp, shx, dbf } = writeShapefile([{ rings: [square(1, 45, 1)], cells }], fields);
    const layer = (stem: string): { name: string; content: string | Buffer }[] => [
      { name: `${stem}.shp`, content: shp },
      { name: `${stem}.DBF`, content: dbf },
      { name: `${stem}.shx`, content: shx },
      { name: `${stem}.prj`, content: prj.wgs84 },
      { name: `${stem}.cpg`, content: "UTF-8" },
    ];
    const path = place.file("qp.zip", writeZip([...layer("a/QP_METROPOLE_LB93"), ...layer("a/QP_OUTREMER_WGS84")]));
    const table = await readShapefile(path, { layer: "QP_OUTREMER*" });
    expect(table.columns[0]).toEqual(["QP044004"]);
    expect((await refusal(() => readShapefile(path))).message).toMatch(/2 membres.*QP_METROPOLE_LB93\.shp/);
  });

  test("a shapefile written by GDAL, outlines within 1 mm of PROJ", async () => {
    const made = reference<GeoFiles>("geo-files");
    for (const [name, content] of Object.entries(made.gzippedFiles))
      place.file(name, gunzipSync(Buffer.from(content, "base64")));
    const table = await readShapefile(place.path("qp.shp"));
    expect(table.columns).toEqual([
      made.codes,
      made.names,
      ["8300.5", "12"].map((text) => expect.stringMatching(`^${text}`)),
    ]);
    expectSamePolygons(table.shapes, made.polygons);
  });
});

describe("rings", () => {
  const flat = (points: readonly Point[]): Float64Array => Float64Array.from(points.flat());

  test("a hole goes to the smallest outline around it; a hole alone is an outline; a line is left out", () => {
    const rings = [square(0, 0, 10), square(4, 4, 4), hole(5, 5, 1), hole(20, 20, 1)].map(flat);
    const flatLine = Float64Array.of(0, 0, 1, 1, 0, 0, 0, 0);
    const polygons = polygonsOf([...rings, flatLine]);
    expect(polygons.map((polygon) => polygon.length)).toEqual([1, 2, 1]);
    expect(polygons.every(([outline]) => signedArea(outline) > 0)).toBe(true);
  });

  test("a hole that touches its outline stays its hole", () => {
    expect(polygonsOf([square(0, 0, 10), hole(0, 0, 2)].map(flat)).map((polygon) => polygon.length)).toEqual([2]);
  });

  test("turning a ring twice gives it back", () => {
    const ring = flat(square(0, 0, 3));
    expect(reversed(reversed(ring))).toEqual(ring);
    expect(signedArea(reversed(ring))).toBe(-signedArea(ring));
  });
});

describe("reference systems in WKT", () => {
  test("are known by their numbers", () => {
    expect(projectionOfWkt(prj.lambert93, "a.prj").epsg).toBe(2154);
    expect(projectionOfWkt(prj.wgs84, "a.prj").epsg).toBe(4326);
    expect(projectionOfWkt(prj.utm40s, "a.prj").epsg).toBe(2975);
    const cc48 = prj.lambert93
      .replace("700000.0", "1700000")
      .replace("6600000.0", "7200000")
      .replace("44.0", "48.75")
      .replace("49.0", "47.25")
      .replace("46.5", "48");
    expect(projectionOfWkt(cc48, "a.prj").epsg).toBe(3948);
  });

  test("an older system, other units or nothing known are refused in words", async () => {
    const feet = prj.lambert93.replace('UNIT["Meter",1.0]', 'UNIT["Foot",0.3048]');
    const moved = prj.lambert93.replace("700000.0", "600000.0");
    for (const text of [prj.lambert2, feet, moved, "", "rien"])
      expect((await refusal(() => projectionOfWkt(text, "a.prj"))).message).toMatch(/système de coordonnées.*a\.prj/);
  });
});

describe("what is refused in words", () => {
  const sound: ShpFeature[] = [
    { rings: [square(1, 45, 1)], cells },
    { rings: [square(3, 45, 1)], cells },
  ];
  const shorter = writeShapefile(sound.slice(1), fields);

  test.each<[string, Readonly<Record<string, string | Uint8Array | null>>, RegExp]>([
    ["no table", { dbf: null }, /\.dbf manque/],
    ["no reference system", { prj: null }, /Rien ne dit le système/],
    ["a system of before 1993", { prj: prj.lambert2 }, /NTF_Lambert_II_etendu/],
    ["metres said to be degrees", { prj: prj.lambert93 }, /hors de l'aire.*Lambert-93.*objet 1/],
    ["a table of another edition", { dbf: shorter.dbf }, /1 lignes dans le \.dbf, 2 objets/],
    ["an index of another edition", { shx: shorter.shx }, /\.shx n'a pas autant/],
    ["an unknown encoding", { cpg: "EBCDIC" }, /EBCDIC/],
    [
      "Latin-1 said to be UTF-8",
      { dbf: writeShapefile(sound, fields, { encoding: "latin1" }).dbf },
      /encodage annoncé.*NOM_QP/,
    ],
    ["UTF-8 said to be Latin-1", { cpg: null }, /mauvais encodage.*Ã©/],
    ["another file", { shp: "<html>" }, /tronqué/],
  ])("%s", async (_, parts, words) => {
    expect((await refusal(() => readParts(sound, parts))).message).toMatch(words);
  });

  test("an open ring, a coordinate that is no number, a number that is none", async () => {
    const open = square(1, 45, 1).slice(0, -1);
    expect((await refusal(() => readParts([{ rings: [open], cells }]))).message).toMatch(/pas fermé.*objet 1/);
    const infinite: Point[] = square(1, 45, 1).map(([x, y], i) => (i === 1 ? [x, Number.POSITIVE_INFINITY] : [x, y]));
    expect((await refusal(() => readParts([{ rings: [infinite], cells }]))).message).toMatch(/n'est pas un nombre/);
    const text = { rings: [square(1, 45, 1)], cells: ["QP044004", "x", "douze", "", ""] };
    expect((await refusal(() => readParts([text]))).message).toMatch(/champ numérique.*champ POP/);
  });

  test("cuts of the .shp and of the .dbf are all seen", async () => {
    const whole = writeShapefile(sound, fields);
    for (const suffix of ["shp", "dbf", "shx"] as const) {
      for (const { how, bytes } of corruptions(whole[suffix], { cuts: 60, flips: 0, seed: 8 })) {
        const result = await outcome(how, () => readParts(sound, { [suffix]: bytes }));
        // The last byte of a .dbf marks its end, and some writers leave it out.
        const isHarmless = suffix === "dbf" && bytes.length === whole.dbf.length - 1;
        expect(result instanceof QuartiersError, `${suffix} ${how}`).toBe(!isHarmless);
      }
    }
  });

  test("changed bytes end in a reading or in words", async () => {
    const whole = writeShapefile(sound, fields);
    for (const suffix of ["shp", "dbf", "shx"] as const)
      for (const { how, bytes } of corruptions(whole[suffix], { cuts: 0, flips: 150, seed: 9 }))
        await outcome(how, () => readParts(sound, { [suffix]: bytes }));
  });
});
