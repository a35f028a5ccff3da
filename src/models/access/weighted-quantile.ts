import { QuartiersError } from "../../codes/errors.ts";

/** What is left to find in a slice: targets are cumulated weights, `slots` their places in the answer. */
interface Search {
  readonly start: number;
  readonly end: number;
  /** Weight of everything before the slice. */
  readonly before: number;
  /** The smallest value after the slice, or NaN when there is none. */
  readonly nextAbove: number;
  readonly slots: readonly number[];
}

/**
 * Weighted quantiles. Convention: the smallest value whose cumulated weight reaches p of the total, and the mean of that value and the next one
 * when it reaches p exactly, to 1e-12 (type 2 of Hyndman and Fan 1996 carried to weights: a weight of 3 is three
 * equal rows. R laeken 0.5 differs at an exact tie only, where it takes the upper value).
 *
 * Rows whose value or weight is NaN, or whose weight is 0, do not count. Infinity is a value (out of reach). No row left: NaN.
 * Refuses a negative or infinite weight. Weighted quickselect (Hoare 1961), expected O(n x log of the number of probabilities); does not touch its inputs.
 * @example
 * ```ts
 * weightedQuantiles(Float64Array.of(1, 2, 30), Float64Array.of(1, 1, 2), [0.25, 0.5, 0.75]) // Float64Array(3) [ 1.5, 16, 30 ]
 * ```
 */
export function weightedQuantiles(
  values: Float64Array,
  weights: Float64Array | null,
  probabilities: readonly number[],
): Float64Array {
  for (const probability of probabilities) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new QuartiersError({
        what: "Probabilité hors de l'intervalle",
        value: String(probability),
        expected: "un nombre entre 0 et 1",
      });
    }
  }
  const kept = keepPositive(values, weights);
  const quantiles = new Float64Array(probabilities.length).fill(Number.NaN);
  if (kept.length === 0) return quantiles;
  const targets = probabilities.map((probability) => probability * kept.total);
  const pending: Search[] = [
    { start: 0, end: kept.length, before: 0, nextAbove: Number.NaN, slots: targets.map((_, slot) => slot) },
  ];
  const tolerance = 1e-12 * kept.total;
  // Pivots at places that no order of rows can foil (sorted rows are common); the answer does not depend on them.
  let state = 1;
  const placeIn = (start: number, end: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return start + Math.floor(((state >>> 0) / 0x1_0000_0000) * (end - start));
  };
  for (let search = pending.pop(); search; search = pending.pop()) {
    const { start, end, before, nextAbove, slots } = search;
    const pivot = medianOfThree(
      kept.values[placeIn(start, end)],
      kept.values[placeIn(start, end)],
      kept.values[placeIn(start, end)],
    );
    const { equalStart, equalEnd, below, equal } = partition(kept.values, kept.weights, start, end, pivot);
    const reachedBelow = before + below;
    const reachedEqual = reachedBelow + equal;
    const left: number[] = [];
    const right: number[] = [];
    for (const slot of slots) {
      const target = targets[slot] ?? Number.NaN;
      if (equalStart > start && target <= reachedBelow + tolerance) left.push(slot);
      else if (equalEnd < end && target > reachedEqual + tolerance) right.push(slot);
      else if (Math.abs(target - reachedEqual) <= tolerance) {
        const next = equalEnd < end ? smallest(kept.values, equalEnd, end) : nextAbove;
        quantiles[slot] = Number.isNaN(next) ? pivot : (pivot + next) / 2;
      } else quantiles[slot] = pivot;
    }
    if (left.length > 0) pending.push({ start, end: equalStart, before, nextAbove: pivot, slots: left });
    if (right.length > 0) pending.push({ start: equalEnd, end, before: reachedEqual, nextAbove, slots: right });
  }
  return quantiles;
}

/** The weighted mean of the rows that count, NaN when there is none, Infinity when one is out of reach. O(n). */
export function weightedMean(values: Float64Array, weights: Float64Array | null): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (!(weight > 0) || Number.isNaN(values[i])) continue;
    total += weight;
    sum += weight * values[i];
  }
  return total > 0 ? sum / total : Number.NaN;
}

function keepPositive(
  values: Float64Array,
  weights: Float64Array | null,
): { values: Float64Array; weights: Float64Array; length: number; total: number } {
  if (weights && weights.length !== values.length) {
    throw new QuartiersError({
      what: "Poids et valeurs de longueurs différentes",
      value: String(weights.length),
      expected: `${values.length} poids`,
    });
  }
  const keptValues = new Float64Array(values.length);
  const keptWeights = new Float64Array(values.length);
  let length = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (weight < 0 || weight === Number.POSITIVE_INFINITY) {
      throw new QuartiersError({
        what: `Poids impossible à la ligne ${i + 1}`,
        value: String(weight),
        expected: "un nombre fini, positif ou nul",
      });
    }
    if (!(weight > 0) || Number.isNaN(values[i])) continue;
    keptValues[length] = values[i];
    keptWeights[length] = weight;
    total += weight;
    length++;
  }
  return { values: keptValues, weights: keptWeights, length, total };
}

const medianOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

/** Three-way partition (Dijkstra): below the pivot, equal to it, above it. */
function partition(
  values: Float64Array,
  weights: Float64Array,
  start: number,
  end: number,
  pivot: number,
): { equalStart: number; equalEnd: number; below: number; equal: number } {
  let equalStart = start;
  let equalEnd = end;
  let below = 0;
  let equal = 0;
  for (let i = start; i < equalEnd; ) {
    const value = values[i];
    const weight = weights[i];
    if (value < pivot) {
      below += weight;
      values[i] = values[equalStart];
      weights[i] = weights[equalStart];
      values[equalStart] = value;
      weights[equalStart] = weight;
      equalStart++;
      i++;
    } else if (value > pivot) {
      equalEnd--;
      values[i] = values[equalEnd];
      weights[i] = weights[equalEnd];
      values[equalEnd] = value;
      weights[equalEnd] = weight;
    } else {
      equal += weight;
      i++;
    }
  }
  return { equalStart, equalEnd, below, equal };
}

function smallest(values: Float64Array, start: number, end: number): number {
  let least = values[start];
  for (let i = start + 1; i < end; i++) if (values[i] < least) least = values[i];
  return least;
}
