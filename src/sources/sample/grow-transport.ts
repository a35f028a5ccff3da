import type { Land } from "./communes.ts";
import { writeGtfs } from "./gtfs.ts";
import { journeyTruths } from "./journeys.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { writeOsmPbf } from "./osm-write.ts";
import { roadTruths } from "./road-truths.ts";
import { makeRoads } from "./roads.ts";
import { makeRegionalFeed } from "./transit-regional.ts";
import { makeUrbanFeed } from "./transit-urban.ts";

/** Roads and public transport: their files and their truths. */
export function growTransport(
  land: Land,
  qpvs: readonly SampleQpv[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string | Uint8Array][] {
  const roads = makeRoads(land, qpvs, populations, seed);
  const urban = makeUrbanFeed(land, qpvs, roads);
  const regional = makeRegionalFeed(land, roads);
  return [
    ["osm/armorelle.osm.pbf", writeOsmPbf(roads.network.nodes, roads.network.ways)],
    ["gtfs/urbain.zip", writeGtfs(urban)],
    ["gtfs/regional.zip", writeGtfs(regional)],
    ["verite/reseau.json", roadTruths(land, qpvs, roads)],
    ["verite/voyages.json", journeyTruths(urban, regional)],
  ];
}
