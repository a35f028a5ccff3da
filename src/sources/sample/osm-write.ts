import { zlibSync } from "fflate";
import { PbfWriter } from "pbf";
import { QuartiersError } from "../../codes/errors.ts";

/** Tags of an OpenStreetMap object: { highway: "residential" }. */
export type OsmTags = Readonly<Record<string, string>>;

/** A place: WGS 84 degrees, kept to 1e-7 degree (about 1 cm). */
export interface OsmNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
  readonly tags?: OsmTags;
}

/** A line: identifiers of its nodes, in order. */
export interface OsmWay {
  readonly id: number;
  readonly nodes: readonly number[];
  readonly tags?: OsmTags;
}

/** Objects in one block, as Osmosis and osmium write them. */
const OBJECTS_A_BLOCK = 8000;
/** The unit of stored coordinates, 100 nanodegrees. */
const UNITS_A_DEGREE = 1e7;
const SYNTHETIC = "Quartiers: synthetic roads of an invented territory, not OpenStreetMap data";

/**
 * An OpenStreetMap extract in PBF (wiki.openstreetmap.org/wiki/PBF_Format): dense nodes, then ways, each sorted by identifier, in blobs deflated
 * by fflate, so that the same objects give the same bytes on every machine. The header says that it is synthetic. O(n log n).
 * @throws QuartiersError when an identifier repeats or is not a positive integer, a place is not on the earth, a way has an unknown node
 * @example
 * ```ts
 * const nodes = [{ id: 1, lon: 0, lat: 45 }, { id: 2, lon: 0.01, lat: 45 }];
 * writeOsmPbf(nodes, [{ id: 1, nodes: [1, 2], tags: { highway: "residential" } }]).length > 100 // true
 * ```
 */
export function writeOsmPbf(nodes: readonly OsmNode[], ways: readonly OsmWay[]): Uint8Array {
  const sortedNodes = sorted(nodes, "nœud");
  const sortedWays = sorted(ways, "chemin");
  checkObjects(sortedNodes, sortedWays);
  const blobs = [blob("OSMHeader", headerBlock(sortedNodes))];
  for (const part of parts(sortedNodes)) blobs.push(blob("OSMData", primitiveBlock(part, writeDenseNodes)));
  for (const part of parts(sortedWays)) blobs.push(blob("OSMData", primitiveBlock(part, writeWays)));
  return concatenated(blobs);
}

function sorted<T extends { readonly id: number }>(objects: readonly T[], kind: string): T[] {
  const list = [...objects].sort((a, b) => a.id - b.id);
  list.forEach(({ id }, i) => {
    const repeated = i > 0 && list[i - 1].id === id;
    if (repeated || !Number.isSafeInteger(id) || id <= 0)
      throw new QuartiersError({
        what: repeated ? `Deux objets OSM (${kind}) ont le même identifiant` : `Identifiant OSM (${kind}) impossible`,
        value: String(id),
        expected: "des entiers positifs, tous différents",
      });
  });
  return list;
}

function checkObjects(nodes: readonly OsmNode[], ways: readonly OsmWay[]): void {
  for (const { id, lon, lat } of nodes)
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90))
      throw new QuartiersError({
        what: `Le nœud ${id} n'est pas sur la terre`,
        value: `${lon}, ${lat}`,
        expected: "longitude puis latitude en degrés WGS 84",
      });
  const known = new Set(nodes.map(({ id }) => id));
  for (const way of ways) {
    const unknown = way.nodes.find((node) => !known.has(node));
    if (unknown !== undefined)
      throw new QuartiersError({
        what: `Le chemin ${way.id} passe par un nœud inconnu`,
        value: String(unknown),
        expected: "l'identifiant d'un nœud de la liste",
      });
  }
}

function* parts<T>(objects: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < objects.length; start += OBJECTS_A_BLOCK)
    yield objects.slice(start, start + OBJECTS_A_BLOCK);
}

/** Length of the header on four bytes, the header, then the deflated block. */
function blob(type: string, block: Uint8Array): Uint8Array {
  const body = new PbfWriter();
  body.writeVarintField(2, block.length);
  body.writeBytesField(3, zlibSync(block, { level: 9 }));
  const bodyBytes = body.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, bodyBytes.length);
  const headerBytes = header.finish();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, headerBytes.length);
  return concatenated([length, headerBytes, bodyBytes]);
}

function headerBlock(nodes: readonly OsmNode[]): Uint8Array {
  const pbf = new PbfWriter();
  if (nodes.length > 0) pbf.writeMessage(1, writeBounds, nodes);
  for (const feature of ["OsmSchema-V0.6", "DenseNodes"]) pbf.writeStringField(4, feature);
  pbf.writeStringField(5, "Sort.Type_then_ID");
  pbf.writeStringField(16, SYNTHETIC);
  pbf.writeStringField(17, "CC0-1.0");
  return pbf.finish();
}

/** Left, right, top, bottom, in nanodegrees. */
function writeBounds(nodes: readonly OsmNode[], pbf: PbfWriter): void {
  let [left, right, top, bottom] = [180, -180, -90, 90];
  for (const { lon, lat } of nodes) {
    left = Math.min(left, lon);
    right = Math.max(right, lon);
    top = Math.max(top, lat);
    bottom = Math.min(bottom, lat);
  }
  [left, right, top, bottom].forEach((degrees, i) => {
    pbf.writeSVarintField(i + 1, Math.round(degrees * UNITS_A_DEGREE) * 100);
  });
}

/** Texts of a block by number; number 0 is the empty text, which ends the tags of a dense node. */
class StringTable {
  readonly texts: string[] = [""];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

type GroupWriter<T> = (objects: readonly T[], strings: StringTable, pbf: PbfWriter) => void;

function primitiveBlock<T>(objects: readonly T[], writeGroup: GroupWriter<T>): Uint8Array {
  const strings = new StringTable();
  const group = new PbfWriter();
  writeGroup(objects, strings, group);
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (texts, table) => {
      for (const text of texts) table.writeStringField(1, text);
    },
    strings.texts,
  );
  pbf.writeBytesField(2, group.finish());
  return pbf.finish();
}

const differences = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));

const entriesOf = (tags: OsmTags = {}): [string, string][] =>
  Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

function writeDenseNodes(nodes: readonly OsmNode[], strings: StringTable, pbf: PbfWriter): void {
  const stored = (degrees: number): number => Math.round(degrees * UNITS_A_DEGREE);
  const hasTags = nodes.some(({ tags }) => entriesOf(tags).length > 0);
  const keysAndValues = nodes.flatMap(({ tags }) => [
    ...entriesOf(tags).flatMap(([key, value]) => [strings.numberOf(key), strings.numberOf(value)]),
    0,
  ]);
  pbf.writeMessage(
    2,
    (_, dense) => {
      dense.writePackedSVarint(1, differences(nodes.map(({ id }) => id)));
      dense.writePackedSVarint(8, differences(nodes.map(({ lat }) => stored(lat))));
      dense.writePackedSVarint(9, differences(nodes.map(({ lon }) => stored(lon))));
      if (hasTags) dense.writePackedVarint(10, keysAndValues);
    },
    null,
  );
}

function writeWays(ways: readonly OsmWay[], strings: StringTable, pbf: PbfWriter): void {
  for (const way of ways) {
    const tags = entriesOf(way.tags);
    pbf.writeMessage(
      3,
      ({ id, nodes }, message) => {
        message.writeVarintField(1, id);
        message.writePackedVarint(
          2,
          tags.map(([key]) => strings.numberOf(key)),
        );
        message.writePackedVarint(
          3,
          tags.map(([, value]) => strings.numberOf(value)),
        );
        message.writePackedSVarint(8, differences(nodes));
      },
      way,
    );
  }
}

function concatenated(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
