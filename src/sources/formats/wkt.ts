import { QuartiersError } from "../../codes/errors.ts";
import { type Projection, projectionOf, projections } from "./projections.ts";

/** Parameters of WKT 1, as EPSG, ESRI and GDAL write them, and their name in PROJ. */
const parameterNames: Readonly<Record<string, string>> = {
  latitude_of_origin: "lat_0",
  latitude_of_center: "lat_0",
  central_meridian: "lon_0",
  longitude_of_center: "lon_0",
  standard_parallel_1: "lat_1",
  standard_parallel_2: "lat_2",
  scale_factor: "k",
  false_easting: "x_0",
  false_northing: "y_0",
};

const methodNames: readonly (readonly [RegExp, string])[] = [
  [/^lambert_conformal_conic/i, "lcc"],
  [/^lambert_azimuthal_equal_area/i, "laea"],
  [/^transverse_mercator/i, "tmerc"],
  [/^mercator_auxiliary_sphere/i, "merc"],
];

/**
 * The reference system that a .prj file or a GeoPackage describes in WKT 1: by its projection and its numbers, because each program has its own names
 * (« RGF_1993_Lambert_93 », « RGF93 v1 / Lambert-93 »); by the authority's code when the numbers say nothing.
 * @throws QuartiersError when it is none of the known systems
 * @example
 * ```ts
 * projectionOfWkt('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]', "a.prj").epsg // 4326
 * ```
 */
export function projectionOfWkt(wkt: string, file: string): Projection {
  const text = wkt.trim();
  const found = isOnModernEllipsoid(text) ? (byNumbers(text) ?? byAuthority(text)) : null;
  if (found) return found;
  throw new QuartiersError({
    what: "Le système de coordonnées du fichier n'est pas connu ici",
    value: /^\w+\["([^"]{0,80})"/.exec(text)?.[1] ?? text.slice(0, 40),
    where: file,
    expected: "WGS 84, RGF93, Lambert-93, une zone CC, LAEA Europe, ou le système légal d'un territoire d'outre-mer",
    remedy: "demander le fichier en WGS 84 (EPSG:4326) ou en Lambert-93 (EPSG:2154)",
  });
}

/** GRS 80 or WGS 84, from Greenwich: the older French systems (NTF, from Paris) are tens of metres away and need a grid of shifts. */
function isOnModernEllipsoid(text: string): boolean {
  const [, axis, inverse] = /SPHEROID\["[^"]*",\s*([\d.]+)\s*,\s*([\d.]+)/i.exec(text) ?? [];
  const meridian = Number(/PRIMEM\["[^"]*",\s*(-?[\d.]+)/i.exec(text)?.[1] ?? 0);
  return Number(axis) === 6_378_137 && Math.abs(Number(inverse) - 298.2572) < 0.001 && meridian === 0;
}

function byNumbers(text: string): Projection | null {
  const isProjected = /^PROJCS\[/i.test(text);
  if (!isProjected) return /^GEOGCS\[/i.test(text) && isInDegrees(text) ? projectionOf(4326) : null;
  if (!isInMetres(text)) return null;
  const method = /PROJECTION\["([^"]*)"/i.exec(text)?.[1] ?? "";
  const proj = methodNames.find(([pattern]) => pattern.test(method))?.[1];
  if (proj === undefined) return null;
  if (proj === "merc") return projectionOf(3857);
  const given = new Map<string, number>();
  for (const [, name = "", value] of text.matchAll(/PARAMETER\["([^"]*)",\s*(-?[\d.eE+-]+)/gi)) {
    const key = parameterNames[name.toLowerCase()];
    if (key !== undefined) given.set(key, Number(value));
  }
  return projections.find((projection) => agrees(projection, proj, given)) ?? null;
}

/** The last unit of a projected system is the one of its coordinates. */
const isInMetres = (text: string): boolean =>
  Number([...text.matchAll(/UNIT\["[^"]*",\s*([\d.eE+-]+)/gi)].at(-1)?.[1]) === 1;
const isInDegrees = (text: string): boolean =>
  Math.abs(Number(/UNIT\["[^"]*",\s*([\d.eE+-]+)/i.exec(text)?.[1]) - Math.PI / 180) < 1e-9;

function agrees(projection: Projection, method: string, given: ReadonlyMap<string, number>): boolean {
  const own = parametersOf(projection);
  if (own.get("proj") !== method) return false;
  const number = (key: string, values: ReadonlyMap<string, number | string>): number =>
    Number(values.get(key) ?? (key === "k" ? 1 : 0));
  const parallels = (values: ReadonlyMap<string, number | string>): string =>
    [number("lat_1", values), number("lat_2", values)].sort((a, b) => a - b).join(" ");
  return (
    ["lat_0", "lon_0", "k", "x_0", "y_0"].every((key) => Math.abs(number(key, own) - number(key, given)) < 1e-6) &&
    (method !== "lcc" || parallels(own) === parallels(given))
  );
}

const parametersOf = ({ proj }: Projection): ReadonlyMap<string, string> =>
  new Map([...proj.matchAll(/\+(\w+)=(\S+)/g)].map(([, key = "", value = ""]) => [key, value]));

function byAuthority(text: string): Projection | null {
  const code = /AUTHORITY\["EPSG",\s*"?(\d+)"?\]\s*\]$/i.exec(text)?.[1];
  return code === undefined ? null : projectionOf(Number(code));
}
