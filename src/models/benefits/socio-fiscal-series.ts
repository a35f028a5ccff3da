import { QuartiersError } from "../../codes/errors.ts";
import { isDay } from "./c2s-ceiling.ts";

/** Last day for which the amounts of the bridge are typed. */
export const SOCIO_FISCAL_LAST_DAY = "2025-12-31";

/** An amount of the law in time: what it is, in which unit, by which article, and its values by the day from which each holds. */
export interface LegalSeries<Value = number> {
  readonly label: string;
  readonly unit: "EUR par mois" | "EUR par an" | "EUR par heure" | "part" | "heures par mois";
  readonly article: string;
  readonly values: readonly (readonly [from: string, value: Value])[];
}

/**
 * The value of a series on a day. Refuses a day before the first value or after 2025-12-31: an amount of the law is not extrapolated. O(values).
 * @example
 * ```ts
 * const minimumWage = { label: "SMIC horaire brut", unit: "EUR par heure", article: "L3231-5 C. trav.", values: [["2020-01-01", 10.15], ["2021-01-01", 10.25]] };
 * legalAmount(minimumWage, "2020-07-01") // 10.15
 * ```
 */
export function legalAmount<Value>(series: LegalSeries<Value>, date: string): Value {
  const first = series.values[0]?.[0] ?? "";
  if (isDay(date) && date >= first && date <= SOCIO_FISCAL_LAST_DAY) {
    const value = series.values.findLast(([from]) => from <= date);
    if (value) return value[1];
  }
  throw new QuartiersError({
    what: `Aucune valeur à cette date pour\u00a0: ${series.label}`,
    value: date,
    expected: `une date aaaa-mm-jj du ${first} au ${SOCIO_FISCAL_LAST_DAY}`,
    remedy: `ajouter le texte de l'année (${series.article})`,
  });
}
