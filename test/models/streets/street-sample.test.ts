import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attachPoints } from "../../../src/models/streets/attach-points.ts";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { streetGraph } from "../../../src/models/streets/street-graph.ts";
import { readRoads } from "../../../src/sources/formats/roads.ts";
import { costBetween } from "../../support/town.ts";

interface Truth {
  readonly trajets: readonly {
    readonly nom: string;
    readonly de: number;
    readonly a: number;
    readonly voiture_km: number | null;
    readonly pied_km: number | null;
  }[];
}

const samples = join(import.meta.dirname, "../../../data-samples");
const truth = JSON.parse(readFileSync(join(samples, "verite/reseau.json"), "utf8")) as Truth;
const roads = readRoads(join(samples, "osm/armorelle.osm.pbf"));

describe("the invented territory", () => {
  test.each([
    ["car", "voiture_km"],
    ["walk", "pied_km"],
  ] as const)("%s: every distance that was planted is found again, to the millimetre", (mode, column) => {
    const graph = streetGraph(roads, streetProfile(mode));
    expect(truth.trajets.length).toBeGreaterThan(10);
    for (const trip of truth.trajets) {
      const [from, to] = [roads.nodeId.indexOf(trip.de), roads.nodeId.indexOf(trip.a)];
      const km = costBetween(graph, from, to, "metres") / 1000;
      expect(km === Number.POSITIVE_INFINITY ? null : Math.round(km * 1e6) / 1e6, trip.nom).toBe(trip[column]);
    }
  });

  test("the ferry takes its hour and ten minutes; the street that no road reaches takes no point", () => {
    const graph = streetGraph(roads, streetProfile("car"));
    const harbours = truth.trajets.find(({ nom }) => nom.startsWith("port"));
    const [from, to] = [harbours?.de, harbours?.a].map((id) => roads.nodeId.indexOf(id as number)) as [number, number];
    expect(costBetween(graph, from, to)).toBeCloseTo(4200, 3);
    const lost = truth.trajets.find(({ nom }) => nom.includes("rue isolée"));
    const node = roads.nodeId.indexOf(lost?.a as number);
    const { nodes, accessMetres } = attachPoints(graph, {
      lon: Float64Array.of(roads.lon[node], roads.lon[from]),
      lat: Float64Array.of(roads.lat[node], roads.lat[from]),
    });
    // The nearest street that leads somewhere is a few hundred metres away: the point goes there, not to the street where it stands.
    expect(accessMetres[0]).toBeGreaterThan(50);
    expect(nodes[0]).not.toBe(graph.roadNodes.indexOf(node));
    expect(nodes[1]).toBe(graph.roadNodes.indexOf(from));
  });
});
