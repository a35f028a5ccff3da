import { QuartiersError } from "../../codes/errors.ts";
import { someNames } from "../matching/cost-matrix.ts";

/**
 * Where the people of each group live: one row a group and a point. A group is a neighbourhood, a commune, an agglomeration; groups may be nested, a
 * point is then written once in each. Without squares or addresses, a group has one point, its centre, and the page says so.
 */
export interface HomePoints {
  readonly groupIds: readonly string[];
  /** Number of the group. */
  readonly group: Int32Array;
  /** Row of the point in the matrix of travel. */
  readonly point: Int32Array;
  /** People of the group who live at the point, or their share: only proportions within a group count. */
  readonly weight: Float64Array;
}

/** The same rows, group after group. */
export interface GroupedHomes {
  /** Rows of group g are `starts[g]` to `starts[g + 1]` (excluded) of the columns below. */
  readonly starts: Int32Array;
  readonly point: Int32Array;
  /** Weight as given. */
  readonly weight: Float64Array;
  /** Chance that somebody of the group lives at the point: the weights of a group divided by their sum. */
  readonly share: Float64Array;
  /** Sum of the weights of each group. */
  readonly totals: Float64Array;
}

/** One point a group, in the order of the rows of the matrix: centres, or addresses. */
export const singleHomes = (groupIds: readonly string[]): HomePoints => ({
  groupIds,
  group: Int32Array.from(groupIds.keys()),
  point: Int32Array.from(groupIds.keys()),
  weight: new Float64Array(groupIds.length).fill(1),
});

/**
 * Homes of several groups, each given as rows of the matrix and shares, one under the other.
 * @example
 * ```ts
 * stackHomes(["QP1", "commune"], [{ rows: Int32Array.of(4), shares: Float64Array.of(1) }, { rows: Int32Array.of(4, 5), shares: Float64Array.of(0.2, 0.8) }]).point
 * // Int32Array(3) [ 4, 4, 5 ]
 * ```
 */
export function stackHomes(
  groupIds: readonly string[],
  homes: readonly { readonly rows: Int32Array; readonly shares: Float64Array }[],
): HomePoints {
  return {
    groupIds,
    group: Int32Array.from(homes.flatMap(({ rows }, group) => Array.from(rows, () => group))),
    point: Int32Array.from(homes.flatMap(({ rows }) => [...rows])),
    weight: Float64Array.from(homes.flatMap(({ shares }) => [...shares])),
  };
}

/**
 * Sorts homes by group, rows of weight 0 left out. `points` is the number of rows of the matrix. Refuses a group where nobody lives, an unknown group or
 * point, a point given twice in a group, a weight that is negative, infinite or missing. O(rows).
 * @example
 * ```ts
 * const homes = { groupIds: ["a", "b"], group: Int32Array.of(1, 0, 1), point: Int32Array.of(0, 1, 2), weight: Float64Array.of(3, 9, 1) };
 * groupHomes(homes, 3).share // Float64Array(3) [ 1, 0.75, 0.25 ]
 * ```
 */
export function groupHomes({ groupIds, group, point, weight }: HomePoints, points: number): GroupedHomes {
  if (group.length !== weight.length || point.length !== weight.length)
    throw new QuartiersError({
      what: "Lieux de résidence incomplets",
      value: `${group.length}, ${point.length} et ${weight.length} lignes`,
      expected: "trois colonnes de même longueur",
    });
  const groups = groupIds.length;
  const starts = new Int32Array(groups + 1);
  const totals = new Float64Array(groups);
  for (let row = 0; row < weight.length; row++) {
    const inside = group[row] >= 0 && group[row] < groups && point[row] >= 0 && point[row] < points;
    if (!inside || !(weight[row] >= 0 && weight[row] < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: `Lieu de résidence impossible à la ligne ${row + 1}`,
        value: `groupe ${group[row]}, point ${point[row]}, poids ${weight[row]}`,
        expected: `un groupe de 0 à ${groups - 1}, un point de 0 à ${points - 1}, un poids fini, positif ou nul`,
      });
    if (weight[row] === 0) continue;
    totals[group[row]] += weight[row];
    starts[group[row] + 1]++;
  }
  const empty = groupIds.filter((_, g) => !(totals[g] > 0));
  if (empty.length > 0)
    throw new QuartiersError({
      what: "Groupe sans lieu de résidence",
      value: someNames(empty),
      expected: "au moins un point habité par groupe",
      remedy: "retirer ces groupes et dire combien, ou leur donner un point",
    });
  for (let g = 0; g < groups; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const sorted = { point: new Int32Array(starts[groups]), weight: new Float64Array(starts[groups]) };
  for (let row = 0; row < weight.length; row++) {
    if (weight[row] === 0) continue;
    const at = next[group[row]]++;
    sorted.point[at] = point[row];
    sorted.weight[at] = weight[row];
  }
  const seen = new Int32Array(points).fill(-1);
  const share = new Float64Array(starts[groups]);
  for (let g = 0; g < groups; g++)
    for (let at = starts[g]; at < starts[g + 1]; at++) {
      if (seen[sorted.point[at]] === g)
        throw new QuartiersError({
          what: "Point donné deux fois dans un groupe",
          value: `${groupIds[g]}, point ${sorted.point[at]}`,
          expected: "une ligne par groupe et par point",
        });
      seen[sorted.point[at]] = g;
      share[at] = sorted.weight[at] / totals[g];
    }
  return { starts, ...sorted, share, totals };
}
