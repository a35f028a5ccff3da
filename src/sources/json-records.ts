import { QuartiersError } from "../codes/errors.ts";
import type { Shape } from "../codes/shape.ts";
import { type ColumnContract, type Contract, fileNameOf, isNumeric } from "./contract.ts";
import { repeatedKey } from "./json-keys.ts";
import { printable } from "./printable.ts";

/** The records of a JSON document as columns of text, under the names of the contract. */
export interface JsonRecords {
  readonly columns: Record<string, (string | null)[]>;
  readonly count: number;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads a JSON text, or says at which line it is broken. The text itself is not printed. A key that an object writes twice is refused. */
export function parseJson(text: string, file: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const isCut = /end of JSON|Unterminated/.test(message);
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? (isCut ? text.length : 0));
    const line = text.slice(0, position).split("\n").length;
    const truncated = isCut || position >= text.trimEnd().length - 1;
    throw new QuartiersError({
      what: truncated ? "Le document JSON est tronqué" : "Le document JSON est mal formé",
      where: `${file}, ligne ${line}`,
      expected: "un document JSON complet",
      remedy: "le télécharger de nouveau",
    });
  }
  const repeated = repeatedKey(text, document);
  if (repeated === null) return document;
  throw new QuartiersError({
    what: "Une propriété est écrite deux fois dans le même objet",
    value: printable(repeated.name),
    where: `${file}, ligne ${text.slice(0, repeated.position).split("\n").length}`,
    expected: "chaque propriété une seule fois",
    remedy: "demander au producteur laquelle des deux valeurs est la bonne",
  });
}

/** A property of the object itself: « constructor » is a word like another. */
const own = (object: JsonObject, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The list of records of a parsed document. */
export function recordsOf(document: unknown, { json = {} }: Contract, file: string): readonly JsonObject[] {
  const list = json.records === undefined ? document : isObject(document) ? own(document, json.records) : undefined;
  if (!Array.isArray(list) || !list.every(isObject)) {
    throw new QuartiersError({
      what: json.records
        ? `La propriété « ${json.records} » n'est pas une liste d'enregistrements`
        : "Le document n'est pas une liste d'enregistrements",
      where: file,
      expected: json.records ? `{ "${json.records}": [ … ] }` : "[ { … }, { … } ]",
      remedy: "vérifier que c'est bien le fichier du producteur",
    });
  }
  const { where = {} } = json;
  return list.filter((record) => Object.entries(where).every(([name, value]) => own(record, name) === value));
}

/** The features of a GeoJSON document as records, with their shapes in the same order. */
export function featuresOf(
  document: unknown,
  file: string,
): { readonly records: readonly JsonObject[]; readonly shapes: readonly Shape[] } {
  const features = !isObject(document)
    ? undefined
    : document.type === "FeatureCollection"
      ? document.features
      : document.type === "Feature"
        ? [document]
        : undefined;
  if (!Array.isArray(features) || !features.every(isObject)) {
    throw new QuartiersError({
      what: "Le document n'est pas une collection GeoJSON",
      where: file,
      expected: '{ "type": "FeatureCollection", "features": [ … ] }',
      remedy: "vérifier que c'est bien le fichier du producteur",
    });
  }
  return {
    records: features.map(({ properties }) => (isObject(properties) ? properties : {})),
    shapes: features.map(({ geometry }, index) => shapeOf(geometry, `${file}, objet ${index + 1}`)),
  };
}

function shapeOf(geometry: unknown, where: string): Shape {
  const refuse = (what: string, expected: string, value?: string): never => {
    throw new QuartiersError({
      what,
      where,
      expected,
      ...(value === undefined ? {} : { value }),
      remedy: "prendre les contours en degrés WGS 84 (EPSG:4326)",
    });
  };
  if (!isObject(geometry)) return refuse("Un objet n'a pas de géométrie", "un Polygon ou un MultiPolygon");
  const { type, coordinates } = geometry;
  if (type === "Point") return { polygons: [] };
  if ((type !== "Polygon" && type !== "MultiPolygon") || !Array.isArray(coordinates))
    return refuse("Géométrie inattendue", "un Polygon ou un MultiPolygon", String(type));
  const polygons: readonly (readonly (readonly number[][])[])[] = type === "Polygon" ? [coordinates] : coordinates;
  return {
    polygons: polygons.map((rings) =>
      rings.map((ring) => {
        const [first, last] = [ring[0], ring.at(-1)];
        if (ring.length < 4 || first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
          refuse("Un contour n'est pas fermé", "au moins quatre points, le dernier égal au premier");
        const flat = new Float64Array(ring.length * 2);
        ring.forEach(([lon = Number.NaN, lat = Number.NaN], i) => {
          if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90))
            refuse("Coordonnées hors des degrés", "longitude puis latitude en degrés", `${lon}, ${lat}`);
          flat[2 * i] = lon;
          flat[2 * i + 1] = lat;
        });
        return flat;
      }),
    ),
  };
}

/** Takes the contract's columns out of records; refuses a document where a required one is nowhere. */
export function columnsOf(
  records: readonly JsonObject[],
  columns: readonly ColumnContract[],
  file: string,
): JsonRecords {
  if (records.length === 0)
    throw new QuartiersError({
      what: "Le document n'a aucun enregistrement",
      where: file,
      expected: "au moins un enregistrement",
      remedy: "le télécharger de nouveau",
    });
  const taken = Object.fromEntries(
    columns.map((column) => [column.name, records.map((record, i) => textAt(record, column, file, i))]),
  );
  const absent = columns.filter(({ name, required }) => required && taken[name]?.every((value) => value === null));
  if (absent.length > 0) {
    throw new QuartiersError({
      what: `Les enregistrements n'ont pas ${absent.length > 1 ? "ces propriétés" : "cette propriété"}`,
      value: absent.map(fileNameOf).join(", "),
      where: file,
      expected: columns.map(fileNameOf).join(", "),
      remedy: `vérifier que c'est le bon fichier\u00a0: le premier enregistrement porte ${Object.keys(records[0] ?? {})
        .slice(0, 20)
        .map((name) => printable(name, 40))
        .join(", ")}`,
    });
  }
  return { columns: taken, count: records.length };
}

/**
 * The value at a path of names. A whole number takes one element of a list ("permis.0.exigence"); a name that meets a list goes into each of
 * its elements ("permis.exigence": one value an element, so that two paths of one list stay side by side). An empty list, and a list where
 * no element has the name, are absent.
 */
function valueAt(value: unknown, names: readonly string[], depth = 0): unknown {
  const name = names[depth];
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    if (name === undefined) return value;
    if (/^\d+$/.test(name)) return valueAt(value[Number(name)], names, depth + 1);
    const found = value.map((element) => valueAt(element, names, depth));
    return found.every((one) => one === undefined || one === null) ? undefined : found;
  }
  if (name === undefined) return value;
  return isObject(value) ? valueAt(own(value, name), names, depth + 1) : undefined;
}

/** The value at a dotted path as text: lists of values are joined by ";", what is absent is null. */
function textAt(record: JsonObject, column: ColumnContract, file: string, index: number): string | null {
  const path = fileNameOf(column);
  const value = valueAt(record, path.split("."));
  if (value === undefined || value === null) return null;
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (!isNumeric(column) && parts.some((part) => Number.isInteger(part) && !Number.isSafeInteger(part)))
    throw new QuartiersError({
      what: "Un code est écrit comme un nombre trop grand pour garder tous ses chiffres",
      where: `${file}, enregistrement ${index + 1}, propriété ${path}`,
      expected: "un code entre guillemets",
      remedy: "demander au producteur un fichier où les codes sont des textes",
    });
  if (!parts.some((part) => typeof part === "object" && part !== null))
    return parts.map((part) => part ?? "").join(";");
  throw new QuartiersError({
    what: "Une propriété porte un objet là où l'on attend une valeur",
    where: `${file}, enregistrement ${index + 1}, propriété ${path}`,
    expected: "un texte, un nombre, ou une liste de textes et de nombres",
    remedy: "corriger le chemin de la propriété dans le contrat de la source, ou le fichier chez le producteur",
  });
}
