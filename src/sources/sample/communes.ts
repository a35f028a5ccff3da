import type { Random } from "../../codes/random.ts";
import {
  centroid,
  contains,
  distance,
  distanceToOutline,
  type Point,
  type Ring,
  signedArea,
  voronoi,
} from "./geometry.ts";
import { communeNames } from "./names.ts";
import { stream } from "./stream.ts";

/** What the programme's lesson sets apart: the remedy differs between a metropolis, a coastal town and a small town. */
export type CommuneType = "métropole" | "ville littorale" | "petite ville" | "autre";

/** A commune of the invented territory, in local kilometres. */
export interface SampleCommune {
  readonly code: string;
  readonly name: string;
  readonly type: CommuneType;
  readonly isIsland: boolean;
  /** True for the heart of the metropolis. */
  readonly isCentre: boolean;
  /** Priority neighbourhoods to be placed in it. */
  readonly neighbourhoods: number;
  readonly ring: Ring;
  /** The town centre, which is also the point that post and offers use. */
  readonly centre: Point;
}

export interface Land {
  readonly communes: readonly SampleCommune[];
  /** Outlines of the mainland and of the islands. */
  readonly coast: readonly Ring[];
}

const METROPOLIS: Point = [-4.5, 0.8];
const ISLAND: Point = [-33, -20];
const HALF_WIDTH = 49;
const HALF_HEIGHT = 39;

/** Neighbourhoods of the suburbs, of the coastal towns (the last is the island) and of the small towns: 14 + 12 + 25 + 27 = 78, in 32 communes. */
const CENTRE_NEIGHBOURHOODS = 14;
const suburbNeighbourhoods = [4, 3, 3, 2];
const coastalNeighbourhoods = [5, 4, 3, 3, 3, 2, 2, 1, 1];
const islandNeighbourhoods = 1;
const smallTownNeighbourhoods = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1];

/** Above zero on land: an ellipse with bays and capes, and one island apart. */
function landHeight([x, y]: Point, phases: readonly number[]): number {
  const angle = Math.atan2(y / 24.5, x / 34);
  const waves =
    0.16 * Math.sin(3 * angle + phases[0]) +
    0.11 * Math.sin(5 * angle + phases[1]) +
    0.08 * Math.sin(9 * angle + phases[2]);
  const mainland = 1 + waves - Math.hypot(x / 34, y / 24.5);
  const island = 0.14 - Math.hypot(x - ISLAND[0], y - ISLAND[1]) / 34;
  return distance([x, y], ISLAND) < 12.5 ? island : mainland;
}

/** Points no nearer to each other than a spacing that shrinks around the metropolis (dart throwing), then evened out twice (Lloyd 1982). */
function scatter(random: Random): Point[] {
  const spacing = (p: Point): number => (distance(p, METROPOLIS) < 10.5 ? 4.4 : 5.15);
  const points: Point[] = [METROPOLIS, ISLAND];
  for (let dart = 0; dart < 12_000; dart++) {
    const p: Point = [(2 * random() - 1) * HALF_WIDTH, (2 * random() - 1) * HALF_HEIGHT];
    const free = points.every((q, i) => distance(p, q) > (i === 0 ? 6.2 : Math.min(spacing(p), spacing(q))));
    if (free) points.push(p);
  }
  return points;
}

const box: Ring = [
  [-HALF_WIDTH, -HALF_HEIGHT],
  [HALF_WIDTH, -HALF_HEIGHT],
  [HALF_WIDTH, HALF_HEIGHT],
  [-HALF_WIDTH, HALF_HEIGHT],
];

/** Corners that several cells share get one number; corners nearer than 200 m become one, so that no side is shorter. */
function sharedCorners(cells: readonly Ring[]): { corners: Point[]; rings: number[][] } {
  const corners: Point[] = [];
  const rings = cells.map((cell) => {
    const ids = cell.map((corner) => {
      const known = corners.findIndex((other) => distance(other, corner) < 0.2);
      if (known >= 0) return known;
      corners.push(corner);
      return corners.length - 1;
    });
    return ids.filter((id, i) => id !== ids[(i + ids.length - 1) % ids.length]);
  });
  return { corners, rings };
}

/** Makes a straight border winding by displacing midpoints, four times over (Fournier, Fussell and Carpenter 1982). */
function winding(from: Point, to: Point, random: Random): Point[] {
  let line: Point[] = [from, to];
  for (let depth = 0; depth < 4; depth++) {
    const finer: Point[] = [];
    for (let i = 0; i + 1 < line.length; i++) {
      const [a, b] = [line[i], line[i + 1]];
      const shift = (random() - 0.5) * 0.3;
      finer.push(a, [(a[0] + b[0]) / 2 - (b[1] - a[1]) * shift, (a[1] + b[1]) / 2 + (b[0] - a[0]) * shift]);
    }
    line = [...finer, to];
  }
  return line;
}

/** Groups of cells that touch each other. */
function groups(members: readonly number[], neighbours: readonly ReadonlySet<number>[]): number[][] {
  const left = new Set(members);
  const found: number[][] = [];
  for (const start of members) {
    if (!left.delete(start)) continue;
    const group = [start];
    for (let i = 0; i < group.length; i++) {
      for (const next of neighbours[group[i]]) if (left.delete(next)) group.push(next);
    }
    found.push(group);
  }
  return found;
}

/** Outlines of a union of cells: the sides that only one of them has, put end to end. */
function outlines(rings: readonly (readonly number[])[]): number[][] {
  const next = new Map<string, [number, number]>();
  for (const ring of rings) {
    for (const [i, from] of ring.entries()) {
      next.set(`${from}>${ring[(i + 1) % ring.length]}`, [from, ring[(i + 1) % ring.length]]);
    }
  }
  const outer = new Map<number, number>();
  for (const [from, to] of next.values()) if (!next.has(`${to}>${from}`)) outer.set(from, to);
  const found: number[][] = [];
  while (outer.size > 0) {
    const start = outer.keys().next().value as number;
    const ring: number[] = [];
    for (let at: number | undefined = start; at !== undefined && outer.has(at); ) {
      ring.push(at);
      const to: number | undefined = outer.get(at);
      outer.delete(at);
      at = to;
    }
    found.push(ring);
  }
  return found;
}

/** The communes: a tessellation without gaps of an invented land, with its coast. */
export function makeLand(seed: number): Land {
  const random = stream(seed, "contours");
  const phases = [random() * 6.28, random() * 6.28, random() * 6.28];
  let points = scatter(random);
  for (let pass = 0; pass < 2; pass++)
    points = voronoi(points, box).map((cell, i) => (i === 1 ? ISLAND : centroid(cell)));
  const { corners, rings } = sharedCorners(voronoi(points, box));

  const cellsOfSide = new Map<string, number[]>();
  const sideKey = (a: number, b: number): string => (a < b ? `${a}-${b}` : `${b}-${a}`);
  for (const [cell, ring] of rings.entries()) {
    for (const [i, a] of ring.entries()) {
      const key = sideKey(a, ring[(i + 1) % ring.length]);
      cellsOfSide.set(key, [...(cellsOfSide.get(key) ?? []), cell]);
    }
  }
  const neighbours = rings.map(() => new Set<number>());
  for (const [a, b] of cellsOfSide.values()) {
    if (b === undefined) continue;
    neighbours[a].add(b);
    neighbours[b].add(a);
  }

  const all = points.map((_, i) => i);
  const above = new Set(all.filter((i) => i === 1 || landHeight(points[i], phases) > 0));
  const mainland =
    groups(
      all.filter((i) => above.has(i)),
      neighbours,
    ).find((group) => group.includes(0)) ?? [];
  const land = new Set([...mainland, 1]);
  const sea = groups(
    all.filter((i) => !land.has(i)),
    neighbours,
  ).sort((a, b) => b.length - a.length);
  for (const lake of sea.slice(1)) for (const cell of lake) land.add(cell);
  const landCells = all.filter((i) => land.has(i));

  const sides = new Map<string, Point[]>();
  const side = (from: number, to: number): Point[] => {
    const key = sideKey(from, to);
    const [low, high] = from < to ? [from, to] : [to, from];
    const known = sides.get(key) ?? winding(corners[low], corners[high], stream(seed, `bord ${key}`));
    sides.set(key, known);
    return from < to ? known : [...known].reverse();
  };
  const draw = (ring: readonly number[]): Point[] =>
    ring.flatMap((from, i) => side(from, ring[(i + 1) % ring.length]).slice(0, -1));

  const isCoastal = (cell: number): boolean => [...neighbours[cell]].some((other) => !land.has(other));
  const types = assignTypes(landCells, points, isCoastal);
  const named = [...landCells].sort((a, b) => rank(types, a) - rank(types, b) || a - b);
  if (named.length > communeNames.length)
    throw new RangeError(`${named.length} communes for ${communeNames.length} names`);
  const collator = (name: string): string =>
    name
      .normalize("NFD")
      .replace(/[^A-Za-z]/g, "")
      .toLowerCase();
  const byName = named
    .map((cell, i) => ({ cell, name: communeNames[i] }))
    .sort((a, b) => (collator(a.name) < collator(b.name) ? -1 : 1));
  const communes = byName.map(({ cell, name }, i): SampleCommune => {
    const ring = draw(rings[cell]);
    const { type, neighbourhoods } = types.get(cell) ?? { type: "autre", neighbourhoods: 0 };
    const middle = centroid(ring);
    const beach = isCoastal(cell) && type === "ville littorale";
    const shore = rings[cell]
      .map((id) => corners[id])
      .filter((_, at) => {
        const cells = cellsOfSide.get(sideKey(rings[cell][at], rings[cell][(at + 1) % rings[cell].length])) ?? [];
        return cells.some((other) => !land.has(other));
      });
    const toward: Point = beach && shore.length > 0 ? shore[0] : middle;
    const wanted: Point = [middle[0] + 0.3 * (toward[0] - middle[0]), middle[1] + 0.3 * (toward[1] - middle[1])];
    const centre = contains(ring, wanted) && distanceToOutline(ring, wanted) > 0.5 ? wanted : middle;
    return {
      code: String(i + 1).padStart(5, "0"),
      name,
      type,
      neighbourhoods,
      isIsland: cell === 1,
      isCentre: cell === 0,
      ring,
      centre,
    };
  });
  const coast = outlines(landCells.map((cell) => rings[cell]))
    .map(draw)
    .sort((a, b) => signedArea(b) - signedArea(a));
  return { communes, coast };
}

interface Role {
  readonly type: CommuneType;
  readonly neighbourhoods: number;
}

/** Which cell plays which part: suburbs next to the centre, towns far from each other. */
function assignTypes(
  cells: readonly number[],
  points: readonly Point[],
  isCoastal: (cell: number) => boolean,
): Map<number, Role> {
  const roles = new Map<number, Role>([
    [0, { type: "métropole", neighbourhoods: CENTRE_NEIGHBOURHOODS }],
    [1, { type: "ville littorale", neighbourhoods: islandNeighbourhoods }],
  ]);
  const nearest = [...cells]
    .filter((cell) => cell > 1)
    .sort((a, b) => distance(points[a], METROPOLIS) - distance(points[b], METROPOLIS));
  for (const [i, neighbourhoods] of suburbNeighbourhoods.entries())
    roles.set(nearest[i], { type: "métropole", neighbourhoods });
  const spread = (candidates: readonly number[], counts: readonly number[], type: CommuneType): void => {
    for (const neighbourhoods of counts) {
      const free = candidates.filter((cell) => !roles.has(cell) && distance(points[cell], METROPOLIS) > 10);
      const apart = (cell: number): number =>
        Math.min(...[...roles.keys()].map((other) => distance(points[cell], points[other])));
      const [best] = free.sort((a, b) => apart(b) - apart(a) || a - b);
      roles.set(best, { type, neighbourhoods });
    }
  };
  spread(cells.filter(isCoastal), coastalNeighbourhoods, "ville littorale");
  spread(
    cells.filter((cell) => !isCoastal(cell)),
    smallTownNeighbourhoods,
    "petite ville",
  );
  return roles;
}

const order: readonly CommuneType[] = ["métropole", "ville littorale", "petite ville", "autre"];
const rank = (roles: ReadonlyMap<number, Role>, cell: number): number =>
  cell === 0 ? -2 : cell === 1 ? -1 : order.indexOf(roles.get(cell)?.type ?? "autre");
