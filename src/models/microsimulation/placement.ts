import { QuartiersError } from "../../codes/errors.ts";
import type { MonotoneQuantile } from "../areas/monotone-quantile.ts";
import { tabledCdf } from "../uncertainty/normal-table.ts";
import { mixtureScore } from "./mixture-score.ts";
import { ranksBelow } from "./ranks-below.ts";
import { householdTypes, placementGroups, type SeedHouseholds, tenures } from "./seed-households.ts";

const owner = tenures.indexOf("owner");

/** The factors whose crossing makes the groups of placement. */
export type PlacementFactor = "type" | "tenure" | "age";
/** How many categories each factor has. */
export const placementFactors: Readonly<Record<PlacementFactor, number>> = {
  type: householdTypes.length,
  tenure: 2,
  age: 3,
};

/** Category of a group for each factor: its type of household, owner (0) or not (1), age of the reference person (0: under 30, 1: 30 to 59, 2: 60 and over). */
export const placementCategory: Readonly<Record<PlacementFactor, (group: number) => number>> = {
  type: (group) => Math.floor(group / 6),
  tenure: (group) => Math.floor(group / 3) % 2,
  age: (group) => group % 3,
};

/**
 * Group of placement of each household, from 0 to 29: 6 x type + 3 x (0 for an owner, else 1) + age class of the reference person. O(households).
 * @example
 * ```ts
 * const seed = { households: 1, weight: Float64Array.of(1), tenure: Uint8Array.of(1), type: Uint8Array.of(3), start: Int32Array.of(0, 1),
 *   age: Uint8Array.of(52), link: Uint8Array.of(0), employed: Uint8Array.of(0) };
 * [...placementGroupOf(seed)] // [ 22 ]
 * ```
 */
export function placementGroupOf({ households, type, tenure, age, start }: SeedHouseholds): Uint8Array {
  return Uint8Array.from({ length: households }, (_, h) => {
    const years = age[start[h]];
    return 6 * type[h] + (tenure[h] === owner ? 0 : 3) + (years < 30 ? 0 : years < 60 ? 1 : 2);
  });
}

/** Persons of an area by group, and how far each group stands above (+) or under (-) the others on the normal score. */
export interface PlacementInput {
  readonly groupPersons: Float64Array;
  readonly shifts: Float64Array;
}

/**
 * Places groups of households on the distribution of living standards of their area: gives the normal score under which a share `rank` of all PERSONS of the area is. A household
 * of group g has a score shift(g) + e, e normal; the rank of a person is its rank among the scores of the area, a mixture F of normals, and its living standard is the
 * area's quantile of that rank. So the share of group g under a rank u is Phi(F^-1(u) - shift(g)): no draw is made, and whatever the shifts, the shares of the groups average
 * to u (to 1e-12), so that the published deciles are reproduced. Shifts all 0: every group has the distribution of the area. -Infinity at 0, Infinity at 1.
 * Refuses an area without persons. O(groups x 600), then O(1) a rank.
 * @example
 * ```ts
 * placement({ groupPersons: Float64Array.of(100, 300), shifts: Float64Array.of(-1, 0) })(0.2).toFixed(4) // "-1.1655"
 * ```
 */
export function placement({ groupPersons, shifts }: PlacementInput): (rank: number) => number {
  const persons = groupPersons.reduce((sum, count) => sum + count, 0);
  const odd = groupPersons.findIndex((count, g) => !(count >= 0 && Number.isFinite(shifts[g])));
  if (!(persons > 0 && persons < Number.POSITIVE_INFINITY) || odd >= 0 || shifts.length !== groupPersons.length)
    throw new QuartiersError({
      what: "Placement impossible\u00a0: zone sans habitant, ou groupe sans décalage",
      value: odd >= 0 ? `groupe ${odd}` : String(persons),
      expected: "des effectifs positifs ou nuls, de somme non nulle, et un décalage fini par groupe",
    });
  const held = Int32Array.from(groupPersons.keys()).filter((g) => groupPersons[g] > 0);
  const scoreOf = mixtureScore(
    Float64Array.from(held, (g) => groupPersons[g] / persons),
    Float64Array.from(held, (g) => shifts[g]),
  );
  return (rank) => {
    if (Number.isNaN(rank)) return Number.NaN;
    if (rank <= 0) return Number.NEGATIVE_INFINITY;
    return rank >= 1 ? Number.POSITIVE_INFINITY : scoreOf(rank);
  };
}

export interface PlacedSharesInput extends PlacementInput {
  /** The area's living standards. */
  readonly quantile: MonotoneQuantile;
  /** EUR a year and consumption unit; 0: nobody is under it; Infinity: everybody. */
  readonly thresholds: Float64Array;
}

/**
 * Share (0 to 1) of the persons of each group whose living standard is under each threshold, one row a threshold (thresholds x groups); never decreasing in the
 * threshold. See `placement`. O(thresholds x groups).
 * @example
 * ```ts
 * const quantile = { quantile: (p) => 24000 * p, shareBelow: (value) => Math.min(1, value / 24000) };
 * const shares = placedShares({ groupPersons: Float64Array.of(50, 50), shifts: Float64Array.of(-0.5, 0.5), quantile, thresholds: Float64Array.of(0, 12000, Infinity) });
 * [...shares].map((share) => share.toFixed(3)) // [ "0.000", "0.000", "0.691", "0.309", "1.000", "1.000" ]
 * ```
 */
export function placedShares({ quantile, thresholds, ...groups }: PlacedSharesInput): Float64Array {
  const size = groups.groupPersons.length;
  const shares = new Float64Array(thresholds.length * size);
  placedScores({ quantile, thresholds, ...groups }).forEach((score, t) => {
    for (let g = 0; g < size; g++) shares[t * size + g] = tabledCdf(score - groups.shifts[g]);
  });
  return shares;
}

/** The score of each threshold: a household of group g is under it with the probability Phi(score - shift of g). O(groups x 600 + thresholds). */
export function placedScores({ quantile, thresholds, ...groups }: PlacedSharesInput): Float64Array {
  return ranksBelow(quantile, thresholds).map(placement(groups));
}

/**
 * Persons of each group of placement under weights of households. O(households).
 * @example
 * ```ts
 * groupPersonsOf({ persons: Uint8Array.of(2, 3), groups: Uint8Array.of(0, 29) }, Float64Array.of(10, 1))[0] // 20
 * ```
 */
export function groupPersonsOf(
  { persons, groups }: { readonly persons: Uint8Array; readonly groups: Uint8Array },
  weights: Float64Array,
): Float64Array {
  const held = new Float64Array(placementGroups);
  for (let h = 0; h < groups.length; h++) held[groups[h]] += weights[h] * persons[h];
  return held;
}
