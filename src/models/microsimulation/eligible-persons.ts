import { QuartiersError } from "../../codes/errors.ts";
import type { MonotoneQuantile } from "../areas/monotone-quantile.ts";
import { tabledCdf } from "../uncertainty/normal-table.ts";
import type { EligibilityTable } from "./eligibility-table.ts";
import { groupPersonsOf, placedScores } from "./placement.ts";
import { placementGroups } from "./seed-households.ts";

/** What is counted: those who have the RSA (they are among the free), the C2S free, the C2S with participation but not free, either. */
export const c2sCounts = ["rsa", "free", "participationOnly", "all"] as const;
export type C2sCount = (typeof c2sCounts)[number];
export type ByC2sCount = Readonly<Record<C2sCount, number>>;

/** One area, as eligibility sees it. */
export interface AreaIncomes {
  /** Weight of each seed household in the area: real households that it stands for. */
  readonly weights: Float64Array;
  /** Living standards of the area, EUR a year and consumption unit. */
  readonly quantile: MonotoneQuantile;
  /** Of the 30 groups of placement; absent: every group has the area's distribution. */
  readonly shifts?: Float64Array;
}

/** Persons of an area in a foyer that has the right. */
export interface EligiblePersons {
  readonly persons: number;
  readonly households: number;
  /** Expected persons by right. */
  readonly eligible: ByC2sCount;
}

/**
 * Probability of each foyer to have each right, given the area alone: foyers x 3 (RSA, free, free or with participation). No income is drawn: the foyer has a right when the
 * living standard of its household is under its threshold, and `placement` says how likely that is. O(thresholds + foyers).
 * @example
 * ```ts
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(6000, 9000, 12000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const quantile = { quantile: (p) => 20000 * p, shareBelow: (value) => value / 20000 };
 * [...foyerProbabilities(seed, { weights: Float64Array.of(10), quantile })].map((share) => share.toFixed(3)) // [ "0.300", "0.450", "0.600" ]
 * ```
 */
export function foyerProbabilities(table: EligibilityTable, area: AreaIncomes): Float64Array {
  const { scores, shifts } = areaScores(table, area);
  const probabilities = new Float64Array(3 * table.foyerPersons.length);
  for (let h = 0; h < table.households; h++)
    for (let f = table.foyerStart[h]; f < table.foyerStart[h + 1]; f++)
      [table.rsa, table.free, table.participation].forEach((places, right) => {
        probabilities[3 * f + right] = tabledCdf(scores[places[f]] - shifts[table.groups[h]]);
      });
  return probabilities;
}

/**
 * Eligible persons of an area: sum over foyers of weight x persons x probability. Refuses weights that are not one a household, and an area without
 * inhabitants. O(thresholds + foyers).
 * @example
 * ```ts
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(6000, 9000, 12000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const quantile = { quantile: (p) => 20000 * p, shareBelow: (value) => value / 20000 };
 * eligiblePersons(seed, { weights: Float64Array.of(10), quantile }).eligible.all.toFixed(9) // "12.000000000"
 * ```
 */
export function eligiblePersons(table: EligibilityTable, area: AreaIncomes): EligiblePersons {
  const { scores, shifts } = areaScores(table, area);
  const { weights } = area;
  const { foyerStart, foyerPersons, groups, rsa, free, participation } = table;
  let [withRsa, withFree, withAny, persons, households] = [0, 0, 0, 0, 0];
  for (let h = 0; h < weights.length; h++) {
    const weight = weights[h];
    const shift = shifts[groups[h]];
    households += weight;
    persons += weight * table.persons[h];
    for (let f = foyerStart[h]; f < foyerStart[h + 1]; f++) {
      const held = weight * foyerPersons[f];
      withRsa += held * tabledCdf(scores[rsa[f]] - shift);
      withFree += held * tabledCdf(scores[free[f]] - shift);
      withAny += held * tabledCdf(scores[participation[f]] - shift);
    }
  }
  const eligible = { rsa: withRsa, free: withFree, participationOnly: withAny - withFree, all: withAny };
  return { persons, households, eligible };
}

/** The score of each threshold of the table in an area, and the shifts of its groups. Refuses weights that are not one a household. */
export function areaScores(
  table: EligibilityTable,
  { weights, quantile, shifts = new Float64Array(placementGroups) }: AreaIncomes,
): { readonly scores: Float64Array; readonly shifts: Float64Array } {
  if (weights.length !== table.households)
    throw new QuartiersError({
      what: "Poids trop courts ou trop longs",
      value: String(weights.length),
      expected: `${table.households} ménages`,
    });
  const groupPersons = groupPersonsOf(table, weights);
  return { scores: placedScores({ groupPersons, shifts, quantile, thresholds: table.thresholds }), shifts };
}

/** Eligible persons and persons who may claim, by category. */
export interface EligibleByCategory {
  readonly persons: Float64Array;
  readonly eligible: Readonly<Record<C2sCount, Float64Array>>;
}

/**
 * Eligible persons by category of their foyer (age of the claimant, size...): for explanation and fairness. Foyers with a negative code are left out. Categories of
 * households go through `foyers.household`. O(thresholds + foyers).
 * @example
 * ```ts
 * const seed = { households: 1, persons: Uint8Array.of(2), groups: Uint8Array.of(0), thresholds: Float64Array.of(6000, 9000, 12000), foyerStart: Int32Array.of(0, 1),
 *   foyerPersons: Uint8Array.of(2), rsa: Uint16Array.of(0), free: Uint16Array.of(1), participation: Uint16Array.of(2) };
 * const quantile = { quantile: (p) => 20000 * p, shareBelow: (value) => value / 20000 };
 * const found = eligibleByCategory(seed, { weights: Float64Array.of(10), quantile }, [1], 2);
 * [[...found.persons], found.eligible.all[1].toFixed(6)] // [ [ 0, 20 ], "12.000000" ]
 * ```
 */
export function eligibleByCategory(
  table: EligibilityTable,
  area: AreaIncomes,
  codes: ArrayLike<number>,
  categories: number,
): EligibleByCategory {
  const column = (): Float64Array => new Float64Array(categories);
  const found = {
    persons: column(),
    eligible: { rsa: column(), free: column(), participationOnly: column(), all: column() },
  };
  const probabilities = foyerProbabilities(table, area);
  for (let h = 0; h < table.households; h++)
    for (let f = table.foyerStart[h]; f < table.foyerStart[h + 1]; f++) {
      const code = codes[f];
      if (code < 0) continue;
      const held = area.weights[h] * table.foyerPersons[f];
      const [rsa, free, any] = probabilities.subarray(3 * f, 3 * f + 3);
      found.persons[code] += held;
      found.eligible.rsa[code] += held * rsa;
      found.eligible.free[code] += held * free;
      found.eligible.participationOnly[code] += held * (any - free);
      found.eligible.all[code] += held * any;
    }
  return found;
}
