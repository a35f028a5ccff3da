import { distance, greatCircle, type Point, toKilometres } from "./geometry.ts";
import { RoadGraph } from "./road-graph.ts";
import type { RoadNetwork } from "./road-network.ts";

export interface TransitStop {
  readonly id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  /** Id of the station it belongs to; "" when none. */
  readonly parent: string;
  /** 1 for a station, 0 for a stop. */
  readonly kind: 0 | 1;
}

/** A visit of a stop. Seconds since noon minus twelve hours (may pass 86 400); null when the feed leaves it to be interpolated. */
export interface Visit {
  readonly stop: string;
  readonly arrival: number | null;
  readonly departure: number | null;
  /** Kilometres since the first stop. */
  readonly km: number;
}

export interface TransitTrip {
  readonly id: string;
  readonly route: string;
  readonly service: string;
  readonly direction: 0 | 1;
  readonly headsign: string;
  readonly visits: readonly Visit[];
  /** Runs again every so many seconds, from and until: frequencies.txt with exact times. */
  readonly repeats?: readonly { readonly from: number; readonly until: number; readonly headway: number }[];
}

export interface TransitRoute {
  readonly id: string;
  readonly agency: string;
  readonly shortName: string;
  readonly longName: string;
  /** GTFS route_type: 2 rail, 3 bus. */
  readonly type: 2 | 3;
}

/** Days of a service, as calendar.txt and calendar_dates.txt say them. */
export interface Service {
  readonly id: string;
  /** Monday to Sunday. */
  readonly days: readonly [0 | 1, 0 | 1, 0 | 1, 0 | 1, 0 | 1, 0 | 1, 0 | 1];
  readonly start: string;
  readonly end: string;
  /** AAAAMMJJ, 1 added or 2 removed. */
  readonly exceptions: readonly (readonly [date: string, kind: 1 | 2])[];
}

export interface Transfer {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
}

export interface TransitFeed {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly stops: readonly TransitStop[];
  readonly routes: readonly TransitRoute[];
  readonly trips: readonly TransitTrip[];
  readonly services: readonly Service[];
  readonly transfers: readonly Transfer[];
}

/** A line on the roads: its nodes from end to end, and how far each is. */
export interface Track {
  readonly nodes: readonly number[];
  readonly km: readonly number[];
}

/** Follows the roads through some nodes, and measures. */
export function trackOf(network: RoadNetwork, graph: RoadGraph, through: readonly number[]): Track {
  const places = new Map(network.nodes.map(({ id, lon, lat }) => [id, [lon, lat] as Point]));
  const nodes: number[] = [through[0]];
  for (let i = 0; i + 1 < through.length; i++) nodes.push(...graph.path(through[i], through[i + 1]).slice(1));
  const km = [0];
  for (let i = 1; i < nodes.length; i++)
    km.push(km[i - 1] + greatCircle(places.get(nodes[i - 1]) as Point, places.get(nodes[i]) as Point));
  return { nodes, km };
}

/** Ranks of the nodes of a track where one stops: both ends, the nodes that must be served, and one every so often. */
export function stopsAlong({ nodes, km }: Track, everyKm: number, always: ReadonlySet<number>): number[] {
  const chosen = [0];
  for (let i = 1; i < nodes.length; i++) {
    const since = km[i] - km[chosen[chosen.length - 1]];
    if (i === nodes.length - 1) {
      if (since < everyKm / 3 && chosen.length > 1) chosen.pop();
      chosen.push(i);
    } else if ((always.has(nodes[i]) && since > 0.05) || since >= everyKm) chosen.push(i);
  }
  return chosen;
}

/** The same ranks, each node once: a track that comes back by a node does not call there again, but at its end. */
export function firstCalls({ nodes }: Track, ranks: readonly number[]): number[] {
  const end = ranks[ranks.length - 1];
  const seen = new Set([nodes[end]]);
  return ranks.filter((rank) => {
    if (rank === end) return true;
    if (seen.has(nodes[rank])) return false;
    seen.add(nodes[rank]);
    return true;
  });
}

/** The name of the place that is nearest to a point, among named places in local kilometres. */
export function nearestName(lonLat: Point, named: readonly { readonly name: string; readonly at: Point }[]): string {
  const here = toKilometres(lonLat);
  return named.reduce((a, b) => (distance(b.at, here) < distance(a.at, here) ? b : a)).name;
}

/** A graph for vehicles on a network. */
export const roadGraph = (network: RoadNetwork): RoadGraph => new RoadGraph(network, "voiture");
