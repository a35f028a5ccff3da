import { QuartiersError } from "../../codes/errors.ts";
import { totalVariance } from "../survey/design.ts";
import type { RowAverage } from "./average-over-rows.ts";
import type { GlmFit } from "./glm.ts";
import type { SurveyGlmFit } from "./survey-glm.ts";

/** Over which rows an average is taken, and what its variance counts. */
export interface AveragingOptions {
  /** Weight of each row of the table; those of the fit (prior weight times trials, weights of the survey) when absent. */
  readonly weights?: Float64Array;
  /** 1 for the rows of the table to average over, among those of the model; all of them when absent. */
  readonly where?: Uint8Array;
  /** "fixed": the variance of the coefficients alone (delta method). "sampled": that of the people drawn too, for a fit of a survey. */
  readonly covariates?: "fixed" | "sampled";
  /** Of the intervals, 0.95 by default. */
  readonly level?: number;
}

/** Weights of the rows of the model in an average. Refuses odd weights and an empty domain. */
export function averagingWeights(fit: GlmFit | SurveyGlmFit, { weights, where }: AveragingOptions): Float64Array {
  const { keptRows, sourceRows } = fit.matrix;
  for (const column of [weights, where])
    if (column && column.length !== sourceRows)
      throw new QuartiersError({
        what: "Une colonne de l'effet moyen n'a pas une valeur par ligne de la table",
        value: String(column.length),
        expected: `${sourceRows} lignes`,
      });
  const chosen = Float64Array.from(keptRows, (row, at) =>
    where && where[row] === 0 ? 0 : weights ? weights[row] : fit.weights[at],
  );
  const odd = chosen.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (odd >= 0)
    throw new QuartiersError({
      what: "Poids impossible pour l'effet moyen",
      value: String(chosen[odd]),
      where: `ligne ${keptRows[odd] + 1}`,
      expected: "un poids fini, positif ou nul",
    });
  if (!chosen.some((weight) => weight > 0))
    throw new QuartiersError({
      what: "L'effet moyen ne porte sur personne",
      expected: "au moins une ligne du modèle de poids non nul dans le domaine",
    });
  return chosen;
}

/**
 * Variance of an average over the rows of a fit. "fixed": g' V g, g its gradient. "sampled": the design variance of the total of
 * (gap - average) / sum of weights + g' x influence, which also counts the draw of the people whose gaps are averaged. O(rows x columns).
 */
export function averageVariance(
  fit: GlmFit | SurveyGlmFit,
  { rows, average, gradient }: RowAverage,
  weights: Float64Array,
  covariates: "fixed" | "sampled" = "fixed",
): number {
  const size = gradient.length;
  if (covariates === "fixed") {
    let variance = 0;
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) variance += gradient[a] * fit.covariance[a * size + b] * gradient[b];
    return variance;
  }
  if (!("design" in fit))
    throw new QuartiersError({
      what: "La variance qui compte le tirage des personnes demande un plan de sondage",
      value: 'covariates: "sampled"',
      expected: 'un modèle de surveyGlm, ou covariates: "fixed"',
    });
  const { design, influence, matrix } = fit;
  const linearised = new Float64Array(matrix.sourceRows);
  for (let k = 0; k < size; k++)
    for (let row = 0; row < linearised.length; row++) linearised[row] += gradient[k] * influence[k][row];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  matrix.keptRows.forEach((source, row) => {
    const drawn = design.weights[source];
    if (drawn > 0) linearised[source] += ((weights[row] / drawn) * (rows[row] - average)) / total;
  });
  return totalVariance(design, linearised);
}
