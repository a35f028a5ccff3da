import type { DistanceGrid } from "./isochrone-grid.ts";

/** A closed line in cells of the grid; its last point is its first. */
export interface ContourRing {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** In square cells: positive around what is within the level (anticlockwise), negative around a hole. */
  readonly area: number;
}

/**
 * Sides that the contour crosses in a cell, from where it comes in to where it goes out, what is within on its left. Sides: 0 below, 1 right, 2 above, 3 left. The rank of
 * a row is the sum of the corners within: 1 low left, 2 low right, 4 high right, 8 high left. Two corners that face each other stay apart.
 */
const crossings: readonly (readonly (readonly [comes: number, goes: number])[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [
    [0, 3],
    [2, 1],
  ],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [
    [1, 0],
    [3, 2],
  ],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
];

/** The closed lines where a grid passes a level, by marching squares; the border of the grid must be beyond it. O(nodes of the grid). */
export function contourRings({ columns, rows, metres }: DistanceGrid, level: number): ContourRing[] {
  const within = (node: number): number => (metres[node] <= level ? 1 : 0);
  // A side is known by its lower or left node: twice its rank, one more when it goes up.
  const sideOf = (node: number, side: number): number =>
    [2 * node, 2 * (node + 1) + 1, 2 * (node + columns), 2 * node + 1][side];
  const next = new Map<number, number>();
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const node = row * columns + column;
      const corners = within(node) + 2 * within(node + 1) + 4 * within(node + 1 + columns) + 8 * within(node + columns);
      for (const [comes, goes] of crossings[corners]) next.set(sideOf(node, comes), sideOf(node, goes));
    }
  const pointOf = (side: number): [number, number] => {
    const [node, up] = [side >> 1, side & 1];
    const other = node + (up === 1 ? columns : 1);
    const share = (level - metres[node]) / (metres[other] - metres[node]);
    return [(node % columns) + (up === 1 ? 0 : share), Math.floor(node / columns) + (up === 1 ? share : 0)];
  };
  const rings: ContourRing[] = [];
  for (const first of next.keys()) {
    const points: [number, number][] = [];
    for (let side: number | undefined = first; side !== undefined; ) {
      points.push(pointOf(side));
      const following = next.get(side);
      next.delete(side);
      side = following;
    }
    const area = signedArea(points);
    if (area !== 0) rings.push({ points, area });
  }
  return rings;
}

/** Each exterior with the holes that lie in it. */
export function withHoles(rings: readonly ContourRing[]): ContourRing[][] {
  const polygons = rings
    .filter(({ area }) => area > 0)
    .sort((a, b) => a.area - b.area)
    .map((exterior) => [exterior]);
  for (const hole of rings.filter(({ area }) => area < 0))
    polygons.find(([exterior]) => contains(exterior.points, hole.points[0]))?.push(hole);
  return polygons;
}

function signedArea(points: readonly (readonly [number, number])[]): number {
  let twice = 0;
  for (let i = 1; i < points.length; i++) twice += points[i - 1][0] * points[i][1] - points[i][0] * points[i - 1][1];
  return twice / 2;
}

/** Whether a ray from the point crosses the ring an odd number of times. */
function contains(ring: readonly (readonly [number, number])[], [x, y]: readonly [number, number]): boolean {
  let odd = false;
  for (let i = 1; i < ring.length; i++) {
    const [[ax, ay], [bx, by]] = [ring[i - 1], ring[i]];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
  }
  return odd;
}
