import type { NumberVariable } from "../factors/mca-options.ts";
import { incompleteBeta } from "../uncertainty/incomplete-beta.ts";
import type { NumberLink, NumberTrait } from "./class-description.ts";
import { logNormalTail } from "./log-tails.ts";

/**
 * A number in each class, v = (class mean - mean) / √(s²/n_j (n - n_j)/(n - 1)), and its link with the classes. A column that does not vary has v-tests of 0.
 * @example
 * ```ts
 * const hours = { name: "heures", values: Float64Array.of(1, 2, 3, 6) };
 * const { traits, link } = describeNumbers(Int32Array.of(0, 0, 1, 1), 2, hours, null);
 * [traits[1].map(({ mean, vTest }) => [mean, vTest.toFixed(6)]), link.etaSquared.toFixed(6)] // [ [ [ 4.5, '1.388730' ] ], '0.642857' ]
 * ```
 */
export function describeNumbers(
  classOf: Int32Array,
  classes: number,
  { name, values }: NumberVariable,
  weights: Float64Array | null,
): { readonly traits: NumberTrait[][]; readonly link: NumberLink } {
  const sums = momentsByClass(classOf, classes, values, null);
  const weighed = momentsByClass(classOf, classes, values, weights);
  const n = sums.weights.reduce((sum, count) => sum + count, 0);
  const { mean: overallMean, variance } = sums.all;
  let between = 0;
  const traits = Array.from({ length: classes }, (_, label): NumberTrait[] => {
    const people = sums.weights[label];
    if (people === 0) return [];
    const mean = sums.means[label];
    between += (people * (mean - overallMean) ** 2) / n;
    const error = Math.sqrt(((variance / people) * (n - people)) / (n - 1));
    const vTest = error > 0 ? (mean - overallMean) / error : 0;
    const logP = vTest === 0 ? 0 : Math.LN2 + logNormalTail(Math.abs(vTest));
    return [
      {
        ...{ variable: name, people, mean, overallMean },
        deviation: Math.sqrt(sums.variances[label]),
        overallDeviation: Math.sqrt(variance),
        weighted: weights ? { mean: weighed.means[label], overallMean: weighed.all.mean } : null,
        ...{ p: Math.exp(logP), logP, vTest },
      },
    ];
  });
  const held = sums.weights.filter((count) => count > 0).length;
  const etaSquared = variance > 0 ? Math.min(1, between / variance) : 0;
  const p = variance > 0 && held > 1 ? incompleteBeta(1 - etaSquared, (n - held) / 2, (held - 1) / 2) : Number.NaN;
  return { traits, link: { variable: name, etaSquared, p } };
}

/** Means and variances (divisor: sum of the weights) of a column, by class and in all, in two passes. */
function momentsByClass(classOf: Int32Array, classes: number, values: Float64Array, rowWeights: Float64Array | null) {
  const [weights, means, variances] = [0, 0, 0].map(() => new Float64Array(classes)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const weightOf = (row: number): number => (Number.isNaN(values[row]) ? 0 : (rowWeights?.[row] ?? 1));
  let [weight, mean, variance] = [0, 0, 0];
  values.forEach((value, row) => {
    const own = weightOf(row);
    if (own === 0) return;
    weights[classOf[row]] += own;
    means[classOf[row]] += own * value;
    weight += own;
    mean += own * value;
  });
  means.forEach((sum, label) => {
    means[label] = sum / weights[label];
  });
  mean /= weight;
  values.forEach((value, row) => {
    const own = weightOf(row);
    if (own === 0) return;
    variances[classOf[row]] += own * (value - means[classOf[row]]) ** 2;
    variance += own * (value - mean) ** 2;
  });
  variances.forEach((sum, label) => {
    variances[label] = sum / weights[label];
  });
  return { weights, means, variances, all: { mean, variance: variance / weight } };
}
