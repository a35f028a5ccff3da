/** What an offer says of its hours. `variable` covers what is said without any clock: variable, irregular or split hours, rotas. */
export type WorkPattern = "day" | "two-shifts" | "three-shifts" | "night" | "staggered" | "weekend" | "variable";

/** Hours of the clock, from 0 to 24; a shift whose end is not after its start ends the next day. */
export interface Shift {
  readonly startHour: number;
  readonly endHour: number;
}

export interface WorkHours {
  /** In the order of `workPatterns`. */
  readonly patterns: readonly WorkPattern[];
  /** The shifts that these patterns may mean, earliest start first, each once; empty where no clock can be told. */
  readonly shifts: readonly Shift[];
  readonly saturday: boolean;
  readonly sunday: boolean;
}

const day: Shift = { startHour: 9, endHour: 17 };
const early: Shift = { startHour: 5, endHour: 13 };
const late: Shift = { startHour: 13, endHour: 21 };
const night: Shift = { startHour: 21, endHour: 5 };

/**
 * The hours of the clock that stand for each pattern. **A convention of this laboratory**, to be varied: employers write no clock hour.
 * Eight-hour shifts change at 5 h, 13 h and 21 h, the hours at which the programme asks about staggered work; by default the law counts
 * as night what is worked from 21 h to 6 h (Code du travail, art. L. 3122-20). « Décalés » means early or late, and does not say which.
 */
export const shiftConventions: Readonly<Record<WorkPattern, readonly Shift[]>> = {
  day: [day],
  "two-shifts": [early, late],
  "three-shifts": [early, late, night],
  night: [night],
  staggered: [early, late],
  weekend: [day],
  variable: [],
};

/** The words of « Offres d'emploi v2 », without accents or capitals. */
const wordsOf: Readonly<Record<WorkPattern, RegExp>> = {
  day: /\bhoraires normaux\b|\ben journee\b|\bde jour\b/,
  "two-shifts": /\b2 ?x ?8\b/,
  "three-shifts": /\b[345] ?x ?8\b/,
  night: /\b(de|la) nuit\b/,
  staggered: /\bdecales?\b/,
  weekend: /\bsamedis?\b|\bdimanches?\b|\bweek ?-?ends?\b/,
  variable:
    /\bhoraires? (variables?|irreguliers?|flexibles?|modulables?|fractionnes?|coupes?)\b|\b(en|avec) coupures?\b|\bpar roulement\b|\btravail poste\b/,
};

/** The patterns, from the plainest to the least known. */
export const workPatterns: readonly WorkPattern[] = [
  "day",
  "two-shifts",
  "three-shifts",
  "night",
  "staggered",
  "weekend",
  "variable",
];

const plainWords = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("×", "x").replace(/\s+/g, " ");

/**
 * Reads in the words of an offer when its work begins and ends: out by `startHour`, back from `endHour`.
 *
 * Several statements (duration, context, conditions) are read together, and their shifts are all kept: an offer « en 2X8 » is reached
 * only by who can come at 5 h **and** at 13 h, which is for the caller to ask. Work on Saturdays or Sundays without another word takes
 * the hours of the day. A word that is denied (« pas de travail de nuit ») is not understood. Cost: linear in the text.
 *
 * @param statements what the offer says, in French; null or empty where it is silent
 * @returns null where nothing is said of the hours (« 35H » alone says none): not stated, to be kept apart, never taken for ordinary hours
 * @example
 * ```ts
 * workHours("35H Travail en 2X8")?.shifts // [{ startHour: 5, endHour: 13 }, { startHour: 13, endHour: 21 }]
 * ```
 */
export function workHours(
  statements: string | null | readonly (string | null)[],
  conventions: Readonly<Record<WorkPattern, readonly Shift[]>> = shiftConventions,
): WorkHours | null {
  const said = typeof statements === "string" ? [statements] : (statements ?? []);
  const text = plainWords(said.map((statement) => statement ?? "").join(" ; "));
  const patterns = workPatterns.filter((pattern) => wordsOf[pattern].test(text));
  if (patterns.length === 0) return null;
  const shifts = new Map<string, Shift>();
  for (const pattern of patterns)
    for (const shift of conventions[pattern]) shifts.set(`${shift.startHour} ${shift.endHour}`, shift);
  const weekend = /\bweek ?-?ends?\b/.test(text);
  return {
    patterns,
    shifts: [...shifts.values()].sort((a, b) => a.startHour - b.startHour || a.endHour - b.endHour),
    saturday: weekend || /\bsamedis?\b/.test(text),
    sunday: weekend || /\bdimanches?\b/.test(text),
  };
}

/**
 * Is a shift out of the hours of the day: does it begin before 7 h, end after 20 h or pass midnight? Null where the clock is not known.
 * @example
 * ```ts
 * hasStaggeredShift(workHours("Travail de nuit")) // true
 * ```
 */
export function hasStaggeredShift(hours: WorkHours | null): boolean | null {
  if (hours === null || hours.shifts.length === 0) return null;
  return hours.shifts.some(({ startHour, endHour }) => startHour < 7 || endHour > 20 || endHour <= startHour);
}
