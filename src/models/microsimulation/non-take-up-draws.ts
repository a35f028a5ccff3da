import { QuartiersError } from "../../codes/errors.ts";
import { normal } from "../../codes/random.ts";
import { type NonTakeUp, nonTakeUp } from "../areas/non-take-up.ts";
import { replicateInterval } from "../uncertainty/replicate-interval.ts";
import { replicateRandom } from "../uncertainty/resample.ts";
import { checkSchemeShare, type SchemeShare } from "./scheme-share.ts";

export interface NonTakeUpDrawsInput {
  /** Persons who have the benefit; NaN when secret or not available. */
  readonly beneficiaries: number;
  /** Eligible persons of all schemes, the chain's estimate. */
  readonly eligible: number;
  /** The same in each replicate of the chain; NaN where it failed. */
  readonly draws: Float64Array;
  /** When the beneficiaries are those of one scheme. */
  readonly scheme?: SchemeShare;
  /** Default 0.9. */
  readonly confidence?: number;
  /** Of the draws of the scheme's share. */
  readonly seed?: number;
}

export interface NonTakeUpOfDraws {
  readonly value: number;
  /** From the quantiles of the draws; never clipped. */
  readonly low: number;
  readonly high: number;
  /** Fieller's interval with the standard error of the draws, beside the other. */
  readonly fieller: NonTakeUp;
  /** Eligible persons of the scheme, and their standard error over the draws. */
  readonly eligible: number;
  readonly seEligible: number;
  /** Draws without value, left out. */
  readonly failed: number;
  readonly status: NonTakeUp["status"] | "no-eligible";
  /** French sentence to print when the status is not "ok". */
  readonly warning: string;
}

/**
 * Non-take-up 1 - B/E of an area, E with the draws of its whole chain: quantiles of the draws and Fieller's interval side by side. More beneficiaries than eligible persons is a
 * failure of the model of the eligible: it is said ("impossible-rate"), the value is kept as it is. Missing values give NaN and say so. O(draws log draws).
 * @example
 * ```ts
 * const found = nonTakeUpOfDraws({ beneficiaries: 560, eligible: 1000, draws: Float64Array.from({ length: 101 }, (_, r) => 900 + 2 * r) });
 * [found.value.toFixed(2), found.low.toFixed(3), found.high.toFixed(3), found.status] // [ "0.44", "0.385", "0.486", "ok" ]
 * ```
 */
export function nonTakeUpOfDraws(input: NonTakeUpDrawsInput): NonTakeUpOfDraws {
  const { beneficiaries, scheme, confidence = 0.9, seed = 1 } = input;
  if (beneficiaries < 0 || input.eligible < 0)
    throw new QuartiersError({
      what: "Effectif négatif",
      value: `${beneficiaries}, ${input.eligible}`,
      expected: "des nombres positifs ou nuls",
    });
  if (scheme) checkSchemeShare(scheme);
  const eligible = input.eligible * (scheme?.value ?? 1);
  const draws = scheme ? schemeDraws(input.draws, scheme, seed) : input.draws;
  if (eligible === 0)
    return without(input, "no-eligible", "Aucune personne estimée éligible\u00a0: il n'y a pas de taux.");
  const { standardError, failed } = replicateInterval(eligible, draws, confidence);
  if (standardError === null)
    return without(input, "missing", "Pas assez de tirages réussis\u00a0: aucun intervalle n'est donné.");
  const rates = draws.map((count) => (count > 0 ? 1 - beneficiaries / count : Number.NaN));
  const { percentile } = replicateInterval(1 - beneficiaries / eligible, rates, confidence);
  const fieller = nonTakeUp({ beneficiaries, eligible, seEligible: standardError, confidence });
  return {
    value: fieller.value,
    low: percentile?.low ?? Number.NaN,
    high: percentile?.high ?? Number.NaN,
    fieller,
    eligible,
    seEligible: standardError,
    failed,
    status: fieller.status,
    warning: fieller.warning,
  };
}

/** Draws of the eligible of a scheme: its share has an error, and the persons of an area are themselves a draw of it. */
function schemeDraws(draws: Float64Array, { value, se, personsTogether = 2 }: SchemeShare, seed: number): Float64Array {
  return draws.map((count, r) => {
    const chance = count > 0 ? (value * (1 - value) * personsTogether) / count : 0;
    const share = value + Math.sqrt(se ** 2 + chance) * normal(replicateRandom(seed, r));
    return count * Math.min(1, Math.max(1e-3, share));
  });
}

function without({ draws }: NonTakeUpDrawsInput, status: "missing" | "no-eligible", warning: string): NonTakeUpOfDraws {
  const none = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const failed = draws.filter((count) => Number.isNaN(count)).length;
  const fieller = { ...none, status: "missing" as const, warning };
  return { ...none, fieller, eligible: Number.NaN, seEligible: Number.NaN, failed, status, warning };
}
