/** A column of costs as a short list of values: pair p costs `values[codes[p]]`. */
export interface DistinctCosts {
  /** Increasing; Infinity, when there is one, is last. */
  readonly values: Float64Array;
  readonly codes: Int32Array;
}

/** What a measure reads of a cost: the column, or its coded form, made once and used for all measures. */
export type CostColumn = Float64Array | DistinctCosts;

/** A sixtieth or a hundredth of the unit is as fine as travel times are published. */
const scales = [1, 10, 60, 100];
const tableSize = 1 << 20;

/**
 * Codes a column by its distinct costs. Travel times in whole minutes, tenths or seconds have few: a decay is then computed once a value, not once
 * a pair. O(pairs) for these, O(pairs log pairs) for any real numbers.
 * @example
 * ```ts
 * distinctCosts(Float64Array.of(12, 5.5, 12)).values // Float64Array(2) [ 5.5, 12 ]
 * ```
 */
export function distinctCosts(costs: Float64Array): DistinctCosts {
  for (const scale of scales) {
    const coded = byTable(costs, scale);
    if (coded) return coded;
  }
  return bySearch(costs);
}

/** The coded form of a cost, made now if it is not yet. */
export const asDistinct = (cost: CostColumn): DistinctCosts => ("codes" in cost ? cost : distinctCosts(cost));

/** Costs that are whole multiples of 1 / scale, through a table; null for others. */
function byTable(costs: Float64Array, scale: number): DistinctCosts | null {
  let largest = 0;
  for (let pair = 0; pair < costs.length; pair++) {
    const cost = costs[pair];
    if (cost === Number.POSITIVE_INFINITY) continue;
    const multiple = Math.round(cost * scale);
    if (multiple / scale !== cost || multiple >= tableSize) return null;
    if (multiple > largest) largest = multiple;
  }
  const unreachable = largest + 1;
  const multipleOf = (cost: number): number =>
    cost === Number.POSITIVE_INFINITY ? unreachable : Math.round(cost * scale);
  const codeOf = new Int32Array(unreachable + 1);
  for (let pair = 0; pair < costs.length; pair++) codeOf[multipleOf(costs[pair])] = 1;
  const values: number[] = [];
  for (let multiple = 0; multiple < codeOf.length; multiple++) {
    if (codeOf[multiple] === 0) continue;
    codeOf[multiple] = values.length;
    values.push(multiple === unreachable ? Number.POSITIVE_INFINITY : multiple / scale);
  }
  const codes = new Int32Array(costs.length);
  for (let pair = 0; pair < costs.length; pair++) codes[pair] = codeOf[multipleOf(costs[pair])];
  return { values: Float64Array.from(values), codes };
}

function bySearch(costs: Float64Array): DistinctCosts {
  const sorted = costs.slice().sort();
  let length = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[length - 1]) sorted[length++] = sorted[i];
  const values = sorted.slice(0, length);
  const codes = new Int32Array(costs.length);
  for (let pair = 0; pair < codes.length; pair++) codes[pair] = firstAtLeast(values, costs[pair]);
  return { values, codes };
}

/** Place of the first of increasing values that is at least `wanted`; their number when none is. O(log n). */
export function firstAtLeast(values: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
