import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { shards, type WorkerPool } from "../../engine/workers.ts";
import type { StreetGraph } from "../../models/streets/street-graph.ts";
import type { DepartureWindow } from "../../models/transit/departure-window.ts";
import type { Timetable, TimetableReport } from "../../models/transit/timetable.ts";
import { prepareTransit } from "../../models/transit/transit-matrix.ts";
import { inOrder } from "./street-shards.ts";
import { shareColumns, transitHomes } from "./transit-shards.ts";
import { type TransitWalks, transitWalks, type WalkOptions } from "./transit-walks.ts";
import type { TravelPoints, TravelTimes, UnattachedPoint } from "./travel-times.ts";

/** Homes of one task. It depends on nothing: results are the same whatever the threads. */
const HOMES_PER_TASK = 32;

export interface TransitTimesOptions extends WalkOptions {
  /** Seconds of the timetable's day (`clockSeconds`): departures every `everySeconds` from `from` (included) to `to` (excluded). */
  readonly window: DepartureWindow;
  /** "outward" by default: people leave the origins in the window. "return": they leave the destinations in the window and come back to the origins. */
  readonly direction?: "outward" | "return";
  /** Percentiles of the travel time over the departures; the median alone by default. */
  readonly percentiles?: readonly number[];
  /** A longer trip counts as none; 120 by default. */
  readonly maxMinutes?: number;
  /** Walks between these points and the stops of this timetable, when they were made before (`transitWalks`): for another hour, or the way back. */
  readonly walks?: TransitWalks;
  /** Files that streets and points come from; those of the timetable are added. */
  readonly lineage?: readonly SourceRef[];
  /** Threads that share the homes; none by default. */
  readonly pool?: WorkerPool;
}

/** Times of one percentile of the travel time. */
export interface TransitPercentile extends TravelTimes {
  readonly percentile: number;
}

/** What the trips were made of. */
export interface TransitReport extends TimetableReport {
  readonly window: DepartureWindow;
  readonly departures: number;
  readonly direction: "outward" | "return";
  readonly maxMinutes: number;
  readonly accessMinutes: number;
  readonly transferMinutes: number;
  /** Stops that no street comes near, those without coordinates among them: one rides to them and changes there, without walking. */
  readonly unattachedStops: readonly UnattachedPoint[];
  /** Origins and destinations that no stop is within a walk of: they have walks only. */
  readonly originsWithoutStop: readonly string[];
  readonly destinationsWithoutStop: readonly string[];
}

/** Door-to-door times by public transport, one matrix a percentile, in the order asked. */
export interface TransitTimes {
  readonly percentiles: readonly TransitPercentile[];
  readonly report: TransitReport;
}

/**
 * Door-to-door times by public transport and on foot over a window of departures: walks along the streets to the stops, runs of the timetable, changes by transfers.txt or by one
 * walk along the streets, and a walk all the way where it is quicker. Rows are origins and columns destinations, both ways. The percentile is that of the travel time over the
 * departures (`transitMatrix` says the conventions). A walk is taken to last the same in both directions. The number of threads changes nothing, to the last bit.
 * @param streets streets of walkers
 * @throws QuartiersError when points, hours or an option are impossible
 */
export async function transitTimes(
  streets: StreetGraph,
  timetable: Timetable,
  origins: TravelPoints,
  destinations: TravelPoints,
  options: TransitTimesOptions,
  progress: Progress = silentProgress,
): Promise<TransitTimes> {
  const { window, direction = "outward", percentiles = [50], maxMinutes = 120, pool = null } = options;
  progress.step("marches vers les arrêts");
  const walks = options.walks ?? transitWalks({ streets, stops: timetable.stops, origins, destinations }, options);
  const prepared = shareColumns(
    prepareTransit({
      network: timetable,
      access: walks.access,
      egress: walks.egress,
      transfers: walks.transfers,
      walk: walks.direct,
      window,
      direction,
      percentiles,
      maxMinutes,
    }),
  );
  const homes = origins.ids.length;
  const minutes = percentiles.map(() => new Float64Array(homes * destinations.ids.length));
  const all = shards(homes, HOMES_PER_TASK);
  await inOrder(
    pool,
    all.map((shard) => () => transitHomes(pool, { prepared, ...shard })),
    (rows, task) => {
      const { start, end } = all[task] as (typeof all)[0];
      rows.forEach((row, p) => {
        minutes[p]?.set(row, start * destinations.ids.length);
      });
      progress.step(`trajets en transport en commun, ${frenchNumber(end)} origines sur ${frenchNumber(homes)}`);
    },
  );
  const shared = {
    originIds: origins.ids,
    destinationIds: destinations.ids,
    unattached: walks.unattached,
    lineage: mergeLineages(options.lineage ?? [], timetable.lineage),
  };
  const withoutStop = ({ starts }: { readonly starts: Int32Array }, ids: readonly string[]): string[] =>
    ids.filter((_, i) => starts[i] === starts[i + 1]);
  return {
    percentiles: percentiles.map((percentile, p) => ({ ...shared, percentile, minutes: minutes[p] as Float64Array })),
    report: {
      ...timetable.report,
      window,
      departures: prepared.departures.length,
      direction,
      maxMinutes,
      accessMinutes: walks.accessMinutes,
      transferMinutes: walks.transferMinutes,
      unattachedStops: walks.unattachedStops,
      originsWithoutStop: withoutStop(walks.access, origins.ids),
      destinationsWithoutStop: withoutStop(walks.egress, destinations.ids),
    },
  };
}
