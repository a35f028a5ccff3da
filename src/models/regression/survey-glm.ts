import { QuartiersError } from "../../codes/errors.ts";
import { degreesOfFreedom, type SurveyDesign } from "../survey/design.ts";
import { totalCovariance } from "../survey/design-variance.ts";
import { familyWithLink } from "./family.ts";
import { type GlmFit, type GlmInput, glm } from "./glm.ts";
import type { ModelMatrix } from "./model-term.ts";

/** A generalised linear model of a survey: weighted coefficients, and the covariance that the design gives them. */
export interface SurveyGlmFit extends GlmFit {
  readonly design: SurveyDesign;
  /**
   * Influence of each respondent on each coefficient (Woodruff's linearised variables), one column a coefficient, 0 outside the model's rows: the design
   * covariance of their totals is that of the coefficients.
   */
  readonly influence: readonly Float64Array[];
}

/**
 * A generalised linear model fitted by the weights of a survey, its covariance by linearisation: that of the totals of A^-1 x (y - mean) slope / variance over the
 * whole design, respondents outside the model counting as 0 (Binder 1983; R survey svyglm, same values). Degrees of freedom are those of the design in the domain,
 * plus 1, less the coefficients. There is no likelihood: the AIC is NaN. O(rows x columns^2) a step.
 * @example
 * ```ts
 * const matrix = { names: ["(constante)"], rows: 4, columns: 1, values: Float64Array.of(1, 1, 1, 1), variables: [], products: [], factors: [[]],
 *   sourceRows: 4, keptRows: Int32Array.of(0, 1, 2, 3), droppedRows: 0, missingBy: {}, emptyLevels: [] };
 * const units = { unitOf: Int32Array.of(0, 1, 2, 3), stratumOfUnit: new Int32Array(4), unitsInStratum: Int32Array.of(4) };
 * const stage = { ...units, populationInStratum: Float64Array.of(Infinity), shareOfStratum: Float64Array.of(1) };
 * const design = { ...units, weights: Float64Array.of(1, 2, 2, 1), stratumOf: new Int32Array(4), lonelyUnit: "fail", stages: [stage], calibration: null };
 * surveyGlm(design, matrix, { family: "quasibinomial", outcome: Float64Array.of(0, 1, 0, 1) }).standardErrors[0].toFixed(6) // "1.217161"
 * ```
 */
export function surveyGlm(
  design: SurveyDesign,
  matrix: ModelMatrix,
  input: Omit<GlmInput, "weights" | "penalty">,
): SurveyGlmFit {
  if (design.weights.length !== matrix.sourceRows)
    throw new QuartiersError({
      what: "Le plan de sondage et la matrice du modèle n'ont pas les mêmes lignes",
      value: `${design.weights.length} et ${matrix.sourceRows}`,
      expected: "un plan de toutes les lignes de la table, le domaine étant donné à modelMatrix par where",
    });
  const { keptRows, rows, columns: size } = matrix;
  const inModel = new Uint8Array(matrix.sourceRows);
  let total = 0;
  for (const row of keptRows) {
    inModel[row] = 1;
    total += design.weights[row];
  }
  const meanWeight = total / rows;
  const scaled = design.weights.map((weight) => weight / meanWeight);
  const fit = glm(matrix, { ...input, weights: scaled });
  const influence = influenceOf(fit, meanWeight);
  const covariance = totalCovariance(design, influence);
  return {
    ...fit,
    covariance,
    standardErrors: Float64Array.from({ length: size }, (_, k) => Math.sqrt(covariance[k * size + k])),
    ...{ logLikelihood: Number.NaN, aic: Number.NaN },
    testDegreesOfFreedom: degreesOfFreedom(design, inModel) + 1 - size,
    ...{ design, influence },
  };
}

/** Influence of each respondent, without its weight: A^-1 x (y - mean) slope / variance, A the information with the weights of the design. */
function influenceOf(fit: GlmFit, meanWeight: number): Float64Array[] {
  const { matrix, covariance, dispersion, outcome, weights, priorWeights, fitted, predictor, link } = fit;
  const { rows, columns: size, values, keptRows, sourceRows } = matrix;
  const { variance } = familyWithLink(fit.family, link.name);
  const score = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const spread = variance(predictor[row]);
    const trials = priorWeights[row] > 0 ? weights[row] / priorWeights[row] : 0;
    if (spread > 0) score[row] = (trials * (outcome[row] - fitted[row]) * link.slope(predictor[row])) / spread;
  }
  const scale = 1 / (dispersion * meanWeight);
  return Array.from({ length: size }, (_, k) => {
    const column = new Float64Array(sourceRows);
    for (let j = 0; j < size; j++) {
      const inverse = covariance[k * size + j] * scale;
      for (let row = 0; row < rows; row++) column[keptRows[row]] += inverse * values[j * rows + row];
    }
    for (let row = 0; row < rows; row++) column[keptRows[row]] *= score[row];
    return column;
  });
}
