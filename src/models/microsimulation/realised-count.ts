import type { SeedColumns } from "../calibration/seed-columns.ts";
import type { EligibilityTable } from "./eligibility-table.ts";
import { type AreaIncomes, sharesOf } from "./eligible-persons.ts";
import { groupPersonsOf, placement } from "./placement.ts";
import { placementGroups } from "./seed-households.ts";

export interface RealisedCountOptions {
  /** Margins that the area's own households are known to add up to: what they fix does not vary. */
  readonly columns?: SeedColumns;
  /** Ranks whose quantiles are published for the area's own persons (0.1 to 0.9 for deciles): as many persons as that are known to be under each. */
  readonly ranks?: readonly number[];
}

/** The three counts that are drawn; "all" is the sum of the last two. */
const drawn = 3;

/**
 * Covariance (3 x 3: RSA, free, participation only) of the eligible persons that an area really has around those expected. Its households are independent draws: a seed
 * household of weight w is w households, whose foyers share one living standard. What is known of the area itself (margins, deciles) is held: the variance is that of the
 * residuals of the least squares on them, by household, as for a calibrated total (Deville and Särndal 1992). O(thresholds x groups + households x (margins + ranks)^2).
 * @example
 * ```ts
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(4000, 8000, 16000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const quantile = { quantile: (p) => 20000 * p, shareBelow: (value) => value / 20000 };
 * realisedCovariance(seed, { weights: Float64Array.of(10), quantile })[4].toFixed(6) // "9.600000"
 * ```
 */
export function realisedCovariance(
  table: EligibilityTable,
  area: AreaIncomes,
  { columns, ranks = [] }: RealisedCountOptions = {},
): Float64Array {
  const shares = sharesOf(table, area);
  const known = knownShares(table, area, ranks);
  const margins = columns?.margins.length ?? 0;
  // The last known column is the household itself: without it, means would count as variance.
  const fixed = margins + ranks.length + 1;
  const size = fixed + drawn;
  const moments = new Float64Array(size * size);
  const row = { place: new Int32Array(margins), amount: new Float64Array(margins), length: 0 };
  for (let h = 0; h < table.households; h++) {
    const weight = area.weights[h];
    if (weight === 0) continue;
    row.length = 0;
    if (columns) {
      const profile = columns.profileOf[h];
      for (let k = columns.rowStart[profile]; k < columns.rowStart[profile + 1]; k++) {
        row.place[row.length] = columns.column[k];
        row.amount[row.length++] = columns.value[k];
      }
    }
    addHousehold(moments, size, { table, h, weight, shares, known, margins, ranks: ranks.length, row });
  }
  return residualMoments(moments, size, fixed);
}

/** Shares of each group under each rank, one row a rank. */
function knownShares(
  table: EligibilityTable,
  { weights, shifts }: AreaIncomes,
  ranks: readonly number[],
): Float64Array {
  const known = new Float64Array(ranks.length * placementGroups);
  const groupPersons = groupPersonsOf(table, weights);
  const shareAt = placement({ groupPersons, shifts: shifts ?? new Float64Array(placementGroups) });
  ranks.forEach((rank, k) => {
    shareAt(rank, known.subarray(k * placementGroups, (k + 1) * placementGroups));
  });
  return known;
}

interface HouseholdMoments {
  readonly table: EligibilityTable;
  readonly h: number;
  readonly weight: number;
  readonly shares: Float64Array;
  readonly known: Float64Array;
  readonly margins: number;
  readonly ranks: number;
  readonly row: { readonly place: Int32Array; readonly amount: Float64Array; readonly length: number };
}

/** Adds the second moments of one household to the lower triangle: margins, persons under each rank, 1, counts. */
function addHousehold(moments: Float64Array, size: number, one: HouseholdMoments): void {
  const { table, h, weight, shares, known, margins, ranks, row } = one;
  const group = table.groups[h];
  const persons = table.persons[h];
  const [first, last] = [table.foyerStart[h], table.foyerStart[h + 1]];
  const shareOf = (place: number): number => shares[place * placementGroups + group];
  const knownOf = (rank: number): number => known[rank * placementGroups + group];
  /** Interval of the rank that gives foyer f the right. */
  const low = (f: number, count: number): number => (count === 2 ? shareOf(table.free[f]) : 0);
  const high = (f: number, count: number): number =>
    shareOf(count === 0 ? table.rsa[f] : count === 1 ? table.free[f] : table.participation[f]);
  const add = (i: number, j: number, value: number): void => {
    moments[Math.max(i, j) * size + Math.min(i, j)] += weight * value;
  };
  const constant = margins + ranks;
  const expected = new Float64Array(drawn);
  for (let f = first; f < last; f++)
    for (let count = 0; count < drawn; count++)
      expected[count] += table.foyerPersons[f] * Math.max(0, high(f, count) - low(f, count));
  for (let a = 0; a < row.length; a++) {
    for (let b = 0; b <= a; b++) add(row.place[a], row.place[b], row.amount[a] * row.amount[b]);
    for (let k = 0; k < ranks; k++) add(margins + k, row.place[a], row.amount[a] * persons * knownOf(k));
    add(constant, row.place[a], row.amount[a]);
    for (let count = 0; count < drawn; count++)
      add(constant + 1 + count, row.place[a], row.amount[a] * expected[count]);
  }
  for (let k = 0; k < ranks; k++) {
    for (let l = 0; l <= k; l++) add(margins + k, margins + l, persons * persons * Math.min(knownOf(k), knownOf(l)));
    add(constant, margins + k, persons * knownOf(k));
    for (let count = 0; count < drawn; count++) {
      let both = 0;
      for (let f = first; f < last; f++)
        both += table.foyerPersons[f] * Math.max(0, Math.min(high(f, count), knownOf(k)) - low(f, count));
      add(constant + 1 + count, margins + k, persons * both);
    }
  }
  add(constant, constant, 1);
  for (let count = 0; count < drawn; count++) {
    add(constant + 1 + count, constant, expected[count]);
    for (let other = 0; other <= count; other++) {
      let both = 0;
      for (let f = first; f < last; f++)
        for (let e = first; e < last; e++)
          both +=
            table.foyerPersons[f] *
            table.foyerPersons[e] *
            Math.max(0, Math.min(high(f, count), high(e, other)) - Math.max(low(f, count), low(e, other)));
      add(constant + 1 + count, constant + 1 + other, both);
    }
  }
}

/** What is left of the last moments once the first columns are taken out: a Cholesky that passes over columns that follow from others. */
function residualMoments(moments: Float64Array, size: number, fixed: number): Float64Array {
  const start = Float64Array.from({ length: size }, (_, i) => moments[i * size + i]);
  for (let k = 0; k < fixed; k++) {
    const pivot = moments[k * size + k];
    if (pivot <= 1e-9 * start[k] || start[k] === 0) continue;
    for (let i = k + 1; i < size; i++) {
      const ratio = moments[i * size + k] / pivot;
      if (ratio === 0) continue;
      for (let j = k + 1; j <= i; j++) moments[i * size + j] -= ratio * moments[j * size + k];
    }
  }
  const left = new Float64Array(drawn * drawn);
  for (let i = 0; i < drawn; i++)
    for (let j = 0; j <= i; j++) {
      const value = moments[(fixed + i) * size + fixed + j];
      left[i * drawn + j] = i === j ? Math.max(0, value) : value;
      left[j * drawn + i] = left[i * drawn + j];
    }
  return left;
}
