import { QuartiersError } from "../../codes/errors.ts";

/** Counts of a weighted survey, one a person, not whole. */
export interface EffectiveCounts {
  readonly successes: Float64Array;
  readonly trials: Float64Array;
}

/**
 * Survey weights turned into counts for a mixed logit: within each unit (a cell or an area) the weights are scaled so that their sum is its effective
 * number of persons, (Σw)² / Σw² (Pfeffermann et al. 1998, first scaling), so that weights move the rates but never invent persons. Weights of
 * `glmer` are numbers of trials: survey weights given there multiply the sample. With equal weights the counts are the persons themselves. Give the result
 * to `mixedLogit` with `counts: "weighted"`: a pseudo-likelihood, whose standard errors know of weights within units, not of clusters nor strata; a
 * design effect of those above 1 divides all counts. A weight of 0 counts for nothing. Refuses a missing answer or weight. O(n).
 * @example
 * ```ts
 * effectiveCounts({ answers: Float64Array.of(1, 0, 1), weights: Float64Array.of(30, 10, 5), unit: Int32Array.of(0, 0, 1) }).trials.map((count) => Math.round(10 * count) / 10) // Float64Array(3) [ 1.2, 0.4, 1 ]
 * ```
 */
export function effectiveCounts({
  answers,
  weights,
  unit,
  designEffect = 1,
}: {
  /** 1 yes, 0 no, one a person. */
  readonly answers: Float64Array;
  readonly weights: Float64Array;
  /** Cell or area of each person, from 0. */
  readonly unit: Int32Array;
  /** Of clusters and strata, beyond the weights: 1 or more. */
  readonly designEffect?: number;
}): EffectiveCounts {
  if (!(designEffect >= 1 && designEffect < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Effet de plan impossible",
      value: String(designEffect),
      expected: "un nombre d'au moins 1",
    });
  const units = unit.reduce((most, code) => Math.max(most, code + 1), 0);
  const [sums, squares] = [new Float64Array(units), new Float64Array(units)];
  answers.forEach((answer, row) => {
    const weight = weights[row];
    if (!((answer === 0 || answer === 1) && weight >= 0 && weight < Number.POSITIVE_INFINITY && unit[row] >= 0))
      throw new QuartiersError({
        what: "Réponse, poids ou cellule manquant",
        where: `ligne ${row + 1}`,
        expected: "0 ou 1, un poids connu et positif ou nul, un numéro de cellule",
        remedy: "retirer la ligne, et dire combien de personnes n'ont pas répondu",
      });
    sums[unit[row]] += weight;
    squares[unit[row]] += weight * weight;
  });
  const trials = weights.map((weight, row) =>
    weight === 0 ? 0 : (weight * sums[unit[row]]) / (squares[unit[row]] * designEffect),
  );
  return { successes: trials.map((count, row) => count * answers[row]), trials };
}
