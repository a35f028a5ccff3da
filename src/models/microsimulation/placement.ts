import { QuartiersError } from "../../codes/errors.ts";
import type { MonotoneQuantile } from "../areas/monotone-quantile.ts";
import { tabledCdf, tabledDensity } from "../uncertainty/normal-table.ts";
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
 * What share of each group is under the living standard below which a share `rank` of all persons of the area is. Writes one share a group.
 */
export type GroupShares = (rank: number, shares: Float64Array) => void;

/**
 * Places groups of households on the distribution of living standards of their area. A household of group g has a score s = shift(g) + e, e normal; the rank of a PERSON
 * is its rank among the scores of the area, a mixture F of normals, and its living standard is the area's quantile of that rank. So the share of group g
 * under a rank u is Phi(F^-1(u) - shift(g)): no draw is made, and whatever the shifts, the shares of the groups average to u (to 1e-12), so that the published deciles are
 * reproduced. Shifts all 0: every group has the distribution of the area. F^-1 by a table of F, then Newton's steps kept within its bracket. Refuses an area without
 * persons. O(groups) a rank.
 * @example
 * ```ts
 * const shares = new Float64Array(2);
 * placement({ groupPersons: Float64Array.of(100, 300), shifts: Float64Array.of(-1, 0) })(0.2, shares);
 * [[...shares].map((share) => share.toFixed(3)), (0.25 * shares[0] + 0.75 * shares[1]).toFixed(12)] // [ [ "0.434", "0.122" ], "0.200000000000" ]
 * ```
 */
export function placement({ groupPersons, shifts }: PlacementInput): GroupShares {
  const persons = groupPersons.reduce((sum, count) => sum + count, 0);
  const odd = groupPersons.findIndex((count, g) => !(count >= 0 && Number.isFinite(shifts[g])));
  if (!(persons > 0 && persons < Number.POSITIVE_INFINITY) || odd >= 0 || shifts.length !== groupPersons.length)
    throw new QuartiersError({
      what: "Placement impossible\u00a0: zone sans habitant, ou groupe sans décalage",
      value: odd >= 0 ? `groupe ${odd}` : String(persons),
      expected: "des effectifs positifs ou nuls, de somme non nulle, et un décalage fini par groupe",
    });
  const held = Int32Array.from(groupPersons.keys()).filter((g) => groupPersons[g] > 0);
  const part = Float64Array.from(held, (g) => groupPersons[g] / persons);
  const centre = Float64Array.from(held, (g) => shifts[g]);
  const mixture = (score: number): number => {
    let sum = 0;
    for (let i = 0; i < part.length; i++) sum += part[i] * tabledCdf(score - centre[i]);
    return sum;
  };
  const density = (score: number): number => {
    let sum = 0;
    for (let i = 0; i < part.length; i++) sum += part[i] * tabledDensity(score - centre[i]);
    return sum;
  };
  const table = mixtureTable(mixture, density, centre);
  return (rank, shares) => {
    if (!(rank > 0 && rank < 1)) {
      shares.fill(rank <= 0 ? 0 : rank >= 1 ? 1 : Number.NaN);
      return;
    }
    const score = scoreOf(rank, table, mixture, density);
    for (let g = 0; g < shares.length; g++) shares[g] = tabledCdf(score - shifts[g]);
  };
}

/** The mixture and its density on a regular grid of scores. */
interface MixtureTable {
  readonly low: number;
  readonly step: number;
  readonly values: Float64Array;
  readonly slopes: Float64Array;
}

type Function1 = (score: number) => number;

function mixtureTable(mixture: Function1, density: Function1, centre: Float64Array): MixtureTable {
  const low = Math.min(...centre) - 8.5;
  const places = 96;
  const step = (Math.max(...centre) + 8.5 - low) / places;
  const grid = (value: Function1): Float64Array =>
    Float64Array.from({ length: places + 1 }, (_, i) => value(low + i * step));
  return { low, step, values: grid(mixture), slopes: grid(density) };
}

/** F^-1: a cubic of the inverse in the cell of the table that holds the rank, then Newton's steps kept in the cell. */
function scoreOf(rank: number, table: MixtureTable, mixture: Function1, density: Function1): number {
  const { low, step, values } = table;
  let [first, last] = [0, values.length - 1];
  while (last - first > 1) {
    const middle = (first + last) >> 1;
    if (values[middle] < rank) first = middle;
    else last = middle;
  }
  let [left, right] = [low + first * step, low + last * step];
  let score = inverseCubic(rank, table, first);
  if (!(score > left && score < right)) score = (left + right) / 2;
  for (let turn = 0; turn < 80; turn++) {
    const gap = mixture(score) - rank;
    if (gap === 0) break;
    if (gap > 0) right = score;
    else left = score;
    const next = score - gap / density(score);
    const moved = next > left && next < right ? next : (left + right) / 2;
    const length = Math.abs(moved - score);
    score = moved;
    // Newton doubles the digits: what is left after so short a step is under the rounding.
    if (moved === next && length < 1e-9) break;
  }
  return score;
}

/** The score at a rank by the cubic through both ends of the cell, with the slopes 1/density. */
function inverseCubic(rank: number, { low, step, values, slopes }: MixtureTable, cell: number): number {
  const width = values[cell + 1] - values[cell];
  const t = (rank - values[cell]) / width;
  const [start, end] = [width / slopes[cell], width / slopes[cell + 1]];
  return low + cell * step + t * (start + t * (3 * step - 2 * start - end + t * (start + end - 2 * step)));
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
  const shareAt = placement(groups);
  const shares = new Float64Array(thresholds.length * size);
  for (let t = 0; t < thresholds.length; t++)
    shareAt(quantile.shareBelow(thresholds[t]), shares.subarray(t * size, (t + 1) * size));
  return shares;
}

/** Persons of each group of placement under weights of households. O(households). */
export function groupPersonsOf(
  { persons, groups }: { readonly persons: Uint8Array; readonly groups: Uint8Array },
  weights: Float64Array,
): Float64Array {
  const held = new Float64Array(placementGroups);
  for (let h = 0; h < groups.length; h++) held[groups[h]] += weights[h] * persons[h];
  return held;
}
