import { QuartiersError } from "../../codes/errors.ts";
import { checkIndependent, constantName } from "../areas/design-matrix.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { ModelMatrix, NumberTerm } from "../regression/model-term.ts";
import { crossedPattern } from "./crossed-pattern.ts";
import { crossedTerms } from "./crossed-terms.ts";
import { keptGroup } from "./kept-group.ts";
import { crossProducts, linearProfile } from "./linear-profile.ts";
import type { LinearTerms } from "./linear-terms.ts";
import { rowByRow } from "./mixed-cells.ts";
import { orthonormalColumns, partAlong, solveTriangle, turnedCovariance } from "./orthonormal-columns.ts";
import { quasiNewtonAscent } from "./quasi-newton-ascent.ts";
import { slopeTerms } from "./slope-terms.ts";

export interface MixedLinearInput {
  /** A number a row of the table. */
  readonly outcome: Float64Array;
  /** Fixed effects (`modelMatrix`), of the same table: rows that it drops are dropped everywhere. */
  readonly fixed: ModelMatrix;
  /** One factor, or several crossed ones, whose levels each have a normal effect. */
  readonly groups: readonly CategoricalVariable[];
  /** Numbers whose slope varies by level, with one group only. Give them as fixed effects too. */
  readonly slopes?: readonly NumberTerm[];
  /** Whether constant and slopes of a level are correlated; true by default. */
  readonly correlated?: boolean;
}

/** What a linear mixed model says of the levels of one group. */
export interface LinearGroup {
  readonly name: string;
  readonly levels: readonly string[];
  /** The constant, then the slopes. */
  readonly terms: readonly string[];
  /** Covariance of the terms between levels, terms x terms. */
  readonly covariance: Float64Array;
  /** Most likely terms of each level, level after level; 0 without a row. */
  readonly effects: Float64Array;
  /** Their covariance given the parameters, terms x terms a level. */
  readonly effectCovariances: Float64Array;
}

export interface MixedLinear {
  readonly method: "reml" | "ml";
  /** "singular": a variance at 0 or a correlation at 1; a legitimate answer. */
  readonly status: "ok" | "singular";
  /** What to print when the status is not "ok"; "" otherwise. */
  readonly warning: string;
  readonly names: readonly string[];
  readonly coefficients: Float64Array;
  readonly covariance: Float64Array;
  /** Standard deviation of the residuals, in the unit of the outcome. */
  readonly residualDeviation: number;
  readonly groups: readonly LinearGroup[];
  /** Restricted under "reml": compare it only between models of equal fixed effects. */
  readonly logLikelihood: number;
  readonly deviance: number;
  readonly rows: number;
}

/**
 * Linear mixed model: fixed effects, and for one group a random constant and slopes (correlated or not), or constants of several crossed groups; by
 * restricted (REML) or full maximum likelihood, as R's `lme4::lmer`. Refuses missing values, a group of one level, more effects than rows, collinear
 * columns, by name. O(steps x levels x terms^2 x columns), with slopes; O(steps x rows) crossed.
 * @example
 * ```ts
 * const fit = mixedLinear({
 *   outcome: Float64Array.of(1, 2, 5, 6, 3, 4),
 *   fixed: { names: ["(constante)"], rows: 6, columns: 1, values: new Float64Array(6).fill(1), sourceRows: 6, keptRows: Int32Array.of(0, 1, 2, 3, 4, 5) }, // as modelMatrix makes it
 *   groups: [{ name: "quartier", levels: ["A", "B", "C"], codes: Int32Array.of(0, 0, 1, 1, 2, 2) }],
 * });
 * [fit.coefficients[0].toFixed(2), fit.groups[0].covariance[0].toFixed(2), (fit.residualDeviation ** 2).toFixed(2)] // [ "3.50", "3.75", "0.50" ]
 * ```
 */
export function mixedLinear(
  { outcome, fixed, groups, slopes = [], correlated = true }: MixedLinearInput,
  { method = "reml" }: { readonly method?: "reml" | "ml" } = {},
): MixedLinear {
  const { names, columns, keptRows, rows } = fixed;
  const design = rowByRow(fixed);
  const y = keptNumbers({ name: "variable expliquée", values: outcome }, fixed);
  const used = Int32Array.from(keptRows.keys());
  const kept = checkedGroups(groups, fixed, slopes);
  checkIndependent(design, used);
  // The model sees an orthonormal basis of the fixed effects and what it leaves of the outcome: nothing is lost to a large mean.
  const { basis, triangle } = orthonormalColumns(design.values, columns);
  const { along, rest } = partAlong(basis, columns, y);
  const size = columns + 1;
  const values = new Float64Array(rows * size);
  for (let row = 0; row < rows; row++) {
    values.set(basis.subarray(row * columns, (row + 1) * columns), row * size);
    values[row * size + columns] = rest[row];
  }
  const slopeValues = slopes.map((slope) => keptNumbers(slope, fixed));
  const scales = [1, ...slopeValues.map(rootMeanSquare)];
  const random: LinearTerms =
    kept.length === 1
      ? slopeTerms(
          kept[0]?.codes ?? new Int32Array(0),
          kept[0]?.levels.length ?? 0,
          [new Float64Array(rows).fill(1), ...slopeValues.map((slope, k) => slope.map((z) => z / scales[k + 1]))],
          size,
          values,
          correlated,
        )
      : crossedTerms(
          crossedPattern(
            kept.map(({ codes }) => codes),
            kept.map(({ levels }) => levels.length),
          ),
          kept.map(({ levels }) => levels.length),
          size,
          values,
        );
  const products = crossProducts(values, size);
  const least = Math.max(1e-12 * products[size * size - 1], 1e-26 * y.reduce((sum, value) => sum + value * value, 0));
  const profile = (ratios: Float64Array) => {
    const found = linearProfile(random, products, rows, method === "reml", ratios);
    if (found && found.residualVariance * rows > least) return found;
    throw new QuartiersError({
      what: "Le modèle explique tout\u00a0: il ne reste aucun résidu à mesurer",
      expected: "une variable qui diffère entre lignes d'un même groupe et d'un même profil",
    });
  };
  const q = scales.length;
  const diagonal = kept.length === 1 ? diagonalPlaces(q, correlated) : [...kept.keys()];
  const start = new Float64Array(random.ratios);
  for (const place of diagonal) start[place] = 1;
  const best = quasiNewtonAscent((ratios) => withSlope((at) => profile(at).logLikelihood, ratios), start);
  const ratios = best.parameters.map((value, k) => (diagonal.includes(k) && Math.abs(value) < 1e-4 ? 0 : value));
  const found = profile(ratios);
  const { residualVariance } = found;
  const effects = random.effects(ratios, Float64Array.of(...found.coefficients.map((value) => -value), 1));
  const coefficients = solveTriangle(
    triangle,
    found.coefficients.map((value, k) => value + along[k]),
  );
  const covariance = turnedCovariance(triangle, found.covariance, columns);
  let logLikelihood = found.logLikelihood;
  if (method === "reml") for (let k = 0; k < columns; k++) logLikelihood -= Math.log(triangle[k * (columns + 1)]);
  const singular = diagonal.some((place) => ratios[place] === 0);
  return {
    method,
    status: singular ? "singular" : "ok",
    warning: singular
      ? "Une variance entre groupes est estimée à 0, ou une corrélation à 1\u00a0: les données ne distinguent pas tous les effets demandés."
      : "",
    names,
    coefficients,
    covariance: covariance.map((share) => share * residualVariance),
    residualDeviation: Math.sqrt(residualVariance),
    groups: kept.map(({ name, levels }, group): LinearGroup => {
      const own = kept.length === 1 ? ratios : ratios.subarray(group, group + 1);
      const { modes, covariances } = effects[group] ?? { modes: own, covariances: own };
      const unit = (index: number): number => scales[Math.floor(index / q) % q] * scales[index % q];
      return {
        name,
        levels,
        terms: [constantName, ...slopes.map((slope) => slope.name)],
        covariance: relativeCovariance(own, q, correlated).map((share, k) => (share * residualVariance) / unit(k)),
        effects: modes.map((mode, index) => mode / scales[index % q]),
        effectCovariances: covariances.map((share, index) => (share * residualVariance) / unit(index)),
      };
    }),
    logLikelihood,
    deviance: -2 * logLikelihood,
    rows,
  };
}

function checkedGroups(
  groups: readonly CategoricalVariable[],
  fixed: ModelMatrix,
  slopes: readonly NumberTerm[],
): readonly CategoricalVariable[] {
  if (groups.length === 0 || (groups.length > 1 && slopes.length > 0))
    throw new QuartiersError({
      what: "Groupes et pentes que ce modèle ne sait pas estimer",
      value: `${groups.length} groupes, ${slopes.length} pentes`,
      expected: "un groupe avec ou sans pentes, ou plusieurs groupes croisés sans pente",
    });
  const used = [...fixed.keptRows.keys()];
  // A level needs more rows than it has effects, on average: else they cannot be told from the residuals.
  return groups.map((group) => keptGroup(group, fixed, used, fixed.rows / (1 + slopes.length), "lignes par effet"));
}

function keptNumbers({ name, values }: NumberTerm, { sourceRows, keptRows }: ModelMatrix): Float64Array {
  const kept = Float64Array.from(keptRows, (row) => values[row]);
  const missing = kept.findIndex((value) => !Number.isFinite(value));
  if (values.length === sourceRows && missing < 0) return kept;
  throw new QuartiersError({
    what: `« ${name} » manque`,
    where: `ligne ${(keptRows[missing] ?? values.length) + 1}`,
    expected: `un nombre par ligne (${sourceRows})`,
    remedy: "retirer la ligne, et le dire",
  });
}

const rootMeanSquare = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length) || 1;

/** Places of the diagonal among the ratios. */
const diagonalPlaces = (q: number, correlated: boolean): readonly number[] =>
  Array.from({ length: q }, (_, a) => (correlated ? ((a + 1) * (a + 2)) / 2 - 1 : a));

/** Lambda Lambda'. */
function relativeCovariance(ratios: Float64Array, q: number, correlated: boolean): Float64Array {
  const at = (a: number, b: number): number => {
    if (b > a) return 0;
    if (!correlated) return a === b ? ratios[a] : 0;
    return ratios[(a * (a + 1)) / 2 + b];
  };
  return Float64Array.from({ length: q * q }, (_, index) => {
    let sum = 0;
    for (let k = 0; k < q; k++) sum += at(Math.floor(index / q), k) * at(index % q, k);
    return sum;
  });
}

/** The function and its gradient by differences of the fourth order: exact to about ten digits on a log-likelihood. */
function withSlope(
  of: (parameters: Float64Array) => number,
  parameters: Float64Array,
): { readonly logLikelihood: number; readonly gradient: Float64Array } {
  const step = 1e-3;
  const moved = (k: number, by: number): number => of(parameters.with(k, parameters[k] + by));
  return {
    logLikelihood: of(parameters),
    gradient: parameters.map(
      (_, k) => (8 * (moved(k, step) - moved(k, -step)) - (moved(k, 2 * step) - moved(k, -2 * step))) / (12 * step),
    ),
  };
}
