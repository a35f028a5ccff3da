import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { attachPoints } from "../../../src/models/streets/attach-points.ts";
import { contractStreets } from "../../../src/models/streets/contract-streets.ts";
import { isochrone } from "../../../src/models/streets/isochrone.ts";
import { isochroneArea } from "../../../src/models/streets/isochrone-area.ts";
import { streetProfile } from "../../../src/models/streets/profiles.ts";
import { shortestCosts, shortestPath } from "../../../src/models/streets/shortest-path.ts";
import { type StreetMode, streetGraph } from "../../../src/models/streets/street-graph.ts";
import { streetMatrix } from "../../../src/models/streets/street-matrix.ts";
import { streetReach } from "../../../src/models/streets/street-reach.ts";
import { type Roads, readRoads } from "../../../src/sources/formats/roads.ts";
import { dijkstra } from "../../support/dijkstra.ts";
import { realData } from "../../support/real-data.ts";

const MILLISECOND = 0.001;
/** One origin in this many is compared: the whole was once, for the three modes. */
const EVERY = 31;

describe.skipIf(realData === null)(
  "Porto Alegre: times between the 1 227 hexagons are those of an independent Dijkstra",
  () => {
    const folder = join(realData ?? "", "porto_alegre");
    const roads = realData === null ? null : readRoads(join(folder, "poa_osm.pbf"));
    const hexagons = (): { lon: Float64Array; lat: Float64Array } => {
      const rows = readFileSync(join(folder, "poa_hexgrid.csv"), "utf8").trim().split("\n").slice(1);
      const column = (place: number): Float64Array => Float64Array.from(rows, (row) => Number(row.split(",")[place]));
      return { lon: column(1), lat: column(2) };
    };

    test.each<StreetMode>(["walk", "bike", "car"])("%s", (mode) => {
      const { graph, nodes } = attachPoints(streetGraph(roads as Roads, streetProfile(mode)), hexagons());
      const hierarchy = contractStreets(graph);
      const matrix = streetMatrix(hierarchy, nodes, nodes);
      const count = nodes.length;
      expect(count).toBe(1227);
      let [worst, compared] = [0, 0];
      for (let i = 0; i < count; i += EVERY) {
        const costs =
          nodes[i] < 0
            ? new Float64Array(graph.lon.length).fill(Infinity)
            : dijkstra({ ...graph, cost: graph.seconds }, nodes[i]);
        for (let j = 0; j < count; j++) {
          const expected = nodes[j] < 0 ? Infinity : costs[nodes[j]];
          const found = matrix[i * count + j];
          if (found !== expected)
            worst = Math.max(worst, expected === Infinity ? Infinity : Math.abs(found - expected));
          compared++;
        }
      }
      expect(worst).toBeLessThan(MILLISECOND);
      expect(compared).toBe(40 * count);

      // No detour by a third hexagon is quicker, whichever the three.
      for (let k = 0; k < 200_000; k++) {
        const [a, b, c] = [(k * 7919) % count, (k * 104_729) % count, (k * 1_299_709) % count];
        if (matrix[a * count + c] > matrix[a * count + b] + matrix[b * count + c] + 1e-6)
          expect([a, b, c]).toBe("un détour plus rapide");
      }

      // The reach, by searches or by climbs, and the path that explains: the same times.
      const origins = nodes.filter((_, i) => i % EVERY === 0);
      for (const network of [graph, hierarchy]) {
        const { starts, targets, seconds } = streetReach(network, origins, nodes, 1200);
        let reached = 0;
        for (let i = 0; i < origins.length; i++)
          for (let k = starts[i]; k < starts[i + 1]; k++)
            if (Math.abs(seconds[k] - matrix[i * EVERY * count + targets[k]]) <= 1e-6) reached++;
        expect(reached).toBe(targets.length);
        expect(reached).toBe(
          Array.from(origins.keys()).flatMap((i) =>
            Array.from(matrix.subarray(i * EVERY * count, (i * EVERY + 1) * count)).filter((time) => time <= 1200),
          ).length,
        );
      }
      const [from, to] = [nodes[100], nodes[900]];
      expect(shortestPath(graph, from, to)?.seconds).toBeCloseTo(matrix[100 * count + 900], 6);
      expect(shortestCosts(graph, from, { targets: [to] })[to]).toBeCloseTo(matrix[100 * count + 900], 6);
    });

    test("an isochrone on foot grows with its time, and covers less than the disc of the same walk", () => {
      const { graph, nodes } = attachPoints(streetGraph(roads as Roads, streetProfile("walk")), hexagons());
      const areas = isochrone(graph, nodes[100], [600, 1200, 1800]).map(({ pieces }) => isochroneArea(pieces).areaKm2);
      expect(areas[1]).toBeGreaterThan(areas[0]);
      expect(areas[2]).toBeGreaterThan(areas[1]);
      areas.forEach((area, i) => {
        expect(area).toBeGreaterThan(0);
        expect(area).toBeLessThan(Math.PI * (0.6 * (i + 1) + 0.1) ** 2);
      });
    });
  },
);
