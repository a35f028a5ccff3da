import type { LegalSeries } from "./socio-fiscal-series.ts";

/** The housing benefit of tenants in zone 2 as data (arrêté of 27 September 2019, D823-16 to D823-19 CCH). Compared with OpenFisca-France 176.1.8, typed again. */

/** Rent ceiling of zone 2 (which is also the reference rent): alone, couple, one dependant, each more. */
export const rentCeiling: LegalSeries<readonly [alone: number, couple: number, one: number, eachMore: number]> = {
  label: "loyer plafond de la zone 2",
  unit: "EUR par mois",
  article: "D823-16 CCH ; arrêté du 27 septembre 2019, art. 7",
  values: [
    ["2017-10-01", [257.14, 314.74, 354.17, 51.54]],
    ["2019-10-01", [257.92, 315.69, 355.23, 51.7]],
    ["2020-10-01", [258.69, 316.64, 356.3, 51.86]],
    ["2021-10-01", [259.78, 317.97, 357.8, 52.08]],
    ["2022-07-01", [268.87, 329.1, 370.32, 53.9]],
    ["2023-10-01", [278.28, 340.62, 383.28, 55.79]],
    ["2024-10-01", [287.35, 351.72, 395.77, 57.61]],
    ["2025-10-01", [290.34, 355.38, 399.89, 58.21]],
  ],
};

/** Charges, the increase by dependant, and the least participation. */
export const chargesForfait: LegalSeries<readonly [base: number, eachDependant: number, leastParticipation: number]> = {
  label: "forfait de charges et participation minimale",
  unit: "EUR par mois",
  article: "D823-16, D823-17 CCH ; arrêté du 27 septembre 2019, art. 9 et 13",
  values: [
    ["2017-10-01", [53.67, 12.16, 35.02]],
    ["2019-10-01", [53.83, 12.2, 35.13]],
    ["2020-10-01", [53.99, 12.24, 35.24]],
    ["2021-10-01", [54.22, 12.29, 35.39]],
    ["2022-07-01", [56.12, 12.72, 36.63]],
    ["2023-10-01", [58.08, 13.17, 37.91]],
    ["2024-10-01", [59.97, 13.6, 39.15]],
    ["2025-10-01", [60.59, 13.74, 39.56]],
  ],
};

/** R0: alone, couple, 1 to 6 dependants, each more. */
export const incomeAllowance: LegalSeries<readonly number[]> = {
  label: "abattement forfaitaire R0 de l'aide au logement",
  unit: "EUR par an",
  article: "D823-17 CCH ; arrêté annuel",
  values: [
    ["2019-01-01", [4575, 6553, 7816, 7992, 8298, 8606, 8912, 9219, 305]],
    ["2020-01-01", [4588, 6572, 7839, 8015, 8322, 8631, 8938, 9246, 305]],
    ["2022-01-01", [4683, 6709, 8002, 8182, 8495, 8811, 9124, 9439, 311]],
    ["2022-07-01", [4870, 6977, 8322, 8509, 8834, 9163, 9488, 9816, 323]],
    ["2023-01-01", [4949, 7090, 8456, 8646, 8977, 9311, 9642, 9975, 328]],
    ["2024-01-01", [5186, 7430, 8862, 9061, 9408, 9758, 10105, 10454, 343]],
    ["2025-01-01", [5235, 7501, 8947, 9148, 9498, 9851, 10202, 10554, 346]],
  ],
};

/** Participation by euro of income over R0: by family (alone, couple, 1 to 4 dependants, each more), by rent, and the least one by rent and charges. */
export const participationShares: {
  readonly family: readonly number[];
  readonly eachMore: number;
  readonly rentAtCeiling: number;
  readonly least: number;
  readonly cutEurMonth: number;
} = {
  /** Arrêté of 27 September 2019, art. 14: TF. */
  family: [0.0283, 0.0315, 0.027, 0.0238, 0.0201, 0.0185],
  eachMore: -0.0006,
  /** TL of a rent at its ceiling in zone 2: 0.45 % x 30 points + 0.68 % x 25 points. */
  rentAtCeiling: 0.00305,
  least: 0.085,
  /** Décret n° 2017-1413. */
  cutEurMonth: 5,
};

/** Réduction de loyer de solidarité of social tenants in zone 2: alone, couple, one dependant, each more. */
export const rentReduction: LegalSeries<readonly [alone: number, couple: number, one: number, eachMore: number]> = {
  label: "réduction de loyer de solidarité, zone 2",
  unit: "EUR par mois",
  article: "L442-2-1 CCH ; arrêté du 27 février 2018",
  values: [
    ["2019-01-01", [28.18, 34.48, 38.8, 5.65]],
    ["2020-01-01", [43.14, 52.79, 59.4, 8.65]],
    ["2020-10-01", [29.72, 36.37, 40.92, 5.96]],
    ["2021-01-01", [40.51, 49.57, 55.77, 8.12]],
    ["2021-10-01", [46.21, 56.26, 62.29, 9.04]],
    ["2022-01-01", [44.6, 54.49, 61.04, 8.88]],
    ["2022-10-01", [42.7, 52.16, 58.43, 8.5]],
    ["2023-01-01", [45.66, 55.79, 62.5, 9.09]],
    ["2023-10-01", [48.22, 58.71, 65, 9.44]],
    ["2024-01-01", [48.45, 59.15, 66.06, 9.6]],
    ["2025-06-01", [34.83, 42.53, 47.49, 6.9]],
  ],
};

/** Income of a month under which the rent is reduced, zone 2: alone, couple, 1 to 6 dependants, each more. */
export const rentReductionCeiling: LegalSeries<readonly number[]> = {
  label: "plafond de la réduction de loyer de solidarité, zone 2",
  unit: "EUR par mois",
  article: "L442-2-1 CCH ; arrêté du 27 février 2018",
  values: [
    ["2019-01-01", [854, 1042, 1329, 1583, 1943, 2243, 2497, 2764, 266]],
    ["2024-01-01", [895, 1092, 1393, 1659, 2036, 2351, 2617, 2897, 279]],
  ],
};

/** The part of the reduction that the housing benefit loses (arrêté of 27 February 2018). */
export const REDUCTION_TAKEN_BACK = 0.98;
