import type { LegalSeries } from "./socio-fiscal-series.ts";

/** The income tax as data, by the year in which the income is earned (from 1 January). CGI = Code général des impôts. Compared with OpenFisca-France 176.1.8, typed again. */

/** Thresholds of the second to fifth brackets by part, and the rate of the second (the others: 30, 41, 45 %). */
export const taxBrackets: LegalSeries<readonly [second: number, third: number, fourth: number, fifth: number]> = {
  label: "seuils du barème de l'impôt sur le revenu",
  unit: "EUR par an",
  article: "CGI 197, I-1",
  values: [
    ["2019-01-01", [10064, 27794, 74517, 157806]],
    ["2020-01-01", [10084, 25710, 73516, 158122]],
    ["2021-01-01", [10225, 26070, 74545, 160336]],
    ["2022-01-01", [10777, 27478, 78570, 168994]],
    ["2023-01-01", [11294, 28797, 82341, 177106]],
    ["2024-01-01", [11497, 29315, 83823, 180294]],
    ["2025-01-01", [11600, 29579, 84577, 181917]],
  ],
};

export const taxRates: LegalSeries<readonly [second: number, third: number, fourth: number, fifth: number]> = {
  label: "taux du barème de l'impôt sur le revenu",
  unit: "part",
  article: "CGI 197, I-1 ; loi n° 2019-1479, art. 2",
  values: [
    ["2019-01-01", [0.14, 0.3, 0.41, 0.45]],
    ["2020-01-01", [0.11, 0.3, 0.41, 0.45]],
  ],
};

/** Décote: amount alone and for a couple, and the part of the tax that it loses. */
export const taxRebate: LegalSeries<readonly [alone: number, couple: number, share: number]> = {
  label: "décote",
  unit: "EUR par an",
  article: "CGI 197, I-4",
  values: [
    ["2019-01-01", [1208, 1990, 0.75]],
    ["2020-01-01", [779, 1289, 0.4525]],
    ["2021-01-01", [790, 1307, 0.4525]],
    ["2022-01-01", [833, 1378, 0.4525]],
    ["2023-01-01", [873, 1444, 0.4525]],
    ["2024-01-01", [889, 1470, 0.4525]],
    ["2025-01-01", [897, 1483, 0.4525]],
  ],
};

/** Cap of what a half part gives, and of the first part of a lone parent's child. */
export const familyCap: LegalSeries<readonly [halfPart: number, loneParentPart: number]> = {
  label: "plafonnement du quotient familial",
  unit: "EUR par an",
  article: "CGI 197, I-2",
  values: [
    ["2019-01-01", [1567, 3697]],
    ["2020-01-01", [1570, 3704]],
    ["2021-01-01", [1592, 3756]],
    ["2022-01-01", [1678, 3959]],
    ["2023-01-01", [1759, 4149]],
    ["2024-01-01", [1791, 4224]],
    ["2025-01-01", [1807, 4262]],
  ],
};

/** The 10 % deduction: least by earner, most by earner, least by pensioner, most of the foyer. */
export const tenPercent: LegalSeries<
  readonly [wageLeast: number, wageMost: number, pensionLeast: number, most: number]
> = {
  label: "déduction de 10 %, bornes",
  unit: "EUR par an",
  article: "CGI 83, 3° et 158, 5-a",
  values: [
    ["2019-01-01", [441, 12627, 393, 3850]],
    ["2020-01-01", [442, 12652, 394, 3858]],
    ["2021-01-01", [448, 12829, 400, 3912]],
    ["2022-01-01", [472, 13522, 422, 4123]],
    ["2023-01-01", [495, 14171, 442, 4321]],
    ["2024-01-01", [504, 14426, 450, 4399]],
    ["2025-01-01", [509, 14555, 454, 4439]],
  ],
};

/** Deduction by person of 65 and over: full amount, up to which income, and half of it up to which income. */
export const agedDeduction: LegalSeries<readonly [amount: number, fullTo: number, halfTo: number]> = {
  label: "abattement des personnes de plus de 65 ans",
  unit: "EUR par an",
  article: "CGI 157 bis",
  values: [
    ["2019-01-01", [2442, 15300, 24640]],
    ["2020-01-01", [2448, 15340, 24690]],
    ["2021-01-01", [2484, 15560, 25040]],
    ["2022-01-01", [2620, 16410, 26400]],
    ["2023-01-01", [2746, 17200, 27670]],
    ["2024-01-01", [2796, 17510, 28170]],
    ["2025-01-01", [2822, 17670, 28430]],
  ],
};

/** Reduction of modest foyers, incomes of 2019 only: rate, income by adult of the full rate and of none, increase by half part. */
export const modestReduction: LegalSeries<readonly [rate: number, fullTo: number, noneFrom: number, halfPart: number]> =
  {
    label: "réduction des foyers modestes",
    unit: "EUR par an",
    article: "CGI 197, I-4-b, abrogé pour les revenus de 2020",
    values: [
      ["2019-01-01", [0.2, 19176, 21249, 3836]],
      ["2020-01-01", [0, 1, 2, 0]],
    ],
  };

/**
 * Taxable wage for one euro of net wage: of a gross euro 0.7916 is paid (old age 7.30 %, AGIRC-ARRCO 3.15 %, CEG 0.86 %, CSG-CRDS 9.7 % of 98.25 %), of which the
 * CSG that is not deducted and the CRDS (2.9 % of 98.25 %, CGI 154 quinquies) are taxed.
 */
export const TAXABLE_BY_NET_WAGE: number = 1 + (0.029 * 0.9825) / (1 - 0.073 - 0.0315 - 0.0086 - 0.097 * 0.9825);
