import { PRESENT } from "../codes/table.ts";

/** Sums that keep the digits lost to rounding (Neumaier 1974, « Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen »). */
export interface CompensatedSums {
  readonly sums: Float64Array;
  readonly lost: Float64Array;
}

/** Sums at zero, one a group. */
export const compensatedSums = (groups: number): CompensatedSums => ({
  sums: new Float64Array(groups),
  lost: new Float64Array(groups),
});

/** Adds a value to the sum of a group. */
export function addTo({ sums, lost }: CompensatedSums, group: number, value: number): void {
  const sum = sums[group];
  const total = sum + value;
  lost[group] += Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum;
  sums[group] = total;
}

/**
 * The sums, with what rounding had taken.
 * @example
 * ```ts
 * const sums = compensatedSums(1);
 * for (const value of [1, 1e100, 1, -1e100]) addTo(sums, 0, value);
 * totalsOf(sums)[0] // 2
 * ```
 */
export const totalsOf = ({ sums, lost }: CompensatedSums): Float64Array =>
  Float64Array.from(sums, (sum, i) => (Number.isFinite(sum) ? sum + lost[i] : sum));

/**
 * The reason that wins when several members of a group are absent: secret, then not significant, then not available.
 * A secret says that a known part may not be given; a value that nobody has says less.
 * @example
 * ```ts
 * dominantReason(3, 1) // 1
 * ```
 */
export const dominantReason = (a: number, b: number): number =>
  a === PRESENT ? b : b === PRESENT ? a : Math.min(a, b);
