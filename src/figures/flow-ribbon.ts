type Point = readonly [number, number];

const steps = 18;
const tip = 0.22;

/**
 * A ribbon from one point of the page to another, as a polygon: `width` at its origin, a fifth of it at its end, bent to the left of the way. From a point to
 * itself, a ring of that thickness. No width, no ribbon: an empty geometry.
 *
 * @param bend how far the middle is from the straight line, as a share of its length
 * @param away pixels left free at both ends, for the marks of the places
 */
export function flowGeometry(
  from: Point,
  to: Point,
  width: number,
  { bend = 0.1, away = 7 }: { readonly bend?: number; readonly away?: number } = {},
): Record<string, unknown> {
  if (!(width > 0)) return { type: "GeometryCollection", geometries: [] };
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  if (length < 1) return ring(from, width);
  const along: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const free = Math.min(away, length / 4);
  const start: Point = [from[0] + along[0] * free, from[1] + along[1] * free];
  const end: Point = [to[0] - along[0] * free, to[1] - along[1] * free];
  // y grows downwards: the left of (dx, dy) is (dy, -dx).
  const middle: Point = [
    (start[0] + end[0]) / 2 + along[1] * bend * length * 2,
    (start[1] + end[1]) / 2 - along[0] * bend * length * 2,
  ];
  const left: Point[] = [];
  const right: Point[] = [];
  for (let i = 0; i <= steps; i++) {
    const t = i / steps;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    const at: Point = [a * start[0] + b * middle[0] + c * end[0], a * start[1] + b * middle[1] + c * end[1]];
    const dx = 2 * (1 - t) * (middle[0] - start[0]) + 2 * t * (end[0] - middle[0]);
    const dy = 2 * (1 - t) * (middle[1] - start[1]) + 2 * t * (end[1] - middle[1]);
    const speed = Math.hypot(dx, dy) || 1;
    const half = (Math.max(0.8, width) * (1 - (1 - tip) * t)) / 2;
    left.push([at[0] + (dy / speed) * half, at[1] - (dx / speed) * half]);
    right.push([at[0] - (dy / speed) * half, at[1] + (dx / speed) * half]);
  }
  return polygon([[...left, ...right.reverse()]]);
}

function ring([x, y]: Point, width: number): Record<string, unknown> {
  const inner = 10;
  const circle = (radius: number): Point[] =>
    Array.from({ length: 32 }, (_, i) => {
      const angle = (i * 2 * Math.PI) / 32;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    });
  return polygon([circle(inner + Math.max(0.8, width)), circle(inner).reverse()]);
}

const polygon = (rings: readonly (readonly Point[])[]): Record<string, unknown> => ({
  type: "Polygon",
  coordinates: rings.map((points) =>
    [...points, points[0]].map((point) => (point ?? [0, 0]).map((value) => Math.round(value * 100) / 100)),
  ),
});
