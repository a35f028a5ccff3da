import { describe, expect, test } from "vitest";
import {
  centroid,
  contains,
  greatCircle,
  isSimple,
  overlap,
  type Ring,
  signedArea,
  toDegrees,
  toKilometres,
  voronoi,
} from "../../../src/sources/sample/geometry.ts";

const square: Ring = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
];

describe("plane geometry", () => {
  test("area and centroid of an L of three unit squares", () => {
    const shape: Ring = [
      [0, 0],
      [2, 0],
      [2, 1],
      [1, 1],
      [1, 2],
      [0, 2],
    ];
    expect(signedArea(shape)).toBe(3);
    expect(signedArea([...shape].reverse())).toBe(-3);
    const [x, y] = centroid(shape);
    expect(x).toBeCloseTo(5 / 6, 12);
    expect(y).toBeCloseTo(5 / 6, 12);
  });

  test("inside, outside, overlap, crossing sides", () => {
    expect(contains(square, [1, 1])).toBe(true);
    expect(contains(square, [3, 1])).toBe(false);
    const moved = (dx: number): Ring => square.map(([x, y]) => [x + dx, y + 0.5]);
    expect(overlap(square, moved(1))).toBe(true);
    expect(overlap(square, moved(2.5))).toBe(false);
    expect(
      overlap(square, [
        [0.5, 0.5],
        [1, 0.5],
        [1, 1],
      ]),
    ).toBe(true);
    expect(isSimple(square)).toBe(true);
    expect(
      isSimple([
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
      ]),
    ).toBe(false);
  });

  test("the cells of Voronoi share the box out, each holding its own point", () => {
    const points: Ring = [
      [0.4, 0.5],
      [1.5, 0.3],
      [1, 1.7],
      [0.3, 1.4],
      [1.6, 1.2],
    ];
    const cells = voronoi(points, square);
    expect(cells.reduce((sum, cell) => sum + signedArea(cell), 0)).toBeCloseTo(4, 12);
    for (const [i, cell] of cells.entries()) expect(contains(cell, points[i])).toBe(true);
  });
});

test("great circle from Rennes to Nantes on the mean sphere", () => {
  expect(greatCircle([-1.6778, 48.1173], [-1.5536, 47.2184])).toBeCloseTo(100.384966, 5);
});

test("kilometres and degrees come back within ten metres", () => {
  const [x, y] = toKilometres(toDegrees([12.345, -6.789]));
  expect(Math.abs(x - 12.345)).toBeLessThan(0.01);
  expect(Math.abs(y + 6.789)).toBeLessThan(0.01);
});
