import { QuartiersError } from "../codes/errors.ts";

/** Units in which producers write costs. */
export type CostUnit = "s" | "min" | "h" | "m" | "km" | "EUR";

interface UnitMeaning {
  /** How a column of this quantity ends once it is read. */
  readonly ending: "Minutes" | "Km" | "Euros";
  readonly label: string;
  /** The value read, in minutes, kilometres or euros. A division where one is exact: 330 seconds are 5.5 minutes to the last bit. */
  readonly convert: (value: number) => number;
}

/** What each unit becomes: minutes, kilometres or euros, which is what measures of access read. */
export const costUnits: Readonly<Record<CostUnit, UnitMeaning>> = {
  s: { ending: "Minutes", label: "secondes", convert: (value) => value / 60 },
  min: { ending: "Minutes", label: "minutes", convert: (value) => value },
  h: { ending: "Minutes", label: "heures", convert: (value) => value * 60 },
  m: { ending: "Km", label: "mètres", convert: (value) => value / 1000 },
  km: { ending: "Km", label: "kilomètres", convert: (value) => value },
  EUR: { ending: "Euros", label: "euros", convert: (value) => value },
};

/** Refuses a name that does not end by the unit in which the column is held. */
export function checkCostName(name: string, unit: CostUnit): void {
  const { ending, label } = costUnits[unit];
  if (!name.endsWith(ending))
    throw new QuartiersError({
      what: `Un coût lu en ${label} est tenu en ${ending}, et son nom ne le dit pas`,
      value: name,
      expected: `un nom qui finit par ${ending}`,
    });
}

/** Places with their degrees of WGS 84, to hold times against distances. */
export interface LocatedPlaces {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
}

export interface UnitCheckInput {
  /** Times in minutes, once converted from the declared unit; NaN and Infinity are left out. */
  readonly minutes: Float64Array;
  readonly declared: "s" | "min" | "h";
  /** Length of pair `row` in kilometres: along the way, or as the crow flies; NaN where it is not known. null when no length is known. */
  readonly km: ((row: number) => number) | null;
  /** Longest time that the producer can write, in minutes; a day unless said. */
  readonly maxMinutes?: number;
  readonly column: string;
  readonly file: string;
}

/** What the times were held against. */
export interface UnitCheck {
  /** "speed": against lengths; "range": against the longest plausible trip only, which lets short times through; "none": nothing to hold. */
  readonly by: "speed" | "range" | "none";
  /** Median speed over the pairs a kilometre apart or more; NaN without them. */
  readonly medianKmh: number;
  readonly medianMinutes: number;
  readonly maxMinutes: number;
}

/**
 * Slowest and fastest median speed of a matrix of trips, kilometres an hour. A walk of detours does 2.5 as the crow flies, a motorway 110. A wrong unit moves the
 * median by 60: a walk becomes 150, a car 1.3.
 */
const PLAUSIBLE_KMH = [1.5, 130] as const;
/** Pairs from this length on: shorter ones are ruled by the way to the street and the wait. */
const SHORTEST_KM = 1;
const MOST_PAIRS = 20_000;
const DAY = 1440;
/** Without lengths: a matrix in minutes whose median exceeds 8 hours, or one whose longest trip is under 3 minutes, was more likely written in another unit. */
const [LONGEST_MEDIAN, SHORTEST_MAX] = [480, 3] as const;

/**
 * Holds times against their declared unit: the speeds that they imply, or their range where no length is known. Medians over some 20 000 pairs, taken at
 * regular steps; the longest time is that of all. O(pairs).
 * @throws QuartiersError that names the unit in which the times would be plausible
 * @example
 * ```ts
 * const minutes = Float64Array.of(10, 20);
 * checkTimeUnit({ minutes, declared: "min", km: (row) => [5, 9][row], column: "travel_time", file: "m.csv" }).medianKmh // 28.5
 * ```
 */
export function checkTimeUnit(input: UnitCheckInput): UnitCheck {
  const { minutes, declared, km, maxMinutes = DAY, column, file } = input;
  let [longest, trips] = [0, 0];
  for (let row = 0; row < minutes.length; row++) {
    if (!(minutes[row] < Number.POSITIVE_INFINITY)) continue;
    trips++;
    if (minutes[row] > longest) longest = minutes[row];
  }
  const medianMinutes = medianOf(sampled(minutes).filter((value) => value < Number.POSITIVE_INFINITY));
  const speeds = km === null ? new Float64Array(0) : speedsOf(minutes, km);
  const medianKmh = medianOf(speeds);
  const where = `${file}, colonne ${column}`;
  if (speeds.length > 0) {
    if (!(medianKmh >= PLAUSIBLE_KMH[0] && medianKmh <= PLAUSIBLE_KMH[1]))
      throw wrongUnit(
        where,
        declared,
        `vitesse médiane de ${round(medianKmh)} km/h`,
        likelyBySpeed(medianKmh, declared),
      );
  } else if (trips > 0) {
    if (medianMinutes > LONGEST_MEDIAN)
      throw wrongUnit(where, declared, `durée médiane de ${round(medianMinutes)} minutes`, shorter(declared));
    if (declared !== "min" && longest > 0 && longest < SHORTEST_MAX)
      throw wrongUnit(where, declared, `durée la plus longue de ${round(longest)} minutes`, longer(declared));
  }
  if (longest > maxMinutes)
    throw wrongUnit(
      where,
      declared,
      `durée la plus longue de ${round(longest)} minutes`,
      shorter(declared),
      maxMinutes,
    );
  return {
    by: speeds.length > 0 ? "speed" : trips > 0 ? "range" : "none",
    medianKmh,
    medianMinutes,
    maxMinutes: longest,
  };
}

/** One value in so many, at regular steps. */
function sampled(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / MOST_PAIRS));
  return Float64Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step]);
}

function speedsOf(minutes: Float64Array, km: (row: number) => number): Float64Array {
  const step = Math.max(1, Math.floor(minutes.length / MOST_PAIRS));
  const speeds: number[] = [];
  for (let row = 0; row < minutes.length; row += step) {
    const time = minutes[row];
    if (!(time > 0 && time < Number.POSITIVE_INFINITY)) continue;
    const length = km(row);
    if (length >= SHORTEST_KM && length < Number.POSITIVE_INFINITY) speeds.push((length * 60) / time);
  }
  return Float64Array.from(speeds);
}

const toMinutes = { s: 1 / 60, min: 1, h: 60 } as const;

/** The unit that would give a plausible speed, nearest to a car's in town; null when none would. */
function likelyBySpeed(kmh: number, declared: "s" | "min" | "h"): "s" | "min" | "h" | null {
  const [likely] = (["s", "min", "h"] as const)
    .map((unit) => ({ unit, speed: (kmh * toMinutes[declared]) / toMinutes[unit] }))
    .filter(({ unit, speed }) => unit !== declared && speed >= PLAUSIBLE_KMH[0] && speed <= PLAUSIBLE_KMH[1])
    .sort((a, b) => Math.abs(Math.log(a.speed / 20)) - Math.abs(Math.log(b.speed / 20)));
  return likely?.unit ?? null;
}

const shorter = (declared: "s" | "min" | "h"): "s" | "min" | null =>
  ({ s: null, min: "s", h: "min" })[declared] as "s" | "min" | null;
const longer = (declared: "s" | "min" | "h"): "min" | "h" | null =>
  ({ s: "min", min: "h", h: null })[declared] as "min" | "h" | null;

function wrongUnit(
  where: string,
  declared: "s" | "min" | "h",
  seen: string,
  likely: "s" | "min" | "h" | null,
  maxMinutes?: number,
): QuartiersError {
  const limit =
    maxMinutes === undefined
      ? `une vitesse médiane entre ${PLAUSIBLE_KMH.join(" et ")} km/h et des durées de trajets quotidiens`
      : `au plus ${maxMinutes} minutes`;
  return new QuartiersError({
    what: `Les temps ne sont pas plausibles dans l'unité déclarée, la ${costUnits[declared].label.slice(0, -1)}`,
    value: seen,
    where,
    expected: limit,
    remedy:
      likely === null
        ? "demander l'unité au producteur de la matrice, et vérifier que les lieux sont bien les siens"
        : `ces temps semblent être en ${costUnits[likely].label}\u00a0: le vérifier chez le producteur, puis déclarer «\u202f${likely}\u202f»`,
  });
}

const round = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(2).replace(".", ",");

function medianOf(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.slice().sort();
  const middle = sorted.length >>> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const radians = Math.PI / 180;
const EARTH_KM = 6371.0088;

/**
 * Length as the crow flies between two places, kilometres, on a plane tangent to the earth: within 1 % under 500 km, which is all that telling seconds from
 * minutes asks. NaN where a place is not known.
 */
export function crowKm(from: LocatedPlaces, i: number, to: LocatedPlaces, j: number): number {
  const north = (to.lat[j] - from.lat[i]) * radians;
  const east = (to.lon[j] - from.lon[i]) * radians * Math.cos(((to.lat[j] + from.lat[i]) / 2) * radians);
  return EARTH_KM * Math.sqrt(north * north + east * east);
}
