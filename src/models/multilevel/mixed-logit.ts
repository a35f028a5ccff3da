import { QuartiersError } from "../../codes/errors.ts";
import { checkIndependent } from "../areas/design-matrix.ts";
import { gaussHermite } from "../areas/gauss-hermite.ts";
import { logCombinations, marginalLikelihood } from "../areas/random-intercept-likelihood.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import { cholesky, choleskyInverse } from "../linear-algebra/cholesky.ts";
import type { ModelMatrix } from "../regression/model-term.ts";
import { checkSeparation, fixedLogit } from "./fixed-logit.ts";
import { type GroupEffects, groupEffects } from "./group-effects.ts";
import { laplaceLikelihood } from "./laplace-likelihood.ts";
import { type MixedCells, mixedCells } from "./mixed-cells.ts";
import { type MixedLogitInput, mixedLogitColumns } from "./mixed-logit-input.ts";
import { orthonormalColumns, solveTriangle, turnedCovariance } from "./orthonormal-columns.ts";
import { mixedNotConverged, quasiNewtonAscent } from "./quasi-newton-ascent.ts";

/** A fitted logit with normal effects of one or several crossed groups. */
export interface MixedLogit {
  /** "zero-variance": the levels of a group differ no more than chance makes them; a legitimate answer. */
  readonly status: "ok" | "zero-variance";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  readonly names: readonly string[];
  /** On the scale of the logit. */
  readonly coefficients: Float64Array;
  /** Their covariance, row by row, the deviations being estimated too. */
  readonly covariance: Float64Array;
  readonly groups: readonly GroupEffects[];
  readonly logLikelihood: number;
  /** -2 log-likelihood: what likelihood ratio tests and the AIC are made of. */
  readonly deviance: number;
  readonly persons: number;
  readonly nodes: number;
  /** Columns of the fixed effects, to say the same of other rows. */
  readonly fixed: ModelMatrix;
  /** What simulations read: cells, parameters (coefficients, then deviations in the order of the pattern) and their covariance. */
  readonly joint: {
    readonly cells: MixedCells;
    readonly parameters: Float64Array;
    readonly covariance: Float64Array;
  };
}

export interface MixedLogitOptions {
  /** 1 (Laplace) to 25; more than 1 for one group only. */
  readonly nodes?: number;
  /** "weighted" admits counts that are not whole (`effectiveCounts`): the likelihood is then a pseudo-likelihood. */
  readonly counts?: "whole" | "weighted";
}

/**
 * Logit of a practice with fixed effects and one or several crossed random intercepts, by maximum likelihood: the effects are integrated by Laplace's
 * approximation (1 node), or for one group by adaptive Gauss-Hermite quadrature. The same estimates as R's `lme4::glmer` with `nAGQ` (with several nodes
 * lme4's log-likelihood leaves out a constant of the data). Equal rows are summed first. Laplace underestimates deviations when a level has a few persons.
 * A deviation estimated at 0 is reported, not hidden. Refuses missing values, a group of one level or of a level a person, collinear columns, and a
 * variable that separates the answers, by name. O(steps x (rows x (columns + groups^2) + pairs of levels + (levels but the largest group's)^3)).
 * @example
 * ```ts
 * const fit = mixedLogit({
 *   successes: Float64Array.of(2, 6, 9, 4), trials: Float64Array.of(10, 10, 10, 10),
 *   fixed: { names: ["(constante)"], rows: 4, columns: 1, values: new Float64Array(4).fill(1), sourceRows: 4, keptRows: Int32Array.of(0, 1, 2, 3) }, // as modelMatrix makes it
 *   groups: [{ name: "quartier", levels: ["A", "B", "C", "D"], codes: Int32Array.of(0, 1, 2, 3) }],
 * });
 * [fit.coefficients[0].toFixed(2), fit.groups[0].deviation.toFixed(2), fit.status] // [ "0.14", "1.01", "ok" ]
 * ```
 */
export function mixedLogit(
  input: MixedLogitInput,
  { nodes = 1, counts = "whole" }: MixedLogitOptions = {},
): MixedLogit {
  const { fixed } = input;
  if (nodes !== 1 && (input.groups.length !== 1 || nodes > 25))
    throw new QuartiersError({
      what: "Nombre de nœuds d'intégration impossible",
      value: String(nodes),
      expected:
        input.groups.length === 1 ? "un entier de 1 (Laplace) à 25" : "1 (Laplace) dès qu'il y a plusieurs groupes",
    });
  const { successes, trials, groups } = mixedLogitColumns(input, counts === "whole");
  const cells = mixedCells(
    fixed,
    successes,
    trials,
    groups.map(({ codes }) => codes),
    groups.map(({ levels }) => levels.length),
  );
  checkIndependent(cells.design, [...cells.trials.keys()]);
  const { names, columns } = fixed;
  const size = columns + groups.length;
  // The search sees orthogonal columns of unit mean square, so that its steps and tolerances are of one size; `back` undoes it.
  const { basis, triangle } = orthonormalColumns(cells.design.values, columns);
  const unit = Math.sqrt(cells.design.rows);
  const seen = { ...cells, design: { ...cells.design, values: basis.map((value) => value * unit) } };
  const separated = (found: Float64Array): void =>
    checkSeparation(
      cells.design,
      solveTriangle(triangle, found.slice(0, columns)).map((value) => value * unit),
    );
  const { at } = nodes === 1 ? laplaceLikelihood(seen) : { at: quadrature(seen, nodes) };
  const start = fixedLogit(seen.design, seen.successes, seen.trials, separated);
  const bounded = (parameters: Float64Array): ReturnType<typeof at> => {
    checkDeviations(parameters.subarray(columns), cells.pattern.order, groups);
    return at(parameters);
  };
  const best = quasiNewtonAscent(bounded, Float64Array.of(...start, ...groups.map(() => 0.5)));
  separated(best.parameters);
  const factor = cholesky(best.information, size);
  if (!factor) throw mixedNotConverged();
  const back = extendedTriangle(triangle, unit, best.parameters);
  const covariance = turnedCovariance(back, choleskyInverse(factor, size), size);
  const parameters = solveTriangle(back, Float64Array.from(best.parameters)).map((value, k) =>
    k >= columns && value < 1e-4 ? 0 : value,
  );
  const effects = groupEffects(groups, cells, parameters);
  const flat = effects.filter(({ deviation }) => deviation === 0).map(({ name }) => `« ${name} »`);
  const logLikelihood = best.logLikelihood + (counts === "whole" ? logCombinations(successes, trials) : 0);
  return {
    status: flat.length > 0 ? "zero-variance" : "ok",
    warning:
      flat.length > 0
        ? `La variance entre les niveaux de ${flat.join(" et de ")} est estimée à 0\u00a0: ils ne diffèrent pas plus que le hasard ne le fait, et l'erreur annoncée peut être trop petite.`
        : "",
    names,
    coefficients: parameters.slice(0, columns),
    covariance: Float64Array.from(
      { length: columns * columns },
      (_, index) => covariance[Math.floor(index / columns) * size + (index % columns)],
    ),
    groups: effects,
    logLikelihood,
    deviance: -2 * logLikelihood,
    persons: trials.reduce((sum, count) => sum + count, 0),
    nodes,
    fixed,
    joint: { cells, parameters, covariance },
  };
}

/** From the coefficients of the orthogonal columns and deviations of any sign (the likelihood is even in them) to those of the model. */
function extendedTriangle(triangle: Float64Array, unit: number, parameters: Float64Array): Float64Array {
  const size = parameters.length;
  const columns = Math.sqrt(triangle.length);
  const extended = new Float64Array(size * size);
  for (let j = 0; j < columns; j++)
    for (let k = j; k < columns; k++) extended[j * size + k] = triangle[j * columns + k] / unit;
  for (let k = columns; k < size; k++) extended[k * (size + 1)] = parameters[k] < 0 ? -1 : 1;
  return extended;
}

/** Stops a search that runs off: with a deviation of 30 two levels out of three would be all yes or all no. */
function checkDeviations(
  deviations: Float64Array,
  order: readonly number[],
  groups: readonly CategoricalVariable[],
): void {
  deviations.forEach((deviation, place) => {
    if (Math.abs(deviation) < 30) return;
    throw new QuartiersError({
      what: `Les niveaux du groupe « ${groups[order[place] ?? 0]?.name} » séparent parfaitement les oui des non\u00a0: leur variance est infinie`,
      expected: "des oui et des non dans une bonne part des niveaux",
      remedy: "réunir des niveaux, ou retirer des variables",
    });
  });
}

/** Adaptive quadrature of one group, from the model of areas. */
function quadrature(cells: MixedCells, nodes: number): ReturnType<typeof laplaceLikelihood>["at"] {
  const { design, successes, trials, pattern } = cells;
  const starts = new Int32Array(pattern.firstLevels + 1);
  for (const level of pattern.first) starts[level + 1]++;
  for (let level = 0; level < pattern.firstLevels; level++) starts[level + 1] += starts[level];
  const order = Int32Array.from(pattern.first.keys()).sort((a, b) => pattern.first[a] - pattern.first[b]);
  const rule = gaussHermite(nodes);
  const modes = new Float64Array(pattern.firstLevels);
  return (parameters) => marginalLikelihood({ design, successes, trials, starts, order }, parameters, rule, modes);
}
