import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import type { HomePoints } from "../../tables/home-points.ts";
import type { AccessStudy } from "../employment/access-study.ts";
import type { StudyTravel } from "../employment/study-travel.ts";

/** A study and its times, kept to some places. */
export interface FewerPlaces {
  readonly study: AccessStudy;
  readonly travel: StudyTravel;
}

/** The point where most people of a place live: it stands for all of them. */
function mainPoint({ rows, shares }: HomePoints): number {
  const most = shares.indexOf(Math.max(...shares));
  return rows[most] ?? 0;
}

/**
 * Evenly spaced places of a study, `most` at most, each by the point where most of its people live: enough to see how much a result moves when a setting changes, and quick
 * enough to compute all times again. What is compared with them (towns, the whole territory) is left out.
 */
export function fewerPlaces(study: AccessStudy, travel: StudyTravel, most: number): FewerPlaces {
  const known = [...study.places.keys()].filter((place) => (study.seekers[place]?.size ?? 0) > 0);
  const step = Math.max(1, known.length / most);
  const kept = known.length <= most ? known : Array.from({ length: most }, (_, i) => known[Math.floor(i * step)] ?? 0);
  const places = kept.flatMap((place) => study.places.slice(place, place + 1));
  const rows = places.map(({ homes }) => mainPoint(homes));
  const everybody: HomePoints = {
    rows: Int32Array.from(rows.keys()),
    shares: new Float64Array(rows.length).fill(1 / rows.length),
  };
  const few = ({ columns, values }: CostMatrix): CostMatrix => {
    const own = new Float64Array(rows.length * columns);
    rows.forEach((row, i) => {
      own.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
    });
    return { rows: rows.length, columns, values: own };
  };
  const { minutes } = travel;
  return {
    study: {
      ...study,
      places: places.map((place, row) => ({
        ...place,
        homes: { rows: Int32Array.of(row), shares: Float64Array.of(1) },
        townHomes: null,
      })),
      perimeters: [],
      homes: {
        ids: rows.map((row) => study.homes.ids[row] ?? ""),
        lon: Float64Array.from(rows, (row) => study.homes.lon[row]),
        lat: Float64Array.from(rows, (row) => study.homes.lat[row]),
      },
      everybody,
      placeZone: Int32Array.from(kept, (place) => study.placeZone[place]),
      seekers: kept.map((place) => study.seekers[place] ?? new Map()),
    },
    travel: {
      ...travel,
      minutes: {
        walk: few(minutes.walk),
        bike: few(minutes.bike),
        ebike: few(minutes.ebike),
        transit: few(minutes.transit),
        car: few(minutes.car),
      },
      carKm: few(travel.carKm),
      straightKm: few(travel.straightKm),
      byHour: travel.byHour.map((one) => ({ ...one, minutes: few(one.minutes) })),
      withShuttle: travel.withShuttle && few(travel.withShuttle),
    },
  };
}
