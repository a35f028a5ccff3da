import fc from "fast-check";
import { intersection } from "polyclip-ts";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import type { Shape } from "../../src/codes/shape.ts";
import { areaKm2 } from "../../src/tables/geometry.ts";
import { type MeasuredShape, measuredShape } from "../../src/tables/measured-shape.ts";
import { commonArea } from "../../src/tables/overlap-sweep.ts";
import { overlapArea, overlapAreaOfAll, overlapMatrix } from "../../src/tables/polygon-overlap.ts";
import { expectRelative, reference } from "../reference/reference.ts";
import { exactCommonArea } from "./exact-rings.ts";

interface Reference {
  readonly shapes: readonly (readonly (readonly (readonly number[])[])[])[];
  readonly overlaps: readonly (readonly number[])[];
  readonly triples: readonly (readonly [number, number, number, number])[];
}

const shape = (...polygons: (readonly Float64Array[])[]): Shape => ({ polygons });
const square = (x: number, y: number, side: number): Float64Array =>
  Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side, x, y);
const metric = (given: Shape): MeasuredShape => measuredShape(given, "metres");

describe("shapely's areas", () => {
  const { shapes, overlaps, triples } = reference<Reference>("overlap");
  const measured = shapes.map((polygons) =>
    metric({ polygons: polygons.map((rings) => rings.map((ring) => Float64Array.from(ring))) }),
  );
  test("of two shapes: stars, holes, several polygons, squares upright and turned, a shared edge, a complement", () => {
    expect(measured.every(({ sound }) => sound)).toBe(true);
    expect(measured.filter(({ rectangle }) => rectangle).length).toBe(7);
    let common = 0;
    measured.forEach((a, i) => {
      measured.forEach((b, j) => {
        const expected = overlaps[i]?.[j] ?? Number.NaN;
        const noise = 1e-9 * Math.min(a.area, b.area);
        if (expected <= noise) expect(overlapArea(a, b)).toBe(0);
        else {
          common++;
          expectRelative(overlapArea(a, b), expected, 1e-9, `${i} ${j}`);
        }
      });
    });
    expect(common).toBeGreaterThan(150);
  });
  test("of three shapes", () => {
    for (const [i, j, k, expected] of triples)
      expect(Math.abs(overlapAreaOfAll([i, j, k].map((at) => measured[at] as MeasuredShape)) - expected)).toBeLessThan(
        1e-5,
      );
    expect(triples.filter(([, , , area]) => area > 0).length).toBeGreaterThan(4);
  });
  test("the sweep, that measures unsound shapes, says the same of sound ones", () => {
    for (let i = 0; i < measured.length; i++) {
      const [a, b] = [measured[i], measured[(i * 7 + 3) % measured.length]] as [MeasuredShape, MeasuredShape];
      const swept = commonArea([a.shape, b.shape], { ...a });
      expect(Math.abs(swept - overlapArea(a, b))).toBeLessThan(1e-9 * a.area);
    }
  });
});

describe("any rings at all", () => {
  const ring = fc
    .array(fc.integer({ min: 0, max: 8 }), { minLength: 0, maxLength: 14 })
    .map((values) => Float64Array.from(values.slice(0, 2 * Math.floor(values.length / 2))));
  const anyShape = fc
    .array(fc.array(ring, { minLength: 0, maxLength: 2 }), { minLength: 1, maxLength: 2 })
    .map((polygons): Shape => ({ polygons }));
  test("crossing, repeated, unclosed, nested, outside: the area of exact fractions", () => {
    let unsound = 0;
    fc.assert(
      fc.property(anyShape, anyShape, (a, b) => {
        const [first, second] = [metric(a), metric(b)];
        if (!first.sound || !second.sound) unsound++;
        expect(first.area).toBeCloseTo(exactCommonArea([a]), 8);
        expect(overlapArea(first, second)).toBeCloseTo(exactCommonArea([a, b]), 8);
      }),
      { numRuns: 300 },
    );
    expect(unsound).toBeGreaterThan(100);
  });
  test("a bow-tie, a hole out of its outline, twice the same polygon are not sound, and are measured", () => {
    const bowTie = metric(shape([Float64Array.of(0, 0, 4, 4, 4, 0, 0, 4)]));
    expect([bowTie.sound, bowTie.area]).toEqual([false, 8]);
    const hole = metric(shape([square(0, 0, 2), square(5, 5, 1)]));
    expect([hole.sound, hole.area]).toEqual([false, 5]);
    const twice = metric(shape([square(0, 0, 2)], [square(0, 0, 2)]));
    expect([twice.sound, twice.area]).toEqual([false, 4]);
    expect(overlapArea(bowTie, metric(shape([square(0, 0, 2)])))).toBe(2);
    const touching = metric(shape([Float64Array.of(0, 0, 2, 2, 4, 0, 4, 4, 2, 2, 0, 4)]));
    expect([touching.sound, touching.area]).toEqual([true, 8]);
  });
});

describe("laws", () => {
  const random = seededRandom(17);
  const star = (x: number, y: number, radius: number, sides: number): Shape => {
    const corners = Array.from({ length: sides }, (_, i) => {
      const [angle, r] = [(2 * Math.PI * i) / sides, radius * (0.3 + 0.7 * random())];
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    });
    return shape([Float64Array.from(corners.flat())]);
  };
  test("a tiling shares a shape out; overlaps are symmetric; a shape lies in itself", () => {
    for (let turn = 0; turn < 20; turn++) {
      const drawn = metric(star(650_000 + 50 * random(), 6_860_000 + 50 * random(), 500, 5 + turn * 4));
      let sum = 0;
      for (let i = -6; i < 6; i++)
        for (let j = -6; j < 6; j++) {
          const tile = metric(shape([square(650_000 + 100 * i, 6_860_000 + 100 * j, 100)]));
          const common = overlapArea(drawn, tile);
          expect(Math.abs(common - overlapArea(tile, drawn))).toBeLessThan(1e-7);
          sum += common;
        }
      expectRelative(sum, drawn.area, 1e-10);
      expectRelative(overlapArea(drawn, drawn), drawn.area, 1e-10);
    }
  });
  test("another algorithm (Martinez, Rueda and Feito, by polyclip-ts) finds the same areas", () => {
    for (let turn = 0; turn < 30; turn++) {
      const [a, b] = [star(0, 0, 500, 4 + turn), star(300 * random(), 200, 400, 34 - turn)];
      const coordinates = ({ polygons }: Shape): [number, number][][][] =>
        polygons.map((rings) =>
          rings.map((r) => Array.from({ length: r.length / 2 }, (_, i) => [r[2 * i], r[2 * i + 1]])),
        );
      const clipped = shape(
        ...intersection(coordinates(a), coordinates(b)).map((rings) => rings.map((r) => Float64Array.from(r.flat()))),
      );
      expectRelative(overlapArea(metric(a), metric(b)), metric(clipped).area, 1e-9);
    }
  });
  test("degrees are measured on the ellipsoid", () => {
    const tile = shape([square(2, 46, 0.25)]);
    const { sources, area } = overlapMatrix([tile], [shape([square(2.125, 46, 0.25)])], "degrees");
    expectRelative(sources[0]?.area ?? 0, 1e6 * areaKm2(tile), 1e-12);
    expectRelative(area[0], 5e5 * areaKm2(tile), 1e-9);
  });
  test("the matrix has every pair that overlaps, in order, and none that only touch; unsound shapes are named", () => {
    const tiles = Array.from({ length: 100 }, (_, i) => shape([square(10 * (i % 10), 10 * Math.floor(i / 10), 10)]));
    const { offsets, target, area, unsoundTargets } = overlapMatrix(
      [shape([square(15, 15, 10)]), shape(), shape([square(0, 0, 10)])],
      [...tiles, shape(), shape([Float64Array.of(200, 0, 204, 4, 204, 0, 200, 4)])],
      "metres",
    );
    expect([...offsets]).toEqual([0, 4, 4, 5]);
    expect([...target]).toEqual([11, 12, 21, 22, 0]);
    expect([...area]).toEqual([25, 25, 25, 25, 100]);
    expect(unsoundTargets).toEqual([101]);
  });
  test("impossible coordinates are refused by name", () => {
    expect(() => overlapMatrix([shape([Float64Array.of(0, 0, Number.NaN, 1, 1, 1)])], [], "metres")).toThrow(
      /forme de départ 1, sommet 2/,
    );
    expect(() => overlapMatrix([], [shape([Float64Array.of(179, 0, -179, 0, -179, 1)])], "degrees")).toThrow(
      /antiméridien/,
    );
  });
});
