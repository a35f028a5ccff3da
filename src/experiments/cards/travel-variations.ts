import { type WorkerPool, withWorkers } from "../../engine/workers.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import type { MatchLevel } from "../../models/matching/rome-match.ts";
import { streetProfile } from "../../models/streets/profiles.ts";
import { streetGraph } from "../../models/streets/street-graph.ts";
import { timetable } from "../../models/transit/timetable.ts";
import { transitFeed } from "../../models/transit/transit-feed.ts";
import { loadGtfs } from "../../sources/load-gtfs.ts";
import { loadRoads } from "../../sources/load-roads.ts";
import type { Territory } from "../../sources/territory.ts";
import type { AccessStudy } from "../employment/access-study.ts";
import { relevantOffers } from "../employment/relevant-offers.ts";
import { meanOverPlaces } from "../employment/study-columns.ts";
import { streetTimes } from "../travel/street-times.ts";
import { transitTimes } from "../travel/transit-times.ts";
import { transitWalks } from "../travel/transit-walks.ts";
import { travelRules } from "../travel/travel-rules.ts";

/** The rules of travel, each of which may be changed, with the day and the hour. */
export type TravelSettings = { readonly [Rule in keyof typeof travelRules]: number } & {
  readonly day: string;
  readonly hour: number;
};

/** Times on foot or by transit, and by bicycle, under other settings. */
export interface TravelAgain {
  readonly transit: (change: Partial<TravelSettings>) => Promise<CostMatrix>;
  readonly bike: (kmh: number) => Promise<CostMatrix>;
}

/** Reads streets and timetables once, then answers for any settings: those of the study where nothing is changed. Threads end with `use`. */
export function withTravel<T>(
  territory: Territory,
  study: AccessStudy,
  use: (again: TravelAgain) => Promise<T>,
): Promise<T> {
  return withWorkers(async (pool) => use(await travelAgain(territory, study, pool)));
}

async function travelAgain(territory: Territory, study: AccessStudy, pool: WorkerPool): Promise<TravelAgain> {
  const { homes, workplaces, transport } = study;
  const [roads, ...loaded] = await Promise.all([
    loadRoads(territory, transport.roads),
    ...transport.feeds.map((feed) => loadGtfs(territory, feed)),
  ]);
  const feeds = loaded.map(transitFeed);
  const matrix = (values: Float64Array): CostMatrix => ({
    rows: homes.ids.length,
    columns: workplaces.ids.length,
    values,
  });
  // What a change leaves as it is is not made again: streets, timetable, walks to the stops.
  const streetsAt = once((walkKmh: number) => streetGraph(roads, streetProfile("walk", { walkKmh })));
  const ridesOf = once(({ day, changeSeconds }: Pick<TravelSettings, "day" | "changeSeconds">) =>
    timetable(feeds, day, { changeSeconds, withoutService: "report" }),
  );
  const walksOf = once(
    ({
      walkKmh,
      accessMinutes,
      transferMinutes,
      ...rides
    }: Pick<TravelSettings, "walkKmh" | "day" | "changeSeconds"> & {
      readonly accessMinutes: number;
      readonly transferMinutes: number;
    }) =>
      transitWalks(
        { streets: streetsAt(walkKmh), stops: ridesOf(rides).stops, origins: homes, destinations: workplaces },
        { accessKmh: walkKmh, accessMinutes, transferMinutes },
      ),
  );
  return {
    transit: async (change) => {
      const rules: TravelSettings = { ...travelRules, day: transport.day, hour: transport.hour, ...change };
      const { walkKmh, changeSeconds, day } = rules;
      const walking = { accessMinutes: rules.stopWalkMinutes, transferMinutes: rules.changeWalkMinutes };
      const from = 3600 * rules.hour;
      const { percentiles } = await transitTimes(
        streetsAt(walkKmh),
        ridesOf({ day, changeSeconds }),
        homes,
        workplaces,
        {
          pool,
          accessKmh: walkKmh,
          ...walking,
          walks: walksOf({ walkKmh, changeSeconds, day: transport.day, ...walking }),
          window: { from, to: from + 3600, everySeconds: 60 * rules.everyMinutes },
          maxMinutes: rules.maxMinutes,
        },
      );
      return matrix(percentiles[0]?.minutes ?? new Float64Array());
    },
    bike: async (kmh) => {
      const streets = streetGraph(roads, streetProfile("bike", { rideKmh: kmh }));
      return matrix((await streetTimes(streets, homes, workplaces, { pool, accessKmh: travelRules.walkKmh })).minutes);
    },
  };
}

/** A function that keeps its answers, by what it is asked. */
function once<Question, Answer>(make: (question: Question) => Answer): (question: Question) => Answer {
  const kept = new Map<string, Answer>();
  return (question) => {
    const key = JSON.stringify(question);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const answer = make(question);
    kept.set(key, answer);
    return answer;
  };
}

/** Share (%) of the matching posts within a limit of minutes, over the places weighted by those who look for a job. */
export function shareInReach(
  study: AccessStudy,
  minutes: CostMatrix,
  limit: number,
  level: MatchLevel = "near",
): number {
  const { places, offers } = study;
  const relevance = relevantOffers(study, level);
  const shares = places.map(({ homes }, place) => {
    const relevant = relevance[place];
    if (!relevant) return Number.NaN;
    let [reached, all] = [0, 0];
    for (let j = 0; j < offers.posts.length; j++) {
      const posts = relevant[j] * offers.posts[j];
      if (posts === 0) continue;
      all += posts;
      for (let i = 0; i < homes.rows.length; i++)
        if (minutes.values[homes.rows[i] * minutes.columns + offers.workplace[j]] <= limit)
          reached += posts * homes.shares[i];
    }
    return (100 * reached) / all;
  });
  return meanOverPlaces(study, shares);
}
