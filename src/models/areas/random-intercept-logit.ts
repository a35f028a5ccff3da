import { QuartiersError } from "../../codes/errors.ts";
import { cholesky, choleskyInverse } from "../linear-algebra/cholesky.ts";
import { type Covariates, checkIndependent, designMatrix } from "./design-matrix.ts";
import { type GaussHermite, gaussHermite } from "./gauss-hermite.ts";
import { ascend, notConverged } from "./newton-ascent.ts";
import {
  effectMode,
  type LogitCells,
  logCombinations,
  marginalLikelihood,
  scaleColumns,
} from "./random-intercept-likelihood.ts";

export interface RandomInterceptInput {
  /** Whole numbers, one a cell (a profile in an area): persons who have the benefit. */
  readonly successes: Float64Array;
  /** Whole numbers, one a cell: persons. */
  readonly trials: Float64Array;
  /** Area of each cell, from 0. */
  readonly area: Int32Array;
  /** One value a cell. The constant is added. */
  readonly covariates?: Covariates;
  /** How many areas there are, sampled or not. */
  readonly areas: number;
}

/** A fitted logit with an effect for each area. */
export interface RandomInterceptLogit {
  /** "zero-variance": areas differ no more than chance and profiles make them. */
  readonly status: "ok" | "zero-variance";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  /** Names of the coefficients, the constant first. */
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  /** Standard deviation of the effects of areas, on the scale of the logit. */
  readonly deviation: number;
  /** Covariance of the coefficients, and of the deviation as its last line when that is not 0. */
  readonly covariance: Float64Array;
  readonly logLikelihood: number;
  /** Most likely effect of each area; 0 without a person. */
  readonly effects: Float64Array;
  /** Its variance given the parameters. */
  readonly effectVariances: Float64Array;
  readonly cells: LogitCells;
  readonly rule: GaussHermite;
}

/**
 * Logit of a proportion with a normal effect for each area (random intercept), by maximum likelihood of the counts. The effects are integrated by
 * Laplace's approximation (`nodes: 1`) or adaptive Gauss-Hermite quadrature, as R's `lme4::glmer` with `nAGQ`; the variance of a few persons an area is
 * biased down with 1 node, so 10 is the default. Group persons into cells of equal covariates and area first: same likelihood, far fewer rows.
 * Refuses counts that are not whole, one area, missing or collinear covariates, and profiles that all succeed or all fail (separation).
 * O(20 x cells x coefficients^2 x nodes).
 * @example
 * ```ts
 * const fit = randomInterceptLogit({ successes: Float64Array.of(2, 6, 9, 4), trials: Float64Array.of(10, 10, 10, 10), area: Int32Array.of(0, 1, 2, 3), areas: 4 });
 * [fit.coefficients[0].toFixed(2), fit.deviation.toFixed(2), fit.status] // [ "0.14", "1.03", "ok" ]
 * ```
 */
export function randomInterceptLogit(
  input: RandomInterceptInput,
  { nodes = 10 }: { readonly nodes?: number } = {},
): RandomInterceptLogit {
  const rule = gaussHermite(nodes);
  const cells = groupCells(input);
  const { columns, names } = cells.design;
  const size = columns + 1;
  const { scaled, scales } = scaleColumns(cells);
  const modes = new Float64Array(input.areas);
  const at = (parameters: Float64Array) => marginalLikelihood(scaled, parameters, rule, modes);
  const fixed = ascend(at, new Float64Array(size), columns);
  checkSeparation(scaled, fixed.parameters);
  const start = Float64Array.from(fixed.parameters);
  start[columns] = 0.5;
  const free = ascend(at, start, size);
  const none = !(Math.abs(free.parameters[columns]) > 1e-4 && free.logLikelihood > fixed.logLikelihood);
  const best = none ? fixed : free;
  checkSeparation(scaled, best.parameters);
  const kept = none ? columns : size;
  const factor = cholesky(best.information, kept);
  if (!factor) throw notConverged();
  const covariance = choleskyInverse(factor, kept).map(
    (value, index) => value / (scales[index % kept] * scales[Math.floor(index / kept)]),
  );
  const parameters = best.parameters.map((value, k) => (k === columns ? Math.abs(value) : value / scales[k]));
  const deviation = none ? 0 : parameters[columns];
  parameters[columns] = deviation;
  const effects = new Float64Array(input.areas);
  const effectVariances = new Float64Array(input.areas);
  for (let area = 0; area < input.areas; area++) {
    const { mode, spread } = effectMode(cells, parameters, area);
    effects[area] = deviation * mode;
    effectVariances[area] = (deviation * spread) ** 2;
  }
  return {
    status: none ? "zero-variance" : "ok",
    warning: none
      ? "La variance entre territoires est estimée à 0\u00a0: seuls les profils font la différence, et l'erreur annoncée peut être trop petite."
      : "",
    names,
    coefficients: parameters.slice(0, columns),
    deviation,
    covariance,
    logLikelihood: best.logLikelihood + logCombinations(input.successes, input.trials),
    effects,
    effectVariances,
    cells,
    rule,
  };
}

function groupCells(input: RandomInterceptInput): LogitCells {
  const { successes, trials, area, areas } = input;
  if (successes.length !== trials.length || area.length !== trials.length)
    throw new QuartiersError({
      what: "Chaque cellule doit avoir un effectif, un nombre de oui et un territoire",
      value: `${trials.length}, ${successes.length} et ${area.length}`,
    });
  const design = designMatrix(input.covariates ?? {}, trials.length);
  const starts = new Int32Array(areas + 1);
  let [yes, no] = [0, 0];
  const used: number[] = [];
  trials.forEach((n, cell) => {
    const y = successes[cell];
    if (!(Number.isInteger(n) && Number.isInteger(y) && y >= 0 && n >= y))
      throw new QuartiersError({
        what: "Effectifs impossibles pour une proportion",
        where: `cellule ${cell + 1}`,
        expected: "deux nombres entiers, des succès entre 0 et l'effectif",
      });
    if (!(area[cell] >= 0 && area[cell] < areas))
      throw new QuartiersError({
        what: "Territoire inconnu",
        value: String(area[cell]),
        where: `cellule ${cell + 1}`,
        expected: `un rang de 0 à ${areas - 1}`,
      });
    yes += y;
    no += n - y;
    if (n === 0) return;
    used.push(cell);
    starts[area[cell] + 1]++;
  });
  if (yes === 0 || no === 0)
    throw new QuartiersError({
      what: "Personne ou tout le monde répond oui\u00a0: aucun modèle ne peut être estimé",
      expected: "des oui et des non sur l'ensemble des territoires",
    });
  if (starts.filter((count) => count > 0).length < 2)
    throw new QuartiersError({
      what: "Trop peu de territoires observés pour estimer une variance entre eux",
      expected: "au moins deux territoires avec des personnes",
    });
  checkIndependent(design, used);
  for (let index = 0; index < areas; index++) starts[index + 1] += starts[index];
  const next = Int32Array.from(starts);
  const order = new Int32Array(used.length);
  for (const cell of used) order[next[area[cell]]++] = cell;
  return { design, successes, trials, starts, order };
}

/** A profile whose logit runs off to either side has only one answer in the sample. */
function checkSeparation({ design, order }: LogitCells, parameters: Float64Array): void {
  const { columns, values } = design;
  for (const cell of order) {
    let logit = 0;
    for (let k = 0; k < columns; k++) logit += parameters[k] * values[cell * columns + k];
    if (Math.abs(logit) > 14)
      throw new QuartiersError({
        what: "Une variable sépare parfaitement les oui des non\u00a0: son coefficient est infini",
        where: `cellule ${cell + 1}`,
        remedy: "réunir des profils, ou retirer la variable",
      });
  }
}
