import type { Shape } from "../codes/shape.ts";
import type { GeographicPoints } from "./lambert93.ts";
import { orientation } from "./orientation.ts";
import { locatePoint, locatePoints, type PointIndex } from "./point-in-polygon.ts";
import { pointIndex } from "./point-index.ts";

/** A place in the coordinates of the shape it comes from: degrees (x is the longitude) or metres. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The smallest upright rectangle around a shape. */
export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/**
 * Area in squared units of the shape (square metres for Lambert-93), holes taken off, whatever the direction of the rings. Shoelace, O(points).
 * @example
 * ```ts
 * planarArea({ polygons: [[Float64Array.of(0, 0, 4, 0, 4, 3, 0, 3, 0, 0)]] }) // 12
 * ```
 */
export function planarArea({ polygons }: Shape): number {
  let area = 0;
  for (const rings of polygons)
    rings.forEach((ring, i) => {
      area += (i === 0 ? 1 : -1) * Math.abs(ringMoments(ring).area);
    });
  return area;
}

/**
 * Centre of gravity, holes taken off, in the shape's own coordinates. It may lie outside a bent shape: say « centre du périmètre ». For degrees, right
 * to a few centimetres at the size of a neighbourhood. A shape without area (a line, a point) gives the mean of its points; an empty one NaN. O(points).
 * @example
 * ```ts
 * centroid({ polygons: [[Float64Array.of(0, 0, 4, 0, 4, 2, 0, 2, 0, 0)]] }) // { x: 2, y: 1 }
 * ```
 */
export function centroid({ polygons }: Shape): Place {
  let [area, x, y] = [0, 0, 0];
  for (const rings of polygons) {
    rings.forEach((ring, i) => {
      const moments = ringMoments(ring);
      const sign = (i === 0 ? 1 : -1) * Math.sign(moments.area);
      area += sign * moments.area;
      x += sign * moments.x;
      y += sign * moments.y;
    });
  }
  return area > 0 ? { x: x / area, y: y / area } : meanPoint(polygons.flat());
}

/** Bounds of a shape; an empty shape has infinite, reversed bounds. O(points). */
export function boundingBox({ polygons }: Shape): Bounds {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of polygons.flat()) {
    for (let i = 0; i < ring.length; i += 2) {
      minX = Math.min(minX, ring[i]);
      maxX = Math.max(maxX, ring[i]);
      minY = Math.min(minY, ring[i + 1]);
      maxY = Math.max(maxY, ring[i + 1]);
    }
  }
  return { minX, minY, maxX, maxY };
}

const semiMajorAxisKm = 6378.137;
const eccentricity = Math.sqrt((2 - 1 / 298.257222101) / 298.257222101);
const radians = Math.PI / 180;

/** The authalic function q of GRS 80: a cylinder of height q/2 keeps areas (Snyder 1987, 3-12). */
function authalic(latitude: number): number {
  const sine = Math.sin(latitude * radians);
  const scaled = eccentricity * sine;
  return (1 - eccentricity ** 2) * (sine / (1 - scaled ** 2) + Math.atanh(scaled) / eccentricity);
}

/**
 * The same shape in metres of the cylindrical projection of GRS 80 that keeps areas: for areas of degrees anywhere on the earth, not for drawing. The
 * sides stay straight, which they are not on the ellipsoid: nothing at the size of a neighbourhood. O(points).
 */
export function toEqualArea({ polygons }: Shape): Shape {
  const project = (ring: Float64Array): Float64Array =>
    ring.map((value, i) => 1000 * semiMajorAxisKm * (i % 2 === 0 ? value * radians : authalic(value) / 2));
  return { polygons: polygons.map((rings) => rings.map(project)) };
}

/**
 * Area in square kilometres of a shape in WGS 84 degrees, on the ellipsoid GRS 80, by the cylindrical projection that keeps areas. O(points).
 * @example
 * ```ts
 * areaKm2({ polygons: [[Float64Array.of(2, 46, 3, 46, 3, 47, 2, 47, 2, 46)]] }).toFixed(1) // "8532.9"
 * ```
 */
export function areaKm2(shape: Shape): number {
  return planarArea(toEqualArea(shape)) / 1e6;
}

/**
 * True when the point lies in the shape (and not in a hole): even-odd rule (Shimrat 1962), exact. A point on an edge shared by two shapes belongs to one
 * of them only. NaN is nowhere. O(points): for many points, see `pointIndex`.
 * @example
 * ```ts
 * contains({ polygons: [[Float64Array.of(0, 0, 4, 0, 4, 3, 0, 3, 0, 0)]] }, 1, 1) // true
 * ```
 */
export function contains({ polygons }: Shape, x: number, y: number): boolean {
  return polygons.some((rings) => {
    let inside = false;
    for (const ring of rings) if (crossings(ring, x, y)) inside = !inside;
    return inside;
  });
}

/** Shapes prepared so that a point is tried against a few of them only, and belongs to one shape of a tiling only. */
export type ShapeIndex = PointIndex;

/** Builds the index, for shapes in degrees or in metres; `pointIndex` has other rules for the points of a border. */
export function shapeIndex(shapes: readonly Shape[]): ShapeIndex {
  return pointIndex(shapes, { unit: "metres", border: "once" });
}

/** The first shape that holds the point, or -1. */
export function locate(index: ShapeIndex, x: number, y: number): number {
  return locatePoint(index, x, y);
}

/** The shape of each point in degrees, or -1: a column to join on. Refuses columns of different lengths. */
export function locateAll(index: ShapeIndex, { lon, lat }: GeographicPoints): Int32Array {
  return locatePoints(index, lon, lat);
}

/** Signed area and first moments of a ring, taken around its first point so that large coordinates lose nothing. */
function ringMoments(ring: Float64Array): { area: number; x: number; y: number } {
  const [originX = 0, originY = 0] = ring;
  let [area, x, y] = [0, 0, 0];
  for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
    const [ax, ay, bx, by] = [
      ring[before] - originX,
      ring[before + 1] - originY,
      ring[i] - originX,
      ring[i + 1] - originY,
    ];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += ((ax + bx) * cross) / 6;
    y += ((ay + by) * cross) / 6;
  }
  return { area, x: x + originX * area, y: y + originY * area };
}

function crossings(ring: Float64Array, x: number, y: number): boolean {
  let odd = false;
  for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
    const [ax, ay, bx, by] = [ring[before], ring[before + 1], ring[i], ring[i + 1]];
    if (ay > y === by > y) continue;
    const side = orientation(ax, ay, bx, by, x, y);
    if (by > ay ? side > 0 : side < 0) odd = !odd;
  }
  return odd;
}

function meanPoint(rings: readonly Float64Array[]): Place {
  let [x, y, count] = [0, 0, 0];
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      x += ring[i];
      y += ring[i + 1];
      count++;
    }
  }
  return { x: x / count, y: y / count };
}
