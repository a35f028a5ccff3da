import { logGamma } from "../uncertainty/incomplete-beta.ts";
import type { Family } from "./family.ts";
import type { PreparedOutcome } from "./glm-outcome.ts";

/**
 * Log-likelihood of a fit, from its deviance and that of the model that fits each row exactly. For a Gaussian the variance is the deviance over the rows, as in R.
 * NaN for quasi families. O(rows).
 */
export function logLikelihood(
  { name, kind }: Family,
  { outcome, priorWeights, trials, weights, observations }: PreparedOutcome,
  deviance: number,
): number {
  if (name === "quasibinomial" || name === "quasipoisson") return Number.NaN;
  let saturated = 0;
  for (let row = 0; row < outcome.length; row++) {
    if (weights[row] === 0) continue;
    const y = outcome[row];
    if (kind === "number") saturated += 0.5 * Math.log(weights[row]);
    else if (kind === "count") saturated += weights[row] * (y * log(y) - y - logGamma(y + 1));
    else if (trials) {
      const n = trials[row];
      const ways = logGamma(n + 1) - logGamma(n * y + 1) - logGamma(n * (1 - y) + 1);
      saturated += priorWeights[row] * (ways + n * (y * log(y) + (1 - y) * log(1 - y)));
    }
  }
  if (kind === "number")
    return saturated - (observations / 2) * (Math.log((2 * Math.PI * deviance) / observations) + 1);
  return saturated - deviance / 2;
}

const log = (value: number): number => (value === 0 ? 0 : Math.log(value));
