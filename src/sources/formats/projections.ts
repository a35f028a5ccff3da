import proj4 from "proj4";
import { QuartiersError } from "../../codes/errors.ts";

/** Degrees or metres of points, columns of equal length; NaN where the place is not known. */
export interface DegreeColumns {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

export interface MetreColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** A reference system of coordinates, as the EPSG register describes it. */
export interface Projection {
  readonly epsg: number;
  readonly name: string;
  /** PROJ parameters; "longlat" for degrees. The datums of this list are WGS 84 to a metre. */
  readonly proj: string;
  /** Where it is used: west, south, east, north, in degrees. */
  readonly area: readonly [number, number, number, number];
}

const degrees = (epsg: number, name: string, area: Projection["area"]): Projection => ({
  epsg,
  name,
  proj: "+proj=longlat +ellps=GRS80",
  area,
});

/** Universal Transverse Mercator: zones of 6 degrees, numbered from 180° west. */
const utm = (
  epsg: number,
  name: string,
  zone: number,
  hemisphere: "N" | "S",
  area: Projection["area"],
): Projection => ({
  epsg,
  name,
  proj: `+proj=tmerc +lat_0=0 +lon_0=${6 * zone - 183} +k=0.9996 +x_0=500000 +y_0=${hemisphere === "N" ? 0 : 10_000_000} +ellps=${name.startsWith("WGS") ? "WGS84" : "GRS80"} +units=m`,
  area,
});

/** Conformal conic of nine zones, CC42 to CC50: one for each degree of latitude of mainland France. */
const conic = (latitude: number): Projection => ({
  epsg: 3900 + latitude,
  name: `RGF93 / CC${latitude}`,
  proj: `+proj=lcc +lat_0=${latitude} +lon_0=3 +lat_1=${latitude - 0.75} +lat_2=${latitude + 0.75} +x_0=1700000 +y_0=${(latitude - 41) * 1e6 + 200_000} +ellps=GRS80 +units=m`,
  area: [-9.86, latitude - 1.1, 10.38, latitude + 1.2],
});

const world: Projection["area"] = [-180, -90, 180, 90];
const mainland: Projection["area"] = [-9.86, 41.15, 10.38, 51.56];
const antilles: Projection["area"] = [-63.66, 14.08, -57.52, 18.53];
const guyane: Projection["area"] = [-54.61, 2.11, -49.45, 8.88];
const reunion: Projection["area"] = [51.83, -24.72, 58.24, -18.28];
const mayotte: Projection["area"] = [43.68, -14.49, 46.7, -11.33];
const miquelon: Projection["area"] = [-57.1, 43.41, -55.9, 47.37];

/** The reference systems of French publishers (decree 2019-165; IGN, « Systèmes de référence légaux »), INSEE's squares and the web's maps. */
export const projections: readonly Projection[] = [
  { epsg: 4326, name: "WGS 84", proj: "+proj=longlat +datum=WGS84", area: world },
  degrees(4258, "ETRS89", [-16.1, 33.26, 38.01, 84.73]),
  degrees(4171, "RGF93 v1", mainland),
  degrees(5489, "RGAF09", antilles),
  degrees(4624, "RGFG95", guyane),
  degrees(4627, "RGR92", reunion),
  degrees(4470, "RGM04", mayotte),
  degrees(4463, "RGSPM06", miquelon),
  {
    epsg: 2154,
    name: "RGF93 v1 / Lambert-93",
    proj: "+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 +ellps=GRS80 +units=m",
    area: mainland,
  },
  {
    epsg: 3035,
    name: "ETRS89-extended / LAEA Europe",
    proj: "+proj=laea +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000 +ellps=GRS80 +units=m",
    area: [-35.58, 24.6, 44.83, 84.73],
  },
  utm(5490, "RGAF09 / UTM zone 20N", 20, "N", antilles),
  utm(2972, "RGFG95 / UTM zone 22N", 22, "N", guyane),
  utm(2975, "RGR92 / UTM zone 40S", 40, "S", reunion),
  utm(4471, "RGM04 / UTM zone 38S", 38, "S", mayotte),
  utm(4467, "RGSPM06 / UTM zone 21N", 21, "N", miquelon),
  utm(32620, "WGS 84 / UTM zone 20N", 20, "N", antilles),
  utm(32622, "WGS 84 / UTM zone 22N", 22, "N", guyane),
  utm(32740, "WGS 84 / UTM zone 40S", 40, "S", reunion),
  utm(32738, "WGS 84 / UTM zone 38S", 38, "S", mayotte),
  ...[42, 43, 44, 45, 46, 47, 48, 49, 50].map(conic),
  {
    epsg: 3857,
    name: "WGS 84 / Pseudo-Mercator",
    proj: "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null",
    area: [-180, -85.06, 180, 85.06],
  },
];

/** The reference system of an EPSG code; null when it is not one of this list. */
export const projectionOf = (epsg: number): Projection | null =>
  projections.find((projection) => projection.epsg === epsg) ?? null;

/** Whether coordinates are already degrees. */
export const isDegrees = ({ proj }: Projection): boolean => proj.startsWith("+proj=longlat");

function known(epsg: number): Projection {
  const projection = projectionOf(epsg);
  if (projection) return projection;
  throw new QuartiersError({
    what: "Ce système de coordonnées n'est pas connu ici",
    value: `EPSG:${epsg}`,
    expected: projections
      .filter((one) => one.epsg < 3940 || one.epsg > 3950)
      .map((one) => `${one.epsg} (${one.name})`)
      .join(", "),
    remedy: "demander le fichier en WGS 84 (EPSG:4326) ou en Lambert-93 (EPSG:2154)",
  });
}

interface Converter {
  readonly forward: (point: [number, number]) => number[];
  readonly inverse: (point: [number, number]) => number[];
}

const converters = new Map<number, Converter>();

function converterOf(projection: Projection): Converter {
  const made: Converter = converters.get(projection.epsg) ?? proj4(projection.proj, "+proj=longlat +datum=WGS84");
  converters.set(projection.epsg, made);
  return made;
}

/**
 * Coordinates of a reference system to WGS 84 degrees. Within 1 mm of PROJ in the area where the system is used; NaN in, NaN out. O(n).
 * @throws QuartiersError when the EPSG code is not known
 * @example
 * ```ts
 * const { lon, lat } = toDegrees(2975, Float64Array.of(338_700), Float64Array.of(7_690_000));
 * [lon[0].toFixed(5), lat[0].toFixed(5)] // [ '55.44932', '-20.88321' ]
 * ```
 */
export function toDegrees(epsg: number, x: Float64Array, y: Float64Array): DegreeColumns {
  const projection = known(epsg);
  if (isDegrees(projection)) return { lon: x.slice(), lat: y.slice() };
  const [lon, lat] = convert(x, y, converterOf(projection).forward);
  return { lon, lat };
}

/** WGS 84 degrees to the coordinates of a reference system; NaN in, NaN out. O(n). */
export function toMetres(epsg: number, lon: Float64Array, lat: Float64Array): MetreColumns {
  const projection = known(epsg);
  if (isDegrees(projection)) return { x: lon.slice(), y: lat.slice() };
  const [x, y] = convert(lon, lat, converterOf(projection).inverse);
  return { x, y };
}

function convert(
  first: Float64Array,
  second: Float64Array,
  way: (point: [number, number]) => number[],
): [Float64Array, Float64Array] {
  const [a, b] = [new Float64Array(first.length), new Float64Array(first.length)];
  const point: [number, number] = [0, 0];
  for (let i = 0; i < first.length; i++) {
    [a[i], b[i]] = [Number.NaN, Number.NaN];
    if (!Number.isFinite(first[i]) || !Number.isFinite(second[i])) continue;
    [point[0], point[1]] = [first[i], second[i]];
    const result = way(point);
    [a[i], b[i]] = [result[0], result[1]];
  }
  return [a, b];
}

/** Degrees around the area of use that are still accepted: shores and boundaries overflow. */
const MARGIN_DEGREES = 1;

/**
 * A reader's coordinates as degrees, refused when one is out of the area of the reference system: axes in the wrong order, degrees under a system in
 * metres, another territory. NaN stays NaN.
 * @param where place of a point by its index, for the message
 */
export function placedDegrees(
  projection: Projection,
  x: Float64Array,
  y: Float64Array,
  where: (index: number) => string,
): DegreeColumns {
  const { lon, lat } = toDegrees(projection.epsg, x, y);
  const [west, south, east, north] = projection.area;
  const isWorld = projection.epsg === 4326;
  const margin = isWorld ? 0 : MARGIN_DEGREES;
  for (let i = 0; i < lon.length; i++) {
    const isAbsent = Number.isNaN(x[i]) && Number.isNaN(y[i]);
    const isInside =
      lon[i] >= west - margin && lon[i] <= east + margin && lat[i] >= south - margin && lat[i] <= north + margin;
    if (isAbsent || isInside) continue;
    throw new QuartiersError({
      what: isWorld
        ? "Coordonnées hors des degrés"
        : `Coordonnées hors de l'aire de ${projection.name} (EPSG:${projection.epsg})`,
      value: `${x[i]}, ${y[i]}`,
      where: where(i),
      expected: isWorld
        ? "longitude puis latitude en degrés"
        : `un point entre ${west}° et ${east}° de longitude, ${south}° et ${north}° de latitude`,
      remedy: "vérifier le système de coordonnées et l'ordre des axes chez le producteur",
    });
  }
  return { lon, lat };
}
