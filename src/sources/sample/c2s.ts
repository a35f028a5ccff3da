import { normal } from "../../codes/random.ts";
import type { HouseholdRow } from "./households.ts";
import type { SampleIndicators } from "./indicators.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

/** What is true of the C2S in one invented neighbourhood: read by tests only. */
export interface C2sTruth {
  readonly qpv: string;
  /** Probability that an eligible household takes up its right, without and with participation. */
  readonly takeUpFree: number;
  readonly takeUpPaying: number;
  /** Persons of eligible households. */
  readonly eligibleFree: number;
  readonly eligiblePaying: number;
  /** Persons covered, before the small counts are hidden. */
  readonly coveredFree: number;
  readonly coveredPaying: number;
  readonly persons: number;
}

/** The planted model, in words and numbers, for the truth file. */
export const c2sModel = {
  plafond_1_personne_eur_an: 9031.56,
  date_du_plafond: "2020-04-01",
  coefficients_du_plafond: [1, 1.5, 1.8, 2.1, 2.5, 2.9, 3.3],
  participation: "ressources au moins égales au plafond et inférieures à 1,35 fois le plafond",
  unites_de_consommation: [1, 1.5, 1.8, 2.1, 2.4, 2.7, 3],
  ressources: "niveau de vie du ménage × unités de consommation, sans abattement ni forfait logement",
  niveau_de_vie:
    "deux demi-lois log-normales de médiane disp_q2, par disp_d1 au-dessous et disp_d9 au-dessus, indépendantes de la taille",
  recours: "par ménage : logit(0,69) + 0,25 u sans participation, logit(0,33) + 0,25 u avec, u normal par quartier",
} as const;

/** A count of persons under eleven is written `s`: the strictest rule known, since the provider's own is not published. */
export const C2S_THRESHOLD = 11;
export const C2S_YEAR = 2021;
const Z90 = 1.2815515655446004;
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));

/** Draws every household's standard of living, compares it with the ceiling of its size, then draws its take-up. */
export function makeC2s(
  indicators: readonly SampleIndicators[],
  households: readonly HouseholdRow[],
  seed: number,
): readonly C2sTruth[] {
  const reluctant = [...indicators]
    .sort((a, b) => a.qpv.population - b.qpv.population)
    .slice(0, 5)
    .map(({ qpv }) => qpv.code);
  const random = stream(seed, "c2s");
  const {
    plafond_1_personne_eur_an: base,
    coefficients_du_plafond: coefficients,
    unites_de_consommation: units,
  } = c2sModel;
  return indicators.map(({ qpv, income }) => {
    const u = normal(random);
    const takeUpFree = logistic(logit(0.69) + 0.25 * u);
    const takeUpPaying = reluctant.includes(qpv.code) ? 0.04 : logistic(logit(0.33) + 0.25 * u);
    const below = Math.log(income.q2 / income.d1) / Z90;
    const above = Math.log(income.d9 / income.q2) / Z90;
    const truth = { eligibleFree: 0, eligiblePaying: 0, coveredFree: 0, coveredPaying: 0, persons: 0 };
    for (const row of households.filter((line) => line.qpv === qpv.code)) {
      for (let i = 0; i < Math.round(row.households); i++) {
        const persons = row.size < 6 ? row.size : random() < 0.6 ? 7 : 6;
        const z = normal(random);
        const resources = income.q2 * Math.exp(z * (z < 0 ? below : above)) * units[persons - 1];
        const ceiling = Math.round(base * coefficients[persons - 1]);
        const takes = random();
        truth.persons += persons;
        if (resources < ceiling) {
          truth.eligibleFree += persons;
          if (takes < takeUpFree) truth.coveredFree += persons;
        } else if (resources < 1.35 * ceiling) {
          truth.eligiblePaying += persons;
          if (takes < takeUpPaying) truth.coveredPaying += persons;
        }
      }
    }
    return { qpv: qpv.code, takeUpFree, takeUpPaying, ...truth };
  });
}

/** `c2s_qpv.csv`: persons covered on 1 January, small counts written `s`. */
export function writeC2s(rows: readonly C2sTruth[]): string {
  const shown = (persons: number): string | number => (persons > 0 && persons < C2S_THRESHOLD ? "s" : persons);
  const lines = rows.map(({ qpv, coveredFree, coveredPaying }) => [
    qpv,
    C2S_YEAR,
    shown(coveredFree),
    shown(coveredPaying),
  ]);
  return csv(["code_qp", "annee", "sans_participation", "avec_participation"], lines, { separator: ";" });
}
