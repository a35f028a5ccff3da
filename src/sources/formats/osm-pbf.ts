import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { inflateSync } from "node:zlib";
import { QuartiersError } from "../../codes/errors.ts";
import { refusePage } from "../file-text.ts";
import { decodeOsmBlock, type OsmBlock, type OsmWanted } from "./osm-block.ts";
import { bytesIn, eachFieldOf, OsmDamage } from "./osm-message.ts";

/** What the head of an extract says. */
export interface OsmHeader {
  readonly writingProgram: string;
  readonly source: string;
  /** West, south, east, north, in degrees, when the extract says it. */
  readonly bounds: readonly [number, number, number, number] | null;
}

export interface OsmOptions extends OsmWanted {
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

// Limits of the format, on the head of a block and on the block, packed or not.
const MAX_HEAD_BYTES = 64 << 10;
const MAX_BLOB_BYTES = 32 << 20;

/** Features of the format that this reader answers for; a file of deleted objects (HistoricalInformation) is none of them. */
const knownFeatures: readonly string[] = ["OsmSchema-V0.6", "DenseNodes"];

/**
 * Walks through the blocks of an OpenStreetMap extract (.osm.pbf), one in memory at a time.
 * @param visit called with each block of objects, in the order of the file; only what `options` wants is decoded
 * @throws QuartiersError when the file is truncated inside a block, damaged, or of a kind that is not read here
 */
export function readOsmBlocks(path: string, visit: (block: OsmBlock) => void, options: OsmOptions = {}): OsmHeader {
  const file = options.file ?? basename(path);
  const { nodes = true, ways = true, relations = true } = options;
  const wanted = { nodes, ways, relations };
  const handle = opened(path, file);
  let header: OsmHeader | null = null;
  let at = 0;
  try {
    const { size } = fstatSync(handle);
    checkStart(handle, file);
    while (at < size) {
      const { type, content, end } = readBlob(handle, at, size);
      if ((type === "OSMHeader") !== (header === null)) throw new OsmDamage("en-tête absent ou répété");
      if (header === null) header = readHeader(content, file);
      else visit(decodeOsmBlock(content, wanted));
      at = end;
    }
    if (header === null) throw new OsmDamage("fichier vide");
    return header;
  } catch (error) {
    throw told(error, `${file}, bloc de l'octet ${at}`);
  } finally {
    closeSync(handle);
  }
}

function opened(path: string, file: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new QuartiersError({
      what: "L'extrait OpenStreetMap ne peut pas être lu",
      where: file,
      remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
      cause,
    });
  }
}

const truncated = new OsmDamage("le fichier est coupé");

function told(error: unknown, where: string): unknown {
  if (error instanceof QuartiersError) return error;
  return new QuartiersError({
    what: error === truncated ? "L'extrait OpenStreetMap est tronqué" : "L'extrait OpenStreetMap est abîmé",
    ...(error instanceof OsmDamage ? { value: error.message } : {}),
    where,
    expected: "un fichier .osm.pbf entier",
    remedy: "le télécharger de nouveau, et comparer sa somme MD5 avec celle du serveur",
    cause: error,
  });
}

/** Another format under this name: a web page, XML, a compressed file. */
function checkStart(handle: number, file: string): void {
  const start = readAt(handle, 0, 1024, 0);
  refusePage(start, file);
  // Four bytes of length, then field 1 of the head: a text of nine letters.
  if (start.subarray(6, 15).toString("latin1") === "OSMHeader") return;
  throw new QuartiersError({
    what: "Le fichier n'est pas un extrait OpenStreetMap en PBF",
    value: start.length === 0 ? "vide" : `premiers octets ${start.subarray(0, 8).toString("hex")}`,
    where: file,
    expected: "un fichier .osm.pbf, qui commence par « OSMHeader »",
    remedy: "vérifier que c'est bien le fichier du producteur, au format PBF (ni .osm, ni .bz2)",
  });
}

/** Bytes at a place; fewer than `least` is a cut file. */
function readAt(handle: number, position: number, length: number, least = length): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  const read = readSync(handle, bytes, 0, length, position);
  if (read < least) throw truncated;
  return bytes.subarray(0, read);
}

/** A length, a head that names the block and its size, and the block, unpacked. */
function readBlob(handle: number, at: number, size: number): { type: string; content: Uint8Array; end: number } {
  const headLength = readAt(handle, at, 4).readUInt32BE(0);
  if (headLength > MAX_HEAD_BYTES) throw new OsmDamage("tête de bloc trop longue");
  let [type, length] = ["", -1];
  eachFieldOf(readAt(handle, at + 4, headLength), (field, pbf) => {
    if (field === 1) type = Buffer.from(bytesIn(pbf)).toString("latin1");
    else if (field === 3) length = pbf.readVarint();
  });
  // The format lets unknown kinds be skipped; none is in use, and a damaged name would lose a block in silence.
  if (type !== "OSMHeader" && type !== "OSMData") throw new OsmDamage("bloc d'un genre inconnu");
  if (!(length >= 0 && length <= MAX_BLOB_BYTES)) throw new OsmDamage("bloc trop long");
  const start = at + 4 + headLength;
  if (start + length > size) throw truncated;
  return { type, content: unpacked(readAt(handle, start, length)), end: start + length };
}

function unpacked(blob: Uint8Array): Uint8Array {
  let [raw, packed]: (Uint8Array | null)[] = [null, null];
  let [rawSize, other] = [-1, 0];
  eachFieldOf(blob, (field, pbf) => {
    if (field === 1) raw = bytesIn(pbf);
    else if (field === 2) rawSize = pbf.readVarint();
    else if (field === 3) packed = bytesIn(pbf);
    else other = field;
  });
  if (raw) return raw;
  if (!packed)
    throw new OsmDamage(other === 0 ? "bloc vide" : `compression que ce lecteur ne connaît pas (champ ${other})`);
  if (!(rawSize >= 0 && rawSize <= MAX_BLOB_BYTES)) throw new OsmDamage("bloc trop long une fois décompressé");
  const content = inflateSync(packed, { maxOutputLength: Math.max(1, rawSize) });
  if (content.length !== rawSize) throw new OsmDamage("bloc d'une autre taille que promise");
  return content;
}

function readHeader(content: Uint8Array, file: string): OsmHeader {
  let [writingProgram, source] = ["", ""];
  let bounds: OsmHeader["bounds"] = null;
  const features: string[] = [];
  eachFieldOf(content, (field, pbf) => {
    if (field === 1) {
      const sides = [0, 0, 0, 0];
      eachFieldOf(bytesIn(pbf), (side, box) => {
        if (side >= 1 && side <= 4) sides[side - 1] = box.readSVarint() / 1e9;
      });
      const [west, east, north, south] = sides as [number, number, number, number];
      bounds = [west, south, east, north];
    } else if (field === 4) features.push(Buffer.from(bytesIn(pbf)).toString("utf8"));
    else if (field === 16) writingProgram = Buffer.from(bytesIn(pbf)).toString("utf8");
    else if (field === 17) source = Buffer.from(bytesIn(pbf)).toString("utf8");
  });
  const unknown = features.filter((feature) => !knownFeatures.includes(feature));
  if (unknown.length > 0)
    throw new QuartiersError({
      what: "L'extrait OpenStreetMap demande ce que ce lecteur ne sait pas faire",
      value: unknown.join(", ").slice(0, 80),
      where: file,
      expected: "un extrait courant, sans l'historique des objets",
      remedy: "prendre le fichier « latest » de Geofabrik",
    });
  return { writingProgram, source, bounds };
}
