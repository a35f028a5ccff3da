import { normal, type Random } from "../../codes/random.ts";
import type { SampleCommune } from "./communes.ts";
import { irisCode, irisCount } from "./facilities.ts";
import {
  contains,
  distance,
  isSimple,
  type Point,
  type Ring,
  round4,
  signedArea,
  toDegrees,
  toKilometres,
} from "./geometry.ts";
import { stream } from "./stream.ts";

/** An IRIS: a part of a large commune, or a whole small one. */
export interface SampleIris {
  /** Nine characters: the commune and four digits, 0000 for a commune that is not divided. */
  readonly code: string;
  readonly commune: SampleCommune;
  readonly name: string;
  /** As written: [lon, lat], four decimals. The parts of a commune have their corners in common: they leave no gap. */
  readonly ring: Ring;
}

/** Points that tell where people live, denser near the centre: what the parts of a commune share evenly. */
const POINTS_A_PART = 16;
const CANDIDATES = 36;

/** Cuts the communes of 10 000 inhabitants or more into parts of about the same population, corner to corner. */
export function makeIris(
  communes: readonly SampleCommune[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly SampleIris[] {
  return communes.flatMap((commune): SampleIris[] => {
    const ring = commune.ring.map(toDegrees);
    const parts = irisCount(populations.get(commune.code) ?? 0);
    if (parts === 0)
      return [{ code: `${commune.code}0000`, commune, name: `${commune.name} (commune non irisée)`, ring }];
    const random = stream(seed, `iris ${commune.code}`);
    const spread = 0.5 + 0.9 * Math.sqrt((populations.get(commune.code) ?? 0) / 60_000);
    const points: Point[] = [];
    while (points.length < POINTS_A_PART * parts) {
      const p: Point = [
        commune.centre[0] + 1.2 * spread * normal(random),
        commune.centre[1] + 1.2 * spread * normal(random),
      ];
      if (contains(commune.ring, p)) points.push(toDegreesFree(p));
    }
    const rings = divide(ring, points, parts, random);
    return rings.map((part, rank) => ({
      code: irisCode(commune.code, rank).replace("_", ""),
      commune,
      name: `${commune.name} ${rank + 1}`,
      ring: part,
    }));
  });
}

const origin = toDegrees([0, 0]);
const [perKmX, perKmY] = [toDegrees([1000, 0])[0] - origin[0], toDegrees([0, 1000])[1] - origin[1]];
/** Degrees without rounding. */
const toDegreesFree = ([x, y]: Point): Point => [origin[0] + (x * perKmX) / 1000, origin[1] + (y * perKmY) / 1000];

/** Cuts a polygon in two along a line between two of its corners, the points shared as the parts are, again and again. */
function divide(ring: Ring, points: readonly Point[], parts: number, random: Random): Ring[] {
  if (parts === 1) return [ring];
  const first = parts >> 1;
  for (const [i, j] of bestChords(ring, points, first / parts, random)) {
    for (const path of [bentPath(ring[i], ring[j], random), []]) {
      const one: Ring = [...ring.slice(i, j + 1), ...[...path].reverse()];
      const other: Ring = [...ring.slice(j), ...ring.slice(0, i + 1), ...path];
      if (one.length < 3 || other.length < 3 || !isSimple(one) || !isSimple(other)) continue;
      if (signedArea(one) <= 0 || signedArea(other) <= 0) continue;
      const inOne = points.filter((p) => contains(one, p));
      const inOther = points.filter((p) => !contains(one, p));
      return [...divide(one, inOne, first, random), ...divide(other, inOther, parts - first, random)];
    }
  }
  throw new RangeError("no way to cut this commune");
}

/** Pairs of corners that see each other, those whose line shares the points best first, short lines preferred. */
function bestChords(ring: Ring, points: readonly Point[], share: number, random: Random): [number, number][] {
  const size = Math.sqrt(signedArea(ring.map(toKilometres)));
  const found: { pair: [number, number]; score: number }[] = [];
  for (let trial = 0; trial < 3_000 && found.length < CANDIDATES; trial++) {
    const a = Math.floor(random() * ring.length);
    const b = Math.floor(random() * ring.length);
    const [i, j] = a < b ? [a, b] : [b, a];
    if (j - i < 2 || ring.length - (j - i) < 2 || !see(ring, i, j)) continue;
    const one = ring.slice(i, j + 1);
    let inside = 0;
    for (const p of points) if (contains(one, p)) inside++;
    const length = distance(toKilometres(ring[i]), toKilometres(ring[j]));
    const off = points.length === 0 ? 0.5 : Math.abs(inside / points.length - share);
    found.push({ pair: [i, j], score: off + (0.08 * length) / size + (length < 0.15 ? 1 : 0) });
  }
  return found.sort((x, y) => x.score - y.score).map(({ pair }) => pair);
}

/** Whether the straight line between two corners stays inside: its middle is, and it crosses no side. */
function see(ring: Ring, i: number, j: number): boolean {
  const [a, b] = [ring[i], ring[j]];
  if (!contains(ring, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])) return false;
  const turn = (p: Point, q: Point, r: Point): number =>
    Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  for (let k = 0; k < ring.length; k++) {
    const next = (k + 1) % ring.length;
    if (k === i || k === j || next === i || next === j) continue;
    if (turn(a, b, ring[k]) !== turn(a, b, ring[next]) && turn(ring[k], ring[next], a) !== turn(ring[k], ring[next], b))
      return false;
  }
  return true;
}

/** Points between two corners, every 250 m or so, a little off the straight line, four decimals. */
function bentPath(from: Point, to: Point, random: Random): Point[] {
  const parts = Math.round(distance(toKilometres(from), toKilometres(to)) / 0.25);
  return Array.from({ length: Math.max(0, parts - 1) }, (_, k): Point => {
    const t = (k + 1) / parts;
    const off = ((random() - 0.5) * 0.3) / parts;
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    return [round4(from[0] + t * dx - off * dy), round4(from[1] + t * dy + off * dx)];
  });
}
