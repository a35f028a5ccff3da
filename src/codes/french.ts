/** U+202F, the narrow space of French thousands, percents and high punctuation. */
export const NARROW_SPACE = "\u202f";
/** U+00A0, the space before a unit and a colon. */
export const HARD_SPACE = "\u00a0";

export interface NumberFormat {
  readonly decimals?: number;
  /** "%" takes a narrow space, any other unit a hard one. */
  readonly unit?: string;
  /** Always write the sign (gaps, changes). */
  readonly signed?: boolean;
}

/**
 * A number as French readers write it: comma, narrow spaces, unit. Made by hand so that it does not depend on the machine's ICU.
 * @example
 * ```ts
 * frenchNumber(12345.678, { decimals: 1, unit: "km" }) // "12 345,7 km"
 * ```
 */
export function frenchNumber(value: number, { decimals = 0, unit, signed = false }: NumberFormat = {}): string {
  if (value === Number.POSITIVE_INFINITY) return "hors d’atteinte";
  if (!Number.isFinite(value)) return "non disponible";
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE);
  const digits = fraction ? `${grouped},${fraction}` : grouped;
  const isZero = !/[1-9]/.test(digits);
  const sign = isZero ? "" : value < 0 ? "\u2212" : signed ? "+" : "";
  // French counts from 2: « 1,9 point », « 2 points ».
  const word = unit === "points" && Number(Math.abs(value).toFixed(decimals)) < 2 ? "point" : unit;
  const end = word ? `${word === "%" ? NARROW_SPACE : HARD_SPACE}${word}` : "";
  return `${sign}${digits}${end}`;
}

const smallNumbers = ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"];

/**
 * A count in a sentence: in words up to ten, in digits beyond.
 * @example
 * ```ts
 * [frenchCount(3), frenchCount(17)] // [ "trois", "17" ]
 * ```
 */
export const frenchCount = (count: number): string => smallNumbers[count] ?? frenchNumber(count);

/**
 * "de" and a name, with its elision.
 * @example
 * ```ts
 * frenchOf("Occitanie") // "d’Occitanie"
 * ```
 */
export function frenchOf(name: string): string {
  return /^[aeiouyàâéèêëîïôûœhAEIOUYÀÂÉÈÊËÎÏÔÛŒH]/.test(name) ? `d’${name}` : `de ${name}`;
}

/** The months, from January. */
export const frenchMonths: readonly string[] = [
  "janvier",
  "février",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "août",
  "septembre",
  "octobre",
  "novembre",
  "décembre",
];

/**
 * A day of the form yyyy-mm-dd, as a sentence says it.
 * @example
 * ```ts
 * frenchDate("2020-04-01") // "1er avril 2020"
 * ```
 */
export function frenchDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${date === 1 ? "1er" : date} ${frenchMonths[(month ?? 1) - 1]} ${year}`;
}
