import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { type WorkerPool, withWorkers } from "../../engine/workers.ts";
import { greatCircleMatrixKm } from "../../models/access/great-circle.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { streetProfile } from "../../models/streets/profiles.ts";
import { type StreetGraph, streetGraph } from "../../models/streets/street-graph.ts";
import { type Timetable, timetable } from "../../models/transit/timetable.ts";
import { transitFeed } from "../../models/transit/transit-feed.ts";
import { loadGtfs } from "../../sources/load-gtfs.ts";
import { loadRoads } from "../../sources/load-roads.ts";
import type { Territory } from "../../sources/territory.ts";
import { type StreetTimes, streetTimes } from "../travel/street-times.ts";
import { transitTimes } from "../travel/transit-times.ts";
import { transitWalks } from "../travel/transit-walks.ts";
import { travelRules } from "../travel/travel-rules.ts";
import type { AccessStudy } from "./access-study.ts";
import { chooseShuttle, withShuttle } from "./shuttle.ts";
import type { StudyTravel, TimedJourneys } from "./study-travel.ts";

/** Times between the homes and the workplaces of a study by every mode, out and back, at the hours of the chapter. The threads change nothing. */
export async function travelByMode(
  territory: Territory,
  study: AccessStudy,
  progress: Progress = silentProgress,
): Promise<StudyTravel> {
  return withWorkers((pool) => travelWith(pool, territory, study, progress));
}

async function travelWith(
  pool: WorkerPool,
  territory: Territory,
  study: AccessStudy,
  progress: Progress,
): Promise<StudyTravel> {
  const { homes, workplaces, transport } = study;
  const [roads, ...loaded] = await Promise.all([
    loadRoads(territory, transport.roads),
    ...transport.feeds.map((feed) => loadGtfs(territory, feed)),
  ]);
  const feeds = loaded.map(transitFeed);
  const lineage = mergeLineages(study.lineage, roads.lineage, ...loaded.map((feed) => feed.lineage));
  const asMatrix = (values: Float64Array): CostMatrix => ({
    rows: homes.ids.length,
    columns: workplaces.ids.length,
    values,
  });
  // A trip longer than the longest counts as none, whatever the mode.
  const capped = (values: Float64Array): CostMatrix =>
    asMatrix(values.map((minutes) => (minutes > travelRules.maxMinutes ? Number.POSITIVE_INFINITY : minutes)));
  const walkGraph = streetGraph(roads, streetProfile("walk", { walkKmh: travelRules.walkKmh }));
  const bikeGraph = streetGraph(roads, streetProfile("bike", { rideKmh: travelRules.bikeKmh }));
  const ebikeGraph = streetGraph(roads, streetProfile("bike", { rideKmh: travelRules.ebikeKmh }));
  const carGraph = streetGraph(roads, streetProfile("car"));
  const byStreet = async (graph: StreetGraph, kilometres = false) =>
    streetTimes(graph, homes, workplaces, { kilometres, pool, accessKmh: travelRules.walkKmh }, progress);
  const [walk, bike, ebike, car] = [
    await byStreet(walkGraph),
    await byStreet(bikeGraph),
    await byStreet(ebikeGraph),
    await byStreet(carGraph, true),
  ];
  const rules = { changeSeconds: travelRules.changeSeconds };
  const day = timetable(feeds, transport.day, rules);
  const ask = (rides: Timetable): Ask => asker(rides, walkGraph, study, pool);
  const usual = ask(day);
  const main = await usual(transport.hour, "main", travelRules.everyMinutes);
  const hours = [...new Set([...transport.workHours, transport.hour])].sort((a, b) => a - b);
  const byHour: TimedJourneys[] = [];
  for (const hour of hours)
    for (const direction of ["outward", "return"] as const)
      byHour.push({
        hour,
        direction,
        minutes: asMatrix(await usual(hour, direction)),
      });
  const line = chooseShuttle(study, {
    transit: asMatrix(main),
    car: capped(car.minutes),
    carKm: asMatrix(car.kilometres ?? new Float64Array()),
  });
  const [first, ...others] = feeds;
  const withLine = line && first ? ask(timetable([withShuttle(first, line), ...others], transport.day, rules)) : null;
  return {
    minutes: {
      walk: capped(walk.minutes),
      bike: capped(bike.minutes),
      ebike: capped(ebike.minutes),
      transit: asMatrix(main),
      car: capped(car.minutes),
    },
    carKm: asMatrix(car.kilometres ?? new Float64Array()),
    straightKm: asMatrix(greatCircleMatrixKm(homes, workplaces)),
    byHour,
    shuttle: line,
    withShuttle: withLine ? asMatrix(await withLine(transport.hour, "main", travelRules.everyMinutes)) : null,
    notes: notesOf(study, day, walk.unattached),
    lineage,
  };
}

type Ask = (
  hour: number,
  direction: TimedJourneys["direction"] | "main",
  everyMinutes?: number,
) => Promise<Float64Array>;

/** Door-to-door times on a timetable: leaving home in the hour before work begins, or work in the hour after it ends; "main": leaving home from that hour on. */
function asker(rides: Timetable, streets: StreetGraph, { homes, workplaces }: AccessStudy, pool: WorkerPool): Ask {
  const walking = {
    accessKmh: travelRules.walkKmh,
    accessMinutes: travelRules.stopWalkMinutes,
    transferMinutes: travelRules.changeWalkMinutes,
  };
  const walks = transitWalks({ streets, stops: rides.stops, origins: homes, destinations: workplaces }, walking);
  return async (hour, direction, everyMinutes = travelRules.sparseMinutes) => {
    const from = 3600 * (direction === "outward" ? hour - 1 : hour);
    const { percentiles } = await transitTimes(streets, rides, homes, workplaces, {
      ...walking,
      walks,
      pool,
      direction: direction === "main" ? "outward" : direction,
      window: { from, to: from + 3600, everySeconds: 60 * everyMinutes },
      maxMinutes: travelRules.maxMinutes,
    });
    return percentiles[0]?.minutes ?? new Float64Array();
  };
}

function notesOf(
  { homes, workplaces, transport, offers }: AccessStudy,
  { report }: Timetable,
  unattached: StreetTimes["unattached"],
): readonly string[] {
  const lost = new Set(unattached.destinations.map(({ id }) => id));
  const lostPosts = offers.workplace.reduce(
    (sum, row, j) => sum + (lost.has(workplaces.ids[row] ?? "") ? offers.posts[j] : 0),
    0,
  );
  return [
    `Les rues viennent d’OpenStreetMap, les horaires des fichiers GTFS du ${frenchDate(transport.day)} : ${frenchNumber(report.runs)} courses, ${frenchNumber(report.connections)} trajets d’arrêt à arrêt, ${frenchNumber(report.stops)} arrêts.`,
    `Sur ${frenchNumber(homes.ids.length)} points de résidence et ${frenchNumber(workplaces.ids.length)} lieux de travail, ${frenchNumber(unattached.origins.length)} et ${frenchNumber(unattached.destinations.length)} n’ont aucune rue à 500 mètres : ils ne sont jamais mis à la distance zéro, ils sont hors d’atteinte (${frenchNumber(lostPosts)} postes).`,
  ];
}
