import type { LegalSeries } from "./socio-fiscal-series.ts";

/** Family benefits of mainland France as data. Values compared with the parameters of OpenFisca-France 176.1.8 and typed again. */

export const familyBase: LegalSeries = {
  label: "base mensuelle des allocations familiales (BMAF)",
  unit: "EUR par mois",
  article: "L551-1 CSS, instruction ou décret annuel du 1er avril",
  values: [
    ["2018-04-01", 411.92],
    ["2019-04-01", 413.16],
    ["2020-04-01", 414.4],
    ["2021-04-01", 414.81],
    ["2022-04-01", 422.28],
    ["2022-07-01", 439.17],
    ["2023-04-01", 445.93],
    ["2024-04-01", 466.44],
    ["2025-04-01", 474.37],
  ],
};

/** Shares of the monthly base. */
export const familyShares: {
  readonly second: number;
  readonly eachMore: number;
  readonly from14: number;
  readonly supplement: number;
  readonly supplementIncreased: number;
  readonly birth: number;
  readonly loneParentForfait: number;
} = {
  /** AF of two children, of each more, and the increase from 14 years (D521-1 CSS; not for the eldest of two). */
  second: 0.32,
  eachMore: 0.41,
  from14: 0.16,
  /** Complément familial, base and increased (D522-1, D522-2 CSS, since April 2018). */
  supplement: 0.4165,
  supplementIncreased: 0.6248,
  /** Allocation de base of the PAJE, full rate, children born since April 2018 (D531-2 CSS). */
  birth: 0.4165,
  /** What the RSA and the prime d'activité count of the ASF of a child (R262-10-1 CASF, R844-4 CSS). */
  loneParentForfait: 0.225,
};

export const loneParentShare: LegalSeries = {
  label: "allocation de soutien familial (ASF) par enfant privé de l'aide d'un parent",
  unit: "part",
  article: "D523-1 CSS",
  values: [
    ["2018-04-01", 0.2813],
    ["2022-11-01", 0.422],
  ],
};

/** Shares of the monthly base for a child of 6-10, 11-14, 15-18 years, paid once a year. */
export const schoolShares: LegalSeries<readonly [primary: number, lower: number, upper: number]> = {
  label: "allocation de rentrée scolaire (ARS)",
  unit: "part",
  article: "D543-1 CSS ; décret n° 2020-985 (majoration de 2020)",
  values: [
    ["2019-01-01", [0.8972, 0.9467, 0.9795]],
    ["2020-01-01", [0.8972 + 0.2426, 0.9467 + 0.2426, 0.9795 + 0.2426]],
    ["2021-01-01", [0.8972, 0.9467, 0.9795]],
  ],
};

/** Ceiling of the complément familial (without child) and its increase for a lone parent or two earners; the increased amount has half of it. */
export const supplementCeiling: LegalSeries<readonly [base: number, loneOrTwoEarners: number]> = {
  label: "plafond du complément familial",
  unit: "EUR par an",
  article: "R522-2, D522-2 CSS, arrêté annuel",
  values: [
    ["2019-01-01", [21199, 8521]],
    ["2020-01-01", [21538, 8657]],
    ["2021-01-01", [21732, 8735]],
    ["2022-01-01", [21776, 8752]],
    ["2023-01-01", [22123, 8892]],
    ["2024-01-01", [23296, 9363]],
    ["2025-01-01", [24414, 9812]],
  ],
};

/** CRDS on family and housing benefits and on the prime d'activité (ordonnance n° 96-50, art. 14-1, 19). */
export const CRDS = 0.005;
