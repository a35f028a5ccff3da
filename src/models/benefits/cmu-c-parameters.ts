/**
 * Before the C2S: the CMU complémentaire (free) and the ACS (a cheque), for long series. Ceilings since July 2014 and cheques since the end of 2013, until
 * the C2S replaces both on 1 November 2019. From 1 April 2019 on, the ceilings are those of `c2sPeriods`.
 */
import type { C2sPeriod } from "./c2s-parameters.ts";

const base = (from: string, until: string, baseCents: number, text: string): C2sPeriod => ({
  from,
  until,
  baseCents,
  upratingThousandths: null,
  upratedFrom: null,
  text,
});

/** The 1-person ceiling of the CMU-C, EUR per year kept to the cent (D861-1 CSS); the ACS is at +35 % since 2012 (L863-1 CSS). */
export const cmuCPeriods: readonly C2sPeriod[] = [
  base("2014-07-01", "2016-03-31", 864_452, "D861-1 CSS, plafond de la CMU-C au 1er juillet 2014"),
  base("2016-04-01", "2017-03-31", 865_316, "D861-1 CSS, plafond de la CMU-C au 1er avril 2016"),
  base("2017-04-01", "2018-03-31", 872_300, "D861-1 CSS, plafond de la CMU-C au 1er avril 2017"),
  base("2018-04-01", "2019-03-31", 881_023, "D861-1 CSS, plafond de la CMU-C au 1er avril 2018"),
];

/** Published ceilings of the ACS since 1 April 2017, EUR per year: 1, 2, 3, 4 persons, each more. */
export const acsCeilings2017: readonly number[] = [11_776, 17_664, 21_197, 24_730, 4_710];

/** One age group of the ACS cheque. */
export interface AcsCheque {
  /** Age on 1 January, both ends included. */
  readonly fromAge: number;
  readonly toAge: number;
  readonly eurYear: number;
}

/** First and last day for which the cheques below are published; after it, the C2S. */
export const ACS_CHEQUES_SINCE = "2014-01-01";
export const ACS_UNTIL = "2019-10-31";
/** The ACS cheque, EUR a year and a person, by age on 1 January (L863-1 CSS), from the end of 2013 to the end of the ACS. */
export const acsCheques: readonly AcsCheque[] = [
  { fromAge: 0, toAge: 15, eurYear: 100 },
  { fromAge: 16, toAge: 49, eurYear: 200 },
  { fromAge: 50, toAge: 59, eurYear: 350 },
  { fromAge: 60, toAge: 130, eurYear: 550 },
];
