/**
 * Which levels of crossed factors meet in the rows. The factor with most levels comes first: its own block of the normal equations is diagonal, so it is
 * eliminated level by level and only the levels of the other factors ("rest", numbered one factor after the other) need a dense matrix.
 */
export interface CrossedPattern {
  readonly rows: number;
  /** Place of each factor of the caller in the order used here, the largest first. */
  readonly order: readonly number[];
  readonly firstLevels: number;
  readonly restLevels: number;
  /** Where each factor (in the order used here) begins in a vector of all levels. */
  readonly starts: readonly number[];
  /** Level of the first factor, by row. */
  readonly first: Int32Array;
  /** For each other factor, level among the rest, by row. */
  readonly rest: readonly Int32Array[];
  /** For each other factor, place of (first level, rest level) among the pairs met, by row. */
  readonly pairOf: readonly Int32Array[];
  /** Pairs of first level j: `pairStarts[j]` to `pairStarts[j + 1] - 1`; `pairLevels` is their rest level, increasing. */
  readonly pairStarts: Int32Array;
  readonly pairLevels: Int32Array;
}

/** The pattern of factors coded from 0, `levels` of each, without a missing code. O(rows x factors). */
export function crossedPattern(factors: readonly Int32Array[], levels: readonly number[]): CrossedPattern {
  const order = levels.map((_, factor) => factor).sort((a, b) => levels[b] - levels[a] || a - b);
  const [largest = 0, ...others] = order;
  const first = factors[largest] ?? new Int32Array(0);
  const rows = first.length;
  const firstLevels = levels[largest] ?? 0;
  const starts = [0];
  let restLevels = 0;
  const rest = others.map((factor) => {
    const codes = factors[factor] ?? first;
    const start = restLevels;
    starts.push(firstLevels + start);
    restLevels += levels[factor];
    return codes.map((code) => start + code);
  });
  const keyOf = (row: number, level: number): number => first[row] * restLevels + level;
  const keys = new Set<number>();
  for (const codes of rest) for (let row = 0; row < rows; row++) keys.add(keyOf(row, codes[row]));
  const sorted = Float64Array.from(keys).sort();
  const placeOf = new Map<number, number>();
  const pairStarts = new Int32Array(firstLevels + 1);
  const pairLevels = new Int32Array(sorted.length);
  sorted.forEach((key, place) => {
    placeOf.set(key, place);
    pairLevels[place] = key % restLevels;
    pairStarts[Math.floor(key / restLevels) + 1]++;
  });
  for (let level = 0; level < firstLevels; level++) pairStarts[level + 1] += pairStarts[level];
  const pairOf = rest.map((codes) => codes.map((level, row) => placeOf.get(keyOf(row, level)) ?? 0));
  return { rows, order, firstLevels, restLevels, starts, first, rest, pairOf, pairStarts, pairLevels };
}
