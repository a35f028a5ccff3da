import type { Land } from "./communes.ts";
import type { SampleOffer } from "./employment.ts";
import { type Point, toKilometres } from "./geometry.ts";
import { writeGtfs } from "./gtfs.ts";
import { journeyTruths } from "./journeys.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { writeOsmPbf } from "./osm-write.ts";
import { roadTruths } from "./road-truths.ts";
import { makeRoads } from "./roads.ts";
import type { SampleSquare } from "./squares.ts";
import { makeRegionalFeed } from "./transit-regional.ts";
import { makeUrbanFeed } from "./transit-urban.ts";

/** A square of fewer inhabitants has no lane of its own, unless it is in a neighbourhood. */
const SERVED_FROM = 15;

/** Homes and workplaces that a road comes near to: nearly all, so that a report of the others has something to say. */
function servedPlaces(offers: readonly SampleOffer[], squares: readonly SampleSquare[]): readonly Point[] {
  const workplaces = offers.flatMap(({ lieuTravail: { longitude, latitude } }): Point[] =>
    longitude === undefined || latitude === undefined ? [] : [toKilometres([longitude, latitude])],
  );
  const homes = squares.filter(({ persons, inside }) => persons >= SERVED_FROM || inside.length > 0);
  return [...workplaces, ...homes.map(({ middle }) => toKilometres(middle))];
}

/** Roads and public transport: their files and their truths. */
export function growTransport(
  land: Land,
  qpvs: readonly SampleQpv[],
  offers: readonly SampleOffer[],
  squares: readonly SampleSquare[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string | Uint8Array][] {
  const roads = makeRoads(land, qpvs, populations, servedPlaces(offers, squares), seed);
  const urban = makeUrbanFeed(land, qpvs, roads);
  const regional = makeRegionalFeed(land, qpvs, roads);
  return [
    ["osm/armorelle.osm.pbf", writeOsmPbf(roads.network.nodes, roads.network.ways)],
    ["gtfs/urbain.zip", writeGtfs(urban)],
    ["gtfs/regional.zip", writeGtfs(regional)],
    ["verite/reseau.json", roadTruths(land, qpvs, roads)],
    ["verite/voyages.json", journeyTruths(urban, regional)],
  ];
}
