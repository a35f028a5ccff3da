import { greatCircleKm } from "../../models/access/great-circle.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { addLine } from "../../models/transit/add-line.ts";
import type { TransitFeed } from "../../models/transit/transit-feed.ts";
import type { AccessStudy } from "./access-study.ts";
import { HEADLINE_LIMIT } from "./match-profiles.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { displayNames, seekerCounts } from "./study-columns.ts";
import type { ShuttleLine } from "./study-travel.ts";
import { middleOf } from "./study-words.ts";

/** A bus takes longer than a car at free flow, for its stops and its care. */
const BUS_OVER_CAR = 1.3;

/** Matrices of the choice: without the line, by car, and the length of the roads. */
export interface ShuttleTimes {
  readonly transit: CostMatrix;
  readonly car: CostMatrix;
  readonly carKm: CostMatrix;
}

/** A line with the rows of its two ends: a home point and a workplace. */
export interface ChosenShuttle extends ShuttleLine {
  readonly ends: readonly [
    { readonly lon: number; readonly lat: number },
    { readonly lon: number; readonly lat: number },
  ];
}

/** What a rider spends beside the ride: half an interval of wait, and a walk at each end. */
const headwayMinutes = 15;
const besideRide = headwayMinutes / 2 + 6;
/** Workplaces this near to each other share a stop: cells of about a kilometre. */
const cellDegrees = 0.01;

/**
 * The line that the measure suggests: from the place whose seekers lose most posts for want of a car, to the square kilometre that holds most of the posts that they do not
 * reach and that such a line would put within the limit. It is a rule, stated so that it can be argued with, not the best of all lines. Null where no line
 * would help. O(places x homes x offers).
 */
export function chooseShuttle(study: AccessStudy, { transit, car, carKm }: ShuttleTimes): ChosenShuttle | null {
  const relevance = relevantOffers(study, "near");
  const counts = seekerCounts(study);
  const { offers, workplaces } = study;
  const cellOf = (row: number): string =>
    `${Math.floor(workplaces.lat[row] / cellDegrees)} ${Math.floor((workplaces.lon[row] * Math.cos((workplaces.lat[row] * Math.PI) / 180)) / cellDegrees)}`;
  const cells = workplaces.ids.map((_, row) => cellOf(row));
  let best: { readonly place: number; readonly cell: string; readonly gain: number } | null = null;
  study.places.forEach(({ homes }, place) => {
    const column = relevance[place];
    if (!column) return;
    const gains = new Map<string, number>();
    for (let j = 0; j < column.length; j++) {
      if (column[j] === 0) continue;
      const cell = cells[offers.workplace[j]] ?? "";
      for (let i = 0; i < homes.rows.length; i++) {
        const pair = homes.rows[i] * car.columns + offers.workplace[j];
        if (transit.values[pair] > HEADLINE_LIMIT && car.values[pair] * BUS_OVER_CAR + besideRide <= HEADLINE_LIMIT)
          gains.set(cell, (gains.get(cell) ?? 0) + counts[place] * homes.shares[i] * offers.posts[j]);
      }
    }
    for (const [cell, gain] of gains) if (gain > (best?.gain ?? 0)) best = { place, cell, gain };
  });
  const found = best as { readonly place: number; readonly cell: string } | null;
  const place = found ? study.places[found.place] : undefined;
  if (!found || !place) return null;
  const home = nearestRow(study.homes, place.homes.rows, middleOf(study, place.homes));
  const inCell = Int32Array.from([...workplaces.ids.keys()].filter((row) => cells[row] === found.cell));
  const work = nearestRow(workplaces, inCell, postsCentre(study, new Set(inCell)));
  const pair = home * car.columns + work;
  const zone = study.zones[study.workplaceZone[work]];
  return {
    from: displayNames(study)[found.place] ?? "",
    to: zone?.name ?? "hors des communes",
    minutes: Math.max(1, Math.round(car.values[pair] * BUS_OVER_CAR)),
    km: carKm.values[pair],
    headwayMinutes,
    firstHour: 4,
    lastHour: 23,
    ends: [at(study.homes, home), at(workplaces, work)],
  };
}

type Places = { readonly lon: Float64Array; readonly lat: Float64Array };
const at = ({ lon, lat }: Places, row: number): { lon: number; lat: number } => ({ lon: lon[row], lat: lat[row] });

function nearestRow(points: Places, rows: Int32Array, to: { readonly lon: number; readonly lat: number }): number {
  let [best, least] = [rows[0], Number.POSITIVE_INFINITY];
  for (const row of rows) {
    const km = greatCircleKm(points.lon[row], points.lat[row], to.lon, to.lat);
    if (km < least) [best, least] = [row, km];
  }
  return best;
}

function postsCentre({ offers, workplaces }: AccessStudy, rows: ReadonlySet<number>): { lon: number; lat: number } {
  let [lon, lat, total] = [0, 0, 0];
  offers.workplace.forEach((row, j) => {
    if (!rows.has(row)) return;
    lon += offers.posts[j] * workplaces.lon[row];
    lat += offers.posts[j] * workplaces.lat[row];
    total += offers.posts[j];
  });
  return { lon: lon / total, lat: lat / total };
}

/** The feed with the line more, both ways, at a constant interval. */
export function withShuttle(
  feed: TransitFeed,
  { ends, minutes, headwayMinutes, firstHour, lastHour }: ChosenShuttle,
): TransitFeed {
  const [from, to] = ends;
  return addLine(feed, {
    name: "navette simulée",
    stops: [
      { id: "navette, départ", ...from },
      { id: "navette, arrivée", ...to },
    ],
    minutesBetween: [minutes],
    from: `${String(firstHour).padStart(2, "0")}:00`,
    to: `${String(lastHour).padStart(2, "0")}:00`,
    headwayMinutes,
  });
}
