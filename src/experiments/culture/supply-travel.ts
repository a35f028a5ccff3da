import { frenchDate } from "../../codes/french.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { withWorkers } from "../../engine/workers.ts";
import { streetProfile } from "../../models/streets/profiles.ts";
import { type StreetGraph, streetGraph } from "../../models/streets/street-graph.ts";
import { timetable } from "../../models/transit/timetable.ts";
import { transitFeed } from "../../models/transit/transit-feed.ts";
import { gtfsFeeds } from "../../sources/gtfs.ts";
import { loadGtfs } from "../../sources/load-gtfs.ts";
import { loadRoads } from "../../sources/load-roads.ts";
import { osmRoutesContracts } from "../../sources/osm-routes.ts";
import type { Territory } from "../../sources/territory.ts";
import { streetTimes } from "../travel/street-times.ts";
import { transitTimes } from "../travel/transit-times.ts";
import { transitWalks } from "../travel/transit-walks.ts";
import { travelRules } from "../travel/travel-rules.ts";
import type { TravelPoints } from "../travel/travel-times.ts";

export type SupplyMode = "walk" | "bike" | "transit";

export const supplyModeLabels: Readonly<Record<SupplyMode, string>> = {
  walk: "à pied",
  bike: "à vélo",
  transit: "à pied ou en transport collectif",
};

/** A Wednesday afternoon, when libraries and museums are open, and the end of an evening show: the timetables of the sample run from January to July 2022. */
export const supplyHours = { day: "2022-03-02", outward: 14, return: 22 } as const;

/** Minutes from home points (rows) to facilities (columns), dense. */
export interface SupplyTravel {
  readonly minutes: Readonly<Record<SupplyMode, Float64Array>>;
  /** Back home by transit or on foot after an evening show. */
  readonly backAtNight: Float64Array;
  readonly columns: number;
  readonly walkGraph: StreetGraph;
  readonly notes: readonly string[];
  readonly lineage: readonly SourceRef[];
}

/** Times on foot, by bicycle and by transit, and the way back in the evening. The threads change nothing. */
export async function supplyTravel(
  territory: Territory,
  homes: TravelPoints,
  facilities: TravelPoints,
  progress: Progress = silentProgress,
): Promise<SupplyTravel> {
  const roadsContract = osmRoutesContracts[0] as (typeof osmRoutesContracts)[number];
  const [roads, ...loaded] = await Promise.all([
    loadRoads(territory, roadsContract),
    ...gtfsFeeds
      .filter(({ id }) => id === "gtfs-urbain" || id === "gtfs-regional")
      .map((feed) => loadGtfs(territory, feed)),
  ]);
  const walkGraph = streetGraph(roads, streetProfile("walk", { walkKmh: travelRules.walkKmh }));
  const bikeGraph = streetGraph(roads, streetProfile("bike", { rideKmh: travelRules.bikeKmh }));
  const rides = timetable(loaded.map(transitFeed), supplyHours.day, { changeSeconds: travelRules.changeSeconds });
  const walking = {
    accessKmh: travelRules.walkKmh,
    accessMinutes: travelRules.stopWalkMinutes,
    transferMinutes: travelRules.changeWalkMinutes,
  };
  return withWorkers(async (pool) => {
    const byStreet = async (graph: StreetGraph) =>
      streetTimes(graph, homes, facilities, { pool, accessKmh: travelRules.walkKmh }, progress);
    const [walk, bike] = [await byStreet(walkGraph), await byStreet(bikeGraph)];
    const walks = transitWalks(
      { streets: walkGraph, stops: rides.stops, origins: homes, destinations: facilities },
      walking,
    );
    const ride = async (hour: number, direction: "outward" | "return"): Promise<Float64Array> => {
      const from = 3600 * hour;
      const { percentiles } = await transitTimes(walkGraph, rides, homes, facilities, {
        ...walking,
        walks,
        pool,
        direction,
        window: { from, to: from + 3600, everySeconds: 60 * travelRules.sparseMinutes },
        maxMinutes: travelRules.maxMinutes,
      });
      return percentiles[0]?.minutes ?? new Float64Array();
    };
    return {
      minutes: { walk: walk.minutes, bike: bike.minutes, transit: await ride(supplyHours.outward, "outward") },
      backAtNight: await ride(supplyHours.return, "return"),
      columns: facilities.ids.length,
      walkGraph,
      notes: [
        `Les rues viennent d’OpenStreetMap, les horaires des fichiers GTFS du ${frenchDate(supplyHours.day)}, un mercredi : départ entre ${supplyHours.outward} h et ${supplyHours.outward + 1} h, retour entre ${supplyHours.return} h et ${supplyHours.return + 1} h.`,
      ],
      lineage: mergeLineages(roads.lineage, ...loaded.map((feed) => feed.lineage)),
    };
  });
}
