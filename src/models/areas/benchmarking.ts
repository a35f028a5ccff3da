import { QuartiersError } from "../../codes/errors.ts";

export interface BenchmarkInput {
  /** One estimate an area, synthetic ones included: a total cannot hold with an area missing. */
  readonly estimates: Float64Array;
  /** What an area counts for in the total: its persons for a rate, 1 for a count. 0 or more. */
  readonly weights: Float64Array;
  /** Group of each area (a département...), from 0; one group when absent. */
  readonly groups?: Int32Array;
  /** Published total of each group: the sum of weight x estimate to be found. */
  readonly totals: Float64Array;
}

export interface Benchmarked {
  readonly estimates: Float64Array;
  /** What was added to each estimate. */
  readonly adjustments: Float64Array;
  /** Published total over the total of the model, one a group: a test of the model before anything is adjusted. */
  readonly ratios: Float64Array;
}

/**
 * Estimates multiplied, in each group, by the published total over their own: all areas move by the same share, whatever their precision. Totals then
 * hold to rounding. Refuses a missing estimate, a negative weight, and a total of the model that is 0 or of another sign than the published one. O(areas).
 * @example
 * ```ts
 * benchmarkByRatio({ estimates: Float64Array.of(0.2, 0.4), weights: Float64Array.of(100, 100), totals: Float64Array.of(66) }).estimates[0].toFixed(6) // "0.220000"
 * ```
 */
export function benchmarkByRatio(input: BenchmarkInput): Benchmarked {
  const { groupOf, ratios, sums } = modelTotals(input);
  sums.forEach((sum, group) => {
    if (!(ratios[group] >= 0 && ratios[group] < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Le total du modèle est nul, ou de signe contraire au total publié\u00a0: aucun rapport ne les accorde",
        value: `modèle ${sum}, publié ${input.totals[group]}`,
        where: `groupe ${group}`,
        remedy: "caler par différence",
      });
  });
  const estimates = input.estimates.map((estimate, area) => estimate * ratios[groupOf(area)]);
  return { estimates, adjustments: estimates.map((estimate, area) => estimate - input.estimates[area]), ratios };
}

/**
 * Estimates moved as little as possible for the totals to hold, each unit of move being dearer where the estimate is surer: the sum of
 * move^2 / mse is the least (Wang, Fuller and Qu 2008; Bell, Datta and Ghosh 2013), so that an area takes a share weight x mse of the gap. Without
 * `mse`, all areas are held equally sure. Refuses what `benchmarkByRatio` does, save signs, and a negative mse. O(areas).
 * @example
 * ```ts
 * benchmarkByDifference({ estimates: Float64Array.of(0.2, 0.4), weights: Float64Array.of(100, 100), totals: Float64Array.of(66), mse: Float64Array.of(1, 3) }).estimates[1].toFixed(6) // "0.445000"
 * ```
 */
export function benchmarkByDifference(input: BenchmarkInput & { readonly mse?: Float64Array }): Benchmarked {
  const { mse } = input;
  const { groupOf, ratios, sums } = modelTotals(input);
  const ease = input.weights.map((weight, area) => {
    const error = mse ? mse[area] : 1;
    if (!(error >= 0 && error < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Erreur quadratique inconnue ou négative",
        value: String(error),
        where: `territoire ${area + 1}`,
        expected: "un nombre positif ou nul dans chaque territoire",
      });
    return weight * error;
  });
  const room = new Float64Array(sums.length);
  input.weights.forEach((weight, area) => {
    room[groupOf(area)] += weight * ease[area];
  });
  const estimates = input.estimates.map((estimate, area) => {
    const group = groupOf(area);
    const gap = input.totals[group] - sums[group];
    if (gap === 0 || ease[area] === 0) return estimate;
    return estimate + (gap * ease[area]) / room[group];
  });
  sums.forEach((sum, group) => {
    if (room[group] === 0 && sum !== input.totals[group])
      throw new QuartiersError({
        what: "Aucun territoire ne peut bouger pour retrouver le total publié",
        value: `modèle ${sum}, publié ${input.totals[group]}`,
        where: `groupe ${group}`,
        expected: "au moins un territoire de poids et d'erreur non nuls",
      });
  });
  return { estimates, adjustments: estimates.map((estimate, area) => estimate - input.estimates[area]), ratios };
}

function modelTotals({ estimates, weights, groups, totals }: BenchmarkInput): {
  readonly groupOf: (area: number) => number;
  readonly sums: Float64Array;
  readonly ratios: Float64Array;
} {
  const groupOf = groups ? (area: number): number => groups[area] : (): number => 0;
  const sums = new Float64Array(totals.length);
  if (weights.length !== estimates.length || (groups && groups.length !== estimates.length))
    throw new QuartiersError({
      what: "Poids ou groupes n'ont pas une valeur par territoire",
      value: `${weights.length} poids, ${groups?.length ?? "sans"} groupes`,
      expected: `${estimates.length} valeurs`,
    });
  estimates.forEach((estimate, area) => {
    const weight = weights[area];
    const group = groupOf(area);
    if (!Number.isFinite(estimate) || !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Estimation ou poids inutilisable pour un calage",
        value: `poids ${weight}`,
        where: `territoire ${area + 1}`,
        expected: "une estimation finie et un poids positif ou nul dans chaque territoire",
      });
    if (!(group >= 0 && group < totals.length))
      throw new QuartiersError({
        what: "Groupe sans total publié",
        value: String(group),
        where: `territoire ${area + 1}`,
        expected: `un groupe de 0 à ${totals.length - 1}`,
      });
    sums[group] += weight * estimate;
  });
  totals.forEach((total, group) => {
    if (!Number.isFinite(total))
      throw new QuartiersError({
        what: "Total publié absent",
        value: String(total),
        where: `groupe ${group}`,
        expected: "un nombre fini",
      });
  });
  return { groupOf, sums, ratios: totals.map((total, group) => total / sums[group]) };
}
