import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { cumulativeOpportunities } from "../../../src/models/access/cumulative-opportunities.ts";
import { distanceProfile, distanceProfileFromKm } from "../../../src/models/access/distance-profile.ts";
import {
  EARTH_RADIUS_METRES,
  greatCircleKm,
  greatCircleMatrixKm,
  type Points,
} from "../../../src/models/access/great-circle.ts";
import { nearest, pointGrid } from "../../../src/models/access/nearest.ts";
import { expectNear } from "../../reference/reference.ts";

const points = (list: readonly (readonly [number, number])[]): Points => ({
  lon: Float64Array.from(list, ([lon]) => lon),
  lat: Float64Array.from(list, ([, lat]) => lat),
});
const place = fc.tuple(fc.double({ min: -180, max: 180, noNaN: true }), fc.double({ min: -89, max: 89, noNaN: true }));

describe("great circle", () => {
  test("Rennes to Nantes is 100 384.966 m on the sphere", () => {
    expectNear(greatCircleKm(-1.6778, 48.1173, -1.5536, 47.2184) * 1000, 100_384.966, 1e-8);
  });
  test("known arcs: a quarter, half the earth, nothing", () => {
    const quarter = (Math.PI / 2) * (EARTH_RADIUS_METRES / 1000);
    const matrix = greatCircleMatrixKm(
      points([[0, 0]]),
      points([
        [90, 0],
        [0, 90],
        [180, 0],
        [0, 0],
      ]),
    );
    [quarter, quarter, 2 * quarter, 0].forEach((km, i) => {
      expectNear(matrix[i], km, 1e-12);
    });
  });
  test("the matrix equals the haversine, to a tenth of a millimetre, and to a micrometre under 1 000 km", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const matrix = greatCircleMatrixKm(points([a]), points([b]))[0];
        const antipodal = matrix > 19_900;
        expect(Math.abs(matrix - greatCircleKm(...a, ...b))).toBeLessThan(antipodal ? 1e-3 : 1e-7);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(
        fc.double({ min: 40, max: 50, noNaN: true }),
        fc.double({ min: -0.12, max: 0.12, noNaN: true }),
        (lat, step) => {
          const [a, b] = [
            [2, lat],
            [2 + step * 80, lat + step],
          ] as const;
          expect(Math.abs(greatCircleMatrixKm(points([a]), points([b]))[0] - greatCircleKm(...a, ...b))).toBeLessThan(
            1e-9,
          );
        },
      ),
    );
  });
  test("symmetry, and the triangle's inequality", () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const set = points([a, b, c]);
        const km = greatCircleMatrixKm(set, set);
        expectNear(km[1], km[3], 1e-12);
        expect(km[2]).toBeLessThanOrEqual(km[1] + km[5] + 1e-6);
      }),
    );
  });
  test("a place not known has no distance; no place, no matrix", () => {
    expect([
      ...greatCircleMatrixKm(
        points([[1, 46]]),
        points([
          [Number.NaN, 46],
          [1, 46],
        ]),
      ),
    ]).toEqual([Number.NaN, 0]);
    expect(greatCircleMatrixKm(points([]), points([[1, 46]])).length).toBe(0);
  });
});

describe("nearest", () => {
  const brute = (
    x: Float64Array,
    y: Float64Array,
    qx: number,
    qy: number,
    k: number,
  ): { index: number; metres: number }[] =>
    Array.from(x, (_, index) => ({ index, metres: Math.sqrt((x[index] - qx) ** 2 + (y[index] - qy) ** 2) }))
      .sort((a, b) => a.metres - b.metres || a.index - b.index)
      .slice(0, k);
  test("equals brute force, with ties, lines, clusters and queries far outside", () => {
    // Dyadic coordinates: squares and sums are exact, so that a tie is a tie for both.
    const coordinate = fc.oneof(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1024),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coordinate, coordinate), { maxLength: 60 }),
        fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: -9, max: 9 })),
        fc.integer({ min: 1, max: 8 }),
        (list, [qx, qy], k) => {
          const [x, y] = [Float64Array.from(list, ([a]) => a), Float64Array.from(list, ([, b]) => b)];
          const found = nearest(pointGrid({ x, y }), { x: Float64Array.of(qx), y: Float64Array.of(qy) }, k);
          const expected = brute(x, y, qx, qy, k);
          expect([...found.metres]).toEqual([
            ...expected.map(({ metres }) => metres),
            ...Array(k - expected.length).fill(Infinity),
          ]);
          expect([...found.index]).toEqual([
            ...expected.map(({ index }) => index),
            ...Array(k - expected.length).fill(-1),
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });
  test("equals brute force on 3 000 points in clusters", () => {
    const random = seededRandom(3);
    const x = Float64Array.from({ length: 3000 }, (_, i) => (i % 7) * 9000 + 300 * normal(random));
    const y = Float64Array.from({ length: 3000 }, (_, i) => (i % 5) * 7000 + 300 * normal(random));
    const grid = pointGrid({ x, y });
    for (let q = 0; q < 40; q++) {
      const [qx, qy] = [random() * 60_000, random() * 30_000];
      expect([...nearest(grid, { x: Float64Array.of(qx), y: Float64Array.of(qy) }, 10).index]).toEqual(
        brute(x, y, qx, qy, 10).map(({ index }) => index),
      );
    }
  });
  test("places not known are left out on both sides; k must be at least 1", () => {
    const grid = pointGrid({ x: Float64Array.of(Number.NaN, 5), y: Float64Array.of(1, 5) });
    expect([...nearest(grid, { x: Float64Array.of(0, Number.NaN), y: Float64Array.of(0, 0) }, 1).index]).toEqual([
      1, -1,
    ]);
    expect(() => nearest(grid, { x: Float64Array.of(0), y: Float64Array.of(0) }, 0)).toThrow(/voisins/);
  });
});

describe("cumulative opportunities", () => {
  test("never decrease with the threshold, and reach the total", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 0, max: 9 })), {
          maxLength: 40,
        }),
        (list) => {
          const { within, total } = cumulativeOpportunities(
            Float64Array.from(list, ([km]) => km),
            Float64Array.from(list, ([, posts]) => posts),
            [1, 10, 50, 100],
          );
          expect(within[3]).toBe(total);
          expect([...within]).toEqual([...within].sort((a, b) => a - b));
        },
      ),
    );
  });
  test("out of reach counts in the total, an unknown place does not, nothing at all has no share", () => {
    expect(cumulativeOpportunities(Float64Array.of(5, Infinity, Number.NaN), null, [5])).toEqual({
      within: Float64Array.of(1),
      shareWithin: Float64Array.of(0.5),
      total: 2,
    });
    expect(cumulativeOpportunities(new Float64Array(0), null, [5]).shareWithin[0]).toBeNaN();
  });
});

describe("distance profile", () => {
  const home = points([[3, 46]]);
  test("one origin, three employers, one of them not located", () => {
    const profile = distanceProfile({
      origins: home,
      destinations: points([
        [3, 46],
        [3, 46.1],
        [Number.NaN, 46],
      ]),
      destinationWeights: Float64Array.of(1, 3, 7),
    });
    const km = greatCircleKm(3, 46, 3, 46.1);
    expect(profile).toMatchObject({
      status: "reached",
      count: 2,
      total: 4,
      unlocated: 7,
      minKm: 0,
      thirdQuartileKm: expect.closeTo(km, 9),
      medianKm: expect.closeTo(km, 9),
    });
    expectNear(profile.meanKm, 0.75 * km, 1e-12);
    expect([...profile.shareWithin]).toEqual([0.25, 0.25, 1]);
  });
  test("several origins: the scale of their weights changes nothing", () => {
    const origins = points([
      [3, 46],
      [3.1, 46.2],
      [2.9, 45.9],
    ]);
    const destinations = points([
      [3, 46.05],
      [3.3, 46],
      [2.5, 46.4],
    ]);
    const one = distanceProfile({ origins, originWeights: Float64Array.of(1, 2, 5), destinations });
    const ten = distanceProfile({ origins, originWeights: Float64Array.of(10, 20, 50), destinations });
    expectNear(ten.medianKm, one.medianKm, 1e-12);
    expectNear(ten.within[1], one.within[1], 1e-12);
    expect(one.total).toBe(3);
  });
  test("nothing to reach is infinitely far, and says why", () => {
    expect(distanceProfile({ origins: home, destinations: points([]) })).toMatchObject({
      status: "no-destination",
      count: 0,
      total: 0,
      minKm: Infinity,
      medianKm: Infinity,
      meanKm: Infinity,
    });
    expect(distanceProfile({ origins: points([]), destinations: home })).toMatchObject({
      status: "no-origin",
      medianKm: Infinity,
      total: 1,
    });
    expect(distanceProfileFromKm(Float64Array.of(Infinity, Infinity), null)).toMatchObject({
      status: "out-of-reach",
      count: 2,
      medianKm: Infinity,
    });
    expect(distanceProfileFromKm(Float64Array.of(Number.NaN), null)).toMatchObject({
      status: "no-destination",
      unlocated: 1,
    });
    expect(distanceProfileFromKm(Float64Array.of(4), Float64Array.of(0))).toMatchObject({
      status: "no-destination",
      total: 0,
    });
  });
  test("min <= quartiles <= max, and inputs are left as they were", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 300, noNaN: true }), fc.integer({ min: 1, max: 9 })), {
          minLength: 1,
          maxLength: 40,
        }),
        (list) => {
          const [km, posts] = [Float64Array.from(list, ([d]) => d), Float64Array.from(list, ([, w]) => w)];
          const before = km.slice();
          const { minKm, firstQuartileKm, medianKm, thirdQuartileKm, meanKm } = distanceProfileFromKm(km, posts);
          expect([minKm, firstQuartileKm, medianKm, thirdQuartileKm, Math.max(...km)]).toEqual(
            [minKm, firstQuartileKm, medianKm, thirdQuartileKm, Math.max(...km)].sort((a, b) => a - b),
          );
          expect(meanKm).toBeGreaterThanOrEqual(minKm - 1e-9);
          expect(km).toEqual(before);
        },
      ),
    );
  });
});
