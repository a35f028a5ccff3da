import type { Random } from "../../codes/random.ts";
import { type Point, type Ring, round4, signedArea } from "./geometry.ts";

/** Polygons with their holes, closed, as the clipping library wants them. */
export type Polygons = [number, number][][][];
/** A ring as a closed polygon. */
export const polygon = (ring: Ring): [number, number][][] => [[...ring, ring[0]].map(([x, y]) => [x, y])];

/** Outer rings, counter-clockwise, four decimals, corners that rounding made equal dropped; slivers under 200 m² too. */
export const outerRings = (shapes: Polygons): Ring[] =>
  shapes.flatMap(([outer]): Ring[] => {
    const points = outer.map(([x, y]): Point => [round4(x), round4(y)]);
    const ring = points.filter((p, i) => String(p) !== String(points[(i + 1) % points.length]));
    const area = signedArea(ring);
    if (ring.length < 3 || Math.abs(area) < 2.6e-8) return [];
    return [area > 0 ? ring : [...ring].reverse()];
  });

/** Area of the part of a ring on the side of a line (Sutherland and Hodgman; bridges of no width do not count). */
function areaBelow(ring: Ring, [nx, ny]: Point, limit: number): number {
  const kept: Point[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [here, next] = [ring[i], ring[(i + 1) % ring.length]];
    const [a, b] = [limit - nx * here[0] - ny * here[1], limit - nx * next[0] - ny * next[1]];
    if (a >= 0) kept.push(here);
    if (a >= 0 !== b >= 0)
      kept.push([here[0] + (a / (a - b)) * (next[0] - here[0]), here[1] + (a / (a - b)) * (next[1] - here[1])]);
  }
  return kept.length < 3 ? 0 : signedArea(kept.map(([x, y]): Point => [x - ring[0][0], y - ring[0][1]]));
}

/** A half plane that keeps a share of a ring, as a large rectangle. */
export function halfPlane(ring: Ring, share: number, random: Random): [number, number][][] {
  const angle = random() * 2 * Math.PI;
  const normal: Point = [Math.cos(angle), Math.sin(angle)];
  const along = ring.map(([x, y]) => normal[0] * x + normal[1] * y);
  let [low, high] = [Math.min(...along), Math.max(...along)];
  const wanted = share * signedArea(ring);
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (areaBelow(ring, normal, middle) < wanted) low = middle;
    else high = middle;
  }
  const at = (depth: number, side: number): [number, number] => {
    const [cx, cy] = ring[0];
    const base = low - normal[0] * cx - normal[1] * cy;
    return [cx + (base - depth) * normal[0] - side * normal[1], cy + (base - depth) * normal[1] + side * normal[0]];
  };
  return [[at(0, -1), at(0, 1), at(1, 1), at(1, -1), at(0, -1)]];
}

/** A block to add to a neighbourhood: a rectangle on a corner of its outline, of a share of its surface. */
export function block(ring: Ring, share: number, random: Random): [number, number][][] {
  const side = Math.sqrt(share * signedArea(ring)) * 1.25;
  const [x, y] = ring[Math.floor(random() * ring.length)];
  const [w, h] = [side * (0.5 + 0.2 * random()), side * (0.5 + 0.2 * random())];
  return polygon([
    [x - w, y - h],
    [x + w, y - h],
    [x + w, y + h],
    [x - w, y + h],
  ]);
}
