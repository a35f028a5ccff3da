import { describe, expect, test } from "vitest";
import { greatCircle, type Point } from "../../../src/sources/sample/geometry.ts";
import { bytes, json } from "./written.ts";
import { readPbf } from "./written-roads.ts";

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
