import { type IncomeInput, incomeOf } from "./palma-ratio.ts";
import { increasing, populatedPlaces } from "./populated-places.ts";

export interface ConcentrationInput extends IncomeInput {
  /** "standard", from -1 to 1; "corrected" (Erreygers 2009), comparable between measures of different bounds. */
  readonly type?: "standard" | "corrected";
  /** Places of equal income: "mean" gives them the mean of their ranks; "rows" ranks them as they come, as R accessibility does. */
  readonly ties?: "mean" | "rows";
  /** Least and most access that the measure can take, for the correction; by default those observed where people live. */
  readonly bounds?: readonly [least: number, most: number];
}

/**
 * Concentration index of access by income (Kakwani, Wagstaff and van Doorslaer 1997): C = 2/μ Σ p_i (A_i - μ)(r_i - 1/2), with r_i the share of people poorer than
 * those of place i, plus half of its own. Positive when the rich have more. Corrected: C × 4μ / (most - least). null when nobody has any access, or nobody lives
 * there. O(n log n).
 * @example
 * ```ts
 * const input = { population: Float64Array.of(1, 1), income: Float64Array.of(10, 20) };
 * concentrationIndex(Float64Array.of(1, 3), input) // 0.25
 * ```
 */
export function concentrationIndex(access: Float64Array, input: ConcentrationInput): number | null {
  const { population, income, type = "standard", ties = "mean" } = input;
  const places = populatedPlaces(access, population);
  if (!places || places.mean === 0) return null;
  const incomes = incomeOf(places.rows, income);
  const order = increasing(incomes);
  let before = 0;
  let sum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    if (ties === "mean") while (to < order.length && incomes[order[to]] === incomes[order[from]]) to++;
    const members = order.subarray(from, to);
    const together = members.reduce((total, i) => total + places.shares[i], 0);
    const rank = before + together / 2;
    for (const i of members) sum += places.shares[i] * (places.access[i] - places.mean) * (rank - 0.5);
    before += together;
    from = to;
  }
  if (type === "standard") return (2 * sum) / places.mean;
  const [least, most] = input.bounds ?? extremes(places.access);
  return most > least ? (8 * sum) / (most - least) : 0;
}

const extremes = (values: Float64Array): readonly [number, number] => [
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
];
