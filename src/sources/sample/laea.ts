const RADIANS = Math.PI / 180;
/** GRS80, as in `lambert93.ts`. */
const AXIS = 6_378_137;
const FLATTENING = 1 / 298.257222101;
const SQUARE = FLATTENING * (2 - FLATTENING);
const ECCENTRICITY = Math.sqrt(SQUARE);
const [LAT0, LON0, EAST0, NORTH0] = [52 * RADIANS, 10 * RADIANS, 4_321_000, 3_210_000];

/** Authalic function q of Snyder (1987), equation 3-12. */
function authalic(lat: number): number {
  const sine = ECCENTRICITY * Math.sin(lat);
  return (1 - SQUARE) * (Math.sin(lat) / (1 - sine * sine) - Math.log((1 - sine) / (1 + sine)) / (2 * ECCENTRICITY));
}

const AT_POLE = authalic(Math.PI / 2);
const BETA0 = Math.asin(authalic(LAT0) / AT_POLE);
const RADIUS = AXIS * Math.sqrt(AT_POLE / 2);
const SCALE = (AXIS * Math.cos(LAT0)) / Math.sqrt(1 - SQUARE * Math.sin(LAT0) ** 2) / (RADIUS * Math.cos(BETA0));

/**
 * ETRS89-LAEA (EPSG:3035), metres: the projection of the 200 m squares (Lambert azimuthal equal-area, Snyder 1987, IOGP method 9820).
 * @example
 * ```ts
 * toLaea(10, 52).map((metres) => Math.round(metres)) // [ 4321000, 3210000 ]
 * ```
 */
export function toLaea(lon: number, lat: number): readonly [number, number] {
  const beta = Math.asin(authalic(lat * RADIANS) / AT_POLE);
  const turn = lon * RADIANS - LON0;
  const [sine, cosine] = [Math.sin(beta), Math.cos(beta)];
  const spread = RADIUS * Math.sqrt(2 / (1 + Math.sin(BETA0) * sine + Math.cos(BETA0) * cosine * Math.cos(turn)));
  return [
    EAST0 + spread * SCALE * cosine * Math.sin(turn),
    NORTH0 + (spread / SCALE) * (Math.cos(BETA0) * sine - Math.sin(BETA0) * cosine * Math.cos(turn)),
  ];
}

/** The inverse: [lon, lat] in degrees of a place in metres, to about a millimetre (series of Snyder, equation 3-18). */
export function fromLaea(east: number, north: number): readonly [number, number] {
  const [x, y] = [(east - EAST0) / SCALE, SCALE * (north - NORTH0)];
  const away = Math.hypot(x, y);
  if (away === 0) return [LON0 / RADIANS, LAT0 / RADIANS];
  const angle = 2 * Math.asin(away / (2 * RADIUS));
  const beta = Math.asin(Math.cos(angle) * Math.sin(BETA0) + (y * Math.sin(angle) * Math.cos(BETA0)) / away);
  const lon =
    LON0 +
    Math.atan2(x * Math.sin(angle), away * Math.cos(BETA0) * Math.cos(angle) - y * Math.sin(BETA0) * Math.sin(angle));
  const [e4, e6] = [SQUARE ** 2, SQUARE ** 3];
  const lat =
    beta +
    (SQUARE / 3 + (31 * e4) / 180 + (517 * e6) / 5040) * Math.sin(2 * beta) +
    ((23 * e4) / 360 + (251 * e6) / 3780) * Math.sin(4 * beta) +
    ((761 * e6) / 45_360) * Math.sin(6 * beta);
  return [lon / RADIANS, lat / RADIANS];
}
