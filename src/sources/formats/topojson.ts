import { basename } from "node:path";
import { feature } from "topojson-client";
import type { GeometryObject, Topology } from "topojson-specification";
import { QuartiersError } from "../../codes/errors.ts";
import { rawFeatures, readJsonFile } from "./geojson.ts";
import type { RawFeatures } from "./raw-table.ts";

export interface TopojsonOptions {
  /** Object to read when the topology has several. */
  readonly object?: string;
  /** Reference system; WGS 84 by default. */
  readonly epsg?: number;
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads an object of a TopoJSON topology: its shared arcs become the rings of each feature.
 * @throws QuartiersError when the document is no topology or is damaged, or the object is not there
 */
export async function readTopojson(path: string, options: TopojsonOptions = {}): Promise<RawFeatures> {
  const file = options.file ?? basename(path);
  const topology = checkedTopology(await readJsonFile(path, file), file);
  const object = chooseObject(topology, options.object, file);
  try {
    return rawFeatures(collectionOf(topology, object, file), file, options.epsg);
  } catch (cause) {
    // Lists in lists without end exhaust the stack.
    throw cause instanceof RangeError ? damaged(file, { cause }) : cause;
  }
}

const damaged = (file: string, parts: { value?: string; expected?: string; cause?: unknown } = {}): QuartiersError =>
  new QuartiersError({
    what: "Le document TopoJSON est abîmé",
    where: file,
    expected: '{ "type": "Topology", "arcs": [ … ], "objects": { … } }',
    ...parts,
    remedy: "vérifier que c'est bien le fichier du producteur, et le télécharger de nouveau",
  });

/** Arcs of at least two points of numbers, a scale of numbers: the library reads anything as coordinates. */
function checkedTopology(document: unknown, file: string): Topology {
  if (
    !isObject(document) ||
    document.type !== "Topology" ||
    !Array.isArray(document.arcs) ||
    !isObject(document.objects)
  )
    throw damaged(file, isObject(document) ? { value: `type ${String(document.type)}` } : {});
  const isPair = (value: unknown): boolean =>
    Array.isArray(value) && value.length >= 2 && value.slice(0, 2).every(Number.isFinite);
  const { transform } = document;
  if (transform !== undefined && !(isObject(transform) && isPair(transform.scale) && isPair(transform.translate)))
    throw damaged(file, { value: "transform", expected: "une échelle et une origine de deux nombres" });
  if (isObject(transform) && (transform.scale as readonly number[]).slice(0, 2).includes(0))
    throw damaged(file, { value: "échelle 0", expected: "une échelle qui n'écrase pas les contours" });
  const broken = document.arcs.findIndex((arc) => !Array.isArray(arc) || arc.length < 2 || !arc.every(isPair));
  if (broken >= 0)
    throw damaged(`${file}, arc ${broken}`, { expected: "une liste d'au moins deux points de deux nombres" });
  return document as unknown as Topology;
}

function chooseObject({ objects }: Topology, wanted: string | undefined, file: string): GeometryObject {
  const names = Object.keys(objects);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  const found = name === undefined || !names.includes(name) ? undefined : objects[name];
  if (isObject(found)) return found as unknown as GeometryObject;
  throw new QuartiersError({
    what: wanted === undefined ? `La topologie a ${names.length} objets` : "La topologie n'a pas cet objet",
    ...(wanted === undefined ? {} : { value: wanted }),
    where: file,
    expected: `l'un des objets ${names.join(", ") || "(aucun)"}`,
    remedy: "nommer l'objet dans le contrat de la source",
  });
}

function collectionOf(topology: Topology, object: GeometryObject, file: string): unknown {
  checkArcs(object, topology.arcs.length, file);
  try {
    const found = feature(topology, object);
    return found.type === "FeatureCollection" ? found : { type: "FeatureCollection", features: [found] };
  } catch (cause) {
    throw damaged(file, { cause });
  }
}

/** A number of an arc that is not there would be read as nothing. */
function checkArcs(object: GeometryObject, count: number, file: string): void {
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (!(typeof value === "number" && Number.isInteger(value) && value < count && ~value < count))
      throw damaged(file, {
        value: `arc ${String(value)}`,
        expected: `un numéro de 0 à ${count - 1}, ou son complément`,
      });
  };
  if (!isObject(object)) throw damaged(file, { value: "un objet sans géométrie" });
  if (object.type === "GeometryCollection") {
    if (!Array.isArray(object.geometries)) throw damaged(file, { value: "une collection sans géométries" });
    for (const inner of object.geometries) checkArcs(inner, count, file);
  } else if ("arcs" in object) walk(object.arcs);
}
