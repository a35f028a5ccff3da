import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import type { OsmBlock, OsmObjects } from "../../../src/sources/formats/osm-block.ts";
import { readOsmBlocks } from "../../../src/sources/formats/osm-pbf.ts";
import { readRoads, readRoadTable } from "../../../src/sources/formats/roads.ts";
import { type OsmNode, type OsmWay, writeOsmPbf } from "../../../src/sources/sample/osm-write.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, osmBlob, osmHead, plainBlock } from "../../support/formats.ts";
import { realData } from "../../support/real-data.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const random = seededRandom(12);
const degrees = (west: number, width: number): number => Math.round((west + random() * width) * 1e7) / 1e7;
/** More objects than a block holds, identifiers over 2^32, tags with accents. */
const nodes: OsmNode[] = Array.from({ length: 9000 }, (_, i) => ({
  id: 5_000_000_000 + 3 * i,
  lon: degrees(-2, 1),
  lat: degrees(47, 1),
  ...(i % 500 === 0 ? { tags: { highway: "crossing", note: `n° ${i}, été` } } : {}),
}));
const ways: OsmWay[] = Array.from({ length: 400 }, (_, i) => ({
  id: i + 1,
  nodes: Array.from({ length: 2 + (i % 5) }, (_, k) => nodes[(7 * i + 11 * k) % nodes.length]?.id ?? 0),
  tags: i % 10 === 0 ? { building: "yes" } : { highway: i % 2 ? "residential" : "footway", name: `Rue de l'Été ${i}` },
}));

interface Everything {
  readonly nodes: OsmNode[];
  readonly ways: OsmWay[];
  readonly relations: number;
}

function readAll(path: string): Everything {
  const all: Everything & { relations: number } = { nodes: [], ways: [], relations: 0 };
  const tagsOf = ({ text }: OsmBlock, list: OsmObjects, i: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: list.tagOffsets[i + 1] - list.tagOffsets[i] }, (_, k) => {
        const at = list.tagOffsets[i] + k;
        return [text(list.tagKeys[at]), text(list.tagValues[at])];
      }),
    );
  const withTags = (tags: Record<string, string>): { tags?: Record<string, string> } =>
    Object.keys(tags).length > 0 ? { tags } : {};
  readOsmBlocks(path, (block) => {
    block.nodes.ids.forEach((id, i) => {
      all.nodes.push({
        id,
        lon: block.nodes.lon[i],
        lat: block.nodes.lat[i],
        ...withTags(tagsOf(block, block.nodes, i)),
      });
    });
    block.ways.ids.forEach((id, i) => {
      const own = block.ways.nodes.slice(block.ways.nodeOffsets[i], block.ways.nodeOffsets[i + 1]);
      all.ways.push({ id, nodes: own, ...withTags(tagsOf(block, block.ways, i)) });
    });
    all.relations += block.relations.ids.length;
  });
  return all;
}

describe("an extract", () => {
  test("what was written is read again, to the last digit", () => {
    const path = place.file("essai.osm.pbf", writeOsmPbf(nodes, ways));
    const all = readAll(path);
    expect(all.nodes).toEqual(nodes);
    expect(all.ways).toEqual(ways);
  });

  test("the same objects give the same bytes, whatever their order; the head says that they are invented", () => {
    const bytes = writeOsmPbf(nodes, ways);
    expect(writeOsmPbf([...nodes].reverse(), [...ways].reverse())).toEqual(bytes);
    const header = readOsmBlocks(place.file("essai.osm.pbf", bytes), () => undefined);
    expect(header.writingProgram).toMatch(/synthetic/);
    const lons = nodes.map(({ lon }) => lon);
    expect(header.bounds?.[0]).toBeCloseTo(Math.min(...lons), 9);
    expect(header.bounds?.[3]).toBeCloseTo(Math.max(...nodes.map(({ lat }) => lat)), 9);
  });

  test("plain nodes, blocks that are not packed, an offset and a granularity, relations", () => {
    const plain = [
      { id: 9, lon: -1.5, lat: 47.25 },
      { id: -4, lon: 2.3, lat: -12.7 },
    ];
    const path = place.file(
      "b.osm.pbf",
      Buffer.concat([osmHead("OsmSchema-V0.6"), osmBlob("OSMData", plainBlock(plain))]),
    );
    const all = readAll(path);
    expect(all.relations).toBe(1);
    all.nodes.forEach(({ id, lon, lat }, i) => {
      expect(id).toBe(plain[i]?.id);
      expect([lon, lat].map((value) => value.toFixed(6))).toEqual([plain[i]?.lon.toFixed(6), plain[i]?.lat.toFixed(6)]);
    });
  });
});

describe("roads", () => {
  test("ways of the wanted kinds, with the nodes that they use and no other", () => {
    const path = place.file("essai.osm.pbf", writeOsmPbf(nodes, ways));
    const expected = ways.filter(({ tags }) => tags?.highway === "residential");
    const roads = readRoads(path, { highways: ["residential"] });
    expect([...roads.wayId]).toEqual(expected.map(({ id }) => id));
    expect(roads.tags.name).toEqual(expected.map(({ tags }) => tags?.name));
    expect(roads.tags.surface.every((text) => text === "")).toBe(true);
    expect(roads.nodeId.length).toBe(new Set(expected.flatMap((way) => way.nodes)).size);
    const places = new Map(nodes.map((node) => [node.id, node]));
    expected.forEach((way, i) => {
      const own = [...roads.wayNodes.subarray(roads.wayOffsets[i], roads.wayOffsets[i + 1])];
      expect(own.map((node) => roads.nodeId[node])).toEqual(way.nodes);
      for (const node of own) {
        const { lon, lat } = places.get(roads.nodeId[node]) as OsmNode;
        expect([roads.lon[node], roads.lat[node]]).toEqual([lon, lat]);
      }
    });
  });

  test("ferries are lines of roads, unless they are not wanted; the table of ways leaves them out", () => {
    const ferry = { id: 900, nodes: [nodes[0].id, nodes[1].id], tags: { route: "ferry", foot: "yes" } };
    const path = place.file("bac.osm.pbf", writeOsmPbf(nodes, [...ways.slice(0, 3), ferry]));
    expect([...readRoads(path).wayId]).toEqual([2, 3, 900]);
    expect([...readRoads(path, { ferries: false }).wayId]).toEqual([2, 3]);
    const table = readRoadTable(path);
    expect(table.names.slice(0, 3)).toEqual(["id", "highway", "name"]);
    expect(table.columns.slice(0, 2)).toEqual([
      ["2", "3"],
      ["residential", "footway"],
    ]);
    expect(table.columns[4]).toEqual([null, null]);
  });

  test("a way is cut where the extract lacks a node", () => {
    const own = nodes.slice(0, 7);
    const way = { id: 5, nodes: own.map(({ id }) => id), tags: { highway: "path" } };
    const whole = writeOsmPbf(own, [way]);
    // The blocks of two extracts: nodes without the third and the sixth, then the way of the whole one.
    const partial = writeOsmPbf(
      own.filter((_, i) => i !== 2 && i !== 5),
      [],
    );
    const roads = readRoads(place.file("troue.osm.pbf", Buffer.concat([partial, lastBlob(whole)])));
    expect(roads.missingNodes).toBe(2);
    expect([...roads.wayId]).toEqual([5, 5]);
    expect([...roads.nodeId]).toEqual([0, 1, 3, 4].map((i) => own[i]?.id));
    expect([...roads.wayNodes]).toEqual([0, 1, 2, 3]);
    expect([...roads.wayOffsets]).toEqual([0, 2, 4]);
  });
});

/** Where each block of an extract begins. */
function blobStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  const view = Buffer.from(bytes);
  for (let at = 0; at < view.length; ) {
    starts.push(at);
    const head = view.readUInt32BE(at);
    const type = view[at + 5];
    let [length, shift, place] = [0, 1, at + 4 + 2 + type + 1];
    for (; view[place] > 127; place++, shift *= 128) length += (view[place] & 127) * shift;
    length += view[place] * shift;
    at += 4 + head + length;
  }
  return starts;
}

const lastBlob = (bytes: Uint8Array): Uint8Array => bytes.subarray(blobStarts(bytes).at(-1));

describe("what is refused in words", () => {
  test.each<[string, Uint8Array | string, RegExp]>([
    ["a web page", "<!DOCTYPE html><html>", /page web/],
    ["OpenStreetMap in XML", '<?xml version="1.0"?><osm version="0.6">', /pas un extrait OpenStreetMap en PBF/],
    ["nothing", "", /vide/],
    ["a history", osmHead("OsmSchema-V0.6", "HistoricalInformation"), /HistoricalInformation/],
    ["two heads", Buffer.concat([osmHead(), osmHead()]), /en-tête absent ou répété/],
    ["an unknown block", Buffer.concat([osmHead(), osmBlob("OSMOther", Buffer.of(1))]), /genre inconnu/],
    ["another compression", Buffer.concat([osmHead(), osmBlob("OSMData", Buffer.of(1), { field: 7 })]), /champ 7/],
    [
      "a place off the earth",
      Buffer.concat([osmHead(), osmBlob("OSMData", plainBlock([{ id: 1, lon: 181, lat: 0 }]))]),
      /hors de la terre/,
    ],
    ["no road", writeOsmPbf(nodes, ways.slice(0, 1)), /aucune route.*highway/],
  ])("%s", async (_, bytes, words) => {
    const path = place.file("faux.osm.pbf", bytes);
    const message = (await refusal(() => [readAll(path), readRoads(path)])).message;
    expect(message).toMatch(words);
    expect(message).toContain("faux.osm.pbf");
  });

  test("what cannot be written", async () => {
    const two = nodes.slice(0, 2);
    expect((await refusal(() => writeOsmPbf([...two, two[0]], []))).message).toMatch(/même identifiant/);
    expect((await refusal(() => writeOsmPbf([{ id: 1, lon: 200, lat: 0 }], []))).message).toMatch(
      /n'est pas sur la terre/,
    );
    expect((await refusal(() => writeOsmPbf(two, [{ id: 1, nodes: [3] }]))).message).toMatch(/nœud inconnu/);
  });

  test("a cut inside a block is seen; between blocks the format cannot tell", async () => {
    const whole = writeOsmPbf(nodes.slice(0, 60), ways.slice(0, 0));
    const starts = new Set(blobStarts(whole));
    for (const { how, bytes } of corruptions(whole, { cuts: whole.length, flips: 0, seed: 13 })) {
      const result = await outcome(how, () => readAll(place.file("coupe.osm.pbf", bytes)));
      if (!starts.has(bytes.length) || bytes.length === 0) expect(result, how).toBeInstanceOf(QuartiersError);
    }
  });

  test("changed bytes give the same objects or words: what is packed has a checksum", async () => {
    const [few, some] = [
      nodes.slice(0, 200),
      ways.slice(0, 20).map((way) => ({ ...way, nodes: [nodes[0].id, nodes[5].id] })),
    ];
    const whole = writeOsmPbf(few, some);
    for (const { how, bytes } of corruptions(whole, { cuts: 0, flips: 400, seed: 14 })) {
      const result = await outcome(how, () => readAll(place.file("abime.osm.pbf", bytes)));
      if (!(result instanceof QuartiersError)) expect(result, how).toEqual({ nodes: few, ways: some, relations: 0 });
    }
  });

  test("changed bytes of an unpacked block end in a reading or in words", async () => {
    const block = plainBlock(nodes.slice(0, 30));
    for (const { how, bytes } of corruptions(block, { cuts: 60, flips: 400, seed: 15 })) {
      const path = place.file("abime.osm.pbf", Buffer.concat([osmHead(), osmBlob("OSMData", bytes)]));
      await outcome(how, () => readAll(path));
    }
  });
});

test.skipIf(realData === null)("Porto Alegre: the counts of osmium 4.3.2", () => {
  const path = join(realData ?? "", "porto_alegre/poa_osm.pbf");
  const count = { nodes: 0, ways: 0, relations: 0, nodeTags: 0, wayTags: 0, refs: 0, lon: 0, lat: 0 };
  readOsmBlocks(path, ({ nodes, ways, relations }) => {
    count.nodes += nodes.ids.length;
    count.ways += ways.ids.length;
    count.relations += relations.ids.length;
    count.nodeTags += nodes.tagKeys.length;
    count.wayTags += ways.tagKeys.length;
    count.refs += ways.nodes.length;
    for (const lon of nodes.lon) count.lon += Math.round(lon * 1e7);
    for (const lat of nodes.lat) count.lat += Math.round(lat * 1e7);
  });
  expect(count).toEqual({
    nodes: 43_264,
    ways: 16_032,
    relations: 23,
    nodeTags: 14_564,
    wayTags: 104_039,
    refs: 66_840,
    lon: -22_149_470_278_224,
    lat: -13_002_603_485_518,
  });
  const roads = readRoads(path);
  const kinds = roads.tags.highway.reduce(
    (counts, kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
    new Map<string, number>(),
  );
  expect(kinds.get("residential")).toBe(3237);
  expect(kinds.get("service")).toBe(4184);
  expect(kinds.get("footway")).toBe(2083);
  expect(kinds.has("proposed")).toBe(false);
  expect(roads.missingNodes).toBe(0);
  expect(roads.wayId.length).toBe(15_701);
});
