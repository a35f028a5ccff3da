import { QuartiersError } from "../../codes/errors.ts";
import { type Random, seededRandom } from "../../codes/random.ts";
import { weightedQuantiles } from "../access/weighted-quantile.ts";
import { betaQuantile } from "../uncertainty/incomplete-beta.ts";
import { checkConfidence, checkDraws } from "../uncertainty/replicate-interval.ts";
import type { OutreachTrial, TrialStep } from "./outreach-trials.ts";

/** Rights opened by eligible person contacted who has not the benefit; a share, 0 to 1. */
export interface OutreachYield {
  /** Posterior mean: applied x granted. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Claims by eligible person contacted (mean): what the desk must examine. */
  readonly applied: number;
  /** Granted by claim (mean); 1 when refusals are not counted. */
  readonly granted: number;
  readonly confidence: number;
  /** One yield a replicate. */
  readonly draws: Float64Array;
  /** Which prior: "jeffreys" is Beta(1/2, 1/2), "uniform" Beta(1, 1). */
  readonly prior: "jeffreys" | "uniform";
  readonly refusals: "counted" | "not-counted";
}

export interface OutreachYieldOptions {
  readonly draws: number;
  readonly seed: number;
  readonly confidence?: number;
  readonly prior?: OutreachYield["prior"];
  /**
   * "counted" (cautious, default): a refusal of the trial is a right that is not opened, as if it struck eligible persons too (files given up, errors on resources).
   * "not-counted": all refusals went to persons who were not eligible, so that each eligible claim opens a right. The truth is between.
   */
  readonly refusals?: OutreachYield["refusals"];
}

/**
 * Yield of a trial with its uncertainty: Beta draws for each step (successes + a, failures + a; a = 1/2 is Jeffreys's prior, the default), the
 * count itself drawn within what a rounded percent hides. Only the sampling of the trial is in the interval: that another place, another year and another
 * benefit answer as well is a hypothesis to state. A step without trials is refused. O(draws).
 * @example
 * ```ts
 * const gironde = { applied: { successes: 36, trials: 144, rounding: 0 }, granted: null };
 * outreachYield(gironde, { draws: 1000, seed: 1 }).value.toFixed(4) // "0.2517"
 * ```
 */
export function outreachYield(
  { applied, granted }: Pick<OutreachTrial, "applied" | "granted">,
  { draws, seed, confidence = 0.9, prior = "jeffreys", refusals = "counted" }: OutreachYieldOptions,
): OutreachYield {
  checkDraws(draws);
  checkConfidence(confidence);
  const second = refusals === "counted" ? granted : null;
  for (const step of second ? [applied, second] : [applied]) checkStep(step);
  const random = seededRandom(seed);
  const appliedDraws = betaDraws(applied, { draws, random, prior });
  const grantedDraws = second ? betaDraws(second, { draws, random, prior }) : null;
  const yields = grantedDraws ? appliedDraws.map((share, i) => share * grantedDraws[i]) : appliedDraws;
  const [low, high] = weightedQuantiles(yields, null, [(1 - confidence) / 2, (1 + confidence) / 2]);
  const means = { applied: betaMean(applied, prior), granted: second ? betaMean(second, prior) : 1 };
  return {
    value: means.applied * means.granted,
    low,
    high,
    ...means,
    confidence,
    draws: yields,
    prior,
    refusals,
  };
}

const priorCount = { jeffreys: 0.5, uniform: 1 } as const;

/** Posterior mean of a share. */
export function betaMean({ successes, trials }: TrialStep, prior: OutreachYield["prior"]): number {
  return (successes + priorCount[prior]) / (trials + 2 * priorCount[prior]);
}

/** Draws by the quantile function: one uniform a draw, the same numbers on every machine. */
function betaDraws(
  { successes, trials, rounding }: TrialStep,
  { draws, random, prior }: { readonly draws: number; readonly random: Random; readonly prior: OutreachYield["prior"] },
): Float64Array {
  const a = priorCount[prior];
  return Float64Array.from({ length: draws }, () => {
    const hidden = rounding > 0 ? (2 * random() - 1) * rounding * trials : 0;
    const count = Math.min(trials, Math.max(0, successes + hidden));
    return betaQuantile(random(), count + a, trials - count + a);
  });
}

function checkStep({ successes, trials, rounding }: TrialStep): void {
  if (!(trials > 0 && successes >= 0 && successes <= trials && rounding >= 0))
    throw new QuartiersError({
      what: "Rendement d'une démarche impossible",
      value: `${successes} sur ${trials}`,
      expected: "au moins un essai, et de 0 à tous les essais réussis",
    });
}
