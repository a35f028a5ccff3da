import { QuartiersError } from "../../codes/errors.ts";
import { normalQuantile } from "../uncertainty/normal.ts";

/** A quantity with an interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A rate of non-take-up. The interval is never clipped: a value outside 0 to 1 means that the model of the eligible fails there. */
export interface NonTakeUp extends Interval {
  /** "ok"; "impossible-rate": the rate leaves 0 to 1; "missing": an input is missing (NaN everywhere); "unbounded": the eligible are too uncertain for Fieller's interval to be finite (low -Infinity, high Infinity). */
  readonly status: "ok" | "impossible-rate" | "unbounded" | "missing";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
}

export interface NonTakeUpInput {
  /** Persons who have the benefit, all schemes (or say which). */
  readonly beneficiaries: number;
  /** Persons in an eligible foyer, estimated. */
  readonly eligible: number;
  /** Standard error of the eligible. */
  readonly seEligible: number;
  /** Standard error of the beneficiaries; 0 for an administrative count. */
  readonly seBeneficiaries?: number;
  readonly confidence?: number;
}

/**
 * Non-take-up NT = 1 - B/E, with Fieller's interval (Fieller 1954) for the ratio of two independent estimates: asymmetric, and honest when E is uncertain.
 * Missing inputs give NaN; refuses no eligible person and negative standard errors.
 * @example
 * ```ts
 * nonTakeUp({ beneficiaries: 560, eligible: 1000, seEligible: 50 }).value.toFixed(2) // "0.44"
 * ```
 */
export function nonTakeUp({
  beneficiaries,
  eligible,
  seEligible,
  seBeneficiaries = 0,
  confidence = 0.95,
}: NonTakeUpInput): NonTakeUp {
  if (eligible <= 0)
    throw new QuartiersError({
      what: "Aucune personne éligible\u00a0: le taux de non-recours n'existe pas",
      value: String(eligible),
      expected: "un nombre de personnes éligibles supérieur à 0",
    });
  if (beneficiaries < 0 || seEligible < 0 || seBeneficiaries < 0) {
    throw new QuartiersError({
      what: "Effectif ou erreur type négatif",
      value: `${beneficiaries}, ${seEligible}, ${seBeneficiaries}`,
      expected: "des nombres positifs ou nuls",
    });
  }
  if (Number.isNaN(beneficiaries + eligible + seEligible + seBeneficiaries)) {
    const warning = "Une donnée manque\u00a0: le taux n'est pas calculé.";
    return { value: Number.NaN, low: Number.NaN, high: Number.NaN, status: "missing", warning };
  }
  const z = normalQuantile((1 + confidence) / 2);
  const ratio = beneficiaries / eligible;
  const g = ((z * seEligible) / eligible) ** 2;
  const value = 1 - ratio;
  if (g >= 1) {
    return {
      value,
      low: Number.NEGATIVE_INFINITY,
      high: Number.POSITIVE_INFINITY,
      status: "unbounded",
      warning: "L'effectif éligible est trop incertain pour que le taux ait un intervalle.",
    };
  }
  const [relativeB, relativeE] = [seBeneficiaries / eligible, seEligible / eligible];
  const centre = ratio / (1 - g);
  const halfWidth = (z / (1 - g)) * Math.sqrt(relativeB ** 2 + ratio ** 2 * relativeE ** 2 - g * relativeB ** 2);
  const impossible = value < 0 || value > 1;
  return {
    value,
    low: 1 - centre - halfWidth,
    high: 1 - centre + halfWidth,
    status: impossible ? "impossible-rate" : "ok",
    warning: impossible
      ? "Il y a plus de bénéficiaires que de personnes estimées éligibles\u00a0: le modèle des éligibles est en défaut ici."
      : "",
  };
}

/** What a national rate would give in an area. */
export interface ExpectedTakeUp {
  readonly beneficiaries: Interval;
  readonly nonTakers: Interval;
}

/**
 * Expected beneficiaries and non-takers of an area if the national rate held there: an order of magnitude, not an estimate of the area.
 * The bounds are the extremes of the two intervals taken together (no independence is assumed). The values add up to the eligible.
 * @example
 * ```ts
 * const rate = { value: 0.44, low: 0.435, high: 0.445 };
 * expectedTakeUp({ value: 1000, low: 900, high: 1200 }, rate).nonTakers // { value: 440, low: 391.5, high: 534 }
 * ```
 */
export function expectedTakeUp(eligible: Interval, nonTakeUpRate: Interval): ExpectedTakeUp {
  for (const { value, low, high } of [eligible, nonTakeUpRate]) {
    if (low > value || value > high || low < 0)
      throw new QuartiersError({
        what: "Intervalle impossible",
        value: `${low} ; ${value} ; ${high}`,
        expected: "0 <= borne basse <= valeur <= borne haute",
      });
  }
  if (nonTakeUpRate.high > 1)
    throw new QuartiersError({
      what: "Taux de non-recours impossible",
      value: String(nonTakeUpRate.high),
      expected: "une part entre 0 et 1 (et non un pourcentage)",
    });
  const { value: rate, low: lowRate, high: highRate } = nonTakeUpRate;
  return {
    beneficiaries: {
      value: eligible.value * (1 - rate),
      low: eligible.low * (1 - highRate),
      high: eligible.high * (1 - lowRate),
    },
    nonTakers: { value: eligible.value * rate, low: eligible.low * lowRate, high: eligible.high * highRate },
  };
}
