import type { Random } from "../../codes/random.ts";
import { contains, distance, type Point, type Ring } from "./geometry.ts";
import type { RoadBuilder } from "./road-network.ts";

/** A place nearer than this to a road needs no lane, in kilometres. */
const NEAR = 0.42;
/** Between two nodes of a lane. */
const STEP = 0.35;

/** Ways that a lane may leave from: everyone may walk and drive there. */
const open = new Set("primary secondary tertiary unclassified residential living_street".split(" "));

/**
 * Lanes to the homes and workplaces that no road comes near, each from the nearest open road or lane of the same land. They end there and
 * never meet again: no shortest path between other nodes changes.
 */
export function addCountryLanes(roads: RoadBuilder, places: readonly Point[], island: Ring, random: Random): void {
  const [mainland, isle] = [new Set<number>(), new Set<number>()];
  const landOf = (place: Point): Set<number> => (contains(island, place) ? isle : mainland);
  const onOpenWays = new Set(
    roads.ways
      .filter(({ tags }) => open.has(tags["highway"] ?? "") && !("access" in tags))
      .flatMap(({ nodes }) => nodes),
  );
  for (const rank of onOpenWays) landOf(roads.places[rank]).add(rank);
  for (const place of places) {
    const usable = landOf(place);
    const start = roads.nearest(place, (rank) => usable.has(rank));
    if (start < 0) continue;
    const from = roads.places[start];
    const parts = Math.ceil(distance(from, place) / STEP);
    if (distance(from, place) <= NEAR) continue;
    const lane = [start];
    for (let k = 1; k <= parts; k++) {
      const t = k / parts;
      const bend = k === parts ? 0 : (random() - 0.5) * 0.1;
      const [dx, dy] = [place[0] - from[0], place[1] - from[1]];
      lane.push(roads.node([from[0] + t * dx - bend * dy, from[1] + t * dy + bend * dx]));
    }
    for (const rank of lane) usable.add(rank);
    roads.way(lane, { highway: "unclassified" });
  }
}
