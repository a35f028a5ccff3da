import { unzlibSync } from "fflate";
import { PbfReader } from "pbf";
import { describe, expect, test } from "vitest";
import { greatCircle, type Point } from "../../../src/sources/sample/geometry.ts";
import { bytes, json } from "./written.ts";

interface Way {
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A reader of dense nodes and ways, by the description of the format and nothing else. */
function readPbf(file: Uint8Array): { nodes: Map<number, Point>; ways: Way[] } {
  const nodes = new Map<number, Point>();
  const ways: Way[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const headLength = view.getUint32(at);
    const head = { type: "", size: 0 };
    new PbfReader(file.subarray(at + 4, at + 4 + headLength)).readFields((tag, _, pbf) => {
      if (tag === 1) head.type = pbf.readString();
      else if (tag === 3) head.size = pbf.readVarint();
    }, head);
    at += 4 + headLength;
    let data = new Uint8Array();
    new PbfReader(file.subarray(at, at + head.size)).readFields((tag, _, pbf) => {
      if (tag === 3) data = Uint8Array.from(unzlibSync(pbf.readBytes()));
    }, null);
    at += head.size;
    if (head.type === "OSMData") readBlock(data, nodes, ways);
  }
  return { nodes, ways };
}

function readBlock(data: Uint8Array, nodes: Map<number, Point>, ways: Way[]): void {
  const strings: string[] = [];
  new PbfReader(data).readFields((tag, _, pbf) => {
    if (tag === 1)
      pbf.readMessage((inner) => {
        if (inner === 1) strings.push(new TextDecoder().decode(pbf.readBytes()));
      }, null);
  }, null);
  new PbfReader(data).readFields((tag, _, pbf) => {
    if (tag !== 2) return;
    pbf.readMessage((group) => {
      if (group === 2) {
        const dense: { ids: number[]; lats: number[]; lons: number[] } = { ids: [], lats: [], lons: [] };
        pbf.readMessage((field) => {
          if (field === 1) pbf.readPackedSVarint(dense.ids);
          else if (field === 8) pbf.readPackedSVarint(dense.lats);
          else if (field === 9) pbf.readPackedSVarint(dense.lons);
        }, null);
        let [id, lat, lon] = [0, 0, 0];
        for (const [i, step] of dense.ids.entries()) {
          id += step;
          lat += dense.lats[i];
          lon += dense.lons[i];
          nodes.set(id, [lon / 1e7, lat / 1e7]);
        }
      } else if (group === 3) {
        const [keys, values, refs]: number[][] = [[], [], []];
        pbf.readMessage((field) => {
          if (field === 2) pbf.readPackedVarint(keys);
          else if (field === 3) pbf.readPackedVarint(values);
          else if (field === 8) pbf.readPackedSVarint(refs);
        }, null);
        let id = 0;
        ways.push({
          nodes: refs.map((step) => {
            id += step;
            return id;
          }),
          tags: Object.fromEntries(keys.map((key, i) => [strings[key], strings[values[i]]])),
        });
      }
    }, null);
  }, null);
}

const { nodes, ways } = readPbf(bytes("osm/armorelle.osm.pbf"));
const truth = json<{
  noeuds: number;
  chemins: number;
  trajets: { nom: string; de: number; a: number; voiture_km: number | null; pied_km: number | null }[];
  quartiers: Record<string, number>;
}>("verite/reseau.json");

const streets = "primary secondary tertiary unclassified residential living_street service".split(" ");

/** The arcs that leave each node. */
function arcsOf(mode: "voiture" | "pied"): Map<number, { to: number; km: number }[]> {
  const allowed = new Set([...streets, ...(mode === "pied" ? ["footway", "path", "steps", "pedestrian"] : ["trunk"])]);
  const arcs = new Map<number, { to: number; km: number }[]>([...nodes.keys()].map((id) => [id, []]));
  for (const { nodes: line, tags } of ways) {
    if (tags["access"] === "private") continue;
    if (tags["route"] !== "ferry" && !allowed.has(tags["highway"] ?? "")) continue;
    const oneWay = mode === "voiture" && (tags["oneway"] === "yes" || tags["junction"] === "roundabout");
    for (let i = 1; i < line.length; i++) {
      const km = greatCircle(nodes.get(line[i - 1]) as Point, nodes.get(line[i]) as Point);
      arcs.get(line[i - 1])?.push({ to: line[i], km });
      if (!oneWay) arcs.get(line[i])?.push({ to: line[i - 1], km });
    }
  }
  return arcs;
}

/** Shortest distances by a queue of nodes to look at again (Bellman, Ford, Moore): not the generator's way. */
function distances(
  arcs: ReadonlyMap<number, readonly { to: number; km: number }[]>,
  from: number,
): Map<number, number> {
  const best = new Map<number, number>([[from, 0]]);
  const queue = [from];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    const here = best.get(at) as number;
    for (const { to, km } of arcs.get(at) ?? []) {
      if (here + km >= (best.get(to) ?? Number.POSITIVE_INFINITY)) continue;
      best.set(to, here + km);
      queue.push(to);
    }
  }
  return best;
}

describe("the roads", () => {
  test("10 000 to 20 000 nodes, every way on known nodes, every way stamped", () => {
    expect(nodes.size).toBe(truth.noeuds);
    expect(ways.length).toBe(truth.chemins);
    expect(nodes.size).toBeGreaterThan(10_000);
    expect(nodes.size).toBeLessThan(20_000);
    expect(ways.every(({ nodes: line }) => line.length > 1 && line.every((id) => nodes.has(id)))).toBe(true);
    expect(new Set(ways.map(({ tags }) => tags["source"]))).toEqual(new Set(["synthétique"]));
  });

  test("all sorts of ways are there", () => {
    const kinds = new Set(ways.map(({ tags }) => tags["highway"]));
    for (const kind of "trunk primary secondary tertiary residential living_street service footway path steps cycleway".split(
      " ",
    ))
      expect(kinds.has(kind), kind).toBe(true);
    const has = (key: string, value: string): boolean => ways.some(({ tags }) => tags[key] === value);
    for (const [key, value] of [
      ["bridge", "yes"],
      ["route", "ferry"],
      ["oneway", "yes"],
      ["junction", "roundabout"],
      ["waterway", "river"],
      ["access", "private"],
      ["maxspeed", "FR:urban"],
    ] as const)
      expect(has(key, value), key).toBe(true);
    expect(Object.keys(truth.quartiers).length).toBe(78);
  });

  test("the planted distances are found again, by car and on foot", () => {
    for (const mode of ["voiture", "pied"] as const) {
      const arcs = arcsOf(mode);
      for (const from of new Set(truth.trajets.map(({ de }) => de))) {
        const found = distances(arcs, from);
        for (const { nom, a, ...said } of truth.trajets.filter(({ de }) => de === from)) {
          const km = said[`${mode}_km`];
          if (km === null) expect(found.has(a), nom).toBe(false);
          else expect(found.get(a), nom).toBeCloseTo(km, 5);
        }
      }
    }
  });

  test("the island needs the ferry, the roundabout has a direction, a street has no access", () => {
    const pair = (start: string) => truth.trajets.find(({ nom }) => nom.startsWith(start));
    expect(pair("rond-point, à rebours")?.voiture_km).toBeGreaterThan(2 * (pair("rond-point, dans")?.voiture_km ?? 9));
    expect(pair("rond-point, à rebours")?.pied_km).toBe(pair("rond-point, dans")?.pied_km);
    expect(truth.trajets.at(-1)?.voiture_km).toBeNull();
    expect(pair("port")?.voiture_km).toBeGreaterThan(8);
  });
});
