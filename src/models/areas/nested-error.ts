import { QuartiersError } from "../../codes/errors.ts";
import { quadraticForm } from "../linear-algebra/cholesky.ts";
import { type Covariates, checkIndependent, type DesignMatrix, designMatrix } from "./design-matrix.ts";
import { type GroupedUnits, groupUnits, nestedErrorAt, restrictedRatio } from "./nested-error-likelihood.ts";

export interface NestedErrorInput {
  /** One value a sampled unit (person, household), in any unit. */
  readonly response: Float64Array;
  /** Area of each sampled unit, from 0. */
  readonly area: Int32Array;
  /** One value a sampled unit. The constant is added. */
  readonly covariates?: Covariates;
  /** How many areas there are, sampled or not. */
  readonly areas: number;
  /** Mean of each covariate over the whole population of each area: same names. */
  readonly populationMeans?: Covariates;
  /** Units in the population of each area. With them the mean of the sampled units is known, and only the rest is predicted; without, sampled units are taken for few. */
  readonly populationSizes?: Float64Array;
}

/** A fitted model of nested errors: one value an area unless said. */
export interface NestedError {
  /** "zero-variance": areas differ no more than their units make them; every effect is 0. */
  readonly status: "ok" | "zero-variance";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  readonly areaVariance: number;
  readonly unitVariance: number;
  readonly coefficients: Float64Array;
  /** Their names, the constant first. */
  readonly names: readonly string[];
  /** Their covariance, columns x columns. */
  readonly covariance: Float64Array;
  /** Restricted. */
  readonly logLikelihood: number;
  /** Sampled units. */
  readonly counts: Int32Array;
  /** Weight of the area's own mean residual; 0 without a unit. */
  readonly shrinkage: Float64Array;
  readonly effects: Float64Array;
  /** Effects over their standard error; NaN without a unit, or when the variance between areas is 0. */
  readonly standardisedEffects: Float64Array;
  /** Residuals of the units, effect taken out, over the standard deviation of units. */
  readonly unitResiduals: Float64Array;
  /** EBLUP of the mean of the area. */
  readonly estimates: Float64Array;
  /** Mean squared error of the estimates, to the second order. */
  readonly mse: Float64Array;
}

/**
 * The unit model of Battese, Harter and Fuller (1988): y = x'beta + effect of the area + error of the unit, by restricted maximum likelihood, as R's
 * `lme4::lmer` and `sae::eblupBHF`. Means of areas are EBLUP; their errors those of Prasad and Rao (1990), for a finite population when its sizes are
 * given (Rao and Molina 2015, 7.1-7.2). An area without a unit has the synthetic estimate. Units are taken as drawn with equal chances in their area.
 * Refuses missing values, one area, areas of one unit each, covariates that say the same thing twice. O(100 x units x covariates^2).
 * @example
 * ```ts
 * const fit = nestedError({ response: Float64Array.of(1, 3, 6, 8), area: Int32Array.of(0, 0, 1, 1), areas: 3 });
 * [fit.unitVariance.toFixed(6), fit.areaVariance.toFixed(6), fit.estimates[0].toFixed(6), fit.estimates[2].toFixed(6)] // [ "2.000000", "11.500000", "2.200000", "4.500000" ]
 * ```
 */
export function nestedError(input: NestedErrorInput): NestedError {
  const { response, area, areas } = input;
  const design = designMatrix(input.covariates ?? {}, response.length);
  checkUnits(input);
  const population = designMatrix(sameNames(input, design), areas);
  checkIndependent(
    design,
    Int32Array.from(response, (_, unit) => unit),
  );
  const units = groupUnits(design, response, area, areas);
  checkIdentified(units);
  const ratio = restrictedRatio(units);
  const { coefficients, scaledCovariance, unitVariance, logLikelihood, meanResiduals } = nestedErrorAt(units, ratio);
  const { columns, values } = design;
  const { counts, means } = units;
  const areaVariance = ratio * unitVariance;
  const covariance = scaledCovariance.map((value) => value * unitVariance);
  const shrinkage = Float64Array.from(counts, (n) => (ratio * n) / (1 + ratio * n));
  const effects = shrinkage.map((weight, index) => weight * meanResiduals[index]);
  const standardisedEffects = new Float64Array(areas).fill(Number.NaN);
  for (let index = 0; index < areas; index++) {
    if (counts[index] === 0 || ratio === 0) continue;
    const ofCoefficients = quadraticForm(covariance, means, index * columns, columns);
    standardisedEffects[index] =
      meanResiduals[index] / Math.sqrt(areaVariance + unitVariance / counts[index] - ofCoefficients);
  }
  const unitResiduals = response.map((value, unit) => {
    let residual = value - effects[area[unit]];
    for (let k = 0; k < columns; k++) residual -= values[unit * columns + k] * coefficients[k];
    return residual / Math.sqrt(unitVariance);
  });
  const variances = { areaVariance, unitVariance, covariance, shrinkage };
  const ofVariances = varianceTerm(counts, variances);
  const estimates = new Float64Array(areas);
  const mse = new Float64Array(areas);
  const target = new Float64Array(columns);
  for (let index = 0; index < areas; index++) {
    const n = counts[index];
    const size = input.populationSizes ? input.populationSizes[index] : Number.POSITIVE_INFINITY;
    const seen = n / size;
    let known = 0;
    let synthetic = 0;
    for (let k = 0; k < columns; k++) {
      // Mean over the units that are not sampled.
      const mean = means[index * columns + k];
      target[k] = seen < 1 ? (population.values[index * columns + k] - seen * mean) / (1 - seen) : mean;
      synthetic += target[k] * coefficients[k];
      known += mean * coefficients[k];
    }
    estimates[index] = (n > 0 ? seen * (known + meanResiduals[index]) : 0) + (1 - seen) * (synthetic + effects[index]);
    for (let k = 0; k < columns; k++) target[k] -= shrinkage[index] * means[index * columns + k];
    const ofRest =
      (1 - shrinkage[index]) * areaVariance + quadraticForm(covariance, target, 0, columns) + 2 * ofVariances[index];
    mse[index] = (1 - seen) ** 2 * ofRest + (seen < 1 && size < Infinity ? ((1 - seen) * unitVariance) / size : 0);
  }
  const none = ratio === 0;
  return {
    status: none ? "zero-variance" : "ok",
    warning: none
      ? "La variance entre territoires est estimée à 0\u00a0: les estimations suivent les seules variables explicatives, et l'erreur annoncée peut être trop petite."
      : "",
    areaVariance,
    unitVariance,
    coefficients,
    names: design.names,
    covariance,
    logLikelihood,
    counts,
    shrinkage,
    effects,
    standardisedEffects,
    unitResiduals,
    estimates,
    mse,
  };
}

/** What the estimation of the two variances adds to the error, from the inverse of their information (Prasad and Rao 1990). */
function varianceTerm(
  counts: Int32Array,
  { areaVariance, unitVariance }: { readonly areaVariance: number; readonly unitVariance: number },
): Float64Array {
  let [ofArea, crossed, ofUnit] = [0, 0, 0];
  for (const n of counts) {
    if (n === 0) continue;
    const total = unitVariance + n * areaVariance;
    ofArea += (n / total) ** 2 / 2;
    crossed += n / total ** 2 / 2;
    ofUnit += ((n - 1) / unitVariance ** 2 + 1 / total ** 2) / 2;
  }
  const determinant = ofArea * ofUnit - crossed * crossed;
  const spread =
    (unitVariance ** 2 * ofUnit + areaVariance ** 2 * ofArea + 2 * unitVariance * areaVariance * crossed) / determinant;
  return Float64Array.from(counts, (n) => (n * spread) / (unitVariance + n * areaVariance) ** 3);
}

function checkUnits({ response, area, areas, populationSizes }: NestedErrorInput): void {
  if (area.length !== response.length)
    throw new QuartiersError({
      what: "Chaque unité doit avoir une réponse et un territoire",
      value: `${response.length} réponses, ${area.length} territoires`,
    });
  const sizes = new Int32Array(areas);
  response.forEach((value, unit) => {
    if (!Number.isFinite(value))
      throw new QuartiersError({
        what: "Réponse absente ou infinie",
        where: `unité ${unit + 1}`,
        remedy: "retirer l'unité, ou imputer sa réponse et le dire",
      });
    if (!(area[unit] >= 0 && area[unit] < areas))
      throw new QuartiersError({
        what: "Territoire inconnu",
        value: String(area[unit]),
        where: `unité ${unit + 1}`,
        expected: `un rang de 0 à ${areas - 1}`,
      });
    sizes[area[unit]]++;
  });
  if (!populationSizes) return;
  for (let index = 0; index < areas; index++)
    if (!(populationSizes[index] >= Math.max(sizes[index], 1)))
      throw new QuartiersError({
        what: "Population inconnue, ou plus petite que son échantillon",
        value: String(populationSizes[index]),
        where: `territoire ${index + 1}`,
        expected: `au moins ${Math.max(sizes[index], 1)}`,
      });
}

function sameNames({ populationMeans = {} }: NestedErrorInput, { names }: DesignMatrix): Covariates {
  const wanted = names.slice(1);
  const given = Object.keys(populationMeans);
  const odd = [...wanted.filter((name) => !given.includes(name)), ...given.filter((name) => !wanted.includes(name))];
  if (odd.length > 0)
    throw new QuartiersError({
      what: "Les variables des unités et leurs moyennes dans la population ne sont pas les mêmes",
      value: odd.join(", "),
      expected: wanted.join(", ") || "aucune variable",
    });
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const column = populationMeans[name];
      return column ? [[name, column]] : [];
    }),
  );
}

/** Two variances need areas of several units, and more areas than there are covariates that only tell areas apart. */
function checkIdentified({ design, area, counts, means }: GroupedUnits): void {
  const { rows, columns, values } = design;
  const sampled = counts.filter((n) => n > 0).length;
  let betweenOnly = 0;
  for (let k = 0; k < columns; k++) {
    let [within, size] = [0, 0];
    for (let unit = 0; unit < rows; unit++) {
      within = Math.max(within, Math.abs(values[unit * columns + k] - means[area[unit] * columns + k]));
      size = Math.max(size, Math.abs(values[unit * columns + k]));
    }
    if (within <= 1e-9 * size) betweenOnly++;
  }
  if (sampled <= betweenOnly)
    throw new QuartiersError({
      what: "Trop peu de territoires observés pour estimer une variance entre eux",
      value: String(sampled),
      expected: `au moins ${betweenOnly + 1}`,
    });
  if (rows - sampled <= columns - betweenOnly)
    throw new QuartiersError({
      what: "Trop peu d'unités par territoire pour séparer la variance des unités de celle des territoires",
      value: `${rows} unités dans ${sampled} territoires`,
      expected: `au moins ${sampled + columns - betweenOnly + 1} unités`,
      remedy: "employer le modèle au niveau des territoires (Fay et Herriot)",
    });
}
