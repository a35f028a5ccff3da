import type { LocatedFacility } from "./facilities.ts";
import { distance, type Point, toKilometres } from "./geometry.ts";
import { type WalkTime, walkTimes } from "./practice-effects.ts";

/** How the producer of the survey computed its times: straight lines, lengthened as streets do, at a walker's pace. */
export const walkModel: {
  readonly detour: number;
  readonly kmPerHour: number;
  readonly capMinutes: number;
  readonly types: Readonly<Record<WalkTime, string>>;
} = {
  detour: 1.3,
  kmPerHour: 4,
  capMinutes: 120,
  types: { biblio: "F307", cinema: "F303", scene: "F315" },
};

/** Whole minutes on foot to the nearest place of each kind. */
export type Walks = Readonly<Record<WalkTime, number>>;

/** From a home, [lon, lat], to the nearest located library, cinema and stage; places without coordinates are left out. O(places) a home. */
export function walker(facilities: readonly LocatedFacility[]): (home: Point) => Walks {
  const places = walkTimes.map((kind) =>
    facilities.flatMap(({ type, at }) => (type === walkModel.types[kind] && at !== null ? [toKilometres(at)] : [])),
  );
  const minutesPerKm = (60 * walkModel.detour) / walkModel.kmPerHour;
  return (home) => {
    const from = toKilometres(home);
    const [biblio, cinema, scene] = places.map((points) => {
      let least = Number.POSITIVE_INFINITY;
      for (const point of points) least = Math.min(least, distance(from, point));
      return Math.min(walkModel.capMinutes, Math.round(least * minutesPerKm));
    });
    return { biblio, cinema, scene };
  };
}
