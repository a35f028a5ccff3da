import { greatCircleKm } from "../../models/access/great-circle.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { addLine } from "../../models/transit/add-line.ts";
import type { TransitFeed } from "../../models/transit/transit-feed.ts";
import type { AccessStudy } from "./access-study.ts";
import { middleOf } from "./headline.ts";
import { HEADLINE_LIMIT } from "./match-profiles.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { displayNames, seekerCounts } from "./study-columns.ts";
import type { ShuttleLine } from "./study-travel.ts";

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

/**
 * The line that the measure suggests: from the place whose seekers lose most posts for want of a car within the limit, to the zone that holds most of these posts. It
 * is a rule, stated so that it can be argued with, not the best of all lines. Null where nobody loses anything. O(places x homes x offers).
 */
export function chooseShuttle(study: AccessStudy, { transit, car, carKm }: ShuttleTimes): ChosenShuttle | null {
  const relevance = relevantOffers(study, "near");
  const counts = seekerCounts(study);
  const { offers, workplaces, workplaceZone } = study;
  let [worst, most]: [number, number] = [-1, 0];
  const lostIn = (place: number): Float64Array => {
    const { rows, shares } = study.places[place]?.homes ?? { rows: new Int32Array(), shares: new Float64Array() };
    const lost = new Float64Array(study.zones.length);
    const column = relevance[place];
    if (column)
      for (let j = 0; j < column.length; j++) {
        const zone = workplaceZone[offers.workplace[j]];
        if (column[j] === 0 || zone < 0) continue;
        for (let i = 0; i < rows.length; i++) {
          const pair = rows[i] * car.columns + offers.workplace[j];
          if (car.values[pair] <= HEADLINE_LIMIT / BUS_OVER_CAR && transit.values[pair] > HEADLINE_LIMIT)
            lost[zone] += shares[i] * offers.posts[j];
        }
      }
    return lost;
  };
  for (let place = 0; place < study.places.length; place++) {
    const loss = counts[place] * Math.max(0, ...lostIn(place));
    if (loss > most) [worst, most] = [place, loss];
  }
  const place = study.places[worst];
  if (!place) return null;
  const lost = lostIn(worst);
  const zone = lost.indexOf(Math.max(...lost));
  const home = nearestRow(study.homes, place.homes.rows, middleOf(study, place.homes));
  const inZone = Int32Array.from([...workplaceZone.keys()].filter((row) => workplaceZone[row] === zone));
  const work = nearestRow(workplaces, inZone, postsCentre(study, zone));
  const pair = home * car.columns + work;
  return {
    from: displayNames(study)[worst] ?? "",
    to: study.zones[zone]?.name ?? "",
    minutes: Math.max(1, Math.round(car.values[pair] * BUS_OVER_CAR)),
    km: carKm.values[pair],
    headwayMinutes: 15,
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

function postsCentre({ offers, workplaces, workplaceZone }: AccessStudy, zone: number): { lon: number; lat: number } {
  let [lon, lat, total] = [0, 0, 0];
  offers.workplace.forEach((row, j) => {
    if (workplaceZone[row] !== zone) return;
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
