import { normal, type Random } from "../../codes/random.ts";
import { cholesky } from "../linear-algebra/cholesky.ts";
import { spreadCrossed } from "./crossed-system.ts";
import { laplaceLikelihood } from "./laplace-likelihood.ts";
import type { MixedLogit } from "./mixed-logit.ts";
import { mixedNotConverged } from "./quasi-newton-ascent.ts";

/** Coefficients and effects drawn together. */
export interface EffectDraw {
  readonly coefficients: Float64Array;
  /** Standard deviation of each group, in the order of the caller. */
  readonly deviations: Float64Array;
  /** Effect of each level of each group, on the scale of the logit. */
  readonly effects: readonly Float64Array[];
}

/**
 * Draws from the approximate law of a mixed logit given its data: coefficients and deviations together, then the effects from the normal law around their
 * modes at these parameters. A deviation known to better than half its size is drawn by its logarithm, whose law a flat prior of the deviation shifts up
 * by its own variance (deviations of few levels are uncertain upwards: the normal law of the estimate alone makes intervals too short); a deviation
 * near 0 by its absolute value, so that one estimated at 0 is not 0 in every draw. O(fit's cells) a draw.
 */
export function effectDraws(fit: MixedLogit, random: Random): () => EffectDraw {
  const { cells, parameters, covariance } = fit.joint;
  const { pattern, design } = cells;
  const size = parameters.length;
  const byLog = Array.from(
    parameters,
    (value, k) => k >= design.columns && Math.sqrt(covariance[k * (size + 1)]) < 0.5 * value,
  );
  const unit = (k: number): number => (byLog[k] ? parameters[k] : 1);
  const scaled = covariance.map((value, index) => value / (unit(Math.floor(index / size)) * unit(index % size)));
  const root = cholesky(scaled, size);
  if (!root) throw mixedNotConverged();
  const middle = parameters.map((value, j) => {
    let shift = 0;
    for (let k = design.columns; k < size; k++) if (byLog[k]) shift += scaled[j * size + k];
    return (byLog[j] ? Math.log(value) : value) + shift;
  });
  const likelihood = laplaceLikelihood(cells, 1e-10);
  const levels = pattern.firstLevels + pattern.restLevels;
  return () => {
    const drawn = Float64Array.from(middle);
    const deviates = Float64Array.from({ length: size }, () => normal(random));
    for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) drawn[j] += root[j * size + k] * deviates[k];
    for (let k = design.columns; k < size; k++) drawn[k] = byLog[k] ? Math.exp(drawn[k]) : Math.abs(drawn[k]);
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
