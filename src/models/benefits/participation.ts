import { QuartiersError } from "../../codes/errors.ts";
import { isDay } from "./c2s-ceiling.ts";
import { C2S_SINCE, participationRates } from "./c2s-parameters.ts";
import { ACS_CHEQUES_SINCE, ACS_UNTIL, acsCheques } from "./cmu-c-parameters.ts";

/** Whose participation: the general one, or that of the régime local d'Alsace-Moselle (same ceilings, lower participation). */
export type ParticipationScheme = "general" | "alsace-moselle";

/**
 * Monthly participation of one person who has the C2S with participation, in EUR (L861-11 CSS). The age is the one reached on 1 January of the
 * year of award (R861-16-1), not the age of the month. Refuses a date before November 2019 and an age that is not a whole number of years.
 * @example
 * ```ts
 * [29, 30, 49, 50, 59, 60, 69, 70].map((age) => participationEurMonth({ ageOnFirstJanuary: age, date: "2025-01-01" })) // [ 8, 14, 14, 21, 21, 25, 25, 30 ]
 * ```
 */
export function participationEurMonth({
  ageOnFirstJanuary,
  date,
  scheme = "general",
}: {
  readonly ageOnFirstJanuary: number;
  /** Day of award, yyyy-mm-dd. */
  readonly date: string;
  readonly scheme?: ParticipationScheme;
}): number {
  if (!isDay(date) || date < C2S_SINCE) {
    throw new QuartiersError({
      what: "Pas de participation à la C2S à cette date",
      value: date,
      expected: `une date aaaa-mm-jj depuis le ${C2S_SINCE}`,
    });
  }
  const rate = participationRates.find(
    ({ fromAge, toAge }) => fromAge <= ageOnFirstJanuary && ageOnFirstJanuary <= toAge,
  );
  if (!rate || !Number.isInteger(ageOnFirstJanuary)) {
    throw new QuartiersError({
      what: "Âge impossible",
      value: String(ageOnFirstJanuary),
      expected: "un nombre entier d'années, de 0 à 130",
    });
  }
  return scheme === "general" ? rate.generalEurMonth : rate.alsaceMoselleEurMonth;
}

/**
 * The yearly cheque of the ACS for one person, EUR, by age on 1 January (L863-1 CSS). Refuses a day outside 2014-01-01 to 2019-10-31.
 * @example
 * ```ts
 * [15, 16, 49, 50, 59, 60].map((age) => acsChequeEurYear({ age, date: "2018-05-01" })) // [ 100, 200, 200, 350, 350, 550 ]
 * ```
 */
export function acsChequeEurYear({ age, date }: { readonly age: number; readonly date: string }): number {
  const cheque = acsCheques.find(({ fromAge, toAge }) => fromAge <= age && age <= toAge);
  if (!isDay(date) || date < ACS_CHEQUES_SINCE || date > ACS_UNTIL || !cheque || !Number.isInteger(age)) {
    throw new QuartiersError({
      what: "Pas de chèque de l'ACS à cette date ou à cet âge",
      value: `${date}, ${age} ans`,
      expected: `une date aaaa-mm-jj du ${ACS_CHEQUES_SINCE} au ${ACS_UNTIL}, un âge entier de 0 à 130`,
    });
  }
  return cheque.eurYear;
}
