import type { Shape } from "../codes/shape.ts";

/** Points in metres of Lambert-93 (EPSG:2154): x to the east, y to the north. */
export interface MetricPoints {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Points in degrees of WGS 84, columns of equal length. NaN where the place is not known. */
export interface GeographicPoints {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

// Ellipsoid GRS 80 and the conic of RGF93 / Lambert-93 (IGN, « Projections et référentiels »; Snyder 1987, USGS PP 1395, p. 107-109).
const semiMajorAxis = 6_378_137;
const flattening = 1 / 298.257222101;
const eccentricity = Math.sqrt(flattening * (2 - flattening));
const radians = Math.PI / 180;
const centralMeridian = 3 * radians;
const falseEasting = 700_000;
const falseNorthing = 6_600_000;

const isometricLatitude = (latitude: number): number => {
  const sine = Math.sin(latitude);
  return Math.atanh(sine) - eccentricity * Math.atanh(eccentricity * sine);
};
const parallelRadius = (latitude: number): number =>
  Math.cos(latitude) / Math.sqrt(1 - (eccentricity * Math.sin(latitude)) ** 2);

const [south, north, origin] = [44 * radians, 49 * radians, 46.5 * radians];
const coneConstant =
  Math.log(parallelRadius(south) / parallelRadius(north)) / (isometricLatitude(north) - isometricLatitude(south));
const coneScale =
  ((semiMajorAxis * parallelRadius(south)) / coneConstant) * Math.exp(coneConstant * isometricLatitude(south));
const originRadius = coneScale * Math.exp(-coneConstant * isometricLatitude(origin));

/**
 * WGS 84 degrees to Lambert-93 metres, by the closed form of the conic. For mainland France: overseas territories have other projections.
 * NaN in, NaN out. O(n).
 * @example
 * ```ts
 * const { x, y } = toLambert93({ lon: Float64Array.of(-1.6778), lat: Float64Array.of(48.1173) });
 * [x[0].toFixed(4), y[0].toFixed(4)] // [ '352107.3798', '6789966.5419' ]
 * ```
 */
export function toLambert93({ lon, lat }: GeographicPoints): MetricPoints {
  const x = new Float64Array(lon.length);
  const y = new Float64Array(lon.length);
  for (let i = 0; i < lon.length; i++) {
    const radius = coneScale * Math.exp(-coneConstant * isometricLatitude(lat[i] * radians));
    const angle = coneConstant * (lon[i] * radians - centralMeridian);
    x[i] = falseEasting + radius * Math.sin(angle);
    y[i] = falseNorthing + originRadius - radius * Math.cos(angle);
  }
  return { x, y };
}

/**
 * Lambert-93 metres to WGS 84 degrees. The latitude is the fixed point of the isometric latitude, reached to 1e-15 rad in at most 8 turns
 * (each turn divides the error by about 150). NaN in, NaN out. O(n).
 * @example
 * ```ts
 * const { lon, lat } = fromLambert93({ x: Float64Array.of(700000), y: Float64Array.of(6600000) });
 * [lon[0].toFixed(9), lat[0].toFixed(9)] // [ '3.000000000', '46.500000000' ]
 * ```
 */
export function fromLambert93({ x, y }: MetricPoints): GeographicPoints {
  const lon = new Float64Array(x.length);
  const lat = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const east = x[i] - falseEasting;
    const fromPole = falseNorthing + originRadius - y[i];
    const isometric = -Math.log(Math.hypot(east, fromPole) / coneScale) / coneConstant;
    let sine = Math.tanh(isometric);
    for (let turn = 0; turn < 8; turn++) sine = Math.tanh(isometric + eccentricity * Math.atanh(eccentricity * sine));
    lon[i] = (centralMeridian + Math.atan2(east, fromPole) / coneConstant) / radians;
    lat[i] = Math.asin(sine) / radians;
  }
  return { lon, lat };
}

/** The same shape in Lambert-93 metres: each ring is [x, y, x, y...]. For maps, whose scale must be true. */
export function shapeToLambert93({ polygons }: Shape): Shape {
  return { polygons: polygons.map((rings) => rings.map(ringToLambert93)) };
}

function ringToLambert93(ring: Float64Array): Float64Array {
  const length = ring.length / 2;
  const { x, y } = toLambert93({
    lon: Float64Array.from({ length }, (_, i) => ring[2 * i]),
    lat: Float64Array.from({ length }, (_, i) => ring[2 * i + 1]),
  });
  return Float64Array.from(ring, (_, i) => (i % 2 === 0 ? x[i >> 1] : y[i >> 1]));
}

/** The same shape back in degrees, from Lambert-93 metres. */
export const shapeFromLambert93 = ({ polygons }: Shape): Shape => ({
  polygons: polygons.map((rings) =>
    rings.map((ring) => {
      const at = (from: 0 | 1): Float64Array => ring.filter((_, k) => k % 2 === from);
      const { lon, lat } = fromLambert93({ x: at(0), y: at(1) });
      return Float64Array.from(ring, (_, k) => (k % 2 === 0 ? lon[k >> 1] : lat[k >> 1]));
    }),
  ),
});
