import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import {
  eachGreatCircleRow,
  greatCircleKm,
  greatCircleMatrixKm,
  type Points,
} from "../../../src/models/access/great-circle.ts";
import { nearestOnSphere, sphereGrid } from "../../../src/models/access/nearest-on-sphere.ts";
import { keepSmallest, sortSmallest } from "../../../src/models/access/smallest.ts";

const pointsOf = (list: readonly (readonly [number, number])[]): Points => ({
  lon: Float64Array.from(list, ([lon]) => lon),
  lat: Float64Array.from(list, ([, lat]) => lat),
});

describe("nearest on the sphere", () => {
  const brute = ({ lon, lat }: Points, qlon: number, qlat: number, k: number): { index: number; km: number }[] =>
    Array.from(lon, (_, index) => ({ index, km: greatCircleKm(qlon, qlat, lon[index], lat[index]) }))
      .filter(({ km }) => !Number.isNaN(km))
      .sort((a, b) => a.km - b.km || a.index - b.index)
      .slice(0, k);

  test.each([
    ["a city", [2, 0.2, 48, 0.1]],
    ["a country", [2, 4, 46, 3]],
    ["a continent, near the pole too", [20, 60, 40, 49]],
    ["a line of longitude", [2, 0, 46, 3]],
    ["both hemispheres", [10, 30, 0, 40]],
  ] as const)("equals brute force over %s, in clusters and far from all", (_, [lon0, wide, lat0, high]) => {
    const random = seededRandom(5);
    const centre = (): readonly [number, number] => [
      lon0 + wide * (2 * random() - 1),
      lat0 + high * (2 * random() - 1),
    ];
    const places = pointsOf(
      Array.from({ length: 1500 }, (_unused, i) => {
        if (i % 3 === 0) return centre();
        const clamp = (lat: number): number => Math.max(-89.9, Math.min(89.9, lat));
        return [lon0 + 0.02 * wide * normal(random), clamp(lat0 + 0.02 * high * normal(random))] as const;
      }),
    );
    const grid = sphereGrid(places);
    for (let query = 0; query < 60; query++) {
      const [lon, lat] = query % 4 === 3 ? [lon0 + 85 * random(), Math.max(-88, lat0 - 40 * random())] : centre();
      for (const k of [1, 7, 100]) {
        const { index, km } = nearestOnSphere(grid, pointsOf([[lon, lat]]), k);
        const expected = brute(places, lon, lat, k);
        expect([...index]).toEqual(expected.map((one) => one.index));
        for (const [i, one] of expected.entries()) expect(Math.abs(km[i] - one.km)).toBeLessThan(1e-7);
      }
    }
  });
  test("more than there are, equal places, unknown ones, none at all", () => {
    const places = pointsOf([
      [2, 48],
      [Number.NaN, 48],
      [2, 48],
      [3, 48],
    ]);
    const found = nearestOnSphere(
      sphereGrid(places),
      pointsOf([
        [2, 48],
        [Number.NaN, 1],
      ]),
      4,
    );
    expect([...found.index]).toEqual([0, 2, 3, -1, -1, -1, -1, -1]);
    expect(found.km[0]).toBe(0);
    expect(found.km[3]).toBe(Number.POSITIVE_INFINITY);
    expect([...nearestOnSphere(sphereGrid(pointsOf([])), pointsOf([[2, 48]]), 1).index]).toEqual([-1]);
    expect(() => nearestOnSphere(sphereGrid(places), places, 0)).toThrow(/voisins/);
    expect(() =>
      sphereGrid(
        pointsOf([
          [-179, 0],
          [179, 0],
        ]),
      ),
    ).toThrow(/moitié de la terre/);
  });
});

describe("the smallest of a list", () => {
  test("are those of a sort, with what goes along, ties included", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 200 }),
        fc.nat(),
        (list, seed) => {
          const k = 1 + (seed % list.length);
          const [values, along] = [Float64Array.from(list), Int32Array.from(list, (_, i) => i)];
          keepSmallest(values, along, list.length, k);
          sortSmallest(values, along, k);
          const expected = list
            .map((value, i) => [value, i] as const)
            .sort((a, b) => a[0] - b[0] || a[1] - b[1])
            .slice(0, k);
          expect(Array.from({ length: k }, (_, i) => [values[i], along[i]])).toEqual(expected);
        },
      ),
    );
  });
});

describe("rows of great-circle distances", () => {
  const random = seededRandom(2);
  const draw = (count: number): Points =>
    pointsOf(Array.from({ length: count }, () => [360 * random() - 180, 180 * random() - 90] as const));
  test.each([0, 1, 2, 3, 4, 5, 1003])(
    "vectors and their plain twin agree to the last bit, %i destinations",
    (count) => {
      const [from, to] = [draw(7), draw(count)];
      if (count > 3) to.lon[2] = Number.NaN;
      const rows: Float64Array[] = [];
      eachGreatCircleRow(from, to, (_, km) => rows.push(km.slice()), "plain");
      eachGreatCircleRow(from, to, (origin, km) => expect(km).toEqual(rows[origin]), "simd");
      expect(rows).toHaveLength(7);
      expect(greatCircleMatrixKm(from, to)).toEqual(Float64Array.from(rows.flatMap((row) => [...row])));
    },
  );
  test("no far pair, no arcsine: rows of any length give what the haversine gives", () => {
    for (const count of [5, 6, 7, 8]) {
      const to = pointsOf(Array.from({ length: count }, (_, i) => [2 + i, 46] as const));
      eachGreatCircleRow(pointsOf([[2, 46]]), to, (_, km) => {
        for (const [i, value] of km.entries())
          expect(Math.abs(value - greatCircleKm(2, 46, 2 + i, 46))).toBeLessThan(1e-9);
      });
    }
  });
});
