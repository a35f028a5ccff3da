const RADIANS = Math.PI / 180;
/** GRS80: half great axis in metres and first eccentricity. */
const AXIS = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const ECCENTRICITY = Math.sqrt(FLATTENING * (2 - FLATTENING));

const parallelRadius = (lat: number): number => Math.cos(lat) / Math.sqrt(1 - (ECCENTRICITY * Math.sin(lat)) ** 2);
const isometric = (lat: number): number =>
  Math.log(Math.tan(Math.PI / 4 + lat / 2)) - ECCENTRICITY * Math.atanh(ECCENTRICITY * Math.sin(lat));

const [SOUTH, NORTH, ORIGIN] = [44 * RADIANS, 49 * RADIANS, 46.5 * RADIANS];
const EXPONENT = Math.log(parallelRadius(NORTH) / parallelRadius(SOUTH)) / (isometric(SOUTH) - isometric(NORTH));
const SCALE = (AXIS * parallelRadius(SOUTH) * Math.exp(EXPONENT * isometric(SOUTH))) / EXPONENT;
const POLE_NORTHING = 6_600_000 + SCALE * Math.exp(-EXPONENT * isometric(ORIGIN));

/**
 * Lambert-93 (EPSG:2154) of a longitude and a latitude in degrees, in metres: the closed-form conic with two standard parallels
 * (IGN, NTG 71), used here only to write LAMBERT_X and LAMBERT_Y in the invented facilities.
 * @example
 * ```ts
 * toLambert93(3, 46.5).map((metres) => Math.round(metres)) // [ 700000, 6600000 ]
 * ```
 */
export function toLambert93(lon: number, lat: number): readonly [number, number] {
  const radius = SCALE * Math.exp(-EXPONENT * isometric(lat * RADIANS));
  const angle = EXPONENT * (lon - 3) * RADIANS;
  return [700_000 + radius * Math.sin(angle), POLE_NORTHING - radius * Math.cos(angle)];
}
