import type { SeedColumns } from "../calibration/seed-columns.ts";
import { tabledCdf } from "../uncertainty/normal-table.ts";
import type { EligibilityTable } from "./eligibility-table.ts";
import { type AreaIncomes, areaScores } from "./eligible-persons.ts";
import { groupPersonsOf, placement } from "./placement.ts";

export interface RealisedCountOptions {
  /** Margins that the area's own households are known to add up to: what they fix does not vary. */
  readonly columns?: SeedColumns;
  /** Softness of these margins: one softer than its own variance holds nothing. */
  readonly ridge?: Float64Array;
  /** Ranks whose quantiles are published for the area's own persons (0.1 to 0.9 for deciles): as many persons as that are known to be under each. */
  readonly ranks?: readonly number[];
}

/** The three counts that vary; "all" is the sum of the last two. */
const counts = 3;

/**
 * Covariance (3 x 3: RSA, free, participation only) of the eligible persons that an area really has around those expected. Its households are independent draws: a seed
 * household of weight w is w households, whose foyers share one living standard. What is known of the area itself (margins, deciles) is held: the variance is that of the
 * residuals of the least squares on them, by household, as for a calibrated total (Deville and Särndal 1992). O(thresholds + households x (margins of one + ranks)^2).
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
  { columns, ridge, ranks = [] }: RealisedCountOptions = {},
): Float64Array {
  const { scores, shifts } = areaScores(table, area);
  const known = Float64Array.from(ranks, placement({ groupPersons: groupPersonsOf(table, area.weights), shifts }));
  const margins = columns?.margins.length ?? 0;
  // One more known column, the household itself: the number of households is given.
  const fixed = margins + ranks.length + 1;
  const moments = new SecondMoments(fixed + counts);
  const below = new Float64Array(ranks.length);
  for (let h = 0; h < table.households; h++) {
    const weight = area.weights[h];
    if (weight === 0) continue;
    const shift = shifts[table.groups[h]];
    for (let k = 0; k < below.length; k++) below[k] = tabledCdf(known[k] - shift);
    addHousehold(moments, weight, {
      ...marginsOf(columns, h),
      persons: table.persons[h],
      below,
      foyers: foyersOf(table, scores, h, shift),
      margins,
    });
  }
  return moments.residuals(fixed, ridge);
}

/** A foyer of a household: its persons, and the ranks between which they are counted. */
interface CountedFoyer {
  readonly persons: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function foyersOf(table: EligibilityTable, scores: Float64Array, h: number, shift: number): readonly CountedFoyer[] {
  const found: CountedFoyer[] = [];
  for (let f = table.foyerStart[h]; f < table.foyerStart[h + 1]; f++) {
    const [rsa, free, any] = [table.rsa[f], table.free[f], table.participation[f]].map((place) =>
      tabledCdf(scores[place] - shift),
    );
    found.push({ persons: table.foyerPersons[f], low: [0, 0, free], high: [rsa, free, any] });
  }
  return found;
}

/** What a household holds of the margins. */
function marginsOf(columns: SeedColumns | undefined, h: number): Pick<HouseholdFacts, "places" | "amounts"> {
  if (!columns) return { places: [], amounts: [] };
  const [from, to] = [columns.rowStart[columns.profileOf[h]], columns.rowStart[columns.profileOf[h] + 1]];
  return { places: columns.column.subarray(from, to), amounts: columns.value.subarray(from, to) };
}

interface HouseholdFacts {
  readonly places: ArrayLike<number>;
  readonly amounts: ArrayLike<number>;
  readonly margins: number;
  readonly persons: number;
  /** Probability that the household is under each known rank. */
  readonly below: Float64Array;
  readonly foyers: readonly CountedFoyer[];
}

/** Adds the second moments of a household: margins, persons under each known rank, 1, counts. */
function addHousehold(moments: SecondMoments, weight: number, one: HouseholdFacts): void {
  const { places, amounts, margins, persons, below, foyers } = one;
  const constant = margins + below.length;
  const expected = Array.from({ length: counts }, (_, c) =>
    foyers.reduce((sum, { persons: held, low, high }) => sum + held * (high[c] - low[c]), 0),
  );
  for (let a = 0; a < places.length; a++) {
    const held = weight * amounts[a];
    for (let b = 0; b <= a; b++) moments.add(places[a], places[b], held * amounts[b]);
    for (let k = 0; k < below.length; k++) moments.add(margins + k, places[a], held * persons * below[k]);
    moments.add(constant, places[a], held);
    for (let c = 0; c < counts; c++) moments.add(constant + 1 + c, places[a], held * expected[c]);
  }
  for (let k = 0; k < below.length; k++) {
    const held = weight * persons;
    for (let l = 0; l <= k; l++) moments.add(margins + k, margins + l, held * persons * Math.min(below[k], below[l]));
    moments.add(constant, margins + k, held * below[k]);
    for (let c = 0; c < counts; c++) {
      let both = 0;
      for (const { persons: own, low, high } of foyers) both += own * Math.max(0, Math.min(high[c], below[k]) - low[c]);
      moments.add(constant + 1 + c, margins + k, held * both);
    }
  }
  moments.add(constant, constant, weight);
  for (let c = 0; c < counts; c++) {
    moments.add(constant + 1 + c, constant, weight * expected[c]);
    for (let d = 0; d <= c; d++) {
      let both = 0;
      for (const first of foyers)
        for (const other of foyers) {
          const overlap = Math.min(first.high[c], other.high[d]) - Math.max(first.low[c], other.low[d]);
          both += first.persons * other.persons * Math.max(0, overlap);
        }
      moments.add(constant + 1 + c, constant + 1 + d, weight * both);
    }
  }
}

/** A symmetric matrix of second moments, its lower triangle. */
class SecondMoments {
  readonly size: number;
  readonly values: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.values = new Float64Array(size * size);
  }

  add(i: number, j: number, value: number): void {
    this.values[i > j ? i * this.size + j : j * this.size + i] += value;
  }

  /** Covariance of the last columns once the first are taken out: a Cholesky that passes over columns that follow from others or that nothing holds. */
  residuals(fixed: number, ridge: Float64Array | undefined): Float64Array {
    const { size, values } = this;
    const start = Float64Array.from({ length: size }, (_, i) => values[i * size + i]);
    for (let k = 0; k < fixed; k++) {
      const pivot = values[k * size + k];
      if (pivot <= 1e-9 * start[k] || start[k] === 0 || (ridge && ridge[k] > start[k])) continue;
      for (let i = k + 1; i < size; i++) {
        const ratio = values[i * size + k] / pivot;
        if (ratio === 0) continue;
        for (let j = k + 1; j <= i; j++) values[i * size + j] -= ratio * values[j * size + k];
      }
    }
    const left = new Float64Array(counts * counts);
    for (let i = 0; i < counts; i++)
      for (let j = 0; j <= i; j++) {
        const value = values[(fixed + i) * size + fixed + j];
        left[i * counts + j] = i === j ? Math.max(0, value) : value;
        left[j * counts + i] = left[i * counts + j];
      }
    return left;
  }
}
