import type { Shape } from "../../codes/shape.ts";
import { type Projection, placedDegrees } from "./projections.ts";

/** A closed line, [x, y, x, y...], the last point equal to the first. */
export type Ring = Float64Array;

/** Twice the area inside a ring, positive when it turns counterclockwise. Measured from the first point, so that large coordinates lose nothing. */
export function signedArea(ring: Ring): number {
  let sum = 0;
  const [x0, y0] = ring;
  for (let i = 2; i + 3 < ring.length; i += 2)
    sum += (ring[i] - x0) * (ring[i + 3] - y0) - (ring[i + 2] - x0) * (ring[i + 1] - y0);
  return sum;
}

/** The same ring, turned the other way. */
export function reversed(ring: Ring): Ring {
  const result = new Float64Array(ring.length);
  for (let i = 0; i < ring.length; i += 2) {
    result[i] = ring[ring.length - 2 - i];
    result[i + 1] = ring[ring.length - 1 - i];
  }
  return result;
}

interface Measured {
  readonly ring: Ring;
  readonly area: number;
  readonly box: readonly [number, number, number, number];
  readonly holes: Ring[];
}

function measured(ring: Ring): Measured {
  let [west, south, east, north] = [ring[0], ring[1], ring[0], ring[1]];
  for (let i = 2; i < ring.length; i += 2) {
    if (ring[i] < west) west = ring[i];
    else if (ring[i] > east) east = ring[i];
    if (ring[i + 1] < south) south = ring[i + 1];
    else if (ring[i + 1] > north) north = ring[i + 1];
  }
  return { ring, area: signedArea(ring), box: [west, south, east, north], holes: [] };
}

/**
 * Rings in any order as polygons with their holes: a clockwise ring is an outline, a counterclockwise one a hole of the smallest outline around it
 * (ESRI 1998, Shapefile Technical Description, p. 8). A hole that no outline holds was written the wrong way round: it is an outline. Rings without an
 * area are left out. Outlines come out counterclockwise and holes clockwise (RFC 7946). O(outlines x holes), by their boxes first.
 * @example
 * ```ts
 * const square = (x, y, size) => Float64Array.of(x, y, x, y + size, x + size, y + size, x + size, y, x, y);
 * polygonsOf([square(0, 0, 9), reversed(square(1, 1, 1)), square(20, 0, 1)]).map((rings) => rings.length) // [2, 1]
 * ```
 */
export function polygonsOf(rings: readonly Ring[]): Ring[][] {
  const all = rings.map(measured).filter(({ area }) => area !== 0);
  const outlines = all.filter(({ area }) => area < 0);
  for (const hole of all.filter(({ area }) => area > 0)) {
    const around = outlines
      .filter((outline) => holds(outline, hole))
      .reduce<Measured | null>((best, outline) => (best && best.area >= outline.area ? best : outline), null);
    if (around) around.holes.push(reversed(hole.ring));
    else outlines.push({ ...hole, ring: reversed(hole.ring), area: -hole.area });
  }
  return outlines.map(({ ring, holes }) => [reversed(ring), ...holes]);
}

/** Whether an outline holds a ring: its box does, and it is around a point of the ring that is not on it. */
function holds(outline: Measured, inner: Measured): boolean {
  const [west, south, east, north] = outline.box;
  if (!(west <= inner.box[0] && south <= inner.box[1] && east >= inner.box[2] && north >= inner.box[3])) return false;
  for (let i = 0; i < inner.ring.length; i += 2) {
    const side = sideOf(outline.ring, inner.ring[i], inner.ring[i + 1]);
    if (side !== 0) return side > 0;
  }
  return Math.abs(outline.area) > Math.abs(inner.area);
}

/** 1 inside, -1 outside, 0 on the line, by the crossings of a ray to the east. */
function sideOf(ring: Ring, x: number, y: number): -1 | 0 | 1 {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x1, y1, x2, y2] = [ring[i], ring[i + 1], ring[i + 2], ring[i + 3]];
    if ((x === x1 && y === y1) || (y1 === y && y2 === y && x >= Math.min(x1, x2) && x <= Math.max(x1, x2))) return 0;
    if (y1 > y === y2 > y) continue;
    const crossing = x1 + ((y - y1) / (y2 - y1)) * (x2 - x1);
    if (crossing === x) return 0;
    if (crossing > x) inside = !inside;
  }
  return inside ? 1 : -1;
}

/** The shape of nothing: a point, a line, an absent geometry. */
export const noShape: Shape = { polygons: [] };

/** A ring of another reference system in degrees. */
export function ringInDegrees(ring: Ring, projection: Projection, where: string): Ring {
  const length = ring.length / 2;
  const { lon, lat } = placedDegrees(
    projection,
    Float64Array.from({ length }, (_, i) => ring[2 * i]),
    Float64Array.from({ length }, (_, i) => ring[2 * i + 1]),
    () => where,
  );
  return Float64Array.from(ring, (_, i) => (i % 2 === 0 ? lon[i >> 1] : lat[i >> 1]));
}
