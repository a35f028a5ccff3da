/**
 * How a weighted quantile is read from the sorted values, named as in R survey's svyquantile (qrule). "math" (R's default and ours): smallest value whose cumulated share
 * is at least p, the inverse of the distribution function, Hyndman and Fan's (1996) type 1. "school": the mean of the two values at a tie, type 2. "hf3": at a tie, the value of even
 * rank, type 3. "hf4" to "hf9": types 4 to 9, straight lines between shares. With equal weights they are those of R's quantile.
 */
export type QuantileRule = "math" | "school" | "hf3" | "hf4" | "hf5" | "hf6" | "hf7" | "hf8" | "hf9";

/** Values in growing order with their weights, all positive, and cumulated weights. */
export interface SortedWeights {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly cumulated: Float64Array;
}

/** Sorts the values of some rows, ties in the order of the rows. O(rows log rows). */
export function sortedWeights(values: Float64Array, weights: Float64Array, rows: Int32Array): SortedWeights {
  const order = Array.from(rows).sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(order, (row) => weights[row]);
  return { values: Float64Array.from(order, (row) => values[row]), weights: sorted, cumulated: cumulatedSums(sorted) };
}

/** Sums with Neumaier's compensation (1974), so that a share of one half is met exactly by half of equal weights. */
function cumulatedSums(weights: Float64Array): Float64Array {
  let [sum, lost] = [0, 0];
  return weights.map((weight) => {
    const next = sum + weight;
    lost += Math.abs(sum) >= Math.abs(weight) ? sum - next + weight : weight - next + sum;
    sum = next;
    return sum + lost;
  });
}

/**
 * The quantile of order p, from 0 to 1; NaN outside, or without a value. Shares equal to 1e-12 are a tie; below the first share and above the last it is the smallest and the
 * largest value. R survey 4.1.1 leaves these definitions in three places: rounding can hide a tie from it (it then takes the value after), and when p is below the first
 * weight it takes the second value under "math" and goes under the smallest with "hf4". O(n).
 * @example
 * ```ts
 * const income = sortedWeights(Float64Array.of(30, 10, 20), Float64Array.of(1, 1, 2), Int32Array.of(0, 1, 2));
 * [weightedQuantile(income, 0.5, "math"), weightedQuantile(income, 0.75, "school")] // [ 20, 25 ]
 * ```
 */
export function weightedQuantile(sorted: SortedWeights, p: number, rule: QuantileRule): number {
  const n = sorted.values.length;
  if (n === 0 || !(p >= 0 && p <= 1)) return Number.NaN;
  if (n === 1) return sorted.values[0];
  if (rule === "math" || rule === "school" || rule === "hf3" || rule === "hf4") return byShare(sorted, p, rule);
  return interpolated(sorted.values, plottingPositions(sorted, rule), p);
}

function byShare(given: SortedWeights, p: number, rule: "math" | "school" | "hf3" | "hf4"): number {
  const { values, cumulated } = rule === "hf3" ? merged(given) : given;
  const last = values.length - 1;
  const total = cumulated[last];
  const aim = p * total;
  const tolerance = 1e-12 * total;
  // The last value whose share does not pass p.
  let at = -1;
  while (at < last && cumulated[at + 1] <= aim + tolerance) at++;
  if (at < 0) return values[0];
  if (at === last) return values[last];
  if (rule === "hf4") {
    const along = Math.max(0, aim - cumulated[at]) / (cumulated[at + 1] - cumulated[at]);
    return values[at] * (1 - along) + values[at + 1] * along;
  }
  if (cumulated[at] < aim - tolerance) return values[at + 1];
  if (rule === "school") return (values[at] + values[at + 1]) / 2;
  return rule === "math" || (at + 1) % 2 === 0 ? values[at] : values[at + 1];
}

/** Equal values become one, with the sum of their weights. */
function merged({ values, cumulated }: SortedWeights): Pick<SortedWeights, "values" | "cumulated"> {
  const ends = Array.from(values.keys()).filter((i) => i === values.length - 1 || values[i + 1] !== values[i]);
  return { values: Float64Array.from(ends, (i) => values[i]), cumulated: Float64Array.from(ends, (i) => cumulated[i]) };
}

/** Share at which each value stands. */
function plottingPositions({ weights, cumulated }: SortedWeights, rule: QuantileRule): Float64Array {
  const n = weights.length;
  const [total, final] = [cumulated[n - 1], weights[n - 1]];
  return cumulated.map((sum, i) => {
    const before = i === 0 ? 0 : cumulated[i - 1];
    if (rule === "hf5") return (sum - weights[i] / 2) / total;
    if (rule === "hf6") return sum / (total + final);
    if (rule === "hf7") return before / cumulated[n - 2];
    if (rule === "hf8") return (before / 3 + (sum * 2) / 3) / (total + final / 3);
    return ((before * 3) / 8 + (sum * 5) / 8) / (total + final / 4);
  });
}

function interpolated(values: Float64Array, positions: Float64Array, p: number): number {
  const last = values.length - 1;
  if (p <= positions[0]) return values[0];
  if (p >= positions[last]) return values[last];
  let at = 0;
  while (positions[at + 1] < p) at++;
  return values[at] + ((values[at + 1] - values[at]) * (p - positions[at])) / (positions[at + 1] - positions[at]);
}
