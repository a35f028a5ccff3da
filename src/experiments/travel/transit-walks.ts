import { QuartiersError } from "../../codes/errors.ts";
import { type AttachedPoints, type AttachOptions, attachPoints } from "../../models/streets/attach-points.ts";
import { contractStreets } from "../../models/streets/contract-streets.ts";
import type { Reach } from "../../models/streets/reach.ts";
import type { StreetGraph } from "../../models/streets/street-graph.ts";
import { streetMatrix } from "../../models/streets/street-matrix.ts";
import { streetReach } from "../../models/streets/street-reach.ts";
import type { Timetable } from "../../models/transit/timetable.ts";
import type { TravelPoints, TravelTimes, UnattachedPoint } from "./travel-times.ts";

/** Places that one walks between. */
export interface WalkPlaces {
  readonly streets: StreetGraph;
  readonly stops: Timetable["stops"];
  readonly origins: TravelPoints;
  readonly destinations: TravelPoints;
}

export interface WalkOptions extends AttachOptions {
  /** Longest walk to the first stop and from the last one, 20 minutes by default; between two stops, 10. */
  readonly accessMinutes?: number;
  readonly transferMinutes?: number;
}

/** Walks of a door-to-door question, seconds. */
export interface TransitWalks {
  readonly access: Reach;
  readonly egress: Reach;
  readonly transfers: Reach;
  /** Origins x destinations. */
  readonly direct: Float64Array;
  readonly unattached: TravelTimes["unattached"];
  readonly unattachedStops: readonly UnattachedPoint[];
  readonly accessMinutes: number;
  readonly transferMinutes: number;
}

/**
 * The walks along the streets between homes, stops and workplaces, from door to door: the way from each point to its street is in them. Origins, destinations and stops are
 * attached together and the streets contracted once: keep the answer for every hour and both directions.
 * @throws QuartiersError when the streets are not those of walkers, or a duration is impossible
 */
export function transitWalks(
  { streets, stops, origins, destinations }: WalkPlaces,
  options: WalkOptions = {},
): TransitWalks {
  const { accessMinutes = 20, transferMinutes = 10 } = options;
  if (streets.mode !== "walk")
    throw new QuartiersError({
      what: "Ces rues ne sont pas celles des piétons",
      value: streets.mode,
      expected: 'un graphe fait avec le profil "walk"\u00a0: on marche vers les arrêts',
    });
  const odd = [accessMinutes, transferMinutes].find((minutes) => !(minutes > 0 && minutes < Number.POSITIVE_INFINITY));
  if (odd !== undefined)
    throw new QuartiersError({ what: "Durée de marche impossible", value: String(odd), expected: "plus de 0 min" });
  const lists = [origins, destinations, stops] as const;
  const attached = attachPoints(
    streets,
    { lon: concat(lists.map(({ lon }) => lon)), lat: concat(lists.map(({ lat }) => lat)) },
    options,
  );
  const hierarchy = contractStreets(attached.graph);
  const firstDestination = origins.ids.length;
  const firstStop = firstDestination + destinations.ids.length;
  const atOrigins = endOf(attached, 0, firstDestination);
  const atDestinations = endOf(attached, firstDestination, firstStop);
  const atStops = endOf(attached, firstStop, firstStop + stops.ids.length);
  const reach = (from: WalkEnd, minutes: number): Reach => {
    const along = streetReach(hierarchy, from.nodes, atStops.nodes, 60 * minutes);
    return fromDoorToDoor(along, from, atStops, 60 * minutes);
  };
  const reasons = (ids: readonly string[], first: number): UnattachedPoint[] =>
    ids.flatMap((id, i) => {
      const reason = attached.reasons[first + i];
      return reason == null ? [] : [{ id, reason }];
    });
  return {
    access: reach(atOrigins, accessMinutes),
    egress: reach(atDestinations, accessMinutes),
    transfers: reach(atStops, transferMinutes),
    direct: directWalks(
      streetMatrix(hierarchy, atOrigins.nodes, atDestinations.nodes),
      [atOrigins, origins],
      [atDestinations, destinations],
    ),
    unattached: { origins: reasons(origins.ids, 0), destinations: reasons(destinations.ids, firstDestination) },
    unattachedStops: reasons(stops.ids, firstStop),
    accessMinutes,
    transferMinutes,
  };
}

/** Where some points join the streets. */
interface WalkEnd {
  readonly nodes: Int32Array;
  readonly accessSeconds: Float64Array;
}

const endOf = ({ nodes, accessSeconds }: AttachedPoints, start: number, end: number): WalkEnd => ({
  nodes: nodes.slice(start, end),
  accessSeconds: accessSeconds.slice(start, end),
});

/** Adds the way to the street at both ends. A point to itself is at 0, whatever its way to the street. */
function directWalks(
  seconds: Float64Array,
  [from, origins]: readonly [WalkEnd, TravelPoints],
  [to, destinations]: readonly [WalkEnd, TravelPoints],
): Float64Array {
  const columns = to.nodes.length;
  for (let i = 0; i < from.nodes.length; i++)
    for (let j = 0; j < columns; j++) {
      const isSame = origins.lon[i] === destinations.lon[j] && origins.lat[i] === destinations.lat[j];
      const cell = i * columns + j;
      seconds[cell] = isSame && from.nodes[i] !== -1 ? 0 : from.accessSeconds[i] + seconds[cell] + to.accessSeconds[j];
    }
  return seconds;
}

/** Walks of at most some seconds, the ways to the street at both ends included. */
function fromDoorToDoor(along: Reach, from: WalkEnd, to: WalkEnd, maxSeconds: number): Reach {
  const starts = new Int32Array(along.starts.length);
  const targets: number[] = [];
  const seconds: number[] = [];
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let i = along.starts[row]; i < along.starts[row + 1]; i++) {
      const target = along.targets[i];
      const whole = from.accessSeconds[row] + along.seconds[i] + to.accessSeconds[target];
      if (!(whole <= maxSeconds)) continue;
      targets.push(target);
      seconds.push(whole);
    }
    starts[row + 1] = targets.length;
  }
  return { starts, targets: Int32Array.from(targets), seconds: Float64Array.from(seconds) };
}

function concat(columns: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    whole.set(column, at);
    at += column.length;
  }
  return whole;
}
