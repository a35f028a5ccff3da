import { normal } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { contains, type Point, type Ring, toDegrees, toKilometres } from "./geometry.ts";
import type { HouseholdRow } from "./households.ts";
import type { SampleIndicators } from "./indicators.ts";
import { fromLaea, toLaea } from "./laea.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { stream } from "./stream.ts";

/** Side of a square, in metres. */
export const SIDE = 200;

/** An inhabited square of 200 m. */
export interface SampleSquare {
  /** Lower left corner in EPSG:3035, metres. */
  readonly east: number;
  readonly north: number;
  /** The commune of its middle. */
  readonly commune: SampleCommune;
  /** Codes of the communes at its middle and corners, sorted. */
  readonly communes: readonly string[];
  /** Its middle, as [lon, lat]. */
  readonly middle: Point;
  /** Inhabitants outside any neighbourhood. */
  readonly outside: number;
  /** Inhabitants of each neighbourhood that it holds a part of. */
  readonly inside: readonly { readonly qpv: SampleQpv; readonly persons: number }[];
  readonly persons: number;
  readonly households: number;
  readonly poorHouseholds: number;
}

/** "CRS3035RES200mN2029800E4252400": north first, lower left corner. */
export const squareId = (metres: 200 | 1000, { east, north }: { east: number; north: number }): string =>
  `CRS3035RES${metres}mN${Math.floor(north / metres) * metres}E${Math.floor(east / metres) * metres}`;

/** Area of a polygon inside a square, in square metres (Sutherland and Hodgman 1974, then the shoelace). */
export function areaInSquare(ring: Ring, east: number, north: number): number {
  let part: Point[] = [...ring];
  for (const [axis, limit, sign] of [
    [0, east, 1],
    [0, east + SIDE, -1],
    [1, north, 1],
    [1, north + SIDE, -1],
  ] as const) {
    const kept: Point[] = [];
    for (let i = 0; i < part.length; i++) {
      const [here, next] = [part[i], part[(i + 1) % part.length]];
      const [a, b] = [sign * (here[axis] - limit), sign * (next[axis] - limit)];
      if (a >= 0) kept.push(here);
      if (a >= 0 !== b >= 0) {
        const t = a / (a - b);
        kept.push([here[0] + t * (next[0] - here[0]), here[1] + t * (next[1] - here[1])]);
      }
    }
    part = kept;
  }
  let twice = 0;
  for (let i = 0; i < part.length; i++) {
    const [a, b] = [part[i], part[(i + 1) % part.length]];
    twice += (a[0] - east) * (b[1] - north) - (b[0] - east) * (a[1] - north);
  }
  return Math.abs(twice) / 2;
}

/** Shares a whole number in proportion to weights: whole parts, the largest remainders rounded up. */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map(Math.floor);
  let left = total - parts.reduce((a, b) => a + b, 0);
  const order = exact.map((value, i) => ({ i, rest: value - parts[i] })).sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) if (left-- > 0) parts[i]++;
  return parts;
}

interface Draft {
  readonly east: number;
  readonly north: number;
  readonly middle: Point;
  readonly commune: SampleCommune;
  readonly inside: { qpv: SampleQpv; area: number; persons: number }[];
  weight: number;
  outside: number;
}

/**
 * The inhabited squares of the communes that hold a neighbourhood. The persons of each neighbourhood are shared among its squares by area,
 * the others of the commune around its centre: sums by neighbourhood and by commune are exact.
 */
export function makeSquares(
  { communes }: Land,
  indicators: readonly SampleIndicators[],
  households: readonly HouseholdRow[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly SampleSquare[] {
  const random = stream(seed, "carreaux");
  const towns = communes.filter(({ neighbourhoods }) => neighbourhoods > 0);
  const drafts = towns.flatMap((commune) => squaresOf(commune, populations.get(commune.code) ?? 0, random));
  const byPlace = new Map(drafts.map((draft) => [`${draft.east} ${draft.north}`, draft]));
  for (const { qpv } of indicators) {
    const ring = qpv.written.map(([lon, lat]): Point => toLaea(lon, lat));
    const touched: Draft[] = [];
    for (const { east, north } of covering(ring)) {
      const draft = byPlace.get(`${east} ${north}`);
      const area = draft ? areaInSquare(ring, east, north) : 0;
      if (!draft || area < 1) continue;
      draft.inside.push({ qpv, area, persons: 0 });
      touched.push(draft);
    }
    const last = touched.map(({ inside }) => inside[inside.length - 1]);
    shareOut(
      qpv.population,
      last.map(({ area }) => area),
    ).forEach((persons, i) => {
      last[i].persons = persons;
    });
  }
  for (const commune of towns) {
    const own = drafts.filter((draft) => draft.commune === commune);
    const priority = own.reduce((sum, { inside }) => sum + inside.reduce((all, { persons }) => all + persons, 0), 0);
    const weights = own.map(
      ({ weight, inside }) => weight * (1 - inside.reduce((sum, { area }) => sum + area, 0) / SIDE ** 2),
    );
    shareOut(
      (populations.get(commune.code) ?? 0) - priority,
      weights.map((weight) => Math.max(0, weight)),
    ).forEach((persons, i) => {
      own[i].outside = persons;
    });
  }
  const size = new Map<string, number>();
  const rate = new Map(indicators.map(({ qpv, written }) => [qpv.code, Number(written.tp60) / 100]));
  for (const { qpv } of indicators) {
    const own = households.filter((row) => row.qpv === qpv.code);
    size.set(qpv.code, qpv.population / own.reduce((sum, row) => sum + row.households, 0));
  }
  return drafts.flatMap(({ east, north, middle, commune, inside, outside }): SampleSquare[] => {
    const persons = outside + inside.reduce((sum, part) => sum + part.persons, 0);
    if (persons === 0) return [];
    const outsideHouseholds = outside / 2.15;
    const inHouseholds = inside.map(({ qpv, persons: count }) => count / (size.get(qpv.code) as number));
    const total = Math.max(1, Math.round(outsideHouseholds + inHouseholds.reduce((a, b) => a + b, 0)));
    const poor = inside.reduce(
      (sum, { qpv }, i) => sum + inHouseholds[i] * (rate.get(qpv.code) as number),
      0.11 * outsideHouseholds,
    );
    return [
      {
        east,
        north,
        middle,
        commune,
        communes: communesAt(towns.includes(commune) ? communes : [], commune, east, north),
        outside,
        inside: inside.filter((part) => part.persons > 0).map(({ qpv, persons: count }) => ({ qpv, persons: count })),
        persons,
        households: Math.min(persons, total),
        poorHouseholds: Math.min(persons, total, Math.round(poor * Math.exp(0.15 * normal(random)))),
      },
    ];
  });
}

/** Squares of the grid that cover a polygon in metres. */
function covering(ring: Ring): { east: number; north: number }[] {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  const found: { east: number; north: number }[] = [];
  for (let east = Math.floor(Math.min(...xs) / SIDE) * SIDE; east <= Math.max(...xs); east += SIDE)
    for (let north = Math.floor(Math.min(...ys) / SIDE) * SIDE; north <= Math.max(...ys); north += SIDE)
      found.push({ east, north });
  return found;
}

function squaresOf(commune: SampleCommune, population: number, random: () => number): Draft[] {
  const ring = commune.ring.map(toDegrees);
  const spread = 0.55 + 0.9 * Math.sqrt(population / 60_000);
  return covering(ring.map(([lon, lat]): Point => toLaea(lon, lat))).flatMap(({ east, north }): Draft[] => {
    const middle = fromLaea(east + SIDE / 2, north + SIDE / 2);
    if (!contains(ring, middle)) return [];
    const [x, y] = toKilometres(middle);
    const away = Math.hypot(x - commune.centre[0], y - commune.centre[1]) / spread;
    const empty = random() > (away < 1 ? 0.97 : away < 1.8 ? 0.6 : 0.12);
    const weight = empty ? 0 : (Math.exp(-0.5 * away * away) + 0.004) * Math.exp(0.6 * normal(random));
    return [{ east, north, middle, commune, inside: [], weight, outside: 0 }];
  });
}

/** Codes of the communes at the middle and the corners of a square. */
function communesAt(communes: readonly SampleCommune[], own: SampleCommune, east: number, north: number): string[] {
  const codes = new Set([own.code]);
  for (const [dx, dy] of [
    [0, 0],
    [SIDE, 0],
    [0, SIDE],
    [SIDE, SIDE],
  ]) {
    const corner = toKilometres(fromLaea(east + dx, north + dy));
    if (contains(own.ring, corner)) continue;
    const other = communes.find((commune) => commune !== own && contains(commune.ring, corner));
    if (other) codes.add(other.code);
  }
  return [...codes].sort();
}
