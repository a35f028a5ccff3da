import type { PbfReader } from "pbf";
import { bytesIn, eachFieldInside, eachFieldOf, eachPacked, OsmDamage } from "./osm-message.ts";

/** Objects of one kind in a block; the tags of object i are pairs `tagOffsets[i]` to `tagOffsets[i + 1]` of numbers of texts. */
export interface OsmObjects {
  readonly ids: readonly number[];
  readonly tagOffsets: readonly number[];
  readonly tagKeys: readonly number[];
  readonly tagValues: readonly number[];
}

export interface OsmNodes extends OsmObjects {
  /** WGS 84 degrees. */
  readonly lon: readonly number[];
  readonly lat: readonly number[];
}

export interface OsmWays extends OsmObjects {
  /** The nodes of way i are `nodes[nodeOffsets[i]]` to `nodes[nodeOffsets[i + 1] - 1]`, by identifier. */
  readonly nodeOffsets: readonly number[];
  readonly nodes: readonly number[];
}

/** Kinds of members, as the format numbers them. */
export const memberKinds = ["node", "way", "relation"] as const;

export interface OsmRelations extends OsmObjects {
  /** The members of relation i are `memberOffsets[i]` to `memberOffsets[i + 1]`: identifier, place in `memberKinds`, role by number of text. */
  readonly memberOffsets: readonly number[];
  readonly members: readonly number[];
  readonly kinds: readonly number[];
  readonly roles: readonly number[];
}

/** Some thousands of objects, as the file groups them. */
export interface OsmBlock {
  readonly nodes: OsmNodes;
  readonly ways: OsmWays;
  readonly relations: OsmRelations;
  /** A text of the block by its number. */
  readonly text: (number: number) => string;
  /** The number of a text, or -1 when the block has no such text. */
  readonly numberOf: (text: string) => number;
}

/** What to decode; the rest is stepped over. */
export interface OsmWanted {
  readonly nodes?: boolean;
  readonly ways?: boolean;
  readonly relations?: boolean;
}

interface Objects {
  readonly ids: number[];
  readonly tagOffsets: number[];
  readonly tagKeys: number[];
  readonly tagValues: number[];
}

const objects = (): Objects => ({ ids: [], tagOffsets: [0], tagKeys: [], tagValues: [] });

interface Scale {
  granularity: number;
  lonOffset: number;
  latOffset: number;
}

/** Decodes a PrimitiveBlock (wiki.openstreetmap.org/wiki/PBF_Format): dense and plain nodes, ways, relations. */
export function decodeOsmBlock(bytes: Uint8Array, wanted: OsmWanted): OsmBlock {
  const strings: Uint8Array[] = [];
  const scale: Scale = { granularity: 100, lonOffset: 0, latOffset: 0 };
  const groups: Uint8Array[] = [];
  eachFieldOf(bytes, (field, pbf) => {
    if (field === 1) eachFieldInside(pbf, (inner) => inner === 1 && strings.push(bytesIn(pbf)));
    else if (field === 2) groups.push(bytesIn(pbf));
    else if (field === 17) scale.granularity = pbf.readVarint(true);
    else if (field === 19) scale.latOffset = pbf.readVarint(true);
    else if (field === 20) scale.lonOffset = pbf.readVarint(true);
  });
  const nodes = { ...objects(), lon: [], lat: [] };
  const ways = { ...objects(), nodeOffsets: [0], nodes: [] };
  const relations = { ...objects(), memberOffsets: [0], members: [], kinds: [], roles: [] };
  for (const group of groups)
    eachFieldOf(group, (field, pbf) => {
      if (field === 1 && wanted.nodes) readNode(pbf, nodes, scale);
      else if (field === 2 && wanted.nodes) readDense(pbf, nodes, scale);
      else if (field === 3 && wanted.ways) readWay(pbf, ways);
      else if (field === 4 && wanted.relations) readRelation(pbf, relations);
    });
  for (const list of [nodes, ways, relations]) checkTexts(list, strings.length);
  checkMembers(relations, strings.length);
  return { nodes, ways, relations, ...textsOf(strings) };
}

function textsOf(strings: readonly Uint8Array[]): Pick<OsmBlock, "text" | "numberOf"> {
  const decoder = new TextDecoder();
  const texts: string[] = new Array<string>(strings.length);
  const text = (number: number): string => {
    texts[number] ??= decoder.decode(strings[number]);
    return texts[number];
  };
  const numberOf = (wanted: string): number => {
    const bytes = Buffer.from(wanted);
    // Lengths first: a call to compare every text would cost more than reading the block.
    return strings.findIndex((candidate) => candidate.length === bytes.length && bytes.equals(candidate));
  };
  return { text, numberOf };
}

function checkTexts({ tagKeys, tagValues }: Objects, count: number): void {
  if (tagKeys.length !== tagValues.length) throw new OsmDamage("des étiquettes sans valeur");
  for (const list of [tagKeys, tagValues])
    for (const number of list) if (!(number < count)) throw new OsmDamage("une étiquette hors de la table des textes");
}

function checkMembers({ memberOffsets, members, kinds, roles }: OsmRelations, count: number): void {
  const whole = members.length === kinds.length && members.length === roles.length;
  if (!whole || memberOffsets[memberOffsets.length - 1] !== members.length)
    throw new OsmDamage("des membres de relation sans rôle ou sans genre");
  for (const role of roles) if (!(role < count)) throw new OsmDamage("un rôle hors de la table des textes");
  for (const kind of kinds) if (!(kind in memberKinds)) throw new OsmDamage("un membre d'un genre inconnu");
}

function addPlace(list: { lon: number[]; lat: number[] }, lon: number, lat: number, scale: Scale): void {
  // Nanodegrees are whole numbers: one division gives the nearest decimal.
  const [east, north] = [
    (scale.lonOffset + scale.granularity * lon) / 1e9,
    (scale.latOffset + scale.granularity * lat) / 1e9,
  ];
  if (!(Math.abs(east) <= 180 && Math.abs(north) <= 90))
    throw new OsmDamage(`un nœud hors de la terre (${east}, ${north})`);
  list.lon.push(east);
  list.lat.push(north);
}

type NodeList = Objects & { readonly lon: number[]; readonly lat: number[] };

function readNode(pbf: PbfReader, list: NodeList, scale: Scale): void {
  let [id, lon, lat] = [0, Number.NaN, Number.NaN];
  eachFieldInside(pbf, (field) => {
    if (field === 1) id = pbf.readSVarint();
    else if (field === 2) eachPacked(pbf, () => list.tagKeys.push(pbf.readVarint()));
    else if (field === 3) eachPacked(pbf, () => list.tagValues.push(pbf.readVarint()));
    else if (field === 8) lat = pbf.readSVarint();
    else if (field === 9) lon = pbf.readSVarint();
  });
  list.ids.push(id);
  list.tagOffsets.push(list.tagKeys.length);
  addPlace(list, lon, lat, scale);
}

/** Nodes side by side, each number as its difference with the one before; tags in one list, a zero after those of each node. */
function readDense(pbf: PbfReader, list: NodeList, scale: Scale): void {
  const [ids, lats, lons, tags]: number[][] = [[], [], [], []] as [number[], number[], number[], number[]];
  eachFieldInside(pbf, (field) => {
    const target = { 1: ids, 8: lats, 9: lons }[field];
    if (target) eachPacked(pbf, () => target.push(pbf.readSVarint()));
    else if (field === 10) eachPacked(pbf, () => tags.push(pbf.readVarint()));
  });
  if (ids.length !== lats.length || ids.length !== lons.length)
    throw new OsmDamage("des nœuds sans latitude ou sans longitude");
  let [id, lon, lat, tag] = [0, 0, 0, 0];
  for (let i = 0; i < ids.length; i++) {
    id += ids[i];
    lon += lons[i];
    lat += lats[i];
    list.ids.push(id);
    addPlace(list, lon, lat, scale);
    while (tag < tags.length && tags[tag] !== 0) {
      list.tagKeys.push(tags[tag]);
      list.tagValues.push(tags[tag + 1] ?? Number.NaN);
      tag += 2;
    }
    tag++;
    list.tagOffsets.push(list.tagKeys.length);
  }
  if (tags.length > 0 && tag !== tags.length) throw new OsmDamage("des étiquettes sans nœud");
}

function readWay(pbf: PbfReader, list: Objects & { readonly nodeOffsets: number[]; readonly nodes: number[] }): void {
  let [id, node] = [0, 0];
  eachFieldInside(pbf, (field) => {
    if (field === 1) id = pbf.readVarint(true);
    else if (field === 2) eachPacked(pbf, () => list.tagKeys.push(pbf.readVarint()));
    else if (field === 3) eachPacked(pbf, () => list.tagValues.push(pbf.readVarint()));
    else if (field === 8)
      eachPacked(pbf, () => {
        node += pbf.readSVarint();
        list.nodes.push(node);
      });
  });
  list.ids.push(id);
  list.tagOffsets.push(list.tagKeys.length);
  list.nodeOffsets.push(list.nodes.length);
}

type RelationList = Objects & Readonly<Record<"memberOffsets" | "members" | "kinds" | "roles", number[]>>;

function readRelation(pbf: PbfReader, list: RelationList): void {
  let [id, member] = [0, 0];
  eachFieldInside(pbf, (field) => {
    if (field === 1) id = pbf.readVarint(true);
    else if (field === 2) eachPacked(pbf, () => list.tagKeys.push(pbf.readVarint()));
    else if (field === 3) eachPacked(pbf, () => list.tagValues.push(pbf.readVarint()));
    else if (field === 8) eachPacked(pbf, () => list.roles.push(pbf.readVarint()));
    else if (field === 9)
      eachPacked(pbf, () => {
        member += pbf.readSVarint();
        list.members.push(member);
      });
    else if (field === 10) eachPacked(pbf, () => list.kinds.push(pbf.readVarint()));
  });
  list.ids.push(id);
  list.tagOffsets.push(list.tagKeys.length);
  list.memberOffsets.push(list.members.length);
}
