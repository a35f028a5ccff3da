import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import type { CommuneType, Land, SampleCommune } from "./communes.ts";
import { contains, distance, distanceToOutline, type Point, type Ring, toDegrees } from "./geometry.ts";
import { neighbourhoodNames } from "./names.ts";
import { stream } from "./stream.ts";

/** A priority neighbourhood of the invented territory. */
export interface SampleQpv {
  readonly code: string;
  readonly name: string;
  /** The commune of its code first; two of them for the neighbourhood that lies across a border. */
  readonly communes: readonly SampleCommune[];
  readonly type: CommuneType;
  readonly population: number;
  /** In local kilometres. */
  readonly ring: Ring;
  /** As written: [lon, lat], four decimals. */
  readonly written: Ring;
}

/** Quantiles of the populations, after the 105 real neighbourhoods of Occitanie: least, quartiles, 90 % and most (the giant is apart). */
const populationQuantiles: readonly (readonly [number, number])[] = [
  [0, 1000],
  [0.25, 1290],
  [0.5, 2060],
  [0.75, 3420],
  [0.92, 6100],
  [1, 11_800],
];
const GIANT_POPULATION = 21_640;
const inhabitantsPerSquareKm: Readonly<Record<CommuneType, number>> = {
  métropole: 9500,
  "ville littorale": 6800,
  "petite ville": 4600,
  autre: 4000,
};

function populationAt(share: number): number {
  const upper = Math.max(
    1,
    populationQuantiles.findIndex(([p]) => p >= share),
  );
  const [[p0, low], [p1, high]] = [populationQuantiles[upper - 1], populationQuantiles[upper]];
  return Math.round(low * (high / low) ** ((share - p0) / (p1 - p0)));
}

/** Town blocks of a street grid, grown at random around a first one until there are enough; holes and corner contacts are filled. */
function growBlocks(count: number, random: Random): Set<string> {
  const blocks = new Set(["0,0"]);
  const key = (i: number, j: number): string => `${i},${j}`;
  while (blocks.size < count) {
    const edge: { at: string; weight: number }[] = [];
    const seen = new Set<string>();
    for (const block of blocks) {
      const [i, j] = block.split(",").map(Number);
      for (const [di, dj] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        const at = key(i + di, j + dj);
        if (blocks.has(at) || seen.has(at)) continue;
        seen.add(at);
        edge.push({ at, weight: 1 / (1 + ((i + di) ** 2 + ((j + dj) * 1.3) ** 2) / count) ** 2 });
      }
    }
    const chosen = weightedIndex(
      random,
      edge.map(({ weight }) => weight),
    );
    blocks.add(edge[chosen].at);
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of [...blocks]) {
      const [i, j] = block.split(",").map(Number);
      for (const [di, dj] of [
        [1, 1],
        [1, -1],
      ]) {
        if (blocks.has(key(i + di, j + dj)) && !blocks.has(key(i + di, j)) && !blocks.has(key(i, j + dj))) {
          blocks.add(key(i + di, j));
          changed = true;
        }
      }
      for (const [di, dj] of [
        [1, 0],
        [0, 1],
      ]) {
        const hole = key(i + di, j + dj);
        const around = [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ].filter(([a, b]) => blocks.has(key(i + di + a, j + dj + b))).length;
        if (!blocks.has(hole) && around >= 3) {
          blocks.add(hole);
          changed = true;
        }
      }
    }
  }
  return blocks;
}

/** The outer outline of the blocks: their sides put end to end, counter-clockwise; the longest one if larger holes remain. */
function blocksOutline(blocks: ReadonlySet<string>): [number, number][] {
  const next = new Map<string, [number, number]>();
  for (const block of blocks) {
    const [i, j] = block.split(",").map(Number);
    const has = (a: number, b: number): boolean => blocks.has(`${a},${b}`);
    if (!has(i, j - 1)) next.set(`${i},${j}`, [i + 1, j]);
    if (!has(i + 1, j)) next.set(`${i + 1},${j}`, [i + 1, j + 1]);
    if (!has(i, j + 1)) next.set(`${i + 1},${j + 1}`, [i, j + 1]);
    if (!has(i - 1, j)) next.set(`${i},${j + 1}`, [i, j]);
  }
  let longest: [number, number][] = [];
  while (next.size > 0) {
    const ring: [number, number][] = [];
    let at = next.keys().next().value as string;
    for (let to = next.get(at); to !== undefined; to = next.get(at)) {
      ring.push(to);
      next.delete(at);
      at = `${to[0]},${to[1]}`;
    }
    if (ring.length > longest.length) longest = ring;
  }
  return longest;
}

/** An irregular neighbourhood around the origin, in kilometres: turned street grid, corners off the straight line, winding sides. */
function footprint(squareKm: number, random: Random): Point[] {
  const count = Math.round(Math.min(70, 14 + 22 * Math.sqrt(squareKm)));
  const blocks = growBlocks(count, random);
  const side = Math.sqrt(squareKm / blocks.size);
  const angle = random() * Math.PI;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const outline = blocksOutline(blocks);
  const bent = outline.map(([i, j]): Point => [i + (random() - 0.5) * 0.42, j + (random() - 0.5) * 0.42]);
  const middle: Point = [
    bent.reduce((sum, [x]) => sum + x, 0) / bent.length,
    bent.reduce((sum, [, y]) => sum + y, 0) / bent.length,
  ];
  const withMidpoints = bent.flatMap((a, i): Point[] => {
    const b = bent[(i + 1) % bent.length];
    const shift = (random() - 0.5) * 0.16;
    return [a, [(a[0] + b[0]) / 2 - (b[1] - a[1]) * shift, (a[1] + b[1]) / 2 + (b[0] - a[0]) * shift]];
  });
  return withMidpoints.map(([x, y]) => {
    const [u, v] = [(x - middle[0]) * side, (y - middle[1]) * side];
    return [u * cos - v * sin, u * sin + v * cos];
  });
}

interface Placed {
  readonly ring: Point[];
  readonly centre: Point;
  readonly radius: number;
}

/** Puts a footprint in a commune: inside with 120 m to spare, at 150 m or more from the others, as near the town centre as chance wants. */
function place(
  commune: SampleCommune,
  shape: readonly Point[],
  others: readonly Placed[],
  reach: number,
  random: Random,
): Placed | null {
  const radius = Math.max(...shape.map((p) => Math.hypot(...p)));
  for (let trial = 0; trial < 900; trial++) {
    const angle = random() * 2 * Math.PI;
    const far = reach * (0.25 + 0.75 * Math.sqrt(random()) + trial / 600);
    const centre: Point = [commune.centre[0] + far * Math.cos(angle), commune.centre[1] + far * Math.sin(angle)];
    if (!contains(commune.ring, centre) || distanceToOutline(commune.ring, centre) < radius + 0.12) continue;
    if (others.some((other) => distance(other.centre, centre) < other.radius + radius + 0.15)) continue;
    return { ring: shape.map(([x, y]): Point => [centre[0] + x, centre[1] + y]), centre, radius };
  }
  return null;
}

/** The point of the border of two communes that is nearest to the middle of their centres, away from any third commune. */
function borderPoint(one: SampleCommune, other: SampleCommune): Point {
  const key = ([x, y]: Point): string => `${x.toFixed(9)} ${y.toFixed(9)}`;
  const shared = new Set(other.ring.map(key));
  const common = one.ring.filter((p) => shared.has(key(p)));
  return common[Math.floor(common.length / 2)];
}

/** Gives every neighbourhood a population: the metropolis has the larger ones more often, and the giant. */
function populations(hosts: readonly SampleCommune[], random: Random): number[] {
  const count = hosts.length - 1;
  const values = Array.from({ length: count }, (_, i) => populationAt((i + random()) / count)).sort((a, b) => a - b);
  const shift: Readonly<Record<CommuneType, number>> = {
    métropole: 0.9,
    "ville littorale": 0,
    "petite ville": -0.9,
    autre: 0,
  };
  const scores = hosts.slice(1).map(({ type }, i) => ({ i, score: shift[type] + normal(random) }));
  const result = new Array<number>(count);
  scores.sort((a, b) => a.score - b.score);
  for (const [rank, { i }] of scores.entries()) result[i] = values[rank];
  return [GIANT_POPULATION, ...result];
}

/** The 78 neighbourhoods. The first host is the heart of the metropolis, which holds the giant one. */
export function makeNeighbourhoods({ communes }: Land, seed: number): readonly SampleQpv[] {
  const random = stream(seed, "quartiers");
  const [centre, ...rest] = [...communes]
    .filter(({ neighbourhoods }) => neighbourhoods > 0)
    .sort((a, b) => Number(b.isCentre) - Number(a.isCentre));
  const hosts = [centre, ...rest].flatMap((commune) => Array.from({ length: commune.neighbourhoods }, () => commune));
  const inhabitants = populations(hosts, random);
  const across = hosts.findIndex(({ type, isCentre }) => type === "métropole" && !isCentre);
  const placed: Placed[] = [];
  const drafts = hosts.map((commune, i) => {
    const towers = inhabitants[i] === GIANT_POPULATION ? 1.6 : 1;
    const squareKm = inhabitants[i] / (towers * inhabitantsPerSquareKm[commune.type] * (0.8 + 0.4 * random()));
    if (i === across) {
      const middle = borderPoint(commune, centre);
      const shape = footprint(Math.max(0.35, squareKm), random);
      const ring = shape.map(([x, y]): Point => [middle[0] + x, middle[1] + y]);
      placed.push({ ring, centre: middle, radius: Math.max(...shape.map((p) => Math.hypot(...p))) });
      return { ring, communes: [commune, centre] };
    }
    for (let shrink = 1; shrink > 0.1; shrink *= 0.93) {
      const shape = footprint(squareKm * shrink, random);
      const reach = commune.isCentre ? 2.6 : commune.type === "petite ville" ? 0.9 : 1.5;
      const found = place(commune, shape, placed, reach, random);
      if (!found) continue;
      placed.push(found);
      return { ring: found.ring, communes: [commune] };
    }
    throw new RangeError(`Plus de place pour un quartier dans ${commune.name}`);
  });
  const numbered = drafts
    .map((draft, i) => ({ ...draft, i }))
    .sort((a, b) =>
      a.communes[0].code < b.communes[0].code ? -1 : a.communes[0].code > b.communes[0].code ? 1 : a.i - b.i,
    );
  return numbered.map(
    ({ ring, communes: hostsOfIt, i }, rank): SampleQpv => ({
      code: `QP000${String(rank + 1).padStart(3, "0")}`,
      name: neighbourhoodNames[i],
      communes: hostsOfIt,
      type: hostsOfIt[0].type,
      population: inhabitants[i],
      ring,
      written: ring.map(toDegrees),
    }),
  );
}
