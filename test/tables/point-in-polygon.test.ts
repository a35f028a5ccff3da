import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import type { Shape } from "../../src/codes/shape.ts";
import { withWorkers } from "../../src/engine/workers.ts";
import { boundingBox } from "../../src/tables/geometry.ts";
import { orientation } from "../../src/tables/orientation.ts";
import {
  borderRules,
  countPoints,
  locateInto,
  locatePairs,
  locatePoint,
  locatePoints,
} from "../../src/tables/point-in-polygon.ts";
import { countPointsInThreads, locatePointsInThreads } from "../../src/tables/point-in-polygon-threads.ts";
import { pointIndex } from "../../src/tables/point-index.ts";
import { exactHolds, exactTurn } from "./exact-rings.ts";

const metres = { unit: "metres" } as const;
const square = (x: number, y: number, side: number): Float64Array =>
  Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side, x, y);
const shape = (...polygons: (readonly Float64Array[])[]): Shape => ({ polygons });

describe("orientation", () => {
  test("the sign of the exact determinant, near the line and on it", () => {
    const coordinate = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
    fc.assert(
      fc.property(
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 0, max: 20 }),
        ([ax, ay, bx, by], along, steps, bits) => {
          const scale = 2 ** -bits;
          const near = (from: number, to: number): number =>
            Math.round((from + along * (to - from)) * 2 ** 12) / 2 ** 12;
          const [px, py] = [near(ax, bx) * scale, (near(ay, by) + steps * 2 ** -12) * scale];
          const [sax, say, sbx, sby] = [ax * scale, ay * scale, bx * scale, by * scale];
          const exact = exactTurn(sax, say, sbx, sby, px, py);
          const sign = exact > 0n ? 1 : exact < 0n ? -1 : 0;
          expect(Math.sign(orientation(sax, say, sbx, sby, px, py)) + 0).toBe(sign);
        },
      ),
      { numRuns: 5000 },
    );
  });
  test("where the two products round to the same number, and differ by one", () => {
    // px * by - py * bx = 1 (Bézout): one unit beside products of 2^59, whose last digit is worth 128.
    const [bx, by] = [2 ** 30 + 1, 2 ** 30 + 3];
    let [r0, r1, s0, s1, t0, t1] = [by, bx, 1, 0, 0, 1];
    while (r1 !== 0) {
      const q = Math.floor(r0 / r1);
      [r0, r1, s0, s1, t0, t1] = [r1, r0 - q * r1, s1, s0 - q * s1, t1, t0 - q * t1];
    }
    const [px, py] = [s0, -t0];
    expect([r0, exactTurn(0, 0, bx, by, px, py)]).toEqual([1, BigInt(-1) * 2n ** 80n]);
    expect(px * by).toBe(py * bx);
    expect(Math.sign(orientation(0, 0, bx, by, px, py))).toBe(-1);
    expect(Math.sign(orientation(bx, by, 0, 0, px, py))).toBe(1);
  });
  test("where the differences themselves are rounded", () => {
    const random = seededRandom(3);
    let onLine = 0;
    for (let i = 0; i < 20_000; i++) {
      const value = (): number => Math.round(random() * 2 ** (8 + (i % 30))) / 2 ** 38;
      const [ax, ay, dx, dy] = [value(), value(), value() + 2 ** -38, value()];
      const k = i % 3;
      const values = [ax, ay, ax + 1000 * dx, ay + 1000 * dy, ax + k * dx, ay + k * dy + (i % 2) * 2 ** -38] as const;
      if (values.some((v) => !Number.isInteger(v * 2 ** 40))) continue;
      const exact = exactTurn(...values);
      if (exact === 0n) onLine++;
      expect(Math.sign(orientation(...values)) + 0).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0);
    }
    expect(onLine).toBeGreaterThan(1000);
  });
});

describe("the index gives the answer of exact integers, on every point", () => {
  const ring = (size: number): fc.Arbitrary<Float64Array> =>
    fc
      .array(fc.integer({ min: 0, max: size }), { minLength: 0, maxLength: 12 })
      .map((values) => Float64Array.from(values.slice(0, 2 * Math.floor(values.length / 2))));
  const anyShape = (size: number): fc.Arbitrary<Shape> =>
    fc
      .array(fc.array(ring(size), { minLength: 0, maxLength: 3 }), { minLength: 0, maxLength: 2 })
      .map((polygons) => ({ polygons }));

  test.each(["intersects", "within", "once"] as const)(
    "%s: crossing, self-touching, unclosed, repeated, empty rings; all points of a half grid",
    (border) => {
      fc.assert(
        fc.property(
          fc.array(anyShape(6), { minLength: 1, maxLength: 4 }),
          fc.constantFrom(1, 1 / 8, 1024),
          (drawn, scale) => {
            const shapes = drawn.map(({ polygons }) => ({
              polygons: polygons.map((rings) => rings.map((r) => r.map((v) => 4096 + v * scale))),
            }));
            const index = pointIndex(shapes, { unit: "metres", border });
            const places = Array.from(
              { length: 17 * 17 },
              (_, i) => [(i % 17) / 2 - 1, Math.floor(i / 17) / 2 - 1] as const,
            );
            const x = Float64Array.from(places, ([px]) => 4096 + px * scale);
            const y = Float64Array.from(places, ([, py]) => 4096 + py * scale);
            const found = locatePairs(index, x, y);
            const expected = places.flatMap((_, i) =>
              shapes.flatMap((s, row) => (exactHolds(s, x[i], y[i], border) ? [[i, row]] : [])),
            );
            expect(Array.from(found.points, (point, k) => [point, found.shapes[k]])).toEqual(expected);
            const first = locatePoints(index, x, y);
            const counts = new Float64Array(shapes.length);
            countPoints(index, x, y, counts);
            places.forEach((_, i) => {
              expect(first[i]).toBe(expected.find(([point]) => point === i)?.[1] ?? -1);
            });
            expect([...counts]).toEqual(shapes.map((_, row) => expected.filter(([, s]) => s === row).length));
          },
        ),
        { numRuns: 150 },
      );
    },
  );

  test("many neighbourhoods far apart, sharp and flat edges, points within a hair of the borders", () => {
    const random = seededRandom(11);
    const fine = (value: number): number => Math.round(value * 2 ** 20) / 2 ** 20;
    const shapes = Array.from({ length: 150 }, (_, k) => {
      const [x, y, radius] = [fine(900_000 * random()), fine(900_000 * random()), k % 10 === 0 ? 20_000 : 400];
      const sides = 3 + Math.floor(random() * 60);
      return shape([
        Float64Array.from({ length: 2 * sides }, (_, i) => {
          const angle = (2 * Math.PI * (i >> 1)) / sides;
          const r = radius * (0.2 + 0.8 * random());
          return fine(i % 2 === 0 ? x + r * Math.cos(angle) : y + (k % 7 === 0 ? 1e-4 : 1) * r * Math.sin(angle));
        }),
      ]);
    });
    const boxes = shapes.map(boundingBox);
    for (const border of borderRules) {
      const index = pointIndex(shapes, { unit: "metres", border });
      expect(index.split).toBeGreaterThan(1);
      for (let i = 0; i < 3000; i++) {
        const r = shapes[i % shapes.length]?.polygons[0]?.[0] as Float64Array;
        const at = 2 * Math.floor((random() * (r.length - 2)) / 2);
        const along = i % 4 === 0 ? 0 : random();
        const nudge = (k: number): number => (i % 3 === 0 ? 0 : Math.round((random() - 0.5) * 2 ** (k % 20)) / 2 ** 20);
        const x = fine(r[at] + along * (r[at + 2] - r[at])) + nudge(i);
        const y = fine(r[at + 1] + along * (r[at + 3] - r[at + 1])) + nudge(i >> 2);
        const expected = shapes.findIndex(
          (s, row) =>
            x >= boxes[row].minX &&
            x <= boxes[row].maxX &&
            y >= boxes[row].minY &&
            y <= boxes[row].maxY &&
            exactHolds(s, x, y, border),
        );
        expect(locatePoint(index, x, y)).toBe(expected);
      }
    }
  });

  test("a shape of the width of one rounding error, and shapes on one line", () => {
    const x = 2 ** 20;
    const hair = 2 ** -32;
    const thin = shape([Float64Array.of(x, 0, x + hair, 0, x + hair, 1, x, 1)]);
    const line = shape([Float64Array.of(x, 5, x + 4, 5, x, 5)]);
    const spot = shape([Float64Array.of(x, 7)], []);
    for (const border of borderRules) {
      const index = pointIndex([thin, line, spot], { unit: "metres", border });
      for (const px of [x - hair, x, x + hair, x + 2 * hair, x + 2])
        for (const py of [0, 0.5, 1, 5, 7])
          expect([border, px - x, py, locatePoint(index, px, py)]).toEqual([
            border,
            px - x,
            py,
            [thin, line, spot].findIndex((s) => exactHolds(s, px, py, border)),
          ]);
    }
  });

  test("degrees of a country and of its islands beyond the seas", () => {
    const shapes = [
      shape([square(2.25, 48.75, 0.0078125)]),
      shape([square(55.5, -21, 0.0078125)]),
      shape([square(-61, 14.5, 0.0078125)]),
      shape([square(2.2578125, 48.75, 0.0078125)]),
    ];
    const index = pointIndex(shapes, { unit: "degrees", border: "once" });
    expect([
      ...locatePoints(
        index,
        Float64Array.of(2.25, 2.2578125, 2.265625, 55.503, -60.995, 0, Number.NaN, Number.POSITIVE_INFINITY),
        Float64Array.of(48.75, 48.753, 48.753, -20.995, 14.505, 0, 1, 1),
      ),
    ]).toEqual([0, 3, -1, 1, 2, -1, -1, -1]);
  });
});

describe("batches and threads", () => {
  const random = seededRandom(5);
  const shapes = Array.from({ length: 40 }, (_, i) =>
    shape([square((i % 8) * 3, Math.floor(i / 8) * 3, 2 + (i % 2) * 2)]),
  );
  const index = pointIndex(shapes, metres);
  const x = Float64Array.from({ length: 600_000 }, () => Math.round(random() * 260) / 10);
  const y = Float64Array.from({ length: 600_000 }, () => Math.round(random() * 180) / 10);

  test("a batch writes its own rows only", () => {
    const whole = locatePoints(index, x, y);
    const out = new Int32Array(x.length).fill(-9);
    locateInto(index, x, y, out, 100, 300);
    expect(out.subarray(100, 300)).toEqual(whole.subarray(100, 300));
    expect([out[99], out[300]]).toEqual([-9, -9]);
  });
  test("threads say the same, whatever their number", async () => {
    const whole = locatePoints(index, x, y);
    const counts = new Float64Array(shapes.length);
    countPoints(index, x, y, counts);
    for (const size of [1, 2]) {
      await withWorkers(
        async (pool) => {
          expect(await locatePointsInThreads(index, x, y, pool)).toEqual(whole);
          const threaded = new Float64Array(shapes.length);
          await countPointsInThreads(index, x, y, threaded, pool);
          expect(threaded).toEqual(counts);
        },
        { size },
      );
    }
  });
  test("columns that do not fit are refused", () => {
    expect(() => locatePoints(index, Float64Array.of(1), Float64Array.of())).toThrow(/longueurs/);
    expect(() => locateInto(index, x, y, new Int32Array(3), 0, 4)).toThrow(/hors des colonnes/);
    expect(() => locateInto(index, x, y, new Int32Array(9), 5, 4)).toThrow(/hors des colonnes/);
    expect(() => countPoints(index, x, y, new Float64Array(3))).toThrow(/trop courte/);
  });
});

describe("shapes that are refused", () => {
  const ring = (...values: number[]): readonly Shape[] => [shape([Float64Array.from(values)])];
  test.each([
    ["not a number", ring(0, 0, Number.NaN, 1, 1, 1), "metres", /Coordonnée impossible.*forme 1, sommet 2/],
    ["infinite", ring(0, 0, 1, Number.POSITIVE_INFINITY), "metres", /Coordonnée impossible/],
    ["huge", ring(0, 0, 1e300, 1, 1, 1), "metres", /milliard/],
    ["odd", ring(0, 0, 1), "metres", /manque/],
    ["metres for degrees", ring(650_000, 6_860_000, 650_100, 6_860_000, 650_100, 6_860_100), "degrees", /degrés/],
    ["antimeridian", ring(179.9, -16, -179.9, -16, -179.9, -17, 179.9, -17), "degrees", /antiméridien/],
    ["antimeridian by the closing edge", ring(179.9, -16, 100, -16, 20, -16, -179.9, -17), "degrees", /antiméridien/],
  ] as const)("%s", (_, shapes, unit, message) => {
    expect(() => pointIndex(shapes, { unit })).toThrow(message);
  });
  test("no shape at all holds nothing", () => {
    expect(locatePoint(pointIndex([], metres), 0, 0)).toBe(-1);
    expect(locatePoint(pointIndex([shape(), shape([])], metres), 0, 0)).toBe(-1);
  });
});
