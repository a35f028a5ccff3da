/** The different values of a column of numbers, sorted, and how many rows hold each. */
export interface Distribution {
  readonly values: Float64Array;
  readonly counts: Float64Array;
  /** Sum of the counts. */
  readonly total: number;
}

/** One bar: rows whose value is at least `from` and under `to`; null where the bar is open, on the first and the last one. */
export interface Bin {
  readonly from: number | null;
  readonly to: number | null;
  readonly count: number;
}

/**
 * The distribution of a column; NaN (absent) is left out. O(n log n).
 * @example
 * ```ts
 * distributionOf(Float64Array.of(3, 1, Number.NaN, 3)).counts // Float64Array(2) [ 1, 2 ]
 * ```
 */
export function distributionOf(column: Float64Array): Distribution {
  const sorted = Float64Array.from(column).sort();
  let end = sorted.length;
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--;
  const [values, counts] = [new Float64Array(end), new Float64Array(end)];
  let distinct = 0;
  for (let i = 0; i < end; i++) {
    if (distinct === 0 || sorted[i] !== values[distinct - 1]) values[distinct++] = sorted[i];
    counts[distinct - 1]++;
  }
  return { values: values.slice(0, distinct), counts: counts.slice(0, distinct), total: end };
}

/**
 * Quantile of order `p`: the smallest value that at least a part `p` of the rows does not exceed (type 1 of Hyndman and Fan 1996), so that it is always
 * a value of the file. NaN when there is none.
 * @example
 * ```ts
 * quantileOf(distributionOf(Float64Array.of(1, 2, 3, 4)), 0.5) // 2
 * ```
 */
export function quantileOf({ values, counts, total }: Distribution, p: number): number {
  const rank = Math.max(1, Math.ceil(total * p - 1e-9));
  let below = 0;
  for (let i = 0; i < values.length; i++) {
    below += counts[i];
    if (below >= rank) return values[i];
  }
  return Number.NaN;
}

/** How many rows hold this value exactly. */
export function countOf({ values, counts }: Distribution, value: number): number {
  const at = values.indexOf(value);
  return at < 0 ? 0 : counts[at];
}

/** A step of 1, 2 or 5 times a power of ten, at least this large. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return ([1, 2, 5].find((digit) => digit * power >= atLeast * (1 - 1e-9)) ?? 10) * power;
}

const isNear = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-9;

/** Bars of equal width between the first and the last hundredth (so that a few extremes do not flatten the rest), and an open bar on each side if needed. */
export function histogramOf(distribution: Distribution, wanted = 20): readonly Bin[] {
  const { values, counts, total } = distribution;
  const first = values[0];
  const last = values[values.length - 1];
  if (first === undefined || last === undefined) return [];
  if (first === last) return [{ from: first, to: first, count: total }];
  const [low, high] = [quantileOf(distribution, 0.01), quantileOf(distribution, 0.99)];
  const span = high > low ? high - low : last - first;
  const isWhole = values.every(Number.isInteger);
  const step = Math.max(isWhole ? 1 : 0, niceStep(span / wanted));
  const start = Math.floor(low / step + 1e-9);
  const end = Math.max(start + 1, isNear(high / step) ? Math.round(high / step) + 1 : Math.ceil(high / step));
  const inner = new Float64Array(end - start);
  let [under, over] = [0, 0];
  values.forEach((value, i) => {
    const position = Math.floor(value / step + 1e-9) - start;
    if (position < 0) under += counts[i];
    else if (position >= inner.length) over += counts[i];
    else inner[position] += counts[i];
  });
  const edge = (i: number): number => Number(((start + i) * step).toPrecision(12));
  const bins: Bin[] = Array.from(inner, (count, i) => ({ from: edge(i), to: edge(i + 1), count }));
  if (under > 0) bins.unshift({ from: null, to: edge(0), count: under });
  if (over > 0) bins.push({ from: edge(inner.length), to: null, count: over });
  return bins;
}
