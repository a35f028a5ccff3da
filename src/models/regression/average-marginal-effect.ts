import { QuartiersError } from "../../codes/errors.ts";
import { studentCdf, studentQuantile } from "../uncertainty/student-t.ts";
import { averageMean, averageSlope, difference, type RowAverage } from "./average-over-rows.ts";
import { type AveragingOptions, averageVariance, averagingWeights } from "./average-variance.ts";
import type { GlmFit } from "./glm.ts";
import { variableNamed } from "./model-term.ts";
import { derivativeColumns, everybodyAt, everybodyWith } from "./scenario.ts";
import type { SurveyGlmFit } from "./survey-glm.ts";

/** What changes: a question from its reference to each other level, a number by so many units, or the slope per unit of a number. */
export type MarginalChange =
  | { readonly variable: string; readonly reference?: string }
  | { readonly variable: string; readonly by: number }
  | { readonly variable: string; readonly slope: true };

/** An average effect, on the scale of the outcome: 0.02 is 2 points for a proportion. */
export interface MarginalEffect {
  readonly variable: string;
  /** "supérieur − aucun", "+10", "par unité". */
  readonly change: string;
  /** The level compared with the reference; null for a number. */
  readonly level: string | null;
  readonly reference: string | null;
  readonly estimate: number;
  readonly standardError: number;
  readonly statistic: number;
  readonly pValue: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Average marginal effects: the mean over people of the change in their predicted outcome when one variable changes and the others stay as observed,
 * AME = sum w (mean with the change - mean before) / sum w, its products in the model changing with it. Variance by the delta method, or counting the draw of
 * the people too (`covariates: "sampled"`, survey fits). Student's law where the fit has degrees of freedom. O(rows x columns) an effect.
 * @example
 * ```ts
 * const matrix = { names: ["(constante)", "minutes"], rows: 2, columns: 2, values: Float64Array.of(1, 1, 0, 10), factors: [[], [1]], products: [], emptyLevels: [],
 *   sourceRows: 2, keptRows: Int32Array.of(0, 1), variables: [{ name: "minutes", kind: "number", levels: [], reference: null, codes: null, columns: [1] }] };
 * const link = { mean: (eta) => eta, slope: () => 1, curvature: () => 0 };
 * const fit = { matrix, link, coefficients: Float64Array.of(0.6, -0.01), covariance: Float64Array.of(0, 0, 0, 1e-6), predictor: Float64Array.of(0.6, 0.5),
 *   weights: Float64Array.of(1, 1), testDegreesOfFreedom: Infinity };
 * averageMarginalEffect(fit, { variable: "minutes", by: 10 })[0].estimate.toFixed(6) // "-0.100000"
 * ```
 */
export function averageMarginalEffect(
  fit: GlmFit | SurveyGlmFit,
  change: MarginalChange,
  options: AveragingOptions = {},
): readonly MarginalEffect[] {
  const { matrix } = fit;
  const variable = variableNamed(matrix, change.variable);
  const weights = averagingWeights(fit, options);
  const row = (label: string, average: RowAverage, level: string | null = null, reference: string | null = null) => ({
    ...{ variable: variable.name, change: label, level, reference },
    ...estimated(fit, average, weights, options),
  });
  const asked = "by" in change || "slope" in change ? "number" : "categories";
  if (asked !== variable.kind)
    throw new QuartiersError({
      what: `L'effet demandé ne convient pas à « ${variable.name} »`,
      value: "by" in change ? `by: ${change.by}` : "slope" in change ? "slope" : "modalités",
      expected: variable.kind === "number" ? "by (un écart) ou slope (par unité)" : "une modalité de référence",
    });
  if ("by" in change) {
    const before = averageMean(fit, weights, new Map());
    const after = averageMean(
      fit,
      weights,
      everybodyWith(matrix, variable, (value) => value + change.by),
    );
    return [row(`${change.by < 0 ? "−" : "+"}${Math.abs(change.by)}`, difference(after, before))];
  }
  if ("slope" in change) return [row("par unité", averageSlope(fit, weights, derivativeColumns(matrix, variable)))];
  const reference = change.reference ?? variable.reference ?? variable.levels[0];
  const before = averageMean(fit, weights, everybodyAt(matrix, variable, reference));
  return variable.levels
    .filter((level) => level !== reference)
    .map((level) => {
      const after = averageMean(fit, weights, everybodyAt(matrix, variable, level));
      return row(`${level} − ${reference}`, difference(after, before), level, reference);
    });
}

function estimated(
  fit: GlmFit | SurveyGlmFit,
  average: RowAverage,
  weights: Float64Array,
  { covariates, level = 0.95 }: AveragingOptions,
): Pick<MarginalEffect, "estimate" | "standardError" | "statistic" | "pValue" | "lower" | "upper"> {
  const degrees = fit.testDegreesOfFreedom;
  const estimate = average.average;
  const standardError = Math.sqrt(averageVariance(fit, average, weights, covariates));
  const statistic = estimate / standardError;
  const half = studentQuantile(0.5 + level / 2, degrees) * standardError;
  return {
    ...{ estimate, standardError, statistic, pValue: 2 * studentCdf(-Math.abs(statistic), degrees) },
    ...{ lower: estimate - half, upper: estimate + half },
  };
}
