import { QuartiersError } from "../../codes/errors.ts";
import { frenchDate } from "../../codes/french.ts";
import { dayText, weekdayOf } from "./clock.ts";
import type { TransitFeed } from "./transit-feed.ts";

/** What tells which service runs on which day. */
export type ServiceCalendar = Pick<TransitFeed, "services" | "calendar" | "exceptions">;

/**
 * Which services run on a day: those of the weekly calendar, first and last day included, then the exceptions, which add or remove. 1 where it runs.
 * @param day days since 1970 (`dayNumber`)
 */
export function servicesOn({ services, calendar, exceptions }: ServiceCalendar, day: number): Uint8Array {
  const runs = new Uint8Array(services.length);
  const bit = 1 << weekdayOf(day);
  for (let row = 0; row < calendar.services.length; row++)
    if (day >= calendar.first[row] && day <= calendar.last[row] && (calendar.weekdays[row] & bit) !== 0)
      runs[calendar.services[row]] = 1;
  for (let row = 0; row < exceptions.services.length; row++)
    if (exceptions.days[row] === day) runs[exceptions.services[row]] = exceptions.added[row];
  return runs;
}

/** First and last day that the calendars name, and the days, in between, when at least one trip runs. */
export interface ServicePeriod {
  readonly first: number;
  readonly last: number;
  readonly days: readonly number[];
}

/** The days with at least one trip, sorted. O(days of the period x rows of the calendars). */
export function servicePeriod(feed: ServiceCalendar & Pick<TransitFeed, "trips">): ServicePeriod {
  const { calendar, exceptions, trips } = feed;
  const named = [
    ...calendar.first,
    ...calendar.last,
    ...exceptions.days.filter((_, row) => exceptions.added[row] === 1),
  ];
  const first = named.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = named.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const used = new Uint8Array(feed.services.length);
  for (const service of trips.services) used[service] = 1;
  const days: number[] = [];
  for (let day = first; day <= last; day++)
    if (servicesOn(feed, day).some((runs, service) => runs === 1 && used[service] === 1)) days.push(day);
  return { first, last, days };
}

/** The error of a day without any trip: it names the period of the feed and the nearest days that have one. */
export function noServiceThatDay(feed: TransitFeed, day: number): QuartiersError {
  const { days } = servicePeriod(feed);
  const [first, last] = [days[0], days.at(-1)];
  const before = days.filter((other) => other < day).at(-1);
  const after = days.find((other) => other > day);
  const say = (other: number): string => `${weekdays[weekdayOf(other)]} ${frenchDate(dayText(other))}`;
  const near = [before, after].filter((other) => other !== undefined).map(say);
  return new QuartiersError({
    what: `Aucun service ce jour dans le jeu «\u202f${feed.title}\u202f»`,
    value: dayText(day),
    expected:
      first === undefined || last === undefined
        ? "un jeu dont une course circule au moins un jour"
        : `un jour de service, entre le ${say(first)} et le ${say(last)}\u00a0; les plus proches\u00a0: ${near.join(" et ")}`,
    remedy:
      "choisir l'un de ces jours, ou accepter que ce jeu n'ait aucune course (withoutService: \"report\"), ce que le rapport dira",
  });
}

const weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
