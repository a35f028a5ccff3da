import { QuartiersError } from "../../codes/errors.ts";
import { fisherTail } from "../uncertainty/test-tails.ts";
import type { GlmFit } from "./glm.ts";
import type { CoefficientsTest } from "./wald-test.ts";

/**
 * Likelihood-ratio test of a model against one with more columns, on the same rows: the fall of the deviance, read as a chi-squared, or as an F over the
 * dispersion of the larger model where it is estimated (R anova.glm). Refuses models that are not nested, and fits without a likelihood (survey, Firth).
 * @example
 * ```ts
 * const fit = (names, deviance) => ({ matrix: { names, columns: names.length, keptRows: Int32Array.of(0, 1, 2) }, family: "binomial", link: { name: "logit" }, penalty: "none",
 *   deviance, dispersion: 1, testDegreesOfFreedom: Infinity, outcome: Float64Array.of(0, 1, 1), weights: Float64Array.of(1, 1, 1) });
 * likelihoodRatioTest(fit(["(constante)"], 10), fit(["(constante)", "âge"], 6)).pValue.toFixed(6) // "0.045500"
 * ```
 */
export function likelihoodRatioTest(smaller: GlmFit, larger: GlmFit): CoefficientsTest {
  if (smaller.penalty !== "none" || larger.penalty !== "none" || "design" in smaller || "design" in larger)
    throw new QuartiersError({
      what: "Un modèle pénalisé ou d'un plan de sondage n'a pas de rapport de vraisemblances",
      expected: "deux modèles de glm sans pénalité",
      remedy: "employer waldTest",
    });
  const extra = smaller.matrix.names.filter((name) => !larger.matrix.names.includes(name));
  const added = larger.matrix.columns - smaller.matrix.columns;
  if (extra.length > 0 || added < 1)
    throw new QuartiersError({
      what: "Les deux modèles ne sont pas emboîtés",
      value: extra.join(", ") || "mêmes colonnes",
      expected: "un second modèle qui ait toutes les colonnes du premier, et d'autres",
    });
  const same = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
    a.length === b.length && Array.prototype.every.call(a, (value, index) => value === b[index]);
  const alike =
    smaller.family === larger.family &&
    smaller.link.name === larger.link.name &&
    same(smaller.matrix.keptRows, larger.matrix.keptRows) &&
    same(smaller.outcome, larger.outcome) &&
    same(smaller.weights, larger.weights);
  if (!alike)
    throw new QuartiersError({
      what: "Les deux modèles ne portent pas sur les mêmes lignes, la même réponse ou la même famille",
      value: `${smaller.matrix.keptRows.length} et ${larger.matrix.keptRows.length} lignes`,
      expected: "les mêmes lignes",
      remedy: "donner à modelMatrix par complete les variables du plus grand modèle",
    });
  const fall = (smaller.deviance - larger.deviance) / larger.dispersion;
  const infinite = larger.testDegreesOfFreedom === Number.POSITIVE_INFINITY;
  return {
    statistic: infinite ? fall : fall / added,
    law: infinite ? "chi-squared" : "F",
    degreesOfFreedom: added,
    denominatorDegreesOfFreedom: larger.testDegreesOfFreedom,
    pValue: fisherTail(fall / added, added, larger.testDegreesOfFreedom),
  };
}
