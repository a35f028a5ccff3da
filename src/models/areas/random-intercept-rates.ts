import { QuartiersError } from "../../codes/errors.ts";
import { normal, seededRandom, weightedIndex } from "../../codes/random.ts";
import { cholesky, choleskyInverse, choleskyLogDeterminant } from "../linear-algebra/cholesky.ts";
import { checkDraws } from "../uncertainty/replicate-interval.ts";
import type { AreaDraws } from "./area-draws.ts";
import { type Covariates, designMatrix } from "./design-matrix.ts";
import { ascend, notConverged } from "./newton-ascent.ts";
import { effectMode, marginalLikelihood, scaleColumns } from "./random-intercept-likelihood.ts";
import type { RandomInterceptLogit } from "./random-intercept-logit.ts";

/** The population to be told of: persons by profile in each area (post-stratification cells). */
export interface RateTarget {
  /** Area of each cell, the numbers of the model. */
  readonly area: Int32Array;
  /** Persons of each cell, 0 or more, not always whole. */
  readonly persons: Float64Array;
  /** The model's covariates, by the same names. */
  readonly covariates?: Covariates;
}

/**
 * Expected rate of each area in its population: the model's probability of each profile, weighted by its persons (post-stratification, MRP), the effect of the
 * area integrated over what its sample says of it. An area without a sample has the mean over the law of the effects, which is not the rate at effect
 * 0. Parameters are taken as estimated: read the error from `randomInterceptDraws`. Refuses an area without any person in its population, and other
 * covariates than the model's. O(cells x nodes).
 */
export function randomInterceptRates(fit: RandomInterceptLogit, target: RateTarget): Float64Array {
  const population = populationOf(fit, target);
  const { nodes, logWeights } = fit.rule;
  const { columns } = fit.cells.design;
  const parameters = Float64Array.of(...fit.coefficients, fit.deviation);
  return Float64Array.from({ length: population.areas }, (_, area) => {
    const { mode, spread } = effectMode(fit.cells, parameters, area);
    const effects = nodes.map((node) => mode + Math.SQRT2 * spread * node);
    const logs = effects.map(
      (effect, node) => logWeights[node] + nodes[node] ** 2 + logDensity(fit, parameters, area, effect),
    );
    const top = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
    let [sum, rate] = [0, 0];
    effects.forEach((effect, node) => {
      const weight = Math.exp(logs[node] - top);
      sum += weight;
      rate += weight * rateAt(population, parameters, columns, area, effect);
    });
    return rate / sum;
  });
}

/**
 * Joint draws of the rates of all areas: the deviation of the effects from its likelihood (flat law) on a grid, then the coefficients, then the effects,
 * the last two by their normal approximations. A deviation estimated at 0 does not make its draws 0. Refuses what `randomInterceptRates` does, and
 * fewer than three sampled areas. O(grid x fit + draws x cells).
 */
export function randomInterceptDraws(
  fit: RandomInterceptLogit,
  target: RateTarget,
  { seed, draws = 1000 }: { readonly seed: number; readonly draws?: number },
): AreaDraws {
  checkDraws(draws);
  const population = populationOf(fit, target);
  const { areas } = population;
  const { columns } = fit.cells.design;
  const sampled = fit.cells.starts.filter((start, area) => area > 0 && start > fit.cells.starts[area - 1]).length;
  if (sampled < 3)
    throw new QuartiersError({
      what: "Trop peu de territoires observés pour tirer l'écart entre eux",
      value: String(sampled),
      expected: "au moins trois territoires avec des personnes",
    });
  const grid = deviationGrid(fit);
  const weights = Float64Array.from(grid, ({ weight }) => weight);
  const random = seededRandom(seed);
  const values = new Float64Array(draws * areas);
  const deviates = new Float64Array(columns);
  for (let draw = 0; draw < draws; draw++) {
    const point = grid[weightedIndex(random, weights)];
    if (!point) throw notConverged();
    const parameters = Float64Array.from(point.parameters);
    for (let k = 0; k < columns; k++) deviates[k] = normal(random);
    for (let j = 0; j < columns; j++)
      for (let k = 0; k <= j; k++) parameters[j] += point.root[j * columns + k] * deviates[k];
    for (let area = 0; area < areas; area++) {
      const { mode, spread } = effectMode(fit.cells, parameters, area);
      values[draw * areas + area] = rateAt(population, parameters, columns, area, mode + spread * normal(random));
    }
  }
  return { areas, draws, values };
}

interface GridPoint {
  readonly parameters: Float64Array;
  /** Cholesky factor of the covariance of the coefficients. */
  readonly root: Float64Array;
  readonly weight: number;
}

/** Deviations around the estimate, out to where their likelihood is under e^-10 of the best, and the coefficients at each. */
function deviationGrid(fit: RandomInterceptLogit): readonly GridPoint[] {
  const { columns } = fit.cells.design;
  const { scaled, scales } = scaleColumns(fit.cells);
  const modes = new Float64Array(fit.effects.length);
  const at = (parameters: Float64Array) => marginalLikelihood(scaled, parameters, fit.rule, modes);
  const start = Float64Array.from(scales, (scale, k) => (k < columns ? fit.coefficients[k] * scale : fit.deviation));
  const fitAt = (deviation: number) => {
    start[columns] = deviation;
    const { parameters, logLikelihood, information } = ascend(at, start, columns);
    const factor = cholesky(information, columns);
    const inverse = factor && choleskyInverse(factor, columns);
    const root =
      inverse &&
      cholesky(
        inverse.map((value, index) => value / (scales[index % columns] * scales[Math.floor(index / columns)])),
        columns,
      );
    if (!factor || !root) throw notConverged();
    return {
      parameters: parameters.map((value, k) => value / scales[k]),
      root,
      log: logLikelihood - choleskyLogDeterminant(factor, columns) / 2,
    };
  };
  const best = fitAt(fit.deviation);
  // A step of a quarter of the distance where the likelihood has lost half a unit.
  let reach = 1e-3;
  while (reach < 10 && fitAt(fit.deviation + reach).log > best.log - 0.5) reach *= 1.5;
  const step = reach / 4;
  const below = Math.min(20, Math.ceil(fit.deviation / step));
  const points = [];
  for (let index = -below; index <= 60; index++) {
    const deviation = fit.deviation + index * step;
    if (deviation < 0) continue;
    const point = index === 0 ? best : fitAt(deviation);
    points.push(point);
    if (index > 0 && point.log < best.log - 10) break;
  }
  const top = Math.max(...points.map(({ log }) => log));
  return points.map(({ parameters, root, log }) => ({ parameters, root, weight: Math.exp(log - top) }));
}

interface Population {
  readonly areas: number;
  readonly values: Float64Array;
  readonly persons: Float64Array;
  readonly byArea: readonly (readonly number[])[];
}

function populationOf(fit: RandomInterceptLogit, { area, persons, covariates = {} }: RateTarget): Population {
  const areas = fit.effects.length;
  const design = designMatrix(covariates, persons.length);
  if (design.names.join("\n") !== fit.names.join("\n") || area.length !== persons.length)
    throw new QuartiersError({
      what: "La population n'est pas décrite comme l'échantillon",
      value: design.names.join(", "),
      expected: `${fit.names.join(", ")}, et un territoire par cellule`,
    });
  const byArea: number[][] = Array.from({ length: areas }, () => []);
  persons.forEach((count, cell) => {
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY) || !(area[cell] >= 0 && area[cell] < areas))
      throw new QuartiersError({
        what: "Cellule de population inutilisable",
        where: `cellule ${cell + 1}`,
        expected: "un nombre de personnes positif ou nul, et un territoire du modèle",
      });
    if (count > 0) byArea[area[cell]]?.push(cell);
  });
  const empty = byArea.findIndex((cells) => cells.length === 0);
  if (empty >= 0)
    throw new QuartiersError({
      what: "Un territoire n'a aucune personne dans la population\u00a0: son taux n'existe pas",
      where: `territoire ${empty + 1}`,
      remedy: "retirer ce territoire du modèle, et le dire",
    });
  return { areas, values: design.values, persons, byArea };
}

function rateAt(
  { values, persons, byArea }: Population,
  parameters: Float64Array,
  columns: number,
  area: number,
  effect: number,
): number {
  let [sum, total] = [0, 0];
  for (const cell of byArea[area] ?? []) {
    let logit = parameters[columns] * effect;
    for (let k = 0; k < columns; k++) logit += parameters[k] * values[cell * columns + k];
    sum += persons[cell] / (1 + Math.exp(-logit));
    total += persons[cell];
  }
  return sum / total;
}

function logDensity({ cells }: RandomInterceptLogit, parameters: Float64Array, area: number, effect: number): number {
  const { columns, values } = cells.design;
  let log = (-effect * effect) / 2;
  for (let place = cells.starts[area]; place < cells.starts[area + 1]; place++) {
    const cell = cells.order[place];
    let logit = parameters[columns] * effect;
    for (let k = 0; k < columns; k++) logit += parameters[k] * values[cell * columns + k];
    log +=
      cells.successes[cell] * logit -
      cells.trials[cell] * (Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))));
  }
  return log;
}
