import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import {
  C2S_MAYOTTE_SINCE,
  C2S_OVERSEAS_THOUSANDTHS,
  C2S_PARTICIPATION_HUNDREDTHS,
  C2S_SINCE,
  type C2sArea,
  type C2sPeriod,
  type C2sRight,
  c2sAreaLabels,
  c2sCoefficientTenths,
  c2sPeriods,
  c2sRightLabels,
  type PublishedCeiling,
  publishedAcsCeilings,
  publishedCeilings,
} from "./c2s-parameters.ts";
import { cmuCPeriods } from "./cmu-c-parameters.ts";

/** Every period with ceilings, in order: CMU-C and ACS, then C2S. */
const periods: readonly C2sPeriod[] = [...cmuCPeriods, ...c2sPeriods];

const publishedCells: readonly PublishedCeiling[] = [...publishedAcsCeilings, ...publishedCeilings];

export interface C2sFoyer {
  /** Day of the claim, yyyy-mm-dd. */
  readonly date: string;
  /** Persons in the foyer C2S (R861-2: a census household may hold several). */
  readonly persons: number;
  /** Mainland France when absent. */
  readonly area?: C2sArea;
}

/** One amount, and where it comes from. */
export interface CeilingAmount {
  /** EUR per year for the foyer, whole euros. */
  readonly eurYear: number;
  /** "publié": a published cell. "dérivé": the chain of upratings, where no table gives the cell (over 4 persons; 2022; overseas but 2022 and 2024). */
  readonly status: "publié" | "dérivé";
  /** What the chain gives, for comparison. */
  readonly chainEurYear: number;
  readonly otherReadings: readonly number[];
  readonly source: string;
  readonly article: string;
}

/** The two ceilings of a foyer on a day. Resources below `free` open the free C2S, from there to `participation` the paying one. */
export interface C2sCeiling {
  readonly date: string;
  readonly persons: number;
  readonly area: C2sArea;
  readonly from: string;
  readonly until: string;
  readonly free: CeilingAmount;
  readonly participation: CeilingAmount;
  /** EUR per year, free: the same as `free.eurYear`. */
  readonly freeEurYear: number;
  /** EUR per year, with participation: the same as `participation.eurYear`. */
  readonly participationEurYear: number;
}

/**
 * The ceilings of the C2S (L861-1, R861-3, D861-1 CSS). The published table is the authority; the chain of upratings fills what no table gives.
 * Refuses a day before 2014-07-01 or after 2026-03-31, and Mayotte before 2024: no published amount, no invented one.
 * @example
 * ```ts
 * const { freeEurYear, participationEurYear } = c2sCeiling({ date: "2025-06-15", persons: 2 });
 * [freeEurYear, participationEurYear] // [ 15508, 20936 ]
 * ```
 */
export function c2sCeiling({ date, persons, area = "metropole" }: C2sFoyer): C2sCeiling {
  const period = c2sPeriod(date);
  refuseMayotteBefore(date, area);
  const free = amountOf(period, persons, area, "free");
  const participation = amountOf(period, persons, area, "participation");
  return {
    date,
    persons,
    area,
    from: period.from,
    until: period.until,
    free,
    participation,
    freeEurYear: free.eurYear,
    participationEurYear: participation.eurYear,
  };
}

/**
 * The coefficient of R861-3 in tenths: 10, 15, 18, 21, 25, 29...
 * @example
 * ```ts
 * [1, 2, 3, 4, 5, 6].map(coefficientTenths) // [ 10, 15, 18, 21, 25, 29 ]
 * ```
 */
export function coefficientTenths(persons: number): number {
  if (!Number.isInteger(persons) || persons < 1 || persons > 50) {
    throw new QuartiersError({
      what: "Nombre de personnes impossible pour un foyer C2S",
      value: String(persons),
      expected: "un entier de 1 à 50",
    });
  }
  const { first, second, thirdAndFourth, eachMore } = c2sCoefficientTenths;
  const upToFour = first + (persons > 1 ? second : 0) + Math.min(Math.max(persons - 2, 0), 2) * thirdAndFourth;
  return upToFour + Math.max(persons - 4, 0) * eachMore;
}

/**
 * The coefficient of R861-3 in hundredths of a foyer whose other persons are given in their rank (partner, then from the oldest): true where the increment is halved,
 * for a minor in alternating residence (CGI 194).
 * @example
 * ```ts
 * [familyCoefficientHundredths([]), familyCoefficientHundredths([false, true]), familyCoefficientHundredths([true, false])] // [ 100, 165, 155 ]
 * ```
 */
export function familyCoefficientHundredths(halved: readonly boolean[]): number {
  let hundredths = c2sCoefficientTenths.first * 10;
  halved.forEach((half, i) => {
    hundredths += incrementTenths(i + 2) * (half ? 5 : 10);
  });
  return hundredths;
}

/**
 * What the person of a rank (2 and more) adds to the coefficient, in tenths.
 * @example
 * ```ts
 * [2, 3, 4, 5, 6].map(incrementTenths) // [ 5, 3, 3, 4, 4 ]
 * ```
 */
export function incrementTenths(rank: number): number {
  const { second, thirdAndFourth, eachMore } = c2sCoefficientTenths;
  return rank === 2 ? second : rank <= 4 ? thirdAndFourth : eachMore;
}

/** The period whose ceilings apply on a day, or an error that says why none is published. */
export function c2sPeriod(date: string): C2sPeriod {
  if (!isDay(date)) {
    throw new QuartiersError({
      what: "Date illisible",
      value: date,
      expected: "une date aaaa-mm-jj, comme 2025-04-01",
    });
  }
  const period = periods.find(({ from, until }) => from <= date && date <= until);
  if (period) return period;
  const [first, last] = [periods[0]?.from ?? "", periods.at(-1)?.until ?? ""];
  throw new QuartiersError({
    what: "Aucun plafond de la C2S publié à cette date",
    value: date,
    expected: `une date du ${first} au ${last}`,
    remedy:
      date > last
        ? "ajouter l'arrêté de l'année dans src/models/benefits/c2s-parameters.ts quand il est publié"
        : "choisir une date où la C2S, ou la CMU-C et l'ACS qui l'ont précédée, ont un plafond publié",
  });
}

/** The chain: base to the cent x coefficient [x 1.35] [x 1.113], rounded once, half up (L861-1). In whole numbers, so that no half is lost. */
export function chainCeiling(period: C2sPeriod, persons: number, area: C2sArea, right: C2sRight): number {
  return chainCeilingOf(period, coefficientTenths(persons) * 10, area, right);
}

/**
 * The same for any coefficient, in hundredths: that of a foyer with a child in alternating residence is no whole number of tenths.
 * @example
 * ```ts
 * chainCeilingOf(c2sPeriod("2025-06-15"), 125, "metropole", "free") // 12923
 * ```
 */
export function chainCeilingOf(period: C2sPeriod, hundredths: number, area: C2sArea, right: C2sRight): number {
  const numerator =
    period.baseCents *
    hundredths *
    (right === "participation" ? C2S_PARTICIPATION_HUNDREDTHS : 100) *
    (area === "metropole" ? 1000 : C2S_OVERSEAS_THOUSANDTHS);
  const denominator = 100 * 100 * 100 * 1000;
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}

/** The published cell of a period, or null. */
export function publishedCeiling(
  period: C2sPeriod,
  persons: number,
  area: C2sArea,
  right: C2sRight,
): PublishedCeiling | null {
  return (
    publishedCells.find(
      (cell) => cell.from === period.from && cell.area === area && cell.right === right && cell.persons === persons,
    ) ?? null
  );
}

/**
 * The ceilings of a foyer in French sentences, made from the table that computes: amount, status, article, coefficient, chain, other readings.
 * @example
 * ```ts
 * explainC2sCeiling({ date: "2024-05-01", persons: 1 })[1] // "C2S gratuite : 10 166 € par an (publié ; L861-1, 1°, R861-3 CSS ; arrêté du 26 mars 2024 ; UFC-Que Choisir)."
 * ```
 */
export function explainC2sCeiling(foyer: C2sFoyer): readonly string[] {
  const ceiling = c2sCeiling(foyer);
  const period = c2sPeriod(foyer.date);
  const tenths = coefficientTenths(ceiling.persons);
  const base = frenchNumber(period.baseCents / 100, { decimals: 2, unit: "€" });
  const place = c2sAreaLabels[ceiling.area];
  const before =
    ceiling.date < C2S_SINCE ? " Avant le 1er novembre 2019, ces plafonds sont ceux de la CMU-C et de l'ACS." : "";
  const factors = (right: C2sRight): string =>
    `${base} × ${frenchNumber(tenths / 10, { decimals: 1 })}${right === "participation" ? " × 1,35" : ""}${ceiling.area === "metropole" ? "" : " × 1,113"}`;
  const lines = [
    `Foyer de ${ceiling.persons} personne${ceiling.persons > 1 ? "s" : ""}, ${place}, plafonds du ${ceiling.from} au ${ceiling.until} (${period.text}).${before}`,
  ];
  for (const right of ["free", "participation"] as const) {
    const { eurYear, status, article, source, chainEurYear, otherReadings } = ceiling[right];
    lines.push(
      `C2S ${c2sRightLabels[right]}\u00a0: ${euros(eurYear)} par an (${status}\u00a0; ${article}\u00a0; ${source}).`,
    );
    lines.push(
      `Lecture A\u00a0: ${factors(right)}, arrondi une fois = ${euros(chainEurYear)}.${otherReadings.length > 0 ? ` Autres valeurs imprimées\u00a0: ${otherReadings.map(euros).join(", ")}.` : ""}`,
    );
  }
  return lines;
}

const euros = (amount: number): string =>
  frenchNumber(amount, { decimals: Number.isInteger(amount) ? 0 : 2, unit: "€" });

function amountOf(period: C2sPeriod, persons: number, area: C2sArea, right: C2sRight): CeilingAmount {
  return ceilingAmount(period, persons, coefficientTenths(persons) * 10, area, right);
}

/**
 * One ceiling of a foyer of any coefficient: the published cell where the coefficient is the plain one of the number of persons, else the chain.
 * @example
 * ```ts
 * const period = c2sPeriod("2025-06-15");
 * [150, 125].map((hundredths) => ceilingAmount(period, 2, hundredths, "metropole", "free").status) // [ "publié", "dérivé" ]
 * ```
 */
export function ceilingAmount(
  period: C2sPeriod,
  persons: number,
  hundredths: number,
  area: C2sArea,
  right: C2sRight,
): CeilingAmount {
  const chainEurYear = chainCeilingOf(period, hundredths, area, right);
  const cell = hundredths === coefficientTenths(persons) * 10 ? publishedCeiling(period, persons, area, right) : null;
  if (cell)
    return {
      eurYear: cell.eurYear,
      status: "publié",
      chainEurYear,
      otherReadings: cell.otherReadings,
      source: cell.source,
      article: cell.article,
    };
  const article = `${right === "free" ? "L861-1, 1°" : "L861-1, 2°"}, ${area === "metropole" ? "" : "D861-1 (+11,3 %), "}R861-3 CSS`;
  return {
    eurYear: chainEurYear,
    status: "dérivé",
    chainEurYear,
    otherReadings: [],
    source: `base de ${frenchNumber(period.baseCents / 100, { decimals: 2, unit: "€" })}, arrondie une fois`,
    article,
  };
}

/** Refuses Mayotte before the C2S existed there. */
export function refuseMayotteBefore(date: string, area: C2sArea): void {
  if (area === "mayotte" && date < C2S_MAYOTTE_SINCE) {
    throw new QuartiersError({
      what: "La C2S n'existait pas à Mayotte à cette date",
      value: date,
      expected: `une date depuis le ${C2S_MAYOTTE_SINCE}`,
    });
  }
}

/** True for a day of the calendar written yyyy-mm-dd. */
export function isDay(date: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}
