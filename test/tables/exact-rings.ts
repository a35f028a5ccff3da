import type { Shape } from "../../src/codes/shape.ts";
import type { BorderRule } from "../../src/tables/point-in-polygon.ts";

/** A coordinate as an integer of 2^-40: exact for what the tests draw. */
const big = (value: number): bigint => {
  const scaled = value * 2 ** 40;
  if (!Number.isInteger(scaled)) throw new Error(`${value} is not exact here`);
  return BigInt(scaled);
};

/** Twice the area of the triangle a, b, p, in exact integers. */
export function exactTurn(ax: number, ay: number, bx: number, by: number, px: number, py: number): bigint {
  const [x, y] = [big(px), big(py)];
  return (big(ax) - x) * (big(by) - y) - (big(ay) - y) * (big(bx) - x);
}

/** The slow and exact version: every edge of every ring, in integers of any size. */
export function exactHolds({ polygons }: Shape, x: number, y: number, border: BorderRule): boolean {
  if (Number.isNaN(x) || Number.isNaN(y)) return false;
  return polygons.some((rings) => {
    let [odd, on] = [false, false];
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const [ax, ay] = [ring[i], ring[i + 1]];
        const [bx, by] = [ring[(i + 2) % ring.length], ring[(i + 3) % ring.length]];
        if (ax === bx && ay === by) continue;
        const turn = exactTurn(ax, ay, bx, by, x, y);
        const within = x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
        if (turn === 0n && within) on = true;
        if (ay <= y && by > y && turn > 0n) odd = !odd;
        if (by <= y && ay > y && turn < 0n) odd = !odd;
      }
    }
    if (border === "intersects") return odd || on;
    return border === "within" ? odd && !on : odd;
  });
}

/** A fraction of integers, reduced when asked. */
interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}
const fraction = (n: bigint, d = 1n): Fraction => (d < 0n ? { n: -n, d: -d } : { n, d });
const sum = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
const product = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
const negative = (a: Fraction): Fraction => fraction(-a.n, a.d);
const compare = (a: Fraction, b: Fraction): number =>
  Number(a.n * b.d - b.n * a.d > 0n) - Number(a.n * b.d - b.n * a.d < 0n);

/** Area common to shapes of integer coordinates, by bands between all vertices and crossings, in fractions: even-odd by polygon, union of a shape's polygons. */
export function exactCommonArea(shapes: readonly Shape[]): number {
  const edges = shapes.flatMap(({ polygons }, shape) =>
    polygons.flatMap((rings, polygon) =>
      rings.flatMap((ring) =>
        Array.from({ length: ring.length / 2 }, (_, k) => {
          const a = [BigInt(ring[2 * k]), BigInt(ring[2 * k + 1])] as const;
          const b = [BigInt(ring[(2 * k + 2) % ring.length]), BigInt(ring[(2 * k + 3) % ring.length])] as const;
          const [from, to] = a[0] < b[0] ? [a, b] : [b, a];
          return { from, to, shape, polygon: `${shape}.${polygon}` };
        }),
      ),
    ),
  );
  const upright = edges.filter(({ from, to }) => from[0] !== to[0]);
  const slope = ({ from, to }: (typeof edges)[number]): Fraction => fraction(to[1] - from[1], to[0] - from[0]);
  const height = (edge: (typeof edges)[number], x: Fraction): Fraction =>
    sum(fraction(edge.from[1]), product(slope(edge), sum(x, fraction(-edge.from[0]))));
  const stops: Fraction[] = upright.flatMap(({ from, to }) => [fraction(from[0]), fraction(to[0])]);
  upright.forEach((a, i) => {
    for (const b of upright.slice(i + 1)) {
      const difference = sum(slope(a), negative(slope(b)));
      if (difference.n === 0n) continue;
      const gap = sum(height(b, fraction(0n)), negative(height(a, fraction(0n))));
      stops.push(product(gap, fraction(difference.d, difference.n)));
    }
  });
  stops.sort(compare);
  let area = fraction(0n);
  for (let i = 1; i < stops.length; i++) {
    const [from, to] = [stops[i - 1] as Fraction, stops[i] as Fraction];
    if (compare(from, to) === 0) continue;
    const middle = product(sum(from, to), fraction(1n, 2n));
    const crossed = upright
      .filter((edge) => compare(fraction(edge.from[0]), middle) < 0 && compare(middle, fraction(edge.to[0])) < 0)
      .map((edge) => ({ edge, y: height(edge, middle) }))
      .sort((a, b) => compare(a.y, b.y));
    const open = new Set<string>();
    let before = fraction(0n);
    for (const { edge, y } of crossed) {
      if (shapes.every((_, shape) => [...open].some((polygon) => polygon.startsWith(`${shape}.`))))
        area = sum(area, product(sum(y, negative(before)), sum(to, negative(from))));
      before = y;
      if (!open.delete(edge.polygon)) open.add(edge.polygon);
    }
    // Kept short: the fractions grow at each sum.
    const shift = BigInt(Math.max(0, area.d.toString(2).length - 200));
    area = { n: area.n >> shift, d: area.d >> shift };
  }
  const shift = BigInt(Math.max(0, area.d.toString(2).length - 60));
  return Number(area.n >> shift) / Number(area.d >> shift);
}
