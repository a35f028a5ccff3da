import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { checkText, refusePage } from "../file-text.ts";
import { featuresOf, parseJson } from "../json-records.ts";
import { printable } from "../printable.ts";
import { isDegrees, type Projection, placedDegrees, projectionOf } from "./projections.ts";
import type { RawFeatures } from "./raw-table.ts";
import { noShape } from "./rings.ts";

export interface GeojsonOptions {
  /** Reference system when the document says none; WGS 84 by default (RFC 7946). */
  readonly epsg?: number;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads a GeoJSON collection of polygons, of points or of lines. A document of before RFC 7946 that names its system (« urn:ogc:def:crs:EPSG::2154 ») is
 * put in degrees. Properties become columns, dotted for what is inside another; the `id` of a feature is one too.
 * @throws QuartiersError when the document is damaged, mixes kinds of geometry, or is in an unknown reference system
 */
export async function readGeojson(path: string, options: GeojsonOptions = {}): Promise<RawFeatures> {
  const file = options.file ?? basename(path);
  const document = await readJsonFile(path, file);
  try {
    return rawFeatures(document, file, options.epsg);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new QuartiersError({
      what: "Le document est imbriqué hors de toute mesure",
      where: file,
      expected: "des objets, leurs propriétés et leurs coordonnées (RFC 7946)",
      remedy: "vérifier que c'est bien le fichier du producteur",
      cause,
    });
  }
}

/** A JSON document in UTF-8, or why it is none. */
export async function readJsonFile(path: string, file: string): Promise<unknown> {
  const unreadable = (cause: unknown): never => {
    throw new QuartiersError({
      what: "Le fichier ne peut pas être lu",
      where: file,
      expected: "un fichier JSON",
      remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
      cause,
    });
  };
  const { size } = await stat(path).catch(unreadable);
  if (size > MAX_JSON_BYTES) throw tooLarge(size, file);
  const bytes = await readFile(path).catch(unreadable);
  refusePage(bytes, file);
  checkText(bytes, "utf-8", file, () => 0);
  return parseJson(bytes.toString("utf8"), file);
}

/** A text longer than this does not fit in the engine of JavaScript. */
const MAX_JSON_BYTES = 500e6;

const tooLarge = (size: number, file: string): QuartiersError =>
  new QuartiersError({
    what: "Le document JSON est trop grand pour être lu d'un bloc",
    value: `${Math.round(size / 1e6)}\u00a0Mo`,
    where: file,
    expected: `au plus ${MAX_JSON_BYTES / 1e6}\u00a0Mo`,
    remedy: "prendre la même donnée en GeoPackage, ou par département",
  });

/** The features of a collection, or the one feature of a document, as columns and shapes. */
export function rawFeatures(document: unknown, file: string, epsg?: number): RawFeatures {
  if (isObject(document) && document.type === "Feature")
    return rawFeatures({ ...document, type: "FeatureCollection", features: [document] }, file, epsg);
  const features = isObject(document) && document.type === "FeatureCollection" ? document.features : undefined;
  // What is no collection is refused by the reader of polygons, in its own words.
  if (!isObject(document) || !Array.isArray(features) || !features.every(isObject))
    return { ...tableOf([]), shapes: featuresOf(document, file).shapes };
  const projection = projectionOfDocument(document, file, epsg);
  const table = tableOf(features.map(propertiesOf));
  const kind = features.map(({ geometry }) => kindOf(geometry)).find((found) => found !== null);
  if (kind === "Point") return { ...table, ...pointsOf(features, projection, file) };
  const place = (i: number): string => `${file}, objet ${i + 1}`;
  features.forEach(({ geometry }, i) => {
    checkGeometry(geometry, kind ?? "", place(i));
  });
  if (kind === "LineString" || kind === "MultiLineString") return { ...table, shapes: features.map(() => noShape) };
  const inDegrees = isDegrees(projection)
    ? document
    : { ...document, features: features.map((feature, i) => projected(feature, projection, place(i))) };
  return { ...table, shapes: featuresOf(inDegrees, file).shapes };
}

/** How deep the positions stand in the coordinates of each kind. */
const depths: Readonly<Record<string, number>> = { LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3 };

/** Refuses coordinates that are not lists of positions at their depth, and a kind that is not the others'. */
function checkGeometry(geometry: unknown, kind: string, where: string): void {
  // An absent geometry, or a kind of no use, is refused by the reader of polygons.
  const own = kindOf(geometry);
  if (!isObject(geometry) || own === null || !Object.hasOwn(depths, own)) return;
  const isNested = (value: unknown, depth: number): boolean =>
    Array.isArray(value) &&
    (depth === 0
      ? value.length >= 2 && value.every(Number.isFinite)
      : value.length > 0 && value.every((inner) => isNested(inner, depth - 1)));
  if (own.replace("Multi", "") !== kind.replace("Multi", ""))
    throw new QuartiersError({
      what: "Le document mélange des genres de géométrie",
      value: own,
      where,
      expected: kind,
      remedy: "séparer les genres de géométrie, un fichier pour chacun",
    });
  if (isNested(geometry.coordinates, depths[own])) return;
  throw new QuartiersError({
    what: "Les coordonnées d'un objet sont mal formées",
    where,
    expected: "des listes de positions de deux nombres, comme [ -1.55, 47.22 ]",
    remedy: "vérifier que c'est bien le fichier du producteur, et le télécharger de nouveau",
  });
}

const kindOf = (geometry: unknown): string | null => {
  if (!isObject(geometry)) return null;
  return typeof geometry.type === "string" ? printable(geometry.type, 40) : "(sans genre)";
};

/** « urn:ogc:def:crs:EPSG::2154 », « EPSG:2154 », « http://www.opengis.net/def/crs/EPSG/0/2154 », « …OGC:1.3:CRS84 ». */
function projectionOfDocument({ crs }: JsonObject, file: string, epsg: number | undefined): Projection {
  const name = isObject(crs) && isObject(crs.properties) ? String(crs.properties.name ?? "") : "";
  const code = /CRS84h?$/i.test(name) ? 4326 : Number(/EPSG[:/]+(?:[\d.]*[:/])?(\d+)$/i.exec(name)?.[1] ?? Number.NaN);
  const wanted = crs === undefined || crs === null ? (epsg ?? (crs === null ? Number.NaN : 4326)) : code;
  const projection = projectionOf(wanted);
  if (projection) return projection;
  throw new QuartiersError({
    what: "Le système de coordonnées du document GeoJSON n'est pas connu ici",
    value:
      crs === null
        ? "crs: null"
        : name === ""
          ? epsg === undefined
            ? "(sans nom)"
            : `EPSG:${epsg}`
          : name.slice(0, 80),
    where: file,
    expected: "WGS 84, Lambert-93 (EPSG:2154) ou le système légal d'un territoire d'outre-mer",
    remedy: "demander le fichier en degrés WGS 84 (RFC 7946)",
  });
}

function propertiesOf({ id, properties }: JsonObject): ReadonlyMap<string, string | null> {
  const cells = new Map<string, string | null>();
  if (typeof id === "string" || typeof id === "number") cells.set("id", String(id));
  addCells(cells, "", isObject(properties) ? properties : {});
  return cells;
}

function addCells(cells: Map<string, string | null>, prefix: string, record: JsonObject): void {
  for (const [key, value] of Object.entries(record)) {
    if (isObject(value)) addCells(cells, `${prefix}${key}.`, value);
    else if (value === null || value === "") cells.set(prefix + key, null);
    else cells.set(prefix + key, Array.isArray(value) ? listText(value) : String(value));
  }
}

/** Values joined by ";"; a list that holds objects as JSON, which no type of column but text accepts. */
const listText = (list: readonly unknown[]): string =>
  list.some((item) => typeof item === "object" && item !== null) ? JSON.stringify(list) : list.map(String).join(";");

function tableOf(records: readonly ReadonlyMap<string, string | null>[]): Omit<RawFeatures, "shapes"> {
  const names = new Set<string>();
  for (const record of records) for (const name of record.keys()) names.add(name);
  return {
    names: [...names],
    columns: [...names].map((name) => records.map((record) => record.get(name) ?? null)),
    count: records.length,
    where: (record) => `objet ${record + 1}`,
  };
}

function pointsOf(
  features: readonly JsonObject[],
  projection: Projection,
  file: string,
): Pick<RawFeatures, "shapes" | "points"> {
  const x = new Float64Array(features.length).fill(Number.NaN);
  const y = new Float64Array(features.length).fill(Number.NaN);
  features.forEach(({ geometry }, i) => {
    if (geometry === null || geometry === undefined) return;
    const coordinates = isObject(geometry) && geometry.type === "Point" ? geometry.coordinates : null;
    const [east, north] = Array.isArray(coordinates) ? coordinates : [];
    if (typeof east !== "number" || typeof north !== "number")
      throw new QuartiersError({
        what: "Un objet n'est pas un point comme les autres",
        value: String(kindOf(geometry)),
        where: `${file}, objet ${i + 1}`,
        expected: "un Point de deux nombres",
        remedy: "séparer les genres de géométrie, un fichier pour chacun",
      });
    [x[i], y[i]] = [east, north];
  });
  return {
    shapes: features.map(() => noShape),
    points: placedDegrees(projection, x, y, (i) => `${file}, objet ${i + 1}`),
  };
}

/** A feature whose coordinates are put in degrees, at whatever depth they stand. */
function projected(feature: JsonObject, projection: Projection, where: string): JsonObject {
  const place = (coordinates: unknown): unknown => {
    if (!Array.isArray(coordinates)) return coordinates;
    const [x, y] = coordinates as unknown[];
    if (typeof x !== "number" || typeof y !== "number") return coordinates.map(place);
    const { lon, lat } = placedDegrees(projection, Float64Array.of(x), Float64Array.of(y), () => where);
    return [lon[0], lat[0]];
  };
  const { geometry } = feature;
  if (!isObject(geometry)) return feature;
  return { ...feature, geometry: { ...geometry, coordinates: place(geometry.coordinates) } };
}
