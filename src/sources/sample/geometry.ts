/** A point of the plane: kilometres east and north of the territory's middle, or degrees [lon, lat] once written. */
export type Point = readonly [number, number];
/** A closed outline, without the repeated last point, counter-clockwise. */
export type Ring = readonly Point[];

/** Middle of the invented territory, in open sea: 500 km off the Vendée coast, no land under it. */
export const MIDDLE: Point = [-7, 46];
const KM_PER_DEGREE_LAT = 111.195;
const KM_PER_DEGREE_LON = KM_PER_DEGREE_LAT * Math.cos((46 * Math.PI) / 180);

/** Four decimals, as the publishers' simplified files: about 10 m. */
export const round4 = (degrees: number): number => Math.round(degrees * 10_000) / 10_000;

/** From local kilometres to [lon, lat], four decimals. */
export const toDegrees = ([x, y]: Point): Point => [
  round4(MIDDLE[0] + x / KM_PER_DEGREE_LON),
  round4(MIDDLE[1] + y / KM_PER_DEGREE_LAT),
];

/** From [lon, lat] to local kilometres. */
export const toKilometres = ([lon, lat]: Point): Point => [
  (lon - MIDDLE[0]) * KM_PER_DEGREE_LON,
  (lat - MIDDLE[1]) * KM_PER_DEGREE_LAT,
];

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Signed area (shoelace): positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    twice += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  }
  return twice / 2;
}

/** Centroid of the surface, not of the corners. Computed from the first corner, to keep digits. */
export function centroid(ring: Ring): Point {
  const [x0, y0] = ring[0];
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = [ring[j][0] - x0, ring[j][1] - y0];
    const [bx, by] = [ring[i][0] - x0, ring[i][1] - y0];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return [x0 + x / (3 * twice), y0 + y / (3 * twice)];
}

/** Even-odd rule. */
export function contains(ring: Ring, [x, y]: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Distance from a point to the outline. */
export function distanceToOutline(ring: Ring, point: Point): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j];
    const [dx, dy] = [ring[i][0] - ax, ring[i][1] - ay];
    const square = dx * dx + dy * dy;
    const along = square === 0 ? 0 : Math.min(1, Math.max(0, ((point[0] - ax) * dx + (point[1] - ay) * dy) / square));
    least = Math.min(least, distance(point, [ax + along * dx, ay + along * dy]));
  }
  return least;
}

/** The part of a convex polygon that is nearer to `a` than to `b`. */
export function nearerHalf(polygon: Ring, a: Point, b: Point): Point[] {
  const [nx, ny] = [b[0] - a[0], b[1] - a[1]];
  const limit = (nx * (a[0] + b[0]) + ny * (a[1] + b[1])) / 2;
  const side = ([x, y]: Point): number => nx * x + ny * y - limit;
  const kept: Point[] = [];
  for (let i = 0; i < polygon.length; i++) {
    const here = polygon[i];
    const next = polygon[(i + 1) % polygon.length];
    const [sideHere, sideNext] = [side(here), side(next)];
    if (sideHere <= 0) kept.push(here);
    if (sideHere < 0 !== sideNext < 0 && sideHere !== 0 && sideNext !== 0) {
      const t = sideHere / (sideHere - sideNext);
      kept.push([here[0] + t * (next[0] - here[0]), here[1] + t * (next[1] - here[1])]);
    }
  }
  return kept;
}

/** The cells of Voronoi (Dirichlet) of a set of points within a box; every pair is tried, which is enough for some hundreds. */
export function voronoi(points: readonly Point[], box: Ring): Point[][] {
  return points.map((own) => {
    let cell: Point[] = [...box];
    const others = points.filter((other) => other !== own).sort((a, b) => distance(a, own) - distance(b, own));
    for (const other of others) {
      const reach = Math.max(...cell.map((corner) => distance(corner, own)));
      if (distance(other, own) > 2 * reach) break;
      cell = nearerHalf(cell, own, other);
    }
    return cell;
  });
}

/** True when two closed segments cross. */
function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const turn = (p: Point, q: Point, r: Point): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b);
}

/** True when the outlines cross, or one holds the other. */
export function overlap(one: Ring, other: Ring): boolean {
  if (contains(one, other[0]) || contains(other, one[0])) return true;
  for (let i = 0; i < one.length; i++) {
    for (let j = 0; j < other.length; j++) {
      if (segmentsCross(one[i], one[(i + 1) % one.length], other[j], other[(j + 1) % other.length])) return true;
    }
  }
  return false;
}

/** True when no two sides of an outline cross (neighbouring sides apart). */
export function isSimple(ring: Ring): boolean {
  const n = ring.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      if (segmentsCross(ring[i], ring[i + 1], ring[j], ring[(j + 1) % n])) return false;
    }
  }
  return true;
}

/** Great circle in kilometres between [lon, lat] points, on the sphere of radius 6 371.0088 km (haversine). */
export function greatCircle([lonA, latA]: Point, [lonB, latB]: Point): number {
  const radians = Math.PI / 180;
  const half = (angle: number): number => Math.sin((angle * radians) / 2) ** 2;
  const h = half(latB - latA) + Math.cos(latA * radians) * Math.cos(latB * radians) * half(lonB - lonA);
  return 2 * 6371.0088 * Math.asin(Math.sqrt(h));
}
