import { QuartiersError } from "../../codes/errors.ts";
import { studentQuantile } from "../uncertainty/student-t.ts";
import { averageMean } from "./average-over-rows.ts";
import { type AveragingOptions, averageVariance, averagingWeights } from "./average-variance.ts";
import { familyWithLink } from "./family.ts";
import type { GlmFit } from "./glm.ts";
import { links } from "./link.ts";
import { variableNamed } from "./model-term.ts";
import { everybodyAt, everybodyWith } from "./scenario.ts";
import type { SurveyGlmFit } from "./survey-glm.ts";

export interface MarginsOptions extends AveragingOptions {
  /** "logit" keeps a proportion's interval inside 0 and 1 (its default); "linear" is estimate ± quantile x standard error. */
  readonly interval?: "logit" | "linear";
}

/** The mean predicted when everybody is at one level of a question, or has one value of a number. */
export interface PredictedMargin {
  readonly variable: string;
  /** The level, or the value as text. */
  readonly level: string;
  readonly estimate: number;
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Predicted means by marginal standardisation: for each level of a question (or each value given of a number), everybody is placed there, the other variables
 * staying as observed, and the predicted means are averaged by weight (Lane and Nelder 1982). Composition is then the same in each. Variances as in
 * `averageMarginalEffect`. O(rows x columns) a level.
 * @example
 * ```ts
 * const matrix = { names: ["(constante)", "sexe : femme"], rows: 2, columns: 2, values: Float64Array.of(1, 1, 0, 1), factors: [[], [1]], products: [], emptyLevels: [],
 *   sourceRows: 2, keptRows: Int32Array.of(0, 1), variables: [{ name: "sexe", kind: "categories", levels: ["homme", "femme"], reference: "homme",
 *   codes: Int32Array.of(0, 1), columns: [1] }] };
 * const link = { name: "identity", mean: (eta) => eta, slope: () => 1 };
 * const fit = { matrix, link, family: "gaussian", coefficients: Float64Array.of(10, 2), covariance: Float64Array.of(1, 0, 0, 1), predictor: Float64Array.of(10, 12),
 *   weights: Float64Array.of(1, 1), testDegreesOfFreedom: Infinity };
 * predictedMargins(fit, { variable: "sexe" }).map(({ estimate }) => estimate) // [ 10, 12 ]
 * ```
 */
export function predictedMargins(
  fit: GlmFit | SurveyGlmFit,
  { variable: name, at }: { readonly variable: string; readonly at?: readonly number[] },
  options: MarginsOptions = {},
): readonly PredictedMargin[] {
  const { matrix } = fit;
  const variable = variableNamed(matrix, name);
  if ((variable.kind === "number") !== (at !== undefined))
    throw new QuartiersError({
      what: `Les valeurs demandées ne conviennent pas à « ${name} »`,
      value: at ? at.join(", ") : "aucune",
      expected: variable.kind === "number" ? "les valeurs du nombre où prédire (at)" : "ses modalités, sans at",
    });
  const weights = averagingWeights(fit, options);
  const proportion = familyWithLink(fit.family, fit.link.name).kind === "proportion";
  const interval = options.interval ?? (proportion ? "logit" : "linear");
  const quantile = studentQuantile(0.5 + (options.level ?? 0.95) / 2, fit.testDegreesOfFreedom);
  const scenarios = at
    ? at.map((value) => [String(value), everybodyWith(matrix, variable, () => value)] as const)
    : variable.levels.map((level) => [level, everybodyAt(matrix, variable, level)] as const);
  return scenarios.map(([level, columns]) => {
    const average = averageMean(fit, weights, columns);
    const estimate = average.average;
    const standardError = Math.sqrt(averageVariance(fit, average, weights, options.covariates));
    const [lower, upper] =
      interval === "logit"
        ? logitInterval(estimate, quantile * standardError)
        : [estimate - quantile * standardError, estimate + quantile * standardError];
    return { variable: name, level, estimate, standardError, lower, upper };
  });
}

function logitInterval(estimate: number, half: number): [number, number] {
  const { predictor, mean } = links.logit;
  const center = predictor(estimate);
  const width = half / (estimate * (1 - estimate));
  return [mean(center - width), mean(center + width)];
}
