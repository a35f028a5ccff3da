import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import { greatCircleKm } from "../access/great-circle.ts";
import { clockSeconds, dayNumber, dayText } from "./clock.ts";
import { servicePeriod } from "./service-days.ts";
import type { TransitFeed } from "./transit-feed.ts";

/** A stop of an invented line: one of the feed by its id alone, or a new one with its place. */
export interface LineStop {
  readonly id: string;
  readonly name?: string;
  /** Degrees of WGS 84; both absent for a stop that the feed has. */
  readonly lon?: number;
  readonly lat?: number;
}

/** A line to try: a shuttle, a bus at a constant interval. */
export interface NewLine {
  /** Name and identifier, new in the feed. */
  readonly name: string;
  readonly stops: readonly LineStop[];
  /** Minutes from each stop to the next, one fewer than stops. */
  readonly minutesBetween: readonly number[];
  /** First departure from the first stop, and the time before which the last one leaves: "05:30", "21:00". */
  readonly from: string;
  readonly to: string;
  readonly headwayMinutes: number;
  /** Whether it comes back over the same stops, at the same times; true by default. */
  readonly bothWays?: boolean;
  /** First and last day that it runs, every day of the week, AAAA-MM-JJ; the days of the feed by default. */
  readonly days?: { readonly first: string; readonly last: string };
}

/** A bus, in route_type. */
const BUS = 3;

/**
 * The feed with a line more, at a constant interval (fixed times, as frequencies.txt with exact_times 1): what a policy would add. The given feed does not change. Rows are added
 * after those of the feed: positions of its own stops hold, walks to the new ones are to be made.
 * @throws QuartiersError for fewer than two stops, a name that the feed has, an unknown stop without a place, times that do not grow, a speed above 130 km/h
 * @example
 * ```ts
 * const line = { name: "navette", stops: [{ id: "a", lon: -1.6, lat: 48.1 }, { id: "b", lon: -1.7, lat: 48.1 }], minutesBetween: [12],
 *   from: "05:00", to: "21:00", headwayMinutes: 20, days: { first: "2022-01-03", last: "2022-12-31" } };
 * addLine(emptyFeed("navette"), line).trips.ids // [ "navette, aller", "navette, retour" ]
 * ```
 */
export function addLine(feed: TransitFeed, line: NewLine): TransitFeed {
  check(feed, line);
  const { stops, routes, trips, calls, calendar, frequencies } = feed;
  const fresh = line.stops.filter(({ id }, i) => isNew(feed, id) && line.stops.findIndex((s) => s.id === id) === i);
  const ids = [...stops.ids, ...fresh.map(({ id }) => id)];
  const path = line.stops.map(({ id }) => ids.indexOf(id));
  const offsets = [0];
  for (const minutes of line.minutesBetween) offsets.push((offsets.at(-1) as number) + Math.round(60 * minutes));
  const whole = offsets.at(-1) as number;
  const ways = [
    { id: `${line.name}, aller`, path, times: offsets },
    { id: `${line.name}, retour`, path: [...path].reverse(), times: offsets.map((time) => whole - time).reverse() },
  ].slice(0, line.bothWays === false ? 1 : 2);
  const period = line.days ?? feedDays(feed);
  const times = Int32Array.from([...calls.arrivals, ...ways.flatMap((way) => way.times)]);
  const rows = ways.length * path.length;
  const added = <T>(values: Iterable<T>, more: readonly T[]): T[] => [...values, ...more];
  return {
    ...feed,
    stops: {
      ids,
      names: added(
        stops.names,
        fresh.map(({ id, name }) => name ?? id),
      ),
      lon: Float64Array.from(
        added(
          stops.lon,
          fresh.map(({ lon }) => lon as number),
        ),
      ),
      lat: Float64Array.from(
        added(
          stops.lat,
          fresh.map(({ lat }) => lat as number),
        ),
      ),
      parents: Int32Array.from(
        added(
          stops.parents,
          fresh.map(() => -1),
        ),
      ),
    },
    routes: {
      ids: added(routes.ids, [line.name]),
      names: added(routes.names, [line.name]),
      modes: Int32Array.from([...routes.modes, BUS]),
    },
    trips: {
      ids: added(
        trips.ids,
        ways.map(({ id }) => id),
      ),
      routes: Int32Array.from([...trips.routes, ...ways.map(() => routes.ids.length)]),
      services: Int32Array.from([...trips.services, ...ways.map(() => feed.services.length)]),
    },
    calls: {
      starts: Int32Array.from([...calls.starts, ...ways.map((_, i) => calls.stops.length + (i + 1) * path.length)]),
      stops: Int32Array.from([...calls.stops, ...ways.flatMap((way) => way.path)]),
      arrivals: times,
      departures: Int32Array.from([...calls.departures, ...ways.flatMap((way) => way.times)]),
      noBoarding: Uint8Array.from([...calls.noBoarding, ...new Uint8Array(rows)]),
      noAlighting: Uint8Array.from([...calls.noAlighting, ...new Uint8Array(rows)]),
      distances: Float64Array.from([...calls.distances, ...new Float64Array(rows).fill(Number.NaN)]),
    },
    services: added(feed.services, [line.name]),
    calendar: {
      services: Int32Array.from([...calendar.services, feed.services.length]),
      weekdays: Uint8Array.from([...calendar.weekdays, 127]),
      first: Int32Array.from([...calendar.first, dayNumber(period.first)]),
      last: Int32Array.from([...calendar.last, dayNumber(period.last)]),
    },
    frequencies: {
      trips: Int32Array.from([...frequencies.trips, ...ways.map((_, i) => trips.ids.length + i)]),
      from: Int32Array.from([...frequencies.from, ...ways.map(() => clockSeconds(line.from))]),
      to: Int32Array.from([...frequencies.to, ...ways.map(() => clockSeconds(line.to))]),
      headwaySeconds: Int32Array.from([
        ...frequencies.headwaySeconds,
        ...ways.map(() => Math.round(60 * line.headwayMinutes)),
      ]),
      exact: Uint8Array.from([...frequencies.exact, ...ways.map(() => 1)]),
    },
  };
}

/** A feed without any row: `addLine` then makes a feed of one line, to be read beside those of a town. */
export function emptyFeed(id: string, title: string = id): TransitFeed {
  const none = new Int32Array();
  return {
    id,
    title,
    stops: { ids: [], names: [], lon: new Float64Array(), lat: new Float64Array(), parents: none },
    routes: { ids: [], names: [], modes: none },
    trips: { ids: [], routes: none, services: none },
    calls: {
      starts: Int32Array.of(0),
      stops: none,
      arrivals: none,
      departures: none,
      noBoarding: new Uint8Array(),
      noAlighting: new Uint8Array(),
      distances: new Float64Array(),
    },
    services: [],
    calendar: { services: none, weekdays: new Uint8Array(), first: none, last: none },
    exceptions: { services: none, days: none, added: new Uint8Array() },
    frequencies: { trips: none, from: none, to: none, headwaySeconds: none, exact: new Uint8Array() },
    transfers: { from: none, to: none, types: new Uint8Array(), minSeconds: none, narrow: 0 },
    lineage: [],
  };
}

const isNew = ({ stops }: TransitFeed, id: string): boolean => !stops.ids.includes(id);

function feedDays(feed: TransitFeed): { readonly first: string; readonly last: string } {
  const { first, last } = servicePeriod(feed);
  if (first <= last) return { first: dayText(first), last: dayText(last) };
  throw new QuartiersError({
    what: "Cette ligne n'a pas de jours de circulation",
    expected: "des jours (days), le jeu n'en ayant aucun",
  });
}

const FASTEST_KMH = 130;

function check(feed: TransitFeed, line: NewLine): void {
  const refuse = (what: string, value: string, expected: string): never => {
    throw new QuartiersError({ what, value, where: `ligne «\u202f${line.name}\u202f»`, expected });
  };
  const { stops, minutesBetween, headwayMinutes } = line;
  if (feed.routes.ids.includes(line.name)) refuse("Le jeu a déjà une ligne de ce nom", line.name, "un nom nouveau");
  if (stops.length < 2) refuse("Une ligne a au moins deux arrêts", String(stops.length), "deux arrêts ou plus");
  if (minutesBetween.length !== stops.length - 1)
    refuse("Les durées ne vont pas avec les arrêts", `${minutesBetween.length}`, `${stops.length - 1} durées`);
  const odd = minutesBetween.find((minutes) => !(minutes > 0 && minutes < Number.POSITIVE_INFINITY));
  if (odd !== undefined) refuse("Durée impossible entre deux arrêts", String(odd), "plus de 0 min");
  if (!(60 * headwayMinutes >= 1)) refuse("Intervalle impossible", String(headwayMinutes), "plus de 0 min");
  if (!(clockSeconds(line.from) < clockSeconds(line.to)))
    refuse("La ligne finit avant de commencer", `de ${line.from} à ${line.to}`, "un début avant la fin");
  const places = stops.map((stop) => {
    const known = feed.stops.ids.indexOf(stop.id);
    const isPlaced = Number.isFinite(stop.lon) && Number.isFinite(stop.lat);
    if (known < 0 && !isPlaced)
      refuse("Arrêt nouveau sans coordonnées", stop.id, "lon et lat, ou l'identifiant d'un arrêt du jeu");
    if (known >= 0 && (stop.lon !== undefined || stop.lat !== undefined))
      refuse("Cet arrêt est déjà dans le jeu", stop.id, "son identifiant seul, ou un identifiant nouveau");
    return known < 0
      ? { lon: stop.lon as number, lat: stop.lat as number }
      : { lon: feed.stops.lon[known], lat: feed.stops.lat[known] };
  });
  for (let i = 1; i < places.length; i++) {
    const [a, b] = [places[i - 1], places[i]] as [(typeof places)[0], (typeof places)[0]];
    const kmh = (greatCircleKm(a.lon, a.lat, b.lon, b.lat) / (minutesBetween[i - 1] as number)) * 60;
    if (kmh > FASTEST_KMH)
      refuse(
        "La ligne va trop vite",
        `${frenchNumber(kmh, { unit: "km/h" })} vers ${stops[i]?.id}`,
        `au plus ${FASTEST_KMH} km/h à vol d'oiseau\u00a0: des minutes, non des secondes ni des heures`,
      );
  }
}
