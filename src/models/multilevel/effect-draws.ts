import { normal, type Random } from "../../codes/random.ts";
import { notConverged } from "../areas/newton-ascent.ts";
import { cholesky } from "../linear-algebra/cholesky.ts";
import { spreadCrossed } from "./crossed-system.ts";
import { laplaceLikelihood } from "./laplace-likelihood.ts";
import type { MixedLogit } from "./mixed-logit.ts";

/** Coefficients and effects drawn together. */
export interface EffectDraw {
  readonly coefficients: Float64Array;
  /** Standard deviation of each group, in the order of the caller. */
  readonly deviations: Float64Array;
  /** Effect of each level of each group, on the scale of the logit. */
  readonly effects: readonly Float64Array[];
}

/**
 * Draws from the approximate law of a mixed logit: coefficients and deviations together from the normal law of their estimates (a deviation keeps its
 * absolute value, so that one estimated at 0 is not drawn at 0 every time), then the effects from the normal law around their modes at these parameters. The
 * uncertainty of the deviations is thus counted. O(fit's cells) a draw.
 */
export function effectDraws(fit: MixedLogit, random: Random): () => EffectDraw {
  const { cells, parameters, covariance } = fit.joint;
  const { pattern, design } = cells;
  const size = parameters.length;
  const root = cholesky(covariance, size);
  if (!root) throw notConverged();
  const likelihood = laplaceLikelihood(cells, 1e-10);
  const levels = pattern.firstLevels + pattern.restLevels;
  return () => {
    const drawn = Float64Array.from(parameters);
    const deviates = Float64Array.from({ length: size }, () => normal(random));
    for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) drawn[j] += root[j * size + k] * deviates[k];
    for (let k = design.columns; k < size; k++) drawn[k] = Math.abs(drawn[k]);
    const { modes, system } = likelihood.modesAt(drawn);
    const around = spreadCrossed(
      system,
      Float64Array.from({ length: levels }, () => normal(random)),
    );
    const places = fit.groups.map((_, group) => pattern.order.indexOf(group));
    const deviations = Float64Array.from(places, (place) => drawn[design.columns + place]);
    return {
      coefficients: drawn.subarray(0, design.columns),
      deviations,
      effects: fit.groups.map(({ levels: names }, group) => {
        const start = pattern.starts[places[group] ?? 0] ?? 0;
        return Float64Array.from(
          names,
          (_, level) => deviations[group] * (modes[start + level] + around[start + level]),
        );
      }),
    };
  };
}
