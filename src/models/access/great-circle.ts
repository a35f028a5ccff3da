import { greatCircleModule, LARGEST_CHORD } from "./great-circle-module.ts";

/** Mean radius of the earth in metres (IUGG R1), the sphere of every distance « à vol d'oiseau » of the laboratory. */
export const EARTH_RADIUS_METRES = 6_371_008.8;

/** Points in degrees of WGS 84, columns of equal length. NaN where the place is not known. */
export interface Points {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

const radians = Math.PI / 180;
const earthRadiusKm = EARTH_RADIUS_METRES / 1000;
/**
 * Kilometres by squared chord between unit vectors: R × (1, 1/6, 3/40, …) / 4^n, the series of 2 R arcsine(chord / 2) over the chord. Eight terms are exact to 1e-13 under
 * 2 500 km.
 */
const series = [1, 1 / 6, 3 / 40, 5 / 112, 35 / 1152, 63 / 2816, 231 / 13_312, 143 / 10_240].map(
  (term, n) => (earthRadiusKm * term) / 4 ** n,
);
const [c0 = 0, c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0] = series;
/** Beyond this squared chord (2 500 km) the series gives way to the arcsine. */
const seriesLimit = (2 * Math.sin(1250 / earthRadiusKm)) ** 2;

/**
 * Great-circle distance in kilometres between two points in degrees (haversine; Sinnott 1984). Against the geodesic of GRS 80 the sphere errs by
 * at most 0.6 %, in France by less than 0.2 %. NaN when a coordinate is NaN.
 * @example
 * ```ts
 * greatCircleKm(-1.6778, 48.1173, -1.5536, 47.2184).toFixed(6) // "100.384966"
 * ```
 */
export function greatCircleKm(lonA: number, latA: number, lonB: number, latB: number): number {
  const halfLat = Math.sin(((latB - latA) * radians) / 2);
  const halfLon = Math.sin(((lonB - lonA) * radians) / 2);
  const squared = halfLat * halfLat + Math.cos(latA * radians) * Math.cos(latB * radians) * halfLon * halfLon;
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(squared)));
}

/**
 * Distances in kilometres from every origin to every destination, one row an origin (row-major, origins x destinations). From the chord between
 * unit vectors and eight terms of the arcsine series, which are exact to 1e-13 under 2 500 km; the arcsine itself beyond. Zero between equal points,
 * NaN where a coordinate is NaN. O(origins x destinations) time and memory: `eachGreatCircleRow` holds one row.
 * @example
 * ```ts
 * const rennes = { lon: Float64Array.of(-1.6778), lat: Float64Array.of(48.1173) };
 * const nantes = { lon: Float64Array.of(-1.5536), lat: Float64Array.of(47.2184) };
 * greatCircleMatrixKm(rennes, nantes)[0].toFixed(6) // "100.384966"
 * ```
 */
export function greatCircleMatrixKm(origins: Points, destinations: Points): Float64Array {
  const columns = destinations.lon.length;
  const distances = new Float64Array(origins.lon.length * columns);
  eachGreatCircleRow(origins, destinations, (origin, km) => distances.set(km, origin * columns));
  return distances;
}

/**
 * The rows of `greatCircleMatrixKm` one after the other, in one buffer that the next row replaces: a matrix larger than memory is summed, thresholded or written as it
 * passes. WebAssembly vectors where the machine has them, or a plain twin with the same results to the last bit. O(origins x destinations) time, O(destinations)
 * memory.
 * @example
 * ```ts
 * const places = { lon: Float64Array.of(0, 1, 2), lat: Float64Array.of(0, 0, 0) };
 * const within = [0, 0, 0];
 * eachGreatCircleRow(places, places, (origin, km) => km.forEach((d) => (within[origin] += d < 150 ? 1 : 0)));
 * within // [ 2, 3, 2 ]
 * ```
 */
export function eachGreatCircleRow(
  origins: Points,
  destinations: Points,
  visit: (origin: number, km: Float64Array) => void,
  engine: "simd" | "plain" | "best" = "best",
): void {
  const from = unitVectors(origins);
  const to = unitVectors(destinations);
  const compiled = engine === "plain" ? null : greatCircleModule();
  const { km, fill } = compiled ? vectorRow(to, compiled) : plainRow(to);
  for (let origin = 0; origin < origins.lon.length; origin++) {
    const [x, y, z] = [from.x[origin], from.y[origin], from.z[origin]];
    if (fill(x, y, z) > seriesLimit) replaceFar(km, to, x, y, z);
    visit(origin, km);
  }
}

interface Vectors {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
}

/** A row of distances by the series alone, filled again for each origin; `fill` gives the largest squared chord met. */
interface Row {
  readonly km: Float64Array;
  readonly fill: (x: number, y: number, z: number) => number;
}

function plainRow({ x: xs, y: ys, z: zs }: Vectors): Row {
  const km = new Float64Array(xs.length);
  return {
    km,
    fill: (x, y, z) => {
      let largest = 0;
      for (let i = 0; i < km.length; i++) {
        const [dx, dy, dz] = [xs[i] - x, ys[i] - y, zs[i] - z];
        const s = dx * dx + dy * dy + dz * dz;
        if (s > largest) largest = s;
        km[i] = Math.sqrt(s) * (((((((c7 * s + c6) * s + c5) * s + c4) * s + c3) * s + c2) * s + c1) * s + c0);
      }
      return largest;
    },
  };
}

function vectorRow(to: Vectors, compiled: WebAssembly.Module): Row {
  const length = to.x.length;
  const bytes = Math.ceil(length / 4) * 32;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((4 * bytes + 128) / 65_536) });
  const view = (at: number, count: number): Float64Array => new Float64Array(memory.buffer, at, count);
  for (const [k, column] of [to.x, to.y, to.z].entries()) {
    view(k * bytes, length).set(column);
    // The padding repeats the last point, so that it is no farther than the others.
    view(k * bytes, bytes / 8).fill(column[length - 1] ?? 0, length);
  }
  const scalars = view(4 * bytes, 16);
  scalars.set(series, 3);
  const { row } = new WebAssembly.Instance(compiled, { env: { memory } }).exports as {
    row(...addresses: number[]): void;
  };
  return {
    km: view(3 * bytes, length),
    fill: (x, y, z) => {
      if (length === 0) return 0;
      scalars[0] = x;
      scalars[1] = y;
      scalars[2] = z;
      row(0, bytes, 2 * bytes, 3 * bytes, 4 * bytes, bytes);
      return Math.max(scalars[LARGEST_CHORD], scalars[LARGEST_CHORD + 1]);
    },
  };
}

/** Puts the arcsine where the series is too short. */
function replaceFar(km: Float64Array, { x: xs, y: ys, z: zs }: Vectors, x: number, y: number, z: number): void {
  for (let i = 0; i < km.length; i++) {
    const [dx, dy, dz] = [xs[i] - x, ys[i] - y, zs[i] - z];
    const squared = dx * dx + dy * dy + dz * dz;
    if (!(squared > seriesLimit)) continue;
    if (squared <= 2) km[i] = kmOfSquaredChord(squared);
    else {
      // Past a quarter of the earth the arcsine loses digits: measure what is left to the antipode instead.
      const [sx, sy, sz] = [xs[i] + x, ys[i] + y, zs[i] + z];
      const left = Math.min(2, Math.sqrt(sx * sx + sy * sy + sz * sz));
      km[i] = earthRadiusKm * (Math.PI - 2 * Math.asin(left / 2));
    }
  }
}

/** Kilometres along the great circle, by the square of the chord between two unit vectors. */
export function kmOfSquaredChord(s: number): number {
  if (s > seriesLimit) return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(s) / 2));
  return Math.sqrt(s) * (((((((c7 * s + c6) * s + c5) * s + c4) * s + c3) * s + c2) * s + c1) * s + c0);
}

/** Points as vectors from the centre of a sphere of radius 1. */
export function unitVectors({ lon, lat }: Points): Vectors {
  const x = new Float64Array(lon.length);
  const y = new Float64Array(lon.length);
  const z = new Float64Array(lon.length);
  for (let i = 0; i < lon.length; i++) {
    const ring = Math.cos(lat[i] * radians);
    x[i] = ring * Math.cos(lon[i] * radians);
    y[i] = ring * Math.sin(lon[i] * radians);
    z[i] = Math.sin(lat[i] * radians);
  }
  return { x, y, z };
}
