import { QuartiersError } from "../../codes/errors.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import type { TransitFeed } from "./transit-feed.ts";

/**
 * Several feeds as one: every id stands behind the name of its feed (« gtfs-star:1001 »), for two networks may give one id to two stops. Their stops stay apart:
 * one walks between them. A single feed is given back as it is.
 * @throws QuartiersError when two feeds have one name
 */
export function mergeFeeds(feeds: readonly TransitFeed[]): TransitFeed {
  const [first] = feeds;
  if (feeds.length === 1 && first) return first;
  const twice = feeds.find(({ id }, i) => feeds.findIndex((other) => other.id === id) !== i);
  if (twice)
    throw new QuartiersError({
      what: "Deux jeux de transport portent le même nom",
      value: twice.id,
      expected: "un nom par jeu\u00a0: le même jeu deux fois compterait chaque course deux fois",
    });
  const prefixed = (list: (feed: TransitFeed) => readonly string[]): string[] =>
    feeds.flatMap((feed) => list(feed).map((id) => `${feed.id}:${id}`));
  /** Positions of a column, moved by the rows of the feeds before. */
  const moved = (column: (feed: TransitFeed) => Int32Array, home: (feed: TransitFeed) => number): Int32Array => {
    let offset = 0;
    const parts = feeds.map((feed) => {
      const base = offset;
      offset += home(feed);
      return column(feed).map((code) => (code < 0 ? code : code + base));
    });
    return joined(parts, Int32Array);
  };
  const stops = (feed: TransitFeed): number => feed.stops.ids.length;
  const routes = (feed: TransitFeed): number => feed.routes.ids.length;
  const trips = (feed: TransitFeed): number => feed.trips.ids.length;
  const services = (feed: TransitFeed): number => feed.services.length;
  const numbers = (column: (feed: TransitFeed) => Int32Array): Int32Array => joined(feeds.map(column), Int32Array);
  const bytes = (column: (feed: TransitFeed) => Uint8Array): Uint8Array => joined(feeds.map(column), Uint8Array);
  const decimals = (column: (feed: TransitFeed) => Float64Array): Float64Array =>
    joined(feeds.map(column), Float64Array);
  return {
    id: feeds.map(({ id }) => id).join("+"),
    title: feeds.map(({ title }) => title).join(", "),
    stops: {
      ids: prefixed((feed) => feed.stops.ids),
      names: feeds.flatMap((feed) => feed.stops.names),
      lon: decimals((feed) => feed.stops.lon),
      lat: decimals((feed) => feed.stops.lat),
      parents: moved((feed) => feed.stops.parents, stops),
    },
    routes: {
      ids: prefixed((feed) => feed.routes.ids),
      names: feeds.flatMap((feed) => feed.routes.names),
      modes: numbers((feed) => feed.routes.modes),
    },
    trips: {
      ids: prefixed((feed) => feed.trips.ids),
      routes: moved((feed) => feed.trips.routes, routes),
      services: moved((feed) => feed.trips.services, services),
    },
    calls: {
      starts: Int32Array.from([
        0,
        ...moved(
          (feed) => feed.calls.starts.slice(1),
          (feed) => feed.calls.stops.length,
        ),
      ]),
      stops: moved((feed) => feed.calls.stops, stops),
      arrivals: numbers((feed) => feed.calls.arrivals),
      departures: numbers((feed) => feed.calls.departures),
      noBoarding: bytes((feed) => feed.calls.noBoarding),
      noAlighting: bytes((feed) => feed.calls.noAlighting),
      distances: decimals((feed) => feed.calls.distances),
    },
    services: prefixed((feed) => feed.services),
    calendar: {
      services: moved((feed) => feed.calendar.services, services),
      weekdays: bytes((feed) => feed.calendar.weekdays),
      first: numbers((feed) => feed.calendar.first),
      last: numbers((feed) => feed.calendar.last),
    },
    exceptions: {
      services: moved((feed) => feed.exceptions.services, services),
      days: numbers((feed) => feed.exceptions.days),
      added: bytes((feed) => feed.exceptions.added),
    },
    frequencies: {
      trips: moved((feed) => feed.frequencies.trips, trips),
      from: numbers((feed) => feed.frequencies.from),
      to: numbers((feed) => feed.frequencies.to),
      headwaySeconds: numbers((feed) => feed.frequencies.headwaySeconds),
      exact: bytes((feed) => feed.frequencies.exact),
    },
    transfers: {
      from: moved((feed) => feed.transfers.from, stops),
      to: moved((feed) => feed.transfers.to, stops),
      types: bytes((feed) => feed.transfers.types),
      minSeconds: numbers((feed) => feed.transfers.minSeconds),
      narrow: feeds.reduce((sum, feed) => sum + feed.transfers.narrow, 0),
    },
    lineage: mergeLineages(...feeds.map(({ lineage }) => lineage)),
  };
}

interface Settable<T> {
  readonly length: number;
  set(values: T, offset: number): void;
}

function joined<T extends Settable<T>>(parts: readonly T[], Kind: new (length: number) => T): T {
  const whole = new Kind(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
