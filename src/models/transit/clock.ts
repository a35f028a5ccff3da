import { QuartiersError } from "../../codes/errors.ts";

/**
 * Seconds of a clock time since the start of its service day. Hours pass 24 after midnight: a trip at 25:10 belongs to the day before.
 * GTFS counts from noon minus twelve hours, which differs from midnight on the two days when clocks change.
 * @throws QuartiersError for a text that is no time
 * @example
 * ```ts
 * clockSeconds("25:10:00") // 90600
 * ```
 */
export function clockSeconds(text: string): number {
  const [, hours, minutes, seconds = "0"] = /^\s*(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*$/.exec(text) ?? [];
  if (hours !== undefined) return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
  throw new QuartiersError({
    what: "Ce n'est pas une heure",
    value: text.slice(0, 40),
    expected: "HH:MM ou HH:MM:SS, comme 07:05 ou 25:10:00",
  });
}

/**
 * The clock time of seconds since the start of the service day.
 * @example
 * ```ts
 * clockText(90600) // "25:10:00"
 * ```
 */
export function clockText(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const text = `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return seconds < 0 ? `-${text}` : text;
}

const DAY_MS = 86_400_000;

/**
 * Number of a day since 1 January 1970.
 * @param text AAAA-MM-JJ, or AAAAMMJJ as GTFS writes it
 * @throws QuartiersError for a text that is no day
 * @example
 * ```ts
 * dayNumber("2019-05-13") - dayNumber("20190512") // 1
 * ```
 */
export function dayNumber(text: string): number {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const time = year === undefined ? Number.NaN : Date.UTC(Number(year), Number(month) - 1, Number(day));
  const number = time / DAY_MS;
  if (!Number.isNaN(number) && dayText(number).replaceAll("-", "") === text.replaceAll("-", "")) return number;
  throw new QuartiersError({
    what: "Ce n'est pas un jour",
    value: text.slice(0, 40),
    expected: "AAAA-MM-JJ, comme 2019-05-13",
  });
}

/** The day of a number, AAAA-MM-JJ. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** Day of the week, 0 for Monday: 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
