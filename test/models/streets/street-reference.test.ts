import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { streetComponents } from "../../../src/models/streets/street-components.ts";
import { type StreetMode, streetGraph } from "../../../src/models/streets/street-graph.ts";
import { readRoads } from "../../../src/sources/formats/roads.ts";
import { reference } from "../../reference/reference.ts";
import { dijkstra } from "../../support/dijkstra.ts";
import { realData } from "../../support/real-data.ts";

interface ModeReference {
  readonly nodes: number;
  readonly arcs: number;
  readonly seconds: number;
  readonly metres: number;
  readonly components: number;
  readonly largest: number;
  /** Identifier, nodes reached, sum and largest of their times. */
  readonly origins: readonly (readonly [number, number, number, number])[];
  /** Identifiers, seconds. */
  readonly pairs: readonly (readonly [number, number, number | null])[];
}

const expected = reference<{ readonly modes: Readonly<Record<StreetMode, ModeReference>> }>("streets").modes;
const MILLISECOND = 0.001;
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe.skipIf(realData === null)("Porto Alegre: osmium and scipy find the same streets and the same times", () => {
  const roads = realData === null ? null : readRoads(join(realData, "porto_alegre/poa_osm.pbf"));

  test.each<StreetMode>(["walk", "bike", "car"])("%s", (mode) => {
    if (roads === null) throw new Error("absent");
    const graph = streetGraph(roads, streetProfile(mode));
    const reference = expected[mode];
    expect(graph.lon.length).toBe(reference.nodes);
    expect(graph.heads.length).toBe(reference.arcs);
    expect(Math.abs(sum(graph.seconds) - reference.seconds)).toBeLessThan(MILLISECOND);
    expect(Math.abs(sum(graph.metres) - reference.metres)).toBeLessThan(MILLISECOND);
    const { sizes, largest } = streetComponents(graph);
    expect([sizes.length, sizes[largest]]).toEqual([reference.components, reference.largest]);

    const idOf = (node: number): number => roads.nodeId[graph.roadNodes[node]];
    const nodeOf = new Map(Array.from(graph.roadNodes, (_, node) => [idOf(node), node] as const).reverse());
    const times = new Map<number, Float64Array>();
    for (const [origin, reached, total, longest] of reference.origins) {
      const costs = dijkstra({ ...graph, cost: graph.seconds }, nodeOf.get(origin) as number);
      times.set(origin, costs);
      const finite = costs.filter(Number.isFinite);
      expect(finite.length).toBe(reached);
      expect(Math.abs(sum(finite) - total) / reached).toBeLessThan(MILLISECOND);
      expect(Math.abs(Math.max(...finite) - longest)).toBeLessThan(MILLISECOND);
    }
    expect(reference.pairs.length).toBe(300);
    for (const [from, to, seconds] of reference.pairs) {
      const time = times.get(from)?.[nodeOf.get(to) as number] as number;
      if (seconds === null) expect(time).toBe(Number.POSITIVE_INFINITY);
      else expect(Math.abs(time - seconds), `${from} → ${to}`).toBeLessThan(MILLISECOND);
    }
  });
});
