import type { Shape } from "../codes/shape.ts";
import { toEqualArea } from "./geometry.ts";
import { commonArea } from "./overlap-sweep.ts";
import { overlapOfEdges } from "./overlap-trapezoids.ts";
import { type CoordinateUnit, refuseUnusableShape } from "./shape-checks.ts";

/** A shape made ready to be measured against others, in metres. */
export interface MeasuredShape {
  /** In metres: as given, or of the equal-area projection for degrees. */
  readonly shape: Shape;
  /** Square metres, by the even-odd rule on each polygon; polygons that overlap count once. */
  readonly area: number;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /**
   * Five an edge that is not upright: x and y of the west end, of the east end, and +1 when the inside is under it, -1 when it is above. Sorted by the
   * west end. The signed strips under the edges add up to the shape, when it is sound.
   */
  readonly edges: Float64Array;
  /** False for rings that cross, polygons that overlap, holes out of their outline: measured by the slower sweep. */
  readonly sound: boolean;
  /** True for an upright rectangle, such as a square of a grid in its own projection. */
  readonly rectangle: boolean;
}

/** Relative size of a crossing too small to be called one. */
const tolerance = 1e-9;

/**
 * Measures a shape once, for many overlaps. Degrees are projected so that areas are those of the ellipsoid. Refuses impossible coordinates and shapes cut
 * by the antimeridian; accepts unclosed, crossing or empty rings. O(points²) at worst, a millisecond for a neighbourhood.
 * @example
 * ```ts
 * measuredShape({ polygons: [[Float64Array.of(0, 0, 4, 0, 0, 4, 4, 4)]] }, "metres").area // 8
 * ```
 */
export function measuredShape(given: Shape, unit: CoordinateUnit, where = "forme"): MeasuredShape {
  refuseUnusableShape(given, unit, where);
  const shape = unit === "degrees" ? toEqualArea(given) : given;
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of shape.polygons.flat()) {
    for (let i = 0; i < ring.length; i += 2) {
      minX = Math.min(minX, ring[i]);
      maxX = Math.max(maxX, ring[i]);
      minY = Math.min(minY, ring[i + 1]);
      maxY = Math.max(maxY, ring[i + 1]);
    }
  }
  const frame = { minX, minY, maxX, maxY };
  const edges = signedEdges(shape);
  let area = 0;
  for (let i = 0; i < edges.length; i += 5)
    area += edges[i + 4] * (edges[i + 2] - edges[i]) * ((edges[i + 1] + edges[i + 3]) / 2 - minY);
  // A shape is sound when each place is counted once: then the square of the count adds up to the same area as the count.
  const squared = overlapOfEdges(edges, edges, frame);
  const sound = edges.length > 0 ? area > 0 && Math.abs(squared - area) <= tolerance * area : true;
  return {
    shape,
    area: sound ? Math.max(0, area) : commonArea([shape], frame),
    ...frame,
    edges,
    sound,
    rectangle: sound && isRectangle(shape),
  };
}

function signedEdges({ polygons }: Shape): Float64Array {
  const list: (readonly [number, number, number, number, number])[] = [];
  for (const rings of polygons) {
    rings.forEach((ring, place) => {
      // A bow-tie of two equal halves has no turn, and must not go unseen.
      const inward = (place === 0 ? 1 : -1) * (Math.sign(turnOf(ring)) || 1);
      for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2) {
        const [ax, ay, bx, by] = [ring[before], ring[before + 1], ring[i], ring[i + 1]];
        if (ax < bx) list.push([ax, ay, bx, by, -inward]);
        else if (ax > bx) list.push([bx, by, ax, ay, inward]);
      }
    });
  }
  return Float64Array.from(list.sort(([a], [b]) => a - b).flat());
}

/** Twice the signed area of a ring, positive when it turns to the left, around its first point. */
function turnOf(ring: Float64Array): number {
  const [x = 0, y = 0] = ring;
  let turn = 0;
  for (let i = 0, before = ring.length - 2; i < ring.length; before = i, i += 2)
    turn += (ring[before] - x) * (ring[i + 1] - y) - (ring[i] - x) * (ring[before + 1] - y);
  return turn;
}

function isRectangle({ polygons }: Shape): boolean {
  const ring = polygons[0]?.[0];
  if (polygons.length !== 1 || polygons[0]?.length !== 1 || !ring) return false;
  const closed = ring.length === 10 && ring[0] === ring[8] && ring[1] === ring[9];
  if (ring.length !== 8 && !closed) return false;
  const [ax, ay, bx, by, cx, cy, dx, dy] = ring;
  return (ay === by && bx === cx && cy === dy && dx === ax) || (ax === bx && by === cy && cx === dx && dy === ay);
}
