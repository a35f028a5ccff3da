import { gtfsTime } from "./gtfs.ts";
import type { TransitFeed, TransitTrip, Visit } from "./transit.ts";

interface Connection {
  readonly from: string;
  readonly to: string;
  readonly departure: number;
  readonly arrival: number;
  readonly trip: string;
}

/** Services that run on a day AAAAMMJJ. */
export function servicesOn({ services }: TransitFeed, date: string): ReadonlySet<string> {
  const day = new Date(
    Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))),
  ).getUTCDay();
  return new Set(
    services
      .filter(({ days, start, end, exceptions }) => {
        const exception = exceptions.find(([on]) => on === date);
        if (exception) return exception[1] === 1;
        return date >= start && date <= end && days[(day + 6) % 7] === 1;
      })
      .map(({ id }) => id),
  );
}

/** Every run of a trip: itself, or one a headway. */
function runs(trip: TransitTrip): { id: string; visits: readonly Visit[] }[] {
  if (!trip.repeats) return [trip];
  return trip.repeats.flatMap(({ from, until, headway }) => {
    const starts: number[] = [];
    for (let start = from; start < until; start += headway) starts.push(start);
    return starts.map((start) => ({
      id: `${trip.id}@${start}`,
      visits: trip.visits.map((visit) => ({
        ...visit,
        arrival: visit.arrival === null ? null : visit.arrival + start,
        departure: visit.departure === null ? null : visit.departure + start,
      })),
    }));
  });
}

/** All hops between timed stops of one day of service, by departure. */
export function connectionsOn(feed: TransitFeed, date: string): Connection[] {
  const running = servicesOn(feed, date);
  return feed.trips
    .filter(({ service }) => running.has(service))
    .flatMap(runs)
    .flatMap(({ id, visits }) => {
      const timed = visits.filter(({ arrival }) => arrival !== null);
      return timed.slice(1).map(
        (visit, i): Connection => ({
          from: timed[i].stop,
          to: visit.stop,
          departure: timed[i].departure as number,
          arrival: visit.arrival as number,
          trip: id,
        }),
      );
    })
    .sort((a, b) => a.departure - b.departure || a.arrival - b.arrival);
}

/**
 * Earliest arrival, by looking at every hop in the order of its departure (Dibbelt and others 2013): changes at one stop cost nothing,
 * walks of transfers.txt cost what they say. Null when one cannot arrive in the day of service.
 */
export function earliestArrival(
  connections: readonly Connection[],
  { transfers }: TransitFeed,
  from: string,
  to: string,
  leaving: number,
): number | null {
  const at = new Map<string, number>();
  const boarded = new Set<string>();
  const reach = (stop: string, time: number): void => {
    if (time < (at.get(stop) ?? Number.POSITIVE_INFINITY)) at.set(stop, time);
  };
  const walk = (stop: string, time: number): void => {
    for (const transfer of transfers) if (transfer.from === stop) reach(transfer.to, time + transfer.seconds);
  };
  reach(from, leaving);
  walk(from, leaving);
  for (const { from: stop, to: next, departure, arrival, trip } of connections) {
    if (!boarded.has(trip) && (at.get(stop) ?? Number.POSITIVE_INFINITY) > departure) continue;
    boarded.add(trip);
    if (arrival >= (at.get(next) ?? Number.POSITIVE_INFINITY)) continue;
    reach(next, arrival);
    walk(next, arrival);
  }
  return at.get(to) ?? null;
}

/** Journeys that a router must find again. */
export function journeyTruths(urban: TransitFeed, regional: TransitFeed): string {
  const search = (
    feed: TransitFeed,
    asked: readonly (readonly [date: string, leaving: number, from: string, to: string])[],
  ): unknown[] =>
    asked.map(([date, leaving, from, to]) => ({
      date,
      de: from,
      a: to,
      depart_au_plus_tot: gtfsTime(leaving),
      arrivee: gtfsTime(earliestArrival(connectionsOn(feed, date), feed, from, to, leaving)) || null,
    }));
  const ends = (feed: TransitFeed, route: string, direction: 0 | 1): readonly [string, string] => {
    const trip = feed.trips.find((one) => one.route === route && one.direction === direction) as TransitTrip;
    return [trip.visits[0].stop, trip.visits[trip.visits.length - 1].stop];
  };
  const [one, three, five, night] = ["1", "3", "5", "N"].map((route) => ends(urban, route, 0));
  const [c1, c2, t1] = ["C1", "C2", "T1"].map((route) => ends(regional, route, 0));
  const hour = 3600;
  const example = regional.trips.find(({ id }) => id === "C1-0-OUVRABLE-1") as TransitTrip;
  const truth = {
    synthetique: true,
    definition: {
      regle:
        "arrivée la plus tôt dans le jour de service ; changement au même arrêt sans délai ; marche seulement par transfers.txt (min_transfer_time) ; arrêts sans horaire non utilisés",
      heures: "depuis midi moins douze heures, au-delà de 24:00:00 la nuit",
      rythmes: "frequencies.txt, exact_times = 1 : départs à start_time, puis tous les headway_secs, avant end_time",
    },
    urbain: search(urban, [
      ["20220301", 7.1 * hour, ...one],
      ["20220301", 8 * hour, three[0], one[1]],
      ["20220301", 8 * hour, five[0], three[1]],
      ["20220301", 23.9 * hour, three[0], five[1]],
      ["20220301", 25.2 * hour, ...night],
      ["20220305", 10 * hour, three[0], five[1]],
      ["20220418", 10 * hour, one[0], three[1]],
      ["20220506", 7.1 * hour, ...one],
      ["20220418", 23 * hour, ...night],
    ]),
    regional: search(regional, [
      ["20220301", 6 * hour, ...c1],
      ["20220301", 6 * hour, c1[0], t1[1]],
      ["20220301", 12 * hour, c1[0], c2[0]],
      ["20220418", 9 * hour, ...c1],
      ["20220306", 9 * hour, ...c1],
      ["20220301", 23 * hour, ...t1],
    ]),
    horaires_a_interpoler: {
      course: example.id,
      arrets: example.visits.map(({ stop, arrival, km }) => ({
        arret: stop,
        metres: Math.round(1000 * km),
        heure: arrival === null ? null : gtfsTime(arrival),
      })),
    },
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
