import { QuartiersError } from "../../codes/errors.ts";
import { normal, seededRandom } from "../../codes/random.ts";
import { cholesky } from "../linear-algebra/cholesky.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import type { AreaDraws } from "./area-draws.ts";
import { checkIndependent, designMatrix } from "./design-matrix.ts";
import {
  type FayHerriotInput,
  generalisedLeastSquares,
  restrictedLogLikelihood,
  sampledAreas,
  varianceBetween,
} from "./fay-herriot-likelihood.ts";

/** Steps of the grid on which the variance between areas is drawn. */
const gridSteps = 400;

/**
 * Joint draws of all areas from the posterior of the model of Fay and Herriot with flat laws on the coefficients and on the variance between areas
 * (Morris 1983; Rao and Molina 2015, 10.3): the variance from its restricted likelihood on a grid, then the coefficients, then the areas. Areas
 * keep what they share, the uncertainty of the coefficients; a variance estimated at 0 does not make its draws 0. Areas without a sample are drawn from the
 * covariates. Refuses what `fayHerriot` does, and fewer than three more sampled areas than coefficients (the law would not be proper).
 * O(400 x areas x covariates^2 + draws x areas x covariates).
 * @example
 * ```ts
 * const draws = fayHerriotDraws({ direct: Float64Array.of(1, 5, 3, 9), samplingVariance: Float64Array.of(1, 1, 1, 1) }, { seed: 1, draws: 500 });
 * [draws.areas, draws.draws, draws.values.every(Number.isFinite)] // [ 4, 500, true ]
 * ```
 */
export function fayHerriotDraws(
  input: FayHerriotInput,
  { seed, draws = 2000 }: { readonly seed: number; readonly draws?: number },
): AreaDraws {
  checkDraws(draws);
  const areas = input.direct.length;
  const design = designMatrix(input.covariates ?? {}, areas);
  const sampled = sampledAreas(input);
  checkIndependent(design, sampled);
  const { columns, values: rows } = design;
  if (sampled.length < columns + 3)
    throw new QuartiersError({
      what: "Trop peu de territoires observés pour tirer la variance entre eux",
      value: String(sampled.length),
      expected: `au moins ${columns + 3} (trois de plus que de coefficients)`,
    });
  const random = seededRandom(seed);
  const spread = Float64Array.from(sampled, (area) => input.samplingVariance[area]).reduce((sum, v) => sum + v, 0);
  const scale = varianceBetween(input, design, sampled, "reml") + spread / sampled.length;
  // Share of the way from 0 to infinity: variance = scale x t / (1 - t).
  const steps = Array.from({ length: gridSteps }, (_, step) => {
    const t = (step + 0.5) / gridSteps;
    const variance = (scale * t) / (1 - t);
    return { variance, log: restrictedLogLikelihood(input, design, sampled, variance) - 2 * Math.log(1 - t) };
  });
  const top = Math.max(...steps.map(({ log }) => log));
  const cumulated = new Float64Array(gridSteps);
  let sum = 0;
  steps.forEach(({ log }, step) => {
    sum += Math.exp(log - top);
    cumulated[step] = sum;
  });
  const fits = steps.map(({ variance }) => {
    const { coefficients, covariance } = generalisedLeastSquares(input, design, sampled, variance);
    return { coefficients, root: cholesky(covariance, columns) };
  });
  const values = new Float64Array(draws * areas);
  const drawn = new Float64Array(columns);
  const deviates = new Float64Array(columns);
  for (let draw = 0; draw < draws; draw++) {
    const target = random() * sum;
    const step = Math.min(
      gridSteps - 1,
      cumulated.findIndex((value) => value > target),
    );
    const { variance } = steps[step] ?? { variance: 0 };
    const { coefficients, root } = fits[step] ?? { coefficients: drawn, root: null };
    for (let k = 0; k < columns; k++) deviates[k] = normal(random);
    for (let j = 0; j < columns; j++) {
      drawn[j] = coefficients[j];
      if (root) for (let k = 0; k <= j; k++) drawn[j] += root[j * columns + k] * deviates[k];
    }
    for (let area = 0; area < areas; area++) {
      let centre = 0;
      for (let k = 0; k < columns; k++) centre += rows[area * columns + k] * drawn[k];
      const direct = input.direct[area];
      const weight = Number.isNaN(direct) ? 0 : variance / (variance + input.samplingVariance[area]);
      const deviation = Number.isNaN(direct) ? variance : weight * input.samplingVariance[area];
      if (!Number.isNaN(direct)) centre += weight * (direct - centre);
      values[draw * areas + area] = centre + Math.sqrt(deviation) * normal(random);
    }
  }
  return { areas, draws, values };
}
