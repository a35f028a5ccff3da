import { QuartiersError } from "../../codes/errors.ts";
import { kmOfSquaredChord, type Points } from "./great-circle.ts";
import { keepSmallest, sortSmallest } from "./smallest.ts";

/** The k nearest of each query, nearest first, `k` entries a query. */
export interface NearestOnSphere {
  /** Row of each neighbour; -1 when there are fewer than k. */
  readonly index: Int32Array;
  /** Great-circle distance in kilometres; Infinity when there are fewer than k. */
  readonly km: Float64Array;
}

/** Points sorted by cells of latitude and longitude, with their angles in that order: build once, ask many times. */
export interface SphereGrid {
  readonly minLon: number;
  readonly minLat: number;
  /** Size of a cell, degrees. */
  readonly cellLon: number;
  readonly cellLat: number;
  readonly columns: number;
  readonly rows: number;
  /** Where the points of each cell begin in `order`; the cells of one row follow one another. */
  readonly starts: Int32Array;
  /** Row of each point of the grid in the columns given. */
  readonly order: Int32Array;
  /** Longitude and latitude of each point of the grid in radians, one after the other: a row of cells is read in one run of memory. */
  readonly angles: Float64Array;
  /** Cosine of the latitude farthest from the equator: no point has a shorter degree of longitude. */
  readonly leastCosine: number;
}

const radians = Math.PI / 180;

/**
 * Sorts points in degrees into a grid of about two points a cell, square in kilometres at the middle latitude. Points without a place (NaN) are left out. O(n).
 * @throws QuartiersError when they spread over half the earth or more, where longitudes wrap around
 */
export function sphereGrid({ lon, lat }: Points): SphereGrid {
  let [minLon, maxLon, minLat, maxLat, count] = [Infinity, -Infinity, Infinity, -Infinity, 0];
  for (let i = 0; i < lon.length; i++) {
    if (!(lon[i] + lat[i] < Infinity)) continue;
    if (lon[i] < minLon) minLon = lon[i];
    if (lon[i] > maxLon) maxLon = lon[i];
    if (lat[i] < minLat) minLat = lat[i];
    if (lat[i] > maxLat) maxLat = lat[i];
    count++;
  }
  if (count === 0) [minLon, maxLon, minLat, maxLat] = [0, 0, 0, 0];
  if (maxLon - minLon >= 180)
    throw new QuartiersError({
      what: "Points répartis sur la moitié de la terre ou plus",
      value: `longitudes de ${minLon} à ${maxLon}`,
      expected: "un territoire de moins de 180 degrés de longitude, sans ligne de changement de date",
      remedy: "séparer les points par territoire",
    });
  const middle = Math.max(Math.cos(((minLat + maxLat) / 2) * radians), 1e-3);
  const [width, height] = [(maxLon - minLon) * middle, maxLat - minLat];
  const cellLat = Math.max(Math.sqrt((2 * width * height) / count), (2 * Math.max(width, height)) / count, 1e-9);
  const cellLon = cellLat / middle;
  const columns = Math.floor((maxLon - minLon) / cellLon) + 1;
  const rows = Math.floor((maxLat - minLat) / cellLat) + 1;
  const cells = new Int32Array(lon.length);
  const starts = new Int32Array(columns * rows + 1);
  for (let i = 0; i < lon.length; i++) {
    const known = lon[i] + lat[i] < Infinity;
    cells[i] = known ? Math.floor((lat[i] - minLat) / cellLat) * columns + Math.floor((lon[i] - minLon) / cellLon) : -1;
    if (known) starts[cells[i] + 1]++;
  }
  for (let c = 0; c < columns * rows; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Int32Array(count);
  for (let i = 0; i < lon.length; i++) if (cells[i] >= 0) order[next[cells[i]]++] = i;
  const angles = new Float64Array(2 * count);
  for (let entry = 0; entry < count; entry++) {
    const i = order[entry];
    angles[2 * entry] = lon[i] * radians;
    angles[2 * entry + 1] = lat[i] * radians;
  }
  const leastCosine = Math.max(0, Math.min(Math.cos(minLat * radians), Math.cos(maxLat * radians)));
  return { minLon, minLat, cellLon, cellLat, columns, rows, starts, order, angles, leastCosine };
}

/**
 * The k nearest points of each query on the sphere, exact: a square of cells that holds k points gives a radius, and the cells within that radius are read
 * (rings of cells: Bentley, Weide and Yao 1980). Distances are compared by their haversine, whose sines of small angles are short series: no trigonometry a point. Equal distances: smallest row first. A query without a
 * place (NaN) has no neighbour. Expected O(queries × k) on evenly spread points.
 * @example
 * ```ts
 * const grid = sphereGrid({ lon: Float64Array.of(-1.6778, -1.5536), lat: Float64Array.of(48.1173, 47.2184) });
 * nearestOnSphere(grid, { lon: Float64Array.of(-1.6), lat: Float64Array.of(48) }, 1).index // Int32Array(1) [ 0 ]
 * ```
 */
export function nearestOnSphere(grid: SphereGrid, queries: Points, k: number): NearestOnSphere {
  if (!Number.isInteger(k) || k < 1)
    throw new QuartiersError({
      what: "Nombre de voisins impossible",
      value: String(k),
      expected: "un entier d'au moins 1",
    });
  const count = queries.lon.length;
  const index = new Int32Array(count * k).fill(-1);
  const km = new Float64Array(count * k).fill(Number.POSITIVE_INFINITY);
  const search = searcher(grid, Math.min(k, grid.order.length));
  for (let query = 0; query < count; query++) {
    if (!(queries.lon[query] + queries.lat[query] < Infinity) || grid.order.length === 0) continue;
    search(queries.lon[query], queries.lat[query], query * k, index, km);
  }
  return { index, km };
}

/** sin(u): five terms, exact to the last bit or so under 0.06 (380 km for a half-angle). */
function sineOf(u: number): number {
  const square = u * u;
  if (square > 0.0036) return Math.sin(u);
  return u * (1 - (square / 6) * (1 - (square / 20) * (1 - (square / 42) * (1 - square / 72))));
}

type Search = (lon: number, lat: number, base: number, index: Int32Array, km: Float64Array) => void;

function searcher(grid: SphereGrid, k: number): Search {
  const { minLon, minLat, cellLon, cellLat, columns, rows, starts, order, angles, leastCosine } = grid;
  const capacity = order.length;
  const firstReach = Math.max(0, Math.floor((Math.sqrt(k / 2) - 1) / 2));
  let squared = new Float64Array(Math.min(capacity, 4 * k + 64));
  let found = new Int32Array(squared.length);
  const grow = (least: number): void => {
    const [widerSquared, widerFound] = [new Float64Array(2 * least), new Int32Array(2 * least)];
    widerSquared.set(squared);
    widerFound.set(found);
    [squared, found] = [widerSquared, widerFound];
  };
  return (lon, lat, base, index, km) => {
    const cosine = Math.cos(lat * radians);
    const sine = Math.sin(lat * radians);
    const column = Math.min(columns - 1, Math.max(0, Math.floor((lon - minLon) / cellLon)));
    const row = Math.min(rows - 1, Math.max(0, Math.floor((lat - minLat) / cellLat)));
    let length = 0;
    /** Reads the cells `from` to `to` of a row, whose points follow one another. */
    const read = (r: number, from: number, to: number, limit: number): void => {
      const start = starts[r * columns + from];
      const end = starts[r * columns + to + 1];
      if (length + end - start > squared.length) grow(length + end - start);
      for (let entry = start; entry < end; entry++) {
        const halfLon = (angles[2 * entry] - lon * radians) / 2;
        const halfLat = (angles[2 * entry + 1] - lat * radians) / 2;
        const sineLon = sineOf(halfLon);
        const sineLat = sineOf(halfLat);
        // The cosine of the point's latitude, from the query's and the difference.
        const pointCosine =
          cosine * (1 - 2 * sineLat * sineLat) - sine * 2 * sineLat * Math.sqrt(1 - sineLat * sineLat);
        const haversine = sineLat * sineLat + cosine * pointCosine * sineLon * sineLon;
        if (haversine > limit) continue;
        squared[length] = haversine;
        found[length++] = order[entry];
      }
    };
    // The smallest square around the query's cell that holds k points.
    let reach = firstReach;
    let left = 0;
    let right = 0;
    let low = 0;
    let high = 0;
    for (;;) {
      left = Math.max(0, column - reach);
      right = Math.min(columns - 1, column + reach);
      low = Math.max(0, row - reach);
      high = Math.min(rows - 1, row + reach);
      let inside = 0;
      for (let r = low; r <= high; r++) inside += starts[r * columns + right + 1] - starts[r * columns + left];
      if (inside >= k) break;
      reach += 1 + (reach >> 2);
    }
    for (let r = low; r <= high; r++) read(r, left, right, Number.POSITIVE_INFINITY);
    keepSmallest(squared, found, length, k);
    length = k;
    let limit = 0;
    for (let i = 0; i < k; i++) if (squared[i] > limit) limit = squared[i];
    // haversine = sin² Δlat/2 + cos lat cos lat' sin² Δlon/2: hence bounds on each difference of what is as near.
    const half = Math.min(1, Math.sqrt(limit));
    const spanLat = (2 * Math.asin(half)) / radians + 1e-9;
    const slant = Math.sqrt(cosine * leastCosine);
    const spanLon = half < slant ? (2 * Math.asin(half / slant)) / radians + 1e-9 : 360;
    const clampColumn = (degrees: number): number =>
      Math.min(columns - 1, Math.max(0, Math.floor((degrees - minLon) / cellLon)));
    const clampRow = (degrees: number): number =>
      Math.min(rows - 1, Math.max(0, Math.floor((degrees - minLat) / cellLat)));
    const [west, east] = [clampColumn(lon - spanLon), clampColumn(lon + spanLon)];
    for (let r = clampRow(lat - spanLat); r <= clampRow(lat + spanLat); r++) {
      if (r < low || r > high) {
        read(r, west, east, limit);
        continue;
      }
      if (west < left) read(r, west, left - 1, limit);
      if (east > right) read(r, right + 1, east, limit);
    }
    if (length > k) keepSmallest(squared, found, length, k);
    sortSmallest(squared, found, k);
    for (let i = 0; i < k; i++) {
      index[base + i] = found[i];
      km[base + i] = kmOfSquaredChord(4 * squared[i]);
    }
  };
}
