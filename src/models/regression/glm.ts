import { cholesky, choleskyInverse } from "../linear-algebra/cholesky.ts";
import { type FamilyName, familyWithLink } from "./family.ts";
import { firthScoring } from "./firth.ts";
import { fisherScoring } from "./fisher-scoring.ts";
import { logLikelihood } from "./glm-likelihood.ts";
import { type OutcomeColumns, preparedOutcome } from "./glm-outcome.ts";
import type { Link, LinkName } from "./link.ts";
import type { ModelMatrix } from "./model-term.ts";
import { nullDeviance } from "./null-deviance.ts";
import type { ScoringProblem } from "./scoring-pass.ts";

export interface GlmInput extends OutcomeColumns {
  readonly family: FamilyName;
  /** The canonical link when absent; also "probit" and "cloglog" for proportions. */
  readonly link?: LinkName;
  /** "firth" adds half the log determinant of the information (Firth 1993): finite coefficients under separation. Logit only. */
  readonly penalty?: "none" | "firth";
  readonly maxIterations?: number;
}

/** A fitted generalised linear model. */
export interface GlmFit {
  readonly matrix: ModelMatrix;
  readonly family: FamilyName;
  readonly link: Link;
  readonly penalty: "none" | "firth";
  readonly coefficients: Float64Array;
  readonly standardErrors: Float64Array;
  /** Row by row, dispersion in it. */
  readonly covariance: Float64Array;
  /** 1, or Pearson's statistic over the residual degrees of freedom; NaN without such a degree. */
  readonly dispersion: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  /** NaN for quasi families, which have no likelihood. */
  readonly logLikelihood: number;
  readonly aic: number;
  /** Residual degrees of freedom, and those of the model of the constant alone. */
  readonly degreesOfFreedom: number;
  readonly nullDegreesOfFreedom: number;
  /** Degrees of freedom of Student's law for tests and intervals: infinite when the dispersion is known. */
  readonly testDegreesOfFreedom: number;
  /** Rows of weight above 0. */
  readonly observations: number;
  /** Steps until R's rule of convergence. */
  readonly iterations: number;
  /** Means and linear predictors of the rows kept. */
  readonly fitted: Float64Array;
  readonly predictor: Float64Array;
  /** Share of successes, count or number of the rows kept, and their weights (prior weight times trials). */
  readonly outcome: Float64Array;
  readonly weights: Float64Array;
  readonly priorWeights: Float64Array;
}

/**
 * A generalised linear model by maximum likelihood: binomial (logit, probit, cloglog), Poisson (log), Gaussian, and the quasi families. Weights are prior weights
 * as in R's `glm`: for the standard errors of a survey see `surveyGlm`. Coefficients, standard errors, deviance and likelihood are those of R; the likelihood of
 * 0 and 1 with fractional weights is not rounded as R rounds it. Refuses, with a name: collinear columns, separation, an outcome that never changes.
 * O(rows x columns^2) a step (McCullagh and Nelder 1989).
 * @example
 * ```ts
 * const matrix = { names: ["(constante)"], rows: 4, columns: 1, values: Float64Array.of(1, 1, 1, 1), variables: [], products: [], factors: [[]],
 *   sourceRows: 4, keptRows: Int32Array.of(0, 1, 2, 3), droppedRows: 0, missingBy: {}, emptyLevels: [] };
 * glm(matrix, { family: "binomial", outcome: Float64Array.of(0, 1, 1, 1) }).coefficients[0].toFixed(9) // "1.098612289"
 * ```
 */
export function glm(
  matrix: ModelMatrix,
  { family: familyName, link, penalty = "none", maxIterations, ...columns }: GlmInput,
): GlmFit {
  const family = familyWithLink(familyName, link);
  const prepared = preparedOutcome(matrix, family, columns);
  const { outcome, weights, offset, observations } = prepared;
  const problem: ScoringProblem = {
    ...{ rows: matrix.rows, columns: matrix.columns, values: matrix.values },
    ...{ outcome, weights, offset, family },
  };
  const options = maxIterations === undefined ? {} : { maxIterations };
  const solve = penalty === "firth" ? firthScoring : fisherScoring;
  const { coefficients, point, iterations } = solve(matrix, problem, options);
  const size = matrix.columns;
  const factor = cholesky(point.information, size);
  const unscaled = factor ? choleskyInverse(factor, size) : new Float64Array(size * size).fill(Number.NaN);
  const degreesOfFreedom = observations - size;
  const dispersion = family.dispersed ? pearson(problem, point.predictor, point.mean) / degreesOfFreedom : 1;
  const covariance = unscaled.map((value) => value * dispersion);
  const likelihood = logLikelihood(family, prepared, point.deviance);
  const parameters = size + (familyName === "gaussian" ? 1 : 0);
  return {
    ...{ matrix, family: familyName, link: family.link, penalty, coefficients, covariance, dispersion },
    standardErrors: Float64Array.from({ length: size }, (_, k) => Math.sqrt(covariance[k * size + k])),
    ...{ deviance: point.deviance, nullDeviance: nullDeviance(problem) },
    ...{ logLikelihood: likelihood, aic: 2 * parameters - 2 * likelihood },
    ...{ degreesOfFreedom, nullDegreesOfFreedom: observations - 1 },
    testDegreesOfFreedom: family.dispersed ? degreesOfFreedom : Number.POSITIVE_INFINITY,
    ...{ observations, iterations, fitted: point.mean.slice(), predictor: point.predictor.slice() },
    ...{ outcome, weights, priorWeights: prepared.priorWeights },
  };
}

/** Pearson's statistic: weighted squared gaps over the variance of the family. */
function pearson({ outcome, weights, family }: ScoringProblem, predictor: Float64Array, mean: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < mean.length; row++)
    if (weights[row] > 0) sum += (weights[row] * (outcome[row] - mean[row]) ** 2) / family.variance(predictor[row]);
  return sum;
}
