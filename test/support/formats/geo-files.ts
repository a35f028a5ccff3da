import { expect } from "vitest";
import type { Shape } from "../../../src/codes/shape.ts";

/** Files written by GDAL, and what they hold: test/reference/geo-files.py. */
export interface GeoFiles {
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly pop: readonly number[];
  /** Features, polygons, rings, points. */
  readonly polygons: readonly (readonly (readonly (readonly (readonly [number, number])[])[])[])[];
  readonly gzippedFiles: Readonly<Record<string, string>>;
}

/** The same polygons, whatever the first point and the direction of each ring, to 1e-8 degree (1 mm). */
export function expectSamePolygons(shapes: readonly Shape[], expected: GeoFiles["polygons"]): void {
  const sortedPoints = (points: readonly (readonly [number, number])[]): string[] =>
    points
      .slice(1)
      .map(([lon, lat]) => `${lon.toFixed(7)} ${lat.toFixed(7)}`)
      .sort();
  const pairs = (ring: Float64Array): [number, number][] =>
    Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i], ring[2 * i + 1]]);
  const own = shapes.map(({ polygons }) => polygons.map((rings) => rings.map((ring) => sortedPoints(pairs(ring)))));
  expect(own).toEqual(expected.map((polygons) => polygons.map((rings) => rings.map(sortedPoints))));
}
