import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import type { Shape } from "../../src/codes/shape.ts";
import {
  areaKm2,
  boundingBox,
  centroid,
  contains,
  locate,
  locateAll,
  planarArea,
  shapeIndex,
} from "../../src/tables/geometry.ts";
import { fromLambert93, shapeToLambert93, toLambert93 } from "../../src/tables/lambert93.ts";

const square = (x: number, y: number, side: number): Float64Array =>
  Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side, x, y);
const reversed = (ring: Float64Array): Float64Array =>
  Float64Array.from(ring, (_, i) => ring[ring.length - 2 - (i - (i % 2)) + (i % 2)]);
const shape = (...polygons: (readonly Float64Array[])[]): Shape => ({ polygons });

describe("Lambert-93", () => {
  test.each([
    ["Rennes", -1.6778, 48.1173, 352_107.3798, 6_789_966.5419],
    ["Nantes", -1.5536, 47.2184, 355_577.8016, 6_689_723.1029],
    ["origin", 3, 46.5, 700_000, 6_600_000],
  ])("%s to a millimetre", (_, lon, lat, east, north) => {
    const { x, y } = toLambert93({ lon: Float64Array.of(lon), lat: Float64Array.of(lat) });
    expect(Math.abs(x[0] - east)).toBeLessThan(0.001);
    expect(Math.abs(y[0] - north)).toBeLessThan(0.001);
  });
  test("there and back to a nanodegree, all over France", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 11, noNaN: true }),
        fc.double({ min: 41, max: 52, noNaN: true }),
        (lon, lat) => {
          const back = fromLambert93(toLambert93({ lon: Float64Array.of(lon), lat: Float64Array.of(lat) }));
          expect(Math.abs(back.lon[0] - lon)).toBeLessThan(1e-9);
          expect(Math.abs(back.lat[0] - lat)).toBeLessThan(1e-9);
        },
      ),
    );
  });
  test("an unknown place stays unknown, no point gives none, inputs are left as they were", () => {
    const lon = Float64Array.of(Number.NaN, 3);
    const { x, y } = toLambert93({ lon, lat: Float64Array.of(46, 46.5) });
    expect([x[0], y[0], x[1]]).toEqual([Number.NaN, Number.NaN, 700_000]);
    expect([...lon]).toEqual([Number.NaN, 3]);
    expect(toLambert93({ lon: new Float64Array(0), lat: new Float64Array(0) }).x.length).toBe(0);
  });
  test("a shape of a hundredth of a degree has the area of the ellipsoid, to the 0.3 % that the projection allows", () => {
    const degrees = shape([square(-1.68, 48.11, 0.01)]);
    expect(Math.abs(planarArea(shapeToLambert93(degrees)) / 1e6 / areaKm2(degrees) - 1)).toBeLessThan(0.004);
  });
});

describe("area, centre, bounds", () => {
  test("a hole is taken off, whatever the direction of the rings", () => {
    for (const outline of [square(0, 0, 10), reversed(square(0, 0, 10))]) {
      for (const hole of [square(6, 6, 2), reversed(square(6, 6, 2))]) {
        const pierced = shape([outline, hole]);
        expect(planarArea(pierced)).toBe(96);
        const { x, y } = centroid(pierced);
        expect(x).toBeCloseTo((100 * 5 - 4 * 7) / 96, 12);
        expect(y).toBeCloseTo((100 * 5 - 4 * 7) / 96, 12);
      }
    }
  });
  test("two polygons weigh by their areas; the centre moves with the shape even far away", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 7e6 }), fc.integer({ min: -1e6, max: 7e6 }), (dx, dy) => {
        const { x, y } = centroid(shape([square(dx, dy, 2)], [square(dx + 10, dy, 4)]));
        expect(x - dx).toBeCloseTo((4 * 1 + 16 * 12) / 20, 6);
        expect(y - dy).toBeCloseTo((4 * 1 + 16 * 2) / 20, 6);
      }),
    );
  });
  test("the ellipsoid's area of one degree, by integration of the strip", () => {
    const [a, e2] = [6378.137, (2 - 1 / 298.257222101) / 298.257222101];
    let strip = 0;
    const steps = 20_000;
    for (let i = 0; i < steps; i++) {
      const latitude = ((46 + (i + 0.5) / steps) * Math.PI) / 180;
      strip += (a * a * (1 - e2) * Math.cos(latitude)) / (1 - e2 * Math.sin(latitude) ** 2) ** 2 / steps;
    }
    expect(areaKm2(shape([square(2, 46, 1)])) / (strip * (Math.PI / 180) ** 2)).toBeCloseTo(1, 8);
  });
  test("bounds; a line has the mean of its points, nothing has no centre", () => {
    expect(boundingBox(shape([square(1, 2, 3)], [square(-5, 0, 1)]))).toEqual({ minX: -5, minY: 0, maxX: 4, maxY: 5 });
    expect(centroid(shape([Float64Array.of(0, 0, 4, 2)]))).toEqual({ x: 2, y: 1 });
    expect(centroid(shape())).toEqual({ x: Number.NaN, y: Number.NaN });
    expect(planarArea(shape())).toBe(0);
  });
});

describe("point in polygon", () => {
  test("holes are outside, islands inside", () => {
    const island = shape([square(0, 0, 10), square(2, 2, 6)], [square(4, 4, 2)]);
    expect(
      [
        [1, 1],
        [3, 3],
        [5, 5],
        [11, 1],
        [Number.NaN, 1],
      ].map(([x, y]) => contains(island, x as number, y as number)),
    ).toEqual([true, false, true, false, false]);
  });
  test("the index finds what a full search finds, each point of a tiling once", () => {
    const tiles = Array.from({ length: 60 }, (_, i) => shape([square((i % 10) * 2, Math.floor(i / 10) * 2, 2)]));
    const index = shapeIndex(tiles);
    const random = seededRandom(9);
    for (let i = 0; i < 2000; i++) {
      const [x, y] =
        i % 5 === 0 ? [Math.floor(random() * 20), Math.floor(random() * 12)] : [random() * 24 - 2, random() * 16 - 2];
      const holders = tiles.flatMap((tile, tileRow) => (contains(tile, x, y) ? [tileRow] : []));
      expect(holders.length).toBeLessThanOrEqual(1);
      if (x > 0 && x < 20 && y > 0 && y < 12) expect(holders.length).toBe(1);
      expect(locate(index, x, y)).toBe(holders[0] ?? -1);
    }
  });
  test("a column of points; no shape, no answer; ragged columns are refused", () => {
    const index = shapeIndex([shape([square(0, 0, 1)]), shape()]);
    expect([
      ...locateAll(index, { lon: Float64Array.of(0.5, 3, Number.NaN), lat: Float64Array.of(0.5, 3, 0) }),
    ]).toEqual([0, -1, -1]);
    expect(locate(shapeIndex([]), 0, 0)).toBe(-1);
    expect(() => locateAll(index, { lon: Float64Array.of(1), lat: new Float64Array(0) })).toThrow(/longueurs/);
  });
});
