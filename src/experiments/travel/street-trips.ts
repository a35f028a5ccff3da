import { QuartiersError } from "../../codes/errors.ts";
import { type AttachOptions, attachPoints } from "../../models/streets/attach-points.ts";
import type { StreetGraph } from "../../models/streets/street-graph.ts";
import type { TravelPoints, UnattachedPoint } from "./travel-times.ts";

/** One end of trips: where each point joins the streets, and the walk to there. */
export interface TripEnds {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Node of each point; -1 for one without a street. */
  readonly nodes: Int32Array;
  /** Walk between the point and its node; Infinity without a street. */
  readonly accessSeconds: Float64Array;
  readonly accessMetres: Float64Array;
}

/** Streets that origins and destinations were attached to. */
export interface StreetTrips {
  readonly graph: StreetGraph;
  readonly from: TripEnds;
  readonly to: TripEnds;
  readonly unattached: {
    readonly origins: readonly UnattachedPoint[];
    readonly destinations: readonly UnattachedPoint[];
  };
}

/**
 * Attaches origins and destinations to the same streets, in one pass, and lists the points that join none.
 * @throws QuartiersError when columns have different lengths, or an option of `attachPoints` is impossible
 */
export function streetTrips(
  streets: StreetGraph,
  origins: TravelPoints,
  destinations: TravelPoints,
  options: AttachOptions = {},
): StreetTrips {
  checkPoints(origins, "origines");
  checkPoints(destinations, "destinations");
  const lon = joined(origins.lon, destinations.lon);
  const lat = joined(origins.lat, destinations.lat);
  const { graph, nodes, accessSeconds, accessMetres, reasons } = attachPoints(streets, { lon, lat }, options);
  const count = origins.ids.length;
  const ends = (start: number, end: number): TripEnds => ({
    lon: lon.slice(start, end),
    lat: lat.slice(start, end),
    nodes: nodes.slice(start, end),
    accessSeconds: accessSeconds.slice(start, end),
    accessMetres: accessMetres.slice(start, end),
  });
  return {
    graph,
    from: ends(0, count),
    to: ends(count, lon.length),
    unattached: {
      origins: unattachedOf(origins.ids, reasons.slice(0, count)),
      destinations: unattachedOf(destinations.ids, reasons.slice(count)),
    },
  };
}

function unattachedOf(ids: readonly string[], reasons: readonly (string | null)[]): UnattachedPoint[] {
  return ids.flatMap((id, i) => {
    const reason = reasons[i];
    return reason == null ? [] : [{ id, reason }];
  });
}

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function checkPoints({ ids, lon, lat }: TravelPoints, where: string): void {
  if (ids.length === lon.length && ids.length === lat.length) return;
  throw new QuartiersError({
    what: "Points dont les colonnes n'ont pas la même longueur",
    value: `${ids.length} identifiants, ${lon.length} longitudes, ${lat.length} latitudes`,
    where,
    expected: "trois colonnes de même longueur",
  });
}
