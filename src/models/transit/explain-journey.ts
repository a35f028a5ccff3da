import { QuartiersError } from "../../codes/errors.ts";
import { type Arrivals, UNREACHED } from "./earliest-arrivals.ts";
import type { Timetable } from "./timetable.ts";

/** A part of a journey, from one time of the day to another, in seconds. */
export type JourneyLeg = {
  readonly departure: number;
  readonly arrival: number;
  /** Stop where it starts and ends; null for the origin. */
  readonly from: string | null;
  readonly to: string;
} & (
  | { readonly kind: "walk" }
  /** Waiting for a run, the time to change at one stop in it. */
  | { readonly kind: "wait" }
  | { readonly kind: "ride"; readonly line: string; readonly trip: string; readonly stops: number }
);

/**
 * The journey that `earliestArrivals` found to a stop, or that `arrivalsByRides` found with the most runs allowed: the walk from the origin, the runs, the walks and waits between
 * them. Legs follow one another without a gap, from the departure to the arrival at the stop. Null for a stop that no run reaches.
 * @param found the answer of the search on this timetable
 * @param departure the departure that was asked, in seconds of the day
 * @throws QuartiersError for a stop that is not in the timetable
 */
export function explainJourney(
  timetable: Timetable,
  found: Arrivals | readonly Arrivals[],
  stopId: string,
  departure: number,
): JourneyLeg[] | null {
  const { stops, connections, runs } = timetable;
  let stop = stops.ids.indexOf(stopId);
  if (stop < 0)
    throw new QuartiersError({
      what: "Arrêt inconnu de l'horaire",
      value: stopId,
      expected: `un arrêt parmi ${stops.ids.length}, comme ${stops.ids.slice(0, 3).join(", ")}`,
    });
  const rounds = Array.isArray(found) ? (found as readonly Arrivals[]) : null;
  let round = (rounds?.length ?? 1) - 1;
  const of = (n: number): Arrivals => (rounds ? rounds[n] : found) as Arrivals;
  if (of(round).byRun[stop] === UNREACHED) return null;
  const legs: JourneyLeg[] = [];
  for (;;) {
    while (rounds && round > 1 && of(round - 1).byRun[stop] === of(round).byRun[stop]) round--;
    const [boarded, left] = [of(round).boarded[stop], of(round).left[stop]];
    const at = connections.from[boarded];
    const run = connections.run[boarded];
    let rides = 0;
    for (let i = boarded; i <= left; i++) if (connections.run[i] === run) rides++;
    const ride = { departure: connections.departure[boarded], arrival: connections.arrival[left] };
    legs.unshift({
      kind: "ride",
      line: runs.lines[run] ?? "",
      trip: runs.trips[run] ?? "",
      stops: rides,
      from: stops.ids[at] ?? null,
      to: stops.ids[stop] as string,
      ...ride,
    });
    if (rounds) round--;
    const ready = of(round).ready[at];
    const before = of(round).readyFrom[at];
    const name = stops.ids[at] as string;
    const arrived = before < 0 ? departure : of(round).byRun[before];
    const walked = before === at ? arrived : ready;
    if (ride.departure > walked)
      legs.unshift({ kind: "wait", from: name, to: name, departure: walked, arrival: ride.departure });
    if (before < 0 ? walked > arrived : before !== at)
      legs.unshift({
        kind: "walk",
        from: before < 0 ? null : (stops.ids[before] as string),
        to: name,
        departure: arrived,
        arrival: walked,
      });
    if (before < 0) return legs;
    stop = before;
  }
}
