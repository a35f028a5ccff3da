/** Speeds that a zone's name implies, km/h (wiki.openstreetmap.org/wiki/Key:maxspeed, « maxspeed=FR:urban »); French values, in force since July 2018. */
const zoneKmh: ReadonlyMap<string, number> = new Map(
  Object.entries({
    urban: 50,
    rural: 80,
    trunk: 110,
    motorway: 130,
    living_street: 20,
    bicycle_road: 30,
    school: 30,
  }),
);
/** « walk » is about a pedestrian's pace; « none » is a motorway without limit, driven as a French one. */
const wordKmh: ReadonlyMap<string, number> = new Map([...zoneKmh, ["walk", 6], ["none", 130]]);
const unitKmh: ReadonlyMap<string, number> = new Map(
  Object.entries({ "": 1, "km/h": 1, kmh: 1, kph: 1, mph: 1.609344, knots: 1.852 }),
);

/**
 * A limit of speed in km/h as OpenStreetMap writes it: « 50 », « 30 mph », « FR:urban », « FR:zone30 », « walk ». Of several values the lowest. NaN when it says
 * no number (« signals », « variable », empty) or one that is not above 0.
 * @example
 * ```ts
 * ["50", "30 mph", "FR:urban", "FR:zone30", "signals"].map(maxSpeedKmh) // [ 50, 48.28032, 50, 30, NaN ]
 * ```
 */
export function maxSpeedKmh(text: string): number {
  if (text === "") return Number.NaN;
  if (!text.includes(";")) return oneSpeed(text.trim());
  const speeds = text.split(";").map((part) => oneSpeed(part.trim()));
  const read = speeds.filter((speed) => !Number.isNaN(speed));
  return read.length === 0 ? Number.NaN : Math.min(...read);
}

function oneSpeed(text: string): number {
  const number = /^(\d+(?:\.\d+)?) ?([a-z/]*)$/.exec(text);
  if (number) {
    const kmh = Number(number[1]) * (unitKmh.get(number[2] ?? "") ?? Number.NaN);
    return kmh > 0 ? kmh : Number.NaN;
  }
  const zone = /^[A-Za-z]{2}(?:-[A-Za-z]+)?:(?:zone:?)?(.+)$/.exec(text);
  if (!zone) return wordKmh.get(text) ?? Number.NaN;
  const kmh = Number(zone[1]);
  return kmh > 0 ? kmh : (zoneKmh.get(zone[1] ?? "") ?? Number.NaN);
}
