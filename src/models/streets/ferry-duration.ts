/**
 * Seconds of a crossing as OpenStreetMap writes them (wiki.openstreetmap.org/wiki/Key:duration): « 00:25 », « 1:10:30 », « 25 » (minutes), « PT1H30M ».
 * NaN when it is none of these, or zero.
 * @example
 * ```ts
 * ["00:25", "1:10:30", "25", "PT1H30M", "court"].map(durationSeconds) // [ 1500, 4230, 1500, 5400, NaN ]
 * ```
 */
export function durationSeconds(text: string): number {
  const clock = /^(?:(\d+):)?(\d+)(?::(\d{2}))?$/.exec(text.trim());
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim());
  const parts = clock ? [0, clock[1], clock[2], clock[3]] : iso ? iso.slice(1) : [];
  const [days, hours, minutes, seconds] = parts.map((part) => Number(part ?? 0));
  if (days === undefined) return Number.NaN;
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total > 0 ? total : Number.NaN;
}
