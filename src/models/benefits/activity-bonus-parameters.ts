import type { LegalSeries } from "./socio-fiscal-series.ts";

/** The prime d'activité and what the RSA shares with it, as data. Compared with OpenFisca-France 176.1.8, typed again. */

export const bonusBase: LegalSeries = {
  label: "montant forfaitaire de la prime d'activité, une personne",
  unit: "EUR par mois",
  article: "L842-3, D843-1 CSS, décret annuel",
  values: [
    ["2018-08-01", 551.51],
    ["2020-04-01", 553.16],
    ["2021-04-01", 553.71],
    ["2022-04-01", 563.68],
    ["2022-07-01", 586.23],
    ["2023-04-01", 595.25],
    ["2024-04-01", 622.63],
    ["2025-04-01", 633.21],
  ],
};

export const earningsShare: LegalSeries = {
  label: "part des revenus d'activité ajoutée au montant forfaitaire",
  unit: "part",
  article: "D843-3 CSS ; décret n° 2025-294",
  values: [
    ["2018-08-01", 0.61],
    ["2025-04-01", 0.5985],
  ],
};

/** Gross hourly minimum wage. */
export const minimumWage: LegalSeries = {
  label: "SMIC horaire brut",
  unit: "EUR par heure",
  article: "L3231-5 du code du travail, décret ou arrêté",
  values: [
    ["2019-01-01", 10.03],
    ["2020-01-01", 10.15],
    ["2021-01-01", 10.25],
    ["2021-10-01", 10.48],
    ["2022-01-01", 10.57],
    ["2022-05-01", 10.85],
    ["2022-08-01", 11.07],
    ["2023-01-01", 11.27],
    ["2023-05-01", 11.52],
    ["2024-01-01", 11.65],
    ["2024-11-01", 11.88],
  ],
};

/** The bonus of an earner: from 59 to 120 hours of minimum wage a month, up to a share of the base (D843-2 CSS). */
export const earnerBonus: { readonly fromHours: number; readonly fullHours: number; readonly share: number } = {
  fromHours: 59,
  fullHours: 120,
  share: 0.29101,
};

/** Size of the forfait: second person, third (and the fourth of a couple), others; of a lone parent with a child under 3 (R262-1 CASF, L262-9 CASF, D843-1 CSS). */
export const forfaitSize: {
  readonly second: number;
  readonly third: number;
  readonly eachMore: number;
  readonly increasedAdult: number;
  readonly increasedChild: number;
} = { second: 0.5, third: 0.3, eachMore: 0.4, increasedAdult: 1.28412, increasedChild: 0.42804 };

/** Forfait logement of RSA and prime d'activité: shares of the forfait of 1, 2, 3 persons and more (R262-9, R262-10 CASF; R844-3 CSS), with or without a benefit. */
export const housingForfaitShares: readonly number[] = [0.12, 0.16 * 1.5, 0.165 * 1.8];
